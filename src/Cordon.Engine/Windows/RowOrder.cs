namespace Cordon.Engine.Windows;

/// <summary>Orders rows by their keys alone. One row, <see cref="Asked"/>, stands for a key that is looked for.</summary>
internal sealed class RowOrder(RowKeys keys, bool texts) : IComparer<int>
{
    public const int Asked = -1;

    private KeyBatch.Key asked;
    private byte[] askedText = [];
    private int askedLength;

    public void Ask(in KeyBatch.Key key, ReadOnlySpan<byte> text)
    {
        asked = key;
        askedLength = text.Length;
        if (askedText.Length < text.Length) askedText = new byte[text.Length];
        text.CopyTo(askedText);
    }

    /// <inheritdoc/>
    public int Compare(int x, int y)
    {
        if (x == y) return 0;
        if (texts) return TextOf(x).SequenceCompareTo(TextOf(y));
        var (leftHigh, leftLow, leftTag) = NumberOf(x);
        var (rightHigh, rightLow, rightTag) = NumberOf(y);
        if (leftHigh != rightHigh) return leftHigh < rightHigh ? -1 : 1;
        return leftLow != rightLow ? (leftLow < rightLow ? -1 : 1) : leftTag.CompareTo(rightTag);
    }

    private ReadOnlySpan<byte> TextOf(int row) => row == Asked ? askedText.AsSpan(0, askedLength) : keys.TextOf(row);

    private (ulong High, ulong Low, byte Tag) NumberOf(int row)
    {
        if (row == Asked) return (asked.High, asked.Low, asked.Tag);
        var (high, low) = keys.NumberOf(row);
        return (high, low, keys.TagOf(row));
    }
}
