using System.Collections.Immutable;
using System.Text;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Questions;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Reports;
using Cordon.Casework.Series;
using Cordon.Casework.Storage;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Cases;

/// <summary>
/// Follows the money of a case: traces it, matches payments that were missing, says where it is now, drafts what to
/// stop next, builds the chain and judges it. Following twice without new facts changes nothing.
/// </summary>
/// <param name="store">The database.</param>
/// <param name="engine">The engine.</param>
/// <param name="duties">The duties in force.</param>
/// <param name="ladder">The ladder in force: with one, a finding opens a rectification.</param>
public sealed class CaseFollower(CaseworkStore store, JournaledEngine engine, DutyPack duties, LadderInForce ladder)
{
    /// <summary>At most so many drafts at once; the next following drafts the rest. Ours.</summary>
    private const int MostDrafts = 100;

    /// <summary>Why a draft is dropped whose money is elsewhere or held already.</summary>
    public const string MoneyGone = "The money is not there any more, or another order holds it.";

    /// <summary>Why a draft is dropped whose case has no payment any more that counts.</summary>
    public const string NothingFounded = "No payment of the case counts any more.";

    /// <summary>The flow of a case's money as the engine answers now; null where no payment of it was found.</summary>
    /// <param name="traced">The case.</param>
    /// <param name="method">How mixed money is told apart; orders rest on FIFO alone.</param>
    public Trace? TraceOf(Case traced, AttributionMethod method = AttributionMethod.Fifo)
    {
        if (traced.Seeds.IsEmpty) return null;
        var request = RequestOf(traced, method);
        return engine.Read(e => e.Known.Money.Trace(request, out var trace) is null ? trace : null);
    }

    /// <summary>The cases of which something was told since the last time, those first whose money is where it was not before.</summary>
    internal IReadOnlyList<Guid> TakeTouched() =>
        [.. engine.Read(e => e.Known.Pursuit.Advance()).OrderByDescending(static step => step.More.IsEmpty ? 0 : step.More[0].Units).Select(static step => step.Case)];

