using Cordon.Engine.Money;

namespace Cordon.Tests.Money;

/// <summary>
/// Traces of labelled transfers of AMLGentex against a reading of the file by hand, which docs/guides/trace-real-data.md
/// writes out: opening balance and earlier credits say where a credit begins, the sums of the debits say who takes it.
/// </summary>
public sealed class AmlGenTexTraceTests
{
    private static readonly Lazy<AmlGenTex> Data = new(AmlGenTex.Read);

    [Fact]
    public void The_file_is_read_whole()
    {
        Assert.Equal(10_000, Data.Value.Graph.AccountCount);
        Assert.Equal(668_969, Data.Value.Graph.TransferCount);
        Assert.Equal(15, Data.Value.RoundedToNothing);
        Assert.Equal(884, Data.Value.Suspicious.Count);
    }

    [Fact]
    public void A_lot_of_a_fan_out_leaves_by_three_payments_to_accounts_in_sight()
    {
        var trace = Trace("278454");

        Assert.Equal(
            "278454=120532/1, 465806=8733/2, 465937=73215/2, 472140=38584/2"
            + " | bank_a:3066=0 Held/1, bank_a:6046=73215 Held/2, bank_a:7017=8733 Held/2, bank_a:6166=38584 Held/2 | ",
            Ladder.Tell(trace.Least));
        Assert.Equal(Ladder.Day(66), trace.Least.Flows[1].At);
        Assert.Equal(Ladder.Day(67), trace.Least.Flows[3].At);
    }

    [Fact]
    public void A_lot_is_split_between_a_payment_out_of_sight_and_one_in_sight()
    {
        Assert.Equal(
            "117081=74762/1, 639509=30840/2, 653770=43922/2 | bank_a:3729=0 Held/1, bank_a:5946=43922 Held/2 | 639509=30840 LostFromSight",
            Ladder.Tell(Trace("117081").Least));
    }

    [Fact]
    public void Two_payments_of_one_day_take_a_lot_in_the_order_of_their_ids()
    {
        Assert.Equal(
            "193808=74290/1, 547042=960/2, 551891=39816/2, 556098=33514/2 | bank_a:2358=0 Held/1, bank_a:8949=39816 Held/2"
            + " | 547042=960 LostFromSight, 556098=33514 LostFromSight",
            Ladder.Tell(Trace("193808").Least));
    }

    [Fact]
    public void A_labelled_ring_is_not_followed_round_where_older_money_pays_its_next_leg()
    {
        // Account 4383 held some 283,000 when the 879.09 came; by FIFO the ring's next leg, 549.06, was paid from those.
        Assert.Equal("329068=87909/1 | bank_a:4383=87909 Held/1 | ", Ladder.Tell(Trace("329068").Least));
    }

    [Fact]
    public void Every_labelled_transfer_is_traced_exactly_and_no_cent_is_lost()
    {
        var layers = new int[3];
        foreach (var transfer in Data.Value.Suspicious) layers[Trace(transfer.Id.Text).Least.Flows[^1].Layer]++;
        Assert.Equal([0, 842, 42], layers);
    }

    private static Trace Trace(string id)
    {
        var request = new TraceRequest([Ladder.Seed("bank_a", id)], Ladder.Day(1000), TraceBounds.Default);
        Assert.Null(Data.Value.Graph.Trace(request, out var trace));
        Ladder.AssertConserves(trace!);
        Assert.True(trace!.Exact);
        return trace;
    }
}
