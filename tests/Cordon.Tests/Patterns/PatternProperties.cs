using Cordon.Engine.Patterns;
using CsCheck;

namespace Cordon.Tests.Patterns;

/// <summary>The watch against slow, obvious references, on small random worlds where much happens at once.</summary>
public sealed class PatternProperties
{
    private const int Accounts = 9;

    // Without surprise: what is there is told, however usual it is.
    private static readonly PatternOptions All = new() { LeastBits = 0, FanParties = 2, StepsPerSearch = 1_000_000, EdgesPerAccount = 4_096, TransfersPerAlert = 100_000, CycleAccounts = 6 };

    private static readonly Gen<(int Day, int Payer, int Payee, int Minor)[]> Worlds =
        Gen.Select(Gen.Int[0, 60], Gen.Int[-1, Accounts - 1], Gen.Int[-1, Accounts - 1], Gen.Int[1, 500]).Array[0, 60]
            .Select(rows => rows.Where(r => r.Item2 >= 0 || r.Item3 >= 0).OrderBy(r => r.Item1).ToArray());

    [Fact]
    public void A_cycle_is_told_of_exactly_where_a_first_transfer_closes_one() => Worlds.Sample(world =>
    {
        var (flow, transfers) = Run(world);
        var told = flow.Close(PatternKind.Cycle).Length > 0;
        var fresh = Fresh(transfers);
        var window = (long)All.Window.TotalMicroseconds;
        var there = fresh.Any(last => fresh.Any(t => t.Payer == last.Payee && Reaches(fresh, t, last, window, 2)));
        Assert.Equal(there, told);
    });

    [Fact]
    public void Every_cycle_told_of_is_one() => Worlds.Sample(world =>
    {
        var (flow, transfers) = Run(world);
        foreach (var alert in flow.Close(PatternKind.Cycle))
        {
            Assert.InRange(alert.Transfers.Length, 3, All.CycleAccounts);
            Assert.Equal(alert.Parties.Length, alert.Transfers.Length);
            Assert.Equal(alert.Transfers.Select(t => t.Payer).Order(), alert.Transfers.Select(t => t.Payee).Order());
            Assert.True(alert.Last - alert.First <= All.Window);
            Assert.All(alert.Transfers, t => Assert.Contains(t, transfers));
        }
    });

    [Fact]
    public void A_fan_holds_only_new_payers_and_stands_wherever_enough_come_within_a_window() => Worlds.Sample(world =>
    {
        var (flow, transfers) = Run(world);
        var told = flow.Close(PatternKind.FanIn);
        var fresh = Fresh(transfers);
        foreach (var alert in told) Assert.All(alert.Transfers, t => Assert.Contains(t, fresh));
        for (var account = 0; account < Accounts; account++)
        {
            var payers = fresh.Where(t => t.Payee == account).ToList();
            var most = payers.Count == 0 ? 0 : payers.Max(last => payers.Count(t => t.At <= last.At && last.At - t.At <= All.Window));
            Assert.Equal(most >= All.FanParties, told.Any(alert => alert.Parties.Contains(new PatternParty(account, PartyRole.Target)) && alert.Transfers.All(t => t.Payee == account)));
        }
    });

    [Fact]
    public void The_order_of_rows_within_a_day_changes_nothing() => Gen.Select(Worlds, Gen.Int[0, int.MaxValue - 1]).Sample((world, seed) =>
    {
        var random = new Random(seed);
        var (first, _) = Run(world, new PatternOptions { LeastBits = 0, FanParties = 2, EdgesPerAccount = 8 });
        var second = new Flow(new PatternOptions { LeastBits = 0, FanParties = 2, EdgesPerAccount = 8 }, Accounts);
        foreach (var row in world.Select((r, i) => (r, i)).OrderBy(x => x.r.Day).ThenBy(_ => random.Next()))
            second.Watch.Add(Flow.Transfer(row.i, row.r.Day, row.r.Payer, row.r.Payee, row.r.Minor));
        first.Watch.CloseAll();
        second.Watch.CloseAll();
        Assert.Equal(first.Closed.Select(Flow.Tell), second.Closed.Select(Flow.Tell));
        Assert.Equal(AccountScores.Of(first.Watch).Select(s => (s.Account, s.Score)), AccountScores.Of(second.Watch).Select(s => (s.Account, s.Score)));
    });

    [Fact]
    public void What_comes_late_is_taken_and_every_account_has_a_score_from_0_to_1() => Worlds.Sample(world =>
    {
        var flow = new Flow(All, Accounts);
        foreach (var row in world.Reverse()) flow.Pay(row.Day, row.Payer, row.Payee, row.Minor);
        flow.Watch.CloseAll();
        Assert.Equal(world.Length, flow.Watch.Transfers);
        var scores = AccountScores.Of(flow.Watch);
        Assert.Equal(Enumerable.Range(0, Accounts), scores.Select(s => s.Account).Order());
        Assert.All(scores, s => Assert.InRange(s.Score, 0, 1));
        Assert.Equal(flow.Raised.Select(a => a.Number).Order(), flow.Closed.Select(a => a.Number).Order());
    });

    private static (Flow Flow, List<PatternTransfer> Transfers) Run((int Day, int Payer, int Payee, int Minor)[] world, PatternOptions? options = null)
    {
        var flow = new Flow(options ?? All, Accounts);
        var transfers = world.Select((r, i) => Flow.Transfer(i, r.Day, r.Payer, r.Payee, r.Minor)).ToList();
        foreach (var transfer in transfers) flow.Watch.Add(transfer);
        return (flow, transfers);
    }

    // The first transfer of each pair; of several on one day the one that is worked off first.
    private static List<PatternTransfer> Fresh(List<PatternTransfer> transfers) =>
        [.. transfers.Where(t => t.Payer >= 0 && t.Payee >= 0 && t.Payer != t.Payee)
            .GroupBy(t => (t.Payer, t.Payee)).Select(pair => pair.OrderBy(t => t.At).ThenBy(t => t.Minor).ThenBy(t => t.Number).First())];

    // Whether money of one transfer can come to the payer of the last: every leg no earlier than the one before.
    private static bool Reaches(List<PatternTransfer> fresh, PatternTransfer at, PatternTransfer last, long window, int legs)
    {
        if (at.At > last.At || last.At.Micros - at.At.Micros > window || legs > All.CycleAccounts) return false;
        if (at.Payee == last.Payer) return legs >= 3;
        return at.Payee != last.Payee && fresh.Any(next => next.Payer == at.Payee && next.At >= at.At && Reaches(fresh, next, last, window, legs + 1));
    }
}
