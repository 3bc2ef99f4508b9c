using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Documents;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<Cordon.Casework.Conferences.ConferenceView>, Cordon.Casework.Answers.Refused>;

namespace Cordon.Casework.Conferences;


/// <summary>The conferences of the API.</summary>
internal static class ConferenceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/conferences").WithTags("Conferences");
        group.MapGet("/", ListAsync).WithName("conferences.list").WithSummary("Joint conferences, the newest first: all for the centre, regulators and auditors, a member those that it is asked to.");
        group.MapGet("/{id:guid}", FindAsync).WithName("conferences.get").WithSummary("One conference: agenda, positions, resolutions with votes, tasks, and the digest of its minutes.");
        group.MapGet("/{id:guid}/minutes", MinutesAsync).WithName("conferences.minutes").WithSummary("The minutes as a PDF of both languages; refused where no font that shows Chinese is installed.")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf");
        group.MapPost("/", ConveneAsync).WithName("conferences.convene").WithSummary("A supervisor convenes one; what climbed, is contested, waits to be decided or was left open stands on its agenda.");
        Act<ItemForm>("/{id:guid}/items", "conferences.add-item", "A supervisor puts an item on the agenda.", f => new AddItem(f.Text, f.Concerns));
        ActOn<ReasonForm>("/{id:guid}/items/{number:int}/strike", "conferences.strike-item", "A supervisor strikes an item that nothing was put forward on.", (n, f) => new StrikeItem(n, f.Reason));
        ActOn<TextForm>("/{id:guid}/items/{number:int}/positions", "conferences.position", "A department gives its position; a later one counts, the earlier stays.", (n, f) => new GivePosition(n, f.Text));
        Act<PresentForm>("/{id:guid}/open", "conferences.open", "A supervisor opens it and chairs it.", f => new OpenConference(f.Present));
        ActOn<TextForm>("/{id:guid}/items/{number:int}/resolution", "conferences.propose", "A supervisor or somebody of a member that is there puts a resolution forward.", (n, f) => new ProposeResolution(n, f.Text));
        ActOn<VoteForm>("/{id:guid}/items/{number:int}/vote", "conferences.vote", "A department that is there votes; nobody votes on a matter of their own member.", (n, f) => new CastVote(n, f.Vote, f.Dissent));
        ActOn<NoForm>("/{id:guid}/items/{number:int}/decide", "conferences.decide", "A supervisor closes the vote; without a quorum it is refused.", (n, _) => new DecideResolution(n));
        ActOn<TaskForm>("/{id:guid}/items/{number:int}/tasks", "conferences.set-task", "A supervisor sets a task out of an adopted resolution, with owner and date.", (n, f) => new SetTask(n, f.Owner, f.What, f.Due));
        ActOn<TextForm>("/{id:guid}/tasks/{number:int}/done", "conferences.finish-task", "The owner says that a task is done, and what shows it.", (n, f) => new FinishTask(n, f.Text));
        ActOn<JudgeForm>("/{id:guid}/tasks/{number:int}/judge", "conferences.judge-task", "A supervisor who is not of the owner finds it done or sends it back.", (n, f) => new JudgeTask(n, f.Accepted, f.Reason));
        Act<NoForm>("/{id:guid}/close", "conferences.close", "A supervisor closes it; no vote may be open.", _ => new CloseConference());
        Act<SignForm>("/{id:guid}/sign", "conferences.sign", "The chair and a second person of the centre sign the minutes that they read, by their digest.", f => new SignMinutes(f.Hash));
        Act<TextForm>("/{id:guid}/corrections", "conferences.correct", "A supervisor corrects signed minutes; they stay, and the correction stands under them.", f => new CorrectMinutes(f.Text));

        void Act<TForm>(string route, string name, string summary, Func<TForm, ConferenceCommand> command) => group.MapPost(route,
            async Task<Answer> (Caller caller, ConferenceDesk desk, Guid id, TForm form, CancellationToken cancel) =>
                (await desk.ActAsync(caller.Actor, id, command(form), cancel)).Answer(ConferenceView.Of)).WithName(name).WithSummary(summary);
        void ActOn<TForm>(string route, string name, string summary, Func<int, TForm, ConferenceCommand> command) => group.MapPost(route,
            async Task<Answer> (Caller caller, ConferenceDesk desk, Guid id, int number, TForm form, CancellationToken cancel) =>
                (await desk.ActAsync(caller.Actor, id, command(number, form), cancel)).Answer(ConferenceView.Of)).WithName(name).WithSummary(summary);
    }

    private static async Task<Results<Ok<Page<ConferenceLine>>, Refused>> ListAsync(Caller caller, ConferenceDesk desk, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        return TypedResults.Ok((await desk.ListAsync(caller.Actor, take + 1, before)).Page(take, c => c.Number, ConferenceLine.Of));
    }

    private static async Task<Answer> FindAsync(Caller caller, ConferenceDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.FindAsync(caller.Actor, id, cancel) is { } found ? ConferenceView.Of(found) : null).AnswerOr(ConferenceRefusal.NotFound);

    private static async Task<Results<FileContentHttpResult, Refused>> MinutesAsync(Caller caller, ConferenceDesk desk, DocumentPrinter printer, Guid id, CancellationToken cancel) =>
        await desk.MinutesAsync(caller.Actor, id, cancel) is { } minutes ? printer.Answer(minutes) : new Refused(ConferenceRefusal.NotFound);

    private static async Task<Answer> ConveneAsync(Caller caller, ConferenceDesk desk, ConveneForm form, CancellationToken cancel) =>
        (await desk.ConveneAsync(caller.Actor, form, cancel)).Answer(ConferenceView.Of);

    /// <param name="Text">What it is about, 1 to 2,000 characters.</param>
    /// <param name="Concerns">The member whose own matter it is.</param>
    internal sealed record ItemForm(string Text, MemberCode? Concerns = null);

    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record ReasonForm(string Reason);

    /// <param name="Text">1 to 4,000 characters.</param>
    internal sealed record TextForm(string Text);

    /// <param name="Present">Who is there, of those asked.</param>
    internal sealed record PresentForm(ImmutableArray<MemberCode> Present);

    /// <param name="Vote">How.</param>
    /// <param name="Dissent">Why against, up to 2,000 characters.</param>
    internal sealed record VoteForm(VoteKind Vote, string? Dissent = null);

    /// <param name="Owner">Who does it, of those asked to the conference.</param>
    /// <param name="What">What, 1 to 2,000 characters.</param>
    /// <param name="Due">The first instant after its last day.</param>
    internal sealed record TaskForm(MemberCode Owner, string What, Instant Due);

    /// <param name="Accepted">Whether it is done.</param>
    /// <param name="Reason">What is missing, 1 to 2,000 characters; absent where it is done.</param>
    internal sealed record JudgeForm(bool Accepted, string? Reason = null);

    /// <param name="Hash">SHA-256 of the minutes that were read, in hex.</param>
    internal sealed record SignForm(string Hash);

    /// <summary>Nothing is told but that it is to be done.</summary>
    internal sealed record NoForm;
}

