using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Measures;

public sealed class ControlPlanTests
{
    private const string Ours = "source: { tier: ours, note: { zh-CN: 自定, en: Ours. } }";

    [Fact]
    public void The_shipped_plan_measures_every_control_and_says_where_each_figure_comes_from()
    {
        var plan = ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn);
        Assert.Equal(19, plan.Terms.Length);
        Assert.Equal(ControlPlan.Measures.Count, plan.Terms.Select(t => t.Control).Distinct().Count());
        Assert.All(plan.Terms, t => Assert.NotNull(t.Source.Note));
    }

    [Theory]
    [InlineData("allowedPerMillion: 0", DutyPackFaultKind.OutOfRange)]
    [InlineData("allowedPerMillion: 1000000", DutyPackFaultKind.OutOfRange)]
    [InlineData("allowedPerMillion: few", DutyPackFaultKind.WrongShape)]
    public void A_figure_outside_its_limits_is_refused_at_its_line(string line, DutyPackFaultKind kind) =>
        Assert.Equal([(4, kind)], Faults($"controls: cn\neach:\n  - duty: cn.atf.9.real-name-line\n    {line}\n    {Ours}"));

    [Fact]
    public void Every_fault_is_told_at_once() => Assert.Equal(
        [(1, DutyPackFaultKind.Contradiction), (3, DutyPackFaultKind.UnknownReference), (6, DutyPackFaultKind.Contradiction), (12, DutyPackFaultKind.Duplicate)],
        Faults($"""
            controls: uk
            each:
              - duty: cn.atf.9.real-name-lines
                allowedPerMillion: 5
                {Ours}
              - duty: cn.atf.6.internal-control
                allowedPerMillion: 5
                {Ours}
              - duty: cn.atf.9.real-name-line
                allowedPerMillion: 5
                {Ours}
              - duty: cn.atf.9.real-name-line
                allowedPerMillion: 5
                {Ours}
            """));

    private static IEnumerable<(int, DutyPackFaultKind)> Faults(string yaml)
    {
        var faults = new PackFaults("controls.yaml");
        Assert.Null(ControlPlan.Read(yaml, ShippedPack.Cn, faults));
        return faults.Found.Select(f => (f.Line, f.Kind)).Order();
    }
}
