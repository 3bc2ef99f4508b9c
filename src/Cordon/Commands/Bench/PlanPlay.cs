using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Simulator;
using Cordon.Simulator.Institutions;
using Cordon.Simulator.Play;

namespace Cordon.Commands.Bench;

/// <summary>In which order an officer issues stops.</summary>
internal enum IssueOrder
{
    /// <summary>By <see cref="StopPlan"/>.</summary>
    Plan,

    /// <summary>The largest sum first.</summary>
    LargestFirst,
}

/// <summary>What one province came to.</summary>
/// <param name="Cases">Reports whose payments were found.</param>
/// <param name="StolenFen">What their victims paid.</param>
/// <param name="HeldFen">Of that, held under orders at the end.</param>
/// <param name="OutFen">What the gangs got out of reach: cash, shops, abroad, the bank that is not connected; of all victims, by the truth.</param>
/// <param name="Orders">Orders issued.</param>
/// <param name="Chosen">Of these, issued while others waited: only there does the policy matter.</param>
internal sealed record PlanPlayed(int Cases, long StolenFen, long HeldFen, long OutFen, int Orders, int Chosen);

/// <summary>
/// Lives one province with one officer, who issues stops one after another. Money moves on meanwhile, members act in their own time,
/// and before each order all open cases are traced anew: only the order of issue is the policy's.
/// </summary>
/// <param name="province">The province.</param>
/// <param name="order">The policy.</param>
/// <param name="each">How long one order takes.</param>
/// <param name="told">How long after the last payment every victim tells; null for the simulator's own reports, most of which come too late.</param>
internal sealed class PlanPlay(Province province, IssueOrder order, TimeSpan each, TimeSpan? told)
{
    /// <summary>A case is looked after for so long after its report.</summary>
    public static readonly TimeSpan LookedAfter = TimeSpan.FromHours(12);

    private readonly MoneyGraph graph = new();
    private readonly ProvincePlay play = province.Play();
    private readonly List<OpenCase> cases = [];
    private readonly Queue<(Instant At, TruthVictim Victim)> calls = new(told is not { } after ? [] : province.Truth.Victims
        .Select(v => (At: v.Moves.Last(m => m.Kind == TruthMoveKind.Stolen).At + after, Victim: v)).OrderBy(c => c.At));
    private readonly Dictionary<string, Given> given = [];
    private readonly Dictionary<MemberCode, MemberPace> paces = [];
    private int chosen;
    private readonly HashSet<MemberCode> keepers =
        [.. province.Members.Where(m => m.Sector is ProvinceSector.Bank or ProvinceSector.PaymentInstitution).Select(m => m.Code)];

    private sealed record OpenCase(Instant At, ImmutableArray<TraceSeed> Seeds, long Stolen)
    {
        public Guid Id { get; init; }

        public HashSet<AccountNumber> Asked { get; } = [];

        public Dictionary<AccountNumber, long> Held { get; } = [];
    }

    private sealed record Given(OpenCase Case, AccountNumber Account, Instant At)
    {
        public Instant? Executed { get; set; }
    }

    /// <summary>Lives it to its end.</summary>
    public PlanPlayed Run(CancellationToken cancel)
    {
        var end = province.Options.Start + TimeSpan.FromDays(province.Options.Days + 2);
        var at = province.Options.Start;
        while (at < end)
        {
            cancel.ThrowIfCancellationRequested();
            Take(play.AdvanceTo(at));
            while (calls.TryPeek(out var call) && call.At <= at) Open(call.At, SeedsOf(calls.Dequeue().Victim));
            Issue(at);
            var busy = cases.Exists(c => at - c.At < LookedAfter);
            at = busy ? at + each : NextCase() ?? end;
        }
        Take(play.AdvanceTo(end));
        return new PlanPlayed(cases.Count, cases.Sum(c => c.Stolen), cases.Sum(HeldOf), OutOfReach(), given.Count, chosen);
    }

