using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Cases;

/// <summary>An order as the chain needs it; the fields are those of <see cref="OrderLink"/>.</summary>
/// <param name="Order">Its id.</param>
/// <param name="Kind">What it asks.</param>
/// <param name="Member">Who was ordered.</param>
/// <param name="IssuedAt">When it was issued.</param>
public sealed record OrderFact(string Order, OrderKind Kind, MemberCode Member, Instant IssuedAt)
{
    /// <summary>When an order was answered: a return by paying it alone, any other by carrying it out, answering or declining it.</summary>
    internal static Instant? AnsweredAtOf(OrderKind kind, OrderState state, Instant? executedAt, Instant? answeredAt, Instant? paidAt, Instant? endedAt) =>
        kind == OrderKind.Return ? paidAt : executedAt ?? answeredAt ?? (state == OrderState.Declined ? endedAt : null);

    /// <summary>When a member was first heard of: who tells what it did has the order, too.</summary>
    internal static Instant? HeardAtOf(Instant? acknowledgedAt, Instant? answeredAt) =>
        acknowledgedAt is { } received && answeredAt is { } answered ? received <= answered ? received : answered : acknowledgedAt ?? answeredAt;

    /// <summary>Its number for people.</summary>
    public string? Number { get; init; }

    /// <summary>Who gave it: the police member, not the person.</summary>
    public MemberCode? Issuer { get; init; }

    /// <summary>Whether one person sent it alone.</summary>
    public bool Emergency { get; init; }

    /// <summary>When a second person approved it.</summary>
    public Instant? ApprovedAt { get; init; }

    /// <summary>The account concerned.</summary>
    public AccountNumber? Account { get; init; }

    /// <summary>The line concerned.</summary>
    public PhoneNumber? Line { get; init; }

    /// <summary>Which stop of the account this is over all cases, from 1.</summary>
    public int? Ordinal { get; init; }

    /// <summary>How much was ordered.</summary>
    public Amount? Ordered { get; init; }

    /// <summary>Until when it must be acknowledged.</summary>
    public Instant? AcknowledgeDue { get; init; }

    /// <summary>When it was acknowledged.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>Until when an enquiry must be answered.</summary>
    public Instant? AnswerDue { get; init; }

    /// <summary>When the member told what it holds, answered or declined.</summary>
    public Instant? AnsweredAt { get; init; }

    /// <summary>How much was really held.</summary>
    public Amount? Held { get; init; }

    /// <summary>When it ends by itself.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>
    /// When the member let go. Of an order that ended by itself this is its expiry, not the later moment at which
    /// that was noted: a member must not answer for a clock of ours that ran late.
    /// </summary>
    public Instant? EndedAt { get; init; }
}

/// <summary>A question as the chain needs it; the fields are those of <see cref="QuestionLink"/>.</summary>
/// <param name="Question">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Member">Who was asked.</param>
/// <param name="About">What was asked.</param>
/// <param name="Of">The link that it is about.</param>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="AnswerDue">Until when an answer was owed.</param>
/// <param name="AnsweredAt">When it was answered.</param>
/// <param name="Value">The answer.</param>
/// <param name="Records">The member's records that show it.</param>
public sealed record QuestionFact(
    string Question, string Number, MemberCode Member, string About, string Of, Instant AskedAt, Instant AnswerDue, Instant? AnsweredAt, string? Value, ImmutableArray<string> Records);

/// <summary>Feedback owed on a lead as the chain and its control need it; the fields are those of <see cref="LeadLink"/>.</summary>
/// <param name="Lead">The lead's id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Round">1, or 2 where the first feedback was not enough.</param>
/// <param name="Authority">Who owed it.</param>
/// <param name="From">Since when.</param>
/// <param name="Due">Until when.</param>
/// <param name="FedBackAt">When it was told.</param>
/// <param name="EndedAt">When nothing was owed any more: it was withdrawn.</param>
public sealed record LeadFact(string Lead, string Number, int Round, MemberCode Authority, Instant From, Instant Due, Instant? FedBackAt, Instant? EndedAt);

