using System.Globalization;
using Cordon.Engine.Rules.Cel.Library;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules.Cel;

/// <summary>Writes a node as an author would: for explanations, and for finding reads that are the same.</summary>
internal static class CelWriting
{
    /// <summary>The text of a node. Read again it means the same, but for variables no source can name.</summary>
    public static string Write(CelNode node) => node switch
    {
        CelConstant constant => Constant(constant.Value),
        CelVariable variable => variable.IsRooted ? "." + variable.Name : variable.Name,
        CelSelect select => $"{Operand(select.Operand)}.{(select.IsOptional ? "?" : "")}{Field(select.Field)}",
        CelPresence presence => $"has({Operand(presence.Operand)}.{Field(presence.Field)})",
        CelCall call => Call(call),
        CelLogic logic => $"{Operand(logic.Left)} {(logic.IsAnd ? "&&" : "||")} {Operand(logic.Right)}",
        CelConditional c => $"{Operand(c.Condition)} ? {Operand(c.Then)} : {Operand(c.Else)}",
        CelListLiteral list => $"[{string.Join(", ", list.Elements.Select((e, i) => (list.Optional[i] ? "?" : "") + Write(e)))}]",
        CelMapLiteral map => $"{{{string.Join(", ", map.Optional.Select((o, i) => $"{(o ? "?" : "")}{Write(map.Parts[2 * i])}: {Write(map.Parts[(2 * i) + 1])}"))}}}",
        CelMessageLiteral m => $"{m.Name}{{{string.Join(", ", m.Fields.Select((f, i) => $"{(m.Optional[i] ? "?" : "")}{f}: {Write(m.Values[i])}"))}}}",
        CelLoop loop => Loop(loop),
        CelBinding binding => $"cel.bind({binding.Name}, {Write(binding.Value)}, {Write(binding.Body)})",
        CelFailure failure => $"error({failure.Error})",
        _ => throw new InvalidOperationException($"No text for {node.GetType().Name}."),
    };

    // What is made of parts with spaces between them stands in brackets inside another.
    private static string Operand(CelNode node) =>
        node is CelLogic or CelConditional || (node is CelCall call && IsSign(call.Function)) || node is CelConstant { Value: long and < 0 or double and < 0 }
            ? $"({Write(node)})"
            : Write(node);

    private static bool IsSign(string function) => function is "@in" or "!_" or "-_" || (function.StartsWith('_') && function.EndsWith('_'));

    private static string Call(CelCall call)
    {
        var arguments = call.Arguments;
        switch (call.Function)
        {
            case "_[_]": return $"{Operand(arguments[0])}[{Write(arguments[1])}]";
            case "_[?_]": return $"{Operand(arguments[0])}[?{Write(arguments[1])}]";
            case "@in": return $"{Operand(arguments[0])} in {Operand(arguments[1])}";
            case "!_" or "-_": return call.Function[0] + Operand(arguments[0]);
        }
        if (IsSign(call.Function)) return $"{Operand(arguments[0])} {call.Function.Trim('_')} {Operand(arguments[1])}";
        return call.IsMember
            ? $"{Operand(arguments[0])}.{call.Function}({string.Join(", ", arguments.Skip(1).Select(Write))})"
            : $"{call.Function}({string.Join(", ", arguments.Select(Write))})";
    }

    private static string Loop(CelLoop loop)
    {
        var (name, isKept) = (loop.Loop, loop.Second) switch
        {
            (CelLoopKind.All, _) => ("all", false),
            (CelLoopKind.Exists, _) => ("exists", false),
            (CelLoopKind.ExistsOne, _) => ("existsOne", false),
            (CelLoopKind.List, null) => ("map", true),
            (CelLoopKind.List, _) => ("transformList", true),
            (CelLoopKind.Map, _) => ("transformMap", true),
            _ => ("transformMapEntry", true),
        };
        List<string> arguments = [loop.First];
        if (loop.Second is not null) arguments.Add(loop.Second);
        if (isKept && loop.Filter is not null) arguments.Add(Write(loop.Filter));
        arguments.Add(Write(loop.Body));
        return $"{Operand(loop.Range)}.{name}({string.Join(", ", arguments)})";
    }

    private static string Field(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0]) ? name : $"`{name}`";

    private static string Constant(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        ulong u => u.ToString(CultureInfo.InvariantCulture) + "u",
        double d => Fraction(d),
        string text => CelText.Quote(text),
        CelBytes bytes => $"b\"{string.Concat(bytes.Content.Select(b => "\\x" + b.ToString("x2", CultureInfo.InvariantCulture)))}\"",
        Amount amount => $"money(\"{amount.ToDecimalText()}\", \"{amount.Currency}\")",
        CelType type => type.Name,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Fraction(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) || text.Contains('E', StringComparison.Ordinal) ? text : text + ".0";
    }
}
