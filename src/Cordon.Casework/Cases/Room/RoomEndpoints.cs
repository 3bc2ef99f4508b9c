using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Cases.Room;

/// <summary>The work on a case in the API; only the centre has any.</summary>
internal static class RoomEndpoints
{
    private const string AnyBytes = "application/octet-stream";

    public static void Map(RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapGet("/{id:guid}/room", ViewAsync).WithName("cases.room").WithSummary("Who works on a case, its tasks, notes, evidence and history.");
        cases.MapPost("/{id:guid}/assign", AssignAsync).WithName("cases.assign").WithSummary("Gives a case to a person of the centre, or to nobody.");
        cases.MapPost("/{id:guid}/hand-over", HandOverAsync).WithName("cases.hand-over").WithSummary("Another region works on the case from now on.");
        cases.MapPost("/{id:guid}/closing", ProposeAsync).WithName("cases.propose-closing").WithSummary("Says that a case is over; refused while orders, tasks, appeals or ledgers of it are open.");
        cases.MapPost("/{id:guid}/close", CloseAsync).WithName("cases.close").WithSummary("Closes it, as the second person: its money is pursued no more.");
        cases.MapPost("/{id:guid}/closing/refuse", RefuseAsync).WithName("cases.refuse-closing").WithSummary("The second person wants it worked on.");
        cases.MapPost("/{id:guid}/reopen", ReopenAsync).WithName("cases.reopen").WithSummary("Works on a closed case again: its money is followed at once.");
        cases.MapPost("/{id:guid}/tasks", SetTaskAsync).WithName("cases.set-task").WithSummary("Sets a task with a date.");
        cases.MapPost("/tasks/{id:guid}/end", EndTaskAsync).WithName("cases.end-task").WithSummary("A task is done, or dropped with a reason.");
        cases.MapPost("/{id:guid}/notes", WriteAsync).WithName("cases.write-note").WithSummary("Writes a note; notes are not changed.");
        cases.MapPost("/{id:guid}/evidence", AddAsync).WithName("cases.add-evidence").WithMetadata(new RepeatMark(RepeatRule.ByItem)).Accepts<IFormFile>(AnyBytes)
            .WithSummary("Takes a file in as evidence: its bytes are the body, its name is in the query. At most 25 MiB; it must be what its name says.");
        cases.MapGet("/evidence/{id:guid}", OpenAsync).WithName("cases.get-evidence").WithSummary("The bytes of a file of evidence, after its hash was found right.")
            .Produces(StatusCodes.Status200OK, contentType: AnyBytes);
        cases.MapPost("/evidence/{id:guid}/remove", RemoveAsync).WithName("cases.remove-evidence").WithSummary("Removes a file of evidence; that it was there, its hash and why it went stay.");
    }

    private static async Task<Results<Ok<RoomAnswer>, Refused>> ViewAsync(Caller caller, CaseRoom room, Guid id) =>
        (await room.ViewAsync(caller.Actor, id) is { } view ? RoomAnswer.Of(view) : null).AnswerOr(CaseRefusal.NotFound);

    private static async Task<Results<Ok<CaseLine>, Refused>> AssignAsync(Caller caller, CaseRoom room, Guid id, AssignForm form, CancellationToken cancel) =>
        (await room.ActAsync(caller.Actor, id, new AssignCase(form.To), cancel)).Answer(CaseLine.Of);

    private static async Task<Results<Ok<CaseLine>, Refused>> HandOverAsync(Caller caller, CaseRoom room, Guid id, HandOverForm form, CancellationToken cancel) =>
        (await room.ActAsync(caller.Actor, id, new HandOverCase(form.Region, form.Reason), cancel)).Answer(CaseLine.Of);

    private static async Task<Results<Ok<CaseLine>, Refused>> ProposeAsync(Caller caller, CaseRoom room, Guid id, ClosingForm form, CancellationToken cancel) =>
        (await room.ActAsync(caller.Actor, id, new ProposeClosing(form.End, form.Reason), cancel)).Answer(CaseLine.Of);

    private static async Task<Results<Ok<CaseLine>, Refused>> CloseAsync(Caller caller, CaseRoom room, Guid id, CancellationToken cancel) =>
        (await room.ActAsync(caller.Actor, id, new CloseCase(), cancel)).Answer(CaseLine.Of);

    private static async Task<Results<Ok<CaseLine>, Refused>> RefuseAsync(Caller caller, CaseRoom room, Guid id, RoomReasonForm form, CancellationToken cancel) =>
        (await room.ActAsync(caller.Actor, id, new RefuseClosing(form.Reason), cancel)).Answer(CaseLine.Of);

    private static async Task<Results<Ok<CaseLine>, Refused>> ReopenAsync(Caller caller, CaseRoom room, Guid id, RoomReasonForm form, CancellationToken cancel) =>
        (await room.ActAsync(caller.Actor, id, new ReopenCase(form.Reason), cancel)).Answer(CaseLine.Of);

    private static async Task<Results<Ok<TaskView>, Refused>> SetTaskAsync(Caller caller, CaseRoom room, Guid id, TaskForm form, CancellationToken cancel) =>
        (await room.SetTaskAsync(caller.Actor, id, form.What, form.Owner, form.Due, cancel)).Answer(TaskView.Of);

