using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Cordon.Engine.Rules.Cel;

/// <summary>
/// Reads the grammar of CEL with the optional syntax and quoted fields, expanding macros as it goes. Text and nesting are bounded,
/// so that no input can make this or any later walk over the tree recurse without end.
/// </summary>
internal sealed partial class CelParser
{
    /// <summary>The longest source, in UTF-16 units.</summary>
    public const int LongestSource = 32_768;

    /// <summary>How deeply brackets and right-hand sides may nest.</summary>
    public const int DeepestNesting = 64;

    /// <summary>How many levels a tree may have.</summary>
    public const int DeepestTree = 160;

    private static readonly HashSet<string> Keywords = ["true", "false", "null", "in"];

    private static readonly HashSet<string> Reserved =
        ["as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"];

    private readonly List<CelToken> tokens;
    private readonly List<CelFault> faults;
    private int place;
    private int lastId;
    private int nesting;
    private int faultedAt = -1;
    private bool isTooDeep;

    private CelParser(List<CelToken> tokens, List<CelFault> faults)
    {
        this.tokens = tokens;
        this.faults = faults;
    }

    private CelToken Token => tokens[place];

    /// <summary>Reads an expression; null with faults where it is none.</summary>
    public static CelNode? Parse(string source, out ImmutableArray<CelFault> faults)
    {
        var found = new List<CelFault>();
        faults = [];
        if (source.Length > LongestSource)
        {
            faults = [new CelFault(1, 1, $"The expression has {source.Length} characters; {LongestSource} are allowed.")];
            return null;
        }
        if (!IsWellFormed(source))
        {
            faults = [new CelFault(1, 1, "The expression is not valid Unicode.")];
            return null;
        }
        var tokens = new CelLexer(source, found).Read();
        var parser = new CelParser(tokens, found);
        var root = parser.Expression();
        if (parser.Token.Kind != CelTokenKind.End) parser.Fail($"{parser.Token} is not expected here.");
        faults = [.. found.OrderBy(f => f.Line).ThenBy(f => f.Column)];
        return found.Count == 0 ? root : null;
    }

    private static bool IsWellFormed(string source)
    {
        for (var i = 0; i < source.Length;)
        {
            if (Rune.DecodeFromUtf16(source.AsSpan(i), out _, out var length) != System.Buffers.OperationStatus.Done) return false;
            i += length;
        }
        return true;
    }

    private int NewId() => ++lastId;

    private CelToken Take() => tokens[place < tokens.Count - 1 ? place++ : place];

    private bool TryTake(string sign)
    {
        if (!Token.Is(sign)) return false;
        Take();
        return true;
    }

    private void Expect(string sign)
    {
        if (!TryTake(sign)) Fail($"'{sign}' is expected, not {Token}.");
    }

    // Tells a fault and goes on at the next comma or closing bracket, so that faults further on are told too, but only once each.
    private CelFailure Fail(string message)
    {
        var at = Token.At;
        if (faultedAt != place) faults.Add(new CelFault(at.Line, at.Column, message));
        var depth = 0;
        for (; Token.Kind != CelTokenKind.End; place++)
        {
            if (Token.Is("(") || Token.Is("[") || Token.Is("{")) depth++;
            else if (depth == 0 && (Token.Is(")") || Token.Is("]") || Token.Is("}") || Token.Is(","))) break;
            else if (Token.Is(")") || Token.Is("]") || Token.Is("}")) depth--;
        }
        faultedAt = place;
        return new CelFailure(NewId(), at, CelError.BadFormat);
    }

    private CelFailure FaultAt(CelPosition at, string message)
    {
        faults.Add(new CelFault(at.Line, at.Column, message));
        return new CelFailure(NewId(), at, CelError.BadFormat);
    }

    // Every node passes here as it is made.
    private T Bound<T>(T node) where T : CelNode
    {
        if (node.Depth > DeepestTree && !isTooDeep)
        {
            isTooDeep = true;
            FaultAt(node.At, $"The expression has more than {DeepestTree} levels.");
        }
        return node;
    }

