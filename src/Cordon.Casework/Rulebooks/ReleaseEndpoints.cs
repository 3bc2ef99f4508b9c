using Cordon.Casework.Answers;
using Cordon.Casework.Rulebooks.Shadow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Rulebooks;

/// <summary>The release of rulebooks in the API, step by step.</summary>
internal static class ReleaseEndpoints
{
    private static readonly Refusal NoShadow = new("rulebook/no-shadow", RefusalKind.NotFound,
        "The shadow of this rulebook does not run.", "Start it; what a stopped shadow found stands in the rulebook.");

    public static void Map(RouteGroupBuilder api)
    {
        var books = api.MapGroup("/rulebooks").WithTags("Rulebooks");
        books.MapPost("/{id:guid}/attach", AttachAsync).WithName("rulebooks.attach").WithSummary("Attaches a finished backtest of the draft as it is now.");
        books.MapPost("/{id:guid}/shadow", StartAsync).WithName("rulebooks.shadow-start").WithSummary("Lets the rulebook judge live traffic beside the active one, without effect.");
        books.MapGet("/{id:guid}/shadow", ShadowAsync).WithName("rulebooks.shadow").WithSummary("What the rulebook in the shadow would have done otherwise, so far.");
        books.MapDelete("/{id:guid}/shadow", StopAsync).WithName("rulebooks.shadow-stop").WithSummary("Stops the shadow and keeps its sums.");
        books.MapPost("/{id:guid}/approve", ApproveAsync).WithName("rulebooks.approve").WithSummary("A second person agrees: a supervisor, or a rule author who has not written in it.");
        books.MapPost("/{id:guid}/send-back", SendBackAsync).WithName("rulebooks.send-back").WithSummary("A second person does not agree: it is a draft again.");
        books.MapPost("/{id:guid}/activate", ActivateAsync).WithName("rulebooks.activate").WithSummary("Makes an approved rulebook the one that judges, without restart.");
        books.MapPost("/{id:guid}/withdraw", WithdrawAsync).WithName("rulebooks.withdraw").WithSummary("Drops a rulebook before it judges.");
        books.MapPost("/roll-back", RollBackAsync).WithName("rulebooks.roll-back").WithMetadata(new RepeatMark(RepeatRule.Required))
            .WithSummary("One click back: the rulebook that judged before judges again at once. A second person confirms within two hours. Needs an Idempotency-Key, because a blind repeat would go forth again.");
        books.MapPost("/{id:guid}/confirm", ConfirmAsync).WithName("rulebooks.confirm").WithSummary("A second person confirms that it was right to bring a rulebook back.");
    }

    private static async Task<Results<Ok<RulebookView>, Refused>> AttachAsync(Caller caller, RulebookDesk desk, Guid id, AttachForm form, CancellationToken cancel) =>
        (await desk.AttachAsync(caller.Actor, id, form.Backtest, cancel)).Answer(RulebookView.Of);

    private static async Task<Results<Ok<RulebookView>, Refused>> StartAsync(Caller caller, RulebookDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.StartShadowAsync(caller.Actor, id, cancel)).Answer(RulebookView.Of);

    private static async Task<Results<Ok<RulebookView>, Refused>> StopAsync(Caller caller, RulebookDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.StopShadowAsync(caller.Actor, id, cancel)).Answer(RulebookView.Of);

    private static Results<Ok<ShadowReport>, Refused> ShadowAsync(RulebookDesk desk, Guid id) => desk.Shadow(id).AnswerOr(NoShadow);

    private static async Task<Results<Ok<RulebookView>, Refused>> ApproveAsync(Caller caller, RulebookDesk desk, Guid id, ApproveForm form, CancellationToken cancel) =>
        (await desk.ApproveAsync(caller.Actor, id, form.Note, cancel)).Answer(RulebookView.Of);

    private static async Task<Results<Ok<RulebookView>, Refused>> SendBackAsync(Caller caller, RulebookDesk desk, Guid id, ReasonForm form, CancellationToken cancel) =>
        (await desk.SendBackAsync(caller.Actor, id, form.Reason, cancel)).Answer(RulebookView.Of);

    private static async Task<Results<Ok<RulebookView>, Refused>> ActivateAsync(Caller caller, RulebookDesk desk, Guid id, ReasonForm form, CancellationToken cancel) =>
        (await desk.PutToWorkAsync(caller.Actor, id, form.Reason, cancel)).Answer(RulebookView.Of);

    private static async Task<Results<Ok<RulebookView>, Refused>> WithdrawAsync(Caller caller, RulebookDesk desk, Guid id, ReasonForm form, CancellationToken cancel) =>
        (await desk.WithdrawAsync(caller.Actor, id, form.Reason, cancel)).Answer(RulebookView.Of);

    private static async Task<Results<Ok<RulebookView>, Refused>> RollBackAsync(Caller caller, RulebookDesk desk, ReasonForm form, CancellationToken cancel) =>
        (await desk.BringBackAsync(caller.Actor, form.Reason, cancel)).Answer(RulebookView.Of);

    private static async Task<Results<Ok<RulebookView>, Refused>> ConfirmAsync(Caller caller, RulebookDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.ConfirmAsync(caller.Actor, id, cancel)).Answer(RulebookView.Of);

    /// <param name="Backtest">The finished run.</param>
    internal sealed record AttachForm(Guid Backtest);

    /// <param name="Note">What the approver says, 1 to 500 characters.</param>
    internal sealed record ApproveForm(string Note);

    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record ReasonForm(string Reason);
}
