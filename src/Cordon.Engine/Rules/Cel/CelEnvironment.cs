using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel.Library;

namespace Cordon.Engine.Rules.Cel;

/// <summary>A named value known while checking, such as a member of an enumeration.</summary>
internal sealed record CelNamedConstant(CelType Type, object? Value);

/// <summary>
/// Seconds east of UTC in a named zone at a moment; false where the zone is not known. The engine holds no zone data:
/// a host that wants names in time getters hands this in, others have UTC and fixed offsets.
/// </summary>
internal delegate bool CelZoneOffset(string zone, long utcSeconds, out int offset);

/// <summary>What expressions may speak of: variables, constants, functions, fields. Immutable.</summary>
internal sealed class CelEnvironment
{
    /// <summary>The standard library, its macros and the extensions; no variables.</summary>
    public static CelEnvironment Standard { get; } = CelLibrary.Build();

    internal CelEnvironment(CelEnvironmentBuilder from)
    {
        Container = from.ContainerName;
        Variables = from.Variables.ToImmutable();
        Constants = from.Constants.ToImmutable();
        Functions = from.Functions.ToImmutable();
        Fields = from.Fields.ToImmutable();
    }

    /// <summary>The namespace names are looked up in first: with <c>a.b</c>, <c>x</c> means <c>a.b.x</c>, <c>a.x</c> or <c>x</c>.</summary>
    public string Container { get; }

    public ImmutableDictionary<string, CelType> Variables { get; }

    public ImmutableDictionary<string, CelNamedConstant> Constants { get; }

    public ImmutableDictionary<string, CelFunction> Functions { get; }

    public ImmutableDictionary<(string Owner, string Field), CelField> Fields { get; }

    /// <summary>This environment with changes.</summary>
    public CelEnvironment With(Action<CelEnvironmentBuilder> change)
    {
        var builder = new CelEnvironmentBuilder(this);
        change(builder);
        return new CelEnvironment(builder);
    }

    /// <summary>Reads and checks an expression; all faults are told, not the first alone.</summary>
    public CelReading Check(string source) => Read(source, loose: false);

    /// <summary>
    /// Reads an expression without holding it to types: every variable is dyn, and what checking would refuse
    /// becomes an error of the evaluation. Faults are those of the grammar only.
    /// </summary>
    public CelReading CheckLoosely(string source) => Read(source, loose: true);

    // Beyond this many faults an author is not helped by more.
    private const int MostFaults = 100;

    private CelReading Read(string source, bool loose)
    {
        var parsed = CelParser.Parse(source, out var faults);
        if (parsed is null) return new CelReading(null, [.. faults.Take(MostFaults)]);
        var checker = new CelChecker(this, loose);
        var root = checker.Check(parsed);
        return checker.Faults.Count > 0
            ? new CelReading(null, [.. checker.Faults.OrderBy(f => f.Line).ThenBy(f => f.Column).Take(MostFaults)])
            : new CelReading(new CelChecked(source, root), []);
    }
}

/// <summary>Collects what an environment is made of. Names may be qualified: <c>Origin.Domestic</c>, <c>params.limit</c>.</summary>
internal sealed class CelEnvironmentBuilder
{
    internal CelEnvironmentBuilder(CelEnvironment? from)
    {
        ContainerName = from?.Container ?? "";
        Variables = (from?.Variables ?? ImmutableDictionary<string, CelType>.Empty).ToBuilder();
        Constants = (from?.Constants ?? ImmutableDictionary<string, CelNamedConstant>.Empty).ToBuilder();
        Functions = (from?.Functions ?? ImmutableDictionary<string, CelFunction>.Empty).ToBuilder();
        Fields = (from?.Fields ?? ImmutableDictionary<(string, string), CelField>.Empty).ToBuilder();
    }

    internal string ContainerName { get; private set; }

    internal ImmutableDictionary<string, CelType>.Builder Variables { get; }

    internal ImmutableDictionary<string, CelNamedConstant>.Builder Constants { get; }

    internal ImmutableDictionary<string, CelFunction>.Builder Functions { get; }

    internal ImmutableDictionary<(string Owner, string Field), CelField>.Builder Fields { get; }

    public CelEnvironmentBuilder Container(string name)
    {
        ContainerName = name;
        return this;
    }

    public CelEnvironmentBuilder Variable(string name, CelType type)
    {
        Variables[name] = type;
        return this;
    }

    public CelEnvironmentBuilder Constant(string name, CelType type, object? value)
    {
        Constants[name] = new CelNamedConstant(type, value);
        return this;
    }

    /// <summary>Makes a type's name an expression, so that <c>type(x) == name</c> can be asked.</summary>
    public CelEnvironmentBuilder TypeName(CelType type) => Constant(type.Name, CelType.Type(type), type);

    /// <summary>Adds overloads to a function; one of a known id takes that one's place.</summary>
    public CelEnvironmentBuilder Function(string name, params IEnumerable<CelOverload> overloads)
    {
        var known = Functions.TryGetValue(name, out var function) ? function.Overloads : [];
        foreach (var overload in overloads)
        {
            var place = known.IndexOf(known.FirstOrDefault(o => o.Id == overload.Id)!);
            known = place >= 0 ? known.SetItem(place, overload) : known.Add(overload);
        }
        Functions[name] = new CelFunction(name, known);
        return this;
    }

    public CelEnvironmentBuilder Field(CelField field)
    {
        Fields[(field.Owner.Name, field.Name)] = field;
        return this;
    }

    /// <summary>Lets the time getters know zones by name.</summary>
    public CelEnvironmentBuilder Zones(CelZoneOffset zones)
    {
        CelTimeLibrary.AddZoned(this, zones);
        return this;
    }
}
