using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;

namespace Cordon.Engine.Rules;

/// <summary>Writes parts of a condition as its author would, with reads in the place of their slots.</summary>
internal sealed class ConditionText(ImmutableArray<Slot> slots)
{
    public string Of(CelNode node) => node switch
    {
        CelConstant { Value: string text } => $"\"{text}\"",
        CelConstant constant => RuleValues.Text(constant.Value),
        CelVariable variable => slots.FirstOrDefault(s => s.Name == variable.Name)?.Text ?? variable.Name,
        CelSelect select => $"{Of(select.Operand)}.{(select.IsOptional ? "?" : "")}{select.Field}",
        CelPresence presence => $"has({Of(presence.Operand)}.{presence.Field})",
        CelLogic logic => $"{Inner(logic.Left, logic.IsAnd)} {(logic.IsAnd ? "&&" : "||")} {Inner(logic.Right, logic.IsAnd)}",
        CelConditional choice => $"{Of(choice.Condition)} ? {Of(choice.Then)} : {Of(choice.Else)}",
        CelListLiteral list => $"[{string.Join(", ", list.Elements.Select(Of))}]",
        CelCall call => Call(call),
        CelLoop loop => $"{Of(loop.Range)}.{loop.Loop.ToString().ToLowerInvariant()}({loop.First}, {Of(loop.Body)})",
        CelBinding binding => $"cel.bind({binding.Name}, {Of(binding.Value)}, {Of(binding.Body)})",
        _ => "…",
    };

    private string Inner(CelNode node, bool isAnd) => node is CelLogic { IsAnd: var inner } && inner != isAnd || node is CelConditional ? $"({Of(node)})" : Of(node);

    private string Call(CelCall call)
    {
        var operands = call.Arguments.Select(Of).ToArray();
        if (call.Function == "@told") return operands[0];
        if (call.Function == "@in") return $"{operands[0]} in {operands[1]}";
        if (call.Function == "_[_]") return $"{operands[0]}[{operands[1]}]";
        if (call.Function is ['_', _, .., '_'] && operands.Length == 2) return $"{Operand(call.Arguments[0])} {call.Function[1..^1]} {Operand(call.Arguments[1])}";
        if (call.Function is "!_" or "-_") return $"{call.Function[0]}{Operand(call.Arguments[0])}";
        return call.IsMember ? $"{operands[0]}.{call.Function}({string.Join(", ", operands[1..])})" : $"{call.Function}({string.Join(", ", operands)})";
    }

    private string Operand(CelNode node) =>
        node is CelLogic or CelConditional || (node is CelCall { Function: ['_', .., '_'] and not "_[_]" }) ? $"({Of(node)})" : Of(node);
}
