using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Objectives;

/// <summary>The objectives of the API.</summary>
internal static class ObjectiveEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/objectives").WithTags("Objectives");
        group.MapGet("/", ListAsync).WithName("objectives.list").WithSummary("Plans of objectives, the newest first. Drafts are seen by the centre, regulators and auditors.");
        group.MapGet("/agenda", AgendaAsync).WithName("objectives.agenda").WithSummary("What has climbed to the conference: delayed objectives, and difficulties that no level answered.");
        group.MapGet("/{id:guid}", FindAsync).WithName("objectives.get")
            .WithSummary("One plan: the tree with progress counted from records, delays, difficulties, duties without an owner. An owner sees what is its own and the way up.");
        group.MapPost("/", DraftAsync).WithName("objectives.draft").WithSummary("A supervisor drafts a plan, of a text or the pack's own for a year. Every fault is told with its line.");
        group.MapPost("/{id:guid}/adopt", AdoptAsync).WithName("objectives.adopt").WithSummary("A second supervisor adopts it; it is decomposed over regions, members and units. No duty may be without an owner.");
        group.MapPost("/{id:guid}/end", EndAsync).WithName("objectives.end").WithSummary("A supervisor ends it.");
        group.MapPost("/{id:guid}/difficulties", RaiseAsync).WithName("objectives.raise").WithSummary("The owner of an objective raises a difficulty to the level above.");
        group.MapPost("/{id:guid}/difficulties/{number:int}/answer", AnswerAsync).WithName("objectives.answer").WithSummary("The level at which it waits answers; silence carries it up, to the conference in the end.");
    }

    private static async Task<Results<Ok<Page<PlanSummary>>, Refused>> ListAsync(Caller caller, ObjectiveDesk desk, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        return TypedResults.Ok((await desk.ListAsync(caller.Actor, take + 1, before)).Page(take, p => p.Number, PlanSummary.Of));
    }

    private static async Task<Ok<AgendaView>> AgendaAsync(ObjectiveDesk desk, CancellationToken cancel) => TypedResults.Ok(AgendaView.Of(await desk.AgendaAsync(cancel)));

    private static async Task<Results<Ok<PlanView>, Refused>> FindAsync(Caller caller, ObjectiveDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.FindAsync(caller.Actor, id, cancel) is { } file ? PlanView.Of(file) : null).AnswerOr(PlanRefusal.NotFound);

    private static async Task<Results<Ok<PlanSummary>, Refused>> DraftAsync(Caller caller, ObjectiveDesk desk, PlanForm form, CancellationToken cancel) =>
        (form.Text ?? (form.Year is { } year and >= 2000 and <= 2999 ? desk.ShippedFor(year) : null)) is { } text
            ? (await desk.DraftAsync(caller.Actor, text, cancel)).Answer(PlanSummary.Of)
            : new Refused(PlanRefusal.BadPlan("There is no text, and the pack has no plan for that year."));

    private static async Task<Results<Ok<PlanSummary>, Refused>> AdoptAsync(Caller caller, ObjectiveDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.AdoptAsync(caller.Actor, id, cancel)).Answer(PlanSummary.Of);

    private static Task<Results<Ok<PlanSummary>, Refused>> EndAsync(Caller caller, ObjectiveDesk desk, Guid id, EndForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new EndPlan(form.Reason), cancel);

    private static Task<Results<Ok<PlanSummary>, Refused>> RaiseAsync(Caller caller, ObjectiveDesk desk, Guid id, DifficultyForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new RaiseDifficulty(form.Objective, form.Text), cancel);

    private static Task<Results<Ok<PlanSummary>, Refused>> AnswerAsync(Caller caller, ObjectiveDesk desk, Guid id, int number, AnswerForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new AnswerDifficulty(number, form.Text), cancel);

    private static async Task<Results<Ok<PlanSummary>, Refused>> ActAsync(Caller caller, ObjectiveDesk desk, Guid id, PlanCommand command, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, command, cancel)).Answer(PlanSummary.Of);

    /// <param name="Text">The plan in YAML; absent for that of the pack.</param>
    /// <param name="Year">The year of the pack's plan.</param>
    internal sealed record PlanForm(string? Text = null, int? Year = null);

    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record EndForm(string Reason);

    /// <param name="Objective">The objective's id.</param>
    /// <param name="Text">What stands in the way, 1 to 4,000 characters.</param>
    internal sealed record DifficultyForm(string Objective, string Text);

    /// <param name="Text">The answer, 1 to 4,000 characters.</param>
    internal sealed record AnswerForm(string Text);
}

