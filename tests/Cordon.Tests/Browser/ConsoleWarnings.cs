using Cordon.Casework;
using Cordon.Casework.Warnings;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Browser;

/// <summary>People in danger, for the page of warnings.</summary>
internal static class ConsoleWarnings
{
    /// <summary>One is reached, one was not yet.</summary>
    public static async Task PrepareAsync(ConsoleHost host)
    {
        await PayAsync(host, "99334", new PhoneNumber(8613899340001));
        await PayAsync(host, "99335", new PhoneNumber(8613899350001));
        var desk = host.Get<WarningDesk>();
        var open = await desk.ListAsync(ConsoleProvince.Police, new WarningFilter { Open = true });
        host.Time.Advance(TimeSpan.FromMinutes(3));
        await desk.ActAsync(ConsoleProvince.Police, open[0].Id, new TellAttempt(WarningChannel.Call, AttemptOutcome.NotReached, "忙音"));
        await desk.ActAsync(ConsoleProvince.Police, open[1].Id, new TellAttempt(WarningChannel.Call, AttemptOutcome.Reached, "已劝阻，未转账"));
    }

    /// <summary>Somebody pays into an account that is known for fraud.</summary>
    /// <param name="host">The host.</param>
    /// <param name="people">Five digits of the test's own: the accounts are these with 1 and 2 behind them.</param>
    /// <param name="line">The payer's line.</param>
    public static async Task PayAsync(ConsoleHost host, string people, PhoneNumber line)
    {
        var (payer, payee, now) = (AccountNumber.Parse($"bank-a:{people}1"), AccountNumber.Parse($"bank-b:{people}2"), Instant.From(host.Time.GetUtcNow()));
        await host.Engine.SubmitAsync([new ListChanged(host.Get<IIdSource>().NewId(now), ListName.FraudAccounts, payee.ToString(), true, now - TimeSpan.FromDays(1))]);
        await host.TellAsync(
        [
            new AccountOpening(new SignalId("warn-o" + people), payer.Member, now - TimeSpan.FromDays(900), payer, AccountKind.Personal, IdentityCheck.Verified, null, new Amount(9_000_00, Currency.Cny), line, null),
            new Transfer(new SignalId("warn-p" + people), payer.Member, now, payer, payee, new Amount(2_000_00, Currency.Cny), TransferMeans.Account, null),
        ]);
        await host.Get<WarningFollower>().StepAsync();
    }
}
