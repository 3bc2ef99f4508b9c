using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Restrictions;

/// <summary>What sort of ground it is.</summary>
public enum GroundKind
{
    /// <summary>Police found what the person did.</summary>
    Finding,

    /// <summary>A court punished the person.</summary>
    Conviction,
}

/// <summary>What members do to a restricted person. The set is closed: rules and controls know each of them.</summary>
public enum RestrictionMeasure
{
    /// <summary>No new lines.</summary>
    NewLines,

    /// <summary>Functions of lines that are there are limited.</summary>
    LineFunctions,

    /// <summary>No money leaves away from a counter.</summary>
    NonCounterPayments,

    /// <summary>No accounts of firms, and personal ones of limited functions only.</summary>
    NewAccounts,

    /// <summary>Business of wallets stops.</summary>
    WalletBusiness,

    /// <summary>No new wallets.</summary>
    NewWallets,

    /// <summary>Functions of internet accounts are limited.</summary>
    PlatformAccounts,
}

/// <summary>Who may find and restrict.</summary>
/// <param name="Sectors">For members of which sectors the person acts.</param>
/// <param name="Role">The role that the person holds.</param>
/// <param name="Source">Where the competence comes from.</param>
public sealed record RestrictingAuthority(ImmutableArray<Sector> Sectors, string Role, DutySource Source);

/// <summary>A ground on which somebody is restricted.</summary>
/// <param name="Id">Its key in the file.</param>
/// <param name="Kind">What sort.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Counts">From so many items, times or buyers on; null where numbers do not matter.</param>
/// <param name="Level">The least level of the authority's region.</param>
/// <param name="Years">The term, in years of the calendar.</param>
/// <param name="Source">Where it stands.</param>
public sealed record RestrictionGround(string Id, GroundKind Kind, Wording Title, int? Counts, RegionLevel Level, int Years, DutySource Source);

/// <summary>What members of some sectors do.</summary>
/// <param name="Measure">Which measure.</param>
/// <param name="Sectors">Of which sectors.</param>
/// <param name="What">What they do.</param>
/// <param name="Keeps">What stays for living; null where nothing is said.</param>
/// <param name="Source">Where it stands.</param>
public sealed record SectorMeasure(RestrictionMeasure Measure, ImmutableArray<Sector> Sectors, Wording What, Wording? Keeps, DutySource Source);

/// <summary>What stays for living.</summary>
/// <param name="Lines">So many mobile lines.</param>
/// <param name="Accounts">So many accounts; 1.</param>
/// <param name="DayMinor">What may leave that account away from a counter within a day, minor units of the pack's currency.</param>
/// <param name="Source">Where it stands.</param>
public sealed record LivingTerms(int Lines, int Accounts, long DayMinor, DutySource Source);

/// <summary>What the person is told.</summary>
/// <param name="Title">The title of the notice.</param>
/// <param name="Basis">The legal basis.</param>
/// <param name="Remedy">What can be done.</param>
/// <param name="Appeal">How to appeal.</param>
/// <param name="Documents">The papers to bring.</param>
public sealed record RestrictionTexts(Wording Title, Wording Basis, Wording Remedy, Wording Appeal, ImmutableArray<Wording> Documents);

