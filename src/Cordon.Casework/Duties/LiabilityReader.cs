using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;

namespace Cordon.Casework.Duties;

/// <summary>Reads the models of liability of a pack.</summary>
internal sealed class LiabilityReader
{
    /// <summary>The largest sum a model may name, minor units.</summary>
    private const long MostMinor = 1_000_000_000_000;

    private static readonly Dictionary<LiabilityModel, string[]> KeysOf = new()
    {
        [LiabilityModel.Findings] = ["civil"],
        [LiabilityModel.Waterfall] = ["excludes", "steps", "report", "papers"],
        [LiabilityModel.Split] = ["excludes", "sending", "cap", "excess", "claim", "pay", "payLast"],
    };

    private static readonly string[] AllKeys = ["model", "effective", "source", "ask", .. KeysOf.Values.SelectMany(k => k).Distinct()];

    private readonly Func<PackMap, DutySource?> sourceOf;
    private readonly Func<PackMap, DutyTerm?> termOf;
    private readonly ILookup<string, Duty> duties;

    private LiabilityReader(Func<PackMap, DutySource?> sourceOf, Func<PackMap, DutyTerm?> termOf, ImmutableArray<Duty> duties)
    {
        this.sourceOf = sourceOf;
        this.termOf = termOf;
        this.duties = duties.ToLookup(d => d.Id, StringComparer.Ordinal);
    }

    public static ImmutableArray<LiabilityTerms> Read(
        PackMap pack, Func<PackMap, DutySource?> sourceOf, Func<PackMap, DutyTerm?> termOf, ImmutableArray<Duty> duties)
    {
        if (!pack.Has("liability")) return [];
        var reader = new LiabilityReader(sourceOf, termOf, duties);
        var found = new List<(LiabilityTerms Terms, PackMap At)>();
        foreach (var map in pack.Maps("liability", AllKeys))
            if (reader.ReadModel(map) is { } terms)
                found.Add((terms, map));
        CheckTerms(found);
        return [.. found.Select(f => f.Terms).OrderBy(t => t.Term.From)];
    }

    /// <summary>As with duties: exactly one version holds at each instant between the first and the last.</summary>
    private static void CheckTerms(List<(LiabilityTerms Terms, PackMap At)> found)
    {
        var ordered = found.OrderBy(f => f.Terms.Term.From).ToList();
        foreach (var (earlier, later) in ordered.Zip(ordered.Skip(1)))
        {
            if (earlier.Terms.Term.To is not { } end || later.Terms.Term.From < end)
                later.At.Note("effective", DutyPackFaultKind.Duplicate, $"The model of {earlier.At.PlaceOf("model")} is in force at the same time.");
            else if (later.Terms.Term.From > end)
                later.At.Note("effective", DutyPackFaultKind.Gap, $"No model is in force between that of {earlier.At.PlaceOf("model")} and this one.");
        }
    }

    private LiabilityTerms? ReadModel(PackMap map)
    {
        var (term, source, ask) = (termOf(map), sourceOf(map), Number(map, "ask", "days", 1, 365));
        if (map.Word<LiabilityModel>("model") is not { } model) return null;
        foreach (var key in map.Keys.Where(k => KeysOf.Values.Any(v => v.Contains(k)) && !KeysOf[model].Contains(k)).ToList())
            map.Note(key, DutyPackFaultKind.Contradiction, $"The model {Words.Of(model)} has no '{key}'.");
        var excludes = ReadExclusions(map);
        LiabilityTerms? terms = model switch
        {
            LiabilityModel.Findings => ReadFindings(map, term, source, ask),
            LiabilityModel.Waterfall => ReadWaterfall(map, term, source, ask, excludes),
            _ => ReadSplit(map, term, source, ask, excludes),
        };
        return terms;
    }

    private FindingsTerms? ReadFindings(PackMap map, DutyTerm? term, DutySource? source, SourcedNumber? ask)
    {
        var civil = map.Map("civil", "source") is { } at ? sourceOf(at) : null;
        return term is null || source is null || ask is null || civil is null ? null : new FindingsTerms(term, source, ask, civil);
    }

