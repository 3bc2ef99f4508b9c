using Cordon.Casework.Answers;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using Cordon.Simulator;

namespace Cordon.Tests.Reports;

/// <summary>The reports of the simulated province, in both languages, are read as their truth has it.</summary>
public sealed class ProvinceReadingTests
{
    [Fact]
    public void What_simulated_victims_write_is_found_in_their_words()
    {
        var reports = Province.Make(2, ProvinceOptions.Small).Reports;
        var (sums, tails, phones, domains) = (0, 0, 0, 0);
        foreach (var report in reports)
        {
            var facts = ReportText.Read(report.Text, new ReadingTerms(report.ReportedAt, Told.China, Currency.Cny, new TextMask(Masking.Mask)));
            var told = report.Losses.Sum(l => l.Amount.Minor);
            if (facts.Amounts.Any(a => a.Amount.Minor / 100 == told / 100)) sums++;
            if (facts.Accounts.Any(a => a.IsTail && a.Digits.Length == 4)) tails++;
            if (report.Suspects.Phones.All(p => facts.Phones.Any(f => f.Number == p))) phones++;
            if (report.Suspects.Domains.All(d => facts.Links.Any(l => l.Host == d.ToString()))) domains++;
            Assert.DoesNotContain(facts.Accounts, a => !a.IsTail);
            Assert.All(facts.Times, t => Assert.True(t.From < report.ReportedAt, report.Text));
        }
        Assert.NotEmpty(reports);
        Assert.Equal((reports.Length, reports.Length), (sums, tails));
        Assert.InRange((double)phones / reports.Length, 0.9, 1);
        Assert.InRange((double)domains / reports.Length, 0.9, 1);
    }
}
