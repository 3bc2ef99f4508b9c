using Cordon.Casework.Rulebooks;
using Cordon.Engine.Screening;
using static Cordon.Tests.Rulebooks.SmallRulebook;

namespace Cordon.Tests.Rulebooks;

/// <summary>The rulebook in the shadow judges beside the active one and changes nothing.</summary>
public sealed class ShadowFollowerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_counts_what_would_be_newly_stopped_and_newly_passed_with_samples()
    {
        await using var host = await RuleDeskHost.StartAsync();
        await host.ActiveAsync(File(5));
        // Three calls before the shadow begins: they are not compared, and yet they fill its windows.
        await host.Engine.SubmitAsync([.. Calls("+8613811110001", 3)], Cancel);
        var tight = await host.BacktestedAsync(File(2));
        await host.Desk.StartShadowAsync(Anna, tight.Id, Cancel);
        var after = host.Engine.Sequence;
        await host.Engine.SubmitAsync([.. Calls("+8613811110001", 5, from: 4)], Cancel);
        await host.FollowAsync();
        var report = host.Shadow.Find(tight.Id)!;
        // The active one stops from the sixth callee on, the shadow from the third.
        Assert.Equal((5, 2, 0, 0), (report.Found.Judged, report.Found.NewlyStopped, report.Found.NewlyPassed, report.Found.OtherwiseChanged));
        var rule = Assert.Single(report.Rules);
        Assert.Equal(("call.many-callees", 2, 0), (rule.Rule, rule.NewlyStopped, rule.NewlyPassed));
        Assert.Equal([after + 1, after + 2], rule.Samples);
        Assert.Equal([after + 1, after + 2], report.Stopped.Select(s => s.Sequence));
        Assert.Equal((0, host.Engine.Sequence), (report.Behind, report.Read));
        Assert.DoesNotContain(host.Engine.Read(e => e.AlertsAfter(0, 100)), a => a.Verdict.Rulebook == tight.Hash);
    }

    [Fact]
    public async Task It_counts_what_the_active_one_alone_stops()
    {
        await using var host = await RuleDeskHost.StartAsync();
        await host.ActiveAsync(File(2));
        var loose = await host.BacktestedAsync(File(4, "warn"));
        await host.Desk.StartShadowAsync(Anna, loose.Id, Cancel);
        await host.Engine.SubmitAsync([.. Calls("+8613811110001", 5)], Cancel);
        await host.FollowAsync();
        var report = host.Shadow.Find(loose.Id)!;
        Assert.Equal((5, 0, 3), (report.Found.Judged, report.Found.NewlyStopped, report.Found.NewlyPassed));
        Assert.Contains(report.Turns, t => (t.Active, t.Shadow, t.Count) == (VerdictAction.Block, VerdictAction.Allow, 2));
        Assert.Contains(report.Turns, t => (t.Active, t.Shadow, t.Count) == (VerdictAction.Block, VerdictAction.Warn, 1));
    }

    [Fact]
    public async Task After_a_restart_it_reads_again_and_comes_to_the_same_counts()
    {
        await using var host = await RuleDeskHost.StartAsync();
        await host.ActiveAsync(File(5));
        await host.Engine.SubmitAsync([.. Calls("+8613811110001", 2)], Cancel);
        var tight = await host.BacktestedAsync(File(2));
        await host.Desk.StartShadowAsync(Anna, tight.Id, Cancel);
        await host.Engine.SubmitAsync([.. Calls("+8613811110001", 20, from: 3)], Cancel);
        await host.FollowAsync();
        var before = host.Shadow.Find(tight.Id)!;
        host.ForgetShadow();
        Assert.Null(host.Shadow.Find(tight.Id));
        await host.FollowAsync();
        var again = host.Shadow.Find(tight.Id)!;
        Assert.Equal(before.Found, again.Found);
        Assert.Equal(before.Stopped.Select(s => s.Sequence), again.Stopped.Select(s => s.Sequence));
    }

    [Fact]
    public async Task What_it_keeps_is_bounded_and_gone_when_it_is_stopped()
    {
        await using var host = await RuleDeskHost.StartAsync();
        var draft = await host.BacktestedAsync(File(1));
        await host.Desk.StartShadowAsync(Anna, draft.Id, Cancel);
        await host.Engine.SubmitAsync([.. Calls("+8613811110001", 500)], Cancel);
        await host.FollowAsync();
        var report = host.Shadow.Find(draft.Id)!;
        Assert.Equal((499, 20, 5), (report.Found.NewlyStopped, report.Stopped.Length, report.Rules.Single().Samples.Length));
        var stopped = (await host.Desk.StopShadowAsync(Anna, draft.Id, Cancel)).Value;
        Assert.Equal((RulebookState.Shadow, 499), (stopped.State, stopped.Shadow!.NewlyStopped));
        await host.FollowAsync();
        Assert.Null(host.Shadow.Find(draft.Id));
    }
}
