using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Rulebooks;
using static Cordon.Tests.Rulebooks.SmallRulebook;

namespace Cordon.Tests.Rulebooks;

/// <summary>Who may do what with a rulebook, and when.</summary>
public sealed class RulebookGuardTests
{
    private static readonly Actor AnnaAsChief = new(Anna.Id, null, new HashSet<string> { Roles.RuleAuthor, Roles.Supervisor });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_who_wrote_in_a_rulebook_approves_it_whatever_the_roles()
    {
        await using var host = await RuleDeskHost.StartAsync();
        var draft = (await host.Desk.BeginAsync(Anna, "a try", "files", [File(9)], Cancel)).Value;
        draft = (await host.Desk.WriteAsync(Bo, draft.Id, [File()], draft.Version, Cancel)).Value;
        foreach (var writer in new[] { Anna, AnnaAsChief, Bo })
        {
            Assert.Equal("rulebook/own-work", (await host.Desk.ApproveAsync(writer, draft.Id, "mine", Cancel)).Refusal?.Code);
            Assert.Equal("rulebook/own-work", (await host.Desk.SendBackAsync(writer, draft.Id, "mine", Cancel)).Refusal?.Code);
        }
        Assert.Equal("rulebook/not-decider", (await host.Desk.ApproveAsync(Clerk, draft.Id, "yes", Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/wrong-state", (await host.Desk.ApproveAsync(Chief, draft.Id, "yes", Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task A_shadow_lasts_its_time_and_has_judged_something_before_anybody_agrees()
    {
        await using var host = await RuleDeskHost.StartAsync();
        var draft = await host.BacktestedAsync(File());
        Assert.Equal("rulebook/wrong-state", (await host.Desk.ApproveAsync(Chief, draft.Id, "yes", Cancel)).Refusal?.Code);
        await host.Desk.StartShadowAsync(Anna, draft.Id, Cancel);
        await host.FollowAsync();
        Assert.Equal("rulebook/shadow-too-short", (await host.Desk.ApproveAsync(Chief, draft.Id, "yes", Cancel)).Refusal?.Code);
        host.Database.Time.Advance(host.Options.ShadowAtLeast);
        Assert.Equal("rulebook/shadow-saw-nothing", (await host.Desk.ApproveAsync(Chief, draft.Id, "yes", Cancel)).Refusal?.Code);
        await host.Engine.SubmitAsync([.. Calls("+8613800000001", 1)], Cancel);
        await host.FollowAsync();
        Assert.Equal("rulebook/no-reason", (await host.Desk.ApproveAsync(Chief, draft.Id, " ", Cancel)).Refusal?.Code);
        var approved = (await host.Desk.ApproveAsync(Chief, draft.Id, "yes", Cancel)).Value;
        Assert.Equal((RulebookState.Approved, Chief.Id, 1), (approved.State, approved.Approver, approved.Shadow!.Judged));
    }

    [Fact]
    public async Task What_was_approved_never_changes_and_what_is_written_starts_again()
    {
        await using var host = await RuleDeskHost.StartAsync();
        var draft = await host.BacktestedAsync(File());
        draft = (await host.Desk.WriteAsync(Anna, draft.Id, [File(4)], draft.Version, Cancel)).Value;
        Assert.Equal((RulebookState.Draft, null, null), (draft.State, draft.Hash, draft.Backtest));
        var approved = await host.ApprovedAsync(File(5));
        Assert.Equal("rulebook/wrong-state", (await host.Desk.WriteAsync(Anna, approved.Id, [File(6)], approved.Version, Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/wrong-state", (await host.Desk.SendBackAsync(Chief, approved.Id, "no", Cancel)).Refusal?.Code);
        Assert.Equal(RulebookState.Withdrawn, (await host.Desk.WithdrawAsync(Anna, approved.Id, "a better one comes", Cancel)).Value.State);
    }

    [Fact]
    public async Task One_shadow_runs_at_a_time_and_while_it_runs_nobody_writes()
    {
        await using var host = await RuleDeskHost.StartAsync();
        var (first, second) = (await host.BacktestedAsync(File(3)), await host.BacktestedAsync(File(4)));
        first = (await host.Desk.StartShadowAsync(Anna, first.Id, Cancel)).Value;
        Assert.Equal("rulebook/shadow-runs", (await host.Desk.StartShadowAsync(Anna, second.Id, Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/wrong-state", (await host.Desk.WriteAsync(Anna, first.Id, [File(9)], first.Version, Cancel)).Refusal?.Code);
        Assert.True((await host.Desk.StopShadowAsync(Anna, first.Id, Cancel)).Succeeded);
        Assert.True((await host.Desk.StartShadowAsync(Anna, second.Id, Cancel)).Succeeded);
        Assert.Equal(RulebookState.Draft, (await host.Desk.SendBackAsync(Chief, first.Id, "narrow it", Cancel)).Value.State);
    }

    [Fact]
    public async Task A_backtest_of_other_content_cannot_be_attached()
    {
        await using var host = await RuleDeskHost.StartAsync();
        var draft = await host.BacktestedAsync(File(3));
        var run = draft.Backtest!.Value;
        draft = (await host.Desk.WriteAsync(Anna, draft.Id, [File(4)], draft.Version, Cancel)).Value;
        await host.Desk.CheckAsync(Anna, draft.Id, Cancel);
        Assert.Equal("rulebook/other-rulebook", (await host.Desk.AttachAsync(Anna, draft.Id, run, Cancel)).Refusal?.Code);
        var other = await host.BacktestedAsync(File(5));
        Assert.Equal("rulebook/backtest-not-found", (await host.Desk.AttachAsync(Anna, draft.Id, other.Backtest!.Value, Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task Every_refusal_for_want_of_a_role_is_told()
    {
        await using var host = await RuleDeskHost.StartAsync();
        Assert.Equal("rulebook/not-author", (await host.Desk.BeginAsync(Chief, "a try", "files", [File()], Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/bad-purpose", (await host.Desk.BeginAsync(Anna, "", "files", [File()], Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/unknown-source", (await host.Desk.BeginAsync(Anna, "a try", "active", null, Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/not-found", (await host.Desk.ApproveAsync(Chief, Guid.Empty, "yes", Cancel)).Refusal?.Code);
        var draft = await host.ApprovedAsync(File());
        Assert.Equal("rulebook/not-decider", (await host.Desk.PutToWorkAsync(Clerk, draft.Id, "now", Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/no-reason", (await host.Desk.PutToWorkAsync(Chief, draft.Id, "", Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/not-author", (await host.Desk.WithdrawAsync(Chief, draft.Id, "no", Cancel)).Refusal?.Code);
    }

    [Fact]
    public void The_states_of_a_rulebook_are_all_in_the_drawing()
    {
        var drawing = System.IO.File.ReadAllText(Path.Combine(RepositoryFolder.Root, "src", "Cordon.Casework", "Rulebooks", "README.md"));
        foreach (var state in Enum.GetNames<RulebookState>()) Assert.Contains(state, drawing, StringComparison.Ordinal);
    }
}
