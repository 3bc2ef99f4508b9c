using Cordon.Casework.Answers;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Rulebooks.Backtests;

/// <summary>Backtests in the API: long work, begun by one call and asked about by others.</summary>
internal static class BacktestEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var books = api.MapGroup("/rulebooks").WithTags("Rulebooks");
        books.MapGet("/{id:guid}/backtests", ListAsync).WithName("backtests.list").WithSummary("The backtests of a rulebook, the newest first, without their reports.");
        books.MapPost("/{id:guid}/backtests", StartAsync).WithName("backtests.start").WithMetadata(new RepeatMark(RepeatRule.Required))
            .WithSummary("Begins a backtest over stored history; it runs on after the answer. One runs at a time. Needs an Idempotency-Key.");
        var runs = api.MapGroup("/backtests").WithTags("Rulebooks");
        runs.MapGet("/{id:guid}", FindAsync).WithName("backtests.get").WithSummary("One backtest: how far it is while it runs, its report once it is done.");
        runs.MapPost("/{id:guid}/stop", StopAsync).WithName("backtests.stop").WithSummary("Stops a running backtest.");
    }

    private static async Task<Ok<Page<BacktestView>>> ListAsync(BacktestDesk desk, Guid id) =>
        TypedResults.Ok(new Page<BacktestView>([.. (await desk.ListAsync(id)).Select(b => BacktestView.Of(b, desk.ProgressOf(b.Id), withReport: false))], null));

    private static async Task<Results<Ok<BacktestView>, Refused>> StartAsync(Caller caller, BacktestDesk desk, Guid id, PeriodForm form, CancellationToken cancel) =>
        (await desk.StartAsync(caller.Actor, id, form.From, form.To, cancel)).Answer(b => BacktestView.Of(b, desk.ProgressOf(b.Id), withReport: true));

    private static async Task<Results<Ok<BacktestView>, Refused>> FindAsync(BacktestDesk desk, Guid id) =>
        (await desk.FindAsync(id) is { } run ? BacktestView.Of(run, desk.ProgressOf(id), withReport: true) : null).AnswerOr(RulebookRefusal.BacktestNotFound);

    private static async Task<Results<Ok<BacktestView>, Refused>> StopAsync(Caller caller, BacktestDesk desk, Guid id) =>
        (await desk.StopAsync(caller.Actor, id)).Answer(b => BacktestView.Of(b, desk.ProgressOf(b.Id), withReport: true));

    /// <param name="From">From when on signals count; absent for the beginning. What came before fills the windows.</param>
    /// <param name="To">Until when; absent for no end.</param>
    internal sealed record PeriodForm(Instant? From = null, Instant? To = null);
}

/// <summary>A backtest as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Rulebook">The rulebook that it tries.</param>
/// <param name="Hash">The hash of the rulebook's content as it was then.</param>
/// <param name="From">From when on signals count.</param>
/// <param name="To">Until when.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StartedBy">Who began it.</param>
/// <param name="StartedAt">When.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Progress">How far it is; absent where it does not run.</param>
/// <param name="Found">Its sums, once done.</param>
/// <param name="Report">Its report, once done; not in lists.</param>
/// <param name="Reason">Why it was stopped or failed.</param>
internal sealed record BacktestView(
    Guid Id, Guid Rulebook, string Hash, Instant? From, Instant? To, BacktestState State, string StartedBy, Instant StartedAt, Instant? EndedAt,
    BacktestProgress? Progress, BacktestTally? Found, BacktestReport? Report, string? Reason)
{
    public static BacktestView Of(BacktestRun b, BacktestProgress? progress, bool withReport) => new(
        b.Id, b.Rulebook, b.Hash, b.From, b.To, b.State, b.StartedBy, b.StartedAt, b.EndedAt, progress, b.Report?.Found, withReport ? b.Report : null, b.Reason);
}
