using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;
using Cordon.Casework.Restrictions;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;
using Cordon.Tests.Rulebooks;
using CsCheck;

namespace Cordon.Tests.Restrictions;

/// <summary>The terms of the pack: what they say, what is refused of them, and how years are counted.</summary>
public sealed class RestrictionTermsTests
{
    public static readonly string Path = ShippedPack.PathOf("packs", "cn", "restrictions.yaml");
    public static readonly RestrictionTerms Terms = RestrictionTerms.Load(Path);
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    [Fact]
    public void Grounds_have_their_terms_counts_and_levels_and_no_source_is_from_memory()
    {
        Assert.Equal(
            [("seller", 2, (int?)3, RegionLevel.City), ("false-opening", 2, null, RegionLevel.City), ("seller-grave", 2, null, RegionLevel.Province), ("convict", 3, null, RegionLevel.City)],
            Terms.Grounds.Select(g => (g.Id, g.Years, g.Counts, g.Level)));
        Assert.Equal(5, Terms.MostYears);
        foreach (var source in Terms.Grounds.Select(g => g.Source).Concat(Terms.Measures.Select(m => m.Source)).Append(Terms.Living.Source)) Assert.True(source.Mark is not null || source.Tier == SourceTier.Ours);
        foreach (var sector in new[] { Sector.TelecomOperator, Sector.VirtualOperator, Sector.Bank, Sector.PaymentInstitution, Sector.InternetPlatform }) Assert.NotEmpty(Terms.Of(sector));
    }

    [Fact]
    public void The_duty_and_the_rulebook_have_the_same_numbers()
    {
        var duty = ShippedPack.Cn.Find("cn.joint2024.sellers-restricted", SignalAt("2026-03-02"))!;
        Assert.Equal(
            (Terms.Find("seller")!.Years, Terms.Find("convict")!.Years, Terms.MostYears), ((int)duty.Threshold!["sellerYears"], (int)duty.Threshold["convictYears"], (int)duty.Threshold["mostYears"]));
        var numbers = ShippedRulebook.Cn.Parameters.ToDictionary(p => p.Id.Text, p => p.Value.Text);
        Assert.Equal(Terms.Living.Lines.ToString(CultureInfo.InvariantCulture), numbers["kept_lines"]);
        Assert.Equal((Terms.Living.DayMinor / 100).ToString(CultureInfo.InvariantCulture), numbers["living_a_day"]);
    }

    [Theory]
    [InlineData("    years: 3\n", "    years: 6\n", "is longer than all terms together")]
    [InlineData("  - id: false-opening", "  - id: seller", "stands here twice")]
    [InlineData("kind: conviction\n", "kind: conviction\n    counts: 3\n", "A conviction counts no items")]
    [InlineData("measure: newWallets", "measure: newWalets", "is not one of")]
    [InlineData("    level: province", "    level: village", "is not one of")]
    [InlineData("  accounts: 1\n", "  accounts: 2\n", "lies outside 1 to 1")]
    [InlineData("  mostYears: 5\n", "", "'mostYears' is missing")]
    [InlineData("role: police-officer", "role: police-oficer", "is not one of")]
    [InlineData("  precedes: false", "  precedes: maybe", "neither true nor false")]
    public void A_fault_is_told_with_its_line(string good, string bad, string said)
    {
        var text = File.ReadAllText(Path);
        var at = text.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0, good);
        var faults = new PackFaults("restrictions.yaml");
        Assert.Null(RestrictionTermsReader.Read(text[..at] + bad + text[(at + good.Length)..], faults));
        var fault = Assert.Single(faults.Found.Take(1));
        Assert.Contains(said, fault.Told, StringComparison.Ordinal);
        Assert.True(fault.Line > 1, $"line {fault.Line}");
    }

    [Fact]
    public void A_term_ends_when_the_same_day_begins_counted_day_by_day_and_terms_that_run_into_one_another_never_last_longer_than_five_years() =>
        Gen.Select(Gen.Int[0, 3_650], Gen.Int[0, 86_399], Gen.Int[1, 3].List[1, 5]).Sample((days, seconds, grounds) =>
        {
            var begins = SignalAt("2024-12-01") + TimeSpan.FromDays(days) + TimeSpan.FromSeconds(seconds);
            var first = DateOnly.FromDateTime((begins + China).ToDateTimeOffset().UtcDateTime);
            var ends = RestrictionTerms.EndOf(begins, grounds[0], China);
            var day = Slowly(first, grounds[0]);
            Assert.Equal(Midnight(day), ends);
            foreach (var years in grounds.Skip(1))
            {
                var next = Terms.Extended(begins, ends, years, China);
                var (behind, most) = (Slowly(day, years), Slowly(first, Terms.MostYears));
                day = behind < most ? behind : most;
                Assert.Equal(Midnight(day), next);
                Assert.True(next >= ends);
                ends = next;
            }
            Assert.True(ends <= begins + TimeSpan.FromDays((Terms.MostYears * 365) + 2));
        }, iter: Long.Or(2_000, 100));

    [Theory]
    [InlineData("2028-02-29", 3, "2031-02-28")]
    [InlineData("2028-02-29", 4, "2032-02-29")]
    [InlineData("2026-03-01", 2, "2028-03-01")]
    public void The_leap_day_has_the_last_of_february_where_there_is_none(string begins, int years, string ends) =>
        Assert.Equal(Midnight(DateOnly.Parse(ends, CultureInfo.InvariantCulture)), RestrictionTerms.EndOf(Midnight(DateOnly.Parse(begins, CultureInfo.InvariantCulture)) + TimeSpan.FromHours(10), years, China));

    // Walks the calendar a day at a time until the same day of the same month has come so many times, or the month's last where it has none.
    private static DateOnly Slowly(DateOnly from, int years)
    {
        var day = from;
        for (var passed = 0; passed < years;)
        {
            day = day.AddDays(1);
            var last = day.AddDays(1).Month != day.Month;
            if (day.Month == from.Month && (day.Day == from.Day || (last && day.Day < from.Day))) passed++;
        }
        return day;
    }

    private static Instant Midnight(DateOnly day) => Instant.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), China));

    private static Instant SignalAt(string day) => Instant.From(new DateTimeOffset(DateTime.Parse(day, CultureInfo.InvariantCulture), TimeSpan.Zero));
}
