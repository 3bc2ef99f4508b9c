namespace Cordon.Engine.Rules.Cel;

/// <summary>Cuts a source text into tokens. It goes on after a fault, so that all are told.</summary>
internal sealed class CelLexer(string source, List<CelFault> faults)
{
    private static readonly string[] Signs = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private int place;
    private int line = 1;
    private int lineStart;

    private CelPosition Here => new(line, place - lineStart + 1);

    public List<CelToken> Read()
    {
        var tokens = new List<CelToken>();
        while (SkipSpace())
        {
            if (Next() is { } token) tokens.Add(token);
        }
        tokens.Add(new CelToken(CelTokenKind.End, Here, ""));
        return tokens;
    }

    private char Peek(int ahead = 0) => place + ahead < source.Length ? source[place + ahead] : '\0';

    private void Fault(CelPosition at, string message) => faults.Add(new CelFault(at.Line, at.Column, message));

    private void NewLine()
    {
        line++;
        lineStart = place + 1;
    }

    // Answers whether there is something after the space and comments.
    private bool SkipSpace()
    {
        for (; place < source.Length; place++)
        {
            if (source[place] == '\n') NewLine();
            else if (source[place] == '/' && Peek(1) == '/')
            {
                while (place + 1 < source.Length && source[place + 1] != '\n') place++;
            }
            else if (source[place] is not (' ' or '\t' or '\r' or '\f')) return true;
        }
        return false;
    }

    private CelToken? Next()
    {
        var at = Here;
        var c = Peek();
        if (StartsString(out var isBytes, out var isRaw, out var prefix)) return String(at, isBytes, isRaw, prefix);
        if (IsNameStart(c))
        {
            var start = place;
            while (IsNameStart(Peek()) || char.IsAsciiDigit(Peek())) place++;
            return new CelToken(CelTokenKind.Name, at, source[start..place]);
        }
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) return Number(at);
        if (c == '`') return Quoted(at);
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(source, place, sign, 0, sign.Length) != 0) continue;
            place += sign.Length;
            return new CelToken(CelTokenKind.Sign, at, sign);
        }
        Fault(at, $"'{c}' has no meaning here.");
        place++;
        return null;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private CelToken? Quoted(CelPosition at)
    {
        var start = ++place;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '.' or '-' or '/' or ' ') place++;
        if (Peek() != '`' || place == start)
        {
            Fault(at, "A quoted field name is letters, digits, '_', '.', '-', '/' and spaces between backticks.");
            return null;
        }
        return new CelToken(CelTokenKind.QuotedName, at, source[start..place++]);
    }

    private CelToken Number(CelPosition at)
    {
        var start = place;
        if (Peek() == '0' && Peek(1) is 'x' or 'X' && char.IsAsciiHexDigit(Peek(2)))
        {
            place += 2;
            while (char.IsAsciiHexDigit(Peek())) place++;
            return Whole(at, start);
        }
        SkipDigits();
        var isDouble = false;
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isDouble = true;
            place++;
            SkipDigits();
        }
        if (Peek() is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isDouble = true;
            place += 2;
            SkipDigits();
        }
        return isDouble ? new CelToken(CelTokenKind.Double, at, source[start..place]) : Whole(at, start);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek())) place++;
    }

    private CelToken Whole(CelPosition at, int start)
    {
        var text = source[start..place];
        if (Peek() is not ('u' or 'U')) return new CelToken(CelTokenKind.Int, at, text);
        place++;
        return new CelToken(CelTokenKind.UInt, at, text);
    }

    private bool StartsString(out bool isBytes, out bool isRaw, out int prefix)
    {
        prefix = 0;
        isBytes = Peek() is 'b' or 'B';
        if (isBytes) prefix++;
        isRaw = Peek(prefix) is 'r' or 'R';
        if (isRaw) prefix++;
        return Peek(prefix) is '"' or '\'';
    }

    private CelToken String(CelPosition at, bool isBytes, bool isRaw, int prefix)
    {
        place += prefix;
        var quote = Peek();
        var isLong = Peek(1) == quote && Peek(2) == quote;
        place += isLong ? 3 : 1;
        var value = new CelLiteralText(isBytes);
        while (true)
        {
            var c = Peek();
            if (place >= source.Length || (!isLong && c is '\n' or '\r'))
            {
                Fault(at, "The string is not closed.");
                break;
            }
            if (c == quote && (!isLong || (Peek(1) == quote && Peek(2) == quote))) break;
            if (c == '\\' && !isRaw)
            {
                var escape = Here;
                if (!value.TryEscape(source, ref place)) Fault(escape, "This escape is not known.");
                continue;
            }
            if (Peek() == '\n') NewLine();
            value.Add(source[place++]);
        }
        place = Math.Min(source.Length, place + (isLong ? 3 : 1));
        return isBytes ? new CelToken(CelTokenKind.Bytes, at, "", value.ToBytes()) : new CelToken(CelTokenKind.String, at, value.ToString());
    }
}
