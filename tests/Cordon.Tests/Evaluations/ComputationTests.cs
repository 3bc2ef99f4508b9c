using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Evaluations;

public sealed class ComputationTests
{
    private const string Stops = "stopAcknowledged";
    private const string Enquiries = "enquiryAnswered";

    [Fact]
    public void Members_that_are_equally_good_are_told_apart_no_oftener_than_the_stated_chance()
    {
        var (leagues, shamed) = (400, 0);
        for (var seed = 0; seed < leagues; seed++)
        {
            var dice = new Random(seed);
            var members = Enumerable.Range(0, 8).Select(i => Played(dice, $"bank-{i}", dice.Next(30, 900), 0.03, 0.1)).ToList();
            var result = Computation.Of(Scheme() with { Sizes = [] }, members);
            Assert.All(result, r => Assert.Equal(LeagueStanding.Ranked, r.Standing));
            if (result.Any(r => r.Rank != new RankSpan(1, 8, 8))) shamed++;
        }
        // Five in a hundred are allowed by the scheme, and three deviations of four hundred plays.
        Assert.True(shamed <= leagues * (0.05 + (3 * Math.Sqrt(0.05 * 0.95 / leagues))), $"{shamed} of {leagues} leagues told equals apart");
    }

    [Fact]
    public void Who_is_plainly_worse_stands_behind_and_who_is_plainly_better_before()
    {
        var dice = new Random(1);
        var result = Computation.Of(Scheme() with { Sizes = [] }, [Played(dice, "good", 3000, 0.001, 0.001), Played(dice, "usual", 3000, 0.05, 0.05), Played(dice, "usual-2", 3000, 0.05, 0.05), Played(dice, "bad", 3000, 0.3, 0.3)]);
        Assert.Equal(
            [("good", new RankSpan(1, 1, 4)), ("usual", new RankSpan(2, 3, 4)), ("usual-2", new RankSpan(2, 3, 4)), ("bad", new RankSpan(4, 4, 4))],
            result.Select(r => (r.Member.ToString(), r.Rank!.Value)));
    }

