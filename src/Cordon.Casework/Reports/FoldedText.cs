using Cordon.Casework.Answers;

namespace Cordon.Casework.Reports;

/// <summary>
/// A text in the form in which it is searched: full-width characters and other digits as ASCII, letters small, the several
/// blanks and hyphens as one each. Every character stays in its place. It knows which characters a fact has taken.
/// </summary>
internal sealed class FoldedText
{
    /// <summary>Stands in for what was masked: no digit, no letter, no blank.</summary>
    private const char Masked = '\u0001';

    private readonly char[] folded;
    private readonly bool[] taken;

    public FoldedText(string text, TextMask mask)
    {
        var masked = mask.Apply(text);
        if (masked.Length != text.Length) throw new ArgumentException("A mask overwrites; it does not lengthen or shorten.", nameof(mask));
        Text = text;
        folded = new char[text.Length];
        taken = new bool[text.Length];
        Covered = new bool[text.Length];
        for (var i = 0; i < folded.Length; i++)
        {
            Covered[i] = masked[i] != text[i];
            folded[i] = Covered[i] ? Masked : Fold(text[i]);
        }
    }

    /// <summary>The text as it was given.</summary>
    public string Text { get; }

    /// <summary>Which characters the mask overwrote.</summary>
    public bool[] Covered { get; }

    public int Length => folded.Length;

    /// <summary>The character at a place; NUL before the beginning and behind the end.</summary>
    public char this[int at] => at >= 0 && at < folded.Length ? folded[at] : '\0';

    public ReadOnlySpan<char> From(int at) => at >= folded.Length ? [] : folded.AsSpan(at);

    public ReadOnlySpan<char> Before(int at, int most) => folded.AsSpan(Math.Max(0, at - most), Math.Min(at, most));

    public ReadOnlySpan<char> Slice(int start, int length) => folded.AsSpan(start, length);

    public bool IsDigit(int at) => at >= 0 && at < folded.Length && char.IsAsciiDigit(folded[at]);

    public bool IsLetter(int at) => at >= 0 && at < folded.Length && char.IsAsciiLetter(folded[at]);

    public bool IsTaken(int at) => at >= 0 && at < taken.Length && taken[at];

    public bool Starts(int at, string word) => From(at).StartsWith(word, StringComparison.Ordinal);

    /// <summary>Whether a word stands at a place with no letter or digit beside it.</summary>
    public bool StartsWord(int at, string word) => Starts(at, word) && !IsLetter(at + word.Length) && !IsDigit(at + word.Length) && !IsLetter(at - 1);

    /// <summary>Gives the characters to a fact; null where one of them belongs to another.</summary>
    public TextSpan? Take(int start, int end)
    {
        if (start >= end || taken.AsSpan(start, end - start).Contains(true)) return null;
        taken.AsSpan(start, end - start).Fill(true);
        return new TextSpan(start, end - start);
    }

    /// <summary>Where the blanks from a place on end.</summary>
    public int SkipBlanks(int at, int most = 3)
    {
        for (var n = 0; n < most && this[at] == ' '; n++) at++;
        return at;
    }

    private static char Fold(char c) => c switch
    {
        >= 'A' and <= 'Z' => (char)(c + 32),
        < (char)128 => c is '\t' or '\r' or '\n' or Masked ? (c == Masked ? '\0' : c == '\t' ? ' ' : '\n') : c,
        '\u3000' or '\u00a0' or '\u202f' or (>= '\u2000' and <= '\u200a') => ' ',
        (>= '\u2010' and <= '\u2015') or '\u2212' => '-',
        '￥' => '¥',
        '￡' => '£',
        >= '\uff01' and <= '\uff5e' => Fold((char)(c - 0xff01 + '!')),
        _ => char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c,
    };
}