/// <summary>How people who sold lines and accounts are restricted in a jurisdiction.</summary>
/// <param name="Id">The jurisdiction.</param>
/// <param name="Authorities">Who decides.</param>
/// <param name="Grounds">The grounds, in the order of the file.</param>
/// <param name="MostYears">Terms that run into one another last no longer.</param>
/// <param name="Measures">What sectors do.</param>
/// <param name="Living">What stays for living.</param>
/// <param name="NoticePrecedes">Whether the person is told before it is approved.</param>
/// <param name="NoticeDays">Within so many days the notice is handed over.</param>
/// <param name="ApplyHours">Within so many hours members confirm that they apply it, or let go.</param>
/// <param name="Told">What the person is told.</param>
public sealed record RestrictionTerms(
    string Id, ImmutableArray<RestrictingAuthority> Authorities, ImmutableArray<RestrictionGround> Grounds, int MostYears, ImmutableArray<SectorMeasure> Measures,
    LivingTerms Living, bool NoticePrecedes, int NoticeDays, int ApplyHours, RestrictionTexts Told)
{
    private const int MostBytes = 1 << 20;

    /// <summary>A jurisdiction in which nobody is restricted so.</summary>
    public static RestrictionTerms None { get; } = new(
        "", [], [], 0, [], new LivingTerms(0, 0, 0, new DutySource(null, null, SourceTier.Ours, null, null)), false, 0, 0,
        new RestrictionTexts(new Wording("", ""), new Wording("", ""), new Wording("", ""), new Wording("", ""), []));

    /// <summary>Reads the terms; none where there is no file. Every fault is told at once, with its line.</summary>
    /// <exception cref="InvalidDataException">The file is none; the message tells all that is wrong.</exception>
    public static RestrictionTerms Load(string? path)
    {
        if (path is null || new FileInfo(path) is not { Exists: true } file) return None;
        if (file.Length > MostBytes) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var faults = new PackFaults(file.Name);
        return RestrictionTermsReader.Read(File.ReadAllText(path), faults) ?? throw new InvalidDataException(
            $"{path} holds no terms of restrictions: {string.Join("; ", faults.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Message}")))}");
    }

    /// <summary>A ground by its key; null where there is none.</summary>
    public RestrictionGround? Find(string ground) => Grounds.FirstOrDefault(g => g.Id == ground);

    /// <summary>What members of a sector do.</summary>
    public IEnumerable<SectorMeasure> Of(Sector sector) => Measures.Where(m => m.Sectors.Contains(sector));

    /// <summary>
    /// The end of a term that begins at an instant: the midnight at which the same day of the month begins so many years later, or the last
    /// day of the month where it has no such day. So no term is longer than its years. Ours: how hours of the first and the last day count was not read.
    /// </summary>
    /// <param name="begins">When it begins.</param>
    /// <param name="years">How many years.</param>
    /// <param name="offset">The clock of the jurisdiction.</param>
    public static Instant EndOf(Instant begins, int years, TimeSpan offset) => DutyPack.AtMidnight(DayOf(begins, offset).AddYears(years), offset);

    /// <summary>The end of a running restriction after one more ground: its term runs behind the end there is, and all together last no longer than the most.</summary>
    /// <param name="begins">When the first of the terms that run into one another began.</param>
    /// <param name="ends">The end there is.</param>
    /// <param name="years">The years of the new ground.</param>
    /// <param name="offset">The clock of the jurisdiction.</param>
    public Instant Extended(Instant begins, Instant ends, int years, TimeSpan offset)
    {
        var (behind, most) = (EndOf(ends, years, offset), EndOf(begins, MostYears, offset));
        return behind < most ? behind : most;
    }

    private static DateOnly DayOf(Instant at, TimeSpan offset) => DateOnly.FromDateTime((at + offset).ToDateTimeOffset().UtcDateTime);
}

/// <summary>Reads the terms and checks them whole.</summary>
internal static class RestrictionTermsReader
{
    private const int LongestTerm = 100;

