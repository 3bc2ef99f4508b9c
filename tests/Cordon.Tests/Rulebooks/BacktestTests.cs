using Cordon.Casework.Rulebooks;
using Cordon.Casework.Rulebooks.Backtests;
using Cordon.Engine.Signals;
using Cordon.Tests.Storage;
using static Cordon.Tests.Rulebooks.SmallRulebook;

namespace Cordon.Tests.Rulebooks;

/// <summary>Backtests: the run as a piece of long work, and what a replay counts.</summary>
public sealed class BacktestTests
{
    private static readonly ConfirmedFraud Nothing = new(new HashSet<PhoneNumber>(), new HashSet<AccountNumber>(), new HashSet<string>());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replay_counts_hits_precision_recall_and_honest_people()
    {
        await using var host = await RuleDeskHost.StartAsync();
        await host.Engine.SubmitAsync([.. Calls("+8613811110001", 6), .. Calls("+8613811110002", 5), .. Calls("+8613811110003", 1)], Cancel);
        var fraud = Nothing with { Numbers = new HashSet<PhoneNumber> { Phone("+8613811110001"), Phone("+8613811110003"), Phone("+8613899999999") } };
        var book = RulebookLibrary.Check([File(3)]).Rulebook!;
        var told = new List<BacktestProgress>();
        var report = await new JournalReplay(host.Engine, host.Database.Time).RunAsync(new BacktestOrder(book, null, null, fraud), new Told(told.Add), Cancel);
        // Of the first line three calls are stopped, of the second two; the first and the third are confirmed and occur.
        Assert.Equal(new BacktestTally(12, 5, 2, 3 / 5d, 1 / 2d), report.Found);
        Assert.Equal((3, 2, 1, 1L), (report.Confirmed, report.ConfirmedSeen, report.ConfirmedStopped, report.HonestPeople));
        var rule = Assert.Single(report.Rules);
        Assert.Equal(("call.many-callees", 5, 5, 3), (rule.Rule, rule.Hits, rule.Alone, rule.Confirmed));
        Assert.True(rule.Steps > 0);
        var day = Assert.Single(report.Days);
        Assert.Equal((12, 5, 2), (day.Signals, day.Stopped, day.HonestStopped));
        Assert.Equal((12, 12), (told[^1].Read, told[^1].Total));
    }

    [Fact]
    public async Task What_came_before_the_period_fills_the_windows_and_is_not_counted()
    {
        await using var host = await RuleDeskHost.StartAsync();
        await host.Engine.SubmitAsync([.. Calls("+8613811110001", 6)], Cancel);
        var book = RulebookLibrary.Check([File(3)]).Rulebook!;
        var order = new BacktestOrder(book, Noon + TimeSpan.FromMinutes(5), Noon + TimeSpan.FromMinutes(6), Nothing);
        var report = await new JournalReplay(host.Engine, host.Database.Time).RunAsync(order, new Told(_ => { }), Cancel);
        Assert.Equal((1, 1), (report.Found.Signals, report.Found.Stopped));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task One_runs_at_a_time_tells_how_far_it_is_and_can_be_stopped(Provider provider)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task<BacktestReport> Endless(BacktestOrder order, IProgress<BacktestProgress> progress, CancellationToken cancel)
        {
            progress.Report(new BacktestProgress(1, 4, 10));
            reached.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            throw new InvalidOperationException("It goes on for ever.");
        }

        await using var host = await RuleDeskHost.StartAsync(provider, Endless);
        var draft = (await host.Desk.BeginAsync(Anna, "a try", "files", [File()], Cancel)).Value;
        await host.Desk.CheckAsync(Anna, draft.Id, Cancel);
        Assert.Equal("rulebook/bad-period", (await host.Backtests.StartAsync(Anna, draft.Id, Noon, Noon, Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/not-author", (await host.Backtests.StartAsync(Chief, draft.Id, null, null, Cancel)).Refusal?.Code);
        var run = (await host.Backtests.StartAsync(Anna, draft.Id, null, null, Cancel)).Value;
        await reached.Task;
        Assert.Equal(new BacktestProgress(1, 4, 10), host.Backtests.ProgressOf(run.Id));
        Assert.Equal("rulebook/backtest-runs", (await host.Backtests.StartAsync(Anna, draft.Id, null, null, Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/backtest-unfinished", (await host.Desk.AttachAsync(Anna, draft.Id, run.Id, Cancel)).Refusal?.Code);
        var stopped = (await host.Backtests.StopAsync(Anna, run.Id)).Value;
        Assert.Equal((BacktestState.Stopped, null), (stopped.State, stopped.Report));
        Assert.True((await host.Backtests.StartAsync(Anna, draft.Id, null, null, Cancel)).Succeeded);
    }

    [Fact]
    public async Task One_that_fails_says_so_and_one_that_was_cut_off_is_ended_at_the_start()
    {
        await using var host = await RuleDeskHost.StartAsync(Provider.Sqlite, (_, _, _) => throw new InvalidDataException("broken"));
        var draft = (await host.Desk.BeginAsync(Anna, "a try", "files", [File()], Cancel)).Value;
        await host.Desk.CheckAsync(Anna, draft.Id, Cancel);
        var run = await host.DoneAsync((await host.Backtests.StartAsync(Anna, draft.Id, null, null, Cancel)).Value.Id);
        Assert.Equal(BacktestState.Failed, run.State);

        var cut = await host.Database.Store.ChangeAsync<BacktestRun>(Anna, change =>
        {
            var begun = new BacktestRun();
            change.Begin(begun, new BacktestStarted(change.Now, change.NewId(), draft.Id, new string('a', 64), null, null, Anna.Id));
            return Task.FromResult<Casework.Outcome<BacktestRun>>(begun);
        }, Cancel);
        await host.Backtests.RecoverAsync(Cancel);
        Assert.Equal(BacktestState.Stopped, (await host.Backtests.FindAsync(cut.Value.Id))!.State);
    }

    private sealed class Told(Action<BacktestProgress> tell) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value) => tell(value);
    }
}
