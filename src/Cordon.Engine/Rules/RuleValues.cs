using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>The values that a rule's condition looked at, as text.</summary>
internal static class RuleValues
{
    /// <summary>The condition's fields and reads in the order in which they stand in it, each once, with their values.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Of(KindPlan plan, CompiledRule rule, Signal signal, RuleFrame frame)
    {
        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in rule.Tree.Nodes)
        {
            if (Read(plan, node, signal, frame) is not var (name, value) || !seen.Add(name)) continue;
            values.Add(new KeyValuePair<string, string>(name, Text(value)));
        }
        return values.ToImmutable();
    }

    /// <summary>A value as rulebooks write it.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        bool b => b ? "true" : "false",
        double d => d.ToString("0.####", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static (string Name, object? Value)? Read(KindPlan plan, CelNode node, Signal signal, RuleFrame frame)
    {
        switch (node)
        {
            case CelSelect { Operand: CelVariable root, Declared: { } field } when plan.Code.TryRead(root.Name, signal, frame, out var owner):
                var name = plan.Slots.FirstOrDefault(s => s.Name == root.Name)?.Text ?? root.Name;
                return ($"{name}.{field.Name}", field.Read(owner));
            case CelVariable variable when plan.Slots.FirstOrDefault(s => s.Name == variable.Name) is { IsObject: false } slot && plan.Code.TryRead(slot.Name, signal, frame, out var value):
                return (slot.Text, Untold.IsTold(slot.Type, value) ? value : "not told");
            case CelVariable parameter when parameter.Name.StartsWith("params.", StringComparison.Ordinal) && plan.Code.TryRead(parameter.Name, signal, frame, out var set):
                return (parameter.Name, set);
            default:
                return null;
        }
    }
}
