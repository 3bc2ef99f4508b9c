using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;

namespace Cordon.Casework.Orders;

/// <summary>What an authority does with an order.</summary>
public enum CompetentAct
{
    /// <summary>Decide it, as the first of two or alone in an emergency.</summary>
    Issue,

    /// <summary>Approve what another issued.</summary>
    Approve,

    /// <summary>Renew it before its end.</summary>
    Renew,

    /// <summary>Lift it before its time.</summary>
    Lift,
}

/// <summary>A legal basis that orders may name.</summary>
/// <param name="Id">Its key in the table.</param>
/// <param name="Names">How an order may name it; the first is the usual one.</param>
/// <param name="Source">Where it stands.</param>
public sealed record LegalBasis(string Id, ImmutableArray<string> Names, DutySource Source);

/// <summary>A row of the table: who may do what with which kinds of order, and on what basis.</summary>
/// <param name="Orders">The kinds.</param>
/// <param name="Acts">The acts.</param>
/// <param name="Sectors">For members of which sectors the person acts; the centre's own people act for the joint office.</param>
/// <param name="Role">The role that the person holds.</param>
/// <param name="Bases">The bases that an act may name.</param>
/// <param name="Emergency">Whether one person may issue alone where minutes count.</param>
/// <param name="Source">Where the competence comes from.</param>
public sealed record CompetenceRow(
    ImmutableArray<OrderKind> Orders, ImmutableArray<CompetentAct> Acts, ImmutableArray<Sector> Sectors, string Role, ImmutableArray<LegalBasis> Bases,
    bool Emergency, DutySource Source);

/// <summary>The table of who may give which order on what basis, of one jurisdiction. What it does not have is refused.</summary>
/// <param name="Id">The jurisdiction.</param>
/// <param name="Title">Its name.</param>
/// <param name="Rows">The rows, in the order of the file.</param>
public sealed record Competence(string Id, Wording Title, ImmutableArray<CompetenceRow> Rows)
{
    private const int MostBytes = 1 << 20;

    /// <summary>Reads a table. Every fault is told at once, with its line; a table with a fault is refused whole.</summary>
    /// <exception cref="InvalidDataException">The file is no table of competence; the message tells all that is wrong.</exception>
    public static Competence Load(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var faults = new PackFaults(Path.GetFileName(path));
        return CompetenceReader.Read(File.ReadAllText(path), faults) ?? throw new InvalidDataException(
            $"{path} is no table of competence: {string.Join("; ", faults.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Message}")))}");
    }

    /// <summary>Whether a person may do this; null where it may, or the refusal that says who may and on what basis.</summary>
    /// <param name="act">The act.</param>
    /// <param name="kind">Of which kind the order is.</param>
    /// <param name="actor">Who would do it.</param>
    /// <param name="sector">The sector of the member that the person acts for.</param>
    /// <param name="basis">The basis named; null where the act names none.</param>
    internal Refusal? Judge(CompetentAct act, OrderKind kind, Actor actor, Sector sector, string? basis)
    {
        var rows = RowsOf(act, kind).ToList();
        var own = rows.FindAll(r => r.Sectors.Contains(sector) && actor.Is(r.Role));
        if (own.Count == 0) return OrderRefusal.NotCompetent(act, kind, rows);
        return basis is null || own.Exists(r => Names(r, basis)) ? null : OrderRefusal.OtherBasis(kind, own);
    }

    /// <summary>Whether one person may issue such an order alone.</summary>
    internal bool InEmergency(OrderKind kind, Actor actor, Sector sector) =>
        RowsOf(CompetentAct.Issue, kind).Any(r => r.Emergency && r.Sectors.Contains(sector) && actor.Is(r.Role));

    /// <summary>The bases that an act may name, whoever acts; each once.</summary>
    /// <param name="act">The act.</param>
    /// <param name="kind">Of which kind the order is.</param>
    public IEnumerable<LegalBasis> BasesOf(CompetentAct act, OrderKind kind) => RowsOf(act, kind).SelectMany(r => r.Bases).DistinctBy(b => b.Id);

    /// <summary>Whether anybody may issue such an order alone, where minutes count.</summary>
    /// <param name="kind">Of which kind the order is.</param>
    public bool KnowsEmergency(OrderKind kind) => RowsOf(CompetentAct.Issue, kind).Any(r => r.Emergency);

    private IEnumerable<CompetenceRow> RowsOf(CompetentAct act, OrderKind kind) => Rows.Where(r => r.Orders.Contains(kind) && r.Acts.Contains(act));

    // Each part names a basis of the same row: two halves of two rows are no whole.
    private static bool Names(CompetenceRow row, string basis) => basis.Split(';', '；').All(part => row.Bases.Any(b => b.Names.Any(n => Folded(n) == Folded(part)) || b.Id == part.Trim()));

    private static string Folded(string name) => string.Concat(name.Where(c => !char.IsWhiteSpace(c) && c is not (',' or '.' or '，' or '。'))).ToUpperInvariant();
}

/// <summary>Reads the table and checks it whole.</summary>
internal static class CompetenceReader
{
    private static readonly FrozenSet<string> RolesOfPeople = Roles.All.Where(r => r != Roles.System).ToFrozenSet(StringComparer.Ordinal);

