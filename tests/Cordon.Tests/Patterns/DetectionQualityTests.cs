using System.Globalization;
using Cordon.Engine.Patterns;
using Cordon.Engine.Signals;
using Cordon.Tests.Money;

namespace Cordon.Tests.Patterns;

/// <summary>
/// Floors for what patterns find on third-party data (docs/reference/detection.md). The trees of the score have seen these
/// accounts, so no floor of the score stands here that a stranger's data would have to meet; the patterns have learned nothing.
/// </summary>
public sealed class DetectionQualityTests
{
    [Theory]
    [InlineData("fan_in", PatternKind.FanIn, 0.9)]
    [InlineData("fan_out", PatternKind.FanOut, 0.9)]
    [InlineData("cycle", PatternKind.Cycle, 0.85)]
    [InlineData("bipartite", PatternKind.Bipartite, 0.95)]
    [InlineData("scatter_gather", PatternKind.ScatterGather, 0.8)]
    [InlineData("gather_scatter", PatternKind.GatherScatter, 0.9)]
    public void Accounts_of_a_typed_pattern_in_a_background_of_ten_thousand_stand_in_alerts_of_their_kind(string type, PatternKind kind, double floor)
    {
        var (watch, _) = GenTex.Value;
        var members = SharedData.Lines("amlgentex10k/alert_members.csv").Select(line => line.Split(',')).Where(c => c[1] == type)
            .Select(c => int.Parse(c[2], CultureInfo.InvariantCulture)).ToHashSet();
        Assert.InRange(members.Count(account => watch.Standing(account).AlertsOf(kind) > 0) / (double)members.Count, floor, 1);
    }

    [Fact]
    public void Layers_and_scattering_are_many_times_richer_in_launderers_than_the_population()
    {
        var (watch, bad) = GenTex.Value;
        foreach (var (kind, floor) in new[] { (PatternKind.Bipartite, 0.12), (PatternKind.ScatterGather, 0.12), (PatternKind.Cycle, 0.06) })
        {
            var alerted = Enumerable.Range(0, watch.Accounts).Where(a => watch.Standing(a).AlertsOf(kind) > 0).ToList();
            Assert.InRange(alerted.Count(bad.Contains) / (double)alerted.Count, floor, 1);
        }
    }

    [Fact]
    public void The_score_ranks_accounts_of_both_data_sets_above_the_stock_models()
    {
        var (watch, bad) = GenTex.Value;
        Assert.InRange(AveragePrecision(watch, bad), 0.95, 1);
        (watch, bad) = Sim();
        Assert.InRange(AveragePrecision(watch, bad), 0.76, 1);
    }

    [Fact]
    public void Small_structured_payments_are_told_of_without_a_false_one()
    {
        var (watch, bad) = Sim();
        var alerted = Enumerable.Range(0, watch.Accounts).Where(a => watch.Standing(a).AlertsOf(PatternKind.Structuring) > 0).ToList();
        Assert.InRange(alerted.Count(bad.Contains) / (double)alerted.Count, 0.98, 1);
        Assert.InRange(alerted.Count(bad.Contains) / (double)bad.Count, 0.5, 1);
    }

    [Fact]
    public void Typed_rings_of_another_generator_are_cycles_once_their_legs_are_in_the_order_of_the_money_and_not_before()
    {
        // AMLSim books the legs of a ring on days in no order: money could not have gone round.
        var (asGiven, inOrder) = (new Flow(accounts: 100_000), new Flow(accounts: 100_000));
        var rings = Typed("cycle").Values.Where(ring => IsRing(ring) && ring.Max(t => t.At) - ring.Min(t => t.At) <= new PatternOptions().Window).ToList();
        foreach (var transfer in rings.SelectMany(ring => ring).OrderBy(t => t.At)) asGiven.Watch.Add(transfer);
        foreach (var transfer in rings.SelectMany(Straightened).OrderBy(t => t.At)) inOrder.Watch.Add(transfer);
        var told = inOrder.Close(PatternKind.Cycle).SelectMany(alert => alert.Transfers).Select(t => t.Number).ToHashSet();
        Assert.InRange(rings.Count, 350, 400);
        Assert.All(rings, ring => Assert.All(ring, leg => Assert.Contains(leg.Number, told)));
        Assert.InRange(asGiven.Close(PatternKind.Cycle).Length, 0, 2);
    }

