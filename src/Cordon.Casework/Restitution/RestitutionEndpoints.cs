using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Restitution;

/// <summary>The ledgers of restitution in the API; only the centre has any.</summary>
internal static class RestitutionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var ledgers = api.MapGroup("/restitutions").WithTags("Restitution");
        ledgers.MapGet("/", ListAsync).WithName("restitutions.list").WithSummary("Ledgers of held money, the newest first.");
        ledgers.MapPost("/", OpenAsync).WithName("restitutions.open").WithSummary("Opens the ledger of an account, by an order that holds money there. A repeat gives the same one.");
        ledgers.MapGet("/{id:guid}", FindAsync).WithName("restitutions.get").WithSummary("One ledger: its claims, the sum divided by every method, its returns and its books.");
        ledgers.MapPost("/{id:guid}/announce", AnnounceAsync).WithName("restitutions.announce").WithSummary("A police officer announces a division; one in proportion is open to objections for 30 days.");
        ledgers.MapPost("/{id:guid}/objections", ObjectAsync).WithName("restitutions.object").WithSummary("Takes down an objection to an announced division.");
        ledgers.MapPost("/{id:guid}/objections/{number:int}/settle", SettleAsync).WithName("restitutions.settle").WithSummary("A second police officer settles an objection; where it is upheld, the division falls.");
        ledgers.MapPost("/{id:guid}/decide", DecideAsync).WithName("restitutions.decide").WithSummary("A second police officer decides the division; each share becomes a return to be paid within three working days.");
        ledgers.MapPost("/{id:guid}/reopen", ReopenAsync).WithName("restitutions.reopen").WithSummary("A police officer opens a ledger again, for a new victim or a return that could not be paid.");
    }

    private static async Task<Results<Ok<Page<LedgerView>>, Refused>> ListAsync(Caller caller, RestitutionDesk desk, Guid? @case, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        var rows = await desk.ListAsync(caller.Actor, @case, before, take + 1);
        return TypedResults.Ok(rows.Page(take, l => l.Number, LedgerView.Of));
    }

    private static async Task<Results<Ok<LedgerView>, Refused>> OpenAsync(Caller caller, RestitutionDesk desk, OpenForm form, CancellationToken cancel) =>
        (await desk.OpenAsync(caller.Actor, form.Order, cancel)).Answer(LedgerView.Of);

    private static async Task<Results<Ok<LedgerPage>, Refused>> FindAsync(Caller caller, RestitutionDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.ViewAsync(caller.Actor, id, cancel) is { } view ? LedgerPage.Of(view) : null).AnswerOr(RestitutionRefusal.NotFound);

    private static async Task<Results<Ok<LedgerView>, Refused>> AnnounceAsync(Caller caller, RestitutionDesk desk, Guid id, AnnounceForm form, CancellationToken cancel) =>
        (await desk.AnnounceAsync(caller.Actor, id, form.Method, form.Reason, form.LegalBasis, cancel)).Answer(LedgerView.Of);

    private static Task<Results<Ok<LedgerView>, Refused>> ObjectAsync(Caller caller, RestitutionDesk desk, Guid id, ObjectForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new TakeObjection(form.From, form.Text), cancel);

    private static Task<Results<Ok<LedgerView>, Refused>> SettleAsync(Caller caller, RestitutionDesk desk, Guid id, int number, SettleForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new SettleObjection(number, form.Upheld, form.Reason), cancel);

    private static async Task<Results<Ok<LedgerView>, Refused>> DecideAsync(Caller caller, RestitutionDesk desk, Guid id, DecideForm form, CancellationToken cancel) =>
        (await desk.DecideAsync(caller.Actor, id, form.LegalBasis, cancel)).Answer(LedgerView.Of);

    private static Task<Results<Ok<LedgerView>, Refused>> ReopenAsync(Caller caller, RestitutionDesk desk, Guid id, ReopenForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new ReopenLedger(form.Reason), cancel);

    private static async Task<Results<Ok<LedgerView>, Refused>> ActAsync(Caller caller, RestitutionDesk desk, Guid id, RestitutionCommand command, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, command, cancel)).Answer(LedgerView.Of);

    /// <param name="Order">The id of a stop or freeze that holds money.</param>
    internal sealed record OpenForm(Guid Order);

    /// <param name="Method">Direct or in proportion; the other methods are for comparison.</param>
    /// <param name="LegalBasis">The instrument and article, 1 to 200 characters.</param>
    /// <param name="Reason">Why not the legal one, 1 to 500 characters; absent where it is.</param>
    internal sealed record AnnounceForm(DivisionMethod Method, string LegalBasis, string? Reason = null);

    /// <param name="From">Who objects, 1 to 200 characters.</param>
    /// <param name="Text">What is said, 1 to 4,000 characters.</param>
    internal sealed record ObjectForm(string From, string Text);

    /// <param name="Upheld">Whether it is right.</param>
    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record SettleForm(bool Upheld, string Reason);

    /// <param name="LegalBasis">The instrument and article, 1 to 200 characters.</param>
    internal sealed record DecideForm(string LegalBasis);

    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record ReopenForm(string Reason);
}

