using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Leads;

/// <summary>By whose region the authority is found that a lead goes to.</summary>
public enum LeadRegion
{
    /// <summary>That of the member that sends it.</summary>
    Sender,

    /// <summary>That of a member which it is about; where it is about none, that of the sender.</summary>
    Subject,

    /// <summary>Of every region.</summary>
    Any,
}

/// <summary>A kind of lead: what it is about, which authority may act on it, and by when feedback is owed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="About">What it is about; a lead names at least one of these.</param>
/// <param name="To">Which authorities may act on it, the first one first.</param>
/// <param name="Region">By whose region the authority is found.</param>
/// <param name="Why">Why it goes to these.</param>
/// <param name="FeedbackDays">In how many days feedback is owed.</param>
/// <param name="ProposedBy">Reason codes of screening by which one is proposed; often none.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record LeadKind(
    string Id, Wording Title, ImmutableArray<LeadSubjectKind> About, ImmutableArray<Sector> To, LeadRegion Region, Wording Why, int FeedbackDays,
    ImmutableArray<string> ProposedBy, DutySource Source);

/// <summary>Which leads a jurisdiction knows, to whom they go, and their clocks.</summary>
/// <param name="Pack">The duties, for days and for the time of feedback where a kind has none of its own.</param>
/// <param name="Kinds">The kinds, in the order of the file.</param>
/// <param name="AcknowledgeDays">In how many days a lead is acknowledged.</param>
/// <param name="AgainDays">In how many days feedback is owed that was not enough.</param>
/// <param name="ProposeAgainDays">What was proposed is not proposed again for so many days.</param>
/// <param name="Escalation">Who is told of a lead whose date passed, and when.</param>
public sealed record LeadPlan(
    DutyPack Pack, ImmutableArray<LeadKind> Kinds, int AcknowledgeDays, int AgainDays, int ProposeAgainDays, ImmutableArray<EscalationStep> Escalation)
{
    private const int MostBytes = 1 << 20;

    /// <summary>The authorities that can receive leads.</summary>
    public static ImmutableArray<Sector> Authorities { get; } = [Sector.Police, Sector.Regulator, Sector.Government];

    /// <summary>A plan that knows no lead, for a jurisdiction without one.</summary>
    public static LeadPlan None(DutyPack pack) => new(pack, [], 1, 1, 1, []);

    /// <summary>Reads the file of leads (UTF-8, 1 MB). Every fault is told at once, with its line; a file with a fault is refused whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pack">The duties of the same jurisdiction.</param>
    /// <exception cref="InvalidDataException">The file is none; the message tells all that is wrong.</exception>
    public static LeadPlan Load(string path, DutyPack pack)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var faults = new PackFaults(Path.GetFileName(path));
        return LeadPlanReader.Read(File.ReadAllText(path), pack, faults) ?? throw new InvalidDataException(
            $"{path} holds no plan of leads: {string.Join("; ", faults.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Message}")))}");
    }

    /// <summary>A kind by its id; null where the plan has none of that id any more.</summary>
    public LeadKind? Find(string id) => Kinds.FirstOrDefault(k => k.Id == id);

    /// <summary>The kind that reason codes of screening propose; null where none does.</summary>
    public LeadKind? ProposedBy(IEnumerable<string> reasons) => Kinds.FirstOrDefault(k => reasons.Any(r => k.ProposedBy.Contains(r)));

    /// <summary>Until when a lead sent at an instant is acknowledged: the first instant after the last day.</summary>
    internal Instant AcknowledgeBy(Instant from) => After(from, AcknowledgeDays);

    /// <summary>Until when feedback is owed on a lead of a kind.</summary>
    internal Instant FeedbackBy(LeadKind kind, Instant from) => After(from, kind.FeedbackDays);

    /// <summary>Until when more is owed where the first was not enough.</summary>
    internal Instant AgainBy(Instant from) => After(from, AgainDays);

    private Instant After(Instant from, int days) => Pack.AtMidnight(Pack.DayOf(from).AddDays(days + 1));
}

