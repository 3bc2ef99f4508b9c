using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Indicators;

/// <summary>Indicators in the API. Who may call which is declared in one table with all other endpoints.</summary>
internal static class IndicatorEndpoints
{
    private const int UsualStretch = 100;

    public static void Map(RouteGroupBuilder api)
    {
        var indicators = api.MapGroup("/indicators").WithTags("Indicators");
        indicators.MapGet("/", ListAsync).WithName("indicators.list").WithSummary("Indicators, the newest first: a member sees what is shared with it and what it gave.");
        indicators.MapGet("/{id:guid}", FindAsync).WithName("indicators.get").WithSummary("One indicator with sightings, votes and the receipts of its recall.");
        indicators.MapPost("/", ProposeAsync).WithName("indicators.propose").WithSummary("Proposes an identifier that was used for fraud; a second person of the centre confirms it.");
        indicators.MapPost("/from-case/{id:guid}", FromCaseAsync).WithName("indicators.propose-from-case")
            .WithSummary("Proposes what the proven chain of a case names; answers what is new.");
        indicators.MapPost("/{id:guid}/confirm", ConfirmAsync).WithName("indicators.confirm")
            .WithSummary("A second person confirms it, or says that a disputed one is right: screening uses it within a second.");
        indicators.MapPost("/{id:guid}/dismiss", DismissAsync).WithName("indicators.dismiss").WithSummary("A proposal is not confirmed.");
        indicators.MapPost("/{id:guid}/prolong", ProlongAsync).WithName("indicators.prolong").WithSummary("It counts until another day, within a year.");
        indicators.MapPost("/{id:guid}/recall", RecallAsync).WithName("indicators.recall")
            .WithSummary("It was wrong: screening drops it, and every member that was told owes a receipt within 24 hours.");
        indicators.MapPost("/{id:guid}/votes", VoteAsync).WithName("indicators.vote").WithSummary("A member says that it hits somebody honest; two members suspend it until the centre decides.");
        indicators.MapPost("/{id:guid}/sightings", SightAsync).WithName("indicators.sight").WithSummary("A member says how often it saw it.");
        indicators.MapGet("/feed", FeedAsync).WithName("indicators.feed").WithSummary("What a member is told, as it changed after a place: new ones, other ends, suspensions, recalls.");
        indicators.MapPost("/receipts", ReceiveAsync).WithName("indicators.receive")
            .WithSummary("A member took the feed over up to a place; what was recalled up to there is dropped by it. Answers the receipts that it still owes.");
    }

    private static async Task<Results<Ok<Page<IndicatorView>>, Refused>> ListAsync(
        Caller caller, IndicatorDesk desk, IndicatorKind? kind, IndicatorState? state, Guid? @case, string? text, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        var rows = await desk.ListAsync(caller.Actor, new IndicatorFilter { Kind = kind, State = state, Case = @case, Text = text, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, i => i.Number, IndicatorView.Of));
    }

    private static async Task<Results<Ok<IndicatorFileView>, Refused>> FindAsync(Caller caller, IndicatorDesk desk, Guid id) =>
        (await desk.FindAsync(caller.Actor, id) is { } file ? IndicatorFileView.Of(file) : null).AnswerOr(IndicatorRefusal.NotFound);

    private static async Task<Results<Ok<IndicatorView>, Refused>> ProposeAsync(Caller caller, IndicatorDesk desk, ProposalForm form, CancellationToken cancel) =>
        (await desk.ProposeAsync(caller.Actor, new ProposedIndicator(form.Kind, form.Value, form.Confidence, form.Tlp, form.Reason, form.Until), form.Case, cancel)).Answer(IndicatorView.Of);

    private static async Task<Results<Ok<List<IndicatorView>>, Refused>> FromCaseAsync(Caller caller, IndicatorDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.ProposeFromCaseAsync(caller.Actor, id, cancel)).Answer(proposed => proposed.Select(IndicatorView.Of).ToList());

