using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using YamlDotNet.RepresentationModel;

namespace Cordon.Casework.Rulebooks;

/// <summary>Puts a rulebook together from its files, one after another; what is wrong goes to each file's own faults.</summary>
internal sealed class RulebookBuilder
{
    public const int MaxParameters = 512;
    public const int MaxLists = 128;
    public const int MaxEntries = 20_000;
    public const int MaxWindows = 512;
    public const int MaxRules = 1_000;
    public const int MaxTextLength = 4_000;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(90);
    private static readonly TimeSpan LongestLateness = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestHold = TimeSpan.FromDays(30);

    private static readonly string[] Needed = ["rulebook", "title", "currency", "rules"];

    private readonly HashSet<string> heads = [];
    private readonly Dictionary<string, SourceText> seen = new(StringComparer.Ordinal);
    private readonly List<PackMap> files = [];
    private readonly List<ParameterSource> parameters = [];
    private readonly List<ListSource> lists = [];
    private readonly List<WindowSource> windows = [];
    private readonly List<RuleSource> rules = [];
    private readonly RulebookTests tests = new();
    private SourceText? name;
    private SourceText? currency;
    private LocalText? title;
    private Currency? money;

    /// <summary>Takes one file. What it declares is read once all files are there: its amounts are in a currency that another may name.</summary>
    public void Add(YamlNode root, PackFaults faults)
    {
        if (PackMap.From(root, "", faults, "rulebook", "title", "currency", "parameters", "lists", "windows", "rules") is not { } map) return;
        heads.UnionWith(map.Keys);
        ReadHead(map);
        files.Add(map);
    }

    /// <summary>The rulebook, once all files were taken; what it lacks as a whole goes to the first file's faults.</summary>
    public RulebookSource? Finish(PackFaults? faults)
    {
        foreach (var file in files) ReadBody(file);
        // What is there but faulty was told of where it stands.
        foreach (var key in Needed)
            if (!heads.Contains(key)) faults?.Add(0, 0, key, DutyPackFaultKind.Missing, $"'{key}' is missing: one file of the rulebook has it.");
        if (faults is null || name is null || title is null || currency is null || rules.Count == 0) return null;
        return new RulebookSource(
            name.Text, title, currency,
            [.. parameters.OrderBy(p => p.Id.Text, StringComparer.Ordinal)],
            [.. lists.OrderBy(l => l.Id.Text, StringComparer.Ordinal)],
            [.. windows.OrderBy(w => w.Id.Text, StringComparer.Ordinal)],
            [.. rules.OrderBy(r => r.Id.Text, StringComparer.Ordinal)]);
    }

    private void ReadBody(PackMap map)
    {
        foreach (var item in Maps(map, "parameters", parameters.Count, MaxParameters, "id", "type", "value", "regions", "source")) ReadParameter(item);
        foreach (var item in Maps(map, "lists", lists.Count, MaxLists, "id", "of", "role", "owner", "expires", "entries")) ReadList(item);
        foreach (var item in Maps(map, "windows", windows.Count, MaxWindows, "id", "of", "by", "measure", "value", "where", "over", "slice", "lateness")) ReadWindow(item);
        foreach (var item in Maps(
            map, "rules", rules.Count, MaxRules, "id", "of", "when", "action", "hold", "priority", "reason", "duty", "source", "author", "tests"))
            ReadRule(item);
    }

    private static IEnumerable<PackMap> Maps(PackMap map, string key, int already, int most, params string[] keys)
    {
        if (!map.Has(key)) yield break;
        var left = most - already;
        foreach (var item in map.Maps(key, keys))
        {
            if (left-- == 0) map.Note(key, DutyPackFaultKind.OutOfRange, $"A rulebook has at most {most.ToString(CultureInfo.InvariantCulture)} {key}.");
            if (left < 0) yield break;
            yield return item;
        }
    }

    private void ReadHead(PackMap map)
    {
        if (map.PlacedOrNull("rulebook") is { } told)
        {
            if (!RulebookWords.IsName(told.Text)) map.Note("rulebook", DutyPackFaultKind.WrongShape, "A rulebook's name is of small letters, digits and underscores, a letter first.");
            else if (IsNew(map, "rulebook", "rulebook", told)) name = told;
        }
        if (map.Has("title") && IsNew(map, "title", "title", new SourceText("title", "", map.LineAt("title"), 0))) title = ReadTexts(map.Map("title", "en", "zh-CN"));
        if (map.PlacedOrNull("currency") is not { } code || !IsNew(map, "currency", "currency", code)) return;
        if (Currency.TryParse(code.Text, out var known)) money = known;
        else map.Note("currency", DutyPackFaultKind.UnknownWord, $"'{code.Text}' is not an ISO 4217 code.");
        currency = code;
    }

