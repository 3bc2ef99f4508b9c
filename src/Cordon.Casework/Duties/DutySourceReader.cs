using Cordon.Casework.Packs;

namespace Cordon.Casework.Duties;

/// <summary>Reads where a duty, a threshold or an allowance comes from.</summary>
internal static class DutySourceReader
{
    /// <summary>The source under <c>source</c> of an entry; null, with a fault, where there is none.</summary>
    /// <param name="owner">The entry.</param>
    /// <param name="instruments">What the pack cites, by id.</param>
    public static DutySource? Read(PackMap owner, IReadOnlyDictionary<string, Instrument> instruments)
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
        map.Note("instrument", DutyPackFaultKind.UnknownReference, $"The pack lists no instrument '{name}'.");
        return null;
    }
}
