using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Cases.Room;
using Cordon.Casework.Findings;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Cases;

/// <summary>The cases of the API; only the centre has any.</summary>
internal static class CaseEndpoints
{
    private static readonly Refusal NotTraced = new("case/not-traced", RefusalKind.Conflict,
        "No payment of the case was found among the signals yet, so there is nothing to follow.", "Ask the victim's bank to tell the transfers, then follow the case.");

    public static void Map(RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapGet("/", ListAsync).WithName("cases.list").WithSummary("Cases, the newest first; text finds a number or its beginning, a telephone number, an account, a page or a type of fraud.");
        cases.MapGet("/{id:guid}", FindAsync).WithName("cases.get").WithSummary("One case with its reports, chain, orders and findings.");
        cases.MapGet("/{id:guid}/trace", TraceAsync).WithName("cases.trace").WithSummary("The flow of a case's money as the engine answers now.");
        cases.MapGet("/{id:guid}/plan", PlanAsync).WithName("cases.plan").WithSummary("What of a case to stop first: stops in the order of issue by which the most money is expected to be held.");
        api.MapGet("/plans", PlansAsync).WithTags("Orders").WithName("orders.plan").WithSummary("Which drafted stop of all open cases to issue next; one plan a currency.");
        cases.MapPost("/{id:guid}/follow", FollowAsync).WithName("cases.follow").WithSummary("Follows the money again: states where it is, drafts stops, judges duties. Without new facts it changes nothing.");
        cases.MapPost("/{id:guid}/measures", MeasureAsync).WithName("cases.measure")
            .WithSummary("Drafts the suspension or block of a number, or the taking down of a domain; it goes to the member whose it is. Police issue it like any order.");
        cases.MapPost("/{id:guid}/measures/chain", MeasuresAsync).WithName("cases.measures")
            .WithSummary("Drafts a suspension of each line that called the victim and a take-down of each domain that a report names, where there is none yet.");
    }

    private static async Task<Results<Ok<OrderView>, Refused>> MeasureAsync(Caller caller, CaseMeasures measures, Guid id, MeasureAsked asked, CancellationToken cancel) =>
        (await measures.DraftAsync(caller.Actor, id, asked, cancel)).Answer(OrderView.Of);

    private static async Task<Results<Ok<List<OrderView>>, Refused>> MeasuresAsync(Caller caller, CaseMeasures measures, Guid id, CancellationToken cancel) =>
        (await measures.DraftFromChainAsync(caller.Actor, id, cancel)).Answer(drafts => drafts.Select(OrderView.Of).ToList());

    private static async Task<Results<Ok<Page<CaseLine>>, Refused>> ListAsync(Caller caller, CaseDesk desk, CaseState? state, string? assignedTo, string? region, string? text, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        var rows = await desk.ListAsync(caller.Actor, new CaseFilter { State = state, AssignedTo = assignedTo, Region = region, Text = text, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, c => c.Number, CaseLine.Of));
    }

    private static async Task<Results<Ok<CaseAnswer>, Refused>> FindAsync(Caller caller, CaseDesk desk, Guid id) =>
        (await desk.ViewAsync(caller.Actor, id) is { } view ? CaseAnswer.Of(caller.Actor, view) : null).AnswerOr(CaseRefusal.NotFound);

    private static async Task<Results<Ok<Trace>, Refused>> TraceAsync(Caller caller, CaseDesk desk, Guid id) =>
        await desk.ViewAsync(caller.Actor, id) is { } view ? view.Trace.AnswerOr(NotTraced) : new Refused(CaseRefusal.NotFound);

    private static async Task<Results<Ok<StopPlanView>, Refused>> PlanAsync(Caller caller, CasePlanner planner, Guid id, CancellationToken cancel) =>
        (await planner.OfCaseAsync(caller.Actor, id, cancel) is { } plan ? StopPlanView.Of(plan) : null).AnswerOr(CaseRefusal.NotFound);

