using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Tests.Orders;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Tests.Storage;

/// <summary>The conformance suite of the store: the same promises on every provider.</summary>
public sealed class CaseworkStoreTests
{
    private static readonly Actor Office = new("person:anna", null, new HashSet<string> { Roles.Administrator });
    private static readonly Actor Officer = new("person:li", null, new HashSet<string> { Roles.PoliceOfficer });
    private static readonly AccountNumber Mule = AccountNumber.Parse("bank-a:6222");

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_change_its_event_and_its_command_commit_together(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var facts = new MemberFacts(MemberCode.Parse("bank-a"), "甲银行", "Bank A", Sector.Bank, "33", true, [new Agent("b1", "Branch 1")]);
        await new RegionRegister(database.Store).TellAsync(Office, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), TestContext.Current.CancellationToken);
        var register = new MemberRegister(database.Store);
        Assert.True((await register.EnrolAsync(Office, facts, TestContext.Current.CancellationToken)).Succeeded);

        var member = await register.FindAsync(facts.Code);
        Assert.Equal("甲银行", member!.NameZh);
        Assert.Equal([new Agent("b1", "Branch 1")], member.Agents);
        var row = await database.Store.ReadAsync(db => db.Set<EventRow>().SingleAsync(e => e.Stream.StartsWith("member/"), TestContext.Current.CancellationToken));
        Assert.Equal("member.enrolled", row.Name);
        Assert.Contains("\"nameZh\":\"甲银行\"", row.Body, StringComparison.Ordinal);
        Assert.Null(row.Leaf);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task The_same_facts_again_write_no_event(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        await new RegionRegister(database.Store).TellAsync(Office, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), TestContext.Current.CancellationToken);
        var register = new MemberRegister(database.Store);
        var facts = new MemberFacts(MemberCode.Parse("bank-a"), "甲银行", "Bank A", Sector.Bank, "33", true, []);
        for (var i = 0; i < 3; i++) await register.EnrolAsync(Office, facts, TestContext.Current.CancellationToken);
        Assert.Equal(1, await database.Store.ReadAsync(db => db.Set<EventRow>().CountAsync(e => e.Stream.StartsWith("member/"), TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_refused_change_leaves_nothing_behind(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var refusal = new Refusal("test/no", RefusalKind.Conflict, "No.", "Stop.");
        var outcome = await database.Store.ChangeAsync<int>(Office, async change =>
        {
            await OrderDesk.ProposeAsync(change, change.NewId(), Mule, new Amount(100, Currency.Cny));
            return refusal;
        }, TestContext.Current.CancellationToken);
        Assert.Equal(refusal, outcome.Refusal);
        Assert.Equal(0, await database.Store.ReadAsync(db => db.Set<EventRow>().CountAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(0, await database.Store.ReadAsync(db => db.Set<Order>().CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Many_writers_at_once_lose_nothing_and_number_without_gaps(Provider provider)
    {
        const int Writers = 16;
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var made = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(async () =>
        {
            // A writer that was refused for a lost race does what its next step says: the same again.
            while (true)
            {
                var outcome = await database.Store.ChangeAsync<Order>(Office, change =>
                    OrderDesk.ProposeAsync(change, change.NewId(), AccountNumber.Parse($"bank-a:{i}"), new Amount(100, Currency.Cny)));
                if (outcome.Succeeded) return outcome.Value.Number;
                Assert.True(outcome.Refusal!.Retryable, outcome.Refusal.Code);
            }
        })));
        Assert.Equal(Enumerable.Range(1, Writers).Select(n => $"S-2026-{n:D6}"), made.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Of_three_officers_who_stop_an_account_at_once_two_succeed(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var desk = ShippedOrders.Desk(database.Store);
        var drafted = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            var order = await database.Store.ChangeAsync<Order>(Office, change =>
                OrderDesk.ProposeAsync(change, change.NewId(), Mule, new Amount(100, Currency.Cny)), TestContext.Current.CancellationToken);
            drafted.Add(order.Value.Id);
        }
        using var start = new Barrier(drafted.Count);
        var outcomes = await Task.WhenAll(drafted.Select(id => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            return desk.IssueInEmergencyAsync(Officer, id, "Notice 86 of 2016", "The money moves on.");
        }, TaskCreationOptions.LongRunning).Unwrap()));

        Assert.Equal(2, outcomes.Count(o => o.Succeeded));
        Assert.Equal("order/stop-limit", outcomes.Single(o => !o.Succeeded).Refusal!.Code);
        Assert.Equal([1, 2], outcomes.Where(o => o.Succeeded).Select(o => o.Value.StopOrdinal).Order());
    }
}