    [Theory]
    [InlineData("fan_in", PatternKind.FanIn)]
    [InlineData("fan_out", PatternKind.FanOut)]
    public void Typed_fans_of_another_generator_are_found_as_far_as_they_fit_into_a_window(string type, PatternKind kind)
    {
        var flow = new Flow(accounts: 100_000);
        var typed = Typed(type);
        foreach (var transfer in typed.Values.SelectMany(fan => fan).OrderBy(t => t.At)) flow.Watch.Add(transfer);
        var hubs = flow.Close(kind).SelectMany(alert => alert.Transfers).Select(t => kind == PatternKind.FanIn ? t.Payee : t.Payer).ToHashSet();
        var options = new PatternOptions();
        var dense = typed.Values.Where(fan => fan.Any(t => fan.Where(o => o.At <= t.At && t.At - o.At <= options.Window).Select(o => (o.Payer, o.Payee)).Distinct().Count() > options.FanParties)).ToList();
        Assert.InRange(dense.Count, 10, 300);
        // A hub that was as busy before is used to it, and is not told of.
        Assert.InRange(dense.Count(fan => hubs.Contains(kind == PatternKind.FanIn ? fan[0].Payee : fan[0].Payer)) / (double)dense.Count, 0.9, 1);
    }

    private static Dictionary<string, List<PatternTransfer>> Typed(string type)
    {
        var alerts = new Dictionary<string, List<PatternTransfer>>();
        foreach (var cells in SharedData.Lines("amlsim100k/alert_transactions.csv").Select(line => line.Split(',')).Where(c => c[1] == type))
        {
            Assert.True(Instant.TryParse(cells[8], out var at));
            if (!alerts.TryGetValue(cells[0], out var own)) alerts.Add(cells[0], own = []);
            own.Add(new PatternTransfer(int.Parse(cells[3], CultureInfo.InvariantCulture), Account(cells[4]), Account(cells[5]), Minor(cells[7]), at, Cash: false));
        }
        return alerts;
    }

    // A few of the four hundred were written with a leg missing.
    private static bool IsRing(List<PatternTransfer> ring) =>
        ring.Select(t => t.Payer).Distinct().Count() == ring.Count && ring.Select(t => t.Payer).Order().SequenceEqual(ring.Select(t => t.Payee).Order());

    // The same legs and the same days, dealt out along the ring.
    private static IEnumerable<PatternTransfer> Straightened(List<PatternTransfer> ring)
    {
        var days = ring.Select(t => t.At).Order().ToList();
        var leg = ring[0];
        foreach (var day in days)
        {
            yield return leg with { At = day };
            leg = ring.Single(t => t.Payer == leg.Payee);
        }
    }

    private static readonly Lazy<(PatternWatch Watch, HashSet<int> Bad)> GenTex = new(ReadGenTex);

    private static (PatternWatch Watch, HashSet<int> Bad) ReadGenTex()
    {
        var watch = new Flow(accounts: 10_000).Watch;
        var number = 0L;
        foreach (var line in SharedData.Lines("amlgentex10k/tx.csv.gz"))
        {
            var cells = line.Split(',');
            if (cells[2] == "INITALBALANCE" || Minor(cells[3]) is not (> 0 and var minor)) continue;
            watch.Add(Flow.Transfer(number++, Account(cells[1]), Math.Max(-1, Account(cells[4])), Math.Max(-1, Account(cells[5])), minor, cells[2] == "CASH"));
        }
        watch.CloseAll();
        return (watch, [.. SharedData.Lines("amlgentex10k/accounts.csv").Select(line => line.Split(',')).Where(c => c[6] == "True").Select(c => Account(c[0]))]);
    }

    private static (PatternWatch Watch, HashSet<int> Bad) Sim()
    {
        var watch = new Flow(accounts: 20_000).Watch;
        var number = 0L;
        foreach (var line in SharedData.Lines("amlsim20k_fanin200/transactions.csv"))
        {
            var cells = line.Split(',');
            watch.Add(Flow.Transfer(number++, Account(cells[3]), Account(cells[0]), Account(cells[1]), Minor(cells[2])));
        }
        watch.CloseAll();
        return (watch, [.. SharedData.Lines("amlsim20k_fanin200/nodes.csv").Select(line => line.Split(',')).Where(c => c[1] == "1").Select(c => Account(c[0]))]);
    }

    private static double AveragePrecision(PatternWatch watch, HashSet<int> bad)
    {
        var (found, sum) = (0, 0.0);
        foreach (var (rank, score) in AccountScores.Of(watch).Index())
            if (bad.Contains(score.Account)) sum += ++found / (rank + 1.0);
        return sum / bad.Count;
    }

    private static int Account(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static long Minor(string text) =>
        AmountText.Read(text, Currency.Cny, AmountRounding.HalfEven, out var amount, out _) == AmountFault.None ? amount.Minor : 0;
}
