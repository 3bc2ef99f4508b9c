using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Browser;

/// <summary>A small fraud of a test's own, so that what other tests do to the shared province does not matter to it.</summary>
internal static class ConsoleFraud
{
    /// <summary>One victim paid one mule, of whom all is known, and reported it: the stop that was drafted.</summary>
    /// <param name="host">The host.</param>
    /// <param name="people">Five digits of the test's own: the accounts are these with 1 and 2 behind them.</param>
    public static async Task<Order> DraftAsync(ConsoleHost host, string people)
    {
        var (victim, mule) = (AccountNumber.Parse($"bank-a:{people}1"), AccountNumber.Parse($"bank-a:{people}2"));
        var now = Instant.From(host.Time.GetUtcNow());
        var stolen = new Amount(5_000_00, Currency.Cny);
        AccountOpening Opening(AccountNumber account, long minor) => new(
            new SignalId("open-" + account.Number), account.Member, now - TimeSpan.FromDays(3), account, AccountKind.Personal, IdentityCheck.Verified, null,
            new Amount(minor, Currency.Cny), null, null);
        var paid = new Transfer(new SignalId("pay-" + people), victim.Member, now - TimeSpan.FromMinutes(20), victim, mule, stolen, TransferMeans.Account, null);
        await host.TellAsync([Opening(victim, 90_000_00), Opening(mule, 0), paid]);
        var losses = ImmutableArray.Create(new Casework.Reports.ReportedLoss(paid.Id, paid.Member, victim, mule, stolen, paid.At));
        var intake = new ReportIntake("r-" + people, "报案人赵某", null, "转账后联系不上", "fake-police", new Suspects([], [mule], []), losses, now);
        var received = await host.Get<CaseDesk>().ReceiveAsync(ConsoleProvince.Police, intake, TestContext.Current.CancellationToken);
        return (await host.Get<OrderDesk>().ListAsync(ConsoleProvince.Police, new OrderFilter { Case = received.Value.Case, Kind = OrderKind.StopPayment, Limit = 10 })).Single(o => o.Account == mule);
    }
}
