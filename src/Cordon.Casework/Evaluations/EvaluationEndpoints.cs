using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Evaluations;

/// <summary>The evaluations of the API.</summary>
internal static class EvaluationEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/evaluations").WithTags("Evaluations");
        group.MapGet("/", ListAsync).WithName("evaluations.list").WithSummary("Evaluations of members by sector, region and period, the newest first. Drafts are seen by the centre, regulators and auditors.");
        group.MapGet("/schemes", Schemes).WithName("evaluations.schemes").WithSummary("The schemes of the pack, and the measures that a formula can speak of.");
        group.MapGet("/{id:guid}", FindAsync).WithName("evaluations.get")
            .WithSummary("One evaluation: formula and hash, every version of the result with places, bounds and lineage, contests. A member sees itself, and its peers by name once they are published.");
        group.MapGet("/{id:guid}/provisional", ProvisionalAsync).WithName("evaluations.provisional").WithSummary("What the figures come to while the period runs; kept nowhere.");
        group.MapPost("/", DraftAsync).WithName("evaluations.draft").WithSummary("A supervisor drafts an evaluation of a period that lies ahead.");
        group.MapPost("/{id:guid}/formula", ChangeAsync).WithName("evaluations.change").WithSummary("A supervisor changes the formula of a draft. Once it is frozen, or its period has begun, nothing can.");
        group.MapPost("/{id:guid}/freeze", FreezeAsync).WithName("evaluations.freeze").WithSummary("A second supervisor approves the draft before its period begins; it is hashed and frozen.");
        group.MapPost("/{id:guid}/withdraw", WithdrawAsync).WithName("evaluations.withdraw").WithSummary("A supervisor drops it before its period begins.");
        group.MapPost("/{id:guid}/read-again", ReadAgainAsync).WithName("evaluations.read-again").WithSummary("A supervisor has the records read again; where they say otherwise, a new version stands beside the old.");
        group.MapPost("/{id:guid}/publish", PublishAsync).WithName("evaluations.publish").WithSummary("One supervisor puts the result forward, a second one publishes it.");
        group.MapPost("/{id:guid}/contests", ContestAsync).WithName("evaluations.contest").WithSummary("A member contests a figure of its own.");
        group.MapPost("/{id:guid}/contests/{number:int}/decide", DecideAsync).WithName("evaluations.decide-contest")
            .WithSummary("Somebody who belongs to no member of the league decides a contest; the correction is a new version beside the old.");
    }

    private static async Task<Results<Ok<Page<EvaluationSummary>>, Refused>> ListAsync(
        Caller caller, EvaluationDesk desk, Sector? sector, EvaluationState? state, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        var rows = await desk.ListAsync(caller.Actor, new EvaluationFilter { Sector = sector, State = state, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, e => e.Number, EvaluationSummary.Of));
    }

    private static Ok<SchemesView> Schemes(EvaluationDesk desk) => TypedResults.Ok(new SchemesView(
        [.. desk.Schemes.Select(s => new SchemeView(s.Id, s.Title, s.Sector, s.Months, s.Formula, s.LeastOccasions, s.ChancePerMillion, s.Sizes, s.SettleDays, s.ContestDays, s.Source.Tier, s.Source.Note))],
        MeasureCatalogue.All));

    private static async Task<Results<Ok<EvaluationView>, Refused>> FindAsync(Caller caller, EvaluationDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.FindAsync(caller.Actor, id, cancel) is { } file ? EvaluationView.Of(file) : null).AnswerOr(EvaluationRefusal.NotFound);

    private static async Task<Results<Ok<Provisional>, Refused>> ProvisionalAsync(Caller caller, EvaluationDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.ProvisionalAsync(caller.Actor, id, cancel)).AnswerOr(EvaluationRefusal.NotFound);

    private static async Task<Results<Ok<EvaluationSummary>, Refused>> DraftAsync(Caller caller, EvaluationDesk desk, DraftForm form, CancellationToken cancel) =>
        (await desk.DraftAsync(caller.Actor, form.Scheme, form.Region, form.From, form.Formula, cancel)).Answer(EvaluationSummary.Of);

    private static Task<Results<Ok<EvaluationSummary>, Refused>> ChangeAsync(Caller caller, EvaluationDesk desk, Guid id, FormulaForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new ChangeFormula(form.Formula), cancel);

    private static Task<Results<Ok<EvaluationSummary>, Refused>> FreezeAsync(Caller caller, EvaluationDesk desk, Guid id, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new FreezeEvaluation(), cancel);

    private static Task<Results<Ok<EvaluationSummary>, Refused>> WithdrawAsync(Caller caller, EvaluationDesk desk, Guid id, ReasonForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new WithdrawEvaluation(form.Reason), cancel);

    private static async Task<Results<Ok<EvaluationSummary>, Refused>> ReadAgainAsync(Caller caller, EvaluationDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.ReadAgainAsync(caller.Actor, id, cancel)).Answer(EvaluationSummary.Of);

    private static Task<Results<Ok<EvaluationSummary>, Refused>> PublishAsync(Caller caller, EvaluationDesk desk, Guid id, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new PublishEvaluation(), cancel);

    private static Task<Results<Ok<EvaluationSummary>, Refused>> ContestAsync(Caller caller, EvaluationDesk desk, Guid id, ContestForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new ContestValue(form.Measure, form.Text), cancel);

    private static Task<Results<Ok<EvaluationSummary>, Refused>> DecideAsync(Caller caller, EvaluationDesk desk, Guid id, int number, ContestDecisionForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new DecideContest(number, form.Correction, form.Reason), cancel);

    private static async Task<Results<Ok<EvaluationSummary>, Refused>> ActAsync(Caller caller, EvaluationDesk desk, Guid id, EvaluationCommand command, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, command, cancel)).Answer(EvaluationSummary.Of);

    /// <param name="Scheme">The scheme's id in the pack.</param>
    /// <param name="From">The period's first day, the first of a month.</param>
    /// <param name="Region">The region, with all regions in it; absent for all.</param>
    /// <param name="Formula">Another formula; absent for that of the pack.</param>
    internal sealed record DraftForm(string Scheme, DateOnly From, string? Region = null, string? Formula = null);

    /// <param name="Formula">The formula, in CEL over the measures.</param>
    internal sealed record FormulaForm(string Formula);

    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record ReasonForm(string Reason);

    /// <param name="Measure">The figure, by its name.</param>
    /// <param name="Text">What is wrong, 1 to 4,000 characters.</param>
    internal sealed record ContestForm(string Measure, string Text);

    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    /// <param name="Correction">The figure as it is right; absent to reject.</param>
    internal sealed record ContestDecisionForm(string Reason, Correction? Correction = null);
}