    private static async Task<Ok<List<StopPlanView>>> PlansAsync(Caller caller, CasePlanner planner, CancellationToken cancel) =>
        TypedResults.Ok((await planner.OfOpenAsync(caller.Actor, cancel)).Select(StopPlanView.Of).ToList());

    private static async Task<Results<Ok<CaseLine>, Refused>> FollowAsync(Caller caller, CaseDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.FollowAsync(caller.Actor, id, cancel)).Answer(CaseLine.Of);
}

/// <summary>A case in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="State">Where it stands.</param>
/// <param name="FraudType">The type of fraud.</param>
/// <param name="OpenedAt">When its first report came in.</param>
/// <param name="Reports">How many reports it has.</param>
/// <param name="Currency">The currency of its amounts.</param>
/// <param name="UnmatchedMinor">How much victims told that no signal shows, minor units.</param>
/// <param name="Losses">Where the money is, minor units, for both ends of a trace.</param>
/// <param name="FollowedAt">When the money was last followed to another result.</param>
/// <param name="AssignedTo">Who works on it.</param>
/// <param name="Region">The region that works on it.</param>
/// <param name="Closing">That somebody says it is over, and who agreed.</param>
internal sealed record CaseLine(
    Guid Id, string Number, CaseState State, string FraudType, Instant OpenedAt, int Reports, Currency Currency, long UnmatchedMinor,
    LossStatement Losses, Instant? FollowedAt, string? AssignedTo, string? Region, CaseClosing? Closing)
{
    public static CaseLine Of(Case c) => new(c.Id, c.Number, c.State, c.FraudType, c.OpenedAt, c.Reports, c.Currency, c.UnmatchedMinor, c.Losses, c.FollowedAt, c.AssignedTo, c.Region, c.Closing);
}

/// <summary>A case with all that belongs to it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Seeds">Its payments found among the signals.</param>
/// <param name="Reports">Its reports, the oldest first.</param>
/// <param name="Chain">Its chain; absent until the money was first followed.</param>
/// <param name="Orders">Its orders, the newest first.</param>
/// <param name="Findings">Its findings.</param>
/// <param name="Hidden">What pools hide of its money, and until when the answer is owed.</param>
internal sealed record CaseAnswer(
    CaseLine Case, ImmutableArray<CaseSeed> Seeds, IReadOnlyList<ReportLine> Reports, FraudChain? Chain,
    IReadOnlyList<OrderView> Orders, IReadOnlyList<FindingView> Findings,
    IReadOnlyList<HiddenMoney> Hidden)
{
    public static CaseAnswer Of(Actor actor, CaseView v) => new(
        CaseLine.Of(v.Case), v.Case.Seeds, [.. v.Reports.Select(ReportLine.Of)], v.Chain,
        [.. v.Orders.Select(OrderView.Of)], [.. v.Findings.Select(f => FindingView.For(actor, f))],
        HiddenMoney.Of(v.Trace, v.Orders));
}

/// <summary>A report of a case.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SourceId">The sender's own id.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="State">Where it stands.</param>
/// <param name="MayAct">Whether anything may follow from it: nobody vouches for a stranger's words yet.</param>
/// <param name="Reporter">The victim's name.</param>
/// <param name="Phone">The victim's number.</param>
/// <param name="Text">What was told, identity numbers masked.</param>
/// <param name="FraudType">The type of fraud.</param>
/// <param name="Suspects">Who and where to.</param>
/// <param name="Losses">The payments told of.</param>
/// <param name="ReportedAt">When.</param>
internal sealed record ReportLine(
    Guid Id, string SourceId, ReportChannel Channel, ReportState State, bool MayAct, string? Reporter, PhoneNumber? Phone, string? Text, string FraudType, Suspects Suspects,
    ImmutableArray<ReportedLoss> Losses, Instant ReportedAt)
{
    public static ReportLine Of(Report r) => new(r.Id, r.SourceId, r.Channel, r.State, r.MayAct, r.Reporter, r.Phone, r.Text, r.FraudType, r.Suspects, r.Losses, r.ReportedAt);
}
