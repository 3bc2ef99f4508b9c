using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Rules;

/// <summary>The windows of a rulebook: declared once, fed by signals of their kind, asked by rules of any.</summary>
internal sealed class WindowDeclarations
{
    private readonly Currency currency;
    private readonly RulebookFaults faults;
    private readonly Func<SignalKind, CelEnvironment> wordsOf;
    private readonly Dictionary<string, Window> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CelType> identifiers = new(StringComparer.Ordinal);
    private readonly int[] counts = new int[(int)IdentifierSpace.Code + 1];

    /// <param name="sources">As written.</param>
    /// <param name="currency">The currency of money.</param>
    /// <param name="wordsOf">The language of a kind of signal, without windows.</param>
    /// <param name="faults">Where faults go.</param>
    public WindowDeclarations(ImmutableArray<WindowSource> sources, Currency currency, Func<SignalKind, CelEnvironment> wordsOf, RulebookFaults faults)
    {
        (this.currency, this.faults, this.wordsOf) = (currency, faults, wordsOf);
        var reserved = RegisterVocabulary.FunctionNames.ToHashSet(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            if (byName.ContainsKey(source.Id.Text)) faults.Add(source.Id, $"Two windows have the id '{source.Id.Text}'.");
            else if (reserved.Contains(source.Id.Text) || CelEnvironment.Standard.Functions.ContainsKey(source.Id.Text))
                faults.Add(source.Id, $"'{source.Id.Text}' is a function already: a window needs a name of its own.");
            else Declare(source);
        }
    }

    public IReadOnlyDictionary<string, Window> ByName => byName;

    public ImmutableArray<Window> All => [.. byName.Values];

    public void AddTo(CelEnvironmentBuilder words)
    {
        foreach (var (name, window) in byName) words.Function(name, CelOverload.Global(name, [identifiers[name]], window.Type, null));
    }

    /// <summary>Puts the counting of a window into the plan of its kind.</summary>
    public void Feed(WindowSource source, Window window, KindPlanBuilder plan)
    {
        var words = wordsOf(window.Kind);
        if (Tree(words, source.By, plan) is not { } by || faults.PathOf(plan, by, source.By) is not { } path) return;
        var where = source.Where is null ? null : Tree(words, source.Where, plan);
        if (where is not null && !where.Type.Equals(CelType.Bool))
        {
            faults.Add(source.Where!, $"'where' answers true or false; this one answers a {where.Type}.");
            return;
        }
        var value = source.Value is null ? null : Tree(words, source.Value, plan);
        var isReal = window.Spec.Value == WindowValue.Real;
        plan.Add(new WindowFeed(
            window, path, where is null ? null : plan.Code.Compile<bool>(where),
            value is null || isReal ? null : WholeValue(plan, value, window.Spec.Value),
            value is not null && isReal ? plan.Code.Compile<double>(value) : null,
            new[] { where, value }.Any(tree => tree?.Nodes.Any(n => n.Type.Clr == typeof(Amount)) == true)));
    }

    private CelChecked? Tree(CelEnvironment words, SourceText text, KindPlanBuilder plan) =>
        faults.Check(words, text) is { } expression ? faults.Rewrite(plan, expression, text) : null;

    private void Declare(WindowSource source)
    {
        if (!SignalVocabulary.TryReadKind(source.Of.Text, out var kind))
        {
            faults.AddKind(source.Of);
            return;
        }
        if (!TryMeasure(source.Measure, out var measure) || faults.Check(wordsOf(kind), source.By) is not { } by) return;
        if (SpaceOf(by.Type) is not { } space)
        {
            faults.Add(source.By, $"A window counts by a phone, account, person, device, trunk, domain, agent or branch, not by a {by.Type}.");
            return;
        }
        if (!TryValue(source, kind, measure, out var value, out var fed)) return;
        var times = new WindowTimes(source, faults);
        if (!times.Sound) return;
        var spec = new WindowSpec(measure, fed, times.Over, times.Slice, times.Lateness);
        if (spec.Fault() is { } fault)
        {
            faults.Add(source.Over, fault);
            return;
        }
        var declaration = string.Join('\n', kind, source.By.Text, measure, source.Value?.Text, source.Where?.Text, times.Over, times.Slice, times.Lateness, currency.Code);
        byName.Add(source.Id.Text, new Window(source.Id.Text, declaration, space, kind, spec, AnswerOf(measure, value), counts[(int)space]++));
        identifiers.Add(source.Id.Text, by.Type);
    }

