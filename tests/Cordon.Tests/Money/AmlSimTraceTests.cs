using System.Globalization;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

public sealed class AmlSimTraceTests
{
    private static readonly MemberCode Bank = MemberCode.Parse("bank");

    [Fact]
    public void A_typed_ring_without_opening_balances_is_followed_as_far_as_its_days_allow_and_given_as_an_interval()
    {
        // Alert 600: 20205 pays 517 924.90 and 517 pays 16177 691.27 on one day, the later leg with the smaller id.
        // 16177 pays 96410 609.88 thirteen days on; 96410 had paid its own leg ten days before, with other money.
        var graph = Alerts();

        var trace = Trace(graph, "1826258");

        Assert.False(trace.Exact);
        Assert.Equal(
            "1826258=92490/1, 1826257=69127/2, 1850061=60988/3 | bank:517=23363 Held/1, bank:16177=8139 Held/2, bank:96410=60988 Held/3 | ",
            Ladder.Tell(trace.Least));
        Assert.Equal("1826258=92490/1 | bank:517=92490 Held/1 | ", Ladder.Tell(trace.Most));
    }

    [Fact]
    public void Every_typed_alert_transfer_is_traced_without_losing_a_cent()
    {
        var graph = Alerts();
        var deepest = 0;
        foreach (var line in SharedData.Lines("amlsim100k/alert_transactions.csv"))
            deepest = Math.Max(deepest, Trace(graph, line.Split(',')[3]).Least.Flows[^1].Layer);
        Assert.InRange(deepest, 4, 32);
    }

    [Fact]
    public void Small_accounts_with_known_openings_pass_money_through_many_layers()
    {
        var graph = new MoneyGraph();
        foreach (var line in SharedData.Lines("amlsim20k_fanin200/nodes.csv"))
        {
            var cells = line.Split(',');
            graph.Open(new AccountOpening(
                new SignalId("n" + cells[0]), Bank, Ladder.Start, new AccountNumber(Bank, cells[0]), AccountKind.Personal,
                IdentityCheck.Unknown, null, Money(cells[2]), null, null));
        }
        var row = 0;
        foreach (var line in SharedData.Lines("amlsim20k_fanin200/transactions.csv"))
        {
            // The file has no ids, and 254 rows repeat another exactly: the row is the only name a transfer has.
            var cells = line.Split(',');
            Assert.True(graph.Add(Move((++row).ToString(CultureInfo.InvariantCulture), cells[0], cells[1], cells[2],
                Ladder.Day(int.Parse(cells[3], CultureInfo.InvariantCulture)))));
        }
        Assert.Equal(118_250, graph.TransferCount);
        Assert.Equal(20_000, graph.AccountCount);

        var deepest = 0;
        for (var seed = 1; seed <= row; seed += 500)
        {
            var trace = Trace(graph, seed.ToString(CultureInfo.InvariantCulture));
            Assert.True(trace.Exact);
            deepest = Math.Max(deepest, trace.Least.Flows[^1].Layer);
        }
        Assert.InRange(deepest, 5, 32);
    }

    private static MoneyGraph Alerts()
    {
        var graph = new MoneyGraph();
        foreach (var line in SharedData.Lines("amlsim100k/alert_transactions.csv"))
        {
            var cells = line.Split(',');
            Assert.True(Instant.TryParse(cells[8], out var at));
            Assert.True(graph.Add(Move(cells[3], cells[4], cells[5], cells[7], at)));
        }
        Assert.Equal(6_903, graph.TransferCount);
        return graph;
    }

    private static Trace Trace(MoneyGraph graph, string id)
    {
        var request = new TraceRequest([new TransferSeed(Bank, new SignalId(id))], Instant.Max, TraceBounds.Default);
        Assert.Null(graph.Trace(request, out var trace));
        Ladder.AssertConserves(trace!);
        return trace!;
    }

    private static Transfer Move(string id, string from, string to, string amount, Instant at) => new(
        new SignalId(id), Bank, at, new AccountNumber(Bank, from), new AccountNumber(Bank, to), Money(amount), TransferMeans.Account, null);

    private static Amount Money(string text)
    {
        Assert.Equal(AmountFault.None, AmountText.Read(text, Currency.Cny, AmountRounding.HalfEven, out var amount, out _));
        return amount;
    }
}
