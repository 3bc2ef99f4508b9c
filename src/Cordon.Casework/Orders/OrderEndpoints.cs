using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Deliveries;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Orders;

/// <summary>The orders of the API. Who may call which is declared in one table with all other endpoints.</summary>
internal static class OrderEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders");
        orders.MapGet("/", ListAsync).WithName("orders.list")
            .WithSummary("Orders, the newest first: all for the centre, a member's own once issued.");
        orders.MapGet("/{id:guid}", FindAsync).WithName("orders.get").WithSummary("One order.");
        orders.MapPost("/{id:guid}/issue", IssueAsync).WithName("orders.issue")
            .WithSummary("An officer decides a drafted order; a second approves it before it goes out. With emergency it goes out at once, and lapses unless a second approves in time.");
        orders.MapPost("/{id:guid}/approve", ApproveAsync).WithName("orders.approve")
            .WithSummary("A second officer of the same authority approves what waits, which then goes out, or what was sent in an emergency. A repeat changes nothing.");
        orders.MapPost("/{id:guid}/send-back", SendBackAsync).WithName("orders.send-back").WithSummary("A second officer sends what waits for approval back to the drafts.");
        orders.MapPost("/{id:guid}/acknowledge", AcknowledgeAsync).WithName("orders.acknowledge")
            .WithSummary("The member has received the order. A repeat changes nothing.");
        orders.MapPost("/{id:guid}/held", HeldAsync).WithName("orders.held")
            .WithSummary("The receipt: what the member really holds, from zero to the amount ordered.");
        orders.MapPost("/{id:guid}/answer", AnswerAsync).WithName("orders.answer")
            .WithSummary("The answer to an enquiry: order references of the transfers asked about, which become corrections of them, or a note. Further legs are sent as signals.");
        orders.MapPost("/{id:guid}/freeze", FreezeAsync).WithName("orders.freeze").WithSummary("Drafts a freeze of what a stop holds; police issue it like any order.");
        orders.MapPost("/{id:guid}/unfreeze", UnfreezeAsync).WithName("orders.unfreeze").WithSummary("Drafts the end of a freeze; issued and approved, it ends the freeze at once.");
        orders.MapPost("/{id:guid}/carried-out", CarriedOutAsync).WithName("orders.carried-out").WithSummary("The member has carried out a suspension, block, take-down or unfreeze. A repeat changes nothing.");
        orders.MapPost("/{id:guid}/let-go", LetGoAsync).WithName("orders.let-go").WithSummary("The member has let go of what was lifted, expired or lapsed. A repeat changes nothing.");
        orders.MapPost("/{id:guid}/renew", RenewAsync).WithName("orders.renew").WithSummary("An officer renews a freeze by one term before it ends.");
        orders.MapPost("/{id:guid}/paid", PaidAsync).WithName("orders.paid").WithSummary("The member has paid a return, whole. A repeat changes nothing.");
        orders.MapPost("/{id:guid}/decline", DeclineAsync).WithName("orders.decline").WithSummary("The member cannot carry the order out.");
        orders.MapPost("/{id:guid}/release", ReleaseAsync).WithName("orders.release").WithSummary("An officer lifts an order before its time.");
        orders.MapPost("/{id:guid}/withdraw", WithdrawAsync).WithName("orders.withdraw").WithSummary("Drops a draft before it is issued.");
    }

    private static async Task<Results<Ok<Page<OrderView>>, Refused>> ListAsync(
        Caller caller, OrderDesk desk, Guid? @case, OrderState? state, string? member, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        MemberCode? of = null;
        if (member is not null)
        {
            if (!MemberCode.TryParse(member, out var code)) return new Refused(OrderRefusal.BadMember);
            of = code;
        }
        var rows = await desk.ListAsync(caller.Actor, new OrderFilter { Case = @case, State = state, Member = of, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, o => o.Number, OrderView.Of));
    }

    private static async Task<Results<Ok<OrderView>, Refused>> FindAsync(Caller caller, OrderDesk desk, Guid id) =>
        (await desk.FindAsync(caller.Actor, id) is { } order ? OrderView.Of(order) : null).AnswerOr(OrderRefusal.NotFound);

    private static async Task<Results<Ok<OrderView>, Refused>> IssueAsync(Caller caller, OrderDesk desk, Guid id, IssueForm form, CancellationToken cancel) =>
        (form.Emergency is { } reason
            ? await desk.IssueInEmergencyAsync(caller.Actor, id, form.LegalBasis, reason, cancel)
            : await desk.IssueAsync(caller.Actor, id, form.LegalBasis, cancel)).Answer(OrderView.Of);

    private static async Task<Results<Ok<OrderView>, Refused>> ApproveAsync(Caller caller, OrderDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.ApproveAsync(caller.Actor, id, cancel)).Answer(OrderView.Of);

    private static Task<Results<Ok<OrderView>, Refused>> SendBackAsync(Caller caller, OrderDesk desk, Guid id, ReasonForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new SendBackOrder(form.Reason), cancel);

    private static async Task<Results<Ok<OrderView>, Refused>> UnfreezeAsync(Caller caller, OrderDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.ProposeUnfreezeAsync(caller.Actor, id, cancel)).Answer(OrderView.Of);

    private static Task<Results<Ok<OrderView>, Refused>> CarriedOutAsync(Caller caller, OrderDesk desk, SignedReceipt? receipt, Guid id, NoteForm form, CancellationToken cancel) =>
        ReceiveAsync(caller, desk, receipt, id, new ReportCarriedOut(form.Note), cancel);

    private static Task<Results<Ok<OrderView>, Refused>> LetGoAsync(Caller caller, OrderDesk desk, SignedReceipt? receipt, Guid id, CancellationToken cancel) =>
        ReceiveAsync(caller, desk, receipt, id, new ReportLetGo(), cancel);

    private static Task<Results<Ok<OrderView>, Refused>> AcknowledgeAsync(Caller caller, OrderDesk desk, SignedReceipt? receipt, Guid id, CancellationToken cancel) =>
        ReceiveAsync(caller, desk, receipt, id, new AcknowledgeOrder(), cancel);

    private static Task<Results<Ok<OrderView>, Refused>> HeldAsync(Caller caller, OrderDesk desk, SignedReceipt? receipt, Guid id, HeldForm form, CancellationToken cancel) =>
        ReceiveAsync(caller, desk, receipt, id, new ReportHeld(form.Held), cancel);

    private static Task<Results<Ok<OrderView>, Refused>> AnswerAsync(Caller caller, OrderDesk desk, SignedReceipt? receipt, Guid id, AnswerForm form, CancellationToken cancel) =>
        ReceiveAsync(caller, desk, receipt, id, new AnswerEnquiry(form.References, form.Note), cancel);

    private static async Task<Results<Ok<OrderView>, Refused>> FreezeAsync(Caller caller, OrderDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.ProposeFreezeAsync(caller.Actor, id, cancel)).Answer(OrderView.Of);

    private static Task<Results<Ok<OrderView>, Refused>> RenewAsync(Caller caller, OrderDesk desk, Guid id, RenewForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new RenewFreeze(form.LegalBasis), cancel);

    private static Task<Results<Ok<OrderView>, Refused>> PaidAsync(Caller caller, OrderDesk desk, SignedReceipt? receipt, Guid id, PaidForm form, CancellationToken cancel) =>
        ReceiveAsync(caller, desk, receipt, id, new ReportPaid(form.Amount, form.Payment), cancel);

    private static Task<Results<Ok<OrderView>, Refused>> DeclineAsync(Caller caller, OrderDesk desk, SignedReceipt? receipt, Guid id, ReasonForm form, CancellationToken cancel) =>
        ReceiveAsync(caller, desk, receipt, id, new DeclineOrder(form.Reason), cancel);

    private static Task<Results<Ok<OrderView>, Refused>> ReleaseAsync(Caller caller, OrderDesk desk, Guid id, ReasonForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new ReleaseOrder(form.Reason), cancel);

    private static Task<Results<Ok<OrderView>, Refused>> WithdrawAsync(Caller caller, OrderDesk desk, Guid id, ReasonForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new WithdrawOrder(form.Reason), cancel);

    private static async Task<Results<Ok<OrderView>, Refused>> ActAsync(Caller caller, OrderDesk desk, Guid id, OrderCommand command, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, command, cancel)).Answer(OrderView.Of);

    private static async Task<Results<Ok<OrderView>, Refused>> ReceiveAsync(
        Caller caller, OrderDesk desk, SignedReceipt? receipt, Guid id, OrderCommand answer, CancellationToken cancel) =>
        (await desk.AnswerAsync(caller.Actor, id, answer, receipt, cancel)).Answer(OrderView.Of);

    /// <param name="LegalBasis">Bases of the competence table, by name, set apart by ';', 1 to 200 characters.</param>
    /// <param name="Emergency">Why it cannot wait for a second officer, 1 to 500 characters; absent where it waits.</param>
    internal sealed record IssueForm(string LegalBasis, string? Emergency = null);

    /// <param name="LegalBasis">Bases of the competence table, by name, set apart by ';', 1 to 200 characters.</param>
    internal sealed record RenewForm(string LegalBasis);

    /// <param name="Note">What else there is to say, 1 to 500 characters; absent where nothing is.</param>
    internal sealed record NoteForm(string? Note = null);

    /// <param name="Held">What is really held, in the order's currency.</param>
    internal sealed record HeldForm(Amount Held);

    /// <param name="Amount">How much was paid: what was ordered.</param>
    /// <param name="Payment">The member's own reference of the payment, 1 to 64 visible ASCII characters.</param>
    internal sealed record PaidForm(Amount Amount, string Payment);

    /// <param name="References">Order references of transfers that were asked about; none where there are none.</param>
    /// <param name="Note">What else there is to say, 1 to 500 characters; needed where no reference is given.</param>
    internal sealed record AnswerForm(ImmutableArray<ReferenceGiven> References, string? Note = null);

    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record ReasonForm(string Reason);
}
