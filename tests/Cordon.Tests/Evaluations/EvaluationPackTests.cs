using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Evaluations;

public sealed class EvaluationPackTests
{
    private static readonly string Text = File.ReadAllText(ShippedPack.PathOf("packs", "cn", "evaluation.yaml"));

    [Fact]
    public void The_shipped_schemes_are_ours_and_say_so_and_give_a_hundred_to_who_never_erred()
    {
        var pack = EvaluationPack.Load(ShippedPack.PathOf("packs", "cn", "evaluation.yaml"), ShippedPack.Cn);
        Assert.Equal([Sector.Bank, Sector.JointOffice, Sector.TelecomOperator, Sector.PaymentInstitution, Sector.Police, Sector.VirtualOperator], pack.Schemes.Select(s => s.Sector));
        foreach (var template in pack.Schemes)
        {
            Assert.Equal(SourceTier.Ours, template.Source.Tier);
            var scheme = template.Of(null, new DateOnly(2026, 4, 1), null, TimeSpan.FromHours(8));
            var formula = scheme.Read().Formula!;
            var spotless = ComputationTests.Member("one", [.. MeasureCatalogue.Of(formula).Where(m => m.Kind == MeasureKind.Share).Select(m => (m.Name, 1000L, 0L))]);
            Assert.Equal((LeagueStanding.Ranked, 100_000L), (Computation.Of(scheme, [spotless])[0].Standing, Computation.Of(scheme, [spotless])[0].Score!.Value.Milli));
            // Whoever was hardly ever put to the test is not ranked, and not given a hundred.
            // The joint office alone is judged by counts, of which there are never too few.
            var byCounts = template.Sector == Sector.JointOffice;
            Assert.Equal(byCounts ? LeagueStanding.Ranked : LeagueStanding.TooFew, Computation.Of(scheme, [ComputationTests.Member("none")])[0].Standing);
        }
    }

    [Fact]
    public void A_period_begins_and_ends_with_a_month_by_the_clock_of_the_pack()
    {
        var scheme = EvaluationPack.Load(ShippedPack.PathOf("packs", "cn", "evaluation.yaml"), ShippedPack.Cn).Find("cn.police.quarter")!.Of("33", new DateOnly(2026, 4, 1), null, TimeSpan.FromHours(8));
        Assert.Equal((ComputationTests.At("2026-03-31T16:00:00Z"), ComputationTests.At("2026-06-30T16:00:00Z"), ComputationTests.At("2026-07-30T16:00:00Z")), (scheme.From, scheme.To, scheme.ComputeAt));
    }

    [Theory]
    [InlineData("evaluation: cn", "evaluation:", DutyPackFaultKind.Missing)]
    [InlineData("sector: bank", "sector: banks", DutyPackFaultKind.UnknownWord)]
    [InlineData("    months: 1\n", "    months: 2\n", DutyPackFaultKind.OutOfRange)]
    [InlineData("leastOccasions: 30", "leastOccasions: 0", DutyPackFaultKind.OutOfRange)]
    [InlineData("sizes: [300, 3000, 30000]", "sizes: [300, 300]", DutyPackFaultKind.Contradiction)]
    [InlineData("sizes: [300, 3000, 30000]", "sizes: [few]", DutyPackFaultKind.WrongShape)]
    [InlineData("id: cn.operator.month", "id: cn.bank.month", DutyPackFaultKind.Duplicate)]
    [InlineData("settleDays: 7", "settleDay: 7", DutyPackFaultKind.UnknownKey)]
    public void A_fault_is_told_with_its_line_and_kind(string right, string wrong, DutyPackFaultKind kind) =>
        Assert.Contains(FaultsOf(right, wrong), f => f.Kind == kind && f.Line > 0);

    [Fact]
    public void A_formula_that_does_not_check_is_refused_at_its_place_with_the_name_that_was_meant()
    {
        const string Right = "+ 20.0 * (stopAcknowledged.told ? stopAcknowledged.kept : 1.0)";
        var fault = Assert.Single(FaultsOf(Right, Right.Replace(".kept", ".kpet", StringComparison.Ordinal)));
        var lines = Text.Split('\n');
        var line = Array.FindIndex(lines, l => l.Contains(Right, StringComparison.Ordinal));
        Assert.Equal((line + 1, lines[line].IndexOf("kept", StringComparison.Ordinal) + 1), (fault.Line, fault.Column));
        Assert.Equal((DutyPackFaultKind.UnknownReference, "stopAcknowledged.kept"), (fault.Kind, fault.Suggestion));
    }

    private static IReadOnlyList<PackFault> FaultsOf(string right, string wrong)
    {
        Assert.Contains(right, Text, StringComparison.Ordinal);
        var at = Text.IndexOf(right, StringComparison.Ordinal);
        var text = string.Concat(Text.AsSpan(0, at), wrong, Text.AsSpan(at + right.Length));
        var faults = new PackFaults("evaluation.yaml", text.Split('\n'));
        Assert.Null(EvaluationPack.Read(text, ShippedPack.Cn, faults));
        return faults.Found;
    }
}