    private static async Task<Results<Ok<IndicatorView>, Refused>> ConfirmAsync(Caller caller, IndicatorDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new ConfirmIndicator(), cancel)).Answer(IndicatorView.Of);

    private static async Task<Results<Ok<IndicatorView>, Refused>> DismissAsync(Caller caller, IndicatorDesk desk, Guid id, IndicatorReasonForm form, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new DismissIndicator(form.Reason), cancel)).Answer(IndicatorView.Of);

    private static async Task<Results<Ok<IndicatorView>, Refused>> ProlongAsync(Caller caller, IndicatorDesk desk, Guid id, ProlongForm form, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new ProlongIndicator(form.Until, form.Reason), cancel)).Answer(IndicatorView.Of);

    private static async Task<Results<Ok<IndicatorView>, Refused>> RecallAsync(Caller caller, IndicatorDesk desk, Guid id, IndicatorReasonForm form, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new RecallIndicator(form.Reason), cancel)).Answer(IndicatorView.Of);

    private static async Task<Results<Ok<IndicatorView>, Refused>> VoteAsync(Caller caller, IndicatorDesk desk, Guid id, IndicatorReasonForm form, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new VoteFalse(form.Reason), cancel)).Answer(IndicatorView.Of);

    private static async Task<Results<Ok<IndicatorView>, Refused>> SightAsync(Caller caller, IndicatorDesk desk, Guid id, SightingForm form, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new SightIndicator(form.Count, form.SeenAt), cancel)).Answer(IndicatorView.Of);

    private static async Task<Results<Ok<StretchView>, Refused>> FeedAsync(Caller caller, IndicatorDesk desk, long? after, int? limit)
    {
        if (limit is < 1 or > PageQuery.MostLimit) return new Refused(PageQuery.BadLimit);
        if (after is < 0) return new Refused(IndicatorRefusal.BadPlace);
        return (await desk.FeedAsync(caller.Actor, after ?? 0, limit ?? UsualStretch)).Answer(StretchView.Of);
    }

    private static async Task<Results<Ok<OwedView>, Refused>> ReceiveAsync(Caller caller, IndicatorDesk desk, ReceivedForm form, CancellationToken cancel) =>
        (await desk.ReceiveAsync(caller.Actor, form.UpTo, cancel)).Answer(owed => new OwedView([.. owed.Select(ReceiptView.Of)]));

    /// <param name="Kind">What it names.</param>
    /// <param name="Value">The identifier in its written form.</param>
    /// <param name="Confidence">How sure, 0 to 100; from 50 on screening uses it.</param>
    /// <param name="Tlp">Who may be told.</param>
    /// <param name="Reason">Why, 1 to 500 characters.</param>
    /// <param name="Until">From when on it counts no more, within a year; the usual term of its kind where absent.</param>
    /// <param name="Case">The case that it is known from; the centre alone names one.</param>
    internal sealed record ProposalForm(IndicatorKind Kind, string Value, int Confidence, Tlp Tlp, string Reason, Instant? Until = null, Guid? Case = null);

    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record IndicatorReasonForm(string Reason);

    /// <param name="Until">From when on it counts no more.</param>
    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record ProlongForm(Instant Until, string Reason);

    /// <param name="Count">How often, 1 to 1,000,000.</param>
    /// <param name="SeenAt">When last.</param>
    internal sealed record SightingForm(int Count, Instant SeenAt);

    /// <param name="UpTo">The place, as the feed gave it in next.</param>
    internal sealed record ReceivedForm(long UpTo);
}

/// <summary>An indicator as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Value">The identifier in its written form.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Use">Whether it counts now.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Giver">The member that gave it.</param>
/// <param name="Confidence">How sure, 0 to 100.</param>
/// <param name="Tlp">Who may be told.</param>
/// <param name="Reason">Why it is there, or why it ended.</param>
/// <param name="ConfirmedAt">Since when it counts.</param>
/// <param name="Until">From when on it counts no more.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="FalseVotes">How many members say that it hits honest people.</param>
/// <param name="SightingsTold">How often members told that they saw it.</param>
/// <param name="Feed">The place of its last change in the feed.</param>
internal sealed record IndicatorView(
    Guid Id, string Number, IndicatorKind Kind, string Value, IndicatorState State, bool Use, IndicatorOrigin Origin, MemberCode? Giver, int Confidence, Tlp Tlp, string Reason,
    Instant? ConfirmedAt, Instant Until, Instant? EndedAt, int FalseVotes, long SightingsTold, long Feed)
{
    public static IndicatorView Of(Indicator i) => new(
        i.Id, i.Number, i.Kind, i.Value, i.State, i.State == IndicatorState.Active, i.Origin, i.Giver, i.Confidence, i.Tlp, i.Reason,
        i.ConfirmedAt, i.Until, i.EndedAt, i.Votes.Length, i.SightingsTold, i.Feed);
}

/// <summary>An indicator with what is known of it elsewhere, as the API tells of it.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Verdicts">How many signals that named it drew a verdict since it was confirmed.</param>
/// <param name="LastVerdict">When the last of them was.</param>
/// <param name="Receipts">Members that must drop it.</param>
internal sealed record IndicatorFileView(IndicatorView Indicator, int Verdicts, Instant? LastVerdict, ImmutableArray<ReceiptView> Receipts)
{
    public static IndicatorFileView Of(IndicatorFile f) => new(IndicatorView.Of(f.Indicator), f.Verdicts, f.LastVerdict, [.. f.Receipts.Select(ReceiptView.Of)]);
}

/// <summary>A receipt of a recall as the API tells of it.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Member">Who must drop it.</param>
/// <param name="Feed">The place of the recall in the feed.</param>
/// <param name="RecalledAt">When it was recalled.</param>
/// <param name="Due">Until when the receipt is owed.</param>
/// <param name="ReceivedAt">When it was given.</param>
internal sealed record ReceiptView(Guid Indicator, MemberCode Member, long Feed, Instant RecalledAt, Instant Due, Instant? ReceivedAt)
{
    public static ReceiptView Of(RecallReceipt r) => new(r.Indicator, r.Member, r.Feed, r.RecalledAt, r.Due, r.ReceivedAt);
}

/// <summary>A stretch of the feed as the API tells of it.</summary>
/// <param name="Items">What changed.</param>
/// <param name="Next">Where the next stretch begins; send it as upTo once this was taken over.</param>
/// <param name="More">Whether more is there already.</param>
internal sealed record StretchView(ImmutableArray<IndicatorView> Items, long Next, bool More)
{
    public static StretchView Of(IndicatorStretch s) => new([.. s.Items.Select(IndicatorView.Of)], s.Next, s.More);
}

/// <summary>Receipts that a member owes.</summary>
/// <param name="Owed">The receipts.</param>
internal sealed record OwedView(ImmutableArray<ReceiptView> Owed);
