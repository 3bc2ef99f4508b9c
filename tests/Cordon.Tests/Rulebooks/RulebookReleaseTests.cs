using Cordon.Casework.Rulebooks;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Cordon.Tests.Rulebooks.SmallRulebook;

namespace Cordon.Tests.Rulebooks;

/// <summary>The release of rulebooks, on every provider: the conformance suite of the module.</summary>
public sealed class RulebookReleaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_rulebook_goes_from_draft_to_judging_and_every_step_is_an_event(Provider provider)
    {
        await using var host = await RuleDeskHost.StartAsync(provider);
        var active = await host.ActiveAsync(File());
        Assert.Equal(RulebookState.Active, active.State);
        Assert.Equal(active.Hash, host.Engine.Read(e => e.Rulebook.Hash));
        Assert.Equal(
            ["rulebook.drafted", "rulebook.checked", "rulebook.backtested", "rulebook.shadow-started", "rulebook.approved", "rulebook.put-to-work"],
            (await host.Desk.HistoryAsync(active.Id)).Select(s => s.Event));
        await host.Engine.SubmitAsync([.. Calls("+8613811112222", 4)], Cancel);
        var alert = Assert.Single(host.Engine.Read(e => e.AlertsAfter(0, 10)));
        Assert.Equal((VerdictAction.Block, active.Hash), (alert.Verdict.Action, alert.Verdict.Rulebook));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task The_next_one_takes_its_place_and_one_click_brings_it_back(Provider provider)
    {
        await using var host = await RuleDeskHost.StartAsync(provider);
        var first = await host.ActiveAsync(File(3));
        var second = await host.ActiveAsync(File(4));
        Assert.Equal(RulebookState.Superseded, (await host.Desk.FindAsync(first.Id))!.State);
        Assert.Equal(second.Hash, host.Engine.Read(e => e.Rulebook.Hash));

        var back = (await host.Desk.BringBackAsync(Anna, "it stops hospitals", Cancel)).Value;
        await host.Outbox.StepAsync(Cancel);
        Assert.Equal((first.Id, RulebookState.Active), (back.Id, back.State));
        Assert.Equal(first.Hash, host.Engine.Read(e => e.Rulebook.Hash));
        Assert.Equal("rulebook/second-person", (await host.Desk.ConfirmAsync(Anna, first.Id, Cancel)).Refusal?.Code);
        Assert.Equal("rulebook/confirmation-owed", (await host.Desk.BringBackAsync(Anna, "and forth", Cancel)).Refusal?.Code);
        host.Database.Time.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        await host.Desk.CheckConfirmationsAsync(Cancel);
        await host.Desk.CheckConfirmationsAsync(Cancel);
        var confirmed = (await host.Desk.ConfirmAsync(Chief, first.Id, Cancel)).Value;
        Assert.Equal(Chief.Id, confirmed.ConfirmedBy);
        Assert.Equal(
            ["rulebook.superseded", "rulebook.brought-back", "rulebook.bringing-back-overdue", "rulebook.bringing-back-confirmed"],
            (await host.Desk.HistoryAsync(first.Id)).TakeLast(4).Select(s => s.Event));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Of_two_put_to_work_at_once_one_judges(Provider provider)
    {
        await using var host = await RuleDeskHost.StartAsync(provider);
        await host.ActiveAsync(File(3));
        var rivals = new[] { await host.ApprovedAsync(File(4)), await host.ApprovedAsync(File(6)) };
        using var start = new Barrier(rivals.Length);
        var outcomes = await Task.WhenAll(rivals.Select(r => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            return host.Desk.PutToWorkAsync(Chief, r.Id, "now");
        }, TaskCreationOptions.LongRunning).Unwrap()));
        Assert.Contains(outcomes, o => o.Succeeded);
        Assert.All(outcomes.Where(o => !o.Succeeded), o => Assert.True(o.Refusal!.Retryable, o.Refusal.Code));
        var books = await host.Desk.ListAsync(new RulebookFilter());
        Assert.Single(books, b => b.State == RulebookState.Active);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Of_two_who_write_on_the_same_version_the_second_is_told(Provider provider)
    {
        await using var host = await RuleDeskHost.StartAsync(provider);
        var draft = (await host.Desk.BeginAsync(Anna, "a try", "files", [File()], Cancel)).Value;
        Assert.True((await host.Desk.WriteAsync(Bo, draft.Id, [File(7)], draft.Version, Cancel)).Succeeded);
        Assert.Equal("rulebook/changed-meanwhile", (await host.Desk.WriteAsync(Anna, draft.Id, [File(8)], draft.Version, Cancel)).Refusal?.Code);
        var now = (await host.Desk.FindAsync(draft.Id))!;
        Assert.Equal([Anna.Id, Bo.Id], now.Authors);
        Assert.Equal(File(7), Assert.Single(await host.Desk.FilesAsync(now, Cancel)));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task The_shipped_rulebook_is_the_first_and_is_adopted_once(Provider provider)
    {
        await using var host = await RuleDeskHost.StartAsync(provider);
        Assert.NotNull((await host.Desk.AdoptAsync(Cancel)).Value);
        Assert.Null((await host.Desk.AdoptAsync(Cancel)).Value);
        await host.Outbox.StepAsync(Cancel);
        Assert.Equal(host.Library.Shipped.Hash, host.Engine.Read(e => e.Rulebook.Hash));
        Assert.Equal("rulebook/no-previous", (await host.Desk.BringBackAsync(Anna, "back", Cancel)).Refusal?.Code);
        await host.ActiveAsync(File());
        Assert.Equal(host.Library.Shipped.Hash, (await host.Desk.BringBackAsync(Chief, "back", Cancel)).Value.Hash);
        var draft = (await host.Desk.BeginAsync(Anna, "on", "active", null, Cancel)).Value;
        Assert.Equal(host.Library.Shipped.Files[0].Text, Assert.Single(await host.Desk.FilesAsync(draft, Cancel)).Text);
    }

    [Fact]
    public async Task Commands_of_every_kind_are_read_again_and_rows_of_before_too()
    {
        EngineRecord[] commands =
        [
            new ListChanged(Guid.Parse("01900000-0000-7000-8000-000000000001"), ListName.FraudNumbers, "+8613800000001", true, Noon, Noon + TimeSpan.FromDays(1)),
            new RulebookPrepared(Guid.Parse("01900000-0000-7000-8000-000000000002"), new string('a', 64), Noon),
            new RulebookActivated(Guid.Parse("01900000-0000-7000-8000-000000000003"), new string('a', 64), Noon),
            new MemberPlaced(Guid.Parse("01900000-0000-7000-8000-000000000004"), Engine.Signals.MemberCode.Parse("bank-a"), "cn-33", Noon),
        ];
        foreach (var command in commands) Assert.Equal(command, EngineCommandText.Read(EngineCommandText.Write(command).Text));
        Assert.Throws<ArgumentException>(() => EngineCommandText.Write(Calls("+8613800000001", 1).First()));
        Assert.Throws<System.Text.Json.JsonException>(() => EngineCommandText.Read("""{"command":"of-the-future","data":{}}"""));

        await using var host = await RuleDeskHost.StartAsync();
        // As the first version of the outbox wrote it.
        const string Old = """{"commandId":"01900000-0000-7000-8000-000000000009","list":"fraudNumbers","entry":"+8613800000009","present":true,"at":"2026-03-02T04:00:00Z"}""";
        await host.Database.Store.ReadAsync(async db =>
        {
            db.Add(new OutboxRow { Id = Guid.Parse("01900000-0000-7000-8000-000000000009"), Command = Old, At = Noon });
            return await db.SaveChangesAsync(Cancel);
        });
        Assert.Equal(1, await host.Outbox.StepAsync(Cancel));
        Assert.True(host.Engine.Read(e => e.Known.Lists.Has(ListName.FraudNumbers, Phone("+8613800000009"))));
    }

    [Fact]
    public async Task A_draft_that_does_not_check_or_fails_an_example_goes_nowhere()
    {
        await using var host = await RuleDeskHost.StartAsync();
        var wrong = new RulebookFile("rules.yaml", File().Text.Replace("callees_24h(call.caller)", "callees_24h(call.calller)", StringComparison.Ordinal));
        var draft = (await host.Desk.BeginAsync(Anna, "a try", "files", [wrong], Cancel)).Value;
        var fault = Assert.Single((await host.Desk.CheckAsync(Anna, draft.Id, Cancel)).Value.Faults);
        Assert.Equal(("rules.yaml", 9, "caller"), (fault.File, fault.Line, fault.Suggestion));
        Assert.Equal("rulebook/does-not-check", (await host.Backtests.StartAsync(Anna, draft.Id, null, null, Cancel)).Refusal?.Code);

        draft = (await host.Desk.WriteAsync(Anna, draft.Id, [File(expect: "none")], draft.Version, Cancel)).Value;
        var trial = (await host.Desk.CheckAsync(Anna, draft.Id, Cancel)).Value;
        Assert.Equal(("block", "none"), trial.Examples.Where(e => !e.Passed).Select(e => (e.Said, e.Expected)).Single());
        Assert.Equal(RulebookState.Draft, (await host.Desk.FindAsync(draft.Id))!.State);
    }

    [Fact]
    public async Task What_differs_is_told_thing_by_thing()
    {
        await using var host = await RuleDeskHost.StartAsync();
        var first = await host.BacktestedAsync(File(3));
        var second = await host.BacktestedAsync(File(4, "warn"));
        var changes = (await host.Desk.DiffAsync(first.Hash!, second.Hash!, Cancel)).Value;
        var rule = Assert.Single(changes);
        Assert.Equal(("rule", "call.many-callees", "changed"), (rule.What, rule.Id, rule.Change));
        Assert.Contains(new ChangedPart("when", "callees_24h(call.caller) > 3", "callees_24h(call.caller) > 4"), rule.Parts);
        Assert.Contains(new ChangedPart("action", "block", "warn"), rule.Parts);
        Assert.Empty((await host.Desk.DiffAsync(first.Hash!, first.Hash!, Cancel)).Value);
    }

    [Fact]
    public async Task Names_that_lead_out_of_a_folder_are_no_names_of_files()
    {
        await using var host = await RuleDeskHost.StartAsync();
        foreach (var name in new[] { "../up.yaml", "a/b.yaml", "..yaml", ".yaml", "UP.yaml", "rules.yml", new string('a', 60) + ".yaml" })
            Assert.Equal("rulebook/bad-files", (await host.Desk.BeginAsync(Anna, "a try", "files", [File() with { Name = name }], Cancel)).Refusal?.Code);
    }
}