/// <summary>A ledger as the API tells of it. Amounts in minor units of its currency.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Case">The case in which it was opened.</param>
/// <param name="Order">The order by which it was opened.</param>
/// <param name="Account">The account that the money is held in.</param>
/// <param name="Held">How much that order held.</param>
/// <param name="State">Where it stands.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Division">The division announced; absent where there is none.</param>
/// <param name="Divided">What it divides.</param>
/// <param name="Reason">Why it is not the legal one.</param>
/// <param name="LegalBasis">On what basis.</param>
/// <param name="AnnouncedAt">When it was announced.</param>
/// <param name="ObjectUntil">Until when it can be objected to.</param>
/// <param name="Objections">The objections.</param>
/// <param name="DecidedAt">When it was decided.</param>
internal sealed record LedgerView(
    Guid Id, string Number, Guid Case, Guid Order, AccountNumber Account, Amount Held, LedgerState State, Instant OpenedAt, Division? Division, Amount? Divided,
    string? Reason, string? LegalBasis, Instant? AnnouncedAt, Instant? ObjectUntil, ImmutableArray<Objection> Objections, Instant? DecidedAt)
{
    public static LedgerView Of(RestitutionLedger l) => new(
        l.Id, l.Number, l.CaseId, l.Hold, l.Account, new Amount(l.HeldMinor, l.Currency), l.State, l.OpenedAt, l.Division,
        l.Division is null ? null : new Amount(l.DividedMinor, l.Currency), l.Reason, l.LegalBasis, l.AnnouncedAt, l.ObjectUntil, l.Objections, l.DecidedAt);
}

/// <summary>A ledger with all that belongs to it.</summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="Free">What is held now and not ordered back.</param>
/// <param name="Claims">The claims as they are now.</param>
/// <param name="Divisions">What is free now, divided by every method, the legal one first.</param>
/// <param name="Returns">The returns.</param>
/// <param name="Postings">The books, entry by entry.</param>
/// <param name="Balances">What is on each account of the books, minor units.</param>
internal sealed record LedgerPage(
    LedgerView Ledger, Amount Free, ImmutableArray<VictimClaim> Claims, ImmutableArray<Division> Divisions, IReadOnlyList<OrderView> Returns,
    ImmutableArray<Posting> Postings, ImmutableSortedDictionary<string, long> Balances)
{
    public static LedgerPage Of(RestitutionView v) => new(
        LedgerView.Of(v.Ledger), new Amount(v.FreeMinor, v.Ledger.Currency), v.Claims, v.Divisions, [.. v.Returns.Select(OrderView.Of)], v.Book.Postings, v.Book.Balances());
}