    private bool TryMeasure(SourceText text, out WindowMeasure measure)
    {
        measure = text.Text switch
        {
            "count" => WindowMeasure.Count,
            "sum" => WindowMeasure.Sum,
            "average" => WindowMeasure.Average,
            "min" => WindowMeasure.Min,
            "max" => WindowMeasure.Max,
            "distinct" => WindowMeasure.Distinct,
            "share" => WindowMeasure.Share,
            "last" => WindowMeasure.Last,
            "first_seen" => WindowMeasure.FirstSeen,
            "gap" => WindowMeasure.Gap,
            "burst" => WindowMeasure.Burst,
            _ => 0,
        };
        if (measure == 0) faults.Add(text, "A measure is count, sum, average, min, max, distinct, share, last, first_seen, gap or burst.");
        return measure != 0;
    }

    private bool TryValue(WindowSource source, SignalKind kind, WindowMeasure measure, out CelType type, out WindowValue fed)
    {
        (type, fed) = (CelType.Int, WindowValue.None);
        var needs = measure is not (WindowMeasure.Count or WindowMeasure.FirstSeen or WindowMeasure.Gap or WindowMeasure.Burst);
        if (needs != source.Value is not null)
        {
            faults.Add(source.Measure, needs ? $"The measure {source.Measure.Text} needs a value." : $"The measure {source.Measure.Text} takes no value.");
            return false;
        }
        if (source.Value is not { } text) return true;
        if (faults.Check(wordsOf(kind), text) is not { } value) return false;
        type = value.Type;
        fed = FedBy(measure, type);
        if (fed == WindowValue.None) faults.Add(text, $"A {type} cannot be taken by the measure {source.Measure.Text}.");
        return fed != WindowValue.None;
    }

    private static WindowValue FedBy(WindowMeasure measure, CelType type) => measure switch
    {
        WindowMeasure.Share => type.Kind == CelKind.Bool ? WindowValue.Truth : WindowValue.None,
        WindowMeasure.Distinct => SpaceOf(type) is not null || type.Kind == CelKind.Int ? WindowValue.Hash : WindowValue.None,
        _ when type.Kind == CelKind.Double => WindowValue.Real,
        _ when type.Kind is CelKind.Int or CelKind.Duration or CelKind.Timestamp || type.Clr == typeof(Amount) => WindowValue.Whole,
        WindowMeasure.Last when type.Clr == typeof(PhoneNumber) => WindowValue.Whole,
        WindowMeasure.Last when type.Kind == CelKind.Bool => WindowValue.Truth,
        _ => WindowValue.None,
    };

    private static CelType AnswerOf(WindowMeasure measure, CelType value) => measure switch
    {
        WindowMeasure.Count or WindowMeasure.Distinct or WindowMeasure.Burst => CelType.Int,
        WindowMeasure.Share => CelType.Double,
        WindowMeasure.Average when value.Kind == CelKind.Int => CelType.Double,
        WindowMeasure.FirstSeen => CelType.Timestamp,
        WindowMeasure.Gap => CelType.Duration,
        _ => value,
    };