    private static async Task<Results<Ok<TaskView>, Refused>> EndTaskAsync(Caller caller, CaseRoom room, Guid id, EndTaskForm form, CancellationToken cancel) =>
        (await room.EndTaskAsync(caller.Actor, id, form.Done, form.Outcome, cancel)).Answer(TaskView.Of);

    private static async Task<Results<Ok<NoteView>, Refused>> WriteAsync(Caller caller, CaseRoom room, Guid id, NoteForm form, CancellationToken cancel) =>
        (await room.WriteAsync(caller.Actor, id, form.Text, cancel)).Answer(NoteView.Of);

    private static async Task<Results<Ok<EvidenceView>, Refused>> AddAsync(Caller caller, CaseRoom room, Guid id, string name, HttpRequest request, CancellationToken cancel) =>
        (await room.AddAsync(caller.Actor, id, name, request.Body, cancel)).Answer(EvidenceView.Of);

    private static async Task<Results<FileStreamHttpResult, Refused>> OpenAsync(Caller caller, CaseRoom room, Guid id, CancellationToken cancel)
    {
        var opened = await room.OpenAsync(caller.Actor, id, cancel);
        // Never shown in place: whatever it holds, a browser saves it and runs nothing of it.
        return opened.Refusal is { } refusal ? new Refused(refusal)
            : TypedResults.Stream(opened.Value.Bytes, AnyBytes, opened.Value.Evidence.Name ?? opened.Value.Evidence.Hash);
    }

    private static async Task<Results<Ok<EvidenceView>, Refused>> RemoveAsync(Caller caller, CaseRoom room, Guid id, RoomReasonForm form, CancellationToken cancel) =>
        (await room.RemoveAsync(caller.Actor, id, form.Reason, cancel)).Answer(EvidenceView.Of);

    /// <param name="To">A person of the centre, as <c>person:…</c>; absent for nobody.</param>
    internal sealed record AssignForm(string? To = null);

    /// <param name="Region">The region's code.</param>
    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record HandOverForm(string Region, string Reason);

    /// <param name="End">How it ended.</param>
    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record ClosingForm(CaseEnd End, string Reason);

    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record RoomReasonForm(string Reason);

    /// <param name="What">What is to be done, 1 to 300 characters.</param>
    /// <param name="Due">By when, within a year.</param>
    /// <param name="Owner">Who does it, as <c>person:…</c>; absent for whoever works on the case.</param>
    internal sealed record TaskForm(string What, Instant Due, string? Owner = null);

    /// <param name="Done">Whether it was done; dropped otherwise.</param>
    /// <param name="Outcome">What came of it; of a dropped one why.</param>
    internal sealed record EndTaskForm(bool Done, string? Outcome = null);

    /// <param name="Text">1 to 4,000 characters.</param>
    internal sealed record NoteForm(string Text);
}

/// <summary>The work on a case as the API tells of it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Tasks">Its tasks.</param>
/// <param name="Notes">Its notes.</param>
/// <param name="Evidence">Its evidence.</param>
/// <param name="History">What happened to the case itself, the newest first.</param>
internal sealed record RoomAnswer(
    CaseLine Case, ImmutableArray<TaskView> Tasks, ImmutableArray<NoteView> Notes, ImmutableArray<EvidenceView> Evidence, ImmutableArray<CaseMoment> History)
{
    public static RoomAnswer Of(RoomView v) => new(
        CaseLine.Of(v.Case), [.. v.Tasks.Select(TaskView.Of)], [.. v.Notes.Select(NoteView.Of)], [.. v.Evidence.Select(EvidenceView.Of)], [.. v.History]);
}

/// <summary>A task as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Case">The case.</param>
/// <param name="What">What is to be done.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="Due">By when.</param>
/// <param name="State">Where it stands.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record TaskView(Guid Id, Guid Case, string What, string? Owner, Instant Due, CaseTaskState State, Instant? EndedAt, string? Outcome)
{
    public static TaskView Of(CaseTask t) => new(t.Id, t.CaseId, t.What, t.Owner, t.Due, t.State, t.EndedAt, t.Outcome);
}

/// <summary>A note as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">The text.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
internal sealed record NoteView(Guid Id, string? Text, string By, Instant At)
{
    public static NoteView Of(CaseNote n) => new(n.Id, n.Text, n.By, n.At);
}

/// <summary>Evidence as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Case">The case.</param>
/// <param name="Name">The file's name.</param>
/// <param name="MediaType">What it is, by its first bytes.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Hash">The SHA-256 of its bytes.</param>
/// <param name="AddedBy">Who handed it in.</param>
/// <param name="AddedAt">When.</param>
/// <param name="RemovedAt">When it was removed.</param>
/// <param name="RemovedFor">Why.</param>
internal sealed record EvidenceView(
    Guid Id, Guid Case, string? Name, string MediaType, long Size, string Hash, string AddedBy, Instant AddedAt, Instant? RemovedAt, string? RemovedFor)
{
    public static EvidenceView Of(CaseEvidence e) => new(e.Id, e.CaseId, e.Name, e.MediaType, e.Size, e.Hash, e.AddedBy, e.AddedAt, e.RemovedAt, e.RemovedFor);
}