    private WaterfallTerms? ReadWaterfall(PackMap map, DutyTerm? term, DutySource? source, SourcedNumber? ask, ImmutableArray<LiabilityExclusion> excludes)
    {
        var (report, papers) = (Number(map, "report", "days", 1, 3_650), Number(map, "papers", "days", 1, 3_650));
        var steps = ImmutableArray.CreateBuilder<WaterfallStep>();
        foreach (var item in map.Maps("steps", "bears", "duties", "source"))
            if (ReadStep(item) is { } step)
            {
                if (steps.Any(s => s.Bears == step.Bears)) item.Note("bears", DutyPackFaultKind.Duplicate, $"A step before this one is borne by {Words.Of(step.Bears)}.");
                steps.Add(step);
            }
        return term is null || source is null || ask is null || report is null || papers is null
            ? null
            : new WaterfallTerms(term, source, ask, excludes, steps.ToImmutable(), report, papers);
    }

    private WaterfallStep? ReadStep(PackMap map)
    {
        var (bears, source) = (map.Word<LiabilityParty>("bears"), sourceOf(map));
        var ids = new List<string>();
        foreach (var id in map.PlacedList("duties"))
        {
            if (!duties.Contains(id.Text)) map.NoteAt(id, "duties", DutyPackFaultKind.UnknownReference, $"The pack lists no duty '{id.Text}'.");
            else if (ids.Contains(id.Text)) map.NoteAt(id, "duties", DutyPackFaultKind.Duplicate, $"'{id.Text}' stands here twice.");
            else if (bears is { } party && !duties[id.Text].All(d => d.Owes.Sectors.Any(s => CanBe(party, s))))
                map.NoteAt(id, "duties", DutyPackFaultKind.Contradiction, $"Nobody who can be the {Words.Of(party)} party owes '{id.Text}'.");
            else ids.Add(id.Text);
        }
        return bears is { } who && source is not null ? new WaterfallStep(who, [.. ids.Order(StringComparer.Ordinal)], source) : null;
    }

    /// <summary>Whether a member of a sector can stand in a part.</summary>
    public static bool CanBe(LiabilityParty party, Sector sector) => party == LiabilityParty.Operator
        ? sector is Sector.TelecomOperator or Sector.VirtualOperator
        : sector is Sector.Bank or Sector.PaymentInstitution;

    private SplitTerms? ReadSplit(PackMap map, DutyTerm? term, DutySource? source, SourcedNumber? ask, ImmutableArray<LiabilityExclusion> excludes)
    {
        var sending = Number(map, "sending", "percent", 0, 100);
        var (cap, excess) = (Number(map, "cap", "minor", 1, MostMinor), Number(map, "excess", "minor", 0, MostMinor));
        var (claim, pay, last) = (Number(map, "claim", "months", 1, 120), Number(map, "pay", "businessDays", 1, 365), Number(map, "payLast", "businessDays", 1, 365));
        if (pay is not null && last is not null && last.Value < pay.Value)
            map.Note("payLast", DutyPackFaultKind.OutOfRange, "The last day lies before the day that is due without any stop.");
        return term is null || source is null || ask is null || sending is null || cap is null || excess is null || claim is null || pay is null || last is null
            ? null
            : new SplitTerms(term, source, ask, excludes, sending, cap, excess, claim, pay, last);
    }

    private ImmutableArray<LiabilityExclusion> ReadExclusions(PackMap owner)
    {
        if (!owner.Has("excludes")) return [];
        var found = new List<LiabilityExclusion>();
        foreach (var map in owner.Maps("excludes", "circumstance", "unlessVulnerable", "source"))
        {
            var (when, source) = (map.Word<Circumstance>("circumstance"), sourceOf(map));
            var spares = map.Has("unlessVulnerable") && map.Truth("unlessVulnerable") == true;
            if (when is not { } which || source is null) continue;
            if (found.Exists(e => e.When == which)) map.Note("circumstance", DutyPackFaultKind.Duplicate, $"'{Words.Of(which)}' stands here twice.");
            found.Add(new LiabilityExclusion(which, spares, source));
        }
        return [.. found.OrderBy(e => e.When)];
    }

    private SourcedNumber? Number(PackMap owner, string key, string unit, long least, long most)
    {
        if (owner.Map(key, unit, "source") is not { } map) return null;
        var (value, source) = (map.Whole(unit, least, most), sourceOf(map));
        return value is { } number && source is not null ? new SourcedNumber(number, source) : null;
    }
}