    public static Competence? Read(string yaml, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root || PackMap.From(root, "", faults, "competence", "title", "instruments", "bases", "rows") is not { } map) return null;
        var (id, title, sources) = (map.Text("competence"), map.Wording("title"), new PackSources());
        sources.ReadInstruments(map);
        var bases = ReadBases(map, sources);
        var rows = new List<(CompetenceRow Row, PackMap Map)>();
        foreach (var entry in map.Maps("rows", "orders", "acts", "sectors", "role", "bases", "emergency", "source"))
            if (ReadRow(entry, bases, sources) is { } row) rows.Add((row, entry));
        CheckTogether(rows);
        foreach (var (basis, at) in bases.Values.Where(b => faults.Found.Count == 0 && !rows.Exists(r => r.Row.Bases.Contains(b.Basis))))
            at.Note("id", DutyPackFaultKind.Contradiction, $"No row names the basis '{basis.Id}'.");
        return faults.Found.Count > 0 || id is null || title is null ? null : new Competence(id, title, [.. rows.Select(r => r.Row)]);
    }

    private static Dictionary<string, (LegalBasis Basis, PackMap At)> ReadBases(PackMap map, PackSources sources)
    {
        var bases = new Dictionary<string, (LegalBasis, PackMap At)>(StringComparer.Ordinal);
        foreach (var entry in map.Maps("bases", "id", "names", "source"))
        {
            var (id, names, source) = (entry.Text("id"), entry.PlacedList("names").ToList(), sources.Read(entry));
            foreach (var name in names.Where(n => n.Text.Length > OrderLimits.BasisLength || n.Text.AsSpan().ContainsAny(';', '；')))
                entry.NoteAt(name, "names", DutyPackFaultKind.WrongShape, $"'{name.Text}' is no name of a basis: at most {OrderLimits.BasisLength} characters and no ';', which sets names apart.");
            if (id is null) continue;
            var basis = new LegalBasis(id, [.. names.Select(n => n.Text)], source ?? new DutySource(null, null, SourceTier.Ours, null, null));
            if (!bases.TryAdd(id, (basis, entry))) entry.Note("id", DutyPackFaultKind.Duplicate, $"'{id}' stands here twice; first at {bases[id].At.PlaceOf("id")}.");
        }
        return bases;
    }

    private static CompetenceRow? ReadRow(PackMap map, Dictionary<string, (LegalBasis Basis, PackMap At)> bases, PackSources sources)
    {
        var (orders, acts, sectors) = (map.WordList<OrderKind>("orders"), map.WordList<CompetentAct>("acts"), map.WordList<Sector>("sectors"));
        var (role, emergency, source) = (map.OneOf("role", RolesOfPeople), map.Truth("emergency"), sources.Read(map));
        var named = new List<LegalBasis>();
        foreach (var name in map.PlacedList("bases"))
        {
            if (!bases.TryGetValue(name.Text, out var basis))
                map.NoteAt(name, "bases", DutyPackFaultKind.UnknownReference, $"The table lists no basis '{name.Text}'.", Engine.Signals.NearestName.Of(name.Text, bases.Keys));
            else if (named.Contains(basis.Basis)) map.NoteAt(name, "bases", DutyPackFaultKind.Duplicate, $"'{name.Text}' stands here twice.");
            else named.Add(basis.Basis);
        }
        if (emergency == true && !acts.Contains(CompetentAct.Issue)) map.Note("emergency", DutyPackFaultKind.Contradiction, "Only who issues an order can issue it in an emergency.");
        if (acts.Contains(CompetentAct.Renew) && orders.Exists(o => o != OrderKind.Freeze)) map.Note("acts", DutyPackFaultKind.Contradiction, "Only a freeze is renewed.");
        return role is null || emergency is null || source is null
            ? null : new CompetenceRow([.. orders], [.. acts], [.. sectors], role.Text, [.. named], emergency.Value, source);
    }

    private static void CheckTogether(List<(CompetenceRow Row, PackMap Map)> rows)
    {
        var first = new Dictionary<(OrderKind, CompetentAct, Sector, string), PackMap>();
        foreach (var (row, map) in rows)
        {
            foreach (var key in from kind in row.Orders from act in row.Acts from sector in row.Sectors select (kind, act, sector, row.Role))
                if (!first.TryAdd(key, map) && first[key] != map)
                    map.Note("orders", DutyPackFaultKind.Duplicate, $"Who may {Words.Of(key.act)} {Words.Of(key.kind)} for {Words.Of(key.sector)} as {key.Role} stands at {first[key].PlaceOf("orders")} already.");
            // What nobody can approve goes out alone or never.
            if (!row.Acts.Contains(CompetentAct.Issue)) continue;
            foreach (var (kind, sector) in from kind in row.Orders from sector in row.Sectors select (kind, sector))
                if (!rows.Exists(r => r.Row.Orders.Contains(kind) && r.Row.Acts.Contains(CompetentAct.Approve) && r.Row.Sectors.Contains(sector)))
                    map.Note("acts", DutyPackFaultKind.Contradiction, $"Nobody of {Words.Of(sector)} may approve {Words.Of(kind)}, so none could go out.");
        }
    }
}

/// <summary>The lengths of what an order says.</summary>
internal static class OrderLimits
{
    public const int BasisLength = 200;

    public const int ReasonLength = 500;
}