/// <summary>All that a chain is made from. The functions must be pure: the same question, the same answer.</summary>
public sealed record FraudChainFacts
{
    /// <summary>The case's id.</summary>
    public required string Case { get; init; }

    /// <summary>The trace of the stolen money.</summary>
    public required Trace Trace { get; init; }

    /// <summary>
    /// The same money followed by poison; null where it was not. Whose money went on out of a mixed account is a method's answer; that money mixed with
    /// stolen money came to an account is not, and is enough to ask whether its bank knew the holder.
    /// </summary>
    public Trace? Mixed { get; init; }

    /// <summary>The calls of the fraud: those by which the victim was reached. In any order; a repeat counts once.</summary>
    public ImmutableArray<Call> Calls { get; init; } = [];

    /// <summary>The orders of the case. In any order.</summary>
    public ImmutableArray<OrderFact> Orders { get; init; } = [];

    /// <summary>The questions of the case that were answered or ran out of time. In any order. An answer fills in what no signal told, and never more.</summary>
    public ImmutableArray<QuestionFact> Questions { get; init; } = [];

    /// <summary>Feedback on leads of the case that was told or ran out of time.</summary>
    public ImmutableArray<LeadFact> Leads { get; init; } = [];

    /// <summary>The subscription that held for a number at an instant.</summary>
    public Func<PhoneNumber, Instant, Subscription?> SubscriptionOf { get; init; } = static (_, _) => null;

    /// <summary>How many lines a subscription's holder had at its operator when it was opened, this one counted; null where not known.</summary>
    public Func<Subscription, int?> LinesHeld { get; init; } = static _ => null;

    /// <summary>The account opening that held for an account at an instant.</summary>
    public Func<AccountNumber, Instant, AccountOpening?> OpeningOf { get; init; } = static (_, _) => null;

    /// <summary>The record of a transfer, for its order reference.</summary>
    public Func<MemberCode, SignalId, Transfer?> TransferOf { get; init; } = static (_, _) => null;

    /// <summary>
    /// Payments out of a pool from an instant on, with their order references, in any order. The caller bounds how far
    /// it looks; what it leaves out makes the answer unknown, not wrong.
    /// </summary>
    public Func<AccountNumber, Instant, IEnumerable<Transfer>> PoolPayments { get; init; } = static (_, _) => [];

    /// <summary>The sector of a member.</summary>
    public Func<MemberCode, Sector?> SectorOf { get; init; } = static _ => null;
}

/// <summary>Makes a case's chain out of its trace and of what the members told. Pure.</summary>
public static class FraudChainBuilder
{
    /// <summary>
    /// Builds the chain. A shown number behind an international trunk without proven roaming makes no line link:
    /// it is probably borrowed, and its true holder has no part in the fraud.
    /// </summary>
    public static FraudChain Build(FraudChainFacts facts)
    {
        var answers = new ChainAnswers(facts.Questions);
        var calls = facts.Calls.DistinctBy(c => (c.Member, c.Id)).Select(c => answers.Fill(c, IdOf(c))).ToList();
        var ends = new TraceEnds(facts.Trace);
        var mixed = facts.Mixed is { } poisoned ? new TraceEnds(poisoned) : null;
        var links = new List<ChainLink>();
        links.AddRange(calls.Select(c => answers.Mark(CallLinkOf(c, facts))));
        links.AddRange(ends.Accounts.Where(a => a.Kind != AccountKind.Pool).Select(a => AccountLinkOf(a, ends, mixed, facts)));
        if (mixed is not null) links.AddRange(MixedLinks(ends, mixed, facts));
        links.AddRange(LineLinks(calls, links.OfType<AccountLink>().ToList(), facts));
        for (var i = 0; i < links.Count; i++) links[i] = answers.Fill(links[i]);
        links.AddRange(ends.Flows.Select(f => TransferLinkOf(f, ends, facts)));
        links.AddRange(ends.Accounts.Where(a => a.Kind == AccountKind.Pool).Select(a => PoolLinkOf(a, ends, facts)));
        links.AddRange(ends.Exits.Select(x => ExitLinkOf(x, ends, facts)));
        links.AddRange(facts.Orders.DistinctBy(o => o.Order).Select(o => OrderLinkOf(o, facts)));
        links.AddRange(facts.Questions.DistinctBy(q => q.Question).Select(q => QuestionLinkOf(q, facts)));
        links.AddRange(facts.Leads.DistinctBy(l => (l.Lead, l.Round)).Select(l => LeadLinkOf(l, facts)));
        links.Sort(InOrder);
        return new FraudChain(facts.Case, facts.Trace.Seeded, facts.Trace.Exact, ends.Cut, [.. links]);
    }

