using System.Collections.Immutable;
using System.Numerics;

namespace Cordon.Casework.Series;

/// <summary>
/// The fingerprint of the words of a report, by which tellings of one script are found: MinHash over shingles of four letters,
/// 32 minima in 16 bands of two. Two texts with the Jaccard similarity <c>s</c> share a given band with probability <c>s²</c>. Digits, blanks
/// and marks are left out, so that sums and numbers do not tell scripts apart. Pure: the same words give the same print on any machine.
/// </summary>
public static class ScriptPrint
{
    /// <summary>How many bands a print has.</summary>
    public const int Bands = 16;

    /// <summary>Words with fewer shingles have no print: "被骗了" is nobody's script.</summary>
    public const int LeastShingles = 24;

    private const int Rows = 2;
    private const int Letters = 4;
    private const int MostLetters = 8_000;

    // SplitMix64's increment and multipliers: published constants with well-mixed bits.
    private const ulong Step = 0x9E3779B97F4A7C15;
    private const ulong First = 0xBF58476D1CE4E5B9;
    private const ulong Second = 0x94D049BB133111EB;

    /// <summary>The bands of a text, each a number of its own for its place; none where the text is too short.</summary>
    /// <param name="words">The words.</param>
    public static ImmutableArray<ulong> Of(string words)
    {
        var shingles = Shingles(words);
        if (shingles.Count < LeastShingles) return [];
        var minima = new ulong[Bands * Rows];
        Array.Fill(minima, ulong.MaxValue);
        foreach (var shingle in shingles)
            for (var i = 0; i < minima.Length; i++)
                minima[i] = Math.Min(minima[i], Mix(unchecked(shingle + (Step * (ulong)(i + 1)))));
        var bands = ImmutableArray.CreateBuilder<ulong>(Bands);
        for (var band = 0; band < Bands; band++)
        {
            var sum = (ulong)band;
            for (var row = 0; row < Rows; row++) sum = Mix(BitOperations.RotateLeft(sum, 17) ^ minima[(band * Rows) + row]);
            bands.Add(sum);
        }
        return bands.MoveToImmutable();
    }

    private static HashSet<ulong> Shingles(string words)
    {
        var found = new HashSet<ulong>();
        var (window, length) = (0UL, 0);
        foreach (var c in words.AsSpan(0, Math.Min(words.Length, MostLetters)))
        {
            if (!char.IsLetter(c)) continue;
            // Four letters of 16 bits are 64: the window is the shingle itself.
            window = (window << 16) | char.ToLowerInvariant(c);
            if (++length >= Letters) found.Add(window);
        }
        return found;
    }

    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x = (x ^ (x >> 30)) * First;
            x = (x ^ (x >> 27)) * Second;
            return x ^ (x >> 31);
        }
    }
}
