using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>The unit in which a time of an order is counted.</summary>
public enum TermUnit
{
    /// <summary>Minutes.</summary>
    Minutes,

    /// <summary>Hours.</summary>
    Hours,

    /// <summary>Days of 24 hours.</summary>
    Days,

    /// <summary>Months by the calendar, and so by the jurisdiction's own clock.</summary>
    Months,

    /// <summary>Working days, by the calendar of the jurisdiction.</summary>
    WorkingDays,
}

/// <summary>A time that binds an order.</summary>
/// <param name="Count">How many, 1 or more.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record OrderTerm(int Count, TermUnit Unit, DutySource Source);

/// <summary>The times of one kind of order.</summary>
/// <param name="Acknowledge">From issue, until it must be acknowledged.</param>
/// <param name="Answer">From issue, until it must be answered, paid or carried out.</param>
/// <param name="Lapses">From issue, after which one that nobody acknowledged ends.</param>
/// <param name="Lasts">From acknowledgement, after which it ends by itself.</param>
public sealed record OrderTimes(OrderTerm? Acknowledge, OrderTerm? Answer, OrderTerm? Lapses, OrderTerm? Lasts);

/// <summary>The times that bind orders in a jurisdiction, each with its source.</summary>
/// <param name="Id">The jurisdiction.</param>
/// <param name="Offset">How far its clock is ahead of UTC: by it months are counted.</param>
/// <param name="ConfirmEmergency">From issue, until a second officer approves what one issued in an emergency.</param>
/// <param name="ByKind">The times by kind; every kind has an entry.</param>
public sealed record OrderClocks(string Id, TimeSpan Offset, OrderTerm ConfirmEmergency, ImmutableDictionary<OrderKind, OrderTimes> ByKind)
{
    /// <summary>Who is told of an order whose clock ran out, and when; none where the file has none.</summary>
    public ImmutableArray<EscalationStep> Escalation { get; init; } = [];

    /// <summary>An account may be stopped at most twice (notice 86 of 2016; trust mark S). A limit and no time, it binds the plan of stops too.</summary>
    internal const int StopsPerAccount = 2;

    private const int MostBytes = 1 << 20;

    /// <summary>Reads the file of times. Every fault is told at once, with its line; a file with a fault is refused whole.</summary>
    /// <exception cref="InvalidDataException">The file is none; the message tells all that is wrong.</exception>
    public static OrderClocks Load(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var faults = new PackFaults(Path.GetFileName(path));
        return OrderClockReader.Read(File.ReadAllText(path), faults) ?? throw new InvalidDataException(
            $"{path} holds no clocks of orders: {string.Join("; ", faults.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Message}")))}");
    }

    /// <summary>By when an order issued now must be acknowledged; null where that is not asked.</summary>
    internal Instant? AcknowledgeBy(OrderKind kind, Instant issued) => End(ByKind[kind].Acknowledge, issued);

    /// <summary>By when an order issued now must be answered or carried out; null where that is not asked.</summary>
    internal Instant? AnswerBy(OrderKind kind, Instant issued) => End(ByKind[kind].Answer, issued);

    /// <summary>When an order issued now ends where nobody acknowledges it; null where it is owed until it is lifted.</summary>
    internal Instant? LapsesAt(OrderKind kind, Instant issued) => End(ByKind[kind].Lapses, issued);

    /// <summary>When an order that begins now ends by itself; null where it lasts until it is lifted.</summary>
    internal Instant? ExpiresAt(OrderKind kind, Instant begun) => End(ByKind[kind].Lasts, begun);

    /// <summary>By when an order that one officer issues now in an emergency must be approved.</summary>
    internal Instant ConfirmBy(Instant issued) => End(ConfirmEmergency, issued)!.Value;

    /// <summary>In how many working days a return must be paid.</summary>
    internal int ReturnWorkingDays => ByKind[OrderKind.Return].Answer!.Count;

    private Instant? End(OrderTerm? term, Instant from) => term switch
    {
        null => null,
        { Unit: TermUnit.Minutes } => from + TimeSpan.FromMinutes(term.Count),
        { Unit: TermUnit.Hours } => from + TimeSpan.FromHours(term.Count),
        { Unit: TermUnit.Days } => from + TimeSpan.FromDays(term.Count),
        { Unit: TermUnit.Months } => Instant.From(from.ToDateTimeOffset().ToOffset(Offset).AddMonths(term.Count)),
        _ => throw new InvalidOperationException("Working days are counted by the calendar, where the order is made."),
    };
}