    private static IdentifierSpace? SpaceOf(CelType type) => type.Clr switch
    {
        var t when t == typeof(PhoneNumber) => IdentifierSpace.Phone,
        var t when t == typeof(AccountNumber) => IdentifierSpace.Account,
        var t when t == typeof(PersonToken) => IdentifierSpace.Person,
        var t when t == typeof(Device) => IdentifierSpace.Device,
        var t when t == typeof(Trunk) => IdentifierSpace.Trunk,
        var t when t == typeof(Domain) => IdentifierSpace.Domain,
        _ => type.Kind == CelKind.String ? IdentifierSpace.Code : null,
    };

    private static SignalReading<long> WholeValue(KindPlanBuilder plan, CelChecked value, WindowValue fed) => value.Type.Clr switch
    {
        var t when t == typeof(PhoneNumber) => fed == WindowValue.Hash
            ? Of<PhoneNumber>(plan, value, static p => p == default ? null : Hash(KeyHash.Of(p)))
            : Of<PhoneNumber>(plan, value, static p => p.Digits),
        var t when t == typeof(AccountNumber) => Of<AccountNumber>(plan, value, static a => a == default ? null : Hash(KeyHash.Of(a))),
        var t when t == typeof(PersonToken) => Of<PersonToken>(plan, value, static p => p == default ? null : Hash(KeyHash.Of(p))),
        var t when t == typeof(Device) => Of<Device>(plan, value, static d => d == default ? null : Hash(KeyHash.Of(d))),
        var t when t == typeof(Trunk) => Of<Trunk>(plan, value, static t => t == default ? null : Hash(KeyHash.Of(t.Name))),
        var t when t == typeof(Domain) => Of<Domain>(plan, value, static d => d == default ? null : Hash(KeyHash.Of(d.Name))),
        var t when t == typeof(string) => Of<string>(plan, value, static s => s.Length == 0 ? null : Hash(KeyHash.Of(s))),
        var t when t == typeof(Amount) => Of<Amount>(plan, value, static a => a.Minor),
        var t when t == typeof(CelDuration) => Of<CelDuration>(plan, value, static d => d.ToMicros()),
        var t when t == typeof(CelTimestamp) => Of<CelTimestamp>(plan, value, static at => at.ToInstant().Micros),
        var t when t == typeof(bool) => Of<bool>(plan, value, static b => b ? 1 : 0),
        _ => fed == WindowValue.Hash ? Of<long>(plan, value, static n => Hash(KeyHash.Of(0, unchecked((ulong)n)))) : plan.Code.Compile<long>(value),
    };

    private static long Hash(ulong hash) => unchecked((long)hash);

    // What is not there is not counted: an absent identifier is no value among the distinct ones.
    private static SignalReading<long> Of<T>(KindPlanBuilder plan, CelChecked value, Func<T, long?> whole)
    {
        var read = plan.Code.Compile<T>(value);
        return (Signal signal, RuleFrame frame, out CelError? error) =>
        {
            var found = read(signal, frame, out error);
            if (error is not null) return 0;
            if (whole(found) is { } number) return number;
            error = CelError.NoValue;
            return 0;
        };
    }
}

/// <summary>The times of a window's declaration, in microseconds.</summary>
internal sealed class WindowTimes
{
    private readonly RulebookFaults faults;

    public WindowTimes(WindowSource source, RulebookFaults faults)
    {
        this.faults = faults;
        Over = Read(source.Over) ?? 0;
        Slice = source.Slice is { } slice ? Read(slice) ?? 0 : 0;
        Lateness = source.Lateness is { } lateness ? Read(lateness) ?? 0 : WindowSpec.DefaultLateness(Over);
    }

    public bool Sound { get; private set; } = true;

    public long Over { get; }

    public long Slice { get; }

    public long Lateness { get; }

    private long? Read(SourceText text)
    {
        if (Spans.TryRead(text.Text, out var span)) return span.Ticks / TimeSpan.TicksPerMicrosecond;
        faults.Add(text, $"'{text.Text}' is no span such as 30s, 10m, 24h or 90d.");
        Sound = false;
        return null;
    }
}