    private void ReadParameter(PackMap map)
    {
        var (id, type, value) = (ReadName(map, "parameter"), map.OneOf("type", RulebookWords.ParameterTypes), map.Placed("value"));
        var regions = ImmutableSortedDictionary.CreateBuilder<string, SourceText>(StringComparer.Ordinal);
        foreach (var (region, own) in map.PlacedEntries("regions"))
        {
            if (!RulebookWords.IsCode(region)) map.NoteAt(own, "regions", DutyPackFaultKind.WrongShape, $"'{region}' is not the code of a region.");
            regions[region] = own;
        }
        var basis = map.Has("source") ? ReadBasis(map) : null;
        if (type is not null)
            foreach (var text in regions.Values.Append(value).OfType<SourceText>())
                if (RulebookValues.FaultOf(type.Text, text.Text, money) is { } fault) map.NoteAt(text, "value", DutyPackFaultKind.WrongShape, fault);
        if (id is not null && type is not null && value is not null) parameters.Add(new ParameterSource(id, type, value, regions.ToImmutable(), basis));
    }

    private void ReadList(PackMap map)
    {
        var (id, of, role, owner) = (ReadName(map, "list"), map.OneOf("of", RulebookWords.ListedThings), map.OneOf("role", RulebookWords.ListRoles), map.Text("owner"));
        Instant? expires = null;
        if (map.PlacedOrNull("expires") is { } until)
        {
            if (Instant.TryParse(until.Text, out var at)) expires = at;
            else map.Note("expires", DutyPackFaultKind.BadDate, $"'{until.Text}' is neither a date such as 2027-12-31 nor a time with an offset.");
        }
        var entries = new SortedDictionary<string, SourceText>(StringComparer.Ordinal);
        foreach (var entry in map.PlacedList("entries"))
        {
            if (of is not null && RulebookValues.FaultOfEntry(of.Text, entry.Text) is { } fault) map.NoteAt(entry, "entries", DutyPackFaultKind.WrongShape, fault);
            if (entries.TryAdd(entry.Text, entry)) continue;
            map.NoteAt(entry, "entries", DutyPackFaultKind.Duplicate, $"'{entry.Text}' stands here twice.");
        }
        if (entries.Count > MaxEntries) map.Note("entries", DutyPackFaultKind.OutOfRange, $"A list has at most {MaxEntries} entries.");
        if (id is not null && of is not null && role is not null && owner is not null) lists.Add(new ListSource(id, of, role, owner, expires, [.. entries.Values]));
    }

    private void ReadWindow(PackMap map)
    {
        var (id, of, by, measure) = (ReadName(map, "window"), map.OneOf("of", RulebookWords.Kinds), ReadCel(map, "by"), map.OneOf("measure", RulebookWords.Measures));
        var (value, where) = (map.Has("value") ? ReadCel(map, "value") : null, map.Has("where") ? ReadCel(map, "where") : null);
        var over = ReadDuration(map, "over", LongestWindow);
        var slice = map.Has("slice") ? ReadDuration(map, "slice", LongestWindow) : null;
        var lateness = map.Has("lateness") ? ReadDuration(map, "lateness", LongestLateness) : null;
        if (measure is not null)
        {
            var takesValue = !RulebookWords.ValuelessMeasures.Contains(measure.Text);
            if (takesValue && !map.Has("value")) map.Note("value", DutyPackFaultKind.Missing, $"'value' is missing: {measure.Text} is taken of something.");
            if (!takesValue && map.Has("value")) map.Note("value", DutyPackFaultKind.Contradiction, $"The measure {measure.Text} has no value.");
            if (measure.Text == "burst" && !map.Has("slice")) map.Note("slice", DutyPackFaultKind.Missing, "'slice' is missing: a burst is the largest count in one slice.");
            if (measure.Text != "burst" && map.Has("slice")) map.Note("slice", DutyPackFaultKind.Contradiction, $"The measure {measure.Text} has no slice.");
        }
        if (over is { } whole && slice is { } part && part.Span > whole.Span) map.Note("slice", DutyPackFaultKind.Contradiction, "A slice is not longer than its window.");
        if (id is not null && of is not null && by is not null && measure is not null && over is { } length)
            windows.Add(new WindowSource(id, of, by, measure, value, where, length.Text, slice?.Text, lateness?.Text));
    }

