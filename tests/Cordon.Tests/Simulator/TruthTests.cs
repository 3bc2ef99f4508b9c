using Cordon.Engine.Signals;
using Cordon.Simulator;

namespace Cordon.Tests.Simulator;

public sealed class TruthTests
{
    [Fact]
    public void Without_a_stop_every_movement_of_the_truth_happens_as_written() => ProvinceTests.Tiny(province =>
    {
        var play = province.Play();
        var told = play.AdvanceTo(Instant.Max).Signals.OfType<Transfer>().ToDictionary(t => t.Id);
        foreach (var victim in province.Truth.Victims)
        {
            Assert.Equal(victim.Stolen.Minor, victim.Moves.Where(m => m.Kind == TruthMoveKind.Stolen).Sum(m => m.Amount.Minor));
            foreach (var move in victim.Moves)
            {
                Assert.True(play.HasHappened(move.Transfer), $"{move} did not happen");
                Assert.Equal(move.Told, told.ContainsKey(move.Transfer));
                if (!move.Told) continue;
                var transfer = told[move.Transfer];
                Assert.Equal((move.From, move.To, move.Amount, move.At), (transfer.Payer, transfer.Payee, transfer.Amount, transfer.At));
            }
        }
    });

    [Fact]
    public void No_account_passes_on_more_of_a_victims_money_than_reached_it() => ProvinceTests.Tiny(province =>
    {
        foreach (var victim in province.Truth.Victims)
        {
            foreach (var wave in victim.Moves.GroupBy(m => m.Wave))
            {
                var balances = new Dictionary<AccountNumber, long>();
                foreach (var move in wave)
                {
                    if (move.From is { } from && move.Kind != TruthMoveKind.Stolen)
                    {
                        balances[from] = balances.GetValueOrDefault(from) - move.Amount.Minor;
                        Assert.True(balances[from] >= 0, $"{from} paid what it did not have");
                    }
                    if (move.To is { } to) balances[to] = balances.GetValueOrDefault(to) + move.Amount.Minor;
                }
            }
        }
    });

    [Fact]
    public void Every_planted_loophole_has_its_link() => ProvinceTests.Tiny(province =>
    {
        var signals = province.Play().AdvanceTo(Instant.Max).Signals;
        foreach (var victim in province.Truth.Victims)
            foreach (var loophole in victim.Loopholes)
                Assert.True(HasLink(loophole, victim, signals), loophole.ToString());
    });

    [Fact]
    public void Every_reported_loss_is_a_payment_of_its_victim() => ProvinceTests.Tiny(province =>
    {
        var reports = province.Play().AdvanceTo(Instant.Max).Reports;
        Assert.Equal(province.Reports.AsEnumerable(), reports);
        foreach (var victim in province.Truth.Victims)
        {
            var stolen = victim.Moves.Where(m => m.Kind == TruthMoveKind.Stolen).ToArray();
            foreach (var report in reports.Where(r => victim.Reports.Contains(r.Id)))
            {
                Assert.Equal(stolen.Length, report.Losses.Length);
                foreach (var (loss, move) in report.Losses.Zip(stolen))
                {
                    Assert.Equal((move.Amount, move.From), (loss.Amount, loss.Payer));
                    Assert.True(loss.TransferId is null || loss.TransferId == move.Transfer);
                    Assert.True(loss.Payee is null || loss.Payee == move.To);
                    Assert.InRange((move.At - loss.At).TotalSeconds, 0, 300);
                }
            }
        }
    });

    private static bool HasLink(TruthLoophole loophole, TruthVictim victim, IReadOnlyCollection<Signal> signals) => loophole.Duty switch
    {
        "cn.atf.13.true-caller-id" => signals.OfType<Call>().Any(c =>
            c.Id.Text == loophole.Subject && c.Member == loophole.Member && victim.Calls.Contains(c.Id)
            && c.Origin == CallOrigin.InternationalTrunk && !c.RoamingProven && c.Caller.ToString().StartsWith("+86", StringComparison.Ordinal)),
        "cn.atf.12.iot-scope" => LineOf(loophole, signals) is { LineKind: LineKind.Iot } && Called(loophole, victim, signals),
        "cn.atf.9.real-name-line" => LineOf(loophole, signals) is { Identity: IdentityCheck.NotVerified } line && line.Agent == loophole.Unit && InChain(loophole, victim, signals),
        "cn.atf.10.line-limit" => LineOf(loophole, signals) is { Person: { } person } && InChain(loophole, victim, signals)
            && signals.OfType<Subscription>().Count(s => s.Member == loophole.Member && s.Person == person) > 5,
        "cn.atf.15.customer-due-diligence" => Reached(loophole, victim) && signals.OfType<AccountOpening>().Any(a =>
            a.Account.ToString() == loophole.Subject && a.Member == loophole.Member && a.Branch == loophole.Unit && a.Identity == IdentityCheck.NotVerified),
        "cn.atf.18.suspicious-transactions" => Reached(loophole, victim),
        "cn.atf.19.transaction-data" => signals.OfType<Transfer>().Any(t =>
            t.Id.Text == loophole.Subject && t.Member == loophole.Member && t.OrderReference is null && t.Payer?.Number == "pool-1"),
        _ => false,
    };

    private static Subscription? LineOf(TruthLoophole loophole, IReadOnlyCollection<Signal> signals) =>
        signals.OfType<Subscription>().SingleOrDefault(s => s.Line.ToString() == loophole.Subject && s.Member == loophole.Member);

    private static bool Called(TruthLoophole loophole, TruthVictim victim, IReadOnlyCollection<Signal> signals) =>
        signals.OfType<Call>().Any(c => c.Caller.ToString() == loophole.Subject && victim.Calls.Contains(c.Id) && c.Callee == victim.Line);

    private static bool InChain(TruthLoophole loophole, TruthVictim victim, IReadOnlyCollection<Signal> signals) =>
        Called(loophole, victim, signals)
        || signals.OfType<AccountOpening>().Any(a => a.Line?.ToString() == loophole.Subject && victim.Moves.Any(m => m.To == a.Account));

    private static bool Reached(TruthLoophole loophole, TruthVictim victim) =>
        victim.Moves.Any(m => m.To?.ToString() == loophole.Subject);
}