    private void Take(PlayStep step)
    {
        foreach (var signal in step.Signals)
        {
            graph.See(signal.Member);
            if (signal is Transfer transfer) graph.Add(transfer);
            if (signal is AccountOpening opening) graph.Open(opening);
        }
        foreach (var reply in step.Replies)
        {
            if (reply is not { Kind: StopReplyKind.Receipt, Repeat: false }) continue;
            var stop = given[reply.OrderId];
            stop.Executed = reply.At;
            stop.Case.Held[stop.Account] = reply.Held!.Value.Minor;
        }
        if (told is not null) return;
        foreach (var report in step.Reports)
        {
            var losses = report.Losses.Select(l => new Casework.Reports.ReportedLoss(l.TransferId, l.Member, l.Payer, l.Payee, l.Amount, l.At)).ToImmutableArray();
            Open(report.ReportedAt, [.. LossMatch.Find(graph, losses).Select(f => f.Transfer)]);
        }
    }

    private Instant? NextCase() => told is null ? play.NextReportAt : calls.TryPeek(out var call) ? call.At : null;

    private ImmutableArray<TransferFacts> SeedsOf(TruthVictim victim) =>
    [
        .. victim.Moves.Where(m => m.Kind == TruthMoveKind.Stolen)
            .Select(m => graph.TryGetTransfer(m.Member, m.Transfer, out var facts) ? facts : default).Where(f => f.Amount.Minor > 0),
    ];

    private void Open(Instant at, ImmutableArray<TransferFacts> found)
    {
        if (found.IsEmpty) return;
        var seeds = found.Select(f => (TraceSeed)new TransferSeed(f.Member, f.Id)).ToImmutableArray();
        // Some victims tell twice: one case.
        if (cases.Exists(c => c.Seeds.SequenceEqual(seeds))) return;
        cases.Add(new OpenCase(at, seeds, found.Sum(f => f.Amount.Minor)) { Id = new Guid(cases.Count + 1, 0, 0, new byte[8]) });
    }

    private void Issue(Instant now)
    {
        Measure(now);
        var candidates = cases.Where(c => now - c.At < LookedAfter).SelectMany(c => Candidates(c, now)).ToList();
        var next = order == IssueOrder.Plan
            ? StopPlan.Of(Currency.Cny, candidates, each).Stops.FirstOrDefault()?.Stop
            : StopPlan.LargestFirst(candidates.Where(c => !c.Spent)).FirstOrDefault();
        if (next is null) return;
        if (candidates.Count(c => !c.Spent) > 1) chosen++;
        var id = $"order-{given.Count}";
        var of = cases.Find(c => c.Id == next.Case)!;
        of.Asked.Add(next.Account);
        given.Add(id, new Given(of, next.Account, now));
        play.AnswerStop(id, next.Account, new Amount(next.Minor, Currency.Cny));
    }

    private IEnumerable<StopCandidate> Candidates(OpenCase of, Instant now) =>
        from money in StoppableMoney.In(TraceOf(of), keepers.Contains)
        where !of.Asked.Contains(money.Account)
        select new StopCandidate(of.Id, money.Account, money.Minor, Drain.Of(graph, money.Account, Currency.Cny, now),
            paces.GetValueOrDefault(money.Account.Member, MemberPace.Unknown), given.Values.Count(g => g.Account == money.Account));

    private void Measure(Instant now)
    {
        paces.Clear();
        foreach (var member in given.Values.GroupBy(g => g.Account.Member))
        {
            var past = member.Where(g => g.Executed is not null || now - g.At >= MemberPace.Patience)
                .TakeLast(MemberPace.MostOrders).Select(g => new PastAnswer(g.Executed - g.At)).ToList();
            paces[member.Key] = MemberPace.Of(past);
        }
    }

    private Trace TraceOf(OpenCase of)
    {
        var refused = graph.Trace(new TraceRequest(of.Seeds, Instant.Max, TraceBounds.Default), out var trace);
        return trace ?? throw new InvalidOperationException($"A case could not be traced: {refused}.");
    }

    private long HeldOf(OpenCase of) => LossStatement.From(TraceOf(of), of.Held).Least.HeldStopped;

    private long OutOfReach() => province.Truth.Victims.SelectMany(v => v.Moves)
        .Where(m => m.Kind is TruthMoveKind.CashedOut or TruthMoveKind.Spent or TruthMoveKind.LeftSight or TruthMoveKind.CrossedBorder)
        // What is taken out at the bank that is not connected left sight before.
        .Where(m => m.Told && play.HasHappened(m.Transfer)).Sum(m => m.Amount.Minor);
}