    private CelNode Expression()
    {
        if (nesting == DeepestNesting) return Fail($"The expression is nested more than {DeepestNesting} deep.");
        nesting++;
        var at = Token.At;
        var condition = Binary(0);
        if (TryTake("?"))
        {
            var then = Binary(0);
            Expect(":");
            condition = Bound(new CelConditional(NewId(), at, condition, then, Expression()));
        }
        nesting--;
        return condition;
    }

    private static int Precedence(CelToken token) => token switch
    {
        { Kind: CelTokenKind.Name, Text: "in" } => 3,
        { Kind: not CelTokenKind.Sign } => -1,
        { Text: "||" } => 1,
        { Text: "&&" } => 2,
        { Text: "<" or "<=" or ">" or ">=" or "==" or "!=" } => 3,
        { Text: "+" or "-" } => 4,
        { Text: "*" or "/" or "%" } => 5,
        _ => -1,
    };

    private CelNode Binary(int least)
    {
        var left = Unary();
        while (Precedence(Token) is var precedence && precedence > least)
        {
            var sign = Take();
            if (precedence > 2)
            {
                var name = sign.Text == "in" ? "@in" : $"_{sign.Text}_";
                left = Bound(new CelCall(NewId(), sign.At, name, false, [left, Binary(precedence)]));
                continue;
            }
            // A long row of && or || becomes a balanced tree, so that its length does not count as depth.
            var operands = new List<CelNode> { left, Binary(precedence) };
            while (TryTake(sign.Text)) operands.Add(Binary(precedence));
            left = Balance(sign.Text == "&&", sign.At, operands, 0, operands.Count);
        }
        return left;
    }

    private CelNode Balance(bool isAnd, CelPosition at, List<CelNode> operands, int from, int to)
    {
        if (to - from == 1) return operands[from];
        var middle = (from + to + 1) / 2;
        return Bound(new CelLogic(NewId(), at, isAnd, Balance(isAnd, at, operands, from, middle), Balance(isAnd, at, operands, middle, to)));
    }

    private CelNode Unary()
    {
        var at = Token.At;
        if (Token.Is("!"))
        {
            var count = 0;
            for (; TryTake("!"); count++) continue;
            var operand = Member();
            return count % 2 == 0 ? operand : Bound(new CelCall(NewId(), at, "!_", false, [operand]));
        }
        if (!Token.Is("-")) return Member();
        var minuses = 0;
        for (; TryTake("-"); minuses++) continue;
        if (Token.Kind is CelTokenKind.Int or CelTokenKind.Double)
        {
            var number = Member(Negative(at));
            return minuses % 2 == 1 ? number : Bound(new CelCall(NewId(), at, "-_", false, [number]));
        }
        var negated = Member();
        return minuses % 2 == 0 ? negated : Bound(new CelCall(NewId(), at, "-_", false, [negated]));
    }

    private CelNode Negative(CelPosition at)
    {
        var token = Take();
        return token.Kind == CelTokenKind.Int ? Whole(at, "-" + token.Text) : Fraction(at, "-" + token.Text);
    }

    private CelNode Whole(CelPosition at, string text)
    {
        var negative = text[0] == '-';
        var digits = negative ? text.AsSpan(1) : text;
        var hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (!UInt128.TryParse(hex ? digits[2..] : digits, style, CultureInfo.InvariantCulture, out var value) || value > (UInt128)long.MaxValue + (negative ? 1u : 0u))
            return FaultAt(at, $"{text} is outside the range of int.");
        return new CelConstant(NewId(), at, negative ? (long)-(Int128)value : (long)value) { Type = CelType.Int };
    }

    private CelNode Unsigned(CelPosition at, string text)
    {
        var hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(hex ? text.AsSpan(2) : text, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new CelConstant(NewId(), at, value) { Type = CelType.UInt }
            : FaultAt(at, $"{text}u is outside the range of uint.");
    }

    private CelNode Fraction(CelPosition at, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new CelConstant(NewId(), at, value) { Type = CelType.Double }
            : FaultAt(at, $"{text} is outside the range of double.");
}