/// <summary>A plan in short.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Title">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="From">The first instant of its time.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="Hash">The hash of its text.</param>
/// <param name="Objectives">How many objectives it has.</param>
/// <param name="Late">How many of them are past their day and short.</param>
/// <param name="Open">How many difficulties wait for an answer.</param>
internal sealed record PlanSummary(Guid Id, string Number, Wording Title, PlanState State, Instant From, Instant To, string Hash, int Objectives, int Late, int Open)
{
    public static PlanSummary Of(PlanLine p) => new(
        p.Id, p.Number, p.Title, p.State, p.From, p.To, p.Hash, p.Objectives, p.Delays.Count(d => d.Step >= DelayStep.Urge), p.Difficulties.Count(d => d.IsOpen));

    public static PlanSummary Of(ObjectivePlan p) => Of(PlanLine.Of(p));
}

/// <summary>A plan with its tree.</summary>
/// <param name="Plan">The plan in short.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="Tree">The objectives, parents before their parts.</param>
/// <param name="Difficulties">The difficulties that the caller raised, answers or oversees.</param>
/// <param name="Orphans">Duties without an owner.</param>
/// <param name="Behind">Records of the journal that are not counted yet.</param>
internal sealed record PlanView(PlanSummary Plan, ObjectiveTerms Terms, ImmutableArray<ObjectiveView> Tree, ImmutableArray<Difficulty> Difficulties, ImmutableArray<string> Orphans, long Behind)
{
    public static PlanView Of(ObjectiveFile file) => new(
        PlanSummary.Of(file.Plan), file.Plan.Terms, [.. file.Lines.Select(ObjectiveView.Of)], file.Difficulties, file.Orphans, file.Behind);
}

/// <summary>One objective as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parent">The objective above.</param>
/// <param name="Title">What is to be reached.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Weight">Its share in the objective above, per mille.</param>
/// <param name="Due">The first instant after the day by which it is to be reached.</param>
/// <param name="Measure">What measures it.</param>
/// <param name="AtLeastPerMillion">Of a share: what is to be kept at least.</param>
/// <param name="AtMost">Of a count: how often at most.</param>
/// <param name="Duties">The duties that it carries.</param>
/// <param name="DonePerMille">What is reached; absent where that is not the caller's to see.</param>
/// <param name="UnknownPerMille">What cannot be told.</param>
/// <param name="Value">The figure behind it.</param>
/// <param name="Delay">How far up its delay has climbed.</param>
internal sealed record ObjectiveView(
    string Id, string? Parent, Wording Title, string Owner, int Weight, Instant Due, string? Measure, int? AtLeastPerMillion, long? AtMost, ImmutableArray<string> Duties,
    int? DonePerMille, int? UnknownPerMille, MeasuredValue? Value, DelayStep? Delay)
{
    public static ObjectiveView Of(ObjectiveLine line)
    {
        var o = line.Objective;
        return new ObjectiveView(
            o.Id, o.Parent, o.Title, o.Owner.ToString(), o.Weight, o.Due, o.Measure, o.AtLeastPerMillion, o.AtMost, o.Duties, line.Progress?.Done, line.Progress?.Unknown,
            line.Progress?.Value, line.Delay?.Step);
    }
}

/// <summary>What has climbed to the conference.</summary>
/// <param name="Objectives">Objectives whose delay did.</param>
/// <param name="Difficulties">Difficulties that no level answered.</param>
internal sealed record AgendaView(ImmutableArray<AgendaLine> Objectives, ImmutableArray<AgendaLine> Difficulties)
{
    public static AgendaView Of(ObjectiveAgenda agenda) => new(
        [.. agenda.Objectives.Select(o => new AgendaLine(o.Plan, o.PlanNumber, o.Objective.Id, o.Objective.Title, o.Objective.Owner.ToString(), o.Since, null))],
        [.. agenda.Difficulties.Select(d => new AgendaLine(d.Plan, d.PlanNumber, d.Objective.Id, d.Objective.Title, d.Objective.Owner.ToString(), d.Difficulty.At, d.Difficulty.Text))]);
}

/// <summary>One thing on the agenda.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="PlanNumber">Its number.</param>
/// <param name="Objective">The objective.</param>
/// <param name="Title">What was to be reached.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Since">Since when it is there; of a difficulty, when it was raised.</param>
/// <param name="Text">Of a difficulty, what it is.</param>
internal sealed record AgendaLine(Guid Plan, string PlanNumber, string Objective, Wording Title, string Owner, Instant Since, string? Text);
