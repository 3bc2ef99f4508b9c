using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;

namespace Cordon.Engine.Rules;

/// <summary>A name that a formula can use.</summary>
/// <param name="Name">As it is written: <c>stopAcknowledged.kept</c>.</param>
/// <param name="IsTruth">Whether it is true or false and no number.</param>
public readonly record struct FormulaName(string Name, bool IsTruth = false);

/// <summary>What a name stands for: a number, and between which bounds the true one lies. A truth is 1 or 0.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">The least it may be.</param>
/// <param name="High">The most it may be.</param>
public readonly record struct FormulaValue(double Value, double Low, double High)
{
    /// <summary>A number that is known exactly.</summary>
    public static FormulaValue Exactly(double value) => new(value, value, value);

    /// <summary>A truth.</summary>
    public static FormulaValue Of(bool truth) => Exactly(truth ? 1 : 0);
}

/// <summary>Why a text is no formula.</summary>
/// <param name="Line">The line of the text, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 units.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">The known name nearest to a misspelt one; null where there is none.</param>
public sealed record FormulaFault(int Line, int Column, string Message, string? Suggestion);

/// <summary>A formula, or every fault that keeps a text from being one.</summary>
/// <param name="Formula">The formula; null where there are faults.</param>
/// <param name="Faults">The faults by place; empty where there is a formula.</param>
public sealed record FormulaReading(Formula? Formula, ImmutableArray<FormulaFault> Faults);

/// <summary>One part of a formula's sum, and what it came to.</summary>
/// <param name="Text">The part as its author would write it, with its sign.</param>
/// <param name="Value">Its value.</param>
public sealed record FormulaPart(string Text, double Value);

/// <summary>What a formula came to.</summary>
/// <param name="Value">The number; null where it could not be computed.</param>
/// <param name="Parts">The parts of its sum; of a formula that is no sum, the one whole.</param>
/// <param name="Untold">Names that it asked for and nobody told, sorted; where there are any, there is no number.</param>
/// <param name="Unbounded">Whether it divides by what may be zero, or grows beyond all numbers.</param>
public sealed record FormulaResult(FormulaValue? Value, ImmutableArray<FormulaPart> Parts, ImmutableArray<string> Untold, bool Unbounded);

/// <summary>
/// A number computed from named numbers: an expression in CEL of arithmetic, comparison and choice. Beside the number it gives bounds that
/// hold for every value within the bounds of the names. Immutable; the same values give the same answer on any machine.
/// </summary>
public sealed class Formula
{
    private readonly CelChecked expression;

    private Formula(CelChecked expression)
    {
        this.expression = expression;
        Names = [.. expression.Nodes.OfType<CelVariable>().Where(v => !v.IsLocal).Select(v => v.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The text.</summary>
    public string Source => expression.Source;

    /// <summary>The names it uses, sorted.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Reads and checks a text; every fault is told, with its place.</summary>
    /// <param name="source">The text, at most 32,768 UTF-16 units.</param>
    /// <param name="names">What it may speak of.</param>
    public static FormulaReading Read(string source, IEnumerable<FormulaName> names)
    {
        var words = CelEnvironment.Standard.With(e =>
        {
            foreach (var name in names) e.Variable(name.Name, name.IsTruth ? CelType.Bool : CelType.Double);
        });
        var reading = words.Check(source);
        if (reading.Checked is not { } found) return new FormulaReading(null, [.. reading.Faults.Select(f => new FormulaFault(f.Line, f.Column, f.Message, f.Suggestion))]);
        var faults = ImmutableArray.CreateBuilder<FormulaFault>();
        if (found.Type.Kind != CelKind.Double) faults.Add(new FormulaFault(1, 1, $"A formula gives a double, and this gives {found.Type}; whole numbers are written with a point: 40.0.", null));
        else
            foreach (var node in found.Nodes.Where(n => !FormulaBounds.Knows(n)))
                faults.Add(new FormulaFault(node.At.Line, node.At.Column, "Only arithmetic, comparison, choice, math.least, math.greatest, math.abs and cel.bind have bounds and can stand in a formula.", null));
        return faults.Count > 0 ? new FormulaReading(null, faults.ToImmutable()) : new FormulaReading(new Formula(found), []);
    }

    /// <summary>Computes the number.</summary>
    /// <param name="values">The value of a name; null where it was not told.</param>
    public FormulaResult Evaluate(Func<string, FormulaValue?> values)
    {
        var untold = new SortedSet<string>(StringComparer.Ordinal);
        var point = CelExplainer.Explain(expression, Lookup);
        // A choice or a truth that was decided without them did not want them.
        if (point.Result.Error is null) untold.Clear();
        var bounds = new FormulaBounds(values, name => untold.Add(name)).Of(expression.Root);
        if (untold.Count > 0) return new FormulaResult(null, [], [.. untold], false);
        if (point.Result.Value is not double value || !double.IsFinite(value) || !double.IsFinite(bounds.Low) || !double.IsFinite(bounds.High))
            return new FormulaResult(null, [], [], true);
        var parts = ImmutableArray.CreateBuilder<FormulaPart>();
        Collect(expression.Root, 1, point, new ConditionText([]), parts);
        return new FormulaResult(new FormulaValue(value, Math.Min(bounds.Low, value), Math.Max(bounds.High, value)), parts.ToImmutable(), [], false);

        bool Lookup(string name, out object? value)
        {
            value = null;
            if (values(name) is not { } told)
            {
                untold.Add(name);
                return false;
            }
            value = IsTruth(name) ? told.Value != 0 : told.Value;
            return true;
        }
    }

    private bool IsTruth(string name) => expression.Nodes.OfType<CelVariable>().First(v => v.Name == name && !v.IsLocal).Type.Kind == CelKind.Bool;

    private static void Collect(CelNode node, int sign, CelExplanation point, ConditionText text, ImmutableArray<FormulaPart>.Builder parts)
    {
        if (node is CelCall { Function: "_+_" or "_-_" } sum)
        {
            Collect(sum.Arguments[0], sign, point, text, parts);
            Collect(sum.Arguments[1], sum.Function == "_+_" ? sign : -sign, point, text, parts);
        }
        else if (point.Nodes.TryGetValue(node.Id, out var outcome) && outcome.Value is double value)
        {
            parts.Add(new FormulaPart((sign < 0 ? "- " : "") + text.Of(node), value == 0 ? 0 : sign * value));
        }
    }
}