/// <summary>Reads the file of times and checks it whole.</summary>
internal static class OrderClockReader
{
    private const int MostCount = 100_000;
    private static readonly string[] TermKeys = [.. Words.All<TermUnit>(), "source"];

    public static OrderClocks? Read(string yaml, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root || PackMap.From(root, "", faults, "clocks", "utcOffset", "instruments", "confirmEmergency", "escalation", "orders") is not { } map) return null;
        var (id, offset, sources) = (map.Text("clocks"), map.Offset("utcOffset"), new PackSources());
        sources.ReadInstruments(map);
        var confirm = map.Has("confirmEmergency") ? Term(map, "confirmEmergency", sources) : null;
        if (confirm is { Unit: TermUnit.WorkingDays }) map.Note("confirmEmergency", DutyPackFaultKind.Contradiction, "Only a return is counted in working days.");
        if (!map.Has("confirmEmergency")) map.Note("confirmEmergency", DutyPackFaultKind.Missing, "'confirmEmergency' is missing.");
        var kinds = new Dictionary<OrderKind, (OrderTimes Times, PackMap At)>();
        foreach (var entry in map.Maps("orders", "kind", "acknowledge", "answer", "lapses", "lasts"))
        {
            var times = new OrderTimes(Term(entry, "acknowledge", sources), Term(entry, "answer", sources), Term(entry, "lapses", sources), Term(entry, "lasts", sources));
            if (entry.Word<OrderKind>("kind") is not { } kind) continue;
            if (!kinds.TryAdd(kind, (times, entry))) entry.Note("kind", DutyPackFaultKind.Duplicate, $"'{Words.Of(kind)}' stands here twice; first at {kinds[kind].At.PlaceOf("kind")}.");
            Check(kind, times, entry);
        }
        foreach (var kind in Enum.GetValues<OrderKind>().Where(k => !kinds.ContainsKey(k)))
            map.Note("orders", DutyPackFaultKind.Missing, $"The times of '{Words.Of(kind)}' are missing.");
        var escalation = EscalationReader.Read(map, sources, (owner, key) => Term(owner, key, sources));
        return faults.Found.Count > 0 || id is null || offset is null || confirm is null
            ? null : new OrderClocks(id, offset.Value, confirm, kinds.ToImmutableDictionary(k => k.Key, k => k.Value.Times)) { Escalation = escalation };
    }

    // Which clocks a kind runs by is the program's; how long they run is the file's.
    private static void Check(OrderKind kind, OrderTimes times, PackMap map)
    {
        string[] wanted = kind switch
        {
            OrderKind.StopPayment or OrderKind.Freeze => ["acknowledge", "lapses", "lasts"],
            OrderKind.Enquiry or OrderKind.Return => ["answer"],
            _ => ["acknowledge", "answer"],
        };
        string[] possible = kind is OrderKind.SuspendNumber or OrderKind.BlockNumber or OrderKind.TakeDown ? [.. wanted, "lasts"] : wanted;
        foreach (var key in wanted.Where(k => !map.Has(k))) map.Note(key, DutyPackFaultKind.Missing, $"'{key}' is missing.");
        foreach (var key in map.Keys.Except(possible).Where(k => k != "kind").ToList()) map.Note(key, DutyPackFaultKind.Contradiction, $"No clock of '{Words.Of(kind)}' runs by '{key}'.");
        if (times.Answer is { } answer && (answer.Unit == TermUnit.WorkingDays) != (kind == OrderKind.Return))
            map.Note("answer", DutyPackFaultKind.Contradiction, "A return is counted in working days, and nothing else is.");
        foreach (var (key, term) in new[] { ("acknowledge", times.Acknowledge), ("lapses", times.Lapses), ("lasts", times.Lasts) })
            if (term is { Unit: TermUnit.WorkingDays }) map.Note(key, DutyPackFaultKind.Contradiction, "Only a return is counted in working days.");
    }

    internal static OrderTerm? Term(PackMap owner, string key, PackSources sources)
    {
        if (!owner.Has(key) || owner.Map(key, TermKeys) is not { } map) return null;
        var units = Enum.GetValues<TermUnit>().Where(u => map.Has(Words.Of(u))).ToList();
        if (units.Count != 1) map.Note(units.Count == 0 ? "source" : Words.Of(units[1]), DutyPackFaultKind.Contradiction, $"A time is counted in one unit of {string.Join(", ", Words.All<TermUnit>())}.");
        var (count, source) = (units.Count == 1 ? map.Whole(Words.Of(units[0]), 1, MostCount) : null, sources.Read(map));
        return count is null || source is null ? null : new OrderTerm((int)count.Value, units[0], source);
    }
}
