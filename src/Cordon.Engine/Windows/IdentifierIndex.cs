namespace Cordon.Engine.Windows;

/// <summary>Gives identifiers dense row numbers.</summary>
internal sealed class IdentifierIndex
{
    public const int MaxRows = (1 << 28) - 1;

    public IdentifierIndex(bool texts) => HoldsTexts = texts;

    /// <summary>Whether the keys are texts; else numbers of up to 128 bits.</summary>
    public bool HoldsTexts { get; }

    /// <summary>How many identifiers have a row.</summary>
    public int Count { get; private set; }

    /// <summary>One more than the largest row ever given.</summary>
    public int Rows { get; private set; }

    /// <summary>Bytes held, to the array.</summary>
    public long Bytes => Rows;

    /// <summary>The rows of a batch; -1 where an identifier has none.</summary>
    public void Find(KeyBatch batch, Span<int> rows) => throw new NotSupportedException();

    /// <summary>The rows of a batch, given now where an identifier had none; -1 for an absent identifier.</summary>
    public void Intern(KeyBatch batch, Span<int> rows) => throw new NotSupportedException();

    /// <summary>The row of one identifier of a batch, without looking ahead.</summary>
    public int Find(KeyBatch batch, int position) => throw new NotSupportedException();

    /// <summary>The row of one identifier of a batch, given now where it had none.</summary>
    public int Intern(KeyBatch batch, int position) => throw new NotSupportedException();

    /// <summary>Takes an identifier's row away; the row will be given again.</summary>
    public void Remove(int row) => throw new NotSupportedException();
}
