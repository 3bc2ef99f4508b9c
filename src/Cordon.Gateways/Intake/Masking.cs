namespace Cordon.Gateways.Intake;

/// <summary>
/// Finds identity numbers in any text and overwrites them with stars, all but the two digits of the province.
/// It is applied to everything that leaves the door as text: quarantine, logs, stored bodies, problem documents, reports.
/// </summary>
/// <remarks>
/// A number is found in any run of digits, also in the middle of a longer one, also with up to three blanks, hyphens,
/// dots, slashes, commas or line ends between its digits, in full-width, Chinese or other decimal digits, and as JSON
/// escapes. Eighteen characters are masked where region, birth date and check character fit; fifteen (the old form,
/// which has no check) only where they stand alone and region and date fit. A run of random digits is masked by mistake
/// about once in 30,000 positions. Time is linear in the text; a text without a number is returned as it is.
/// </remarks>
public static class Masking
{
    private const int MaxSeparators = 3;
    private const int EscapeLength = 6;

    /// <summary>The text without identity numbers: the same string where there were none.</summary>
    public static string Mask(string text)
    {
        char[]? masked = null;
        Scan(text, ref masked, stopAtFirst: false);
        return masked is null ? text : new string(masked);
    }

    /// <summary>Whether an identity number stands in the text.</summary>
    public static bool Finds(ReadOnlySpan<char> text)
    {
        char[]? masked = null;
        return Scan(text, ref masked, stopAtFirst: true);
    }

    private static bool Scan(ReadOnlySpan<char> text, ref char[]? masked, bool stopAtFirst)
    {
        if (text.Length < 15) return false;
        var run = new DigitRun(stackalloc char[18], stackalloc int[18]);
        var found = false;
        for (var i = 0; i < text.Length;)
        {
            var digit = DigitAt(text, i, out var width);
            var hit = 0;
            if (digit == '\0') hit = run.EndsOldForm();
            else
            {
                run.Add(digit, i);
                if (run.EndsNumber()) hit = 18;
            }
            if (hit > 0)
            {
                found = true;
                if (stopAtFirst) return true;
                Overwrite(text, ref masked, ref run, hit);
            }
            // A run is forgotten only after it was overwritten: its places are needed for that.
            if (digit == '\0' && !run.Skip(IsSeparator(text[i]))) run.Reset();
            i += width;
        }
        var last = run.EndsOldForm();
        if (last > 0 && !stopAtFirst) Overwrite(text, ref masked, ref run, last);
        return found || last > 0;
    }

    private static void Overwrite(ReadOnlySpan<char> text, ref char[]? masked, ref DigitRun run, int length)
    {
        masked ??= text.ToArray();
        for (var back = length - 3; back >= 0; back--)
        {
            var at = run.PositionFromEnd(back);
            // A JSON escape is overwritten by the escape of the star, so that the line stays JSON.
            if (masked[at] == '\\') "\\u002a".CopyTo(0, masked, at, EscapeLength);
            else masked[at] = '*';
        }
    }

    private static char DigitAt(ReadOnlySpan<char> text, int at, out int width)
    {
        width = 1;
        var c = text[at];
        if (c < 128)
        {
            if (char.IsAsciiDigit(c)) return c;
            if (c is 'x' or 'X') return 'X';
            if (c != '\\' || at + EscapeLength > text.Length) return '\0';
            if (!text.Slice(at, 4).SequenceEqual("\\u00")) return '\0';
            var escaped = (text[at + 4], text[at + 5]) switch
            {
                ('3', >= '0' and <= '9' and var low) => low,
                ('5' or '7', '8') => 'X',
                _ => '\0',
            };
            if (escaped != '\0') width = EscapeLength;
            return escaped;
        }
        if (c is 'Ｘ' or 'ｘ' or 'Ⅹ') return 'X';
        var chinese = "〇一二三四五六七八九".IndexOf(c, StringComparison.Ordinal);
        if (chinese >= 0) return (char)('0' + chinese);
        if (c == '零') return '0';
        return char.IsDigit(c) ? (char)('0' + char.GetNumericValue(c)) : '\0';
    }

    private static bool IsSeparator(char c) => c switch
    {
        ' ' or '\t' or '\r' or '\n' or '-' or '.' or '/' or ',' or '_' => true,
        < (char)128 => false,
        '·' or '，' or '、' or '．' or '－' or '—' or '\u00ad' or '\u2212' or '\ufeff' => true,
        >= '\u2010' and <= '\u2015' => true,
        >= '\u200b' and <= '\u200f' => true,
        _ => char.IsWhiteSpace(c),
    };

    /// <summary>The last eighteen digits of the run that is being read, and where each stands in the text.</summary>
    private ref struct DigitRun(Span<char> digits, Span<int> positions)
    {
        private readonly Span<char> digits = digits;
        private readonly Span<int> positions = positions;
        private int count;
        private int separators;
        private int chunk;
        private int chunkBefore;
        private int chunkTwoBefore;

        public void Add(char digit, int position)
        {
            if (separators > 0)
            {
                (chunkTwoBefore, chunkBefore, chunk) = (chunkBefore, chunk, 0);
                separators = 0;
            }
            var slot = count % 18;
            digits[slot] = digit;
            positions[slot] = position;
            count++;
            chunk++;
        }

        /// <summary>Passes a character that is no digit; false where it ends the run.</summary>
        public bool Skip(bool separator) => separator && count > 0 && ++separators <= MaxSeparators;

        public void Reset() => (count, separators, chunk, chunkBefore, chunkTwoBefore) = (0, 0, 0, 0, 0);

        public readonly int PositionFromEnd(int back) => positions[(count - 1 - back) % 18];

        public readonly bool EndsNumber()
        {
            if (count < 18) return false;
            Span<char> plain = stackalloc char[18];
            for (var i = 0; i < 18; i++)
            {
                plain[i] = digits[(count + i) % 18];
                if (plain[i] == 'X' && i < 17) return false;
            }
            return IdentityNumber.Check(plain) == IdentityNumberFault.None;
        }

        /// <summary>15 where the run up to here is a number of the old form that stands alone; else 0.</summary>
        public readonly int EndsOldForm()
        {
            if (separators > 0) return 0;
            if (!(chunk == 15 || (chunk == 3 && chunkBefore == 6 && chunkTwoBefore == 6))) return 0;
            Span<char> date = stackalloc char[8];
            Span<char> region = stackalloc char[3];
            for (var i = 0; i < 15; i++)
            {
                var c = digits[(count - 15 + i) % 18];
                if (c == 'X') return 0;
                if (i < 3) region[i] = c;
                if (i is >= 6 and < 12) date[i - 4] = c;
            }
            (date[0], date[1]) = ('1', '9');
            return region[0] != '9' && IdentityNumber.KnownRegion(region) && IdentityNumber.RealDate(date) ? 15 : 0;
        }
    }
}
