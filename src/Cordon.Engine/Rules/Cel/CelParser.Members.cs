using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

internal sealed partial class CelParser
{
    private CelNode Member() => Member(Primary());

    private CelNode Member(CelNode node)
    {
        while (true)
        {
            var at = Token.At;
            if (TryTake("."))
            {
                var isOptional = TryTake("?");
                node = Selection(node, at, isOptional);
            }
            else if (TryTake("["))
            {
                var isOptional = TryTake("?");
                var index = Expression();
                Expect("]");
                node = Bound(new CelCall(NewId(), at, isOptional ? "_[?_]" : "_[_]", false, [node, index]));
            }
            else return node;
        }
    }

    private CelNode Selection(CelNode operand, CelPosition at, bool isOptional)
    {
        if (Token.Kind == CelTokenKind.QuotedName) return Bound(new CelSelect(NewId(), at, operand, Take().Text, isOptional));
        if (Token.Kind != CelTokenKind.Name || Keywords.Contains(Token.Text)) return Fail($"A field name is expected, not {Token}.");
        var name = Take();
        if (!isOptional && Token.Is("(")) return Call(name.Text, operand, name.At);
        if (!isOptional && Token.Is("{") && QualifiedName(operand) is { } prefix) return Message($"{prefix}.{name.Text}", operand.At);
        return Bound(new CelSelect(NewId(), name.At, operand, name.Text, isOptional));
    }

    private CelNode Call(string name, CelNode? target, CelPosition at)
    {
        var arguments = Arguments();
        if (Expand(name, target, arguments, at) is { } expanded) return Bound(expanded);
        return Bound(new CelCall(NewId(), at, name, target is not null, target is null ? arguments : [target, .. arguments]));
    }

    private ImmutableArray<CelNode> Arguments()
    {
        Expect("(");
        var arguments = ImmutableArray.CreateBuilder<CelNode>();
        if (TryTake(")")) return [];
        do arguments.Add(Expression());
        while (TryTake(","));
        Expect(")");
        return arguments.ToImmutable();
    }

    private CelNode Primary()
    {
        var token = Token;
        switch (token.Kind)
        {
            case CelTokenKind.Int: return Whole(token.At, Take().Text);
            case CelTokenKind.UInt: return Unsigned(token.At, Take().Text);
            case CelTokenKind.Double: return Fraction(token.At, Take().Text);
            case CelTokenKind.String: return new CelConstant(NewId(), token.At, Take().Text) { Type = CelType.String };
            case CelTokenKind.Bytes: return new CelConstant(NewId(), token.At, Take().Value) { Type = CelType.Bytes };
            case CelTokenKind.Name: return Name(false);
        }
        if (TryTake("."))
            return Token.Kind == CelTokenKind.Name ? Name(true) : Fail($"A name is expected, not {Token}.");
        if (TryTake("("))
        {
            var inner = Expression();
            Expect(")");
            return inner;
        }
        if (TryTake("[")) return List(token.At);
        return TryTake("{") ? Map(token.At) : Fail(token.Kind == CelTokenKind.End ? "The expression ends too early." : $"{token} is not expected here.");
    }

    private CelNode Name(bool isRooted)
    {
        var token = Take();
        switch (token.Text)
        {
            case "true" or "false" when !isRooted: return new CelConstant(NewId(), token.At, token.Text == "true") { Type = CelType.Bool };
            case "null" when !isRooted: return new CelConstant(NewId(), token.At, null) { Type = CelType.Null };
        }
        if (Keywords.Contains(token.Text) || Reserved.Contains(token.Text))
        {
            place--;
            return Fail($"'{token.Text}' is a word of the language and cannot be a name.");
        }
        var name = isRooted ? "." + token.Text : token.Text;
        if (Token.Is("(")) return Call(name, null, token.At);
        return Token.Is("{") ? Message(name, token.At) : new CelVariable(NewId(), token.At, token.Text, isRooted);
    }

    private CelListLiteral List(CelPosition at)
    {
        var elements = ImmutableArray.CreateBuilder<CelNode>();
        var optional = ImmutableArray.CreateBuilder<bool>();
        while (!Token.Is("]"))
        {
            optional.Add(TryTake("?"));
            elements.Add(Expression());
            if (!TryTake(",")) break;
        }
        Expect("]");
        return Bound(new CelListLiteral(NewId(), at, elements.ToImmutable(), optional.ToImmutable()));
    }

    private CelMapLiteral Map(CelPosition at)
    {
        var parts = ImmutableArray.CreateBuilder<CelNode>();
        var optional = ImmutableArray.CreateBuilder<bool>();
        while (!Token.Is("}"))
        {
            optional.Add(TryTake("?"));
            parts.Add(Expression());
            Expect(":");
            parts.Add(Expression());
            if (!TryTake(",")) break;
        }
        Expect("}");
        return Bound(new CelMapLiteral(NewId(), at, parts.ToImmutable(), optional.ToImmutable()));
    }

    private CelNode Message(string name, CelPosition at)
    {
        Expect("{");
        var fields = ImmutableArray.CreateBuilder<string>();
        var values = ImmutableArray.CreateBuilder<CelNode>();
        var optional = ImmutableArray.CreateBuilder<bool>();
        while (!Token.Is("}"))
        {
            optional.Add(TryTake("?"));
            if (Token.Kind is not (CelTokenKind.Name or CelTokenKind.QuotedName) || (Token.Kind == CelTokenKind.Name && Keywords.Contains(Token.Text)))
                return Fail($"A field name is expected, not {Token}.");
            fields.Add(Take().Text);
            Expect(":");
            values.Add(Expression());
            if (!TryTake(",")) break;
        }
        Expect("}");
        return Bound(new CelMessageLiteral(NewId(), at, name, fields.ToImmutable(), values.ToImmutable(), optional.ToImmutable()));
    }

    /// <summary>The dotted name a chain of selections spells; null where it is more than a name.</summary>
    internal static string? QualifiedName(CelNode node) => node switch
    {
        CelVariable v => v.IsRooted ? "." + v.Name : v.Name,
        CelSelect { IsOptional: false } s when QualifiedName(s.Operand) is { } prefix => $"{prefix}.{s.Field}",
        _ => null,
    };
}
