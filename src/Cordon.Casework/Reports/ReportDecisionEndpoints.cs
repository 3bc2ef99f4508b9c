using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Reports;

/// <summary>Reports that came in, and what clerks decide about them; only the centre has any.</summary>
internal static class ReportDecisionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports");
        reports.MapGet("/", ListAsync).WithName("reports.list").WithSummary("Reports, the newest first.");
        reports.MapGet("/types", Types).WithName("reports.types").WithSummary("The tree of types of fraud.");
        reports.MapGet("/{id:guid}", FindAsync).WithName("reports.get").WithSummary("One report, with the reports that tell of the same losses.");
        reports.MapPost("/{id:guid}/verify", VerifyAsync).WithName("reports.verify")
            .WithSummary("A clerk verified who the victim is, and confirms what was lost. Until then nothing follows from what a stranger told.");
        reports.MapPost("/{id:guid}/type", ChooseAsync).WithName("reports.choose-type").WithSummary("A clerk chooses the type of fraud.");
        reports.MapPost("/{id:guid}/unfounded", RejectAsync).WithName("reports.unfounded")
            .WithSummary("There is no loss, or nobody stands behind the report: it counts no more, and drafts that rest on it alone are dropped. Verifying it takes that back.");
        reports.MapPost("/{id:guid}/duplicates/{loss:int}/refute", RefuteAsync).WithName("reports.refute-duplicate")
            .WithSummary("A payment that is held for one of another report is a loss of its own. One transfer stays one payment.");
    }

    private static async Task<Results<Ok<Page<ReportView>>, Refused>> ListAsync(Caller caller, ReportDesk desk, ReportState? state, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var place) is { } fault) return new Refused(fault);
        Guid? before = null;
        if (place is not null)
        {
            if (!Guid.TryParse(place, out var id)) return new Refused(PageQuery.BadCursor);
            before = id;
        }
        var rows = await desk.ListAsync(caller.Actor, new ReportFilter { State = state, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, r => r.Id.ToString(), ReportView.Of));
    }

    private static Ok<List<FraudTypeLine>> Types(FraudTypes types) =>
        TypedResults.Ok(types.All.Select(t => new FraudTypeLine(t.Code, t.Parent, t.Title.Zh, t.Title.En)).ToList());

    private static async Task<Results<Ok<ReportFileView>, Refused>> FindAsync(Caller caller, ReportDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.ViewAsync(caller.Actor, id, cancel) is { } file
            ? new ReportFileView(ReportView.Of(file.Report), file.CaseNumber, [.. file.Others.Select(r => r.Id)], [.. file.CountedHere.Select(r => r.Id)]) : null).AnswerOr(ReportRefusal.NotFound);

    private static Task<Results<Ok<ReportView>, Refused>> VerifyAsync(Caller caller, ReportDesk desk, Guid id, VerifyForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new VerifyReport(form.How, form.FraudType, [.. form.Losses.Select(l => new ReportedLoss(l.Transfer, l.Member, l.Payer, l.Payee, l.Amount, l.At))]), cancel);

    private static Task<Results<Ok<ReportView>, Refused>> ChooseAsync(Caller caller, ReportDesk desk, Guid id, TypeForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new ChooseFraudType(form.FraudType), cancel);

    private static Task<Results<Ok<ReportView>, Refused>> RejectAsync(Caller caller, ReportDesk desk, Guid id, ReasonForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new FindUnfounded(form.Reason), cancel);

    private static Task<Results<Ok<ReportView>, Refused>> RefuteAsync(Caller caller, ReportDesk desk, Guid id, int loss, ReasonForm form, CancellationToken cancel) =>
        ActAsync(caller, desk, id, new RefuteDuplicate(loss, form.Reason), cancel);

    private static async Task<Results<Ok<ReportView>, Refused>> ActAsync(Caller caller, ReportDesk desk, Guid id, ReportCommand command, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, command, cancel)).Answer(ReportView.Of);

    /// <param name="How">How the victim was verified, 1 to 500 characters.</param>
    /// <param name="FraudType">A type of the tree without kinds of its own.</param>
    /// <param name="Losses">The payments as confirmed, 1 to 200 in the currency of the case.</param>
    internal sealed record VerifyForm(string How, string FraudType, IReadOnlyList<ConfirmedLoss> Losses);

    /// <param name="Amount">How much.</param>
    /// <param name="At">When.</param>
    /// <param name="Transfer">The transfer that is meant, where one is; with its member.</param>
    /// <param name="Member">The member that told it.</param>
    /// <param name="Payer">The victim's account.</param>
    /// <param name="Payee">The account paid to.</param>
    internal sealed record ConfirmedLoss(Amount Amount, Instant At, SignalId? Transfer = null, MemberCode? Member = null, AccountNumber? Payer = null, AccountNumber? Payee = null);

    /// <param name="FraudType">A type of the tree without kinds of its own.</param>
    internal sealed record TypeForm(string FraudType);

    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record ReasonForm(string Reason);
}

/// <summary>A type of fraud of the tree.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Parent">The type that it is a kind of; absent at the top.</param>
/// <param name="Zh">Its name in Chinese.</param>
/// <param name="En">Its name in English.</param>
internal sealed record FraudTypeLine(string Code, string? Parent, string Zh, string En);

/// <summary>A report with those of the same losses.</summary>
/// <param name="Report">The report.</param>
/// <param name="CaseNumber">The number of its case.</param>
/// <param name="CountedWith">The reports that its payments are counted with.</param>
/// <param name="CountedHere">The reports that have payments counted with this one.</param>
internal sealed record ReportFileView(ReportView Report, string CaseNumber, IReadOnlyList<Guid> CountedWith, IReadOnlyList<Guid> CountedHere);

/// <summary>A report.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SourceId">The sender's own id.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="State">Where it stands.</param>
/// <param name="MayAct">Whether orders and warnings may follow from it.</param>
/// <param name="Case">The case it belongs to.</param>
/// <param name="Reporter">The victim's name.</param>
/// <param name="Phone">The victim's number.</param>
/// <param name="Text">What was told, identity numbers masked.</param>
/// <param name="FraudType">The type of fraud.</param>
/// <param name="TypeBy">Who told or chose it; absent where it was guessed.</param>
/// <param name="Suspects">Who and where to.</param>
/// <param name="Losses">The payments, as confirmed where a clerk did.</param>
/// <param name="Duplicates">Those of them that another report tells of too.</param>
/// <param name="ReportedAt">When the victim reported.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="VerifiedBy">Who answers for the victim; absent where nobody does.</param>
/// <param name="VerifiedAt">Since when.</param>
/// <param name="Unfounded">Why it is unfounded; absent where it is not.</param>
internal sealed record ReportView(
    Guid Id, string SourceId, ReportChannel Channel, ReportState State, bool MayAct, Guid Case, string? Reporter, PhoneNumber? Phone, string? Text,
    string FraudType, string? TypeBy, Suspects Suspects, ImmutableArray<ReportedLoss> Losses, ImmutableArray<ToldTwice> Duplicates,
    Instant ReportedAt, Instant ReceivedAt, string? VerifiedBy, Instant? VerifiedAt, string? Unfounded)
{
    public static ReportView Of(Report r) => new(
        r.Id, r.SourceId, r.Channel, r.State, r.MayAct, r.CaseId, r.Reporter, r.Phone, r.Text, r.FraudType, r.TypeBy, r.Suspects, r.Losses, r.Duplicates,
        r.ReportedAt, r.ReceivedAt, r.VerifiedBy, r.VerifiedAt, r.Unfounded);
}
