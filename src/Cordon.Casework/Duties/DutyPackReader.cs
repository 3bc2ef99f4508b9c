using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;
using YamlDotNet.RepresentationModel;

namespace Cordon.Casework.Duties;

/// <summary>Reads a pack and checks it whole: <see cref="DutyPack.Load"/> is the door.</summary>
internal sealed class DutyPackReader
{
    public const int MaxBytes = 4 * 1024 * 1024;

    private readonly PackSources sources = new();
    private readonly Dictionary<string, Sanction> sanctions = new(StringComparer.Ordinal);
    private readonly List<(Duty Duty, PackMap At)> duties = [];
    private readonly PackFaults whole = new("");
    private TimeSpan offset;

    public static DutyPackReading Read(string yaml) => Read([new DutyPackFile("", yaml)]);

    /// <summary>Reads the files of a pack. The order in which they are given is without meaning.</summary>
    public static DutyPackReading Read(IReadOnlyList<DutyPackFile> files)
    {
        var reader = new DutyPackReader();
        var faults = new List<PackFaults> { reader.whole };
        var roots = new List<(YamlNode Root, PackFaults Faults)>();
        foreach (var file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var found = new PackFaults(file.Name);
            faults.Add(found);
            if (PackText.Load(file.Text, found) is { } root) roots.Add((root, found));
        }
        var pack = reader.ReadPack(roots, files.Count == 1);
        return pack is not null && faults.TrueForAll(f => f.Found.Count == 0)
            ? new DutyPackReading(pack, [])
            : DutyPackReading.Refused(faults.SelectMany(f => f.Found).Select(f => new DutyPackFault(f.File, f.Line, f.Path, f.Kind, f.Message)));
    }

    /// <summary>One file says what the pack is and what it cites; it is read first, since the duties of the others refer to it.</summary>
    private DutyPack? ReadPack(List<(YamlNode Root, PackFaults Faults)> files, bool alone)
    {
        var heads = files.FindAll(f => alone || f.Root is YamlMappingNode map && map.Children.ContainsKey(new YamlScalarNode("pack")));
        if (heads.Count == 0)
        {
            if (!alone) whole.Add(0, 0, "pack", DutyPackFaultKind.Missing, "No file of the folder says which pack it is ('pack').");
            return null;
        }
        var maps = heads.ConvertAll(f => PackMap.From(f.Root, "", f.Faults, "pack", "title", "currency", "utcOffset", "instruments", "sanctions", "duties", "liability"));
        foreach (var second in maps.Skip(1).OfType<PackMap>())
            second.Note("pack", DutyPackFaultKind.Duplicate, $"{heads[0].Faults.File} says which pack it is, too; one file does.");
        if (maps[0] is not { } head) return null;
        var (id, title, currency) = (head.Text("pack"), head.Wording("title"), ReadCurrency(head));
        // The offset is fixed: a law's day begins at midnight where the law holds, and no time-zone data enters.
        offset = head.Offset("utcOffset") ?? default;
        foreach (var map in maps.OfType<PackMap>()) sources.ReadInstruments(map);
        foreach (var item in maps.OfType<PackMap>().SelectMany(m => m.Maps("sanctions", "id", "source", "text", "fine", "graveFine", "officersFine"))) ReadSanction(item);
        foreach (var map in maps.OfType<PackMap>().Where(m => alone || m.Has("duties"))) ReadDuties(map);
        foreach (var (root, faults) in files.Except(heads))
            if (PackMap.From(root, "", faults, "duties") is { } map)
                ReadDuties(map);
        if (duties.Count == 0 && !alone && !files.Exists(f => f.Faults.Found.Count > 0)) whole.Add(0, 0, "duties", DutyPackFaultKind.Missing, "No file of the folder lists a duty.");
        CheckVersions();
        var liability = LiabilityReader.Read(head, sources.Read, ReadTerm, [.. duties.Select(d => d.Duty)]);
        if (duties.Count == 0 || id is null || title is null || currency is null) return null;
        return new DutyPack(
            id, title, currency.Value, offset,
            sources.All,
            [.. sanctions.Values.OrderBy(s => s.Id, StringComparer.Ordinal)],
            [.. duties.Select(d => d.Duty).OrderBy(d => d.Id, StringComparer.Ordinal).ThenBy(d => d.Term.From)],
            liability);
    }

    private void ReadDuties(PackMap file)
    {
        foreach (var item in file.Maps(
            "duties", "id", "title", "text", "source", "effective", "owes", "link", "control", "threshold", "unmeasured", "follows"))
            ReadDuty(item);
    }

    private static Currency? ReadCurrency(PackMap map)
    {
        if (map.Text("currency") is not { } text) return null;
        if (Currency.TryParse(text, out var currency)) return currency;
        map.Note("currency", DutyPackFaultKind.UnknownWord, $"'{text}' is not an ISO 4217 code.");
        return null;
    }

    private void ReadSanction(PackMap map)
    {
        var (id, source, text) = (map.Text("id"), sources.Read(map), map.Wording("text"));
        var (fine, grave, officers) = (ReadRange(map, "fine"), ReadRange(map, "graveFine"), ReadRange(map, "officersFine"));
        if (id is null) return;
        var sanction = new Sanction(
            id, source ?? new DutySource(null, null, SourceTier.Ours, null, null), text ?? new Wording("", ""), fine, grave, officers);
        if (!sanctions.TryAdd(id, sanction)) map.Note("id", DutyPackFaultKind.Duplicate, $"The sanction '{id}' is listed twice.");
    }

