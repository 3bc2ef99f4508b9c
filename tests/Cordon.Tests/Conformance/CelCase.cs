using System.Linq.Expressions;
using System.Text.Json;
using Cordon.Engine.Rules.Cel;

namespace Cordon.Tests.Conformance;

/// <summary>One case of the specification: an expression in an environment, and what must come of it.</summary>
internal sealed record CelCase(string Name, JsonElement Case)
{
    private delegate object? Compiled(Dictionary<string, object?> variables, out CelError? error);

    public string Expression => Case.GetProperty("expr").GetString()!;

    private bool Has(string name) => Case.TryGetProperty(name, out _);

    private bool IsLoose => Case.TryGetProperty("disableCheck", out var loose) && loose.GetBoolean();

    /// <summary>Runs the case in both ways of evaluation; null where it passes, else why not.</summary>
    public string? Run()
    {
        try
        {
            return Judge();
        }
        catch (CelValueJson.MessageTypeException unknown)
        {
            return $"needs {unknown.Message}";
        }
    }

    private string? Judge()
    {
        var variables = Bindings();
        var environment = Environment(variables);
        var reading = IsLoose ? environment.CheckLoosely(Expression) : environment.Check(Expression);
        if (reading.Checked is not { } tree)
            return Has("evalError") ? null : "refused: " + string.Join("; ", reading.Faults);
        if (Case.TryGetProperty("typedResult", out var typed) && CelValueJson.Type(typed.GetProperty("deducedType")) is var expected && !expected.Equals(tree.Type))
            return $"has type {tree.Type}, not {expected}";
        if (Has("checkOnly")) return null;
        var explained = CelExplainer.Explain(tree, variables.TryGetValue).Result;
        var compiled = Compile(tree, variables);
        if (Differ(explained, compiled)) return $"compiled code answers {Show(compiled)}, explaining {Show(explained)}";
        if (Has("evalError")) return compiled.Error is null ? $"answers {Show(compiled)}, not an error" : null;
        var value = Case.TryGetProperty("value", out var v) ? CelValueJson.Value(v)
            : Has("typedResult") && typed.TryGetProperty("result", out var r) ? CelValueJson.Value(r) : true;
        return compiled.Error is not null || !Same(value, compiled.Value) ? $"answers {Show(compiled)}, not {Show(new CelOutcome(value, null))}" : null;
    }

    private Dictionary<string, object?> Bindings() => Case.TryGetProperty("bindings", out var bindings)
        ? bindings.EnumerateObject().ToDictionary(b => b.Name, b => CelValueJson.Value(b.Value.GetProperty("value")))
        : [];

    private CelEnvironment Environment(Dictionary<string, object?> variables) => CelEnvironment.Standard.With(builder =>
    {
        builder.Zones(OffsetOf);
        if (Case.TryGetProperty("container", out var container)) builder.Container(container.GetString()!);
        if (IsLoose)
        {
            foreach (var name in variables.Keys) builder.Variable(name, CelType.Dyn);
        }
        if (!Case.TryGetProperty("typeEnv", out var declarations)) return;
        foreach (var declaration in declarations.EnumerateArray())
        {
            var name = declaration.GetProperty("name").GetString()!;
            if (declaration.TryGetProperty("ident", out var ident)) builder.Variable(name, CelValueJson.Type(ident.GetProperty("type")));
            else builder.Function(name, declaration.GetProperty("function").GetProperty("overloads").EnumerateArray().Select(Overload));
        }
    });

    private static CelOverload Overload(JsonElement overload) => new(
        overload.GetProperty("overloadId").GetString()!,
        overload.TryGetProperty("isInstanceFunction", out var member) && member.GetBoolean(),
        [.. overload.GetProperty("params").EnumerateArray().Select(CelValueJson.Type)],
        CelValueJson.Type(overload.GetProperty("resultType")),
        null);

    private static bool OffsetOf(string zone, long utcSeconds, out int offset)
    {
        offset = 0;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)) return false;
        offset = (int)found.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(utcSeconds)).TotalSeconds;
        return true;
    }

    private static CelOutcome Compile(CelChecked tree, Dictionary<string, object?> variables)
    {
        var map = System.Linq.Expressions.Expression.Parameter(typeof(Dictionary<string, object?>));
        var error = System.Linq.Expressions.Expression.Parameter(typeof(CelError).MakeByRefType());
        var types = tree.Nodes.OfType<CelVariable>().Where(v => !v.IsLocal).GroupBy(v => v.Name).ToDictionary(g => g.Key, g => g.First().Type.Clr);
        Expression? Read(string name) => variables.ContainsKey(name)
            ? System.Linq.Expressions.Expression.Convert(System.Linq.Expressions.Expression.Property(map, "Item", System.Linq.Expressions.Expression.Constant(name)), types[name])
            : null;
        var value = CelCompiler.Compile<Compiled>(tree, [map, error], Read)(variables, out var failed);
        return new CelOutcome(failed is null ? value : null, failed);
    }

    private static bool Differ(CelOutcome a, CelOutcome b) => a.Error?.Message != b.Error?.Message || !Same(a.Value, b.Value);

    /// <summary>Equality by type and content, where a double that is not a number is itself.</summary>
    internal static bool Same(object? a, object? b) => (a, b) switch
    {
        (double x, double y) => x.Equals(y) || (x == 0 && y == 0),
        (CelList x, CelList y) => x.Count == y.Count && x.Items.Zip(y.Items).All(p => Same(p.First, p.Second)),
        (CelMap x, CelMap y) => x.Count == y.Count && x.Entries.All(e => y.TryGet(e.Key, out var other) && Same(e.Value, other)),
        (CelOptional x, CelOptional y) => x.HasValue == y.HasValue && Same(x.Value, y.Value),
        _ => a?.GetType() == b?.GetType() && CelEquality.AreEqual(a, b),
    };

    internal static string Show(CelOutcome outcome) => outcome.Error is { } error ? $"error '{error}'" : $"{Show(outcome.Value)} ({CelRuntime.TypeOf(outcome.Value)})";

    private static string Show(object? value) => value switch
    {
        null => "null",
        CelList list => $"[{string.Join(", ", list.Items.Select(Show))}]",
        CelMap map => $"{{{string.Join(", ", map.Entries.Select(e => $"{Show(e.Key)}: {Show(e.Value)}"))}}}",
        CelOptional optional => optional.HasValue ? $"optional({Show(optional.Value)})" : "none",
        CelBytes bytes => Convert.ToHexString(bytes.Span),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