/// <summary>The schemes of the pack and the words of their formulas.</summary>
/// <param name="Schemes">The schemes.</param>
/// <param name="Measures">The measures; of a share a formula asks <c>kept</c>, <c>perTenThousand</c> and <c>told</c>.</param>
internal sealed record SchemesView(ImmutableArray<SchemeView> Schemes, ImmutableArray<Measure> Measures);

/// <summary>A scheme of the pack.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Sector">Whose members are judged.</param>
/// <param name="Months">How long a period is.</param>
/// <param name="Formula">The formula.</param>
/// <param name="LeastOccasions">A share of fewer occasions says nothing.</param>
/// <param name="ChancePerMillion">The chance that anybody of a league is set apart by chance alone, parts of a million.</param>
/// <param name="Sizes">The least number of occasions of each size class but the first.</param>
/// <param name="SettleDays">Days after the period's end at which it is computed.</param>
/// <param name="ContestDays">Days in which figures can be contested.</param>
/// <param name="Tier">How binding its source is.</param>
/// <param name="Note">A remark on the source.</param>
internal sealed record SchemeView(
    string Id, Wording Title, Sector Sector, int Months, string Formula, int LeastOccasions, int ChancePerMillion, ImmutableArray<long> Sizes, int SettleDays, int ContestDays,
    SourceTier Tier, Wording? Note);

/// <summary>An evaluation in short.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Title">Its name.</param>
/// <param name="Sector">Whose members are judged.</param>
/// <param name="Region">The region; absent for all.</param>
/// <param name="From">The first instant of the period.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Formula">The formula.</param>
/// <param name="Hash">The content hash of the scheme; under it it was frozen.</param>
/// <param name="FrozenAt">When it was frozen.</param>
/// <param name="ComputeAt">When it is computed.</param>
/// <param name="Versions">How many versions of the result there are.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="ContestUntil">Until when figures can be contested.</param>
internal sealed record EvaluationSummary(
    Guid Id, string Number, Wording Title, Sector Sector, string? Region, Instant From, Instant To, EvaluationState State, string Formula, string Hash, Instant? FrozenAt, Instant ComputeAt,
    int Versions, Instant? PublishedAt, Instant? ContestUntil)
{
    public static EvaluationSummary Of(EvaluationLine e) => new(
        e.Id, e.Number, e.Scheme.Title, e.Scheme.Sector, e.Scheme.Region, e.Scheme.From, e.Scheme.To, e.State, e.Scheme.Formula, e.FrozenHash ?? e.Scheme.Hash, e.FrozenAt, e.Scheme.ComputeAt,
        e.Latest, e.PublishedAt, e.ContestUntil);

    public static EvaluationSummary Of(Evaluation e) => Of(EvaluationLine.Of(e));
}

/// <summary>An evaluation with its results.</summary>
/// <param name="Evaluation">The evaluation in short.</param>
/// <param name="Scheme">How it judges.</param>
/// <param name="Versions">The versions, the first first; the last one holds.</param>
/// <param name="Contests">The contests.</param>
/// <param name="Hidden">How many members of the last version are not shown to the caller.</param>
internal sealed record EvaluationView(EvaluationSummary Evaluation, Scheme Scheme, ImmutableArray<EvaluationVersion> Versions, ImmutableArray<ValueContest> Contests, int Hidden)
{
    public static EvaluationView Of(EvaluationFile file) => new(EvaluationSummary.Of(file.Evaluation), file.Evaluation.Scheme, file.Versions, file.Contests, file.Hidden);
}
