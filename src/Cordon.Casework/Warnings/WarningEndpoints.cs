using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Warnings;

/// <summary>Warnings in the API; only the centre has any.</summary>
internal static class WarningEndpoints
{
    private static readonly TimeSpan UsualReview = TimeSpan.FromDays(30);

    public static void Map(RouteGroupBuilder api)
    {
        var warnings = api.MapGroup("/warnings").WithTags("Warnings");
        warnings.MapGet("/", ListAsync).WithName("warnings.list").WithSummary("Warnings, the newest first; with open=true those that somebody still has to act on, with open=false those that ended.");
        warnings.MapGet("/{id:guid}", FindAsync).WithName("warnings.get").WithSummary("One warning with all attempts.");
        warnings.MapGet("/plan", Plan).WithName("warnings.plan").WithSummary("Who is warned by which rules, how soon and how, with the words to say.");
        warnings.MapGet("/review", ReviewAsync).WithName("warnings.review").WithSummary("Who was reached, how fast, and what was lost after warnings; the last 30 days where no time is given.");
        warnings.MapPost("/{id:guid}/attempts", TellAsync).WithName("warnings.attempt").WithSummary("Writes an attempt down: by which channel, and what came of it.");
        warnings.MapPost("/{id:guid}/give-up", GiveUpAsync).WithName("warnings.give-up").WithSummary("The person cannot be reached.");
        warnings.MapPost("/{id:guid}/dismiss", DismissAsync).WithName("warnings.dismiss").WithSummary("There is nobody to warn.");
    }

    private static async Task<Results<Ok<Page<WarningView>>, Refused>> ListAsync(Caller caller, WarningDesk desk, bool? open, string? group, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        var rows = await desk.ListAsync(caller.Actor, new WarningFilter { Open = open, Group = group, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, w => w.Number, WarningView.Of));
    }

    private static async Task<Results<Ok<WarningView>, Refused>> FindAsync(Caller caller, WarningDesk desk, Guid id) =>
        (await desk.FindAsync(caller.Actor, id) is { } warning ? WarningView.Of(warning) : null).AnswerOr(WarningRefusal.NotFound);

    private static Ok<List<GroupView>> Plan(WarningDesk desk) => TypedResults.Ok(desk.Plan.Groups.Select(GroupView.Of).ToList());

    private static async Task<Ok<WarningReview>> ReviewAsync(WarningDesk desk, TimeProvider time, DateTimeOffset? from, DateTimeOffset? until)
    {
        var end = until ?? time.GetUtcNow();
        return TypedResults.Ok(await desk.ReviewAsync(Instant.From(from ?? end - UsualReview), Instant.From(end)));
    }

    private static async Task<Results<Ok<WarningView>, Refused>> TellAsync(Caller caller, WarningDesk desk, Guid id, AttemptForm form, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new TellAttempt(form.Channel, form.Outcome, form.Note), cancel)).Answer(WarningView.Of);

    private static async Task<Results<Ok<WarningView>, Refused>> GiveUpAsync(Caller caller, WarningDesk desk, Guid id, WarningReasonForm form, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new GiveUpWarning(form.Reason), cancel)).Answer(WarningView.Of);

    private static async Task<Results<Ok<WarningView>, Refused>> DismissAsync(Caller caller, WarningDesk desk, Guid id, WarningReasonForm form, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new DismissWarning(form.Reason), cancel)).Answer(WarningView.Of);

    /// <param name="Channel">How.</param>
    /// <param name="Outcome">What came of it.</param>
    /// <param name="Note">What was said, at most 1,000 characters.</param>
    internal sealed record AttemptForm(WarningChannel Channel, AttemptOutcome Outcome, string? Note = null);

    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record WarningReasonForm(string Reason);
}

/// <summary>A warning as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Line">The person's line.</param>
/// <param name="Group">The group of the plan.</param>
/// <param name="Reasons">The reason codes of the rules that saw it first.</param>
/// <param name="Signal">The signal that showed it first, by its number in the journal.</param>
/// <param name="SeenAt">When that happened.</param>
/// <param name="Due">Until when the person should be reached.</param>
/// <param name="Signals">Signals that showed the same since, the first included.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">All attempts, in order.</param>
/// <param name="ReachedAt">When the person was reached.</param>
/// <param name="OverdueAt">When it passed its time without the person being reached.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Reason">Why it was given up or dismissed.</param>
/// <param name="LossMinor">How much the person lost after the first attempt, minor units.</param>
/// <param name="LossCurrency">Its currency.</param>
internal sealed record WarningView(
    Guid Id, string Number, PhoneNumber Line, string Group, string Reasons, long Signal, Instant SeenAt, Instant Due, int Signals, WarningState State,
    ImmutableArray<WarningAttempt> Attempts, Instant? ReachedAt, Instant? OverdueAt, Instant? EndedAt, string? Reason, long LossMinor, Currency? LossCurrency)
{
    public static WarningView Of(Warning w) => new(
        w.Id, w.Number, w.Line, w.Group, w.Reasons, w.Signal, w.SeenAt, w.Due, w.Signals, w.State, w.Attempts, w.ReachedAt, w.OverdueAt, w.EndedAt, w.Reason, w.LossMinor, w.LossCurrency);
}

/// <summary>A group of the plan as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Reasons">The reason codes of the rules that see it.</param>
/// <param name="WithinMinutes">How soon the person should be reached.</param>
/// <param name="First">How it is tried first.</param>
/// <param name="Text">What a text message says.</param>
/// <param name="Script">What a caller says and asks.</param>
internal sealed record GroupView(string Id, Wording Title, ImmutableArray<string> Reasons, int WithinMinutes, WarningChannel First, Wording Text, Wording Script)
{
    public static GroupView Of(WarningGroup g) => new(g.Id, g.Title, g.Reasons, (int)g.Within.TotalMinutes, g.First, g.Text, g.Script);
}
