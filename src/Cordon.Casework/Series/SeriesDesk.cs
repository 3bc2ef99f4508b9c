using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Series;

/// <summary>The link of a case with another, and why.</summary>
/// <param name="Other">The other case.</param>
/// <param name="Strength">How strongly what they share links them, 0 to 1.</param>
/// <param name="Shared">What they share, the strongest first.</param>
/// <param name="Decision">What a person said of it last; null where nobody did.</param>
public sealed record CaseLink(Case Other, double Strength, ImmutableArray<SharedMark> Shared, LinkDecision? Decision)
{
    /// <summary>Whether both are of one series.</summary>
    public bool Links => Decision?.Standing switch
    {
        LinkStanding.Cut => false,
        LinkStanding.Made => true,
        _ => Strength >= SeriesRules.Linked,
    };
}

/// <summary>The cases linked with one.</summary>
/// <param name="Links">The links, those that hold first and of these the strongest; weaker ones and cut ones behind.</param>
/// <param name="Hubs">What the case has in common with so many that it links none.</param>
public sealed record LinkedCases(IReadOnlyList<CaseLink> Links, IReadOnlyList<SharedMark> Hubs);

/// <summary>A link within a series.</summary>
/// <param name="One">The one case.</param>
/// <param name="Other">The other.</param>
/// <param name="Strength">How strongly.</param>
/// <param name="Shared">What they share.</param>
/// <param name="ByHand">Whether a person made it.</param>
public sealed record SeriesLink(Guid One, Guid Other, double Strength, ImmutableArray<SharedMark> Shared, bool ByHand);

/// <summary>Cases that hang together.</summary>
/// <param name="Cases">They, the oldest first.</param>
/// <param name="Links">Their links.</param>
/// <param name="Cut">Whether there are more cases than are shown.</param>
public sealed record SeriesView(IReadOnlyList<Case> Cases, IReadOnlyList<SeriesLink> Links, bool Cut);

/// <summary>
/// The façade of the module: which cases hang together and why. Links are read from what cases share as it stands now, so a new mark links at
/// once and nothing is lost by taking a link apart; only what people decided is stored. Every look-up goes by an index and is bounded.
/// </summary>
/// <param name="store">The database.</param>
public sealed class SeriesDesk(CaseworkStore store)
{
    /// <summary>A series is shown up to so many cases.</summary>
    public const int MostCases = 200;

    private const int MostMarks = 400;
    private const int MostShares = 20_000;

    /// <summary>Raised after a link was cut or made, with each of the two cases.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The cases linked with one, and why; null where the actor may not see cases.</summary>
    public async Task<LinkedCases?> LinkedAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        if (!actor.SeesAll) return null;
        return await store.ReadAsync(async db =>
        {
            var around = await AroundAsync(db, [id], cancel);
            var others = around.Pairs.Keys.Select(p => p.Low == id ? p.High : p.Low).ToList();
            var cases = await db.Set<Case>().Where(c => others.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
            var links = around.Pairs.Select(p => (Other: p.Key.Low == id ? p.Key.High : p.Key.Low, p.Value)).Where(p => cases.ContainsKey(p.Other))
                .Select(p => new CaseLink(cases[p.Other], SeriesRules.Strength(p.Value.Shared), p.Value.Shared, p.Value.Decision));
            return new LinkedCases([.. links.OrderByDescending(l => l.Links).ThenByDescending(l => l.Strength).ThenBy(l => l.Other.Number, StringComparer.Ordinal)], around.Hubs);
        });
    }