    internal async Task<Outcome<Case>> FollowAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        var sectors = await store.ReadAsync(db => db.Set<Member>().ToDictionaryAsync(m => m.Code, m => m.Sector, cancel));
        return await store.ChangeAsync<Case>(actor, async change =>
        {
            var followed = await change.Db.Set<Case>().SingleOrDefaultAsync(c => c.Id == id, cancel);
            if (followed is null) return CaseRefusal.NotFound;
            var reports = await change.Db.Set<Report>().Where(r => r.CaseId == id).ToListAsync(cancel);
            await LossCounting.MatchMissingAsync(change, engine, followed, reports, cancel);
            var traced = Pursue(followed);
            // Of a closed case nothing is drafted or judged any more.
            if (followed.State == CaseState.Closed || (traced is null && followed.FollowedAt is null)) return followed;
            var orders = await change.Db.Set<Order>().Where(o => o.CaseId == id).ToListAsync(cancel);
            var questions = await change.Db.Set<Question>().Where(q => q.CaseId == id).ToListAsync(cancel);
            var leads = await change.Db.Set<Lead>().Where(l => l.CaseId == id).ToListAsync(cancel);
            if (traced is not { } trace) return await DropAllAsync(change, followed, orders, questions, cancel);
            StateLosses(change, followed, trace, orders);
            await DraftStopsAsync(change, followed, trace, orders, sectors, cancel);
            await PoolEnquiries.BringUpAsync(change, followed, trace, orders, sectors, StoppableMoney.Least);
            var chain = ChainOf(followed, trace, reports, orders, questions, leads, sectors, change.Now);
            await SeriesMarks.RememberAsync(change, id, engine.Read(e => SeriesMarks.Of(chain, e.Known, reports).ToList()), cancel);
            var result = Attribution.Attribute(chain, duties, change.Now);
            await JudgeAsync(change, followed, chain, result, cancel);
            await CaseQuestions.BringUpAsync(change, chain, result, duties, id, questions);
            return followed;
        }, cancel);
    }

    private static TraceRequest RequestOf(Case traced, AttributionMethod method) => new(
        [.. traced.Seeds.Select(s => (TraceSeed)new TransferSeed(s.Member, s.Transfer))], Instant.Max, TraceBounds.Default, method);

    // While a case is open its trace is kept alive: what is told of its money has it followed again.
    private Trace? Pursue(Case followed)
    {
        if (followed.Seeds.IsEmpty)
        {
            if (followed.FollowedAt is not null) Leave(followed.Id);
            return null;
        }
        var request = RequestOf(followed, AttributionMethod.Fifo);
        return engine.Read(e =>
        {
            Trace? trace;
            if (followed.State == CaseState.Open) e.Known.Pursuit.Follow(followed.Id, request, out trace);
            else
            {
                e.Known.Pursuit.Leave(followed.Id);
                e.Known.Money.Trace(request, out trace);
            }
            return trace;
        });
    }

    // What the case rested on is unfounded: nothing is pursued, and no draft that money led to is left. What officers drafted waits, and cannot be issued meanwhile; what runs, police release.
    private static async Task<Case> DropAllAsync(Change change, Case followed, List<Order> orders, List<Question> questions, CancellationToken cancel)
    {
        CaseQuestions.WithdrawAll(change, questions);
        foreach (var draft in orders.Where(o => o is { Draft: true, Kind: OrderKind.StopPayment or OrderKind.Enquiry }))
            change.Carry(draft, OrderRules.Decide(draft, new WithdrawOrder(NothingFounded), change.Actor, change.Now));
        if (followed.Losses != LossStatement.Empty) change.Record(followed, new MoneyFollowed(change.Now, LossStatement.Empty));
        if (await change.Db.Set<CaseChain>().FindAsync([followed.Id], cancel) is { } chain) change.Db.Remove(chain);
        return followed;
    }

    /// <summary>Whether an account is everybody's, a pool or a merchant, as its member told.</summary>
    internal bool IsHub(AccountNumber account, Currency currency) =>
        engine.Read(e => e.Known.Money.TryGetStanding(account, currency, out var standing) && SeriesRules.IsHub(standing.Kind));

    private void Leave(Guid id) => engine.Read(e =>
    {
        e.Known.Pursuit.Leave(id);
        return true;
    });

    private static void StateLosses(Change change, Case followed, Trace trace, List<Order> orders)
    {
        var held = HeldOrders.Governing(orders).GroupBy(o => o.Account!.Value).ToDictionary(g => g.Key, g => g.Sum(o => o.HeldMinor));
        var losses = LossStatement.From(trace, held);
        if (losses != followed.Losses) change.Record(followed, new MoneyFollowed(change.Now, losses));
    }

    // A draft follows the money until an officer issues it; new ones are made in the order of the plan, so that numbers rise in the order of issue.
    private async Task DraftStopsAsync(
        Change change, Case followed, Trace trace, List<Order> orders, Dictionary<MemberCode, Sector> sectors, CancellationToken cancel)
    {
        var money = StopCover.Uncovered(trace, StoppableMoney.In(trace, m => CasePlanner.KeepsMoney(sectors, m)), orders);
        ReviseDrafts(change, followed, orders, money);
        // Whoever was cleared on an appeal is not stopped again by a trace that knows nothing of it.
        var settled = orders.Where(o => (o.Draft && o.Kind == OrderKind.StopPayment) || o.Appeal is not null).Select(o => o.Subject).ToHashSet();
        money = money.RemoveAll(m => settled.Contains(m.Account));
        if (money.IsEmpty) return;
        var paces = await StopHistory.PacesAsync(change.Db, money.Select(m => m.Account.Member), change.Now, cancel);
        var candidates = await CasePlanner.CandidatesAsync(change.Db, engine, followed, money, paces, change.Now, cancel);
        foreach (var planned in StopPlan.Of(followed.Currency, candidates, StopPlan.UsualEach).Stops.Take(MostDrafts))
            await OrderDesk.ProposeAsync(change, followed.Id, planned.Stop.Account, new Amount(planned.Stop.Minor, followed.Currency));
    }

    private static void ReviseDrafts(Change change, Case followed, List<Order> orders, ImmutableArray<StoppableMoney> money)
    {
        foreach (var draft in orders.Where(o => o is { Kind: OrderKind.StopPayment, State: OrderState.Proposed }))
        {
            var there = money.FirstOrDefault(m => m.Account == draft.Account).Minor;
            if (there == 0) change.Carry(draft, OrderRules.Decide(draft, new WithdrawOrder(MoneyGone), change.Actor, change.Now));
            else if (there != draft.AmountMinor) change.Record(draft, new StopRevised(change.Now, new Amount(there, followed.Currency)));
        }
    }

    private FraudChain ChainOf(
        Case followed, Trace trace, List<Report> reports, List<Order> orders, List<Question> questions, List<Lead> leads, Dictionary<MemberCode, Sector> sectors, Instant now)
    {
        var reached = reports.Where(r => r.MayAct && r.Phone is not null && !r.Losses.IsEmpty).Select(r => new ReachedBy(r.Phone!.Value, r.Suspects.Phones, r.Losses.Max(l => l.At)));
        var facts = orders.Where(o => o.IssuedAt is not null).Select(o => Fact(o, now));
        // One that is open and in time says nothing yet: with it the chain would change for no new fact.
        var told = questions.Where(q => q.AnsweredAt is not null || q.OverdueAt is not null)
            .Select(q => new QuestionFact(q.Id.ToString(), q.Number, q.Member, q.About, q.Link, q.AskedAt, q.AnswerBy, q.AnsweredAt, q.Value, q.Records));
        var fedBack = leads.SelectMany(Facts).Where(l => l.FedBackAt is not null || (l.EndedAt is null && now > l.Due));
        var mixed = TraceOf(followed, AttributionMethod.Poison);
        return engine.Read(e => KnownChain.Of(e.Known, followed.Number, trace, reached, facts, member => sectors.TryGetValue(member, out var sector) ? sector : null, told, mixed, fedBack));
    }

    internal static IEnumerable<LeadFact> Facts(Lead lead) =>
        lead.Owed().Select(o => new LeadFact(lead.Id.ToString(), lead.Number, o.Round, o.Authority, o.From, o.Due, o.At, o.EndedAt));

    internal static OrderFact Fact(Order order, Instant now) => new(order.Id.ToString(), order.Kind, order.Member, order.IssuedAt!.Value)
    {
        Number = order.Number,
        Issuer = order.Authority,
        Account = order.Account,
        Line = order.Line,
        Emergency = order.Emergency is not null,
        ApprovedAt = order.ApprovedAt,
        Ordinal = order.Kind == OrderKind.StopPayment ? order.StopOrdinal : null,
        Ordered = order.Account is null ? null : order.Amount,
        AcknowledgeDue = order.AcknowledgeBy,
        AcknowledgedAt = order.AcknowledgedAt,
        AnswerDue = order.AnswerBy,
        AnsweredAt = OrderFact.AnsweredAtOf(order.Kind, order.State, order.ExecutedAt, order.AnsweredAt, order.PaidAt, order.EndedAt),
        Held = order.ExecutedAt is null || order.Kind is not (OrderKind.StopPayment or OrderKind.Freeze) ? null : order.Held,
        ExpiresAt = order.ExpiresAt,
        // The law ends a stop, not our note of it: a clock that was looked at late is nobody's breach.
        EndedAt = order.EndedAt ?? (order.ExpiresAt <= now ? order.ExpiresAt : null),
    };

    private async Task JudgeAsync(Change change, Case followed, FraudChain chain, AttributionResult result, CancellationToken cancel)
    {
        var stored = await change.Db.Set<CaseChain>().FindAsync([followed.Id], cancel);
        var json = Encoding.UTF8.GetString(chain.ToJson());
        if (stored is null) change.Db.Add(new CaseChain { CaseId = followed.Id, Json = json, BuiltAt = change.Now });
        else if (stored.Json != json) (stored.Json, stored.BuiltAt) = (json, change.Now);

        // Judged again even where the chain is the same: a clock may have run out since.
        var known = (await change.Db.Set<Finding>().Where(f => f.CaseId == followed.Id).ToListAsync(cancel)).Select(f => (f.Duty, f.Member, f.Link)).ToHashSet();
        foreach (var proposed in result.Findings)
            if (known.Add((proposed.Duty, proposed.Member, proposed.Link)))
            {
                // The moment of the link, whose law applied; the version that judged is the one in force then.
                var at = chain.Links.First(l => l.Id == proposed.Link).At;
                await FindingDesk.MakeAsync(change, followed.Id, proposed, duties.Find(proposed.Duty, at)!, at, ladder, cancel);
            }
    }
}
