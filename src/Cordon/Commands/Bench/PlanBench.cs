using Cordon.Simulator;

namespace Cordon.Commands.Bench;

/// <summary>A sum a hundred cases, with an interval in which it lies with 95 of 100 chances, over provinces.</summary>
/// <param name="Yuan">The estimate.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
internal sealed record PerHundred(double Yuan, double Low, double High);

/// <summary>One policy.</summary>
/// <param name="Held">Held under orders at the end.</param>
/// <param name="Out">Out of the gangs' victims' reach for good, by the truth.</param>
/// <param name="HeldShare">Held, of what was stolen, 0 to 1.</param>
/// <param name="Orders">Orders a hundred cases.</param>
/// <param name="Chosen">Of these, issued while others waited: only there does the policy matter.</param>
internal sealed record PolicyResult(PerHundred Held, PerHundred Out, double HeldShare, double Orders, double Chosen);

/// <summary>The plan beside the naive order.</summary>
/// <param name="Provinces">How many provinces were lived, each by both policies.</param>
/// <param name="FirstSeed">The first one's seed; the others follow.</param>
/// <param name="Cases">Cases in them.</param>
/// <param name="SecondsEach">Seconds an order.</param>
/// <param name="Stolen">Stolen a hundred cases.</param>
/// <param name="Plan">Issued by the plan.</param>
/// <param name="LargestFirst">The largest sum first.</param>
/// <param name="MoreHeld">What the plan holds more.</param>
/// <param name="LessOut">What the gangs get out less.</param>
internal sealed record PlanReport(
    int Provinces, ulong FirstSeed, int Cases, double SecondsEach, double Stolen, PolicyResult Plan, PolicyResult LargestFirst, PerHundred MoreHeld, PerHundred LessOut);

/// <summary>Lives provinces with stops issued by the plan and by the naive order.</summary>
/// <param name="options">What provinces are made of.</param>
/// <param name="firstSeed">The first province's seed.</param>
/// <param name="cases">At least so many cases.</param>
/// <param name="each">How long one order takes.</param>
/// <param name="told">How long after the last payment every victim tells; null for the simulator's own reports.</param>
internal sealed class PlanBench(ProvinceOptions options, ulong firstSeed, int cases, TimeSpan each, TimeSpan? told)
{
    private const double Fen = 100;

    /// <summary>Runs it.</summary>
    /// <param name="tell">Told the share done and the cases so far.</param>
    /// <param name="cancel">Ends it between two orders.</param>
    public PlanReport Run(Action<double, long> tell, CancellationToken cancel)
    {
        var (planned, naive) = (new List<PlanPlayed>(), new List<PlanPlayed>());
        for (var seed = firstSeed; planned.Sum(p => p.Cases) < cases || planned.Count < 2; seed++)
        {
            var province = Province.Make(seed, options);
            planned.Add(new PlanPlay(province, IssueOrder.Plan, each, told).Run(cancel));
            naive.Add(new PlanPlay(province, IssueOrder.LargestFirst, each, told).Run(cancel));
            tell(Math.Min(1, (double)planned.Sum(p => p.Cases) / cases), planned.Sum(p => p.Cases));
        }
        return Report(planned, naive);
    }

    private PlanReport Report(List<PlanPlayed> planned, List<PlanPlayed> naive)
    {
        var counts = planned.ConvertAll(p => p.Cases);
        return new PlanReport(
            planned.Count, firstSeed, counts.Sum(), each.TotalSeconds, Of(counts, planned.ConvertAll(p => p.StolenFen)).Yuan, Result(planned), Result(naive),
            Of(counts, [.. planned.Zip(naive, (p, n) => p.HeldFen - n.HeldFen)]),
            Of(counts, [.. planned.Zip(naive, (p, n) => n.OutFen - p.OutFen)]));
    }

    private static PolicyResult Result(List<PlanPlayed> played)
    {
        var counts = played.ConvertAll(p => p.Cases);
        return new PolicyResult(
            Of(counts, played.ConvertAll(p => p.HeldFen)), Of(counts, played.ConvertAll(p => p.OutFen)),
            (double)played.Sum(p => p.HeldFen) / played.Sum(p => p.StolenFen), 100.0 * played.Sum(p => p.Orders) / counts.Sum(), 100.0 * played.Sum(p => p.Chosen) / counts.Sum());
    }

    // A ratio of sums over provinces, its variance by linearisation: provinces are independent, the cases of one are not.
    private static PerHundred Of(List<int> counts, List<long> fen)
    {
        double cases = counts.Sum();
        var ratio = fen.Sum() / cases;
        var squares = counts.Zip(fen, (n, f) => Math.Pow(f - (ratio * n), 2)).Sum();
        var error = 1.96 * Math.Sqrt(squares * counts.Count / (counts.Count - 1)) / cases;
        return new PerHundred(ratio / Fen * 100, (ratio - error) / Fen * 100, (ratio + error) / Fen * 100);
    }
}