    /// <summary>The series of a case: all cases that hang together with it by links that hold; null where the actor may not see cases.</summary>
    public async Task<SeriesView?> SeriesOfAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        if (!actor.SeesAll) return null;
        return await store.ReadAsync(async db =>
        {
            var (seen, frontier, links, cut) = (new HashSet<Guid> { id }, new List<Guid> { id }, new Dictionary<(Guid, Guid), SeriesLink>(), false);
            while (frontier.Count > 0)
            {
                var around = await AroundAsync(db, frontier, cancel);
                var next = new List<Guid>();
                foreach (var ((low, high), pair) in around.Pairs.OrderBy(p => p.Key))
                {
                    var strength = SeriesRules.Strength(pair.Shared);
                    if (pair.Decision?.Standing == LinkStanding.Cut || (strength < SeriesRules.Linked && pair.Decision?.Standing != LinkStanding.Made)) continue;
                    foreach (var end in (Guid[])[low, high])
                    {
                        if (seen.Contains(end)) continue;
                        if (seen.Count == MostCases) cut = true;
                        else if (seen.Add(end)) next.Add(end);
                    }
                    if (seen.Contains(low) && seen.Contains(high)) links[(low, high)] = new SeriesLink(low, high, strength, pair.Shared, pair.Decision?.Standing == LinkStanding.Made);
                }
                frontier = next;
            }
            var cases = await db.Set<Case>().Where(c => seen.Contains(c.Id)).OrderBy(c => c.Number).ToListAsync(cancel);
            return cases.Count == 0 ? null : new SeriesView(cases, [.. links.Values], cut);
        });
    }

    /// <summary>Cuts or makes a link, or leaves it to what the cases share again.</summary>
    /// <param name="actor">A duty officer or police officer.</param>
    /// <param name="one">The one case.</param>
    /// <param name="other">The other.</param>
    /// <param name="wanted">What shall hold.</param>
    /// <param name="reason">Why, 1 to 500 characters.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<LinkDecision>> DecideAsync(Actor actor, Guid one, Guid other, LinkStanding wanted, string reason, CancellationToken cancel = default)
    {
        if (!actor.SeesAll) return CaseRefusal.NotFound;
        var outcome = await store.ChangeAsync<LinkDecision>(actor, async change =>
        {
            var (low, high) = LinkDecision.Pair(one, other);
            if (one != other && await change.Db.Set<Case>().CountAsync(c => c.Id == low || c.Id == high, cancel) < 2) return CaseRefusal.NotFound;
            var known = await change.Db.Set<LinkDecision>().SingleOrDefaultAsync(l => l.Low == low && l.High == high, cancel);
            var decision = known ?? new LinkDecision();
            var decided = LinkRules.Decide(decision, one, other, wanted, reason, actor, change.Now);
            if (decided.Refusal is { } refused) return refused;
            if (known is null && decided.Events.Length > 0) change.Begin(decision, decided.Events[0]);
            else change.Carry(decision, decided);
            return decision;
        }, cancel);
        if (!outcome.Succeeded) return outcome;
        Changed?.Invoke(one);
        Changed?.Invoke(other);
        return outcome;
    }

    // Two look-ups of marks for all cases of a frontier together, and one of decisions.
    private static async Task<Around> AroundAsync(CaseworkContext db, List<Guid> cases, CancellationToken cancel)
    {
        var own = await db.Set<SeriesMark>().Where(m => cases.Contains(m.CaseId)).OrderBy(m => m.Value).Take(MostMarks * cases.Count).ToListAsync(cancel);
        var values = own.Select(m => m.Value).Distinct().ToList();
        var degrees = await db.Set<SeriesDegree>().Where(d => values.Contains(d.Value) && d.Cases > 1).ToDictionaryAsync(d => d.Value, d => d.Cases, cancel);
        var linking = degrees.Where(d => d.Value <= SeriesRules.MostCases(SeriesRules.Read(d.Key).Kind)).Select(d => d.Key).ToList();
        var holders = (await db.Set<SeriesMark>().Where(m => linking.Contains(m.Value)).OrderBy(m => m.Value).ThenBy(m => m.CaseId).Take(MostShares).ToListAsync(cancel)).ToLookup(m => m.Value, m => m.CaseId);
        var shared = new Dictionary<(Guid Low, Guid High), List<string>>();
        foreach (var mark in own.Where(m => holders.Contains(m.Value)))
            foreach (var other in holders[mark.Value])
            {
                if (other == mark.CaseId) continue;
                var pair = LinkDecision.Pair(mark.CaseId, other);
                if (!shared.TryGetValue(pair, out var list)) shared[pair] = list = [];
                if (!list.Contains(mark.Value)) list.Add(mark.Value);
            }
        var decisions = await db.Set<LinkDecision>().Where(l => cases.Contains(l.Low) || cases.Contains(l.High)).ToDictionaryAsync(l => (l.Low, l.High), cancel);
        var pairs = shared.Keys.Union(decisions.Where(d => d.Value.Standing != LinkStanding.ByEvidence || shared.ContainsKey(d.Key)).Select(d => d.Key))
            .ToDictionary(p => p, p => (SeriesRules.Shared(shared.GetValueOrDefault(p) ?? [], degrees), decisions.GetValueOrDefault(p)));
        var hubs = degrees.Where(d => d.Value > SeriesRules.MostCases(SeriesRules.Read(d.Key).Kind)).Select(d => (SeriesRules.Read(d.Key), d.Value))
            .Where(d => d.Item1.Kind != MarkKind.Script).Select(d => new SharedMark(d.Item1.Kind, d.Item1.Text, d.Value, 0)).ToList();
        return new Around(pairs, hubs);
    }

    private sealed record Around(Dictionary<(Guid Low, Guid High), (ImmutableArray<SharedMark> Shared, LinkDecision? Decision)> Pairs, IReadOnlyList<SharedMark> Hubs);
}