    private static FineRange? ReadRange(PackMap map, string key)
    {
        if (!map.Has(key)) return null;
        var range = map.Map(key, "from", "to");
        if (range?.Whole("from", 0, 1_000_000_000_000) is not { } from || range.Whole("to", 0, 1_000_000_000_000) is not { } to) return null;
        if (from <= to) return new FineRange(from, to);
        range.Note("to", DutyPackFaultKind.OutOfRange, "The range ends below its beginning.");
        return null;
    }

    private void ReadDuty(PackMap map)
    {
        var (id, title, text, source) = (map.Text("id"), map.Wording("title"), map.Wording("text"), sources.Read(map));
        var (term, owes, link, control) = (ReadTerm(map), ReadOwers(map), map.Word<LinkKind>("link"), map.Word<DutyControl>("control"));
        var follows = ReadFollows(map);
        DutyThreshold? threshold = null;
        Wording? unmeasured = null;
        if (control is { } known)
        {
            var entry = ControlCatalogue.Of(known);
            if (link is { } place && place != entry.Link)
                map.Note("link", DutyPackFaultKind.Contradiction, $"The control {Words.Of(known)} looks at {Words.Of(entry.Link)}, not at {Words.Of(place)}.");
            threshold = ReadThreshold(map, entry);
            unmeasured = ReadUnmeasured(map, entry);
        }
        if (id is null || title is null || text is null || source is null || term is null || owes is null || link is null || control is null) return;
        duties.Add((new Duty(id, title, text, source, term, owes, link.Value, control.Value, threshold, unmeasured, follows), map));
    }

    private DutyTerm? ReadTerm(PackMap owner)
    {
        var map = owner.Map("effective", "from", "to");
        if (map?.Date("from") is not { } from) return null;
        if (!map.Has("to")) return new DutyTerm(DutyPack.AtMidnight(from, offset), null);
        if (map.Date("to") is not { } to) return null;
        if (to > from) return new DutyTerm(DutyPack.AtMidnight(from, offset), DutyPack.AtMidnight(to, offset));
        map.Note("to", DutyPackFaultKind.BadDate, "The term ends before it begins; 'to' is the first day no longer in force.");
        return null;
    }

    private static DutyOwers? ReadOwers(PackMap owner)
    {
        var map = owner.Map("owes", "sectors", "agents");
        var sectors = map?.WordList<Sector>("sectors") ?? [];
        return map?.Truth("agents") is { } agents ? new DutyOwers([.. sectors.Order()], agents) : null;
    }

    private DutyThreshold? ReadThreshold(PackMap owner, ControlEntry entry)
    {
        if (entry.Thresholds.IsEmpty)
        {
            if (owner.Has("threshold"))
                owner.Note("threshold", DutyPackFaultKind.Contradiction, $"The control {Words.Of(entry.Control)} has no threshold.");
            return null;
        }
        var map = owner.Map("threshold", [.. entry.Thresholds.Select(t => t.Name), "source"]);
        if (map is null) return null;
        var values = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var name in entry.Thresholds)
            if (map.Whole(name.Name, name.Least, name.Most) is { } value)
                values[name.Name] = value;
        return sources.Read(map) is { } source && values.Count == entry.Thresholds.Length ? new DutyThreshold(values.ToImmutable(), source) : null;
    }

    private static Wording? ReadUnmeasured(PackMap owner, ControlEntry entry)
    {
        if (!entry.Measured && !entry.OverTime) return owner.Wording("unmeasured");
        if (owner.Has("unmeasured"))
            owner.Note("unmeasured", DutyPackFaultKind.Contradiction, $"The control {Words.Of(entry.Control)} is measured; the statement is stale.");
        return null;
    }

    private ImmutableArray<Consequence> ReadFollows(PackMap owner)
    {
        // Absent means that no source read here says what follows.
        if (!owner.Has("follows")) return [];
        var found = ImmutableArray.CreateBuilder<Consequence>();
        foreach (var map in owner.Maps("follows", "sanction", "item", "note"))
        {
            if (map.Text("sanction") is not { } name) continue;
            if (sanctions.TryGetValue(name, out var sanction)) found.Add(new Consequence(sanction, map.TextOrNull("item"), map.WordingOrNull("note")));
            else map.Note("sanction", DutyPackFaultKind.UnknownReference, $"The pack lists no sanction '{name}'.");
        }
        return found.ToImmutable();
    }

    /// <summary>Versions of one duty follow one another: at each instant between the first and the last exactly one holds.</summary>
    private void CheckVersions()
    {
        foreach (var versions in duties.GroupBy(d => d.Duty.Id, StringComparer.Ordinal))
        {
            // The reading order is that of the files' names and lines, and the sort keeps it where two begin at once.
            var ordered = versions.OrderBy(d => d.Duty.Term.From).ToList();
            foreach (var (earlier, later) in ordered.Zip(ordered.Skip(1)))
            {
                if (earlier.Duty.Term.To is not { } end || later.Duty.Term.From < end)
                    later.At.Note("id", DutyPackFaultKind.Duplicate, $"'{versions.Key}' of {earlier.At.PlaceOf("id")} is in force at the same time.");
                else if (later.Duty.Term.From > end)
                    later.At.Note("id", DutyPackFaultKind.Gap, $"No version of '{versions.Key}' is in force between that of {earlier.At.PlaceOf("id")} and this one.");
            }
        }
    }
}
