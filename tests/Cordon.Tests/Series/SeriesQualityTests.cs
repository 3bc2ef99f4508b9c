using Cordon.Casework.Reports;
using Cordon.Casework.Series;
using Cordon.Simulator;
using ReportedLoss = Cordon.Casework.Reports.ReportedLoss;

namespace Cordon.Tests.Series;

/// <summary>Reports of simulated provinces as cases of their own, linked by what they say, against the gangs that are known.</summary>
public sealed class SeriesQualityTests
{
    [Fact]
    public void Linked_pairs_are_of_one_gang_and_few_gangs_pairs_that_share_something_rare_are_missed()
    {
        var (right, wrong, missed) = (0, 0, 0);
        // Weights and limits were chosen on the seeds 1 to 6: these are others.
        for (ulong seed = 101; seed <= 106; seed++)
        {
            var province = Province.Make(seed, new ProvinceOptions { People = 600, Days = 12, Victims = 40, Gangs = 6 });
            var gangs = province.Truth.Victims.SelectMany(v => v.Reports.Select(r => (Report: r, v.Gang))).ToDictionary(r => r.Report, r => r.Gang);
            var cases = province.Reports.Select(r => (Gang: gangs[r.Id], Marks: MarksOf(r).ToHashSet(StringComparer.Ordinal))).ToList();
            var degrees = cases.SelectMany(c => c.Marks).GroupBy(m => m).ToDictionary(g => g.Key, g => g.Count());
            for (var i = 0; i < cases.Count; i++)
                for (var j = i + 1; j < cases.Count; j++)
                {
                    var shared = cases[i].Marks.Intersect(cases[j].Marks).ToList();
                    var linked = SeriesRules.Strength(SeriesRules.Shared(shared, degrees)) >= SeriesRules.Linked;
                    var same = cases[i].Gang == cases[j].Gang;
                    if (linked && same) right++;
                    else if (linked) wrong++;
                    else if (same) missed++;
                }
        }
        var (precision, recall) = ((double)right / (right + wrong), (double)right / (right + missed));
        TestContext.Current.SendDiagnosticMessage($"pairs of cases: {right} right, {wrong} wrong, {missed} missed; precision {precision:F3}, recall {recall:F3}");
        Assert.True(precision >= 0.97, $"precision {precision:F3} of {right + wrong} pairs");
        Assert.True(right > 100 && recall >= 0.75, $"recall {recall:F3}, {right} right");
    }

    private static IEnumerable<string> MarksOf(ProvinceReport report) => SeriesMarks.Of(
        [.. report.Losses.Select(l => new ReportedLoss(l.TransferId, l.Member, l.Payer, l.Payee, l.Amount, l.At))],
        new Suspects(report.Suspects.Phones, report.Suspects.Accounts, [.. report.Suspects.Domains.Select(d => d.Name)]), report.Text, _ => false);
}
