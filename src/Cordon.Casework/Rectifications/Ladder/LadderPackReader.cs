using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>Reads a ladder file and checks it whole: <see cref="LadderPack.Load"/> is the door.</summary>
internal sealed class LadderPackReader
{
    private const int MostDays = 3_650;
    private const int MostMonths = 120;

    private static readonly LadderTrigger[] OfVeto = [LadderTrigger.ListedTargetMissed, LadderTrigger.GraveEvent];

    private readonly PackSources sources = new();
    private readonly List<(LadderRung Rung, PackMap At)> rungs = [];

    public static LadderPack? Read(string yaml, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root
            || PackMap.From(root, "", faults, "ladder", "title", "utcOffset", "instruments", "numbers", "order", "rungs") is not { } map) return null;
        var pack = new LadderPackReader().ReadPack(map);
        return faults.Found.Count == 0 ? pack : null;
    }

    private LadderPack? ReadPack(PackMap map)
    {
        var (id, title, offset) = (map.Text("ladder"), map.Wording("title"), map.Offset("utcOffset"));
        if (map.Has("instruments")) sources.ReadInstruments(map);
        var numbers = ReadNumbers(map);
        foreach (var item in map.Maps("rungs", "rung", "title", "source", "issue", "stands", "limit", "triggers", "effects")) ReadRung(item);
        var order = map.Map("order", "rungs", "source");
        var rising = order?.WordList<Rung>("rungs") ?? [];
        var source = order is null ? null : sources.Read(order);
        if (order is not null) CheckOrder(order, rising);
        CheckTriggers();
        if (id is null || title is null || offset is null || source is null || numbers.Count != LadderPack.NumberNames.Count) return null;
        return new LadderPack(id, title, offset.Value, numbers, [.. rising], source, [.. rungs.Select(r => r.Rung).OrderBy(r => r.Rung)]);
    }

    private ImmutableSortedDictionary<string, LadderNumber> ReadNumbers(PackMap owner)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, LadderNumber>(StringComparer.Ordinal);
        if (owner.Map("numbers", [.. LadderPack.NumberNames.Keys]) is not { } map) return found.ToImmutable();
        foreach (var (name, (least, most)) in LadderPack.NumberNames)
            if (map.Map(name, "value", "source") is { } number && number.Whole("value", least, most) is { } value && sources.Read(number) is { } source)
                found[name] = new LadderNumber((int)value, source);
        return found.ToImmutable();
    }

    private void ReadRung(PackMap map)
    {
        var (rung, title, source, issue) = (map.Word<Rung>("rung"), map.Wording("title"), sources.Read(map), map.Word<RungIssue>("issue"));
        var (stands, triggers, effects) = (ReadTerm(map, "stands"), map.WordList<LadderTrigger>("triggers"), ReadEffects(map));
        var limit = map.Has("limit") ? ReadTerm(map, "limit") : null;
        if (rung is { } named)
        {
            if (named == Rung.Listing && !map.Has("limit")) map.Note("limit", DutyPackFaultKind.Missing, "A listing has a limit.");
            if (named != Rung.Listing && map.Has("limit")) map.Note("limit", DutyPackFaultKind.Contradiction, "Only a listing has a limit.");
            if (named == Rung.Veto && issue is not (null or RungIssue.ByTwo)) map.Note("issue", DutyPackFaultKind.Contradiction, "A veto is decided by two persons.");
            if (issue == RungIssue.ByItself && effects.Length > 0) map.Note("effects", DutyPackFaultKind.Contradiction, "What bars somebody is decided by a person.");
            foreach (var trigger in triggers.Where(t => named == Rung.Veto ^ OfVeto.Contains(t)))
                map.Note("triggers", DutyPackFaultKind.Contradiction, $"'{Words.Of(trigger)}' does not lead to '{Words.Of(named)}': {string.Join(" and ", OfVeto.Select(Words.Of))} lead to the veto, and nothing else does.");
            foreach (var trigger in triggers.Where(t => named != Rung.Veto && !OfVeto.Contains(t) && named == Rung.Admonition ^ t == LadderTrigger.TopOfInvolvedListTwoMonths))
                map.Note("triggers", DutyPackFaultKind.Contradiction, $"'{Words.Of(trigger)}' does not lead to '{Words.Of(named)}'.");
            if (rungs.Exists(r => r.Rung.Rung == named)) map.Note("rung", DutyPackFaultKind.Duplicate, $"The rung '{Words.Of(named)}' is listed twice.");
        }
        if (rung is null || title is null || source is null || issue is null || stands is null) return;
        rungs.Add((new LadderRung(rung.Value, title, source, issue.Value, stands, limit, [.. triggers], effects), map));
    }

    private ImmutableArray<RungEffect> ReadEffects(PackMap owner)
    {
        if (!owner.Has("effects")) return [];
        var found = ImmutableArray.CreateBuilder<RungEffect>();
        foreach (var map in owner.Maps("effects", "bars", "of", "for", "from", "on", "source"))
        {
            var (bars, holder, term, from) = (map.WordList<Bar>("bars"), map.Word<BarHolder>("of"), ReadTerm(map, "for"), map.Word<CountedFrom>("from"));
            var on = map.Has("on") ? map.Word<LadderTrigger>("on") : null;
            var source = sources.Read(map);
            if (from == CountedFrom.Deadline && on != LadderTrigger.ListedTargetMissed)
                map.Note("from", DutyPackFaultKind.Contradiction, "Only a target that was missed has a deadline to count from (on: listedTargetMissed).");
            if (from == CountedFrom.Event && on != LadderTrigger.GraveEvent)
                map.Note("from", DutyPackFaultKind.Contradiction, "Only a grave event can be counted from (on: graveEvent).");
            if (bars.Count > 0 && holder is { } whom && term is not null && from is { } counted && source is not null)
                found.Add(new RungEffect([.. bars.Order()], whom, term, counted, on, source));
        }
        return found.ToImmutable();
    }

    private static Term? ReadTerm(PackMap owner, string key)
    {
        if (owner.Map(key, "months", "days") is not { } map) return null;
        if (map.Has("months") == map.Has("days"))
        {
            owner.Note(key, DutyPackFaultKind.Contradiction, "A term has either months or days.");
            return null;
        }
        if (map.Has("months")) return map.Whole("months", 1, MostMonths) is { } months ? new Term((int)months, 0) : null;
        return map.Whole("days", 1, MostDays) is { } days ? new Term(0, (int)days) : null;
    }

    private void CheckOrder(PackMap order, List<Rung> rising)
    {
        if (rising.Contains(Rung.Admonition)) order.Note("rungs", DutyPackFaultKind.Contradiction, "The admonition stands beside the ladder.");
        if (rising.Count > 0 && rising[^1] != Rung.Veto) order.Note("rungs", DutyPackFaultKind.Contradiction, "The last rung is the veto.");
        foreach (var missing in rising.Where(r => !rungs.Exists(known => known.Rung.Rung == r)))
            order.Note("rungs", DutyPackFaultKind.UnknownReference, $"The pack describes no rung '{Words.Of(missing)}'.");
        foreach (var (rung, at) in rungs.Where(r => r.Rung.Rung != Rung.Admonition && rising.Count > 0 && !rising.Contains(r.Rung.Rung)))
            at.Note("rung", DutyPackFaultKind.Missing, $"The rung '{Words.Of(rung.Rung)}' stands nowhere in the order.");
    }

    private void CheckTriggers()
    {
        var veto = rungs.FirstOrDefault(r => r.Rung.Rung == Rung.Veto);
        if (veto.At is null) return;
        if (veto.Rung.Triggers.Contains(LadderTrigger.ListedTargetMissed) && !rungs.Exists(r => r.Rung.Rung == Rung.Listing))
            veto.At.Note("triggers", DutyPackFaultKind.UnknownReference, "A target can be missed only where the pack has a listing.");
        foreach (var effect in veto.Rung.Effects.Where(e => e.On is { } on && !veto.Rung.Triggers.Contains(on)))
            veto.At.Note("effects", DutyPackFaultKind.Contradiction, $"An effect waits for '{Words.Of(effect.On!.Value)}', which does not lead to the veto.");
    }
}
