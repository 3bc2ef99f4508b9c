using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Objectives;

/// <summary>A plan of objectives as it is written.</summary>
/// <param name="Title">Its name.</param>
/// <param name="From">The first instant of its time.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="Tree">The objectives in the order of the text, parents anywhere.</param>
internal sealed record PlanText(Wording Title, Instant From, Instant To, ObjectiveTerms Terms, ImmutableArray<Objective> Tree);

/// <summary>Reads a plan of objectives (<c>packs/cn/objectives.yaml</c>, or a text handed in) and checks it whole: every fault is told with its line.</summary>
/// <param name="duties">The duties that it may carry.</param>
/// <param name="owners">Who can own an objective.</param>
internal sealed partial class ObjectivePlanReader(DutyPack duties, OwnerRegister owners)
{
    public const int MostCharacters = 1 << 20;
    private const int MostDays = 365;
    private const int MostObjectives = 2_000;
    private const int Million = 1_000_000;
    private const int FirstYear = 2000;
    private const int LastYear = 2999;

    private readonly PackSources sources = new();
    private readonly Dictionary<string, PackMap> places = new(StringComparer.Ordinal);

    /// <summary>The text of a plan for another year.</summary>
    public static string ForYear(string text, int year) => YearLine().Replace(text, string.Create(CultureInfo.InvariantCulture, $"year: {year}"), 1);

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public PlanText? Read(string yaml, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root || PackMap.From(root, "", faults, "objectives", "title", "year", "instruments", "terms", "tree") is not { } map) return null;
        if (map.Text("objectives") is { } id && id != duties.Id) map.Note("objectives", DutyPackFaultKind.Contradiction, $"The duties are those of '{duties.Id}'.");
        if (map.Has("instruments")) sources.ReadInstruments(map);
        var (title, year, terms) = (map.Wording("title"), map.Whole("year", FirstYear, LastYear), ReadTerms(map));
        var tree = ImmutableArray.CreateBuilder<Objective>();
        foreach (var item in map.Maps("tree", "id", "parent", "title", "owner", "weight", "due", "measure", "atLeastPerMillion", "atMost", "each", "duties"))
            if (ReadObjective(item, (int)(year ?? FirstYear)) is { } one)
            {
                places.TryAdd(one.Id, item);
                tree.Add(one);
            }
        if (tree.Count > MostObjectives) map.Note("tree", DutyPackFaultKind.OutOfRange, $"A plan has {MostObjectives} objectives at most.");
        foreach (var fault in ObjectiveTree.Faults(tree, duties, owners))
            (places.GetValueOrDefault(fault.Objective) ?? map).Note(places.ContainsKey(fault.Objective) ? fault.Key : "tree", fault.Kind, fault.Message, fault.Suggestion);
        return faults.Found.Count > 0 || title is null || year is null || terms is null
            ? null
            : new PlanText(title, duties.AtMidnight(new DateOnly((int)year, 1, 1)), duties.AtMidnight(new DateOnly((int)year + 1, 1, 1)), terms, tree.ToImmutable());
    }

    private ObjectiveTerms? ReadTerms(PackMap owner)
    {
        if (owner.Map("terms", "remindDays", "escalateDays", "agendaDays", "answerDays", "leastOccasions") is not { } map) return null;
        var (remind, escalate, agenda, answer, least) = (Number(map, "remindDays", MostDays), Number(map, "escalateDays", MostDays), Number(map, "agendaDays", MostDays), Number(map, "answerDays", MostDays), Number(map, "leastOccasions", Million));
        if (escalate > agenda) map.Note("agendaDays", DutyPackFaultKind.Contradiction, "It is on the agenda before the level above is told.");
        return remind is null || escalate is null || agenda is null || answer is null || least is null ? null : new ObjectiveTerms(remind.Value, escalate.Value, agenda.Value, answer.Value, least.Value);
    }

    private int? Number(PackMap owner, string name, int most) =>
        owner.Map(name, "value", "source") is { } map && map.Whole("value", 1, most) is { } value && sources.Read(map) is not null ? (int)value : null;

    private Objective? ReadObjective(PackMap map, int year)
    {
        var (id, title, due) = (map.Text("id"), map.Wording("title"), ReadDue(map, year));
        var (parent, measure) = (map.TextOrNull("parent"), map.TextOrNull("measure"));
        ObjectiveOwner? owner = null;
        if (map.Text("owner") is { } named && !ObjectiveOwner.TryParse(named, out owner))
            map.Note("owner", DutyPackFaultKind.WrongShape, $"'{named}' is none of centre, region:CODE, member:CODE and unit:MEMBER/CODE.");
        var weight = map.Has("weight") || parent is not null ? map.Whole("weight", 1, ObjectiveTree.Whole) : ObjectiveTree.Whole;
        var least = map.Has("atLeastPerMillion") ? map.Whole("atLeastPerMillion", 1, Million) : null;
        var most = map.Has("atMost") ? map.Whole("atMost", 0, Million) : null;
        var carried = map.Has("duties") ? map.PlacedList("duties").Select(d => d.Text).ToImmutableArray() : [];
        var each = map.Has("each") ? ReadEach(map) : null;
        if (id is null || title is null || due is null || owner is null || weight is null || (map.Has("each") && each is null)) return null;
        // The day counts to its end.
        return new Objective(id, parent, title, owner, (int)weight, duties.AtMidnight(due.Value.AddDays(1)), measure, (int?)least, most, each, carried);
    }

    private static DateOnly? ReadDue(PackMap map, int year)
    {
        if (map.Text("due") is not { } text) return null;
        if (DateOnly.TryParseExact(string.Create(CultureInfo.InvariantCulture, $"{year}-{text}"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        map.Note("due", DutyPackFaultKind.BadDate, $"'{text}' is not a day of the year of the form 06-30.");
        return null;
    }

    private static Decomposition? ReadEach(PackMap owner)
    {
        if (owner.Map("each", "sector", "provinces", "cities", "units") is not { } map || map.Word<Sector>("sector") is not { } sector) return null;
        return new Decomposition(Says("provinces"), Says("cities"), sector, Says("units"));

        bool Says(string key) => map.Has(key) && map.Truth(key) == true;
    }

    /// <summary>All faults as one text, by line.</summary>
    public static string Told(PackFaults faults) => string.Join('\n', faults.Found.OrderBy(f => f.Line).ThenBy(f => f.Column)
        .Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Path}: {f.Told}")));

    [GeneratedRegex(@"^year: \d{4}", RegexOptions.Multiline)]
    private static partial Regex YearLine();
}
