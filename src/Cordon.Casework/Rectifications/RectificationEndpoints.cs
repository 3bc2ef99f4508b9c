using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Rectifications;

/// <summary>The rectifications of the API.</summary>
internal static class RectificationEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/rectifications").WithTags("Rectifications");
        group.MapGet("/", ListAsync).WithName("rectifications.list").WithSummary("Loopholes to be mended, the newest first: all for the centre, regulators and auditors, a member's own.");
        group.MapGet("/{id:guid}", FindAsync).WithName("rectifications.get").WithSummary("One rectification with its rechecks and the documents it led to.");
        group.MapPost("/{id:guid}/plan", PlanAsync).WithName("rectifications.plan").WithSummary("The member tells how and by when it will mend it, and who answers for it by name.");
        group.MapPost("/{id:guid}/claim", ClaimAsync).WithName("rectifications.claim").WithSummary("The member says that it is mended. That closes nothing: its controls are read again.");
        group.MapPost("/{id:guid}/contest", ContestAsync).WithName("rectifications.contest").WithSummary("The member contests it; one open contest at a time.");
        group.MapPost("/{id:guid}/contests/{number:int}/decide", DecideAsync).WithName("rectifications.decide-contest")
            .WithSummary("A person of the centre who is not of the member decides a contest; where it is upheld, the order is withdrawn.");
        group.MapPost("/{id:guid}/inspect", InspectAsync).WithName("rectifications.inspect")
            .WithSummary("A person of the centre who is not of the member says by inspection what no control can tell.");
    }

    private static async Task<Results<Ok<Page<RectificationView>>, Refused>> ListAsync(
        Caller caller, RectificationDesk desk, RectificationState? state, bool? open, bool? overdue, string? member, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        MemberCode? of = null;
        if (member is not null)
        {
            if (!MemberCode.TryParse(member, out var code)) return new Refused(RectificationRefusal.BadMember);
            of = code;
        }
        var rows = await desk.ListAsync(caller.Actor, new RectificationFilter { State = state, Open = open, Overdue = overdue == true, Member = of, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, r => r.Number, RectificationView.Of));
    }

    private static async Task<Results<Ok<RectificationPage>, Refused>> FindAsync(Caller caller, RectificationDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.FindAsync(caller.Actor, id, cancel) is { } file ? new RectificationPage(RectificationView.Of(file.Rectification), [.. file.Steps.Select(StepView.Of)]) : null)
            .AnswerOr(RectificationRefusal.NotFound);

    private static Task<Results<Ok<RectificationView>, Refused>> PlanAsync(Caller caller, RectificationDesk desk, Guid id, PlanForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new PlanRectification(form.Text, form.Officer, form.Until), cancel);

    private static Task<Results<Ok<RectificationView>, Refused>> ClaimAsync(Caller caller, RectificationDesk desk, Guid id, ClaimForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new ClaimRectified(form.Text, form.Evidence), cancel);

    private static Task<Results<Ok<RectificationView>, Refused>> ContestAsync(Caller caller, RectificationDesk desk, Guid id, ContestForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new ContestRectification(form.Text), cancel);

    private static Task<Results<Ok<RectificationView>, Refused>> DecideAsync(Caller caller, RectificationDesk desk, Guid id, int number, ContestDecisionForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new DecideRectificationContest(number, form.Upheld, form.Reason), cancel);

    private static Task<Results<Ok<RectificationView>, Refused>> InspectAsync(Caller caller, RectificationDesk desk, Guid id, InspectForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new InspectRectification(form.Mended, form.Reason), cancel);

    private static async Task<Results<Ok<RectificationView>, Refused>> ActAsync(
        Caller caller, RectificationDesk desk, Guid id, RectificationCommand command, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, command, cancel)).Answer(RectificationView.Of);

    /// <param name="Text">What will be done, 1 to 4,000 characters.</param>
    /// <param name="Officer">Who answers for it by name, 1 to 100 characters.</param>
    /// <param name="Until">By when; not after the deadline that runs.</param>
    internal sealed record PlanForm(string Text, string Officer, Instant Until);

    /// <param name="Text">What was done, 1 to 4,000 characters.</param>
    /// <param name="Evidence">Records and papers that show it, at most 50 of 1 to 200 characters.</param>
    internal sealed record ClaimForm(string Text, ImmutableArray<string> Evidence);

    /// <param name="Text">What the member says, 1 to 4,000 characters.</param>
    internal sealed record ContestForm(string Text);

    /// <param name="Upheld">Whether the member is right.</param>
    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record ContestDecisionForm(bool Upheld, string Reason);

    /// <param name="Mended">Whether it is mended.</param>
    /// <param name="Reason">What was seen, 1 to 2,000 characters.</param>
    internal sealed record InspectForm(bool Mended, string Reason);
}
