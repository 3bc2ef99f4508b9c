using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Appeals;

/// <summary>Appeals and notices in the API. Who may call which is declared in one table with all other endpoints.</summary>
internal static class AppealEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var appeals = api.MapGroup("/appeals").WithTags("Appeals");
        appeals.MapGet("/", ListAsync).WithName("appeals.list").WithSummary("Appeals, the newest first: all for the centre and who decides them, a member's own.");
        appeals.MapGet("/{id:guid}", FindAsync).WithName("appeals.get").WithSummary("One appeal with its order and the minutes that it took.");
        appeals.MapPost("/", ReceiveAsync).WithName("appeals.receive").WithSummary("Takes an appeal down: the member, police, or the centre on behalf of the person.");
        appeals.MapPost("/{id:guid}/decide", DecideAsync).WithName("appeals.decide")
            .WithSummary("Somebody who neither issued nor approved the order decides; upheld, everything on that account or number is lifted at once.");
        var notices = api.MapGroup("/notices").WithTags("Appeals");
        notices.MapGet("/", NoticesAsync).WithName("notices.list").WithSummary("The notices of an order.");
        notices.MapGet("/{id:guid}", NoticeAsync).WithName("notices.get").WithSummary("One notice, its text in both languages.");
        notices.MapGet("/{id:guid}/pdf", PdfAsync).WithName("notices.pdf").WithSummary("The notice as a PDF of both languages; refused where no font that shows Chinese is installed.")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf");
    }

    private static async Task<Results<Ok<Page<AppealView>>, Refused>> ListAsync(Caller caller, AppealDesk desk, AppealState? state, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        var rows = await desk.ListAsync(caller.Actor, state, before, take + 1);
        return TypedResults.Ok(rows.Page(take, f => f.Appeal.Number, AppealView.Of));
    }

    private static async Task<Results<Ok<AppealView>, Refused>> FindAsync(Caller caller, AppealDesk desk, Guid id) =>
        (await desk.FindAsync(caller.Actor, id) is { } file ? AppealView.Of(file) : null).AnswerOr(AppealRefusal.NotFound);

    private static async Task<Results<Ok<AppealView>, Refused>> ReceiveAsync(Caller caller, AppealDesk desk, ReceiveForm form, CancellationToken cancel) =>
        (form.Order, form.Restriction) switch
        {
            ({ } order, null) => await AnswerAsync(caller, desk, await desk.ReceiveAsync(caller.Actor, order, form.From, form.Text, cancel)),
            (null, { } restriction) => await AnswerAsync(caller, desk, await desk.ReceiveAgainstAsync(caller.Actor, restriction, form.From, form.Text, cancel)),
            _ => new Refused(AppealRefusal.NoRestriction),
        };

    private static async Task<Results<Ok<AppealView>, Refused>> DecideAsync(Caller caller, AppealDesk desk, Guid id, DecideForm form, CancellationToken cancel) =>
        await AnswerAsync(caller, desk, await desk.DecideAsync(caller.Actor, id, new DecideAppeal(form.Upheld, form.Reason), cancel));

    private static async Task<Results<Ok<AppealView>, Refused>> AnswerAsync(Caller caller, AppealDesk desk, Outcome<Appeal> outcome) => outcome.Refusal is { } refusal
        ? new Refused(refusal)
        : (await desk.FindAsync(caller.Actor, outcome.Value.Id) is { } file ? AppealView.Of(file) : null).AnswerOr(AppealRefusal.NotFound);

    private static async Task<Ok<List<NoticeView>>> NoticesAsync(Caller caller, AppealDesk desk, Guid order) =>
        TypedResults.Ok((await desk.NoticesAsync(caller.Actor, order)).ConvertAll(NoticeView.Of));

    private static async Task<Results<Ok<NoticeView>, Refused>> NoticeAsync(Caller caller, AppealDesk desk, Guid id) =>
        (await desk.NoticeAsync(caller.Actor, id) is { } notice ? NoticeView.Of(notice) : null).AnswerOr(AppealRefusal.NoNotice);

    private static async Task<Results<FileContentHttpResult, Refused>> PdfAsync(Caller caller, AppealDesk desk, Guid id)
    {
        var drawn = await desk.PdfAsync(caller.Actor, id);
        return drawn.Refusal is { } refusal ? new Refused(refusal) : TypedResults.File(drawn.Value, "application/pdf");
    }

    /// <param name="From">Who appeals, 1 to 200 characters.</param>
    /// <param name="Text">Why, 1 to 4,000 characters.</param>
    /// <param name="Order">The id of the order; absent where it is against a restriction.</param>
    /// <param name="Restriction">The id of the restriction on a person; absent where it is against an order.</param>
    internal sealed record ReceiveForm(string From, string Text, Guid? Order = null, Guid? Restriction = null);

    /// <param name="Upheld">Whether the appeal is right.</param>
    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record DecideForm(bool Upheld, string Reason);
}

/// <summary>An appeal as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Order">The order; absent of a restriction on a person.</param>
/// <param name="OrderNumber">The number of the order or restriction.</param>
/// <param name="Kind">What the order asks; absent of a restriction on a person.</param>
/// <param name="Member">The member that carries it out.</param>
/// <param name="From">Who appeals.</param>
/// <param name="Text">What is said.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ReceivedAt">When it was taken down.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="Reason">Why it was decided so.</param>
/// <param name="Lifted">The orders that it lifted, and the unfreezes that tell members so.</param>
/// <param name="MinutesToLift">Minutes from receipt until what was ordered was lifted.</param>
/// <param name="MinutesToLetGo">Minutes from the decision until the last member told that it let go.</param>
/// <param name="Restriction">The restriction on a person; absent of an order.</param>
internal sealed record AppealView(
    Guid Id, string Number, Guid? Order, string OrderNumber, OrderKind? Kind, MemberCode Member, string? From, string? Text, AppealState State, Instant ReceivedAt,
    Instant? DecidedAt, string? Reason, ImmutableArray<Guid> Lifted, double? MinutesToLift, double? MinutesToLetGo, Guid? Restriction)
{
    public static AppealView Of(AppealFile f) => new(
        f.Appeal.Id, f.Appeal.Number, f.Appeal.RestrictionId is null ? f.Appeal.OrderId : null, f.Appeal.OrderNumber, f.Order?.Kind, f.Appeal.Member, f.Appeal.From, f.Appeal.Text, f.Appeal.State, f.Appeal.ReceivedAt,
        f.Appeal.DecidedAt, f.Appeal.Reason, f.Appeal.Lifted, Minutes(f.LiftedIn), Minutes(f.LetGoIn), f.Appeal.RestrictionId);

    private static double? Minutes(TimeSpan? span) => span is { } length ? Math.Round(length.TotalMinutes, 1) : null;
}

/// <summary>A notice as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Order">The order; absent of a restriction on a person.</param>
/// <param name="Member">The member that hands it over; of a restriction, the authority.</param>
/// <param name="TextZh">The notice in Chinese.</param>
/// <param name="TextEn">The notice in English.</param>
/// <param name="GivenAt">When it was made.</param>
/// <param name="Restriction">The restriction on a person; absent of an order.</param>
internal sealed record NoticeView(Guid Id, string Number, Guid? Order, MemberCode Member, string TextZh, string TextEn, Instant GivenAt, Guid? Restriction)
{
    public static NoticeView Of(Notice n) => new(n.Id, n.Number, n.RestrictionId is null ? n.OrderId : null, n.Member, n.TextZh, n.TextEn, n.GivenAt, n.RestrictionId);
}