/// <summary>A conference as lists show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">What it is called.</param>
/// <param name="SitsAt">When it sits.</param>
/// <param name="Place">Where.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Participants">Who is asked.</param>
/// <param name="Items">How many items its agenda has.</param>
/// <param name="OpenTasks">Tasks that are not accepted yet.</param>
/// <param name="OverdueTasks">Of these, overdue.</param>
internal sealed record ConferenceLine(
    Guid Id, string Number, string Title, Instant SitsAt, string Place, ConferenceState State, ImmutableArray<MemberCode> Participants, int Items, int OpenTasks, int OverdueTasks)
{
    public static ConferenceLine Of(Conference c) => new(
        c.Id, c.Number, c.Title, c.SitsAt, c.Place, c.State, [.. c.Participants.Select(p => p.Member)], c.Items.Length, c.Tasks.Count(t => t.AcceptedAt is null),
        c.Tasks.Count(t => t is { DoneAt: null, OverdueAt: not null }));
}

/// <summary>A conference as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">What it is called.</param>
/// <param name="SitsAt">When it sits.</param>
/// <param name="Place">Where.</param>
/// <param name="Urgent">Why it was convened at shorter notice.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Terms">The rules by which it decides.</param>
/// <param name="Participants">Who is asked.</param>
/// <param name="Present">Who is there.</param>
/// <param name="Items">The agenda.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="ConvenedAt">When it was convened.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="Digest">SHA-256 of the minutes, in hex: what was signed, or what is to be.</param>
/// <param name="Signatures">Who signed them.</param>
/// <param name="Corrections">Corrections of the signed minutes.</param>
internal sealed record ConferenceView(
    Guid Id, string Number, string Title, Instant SitsAt, string Place, string? Urgent, ConferenceState State, ConferenceTerms Terms, ImmutableArray<Participant> Participants,
    ImmutableArray<MemberCode> Present, ImmutableArray<AgendaItem> Items, ImmutableArray<ConferenceTask> Tasks, Instant ConvenedAt, Instant? OpenedAt, Instant? ClosedAt, string Digest,
    ImmutableArray<MinutesSignature> Signatures, ImmutableArray<MinutesCorrection> Corrections)
{
    public static ConferenceView Of(Conference c) => new(
        c.Id, c.Number, c.Title, c.SitsAt, c.Place, c.Urgent, c.State, c.Terms, c.Participants, c.Present, c.Items, c.Tasks, c.ConvenedAt, c.OpenedAt, c.ClosedAt,
        ConferenceMinutes.DigestOf(c), c.Signatures, c.Corrections);
}
