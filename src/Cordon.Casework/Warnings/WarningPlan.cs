using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;

namespace Cordon.Casework.Warnings;

/// <summary>People in one kind of danger: which rules see them, how soon and how they are warned.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Reasons">The reason codes of the rules that see it.</param>
/// <param name="Within">How soon the person should be reached.</param>
/// <param name="First">How it is tried first.</param>
/// <param name="Text">What a text message says.</param>
/// <param name="Script">What a caller says and asks.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record WarningGroup(
    string Id, Wording Title, ImmutableArray<string> Reasons, TimeSpan Within, WarningChannel First, Wording Text, Wording Script, DutySource Source);

/// <summary>Who is warned in a jurisdiction, of what, how.</summary>
/// <param name="Id">The jurisdiction.</param>
/// <param name="Groups">The groups, the most pressing first: a signal that several see belongs to the first.</param>
/// <param name="PerLineAndDay">A line is warned anew at most so often within 24 hours; further signals count on the warning that is there.</param>
/// <param name="LatestAfter">A signal that is told later than so long after it happened warns nobody any more.</param>
public sealed record WarningPlan(string Id, ImmutableArray<WarningGroup> Groups, int PerLineAndDay, TimeSpan LatestAfter)
{
    private const int MostBytes = 1 << 20;

    /// <summary>A plan by which nobody is warned, for a jurisdiction without one.</summary>
    public static WarningPlan None { get; } = new("none", [], 1, TimeSpan.Zero);

    /// <summary>Reads a plan. Every fault is told at once, with its line; a file with a fault is refused whole.</summary>
    /// <exception cref="InvalidDataException">The file is none; the message tells all that is wrong.</exception>
    public static WarningPlan Load(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var faults = new PackFaults(Path.GetFileName(path));
        return WarningPlanReader.Read(File.ReadAllText(path), faults) ?? throw new InvalidDataException(
            $"{path} holds no plan of warnings: {string.Join("; ", faults.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Message}")))}");
    }

    /// <summary>The group that sees people by one of these reason codes; null where none does.</summary>
    public WarningGroup? Find(IEnumerable<string> reasons) => Groups.FirstOrDefault(g => reasons.Any(r => g.Reasons.Contains(r)));

    /// <summary>A group by its id; null where the plan has none of that id any more.</summary>
    public WarningGroup? Group(string id) => Groups.FirstOrDefault(g => g.Id == id);
}

/// <summary>Reads the plan and checks it whole.</summary>
internal static class WarningPlanReader
{
    private const int MostMinutes = 60 * 24 * 30;
    private const int LongestText = 300;

    public static WarningPlan? Read(string yaml, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root
            || PackMap.From(root, "", faults, "warnings", "instruments", "perLineAndDay", "latestAfterMinutes", "groups") is not { } map) return null;
        var sources = new PackSources();
        sources.ReadInstruments(map);
        var (id, often, latest) = (map.Text("warnings"), map.Whole("perLineAndDay", 1, 100), map.Whole("latestAfterMinutes", 1, MostMinutes));
        var groups = ImmutableArray.CreateBuilder<WarningGroup>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Maps("groups", "id", "title", "reasons", "withinMinutes", "first", "text", "script", "source"))
        {
            var (name, title, within, first) = (entry.Text("id"), entry.Wording("title"), entry.Whole("withinMinutes", 1, MostMinutes), entry.Word<WarningChannel>("first"));
            var (text, script, source) = (entry.Wording("text"), entry.Wording("script"), sources.Read(entry));
            var reasons = entry.PlacedList("reasons").ToList();
            foreach (var reason in reasons)
                if (name is not null && !seen.TryAdd(reason.Text, name)) entry.NoteAt(reason, "reasons", DutyPackFaultKind.Duplicate, $"'{reason.Text}' stands in '{seen[reason.Text]}' already.");
            if (text is not null && (text.Zh.Length > LongestText || text.En.Length > LongestText)) entry.Note("text", DutyPackFaultKind.Contradiction, $"A text message has at most {LongestText} characters.");
            if (name is not null && groups.Any(g => g.Id == name)) entry.Note("id", DutyPackFaultKind.Duplicate, $"Two groups have the id '{name}'.");
            if (name is null || title is null || within is null || first is null || text is null || script is null || source is null) continue;
            groups.Add(new WarningGroup(name, title, [.. reasons.Select(r => r.Text)], TimeSpan.FromMinutes(within.Value), first.Value, text, script, source));
        }
        return faults.Found.Count > 0 || id is null || often is null || latest is null ? null : new WarningPlan(id, groups.ToImmutable(), (int)often.Value, TimeSpan.FromMinutes(latest.Value));
    }
}