/// <summary>Reads the file of leads and checks it whole.</summary>
internal static class LeadPlanReader
{
    private const int MostDays = 365;

    public static LeadPlan? Read(string yaml, DutyPack pack, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root
            || PackMap.From(root, "", faults, "leads", "acknowledge", "again", "proposeAgain", "escalation", "kinds") is not { } map) return null;
        if (map.Text("leads") is { } id && id != pack.Id) map.Note("leads", DutyPackFaultKind.Contradiction, $"The duties are those of '{pack.Id}'.");
        var sources = new PackSources(pack.Instruments);
        var (acknowledge, again, proposed) = (Days(map, "acknowledge", sources), Days(map, "again", sources), Days(map, "proposeAgain", sources));
        var escalation = EscalationReader.Read(map, sources, (owner, key) => OrderClockReader.Term(owner, key, sources));
        var usual = pack.Duties.LastOrDefault(d => d.Control == DutyControl.LeadFeedback)?.Threshold?[ControlCatalogue.Days];
        var kinds = ImmutableArray.CreateBuilder<LeadKind>();
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Maps("kinds", "id", "title", "about", "to", "region", "why", "feedback", "proposedBy", "source"))
            if (ReadKind(entry, usual, sources, codes) is { } kind)
            {
                if (kinds.Any(k => k.Id == kind.Id)) entry.Note("id", DutyPackFaultKind.Duplicate, $"Two kinds have the id '{kind.Id}'.");
                if (kind.FeedbackDays <= acknowledge) entry.Note("feedback", DutyPackFaultKind.Contradiction, "Feedback is owed later than acknowledgement.");
                kinds.Add(kind);
            }
        return faults.Found.Count > 0 || acknowledge is null || again is null || proposed is null
            ? null : new LeadPlan(pack, kinds.ToImmutable(), acknowledge.Value, again.Value, proposed.Value, escalation);
    }

    private static LeadKind? ReadKind(PackMap entry, long? usual, PackSources sources, Dictionary<string, string> codes)
    {
        var (id, title, about, to) = (entry.Text("id"), entry.Wording("title"), entry.WordList<LeadSubjectKind>("about"), entry.WordList<Sector>("to"));
        var (region, why, source) = (entry.Word<LeadRegion>("region"), entry.Wording("why"), sources.Read(entry));
        foreach (var other in to.Except(LeadPlan.Authorities)) entry.Note("to", DutyPackFaultKind.Contradiction, $"'{Words.Of(other)}' is no authority that acts on leads.");
        var days = entry.Has("feedback") ? Days(entry, "feedback", sources) : (int?)usual;
        if (days is null && !entry.Has("feedback")) entry.Note("feedback", DutyPackFaultKind.Missing, "No duty of the pack says by when feedback is owed, so 'feedback' is needed.");
        var proposed = entry.Has("proposedBy") ? entry.PlacedList("proposedBy").ToList() : [];
        foreach (var code in proposed)
            if (id is not null && !codes.TryAdd(code.Text, id)) entry.NoteAt(code, "proposedBy", DutyPackFaultKind.Duplicate, $"'{code.Text}' stands in '{codes[code.Text]}' already.");
        // What screening sees of a call is its device and its caller, and nothing else is proposed.
        if (proposed.Count > 0 && !about.Contains(LeadSubjectKind.Device) && !about.Contains(LeadSubjectKind.Number))
            entry.Note("proposedBy", DutyPackFaultKind.Contradiction, "What is proposed is about a device or a number.");
        return id is null || title is null || region is null || why is null || source is null || days is null
            ? null : new LeadKind(id, title, [.. about], [.. to], region.Value, why, days.Value, [.. proposed.Select(p => p.Text)], source);
    }

    private static int? Days(PackMap owner, string key, PackSources sources)
    {
        if (owner.Map(key, "days", "source") is not { } map) return null;
        var (days, source) = (map.Whole("days", 1, MostDays), sources.Read(map));
        return source is null ? null : (int?)days;
    }
}