    [Fact]
    public void A_place_is_what_counting_pair_by_pair_gives()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var dice = new Random(seed);
            var scores = Enumerable.Range(0, dice.Next(0, 12)).Select(_ => dice.Next(0, 20)).Select(at => new Score(at, at - dice.Next(0, 4), at + dice.Next(0, 4))).ToList();
            var expected = scores.Select(s => new RankSpan(1 + scores.Count(o => o.LowMilli > s.HighMilli), scores.Count - scores.Count(o => o.HighMilli < s.LowMilli), scores.Count));
            Assert.True(expected.SequenceEqual(League.Rank(scores)), $"seed {seed}");
        }
    }

    [Fact]
    public void A_member_with_few_occasions_is_shown_and_not_ranked_and_one_under_a_veto_has_no_place_whatever_its_score()
    {
        var few = Member("few", (Stops, 29, 0), (Enquiries, 500, 0));
        var best = Member("best", (Stops, 500, 0), (Enquiries, 500, 0)) with { Vetoes = ["N-2026-000004"] };
        var poor = Member("poor", (Stops, 500, 200), (Enquiries, 500, 0));
        var result = Computation.Of(Scheme() with { Sizes = [] }, [few, best, poor]).ToDictionary(r => r.Member.ToString());
        Assert.Equal((LeagueStanding.TooFew, null, null), (result["few"].Standing, result["few"].Score, result["few"].Rank));
        Assert.Equal(["stopAcknowledged.kept"], result["few"].TooFew);
        Assert.Equal((LeagueStanding.Vetoed, 100_000L, null), (result["best"].Standing, result["best"].Score!.Value.Milli, result["best"].Rank));
        Assert.Equal(["N-2026-000004"], result["best"].Vetoes);
        Assert.Equal((LeagueStanding.Ranked, new RankSpan(1, 1, 1)), (result["poor"].Standing, result["poor"].Rank!.Value));
        Assert.Equal(["poor", "few", "best"], Computation.Of(Scheme() with { Sizes = [] }, [few, best, poor]).Select(r => r.Member.ToString()));
    }

    [Theory]
    [InlineData("100.0 * stopAcknowledged.kept")]
    [InlineData("100.0 / stopAcknowledged.kept")]
    [InlineData("1.0 / stopAcknowledged.perTenThousand")]
    public void All_who_may_be_ranked_share_the_chance_whatever_the_formula_divides_by(string formula)
    {
        var scheme = Scheme() with { Sizes = [], Formula = formula };
        var result = Computation.Of(scheme, [Member("one", (Stops, 5_000, 200)), Member("two", (Stops, 5_000, 300)), Member("none", (Stops, 5_000, 5_000))]);
        // Who keeps nothing has a number only where nothing is divided by what was kept.
        var ranked = formula.Contains("/ stopAcknowledged.kept", StringComparison.Ordinal) ? 2 : 3;
        Assert.Equal(ranked, result.Count(r => r.Standing == LeagueStanding.Ranked));
        Assert.Equal(ExactBounds.Of(4_800, 5_000, scheme.ChancePerMillion / 1e6 / (2.0 * ranked)), result.Single(r => r.Member.ToString() == "one").Shares.Single().Bounds);
    }

    [Fact]
    public void Peers_are_of_like_size_by_the_occasions_that_count()
    {
        var result = Computation.Of(Scheme() with { Sizes = [100, 1000] }, [Member("small", (Stops, 40, 9), (Enquiries, 40, 0)), Member("large", (Stops, 900, 0), (Enquiries, 100, 0)), Member("mid", (Stops, 60, 0), (Enquiries, 40, 0))]);
        Assert.Equal([("large", 2, 1000L), ("mid", 1, 100L), ("small", 0, 80L)], result.Select(r => (r.Member.ToString(), r.SizeClass, r.Chances)));
        Assert.All(result, r => Assert.Equal(new RankSpan(1, 1, 1), r.Rank));
    }

    [Fact]
    public void The_same_figures_give_the_same_bytes_in_whatever_order_they_come()
    {
        var dice = new Random(7);
        var members = Enumerable.Range(0, 9).Select(i => Played(dice, $"bank-{i}", dice.Next(30, 3000), 0.03, 0.2)).ToList();
        var once = Computation.Of(Scheme(), members);
        Assert.Equal(Computation.HashOf(once), Computation.HashOf(Computation.Of(Scheme(), members.AsEnumerable().Reverse())));
        var read = JsonSerializer.Deserialize<ImmutableArray<EvaluatedMember>>(JsonSerializer.Serialize(once, CaseworkJson.Options), CaseworkJson.Options);
        Assert.Equal(Computation.HashOf(once), Computation.HashOf(read));
        Assert.NotEqual(Computation.HashOf(once), Computation.HashOf(Computation.Of(Scheme(), members.Skip(1))));
    }

    [Fact]
    public void A_frozen_scheme_has_another_hash_once_anything_of_it_is_changed()
    {
        Scheme[] all =
        [
            Scheme(), Scheme() with { Formula = "1.0" }, Scheme() with { LeastOccasions = 31 }, Scheme() with { ChancePerMillion = 1 }, Scheme() with { Sizes = [5] }, Scheme() with { Region = "33" },
            Scheme() with { Sector = Sector.Police }, Scheme() with { SettleDays = 9 }, Scheme() with { ContestDays = 9 }, Scheme() with { To = At("2026-05-31T16:00:00Z") }, Scheme() with { Title = new Wording("x", "y") },
        ];
        Assert.Equal(all.Length, all.Select(s => s.Hash).Distinct().Count());
        Assert.Equal(Scheme().Hash, Scheme().Hash);
    }

    [Fact]
    public void Every_measure_has_a_name_of_its_own_and_reads_in_a_formula()
    {
        Assert.Equal(MeasureCatalogue.All.Length, MeasureCatalogue.All.Select(m => m.Name).Distinct().Count());
        foreach (var measure in MeasureCatalogue.All)
        {
            var reading = (Scheme() with { Formula = measure.Kind == MeasureKind.Share ? $"{measure.Name}.told ? {measure.Name}.kept - {measure.Name}.perTenThousand : 0.0" : measure.Name }).Read();
            Assert.Equal([measure], MeasureCatalogue.Of(reading.Formula!));
        }
    }

    [Fact]
    public void The_reference_names_every_measure_and_no_other()
    {
        var rows = File.ReadLines(Path.Combine(RepositoryFolder.Root, "docs", "reference", "measures.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal) && !l.StartsWith("| `x.", StringComparison.Ordinal));
        Assert.Equal(
            MeasureCatalogue.All.Select(m => $"| `{m.Name}` | {m.Kind.ToString().ToLowerInvariant()} | {m.Title.En} {m.Title.Zh} |").Order(StringComparer.Ordinal),
            rows.Select(l => string.Join('|', l.Split('|')[..4]) + "|").Order(StringComparer.Ordinal));
    }

    internal static Scheme Scheme() => new(
        "cn.bank", new Wording("银行月度考核", "Banks by the month"), Sector.Bank, null, At("2026-03-31T16:00:00Z"), At("2026-04-30T16:00:00Z"),
        $"60.0 * {Stops}.kept + 40.0 * {Enquiries}.kept - 5.0 * rectifications.overdue", 30, 50_000, [200, 2000], 7, 10);

    internal static MeasuredMember Member(string code, params (string Measure, long Occasions, long Faults)[] values) =>
        new(MemberCode.Parse(code), [], [.. values.Select(v => new MeasuredValue(v.Measure, v.Occasions, v.Faults, 0, [], []))]);

    internal static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    private static MeasuredMember Played(Random dice, string code, int occasions, double late, double silent) =>
        Member(code, (Stops, occasions, Faults(dice, occasions, late)), (Enquiries, occasions, Faults(dice, occasions, silent)));

    private static int Faults(Random dice, int occasions, double rate) => Enumerable.Range(0, occasions).Count(_ => dice.NextDouble() < rate);
}