    private static int InOrder(ChainLink left, ChainLink right)
    {
        var byKind = left.Kind.CompareTo(right.Kind);
        if (byKind != 0) return byKind;
        var byTime = left.At.CompareTo(right.At);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.Id, right.Id);
    }

    private static CallLink CallLinkOf(Call call, FraudChainFacts facts) => new(
        IdOf(call), call.Member, facts.SectorOf(call.Member), call.At, true, [EvidenceOf(call)],
        call.Caller, call.Callee, call.Origin, call.Trunk, call.RoamingProven, call.Id);

    private static string IdOf(Call call) => $"call:{call.Member}/{call.Id}";

    private static QuestionLink QuestionLinkOf(QuestionFact question, FraudChainFacts facts) => new(
        $"question:{question.Number}", question.Member, facts.SectorOf(question.Member), question.AskedAt, true,
        [new Evidence(EvidenceKind.Question, question.Member, question.Question)],
        question.Number, question.About, question.Of, question.AnswerDue, question.AnsweredAt, question.Value, question.Records);

    private static LeadLink LeadLinkOf(LeadFact lead, FraudChainFacts facts) => new(
        lead.Round == 1 ? $"lead:{lead.Number}" : string.Create(CultureInfo.InvariantCulture, $"lead:{lead.Number}/{lead.Round}"), lead.Authority, facts.SectorOf(lead.Authority),
        lead.From, true, [new Evidence(EvidenceKind.Lead, lead.Authority, lead.Lead)], lead.Number, lead.Due, lead.FedBackAt);

    private static IEnumerable<LineLink> LineLinks(List<Call> calls, List<AccountLink> accounts, FraudChainFacts facts)
    {
        var uses = new List<(Subscription Subscription, Call? Call, bool Proven)>();
        foreach (var call in calls.Where(c => c.Origin != CallOrigin.InternationalTrunk || c.RoamingProven))
            if (facts.SubscriptionOf(call.Caller, call.At) is { } subscription)
                uses.Add((subscription, call, call.Origin != CallOrigin.Unknown));
        foreach (var account in accounts)
            if (facts.OpeningOf(account.Account, account.At)?.Line is { } line && facts.SubscriptionOf(line, account.At) is { } subscription)
                uses.Add((subscription, null, account.Proven));
        foreach (var use in uses.GroupBy(u => u.Subscription.Line))
        {
            // A number that changed hands during the fraud is judged as it was opened first.
            var subscription = use.Select(u => u.Subscription).OrderBy(s => s.At).ThenBy(s => s.Id.Text, StringComparer.Ordinal).First();
            var made = use.Where(u => u.Call is not null).Select(u => u.Call!).ToList();
            yield return new LineLink(
                $"line:{subscription.Line}", subscription.Member, facts.SectorOf(subscription.Member), subscription.At,
                use.Any(u => u.Proven), Evidence.Sorted([EvidenceOf(subscription), .. made.Select(EvidenceOf)]),
                subscription.Line, subscription.LineKind, subscription.Identity, subscription.Agent, subscription.Person,
                subscription.Person is null ? null : facts.LinesHeld(subscription), made.Count);
        }
    }

    private static AccountLink AccountLinkOf(TraceAccount account, TraceEnds ends, TraceEnds? mixed, FraudChainFacts facts)
    {
        var opening = facts.OpeningOf(account.Account, account.FirstArrival);
        var member = account.Account.Member;
        var evidence = ends.Into(account.Account).Select(EvidenceOf).ToList();
        if (opening is not null) evidence.Add(new Evidence(EvidenceKind.AccountOpening, opening.Member, opening.Id.Text));
        var surely = ends.SurelyArrived(account.Account);
        Amount? touched = surely == 0 && mixed?.SurelyArrived(account.Account) is > 0 and var came ? ends.Money(came) : null;
        return new AccountLink(
            $"account:{account.Account}", member, facts.SectorOf(member), account.FirstArrival, surely > 0 || touched is not null, Evidence.Sorted(evidence),
            account.Account, account.Kind, opening?.Identity ?? IdentityCheck.Unknown, opening?.Person, opening?.Branch, opening?.At,
            account.Layer, ends.Money(account.Arrived), ends.Money(surely), ends.Money(account.Remains), account.Outcome) { Mixed = touched };
    }

    // Beyond the trace only accounts of which a member told something, and that are nobody's till: there is nothing to judge at the others.
    private static IEnumerable<AccountLink> MixedLinks(TraceEnds ends, TraceEnds mixed, FraudChainFacts facts)
    {
        var traced = ends.Accounts.Select(a => a.Account).ToHashSet();
        foreach (var account in mixed.Accounts)
            if (!traced.Contains(account.Account) && account.Kind is not (AccountKind.Pool or AccountKind.Merchant) && account.Outcome is not (TraceOutcome.Returned or TraceOutcome.Spent)
                && mixed.SurelyArrived(account.Account) is > 0 and var touched && facts.OpeningOf(account.Account, account.FirstArrival) is { } opening)
                yield return new AccountLink(
                    $"account:{account.Account}", account.Account.Member, facts.SectorOf(account.Account.Member), account.FirstArrival, true,
                    Evidence.Sorted([.. mixed.Into(account.Account).Select(EvidenceOf), new Evidence(EvidenceKind.AccountOpening, opening.Member, opening.Id.Text)]),
                    account.Account, account.Kind, opening.Identity, opening.Person, opening.Branch, opening.At,
                    account.Layer, ends.Money(0), ends.Money(0), ends.Money(0), account.Outcome) { Mixed = mixed.Money(touched) };
    }

    private static TransferLink TransferLinkOf(TraceFlow flow, TraceEnds ends, FraudChainFacts facts)
    {
        var surely = ends.SurelyStolen(flow);
        return new TransferLink(
            $"transfer:{flow.Member}/{flow.Transfer}", flow.Member, facts.SectorOf(flow.Member), flow.At, surely > 0, [EvidenceOf(flow)],
            flow.Transfer, flow.From, flow.To, flow.Amount, ends.Money(flow.Stolen), ends.Money(surely), flow.Layer);
    }

    private static PoolLink PoolLinkOf(TraceAccount pool, TraceEnds ends, FraudChainFacts facts)
    {
        var into = ends.Into(pool.Account);
        var ways = into.Select(f => WayOn(pool.Account, f, facts)).ToList();
        bool? given = ways.Exists(w => w.Given == false) ? false : ways.Exists(w => w.Given is null) ? null : true;
        var hidden = pool.Outcome == TraceOutcome.Pool ? pool.Remains : 0;
        return new PoolLink(
            $"pool:{pool.Account}", pool.Account.Member, facts.SectorOf(pool.Account.Member), pool.FirstArrival,
            ends.SurelyArrived(pool.Account) > 0, Evidence.Sorted([.. into.Select(EvidenceOf), .. ways.Select(w => w.Silent).OfType<Transfer>().Select(EvidenceOf)]),
            pool.Account, ends.Money(pool.Arrived), ends.Money(hidden), given);
    }

    /// <summary>
    /// Whether the reference of one transfer into a pool shows its way on. A payment of the very same sum that left
    /// without any reference is taken for its second leg; anything less exact is doubt, and doubt is not a finding.
    /// </summary>
    private static (bool? Given, Transfer? Silent) WayOn(AccountNumber pool, TraceFlow flow, FraudChainFacts facts)
    {
        if (facts.TransferOf(flow.Member, flow.Transfer) is not { } told) return (null, null);
        if (told.OrderReference is not { } reference) return (false, null);
        var payments = facts.PoolPayments(pool, flow.At).Where(t => t.Payer == pool && t.At >= flow.At).ToList();
        if (payments.Exists(t => t.OrderReference == reference)) return (true, null);
        var silent = payments
            .Where(t => t.OrderReference is null && t.Amount == flow.Amount)
            .OrderBy(t => t.At).ThenBy(t => t.Id.Text, StringComparer.Ordinal)
            .FirstOrDefault();
        return (silent is null ? null : false, silent);
    }

    private static ExitLink ExitLinkOf(TraceExit exit, TraceEnds ends, FraudChainFacts facts) => new(
        $"cashOut:{exit.Flow.Member}/{exit.Flow.Transfer}", exit.Flow.Member, facts.SectorOf(exit.Flow.Member), exit.Flow.At,
        ends.SurelyStolen(exit.Flow) > 0, [EvidenceOf(exit.Flow)], exit.Flow.Transfer, ends.Money(exit.Flow.Stolen), exit.Outcome);

    private static OrderLink OrderLinkOf(OrderFact order, FraudChainFacts facts) => new(
        $"order:{order.Order}", order.Member, facts.SectorOf(order.Member), order.IssuedAt, true,
        [new Evidence(EvidenceKind.Order, order.Member, order.Order)],
        order.Order, order.Number, order.Kind, order.Account, order.Line, order.Issuer, order.Issuer is { } issuer ? facts.SectorOf(issuer) : null,
        order.Ordinal, order.Ordered, order.AcknowledgeDue, order.AcknowledgedAt, order.AnsweredAt, order.Held, order.ExpiresAt, order.EndedAt)
        { AnswerDue = order.AnswerDue, Emergency = order.Emergency, ApprovedAt = order.ApprovedAt };

    private static Evidence EvidenceOf(Call call) => new(EvidenceKind.Call, call.Member, call.Id.Text);

    private static Evidence EvidenceOf(Subscription subscription) => new(EvidenceKind.Subscription, subscription.Member, subscription.Id.Text);

    private static Evidence EvidenceOf(Transfer transfer) => new(EvidenceKind.Transfer, transfer.Member, transfer.Id.Text);

    private static Evidence EvidenceOf(TraceFlow flow) => new(EvidenceKind.Transfer, flow.Member, flow.Transfer.Text);

    /// <summary>
    /// Both ends of a trace read together: the end where the money goes furthest gives the links, the other end
    /// says which of them are certain.
    /// </summary>
    private sealed class TraceEnds
    {
        private readonly Currency currency;
        private readonly TraceAnswer furthest;
        private readonly Dictionary<AccountNumber, List<TraceFlow>> into = [];
        private readonly Dictionary<AccountNumber, long> arrivedNearest;
        private readonly Dictionary<(MemberCode, SignalId), long> stolenNearest;

        public TraceEnds(Trace trace)
        {
            currency = trace.Seeded.Currency;
            furthest = trace.Least;
            var nearest = trace.Exact ? trace.Least : trace.Most;
            Cut = trace.Least.Cut || trace.Most.Cut;
            arrivedNearest = nearest.Accounts.ToDictionary(a => a.Account, a => a.Arrived);
            stolenNearest = nearest.Flows.ToDictionary(f => (f.Member, f.Transfer), f => f.Stolen);
            foreach (var flow in furthest.Flows)
                if (flow.To is { } to)
                    (into.TryGetValue(to, out var flows) ? flows : into[to] = []).Add(flow);
        }

        public bool Cut { get; }

        public ImmutableArray<TraceAccount> Accounts => furthest.Accounts;

        public ImmutableArray<TraceFlow> Flows => furthest.Flows;

        public ImmutableArray<TraceExit> Exits => furthest.Exits;

        public Amount Money(long minor) => new(minor, currency);

        public List<TraceFlow> Into(AccountNumber account) => into.TryGetValue(account, out var flows) ? flows : [];

        public long SurelyArrived(AccountNumber account) => arrivedNearest.GetValueOrDefault(account);

        public long SurelyStolen(TraceFlow flow) => stolenNearest.GetValueOrDefault((flow.Member, flow.Transfer));
    }
}
