using Cordon.Casework.Lists;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Rulebooks;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Cordon.Tests.Rulebooks.SmallRulebook;

namespace Cordon.Tests.Lists;

/// <summary>The live lists, on every provider, to the engine and back.</summary>
public sealed class ListDeskTests
{
    private const string Number = "+8613800000001";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_entry_reaches_the_engine_with_its_end_and_leaves_it_again(Provider provider)
    {
        await using var host = await RuleDeskHost.StartAsync(provider);
        var desk = new ListDesk(host.Database.Store);
        var until = host.Database.Store.Now + TimeSpan.FromDays(30);
        var put = (await desk.PutAsync(Anna, ListName.FraudNumbers, Number, "joint office", "case C-2026-000001", until, Cancel)).Value;
        Assert.True((await desk.PutAsync(Anna, ListName.FraudNumbers, Number, "joint office", "case C-2026-000001", until, Cancel)).Succeeded);
        Assert.Equal(1, await host.Outbox.StepAsync(Cancel));
        Assert.True(Has(until + TimeSpan.FromSeconds(-1)));
        Assert.False(Has(until));

        Assert.True((await desk.TakeOffAsync(Chief, put.Id, "a hospital", Cancel)).Succeeded);
        Assert.Equal("list/not-there", (await desk.TakeOffAsync(Chief, put.Id, "a hospital", Cancel)).Refusal?.Code);
        await host.Outbox.StepAsync(Cancel);
        Assert.False(Has(until + TimeSpan.FromSeconds(-1)));
        Assert.Empty(await desk.ListAsync(new ListFilter { List = ListName.FraudNumbers }));
        Assert.Single(await desk.ListAsync(new ListFilter { List = ListName.FraudNumbers, Ended = true }));

        bool Has(Instant at) => host.Engine.Read(e => e.Known.Lists.Has(ListName.FraudNumbers, Phone(Number), at));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Entries_come_in_pages_by_their_written_form_and_numbers_stay_out_of_the_audited_text(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var desk = new ListDesk(database.Store);
        for (var i = 9; i > 0; i--) await desk.PutAsync(Chief, ListName.NeverBlockNumbers, $"+86138000000{i:D2}", "health office", "a hospital", null, Cancel);
        var first = await desk.ListAsync(new ListFilter { List = ListName.NeverBlockNumbers, Limit = 4 });
        var second = await desk.ListAsync(new ListFilter { List = ListName.NeverBlockNumbers, Limit = 4, After = first[^1].Entry });
        Assert.Equal(Enumerable.Range(1, 8).Select(i => $"+86138000000{i:D2}"), first.Concat(second).Select(e => e.Entry));
        Assert.Equal(first[0].Entry, Assert.Single(await desk.ListAsync(new ListFilter { List = ListName.NeverBlockNumbers, Text = "+8613800000001" })).Entry);
        var row = await database.Store.ReadAsync(db => db.Set<EventRow>().OrderBy(e => e.Position).FirstAsync(Cancel));
        Assert.DoesNotContain("+8613800000009", row.Body, StringComparison.Ordinal);
        Assert.Contains("+8613800000009", row.Personal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_guard_says_what_is_wrong()
    {
        await using var database = await CaseworkDatabase.CreateAsync(Provider.Sqlite);
        var desk = new ListDesk(database.Store);
        var end = database.Store.Now + TimeSpan.FromDays(30);
        async Task<string?> PutAsync(Casework.Actor actor, ListName list, string entry, string owner = "office", string reason = "why", Instant? until = null) =>
            (await desk.PutAsync(actor, list, entry, owner, reason, until, Cancel)).Refusal?.Code;

        Assert.Equal("list/not-keeper", await PutAsync(Clerk, ListName.FraudNumbers, Number, until: end));
        Assert.Equal("list/supervisor-only", await PutAsync(Anna, ListName.NeverBlockNumbers, Number));
        Assert.Equal("list/kept-by-orders", await PutAsync(Chief, ListName.StoppedAccounts, "bank-a:1", until: end));
        Assert.Equal("list/bad-entry", await PutAsync(Anna, ListName.FraudNumbers, "bank-a:1", until: end));
        Assert.Equal("list/bad-entry", await PutAsync(Anna, ListName.FraudDomains, "No Domain", until: end));
        Assert.Equal("list/no-owner", await PutAsync(Anna, ListName.FraudNumbers, Number, owner: " ", until: end));
        Assert.Equal("list/no-reason", await PutAsync(Anna, ListName.FraudNumbers, Number, reason: "", until: end));
        Assert.Equal("list/no-end", await PutAsync(Anna, ListName.FraudNumbers, Number));
        Assert.Equal("list/no-end", await PutAsync(Anna, ListName.FraudNumbers, Number, until: end + TimeSpan.FromDays(366)));
        Assert.Equal("list/bad-end", await PutAsync(Anna, ListName.FraudNumbers, Number, until: database.Store.Now));
        Assert.Null(await PutAsync(Chief, ListName.NeverBlockNumbers, Number));
        Assert.Equal("list/not-found", (await desk.TakeOffAsync(Anna, Guid.Empty, "why", Cancel)).Refusal?.Code);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task The_engine_is_told_where_a_member_is_when_it_joins_and_when_it_moves(Provider provider)
    {
        await using var host = await RuleDeskHost.StartAsync(provider);
        var register = new MemberRegister(host.Database.Store);
        var regions = new RegionRegister(host.Database.Store);
        foreach (var (code, level, above) in new[] { ("cn-33", RegionLevel.Province, (string?)null), ("cn-33-01", RegionLevel.City, "cn-33") })
            Assert.True((await regions.TellAsync(Chief, new RegionFacts(code, level, above, "地区", "Region"), Cancel)).Succeeded);
        var facts = new MemberFacts(MemberCode.Parse("bank-a"), "甲银行", "Bank A", Sector.Bank, "cn-33", true, []);
        foreach (var told in new[] { facts, facts, facts with { NameEn = "Bank of A" }, facts with { NameEn = "Bank of A", Region = "cn-33-01" } })
            Assert.True((await register.EnrolAsync(Chief, told, Cancel)).Succeeded);
        Assert.Equal(2, await host.Outbox.StepAsync(Cancel));
        Assert.Equal(["cn-33", "cn-33-01"], host.Engine.ReadFrom(0, 10).Select(r => r.Record).Cast<MemberPlaced>().Select(p => p.Region));
        Assert.Equal("member/no-region", (await register.EnrolAsync(Chief, facts with { Region = "浙江" }, Cancel)).Refusal?.Code);
    }
}