    private void ReadRule(PackMap map)
    {
        var (id, of, when, action) = (ReadId(map), map.OneOf("of", RulebookWords.Kinds), ReadCel(map, "when"), map.OneOf("action", RulebookWords.Actions));
        var hold = map.Has("hold") ? ReadDuration(map, "hold", LongestHold) : null;
        if (action?.Text == "hold" && !map.Has("hold")) map.Note("hold", DutyPackFaultKind.Missing, "'hold' is missing: how long does it hold?");
        if (action is not null && action.Text != "hold" && map.Has("hold")) map.Note("hold", DutyPackFaultKind.Contradiction, $"A rule that asks for {action.Text} has no 'hold'.");
        var priority = map.Has("priority") ? map.Whole("priority", -1_000, 1_000) : 0;
        var reason = map.Map("reason", "code", "en", "zh-CN");
        var (code, texts) = (reason?.Text("code"), ReadTexts(reason));
        if (code is not null && !RulebookWords.IsCode(code)) reason!.Note("code", DutyPackFaultKind.WrongShape, "A reason code is of small letters, digits and hyphens, in parts joined by dots.");
        foreach (var language in reason is null ? [] : new[] { "en", "zh-CN" })
            if (reason!.TextOrNull(language) is { } text && !RulebookValues.BracesMatch(text))
                reason.Note(language, DutyPackFaultKind.WrongShape, "Each '{' has its '}', with something between them and no brace within.");
        var (duty, basis, author) = (map.Text("duty"), ReadBasis(map), map.Text("author"));
        var examples = tests.Read(map, money);
        if (id is null || of is null || when is null || action is null || code is null || texts is null || duty is null || basis is null || author is null) return;
        rules.Add(new RuleSource(id, of, when, action, hold?.Text, (int)(priority ?? 0), code, texts, duty, basis, author, examples));
    }

    private SourceText? ReadName(PackMap map, string what)
    {
        if (map.Placed("id") is not { } id) return null;
        if (!RulebookWords.IsName(id.Text)) map.Note("id", DutyPackFaultKind.WrongShape, $"'{id.Text}' is no name: small letters, digits and underscores, a letter first, 48 at most.");
        else if (IsNew(map, "id", what + " " + id.Text, id)) return id;
        return null;
    }

    private SourceText? ReadId(PackMap map)
    {
        if (map.Placed("id") is not { } id) return null;
        if (!RulebookWords.IsCode(id.Text)) map.Note("id", DutyPackFaultKind.WrongShape, $"'{id.Text}' is no id: small letters, digits and hyphens, in parts joined by dots, 64 at most.");
        else if (IsNew(map, "id", "rule " + id.Text, id)) return id;
        return null;
    }

    private bool IsNew(PackMap map, string key, string what, SourceText at)
    {
        if (seen.TryAdd(what, at)) return true;
        var first = seen[what];
        map.Note(key, DutyPackFaultKind.Duplicate, $"The {what} stands here a second time; the first is at {first.File}:{first.Line.ToString(CultureInfo.InvariantCulture)}.");
        return false;
    }

    private static SourceText? ReadCel(PackMap map, string key)
    {
        if (map.Placed(key) is not { } text) return null;
        if (text.Text.Length <= MaxTextLength) return text;
        map.Note(key, DutyPackFaultKind.OutOfRange, $"A condition has at most {MaxTextLength} characters.");
        return null;
    }

    private static (SourceText Text, TimeSpan Span)? ReadDuration(PackMap map, string key, TimeSpan longest)
    {
        if (map.Placed(key) is not { } text) return null;
        if (!RulebookWords.TryReadDuration(text.Text, out var span)) map.Note(key, DutyPackFaultKind.WrongShape, $"'{text.Text}' is no length of time such as 90d, 24h, 10m or 30s.");
        else if (span > longest) map.Note(key, DutyPackFaultKind.OutOfRange, $"{text.Text} is more than {longest.TotalHours.ToString(CultureInfo.InvariantCulture)} hours.");
        else return (text, span);
        return null;
    }

    private static LocalText? ReadTexts(PackMap? map)
    {
        if (map is null) return null;
        var (en, zh) = (map.Text("en"), map.TextOrNull("zh-CN"));
        foreach (var key in new[] { "en", "zh-CN" })
            if (map.TextOrNull(key) is { Length: > MaxTextLength }) map.Note(key, DutyPackFaultKind.OutOfRange, $"A text has at most {MaxTextLength} characters.");
        return en is null ? null : new LocalText(en, zh);
    }

    private static RuleBasis? ReadBasis(PackMap owner)
    {
        var map = owner.Map("source", "text", "trust");
        var (text, trust) = (map?.Text("text"), map?.OneOf("trust", RulebookWords.Trusts));
        return text is null || trust is null ? null : new RuleBasis(text, trust.Text);
    }
}
