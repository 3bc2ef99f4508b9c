using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Lists;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Registers;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Indicators;

/// <summary>The façade of the module: bad identifiers that members share, from the first word to the last receipt of a recall.</summary>
/// <param name="store">The database.</param>
/// <param name="engine">The engine, which knows the numbers that may never be blocked.</param>
/// <param name="lists">The live lists of screening.</param>
public sealed class IndicatorDesk(CaseworkStore store, JournaledEngine engine, ListDesk lists)
{
    private const string FeedCounter = "indicator-feed";

    /// <summary>Raised after indicators changed.</summary>
    public event Action? Changed;

    /// <summary>Proposes an identifier; a second person of the centre confirms it.</summary>
    /// <param name="actor">A member, a rule author, or a person of the centre.</param>
    /// <param name="asked">What is proposed.</param>
    /// <param name="caseId">The case that it is known from; the centre alone names one.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Indicator>> ProposeAsync(Actor actor, ProposedIndicator asked, Guid? caseId = null, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<Indicator>(actor, async change =>
        {
            var known = await change.Db.Set<Indicator>().SingleOrDefaultAsync(i => i.Kind == asked.Kind && i.Value == asked.Value, cancel);
            if (IndicatorRules.Fault(known, asked, actor, IsNeverBlocked(asked.Kind, asked.Value), change.Now) is { } fault) return fault;
            // A member does not widen who may be told of what ended: it cannot know why that was narrow.
            if (known is not null && !actor.SeesAll && known.Tlp > asked.Tlp) asked = asked with { Tlp = known.Tlp };
            var origin = !actor.SeesAll ? IndicatorOrigin.Member : caseId is null ? IndicatorOrigin.Centre : IndicatorOrigin.Case;
            return await ProposeAsync(change, known, asked, origin, origin == IndicatorOrigin.Member ? actor.Member : null, origin == IndicatorOrigin.Case ? caseId : null, null);
        }, cancel));

    /// <summary>Proposes what the proven chain of a case names: lines that called the victim, accounts that surely took stolen money, domains that a report tells of.</summary>
    /// <param name="actor">A person of the centre.</param>
    /// <param name="id">The case.</param>
    /// <param name="cancel">Stops before the commit.</param>
    /// <returns>What was proposed; what has an indicator already, or may never be blocked, is left out.</returns>
    public async Task<Outcome<ImmutableArray<Indicator>>> ProposeFromCaseAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        var outcome = await store.ChangeAsync<ImmutableArray<Indicator>>(actor, async change =>
        {
            if (!actor.SeesAll || await change.Db.Set<Case>().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } of) return CaseRefusal.NotFound;
            if (CaseRules.MayAct(of) is { } unfounded) return unfounded;
            var proposed = ImmutableArray.CreateBuilder<Indicator>();
            foreach (var asked in await CaseIndicators.NamedAsync(change.Db, of, cancel))
            {
                var known = await change.Db.Set<Indicator>().SingleOrDefaultAsync(i => i.Kind == asked.Kind && i.Value == asked.Value, cancel);
                if (IndicatorRules.Fault(known, asked, actor, IsNeverBlocked(asked.Kind, asked.Value), change.Now) is not null) continue;
                proposed.Add(await ProposeAsync(change, known, asked, IndicatorOrigin.Case, null, id, null));
            }
            return proposed.ToImmutable();
        }, cancel);
        if (outcome.Succeeded) Changed?.Invoke();
        return outcome;
    }

    /// <summary>Carries out any other command.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="id">The indicator.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Indicator>> ActAsync(Actor actor, Guid id, IndicatorCommand command, CancellationToken cancel = default)
    {
        var outcome = Told(await store.ChangeAsync<Indicator>(actor, async change =>
        {
            if (await (await VisibleAsync(change.Db, actor)).SingleOrDefaultAsync(i => i.Id == id, cancel) is not { } indicator) return IndicatorRefusal.NotFound;
            if (command is ConfirmIndicator && IsNeverBlocked(indicator.Kind, indicator.Value)) return IndicatorRefusal.NeverBlocked;
            return await ActAsync(change, indicator, command) is { } refusal ? refusal : indicator;
        }, cancel));
        if (outcome.Succeeded) lists.Tell();
        return outcome;
    }

    /// <summary>Ends what ran out, and recalls what a supervisor since said may never be blocked.</summary>
    /// <returns>How many ended.</returns>
    public async Task<int> CheckAsync(CancellationToken cancel = default)
    {
        var now = store.Now;
        var due = await store.ReadAsync(db => db.Set<Indicator>().Where(i => i.EndedAt == null && i.Until <= now).Select(i => i.Id).ToListAsync(cancel));
        var shielded = await store.ReadAsync(db => db.Set<Indicator>().Where(i => i.EndedAt == null && i.Kind == IndicatorKind.Number && i.ConfirmedAt != null)
            .Join(db.Set<ListEntry>().Where(e => e.List == ListName.NeverBlockNumbers && e.Present && (e.Until == null || e.Until > now)), i => i.Value, e => e.Entry, (i, _) => i.Id)
            .ToListAsync(cancel));
        foreach (var id in due) await ActAsync(Actor.System("indicators"), id, new CheckIndicator(), cancel);
        foreach (var id in shielded.Except(due)) await ActAsync(Actor.System("indicators"), id, new RecallIndicator("A supervisor said that the number may never be blocked."), cancel);
        return due.Union(shielded).Count();
    }

    /// <summary>Indicators that an actor may see: who works with rules and lists all, a member what is shared with it and what it gave; the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Which.</param>
    public Task<List<Indicator>> ListAsync(Actor actor, IndicatorFilter filter) => store.ReadAsync(async db =>
    {
        var indicators = await VisibleAsync(db, actor);
        if (filter.Kind is { } kind) indicators = indicators.Where(i => i.Kind == kind);
        if (filter.State is { } state) indicators = indicators.Where(i => i.State == state);
        if (filter.Case is { } of) indicators = indicators.Where(i => i.CaseId == of);
        if (filter.Text is { Length: > 0 } text) indicators = indicators.Where(i => i.Value.StartsWith(text));
        if (filter.Before is { } before) indicators = indicators.Where(i => i.Number.CompareTo(before) < 0);
        return await indicators.OrderByDescending(i => i.Number).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One indicator with sightings and receipts, where the actor may see it.</summary>
    public Task<IndicatorFile?> FindAsync(Actor actor, Guid id) => store.ReadAsync(async db =>
    {
        if (await (await VisibleAsync(db, actor)).SingleOrDefaultAsync(i => i.Id == id) is not { } indicator) return null;
        var since = indicator.ConfirmedAt ?? Instant.Max;
        var seen = db.Set<AlertMark>().Where(m => m.Text == indicator.Value).Join(db.Set<Registers.Alert>(), m => m.Sequence, a => a.Sequence, (_, a) => a.At).Where(at => at >= since);
        var receipts = await db.Set<RecallReceipt>().Where(r => r.Indicator == id).OrderBy(r => r.RecalledAt).ThenBy(r => r.Member).ToListAsync();
        var mine = actor.Member;
        return new IndicatorFile(
            indicator, await seen.CountAsync(), await seen.OrderByDescending(at => at).Select(at => (Instant?)at).FirstOrDefaultAsync(),
            [.. receipts.Where(r => SeesAll(actor) || r.Member == mine)]);
    });

    /// <summary>What members are told, as it changed after a place of the feed.</summary>
    /// <param name="actor">A member's system or clerk.</param>
    /// <param name="after">The place up to which the member has it; 0 for all.</param>
    /// <param name="limit">How many changes to look at, 1 to 500.</param>
    public async Task<Outcome<IndicatorStretch>> FeedAsync(Actor actor, long after, int limit)
    {
        if (actor.Member is null) return IndicatorRefusal.NotMember;
        return await store.ReadAsync(async db =>
        {
            var sector = await SectorAsync(db, actor);
            var rows = await db.Set<Indicator>().Where(i => i.Feed > after).OrderBy(i => i.Feed).Take(limit + 1).ToListAsync();
            var read = rows.Take(limit).ToList();
            return new IndicatorStretch([.. read.Where(i => IndicatorRules.IsFor(i.Tlp, i.Kind, sector))], read.Count == 0 ? after : read[^1].Feed, rows.Count > limit);
        });
    }

    /// <summary>A member's word that it took the feed over up to a place: recalled indicators up to there are dropped by it.</summary>
    /// <param name="actor">A member's system or clerk.</param>
    /// <param name="upTo">The place, as the feed gave it.</param>
    /// <param name="cancel">Stops before the commit.</param>
    /// <returns>Recalls that this member still owes a receipt for.</returns>
    public async Task<Outcome<ImmutableArray<RecallReceipt>>> ReceiveAsync(Actor actor, long upTo, CancellationToken cancel = default)
    {
        var outcome = await store.ChangeAsync<ImmutableArray<RecallReceipt>>(actor, async change =>
        {
            if (actor.Member is not { } member) return IndicatorRefusal.NotMember;
            if (upTo < 0 || upTo > await LastAsync(change.Db)) return IndicatorRefusal.BadPlace;
            var reader = await change.Db.Set<IndicatorReader>().FindAsync([member], cancel);
            if (reader is null) change.Db.Add(reader = new IndicatorReader { Member = member, UpTo = 0, At = change.Now });
            (reader.UpTo, reader.At) = (Math.Max(reader.UpTo, upTo), change.Now);
            var open = await change.Db.Set<RecallReceipt>().Where(r => r.Member == member && r.ReceivedAt == null).OrderBy(r => r.Feed).ToListAsync(cancel);
            foreach (var receipt in open.Where(r => r.Feed <= upTo))
            {
                receipt.ReceivedAt = change.Now;
                var indicator = await change.Db.Set<Indicator>().SingleAsync(i => i.Id == receipt.Indicator, cancel);
                change.Record(indicator, new IndicatorRecallReceived(change.Now, member, receipt.Feed, actor.Id));
            }
            return open.Where(r => r.ReceivedAt is null).ToImmutableArray();
        }, cancel);
        if (outcome.Succeeded) Changed?.Invoke();
        return outcome;
    }

    /// <summary>How far each member has read, and the place of the last change.</summary>
    public Task<(List<IndicatorReader> Readers, long Last)> ReadersAsync() => store.ReadAsync(async db =>
        (await db.Set<IndicatorReader>().OrderBy(r => r.Member).ToListAsync(), await LastAsync(db)));

    /// <summary>Within an order's change: a number or domain that two officers order off becomes an indicator at once, and one that is ordered back ends.</summary>
    internal static async Task FollowAsync(Change change, Order order)
    {
        if (Named(order) is not { } named) return;
        var known = await change.Db.Set<Indicator>().SingleOrDefaultAsync(i => i.Kind == named.Kind && i.Value == named.Value);
        if (order.Running)
        {
            if (known is not null && known.Counts(change.Now) && known.Screens) return;
            var asked = new ProposedIndicator(named.Kind, named.Value, IndicatorRules.OrderConfidence, Tlp.Amber, $"Order {order.Number}.");
            var born = await ProposeAsync(change, known, asked, IndicatorOrigin.Order, null, order.CaseId, order.Id);
            await TakeAsync(change, born, new IndicatorConfirmed(change.Now, change.Actor.Id, await change.NextNumberAsync(FeedCounter)));
        }
        // A member that cannot carry it out says nothing of the number.
        else if (order.State is OrderState.Released or OrderState.Lapsed or OrderState.Expired && known is { Origin: IndicatorOrigin.Order })
        {
            var others = await change.Db.Set<Order>().Where(o => o.Id != order.Id && o.Line == order.Line && o.Domain == order.Domain).ToListAsync();
            if (others.Exists(o => o.Running && Named(o) == named)) return;
            await EndAsync(change, known, order.State == OrderState.Expired ? IndicatorState.Expired : IndicatorState.Recalled, $"Order {order.Number} ended.");
        }
    }

    /// <summary>Within an appeal's change: what was upheld clears the account or number everywhere.</summary>
    internal static async Task ClearAsync(Change change, Order appealed, string reason)
    {
        var (kind, value) = appealed.Account is { } account ? (IndicatorKind.Account, account.ToString()) : Named(appealed) ?? default;
        if (value is null) return;
        if (await change.Db.Set<Indicator>().SingleOrDefaultAsync(i => i.Kind == kind && i.Value == value && i.EndedAt == null) is not { } known) return;
        await EndAsync(change, known, known.ConfirmedAt is null ? IndicatorState.Dismissed : IndicatorState.Recalled, reason);
    }

    private static (IndicatorKind Kind, string Value)? Named(Order order) => order.Kind switch
    {
        OrderKind.SuspendNumber or OrderKind.BlockNumber when order.Line is { } line => (IndicatorKind.Number, line.ToString()),
        OrderKind.TakeDown when order.Domain is { } domain => (IndicatorKind.Domain, domain.ToString()),
        _ => null,
    };

    private static async Task EndAsync(Change change, Indicator indicator, IndicatorState state, string reason)
    {
        if (indicator.EndedAt is not null) return;
        var feed = indicator.ConfirmedAt is null ? 0 : await change.NextNumberAsync(FeedCounter);
        await TakeAsync(change, indicator, new IndicatorEnded(change.Now, state, reason, change.Actor.Id, feed));
    }

    private static async Task<Indicator> ProposeAsync(
        Change change, Indicator? known, ProposedIndicator asked, IndicatorOrigin origin, MemberCode? giver, Guid? caseId, Guid? order)
    {
        var year = change.Now.ToDateTimeOffset().Year;
        var happened = new IndicatorProposed(
            change.Now, known?.Id ?? change.NewId(), known?.Number ?? $"I-{year}-{await change.NextNumberAsync($"indicator-{year}"):D6}", asked.Kind, asked.Value, origin, giver, caseId, order,
            asked.Confidence, asked.Tlp, asked.Until ?? change.Now + IndicatorRules.TermOf(asked.Kind), asked.Reason.Trim(), change.Actor.Id);
        if (known is not null)
        {
            // What ran out unseen must not go on screening while it waits for a second person again.
            await ListDesk.LetGoAsync(change, known.List, known.Value, known.Id, "Proposed anew.");
            change.Record(known, happened);
            return known;
        }
        var indicator = new Indicator();
        change.Begin(indicator, happened);
        return indicator;
    }

    private static async Task<Refusal?> ActAsync(Change change, Indicator indicator, IndicatorCommand command)
    {
        var feed = command is SightIndicator or DismissIndicator ? 0 : await change.NextNumberAsync(FeedCounter);
        var decision = IndicatorRules.Decide(indicator, command, change.Actor, feed, change.Now);
        if (decision.Refusal is { } refusal) return refusal;
        foreach (var happened in decision.Events) await TakeAsync(change, indicator, happened);
        return null;
    }

    // Screening and the members that must drop it learn of every event in the transaction that writes it.
    private static async Task TakeAsync(Change change, Indicator indicator, IndicatorEvent happened)
    {
        var toldFrom = indicator.ToldFrom;
        change.Record(indicator, happened);
        switch (happened)
        {
            case IndicatorConfirmed or IndicatorProlonged when indicator.Screens:
                await ListDesk.KeepAsync(change, indicator.List, indicator.Value, indicator.Id, indicator.Number, indicator.Reason, indicator.Until);
                break;
            case IndicatorDisputed:
                await ListDesk.LetGoAsync(change, indicator.List, indicator.Value, indicator.Id, "Members say that it hits honest people.");
                break;
            case IndicatorEnded e:
                await ListDesk.LetGoAsync(change, indicator.List, indicator.Value, indicator.Id, e.Reason);
                if (e.State == IndicatorState.Recalled && toldFrom > 0) await OweReceiptsAsync(change, indicator, toldFrom);
                break;
        }
    }

    private static async Task OweReceiptsAsync(Change change, Indicator indicator, long toldFrom)
    {
        var readers = await change.Db.Set<IndicatorReader>().Where(r => r.UpTo >= toldFrom).Join(change.Db.Set<Member>(), r => r.Member, m => m.Code, (r, m) => new { r.Member, m.Sector }).ToListAsync();
        foreach (var reader in readers.Where(r => IndicatorRules.IsFor(indicator.Tlp, indicator.Kind, r.Sector)))
            change.Db.Add(new RecallReceipt { Indicator = indicator.Id, Feed = indicator.Feed, Member = reader.Member, RecalledAt = change.Now, ReceivedAt = null });
    }

    private bool IsNeverBlocked(IndicatorKind kind, string value) =>
        kind == IndicatorKind.Number && PhoneNumber.TryParse(value, out var number) && engine.Read(e => e.Known.Lists.Has(ListName.NeverBlockNumbers, number, store.Now));

    private static async Task<Sector> SectorAsync(CaseworkContext db, Actor actor) => actor.Member is { } code
        ? await db.Set<Member>().Where(m => m.Code == code).Select(m => (Sector?)m.Sector).SingleOrDefaultAsync() ?? Sector.Government
        : Sector.JointOffice;

    private static bool SeesAll(Actor actor) => actor.SeesAll || actor.Is(Roles.RuleAuthor) || actor.Is(Roles.Regulator) || actor.Is(Roles.Auditor);

    // The place of the last change that somebody was told of: the counter runs ahead of it, for what was asked and changed nothing took a place too.
    private static async Task<long> LastAsync(CaseworkContext db) => await db.Set<Indicator>().MaxAsync(i => (long?)i.Feed) ?? 0;

    private static async Task<IQueryable<Indicator>> VisibleAsync(CaseworkContext db, Actor actor)
    {
        var all = db.Set<Indicator>();
        if (SeesAll(actor)) return all;
        if (actor.Member is not { } own) return all.Where(i => false);
        var sector = await SectorAsync(db, actor);
        var acts = Enum.GetValues<IndicatorKind>().Where(k => IndicatorRules.ActsOn(sector, k)).ToList();
        return all.Where(i => i.Giver == own || (i.Feed > 0 && i.Tlp != Tlp.Red && (i.Tlp != Tlp.AmberStrict || acts.Contains(i.Kind))));
    }

    private Outcome<Indicator> Told(Outcome<Indicator> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke();
        return outcome;
    }
}
