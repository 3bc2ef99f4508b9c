using System.Linq.Expressions;
using Cordon.Engine.Rules.Cel;

namespace Cordon.Tests.Rules.Cel;

/// <summary>Evaluates expressions in both ways, and holds them to one answer.</summary>
internal static class Spoken
{
    private delegate object? Compiled(IReadOnlyDictionary<string, object?> variables, out CelError? error);

    public static CelOutcome Evaluate(string source, CelEnvironment? environment = null, Dictionary<string, object?>? variables = null)
    {
        var reading = (environment ?? CelEnvironment.Standard).Check(source);
        Assert.True(reading.Checked is not null, string.Join("\n", reading.Faults));
        return Evaluate(reading.Checked, variables ?? []);
    }

    public static CelOutcome Evaluate(CelChecked expression, Dictionary<string, object?> variables)
    {
        var explained = CelExplainer.Explain(expression, variables.TryGetValue).Result;
        var compiled = Compile(expression, variables);
        Assert.True(
            explained.Error?.Message == compiled.Error?.Message && Conformance.CelCase.Same(explained.Value, compiled.Value),
            $"{expression.Source}: compiled {Conformance.CelCase.Show(compiled)}, explained {Conformance.CelCase.Show(explained)}");
        return compiled;
    }

    private static CelOutcome Compile(CelChecked expression, Dictionary<string, object?> variables)
    {
        var map = Expression.Parameter(typeof(IReadOnlyDictionary<string, object?>));
        var error = Expression.Parameter(typeof(CelError).MakeByRefType());
        var types = expression.Nodes.OfType<CelVariable>().Where(v => !v.IsLocal).GroupBy(v => v.Name).ToDictionary(g => g.Key, g => g.First().Type.Clr);
        Expression? Read(string name) => variables.ContainsKey(name)
            ? Expression.Convert(Expression.Property(map, "Item", Expression.Constant(name)), types[name])
            : null;
        var value = CelCompiler.Compile<Compiled>(expression, [map, error], Read)(variables, out var failed);
        return new CelOutcome(failed is null ? value : null, failed);
    }

    public static string Faults(string source, CelEnvironment? environment = null) =>
        string.Join("\n", (environment ?? CelEnvironment.Standard).Check(source).Faults);
}
