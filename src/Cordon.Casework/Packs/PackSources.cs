using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Packs;

/// <summary>The instruments that a pack lists, and the sources that refer to them.</summary>
/// <param name="known">Instruments that another file of the pack lists.</param>
internal sealed class PackSources(params IEnumerable<Instrument> known)
{
    private readonly Dictionary<string, Instrument> instruments = known.ToDictionary(i => i.Id, StringComparer.Ordinal);

    /// <summary>The instruments, by id.</summary>
    public ImmutableArray<Instrument> All => [.. instruments.Values.OrderBy(i => i.Id, StringComparer.Ordinal)];

    /// <summary>Reads the list of instruments of a file.</summary>
    public void ReadInstruments(PackMap file)
    {
        foreach (var map in file.Maps("instruments", "id", "title", "where"))
        {
            var (id, title, where) = (map.Text("id"), map.Wording("title"), map.Text("where"));
            if (id is null) continue;
            // A faulty instrument still counts as listed, or each entry that cites it would be called faulty too.
            if (!instruments.TryAdd(id, new Instrument(id, title ?? new Wording("", ""), where ?? "")))
                map.Note("id", DutyPackFaultKind.Duplicate, $"The instrument '{id}' is listed twice.");
        }
    }

    /// <summary>Reads the <c>source</c> of an entry. What is our own has a note that says why, and no instrument.</summary>
    public DutySource? Read(PackMap owner)
    {
        var map = owner.Map("source", "instrument", "article", "tier", "mark", "note");
        if (map?.Word<SourceTier>("tier") is not { } tier) return null;
        if (tier == SourceTier.Ours)
        {
            foreach (var key in new[] { "instrument", "article", "mark" })
                if (map.Has(key))
                    map.Note(key, DutyPackFaultKind.Contradiction, $"What is our own has no '{key}'.");
            if (!map.Has("note")) map.Note("note", DutyPackFaultKind.Missing, "What is our own says why ('note').");
            return map.WordingOrNull("note") is { } why ? new DutySource(null, null, tier, null, why) : null;
        }
        var (name, mark) = (map.Text("instrument"), map.Word<SourceMark>("mark"));
        if (name is null || mark is null) return null;
        if (instruments.TryGetValue(name, out var instrument))
            return new DutySource(instrument, map.TextOrNull("article"), tier, mark, map.WordingOrNull("note"));
        map.Note("instrument", DutyPackFaultKind.UnknownReference, $"The pack lists no instrument '{name}'.", NearestName.Of(name, instruments.Keys));
        return null;
    }
}