    public static RestrictionTerms? Read(string yaml, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root
            || PackMap.From(root, "", faults, "restrictions", "instruments", "authorities", "grounds", "adding", "measures", "living", "notice", "apply", "told") is not { } map) return null;
        var sources = new PackSources();
        sources.ReadInstruments(map);
        var id = map.Text("restrictions");
        var authorities = Authorities(map, sources);
        var most = Number(map, sources, "adding", "mostYears", 1, LongestTerm);
        var grounds = Grounds(map, sources, most);
        var measures = Measures(map, sources);
        var living = Living(map, sources);
        var notice = map.Map("notice", "precedes", "days", "source");
        var (precedes, days) = (notice?.Truth("precedes"), notice?.Whole("days", 0, 365));
        if (notice is not null) sources.Read(notice);
        var hours = Number(map, sources, "apply", "hours", 1, 720);
        var told = Told(map);
        return faults.Found.Count > 0 || id is null || living is null || told is null || precedes is null
            ? null : new RestrictionTerms(id, authorities, grounds, (int)most!, measures, living, precedes.Value, (int)days!, (int)hours!, told);
    }

    private static ImmutableArray<RestrictingAuthority> Authorities(PackMap map, PackSources sources)
    {
        var found = ImmutableArray.CreateBuilder<RestrictingAuthority>();
        foreach (var entry in map.Maps("authorities", "sectors", "role", "source"))
        {
            var (sectors, role, source) = (entry.WordList<Sector>("sectors"), entry.OneOf("role", [.. Roles.All.Where(r => r != Roles.System)]), sources.Read(entry));
            if (role is not null && source is not null) found.Add(new RestrictingAuthority([.. sectors], role.Text, source));
        }
        return found.ToImmutable();
    }

    private static ImmutableArray<RestrictionGround> Grounds(PackMap map, PackSources sources, long? most)
    {
        var found = new Dictionary<string, (RestrictionGround Ground, PackMap At)>(StringComparer.Ordinal);
        foreach (var entry in map.Maps("grounds", "id", "kind", "title", "counts", "level", "years", "source"))
        {
            var (id, kind, title) = (entry.Text("id"), entry.Word<GroundKind>("kind"), entry.Wording("title"));
            var counts = entry.Has("counts") ? entry.Whole("counts", 1, 1_000) : null;
            var (level, years, source) = (entry.Word<RegionLevel>("level"), entry.Whole("years", 1, LongestTerm), sources.Read(entry));
            if (years > most) entry.Note("years", DutyPackFaultKind.Contradiction, $"A term of {years} years is longer than all terms together may last, which is {most}.");
            if (kind == GroundKind.Conviction && counts is not null) entry.Note("counts", DutyPackFaultKind.Contradiction, "A conviction counts no items, times or buyers.");
            if (id is null || kind is null || title is null || level is null || years is null || source is null) continue;
            var ground = new RestrictionGround(id, kind.Value, title, (int?)counts, level.Value, (int)years, source);
            if (!found.TryAdd(id, (ground, entry))) entry.Note("id", DutyPackFaultKind.Duplicate, $"'{id}' stands here twice; first at {found[id].At.PlaceOf("id")}.");
        }
        return [.. found.Values.Select(g => g.Ground)];
    }

    private static ImmutableArray<SectorMeasure> Measures(PackMap map, PackSources sources)
    {
        var found = new Dictionary<(RestrictionMeasure, Sector), PackMap>();
        var measures = ImmutableArray.CreateBuilder<SectorMeasure>();
        foreach (var entry in map.Maps("measures", "measure", "sectors", "what", "keeps", "source"))
        {
            var (measure, sectors, what) = (entry.Word<RestrictionMeasure>("measure"), entry.WordList<Sector>("sectors"), entry.Wording("what"));
            var (keeps, source) = (entry.Has("keeps") ? entry.Wording("keeps") : null, sources.Read(entry));
            if (measure is not { } which || what is null || source is null) continue;
            foreach (var sector in sectors)
                if (!found.TryAdd((which, sector), entry)) entry.Note("measure", DutyPackFaultKind.Duplicate, $"'{Words.Of(which)}' of {Words.Of(sector)} stands here twice; first at {found[(which, sector)].PlaceOf("measure")}.");
            measures.Add(new SectorMeasure(which, [.. sectors], what, keeps, source));
        }
        return measures.ToImmutable();
    }

    private static LivingTerms? Living(PackMap map, PackSources sources)
    {
        if (map.Map("living", "lines", "accounts", "dayMinor", "source") is not { } living) return null;
        var (lines, accounts, day, source) = (living.Whole("lines", 0, 100), living.Whole("accounts", 1, 1), living.Whole("dayMinor", 0, 1_000_000_000_000), sources.Read(living));
        return lines is null || accounts is null || day is null || source is null ? null : new LivingTerms((int)lines, (int)accounts, day.Value, source);
    }

    private static RestrictionTexts? Told(PackMap map)
    {
        if (map.Map("told", "title", "basis", "remedy", "appeal", "documents") is not { } told) return null;
        var (title, basis, remedy, appeal) = (told.Wording("title"), told.Wording("basis"), told.Wording("remedy"), told.Wording("appeal"));
        var papers = ImmutableArray.CreateBuilder<Wording>();
        foreach (var paper in told.Maps("documents", "zh-CN", "en"))
            if ((paper.Text("zh-CN"), paper.Text("en")) is ({ } zh, { } en)) papers.Add(new Wording(zh, en));
        return title is null || basis is null || remedy is null || appeal is null ? null : new RestrictionTexts(title, basis, remedy, appeal, papers.ToImmutable());
    }

    private static long? Number(PackMap map, PackSources sources, string key, string unit, long least, long most)
    {
        if (map.Map(key, unit, "source") is not { } of) return null;
        sources.Read(of);
        return of.Whole(unit, least, most);
    }
}
