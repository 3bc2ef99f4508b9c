using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Members;
using Cordon.Casework.Objectives;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Objectives;

public sealed class ObjectiveTreeTests
{
    internal static readonly string Shipped = File.ReadAllText(ShippedPack.PathOf("packs", "cn", "objectives.yaml"));

    internal static readonly OwnerRegister Owners = new(
        new Dictionary<string, (RegionLevel, string?)> { ["33"] = (RegionLevel.Province, null), ["3301"] = (RegionLevel.City, "33"), ["3302"] = (RegionLevel.City, "33"), ["32"] = (RegionLevel.Province, null) }
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
        [
            Bank("bank-a", "33"), Bank("bank-b", "3301", "b1", "b2", "b3"), Bank("bank-c", "3301"), Bank("bank-d", "32"),
            new RegisteredMember(MemberCode.Parse("tel-a"), Sector.TelecomOperator, "33", []),
        ]);

    private const string Head = """
        objectives: cn
        title: { zh-CN: 目标, en: Objectives }
        year: 2026
        terms:
          remindDays: { value: 14, source: { tier: ours, note: x } }
          escalateDays: { value: 7, source: { tier: ours, note: x } }
          agendaDays: { value: 14, source: { tier: ours, note: x } }
          answerDays: { value: 7, source: { tier: ours, note: x } }
          leastOccasions: { value: 30, source: { tier: ours, note: x } }
        tree:
          - { id: top, title: { zh-CN: 总, en: Top }, owner: centre, due: 12-31 }
          - { id: names, parent: top, weight: 600, title: { zh-CN: 实名, en: Names }, owner: centre, due: 06-30, measure: accountIdentityVerified, atLeastPerMillion: 995000, each: { sector: bank, provinces: true, cities: true, units: true } }
          - { id: late, parent: top, weight: 400, title: { zh-CN: 逾期, en: Late }, owner: member:bank-a, due: 09-30, measure: rectifications.overdue, atMost: 0, duties: [cn.atf.20.stop-payment] }

        """;

    [Fact]
    public void The_shipped_plan_carries_every_duty_in_force_once_and_says_that_it_is_ours()
    {
        var faults = new PackFaults("objectives.yaml");
        var plan = Read(Shipped, faults);
        Assert.Empty(faults.Found);
        Assert.Empty(ObjectiveTree.Orphans(plan!.Tree, ShippedPack.Cn, plan.From, plan.To));
        Assert.Equal(plan.Tree.Sum(o => o.Duties.Length), plan.Tree.SelectMany(o => o.Duties).Distinct().Count());
        Assert.Equal(Shipped.Split("tier: ours").Length - 1, Shipped.Split("source:").Length - 1);
        Assert.Equal(2031, Read(ObjectivePlanReader.ForYear(Shipped, 2031), faults)!.To.ToDateTimeOffset().AddDays(-1).Year);
    }

    [Fact]
    public void A_duty_that_nobody_carries_is_listed()
    {
        var plan = Read(Shipped.Replace("duties: [cn.atf.20.stop-payment]", "", StringComparison.Ordinal), new PackFaults(""))!;
        Assert.Equal(["cn.atf.20.stop-payment"], ObjectiveTree.Orphans(plan.Tree, ShippedPack.Cn, plan.From, plan.To));
    }

    [Theory]
    [InlineData("parent: top, weight: 400", "parent: top, weight: 399", DutyPackFaultKind.Contradiction, "are 999 together")]
    [InlineData("parent: top, weight: 400", "parent: tap, weight: 400", DutyPackFaultKind.UnknownReference, "no objective 'tap'")]
    [InlineData("parent: top, weight: 400", "parent: late, weight: 400", DutyPackFaultKind.Contradiction, "lies above itself")]
    [InlineData("{ id: late, parent: top, weight: 400", "{ id: late", DutyPackFaultKind.Contradiction, "this has 2")]
    [InlineData("id: late", "id: names", DutyPackFaultKind.Duplicate, "listed twice")]
    [InlineData("measure: rectifications.overdue", "measure: rectifications.overdu", DutyPackFaultKind.UnknownReference, "no measure")]
    [InlineData("measure: rectifications.overdue", "measure: money.held", DutyPackFaultKind.Contradiction, "depends on size")]
    [InlineData("atMost: 0", "atLeastPerMillion: 5", DutyPackFaultKind.Contradiction, "a count 'atMost'")]
    [InlineData("owner: member:bank-a", "owner: member:bank-z", DutyPackFaultKind.UnknownReference, "There is no 'member:bank-z'")]
    [InlineData("owner: member:bank-a", "owner: the bank", DutyPackFaultKind.WrongShape, "none of centre")]
    [InlineData("owner: member:bank-a", "owner: unit:bank-b/b1", DutyPackFaultKind.Contradiction, "not counted by reseller")]
    [InlineData("owner: member:bank-a", "owner: region:33", DutyPackFaultKind.Contradiction, "is decomposed")]
    [InlineData("owner: centre, due: 12-31", "owner: region:33, due: 12-31", DutyPackFaultKind.Contradiction, "stands above")]
    [InlineData("due: 12-31", "due: 08-31", DutyPackFaultKind.Contradiction, "due after 'top'")]
    [InlineData("due: 09-30", "due: 02-30", DutyPackFaultKind.BadDate, "not a day of the year")]
    [InlineData("duties: [cn.atf.20.stop-payment]", "duties: [cn.atf.20.stop-payments]", DutyPackFaultKind.UnknownReference, "no duty")]
    [InlineData(", each: { sector: bank, provinces: true, cities: true, units: true }", ", duties: [cn.atf.20.stop-payment], each: { sector: bank }", DutyPackFaultKind.Duplicate, "more than one owner")]
    [InlineData("measure: rectifications.overdue, atMost: 0, ", "", DutyPackFaultKind.Missing, "nobody types progress in")]
    [InlineData("owner: centre, due: 12-31", "owner: centre, due: 12-31, measure: claimsHeld, atLeastPerMillion: 1", DutyPackFaultKind.Contradiction, "measured by them")]
    [InlineData("id: late,", "id: top/late,", DutyPackFaultKind.WrongShape, "has no '/'")]
    [InlineData("owner: centre, due: 06-30", "owner: region:33, due: 06-30", DutyPackFaultKind.Contradiction, "No province lies below 'region:33'")]
    [InlineData("owner: centre, due: 06-30", "owner: member:bank-b, due: 06-30", DutyPackFaultKind.Contradiction, "No province lies below 'member:bank-b'")]
    [InlineData("owner: centre, due: 06-30", "owner: unit:bank-b/b1, due: 06-30", DutyPackFaultKind.Contradiction, "Nothing lies below 'unit:bank-b/b1'")]
    [InlineData("agendaDays: { value: 14", "agendaDays: { value: 6", DutyPackFaultKind.Contradiction, "before the level above")]
    public void A_gap_an_overlap_a_cycle_or_an_unknown_name_is_told_with_its_line(string right, string wrong, DutyPackFaultKind kind, string said)
    {
        Assert.Contains(right, Head, StringComparison.Ordinal);
        var faults = new PackFaults("");
        Assert.Null(Read(Replaced(Head, right, wrong), faults));
        Assert.Contains(faults.Found, f => f.Kind == kind && f.Line > 0 && f.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void More_parts_than_can_be_weighed_are_told_and_not_forgotten()
    {
        var crowd = Owners with { Members = [.. Enumerable.Range(0, 1_001).Select(n => Bank($"bank-{n}", "33"))] };
        var faults = new PackFaults("");
        Assert.Null(new ObjectivePlanReader(ShippedPack.Cn, crowd).Read(Replaced(Head, "member:bank-a", "member:bank-1"), faults));
        Assert.Contains("'names/33' would have 1001 parts", Assert.Single(faults.Found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = new PackFaults("");
        Assert.Null(Read(Head.Replace("weight: 600", "weight: 601", StringComparison.Ordinal).Replace("bank-a", "bank-z", StringComparison.Ordinal).Replace("cn.atf.20", "cn.atf.2", StringComparison.Ordinal), faults));
        Assert.Equal(3, faults.Found.Count);
        Assert.Contains("Did you mean", ObjectivePlanReader.Told(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_is_decomposed_to_provinces_cities_members_and_branches_and_its_weights_sum()
    {
        var tree = ObjectiveTree.Decompose(Read(Head, new PackFaults(""))!.Tree, Owners);
        Assert.Equal(
            [
                "names/32:500:region:32", "names/32/bank-d:1000:member:bank-d", "names/33:500:region:33", "names/33/3301:500:region:3301", "names/33/3301/bank-b:500:member:bank-b",
                "names/33/3301/bank-b/b1:334:unit:bank-b/b1", "names/33/3301/bank-b/b2:333:unit:bank-b/b2", "names/33/3301/bank-b/b3:333:unit:bank-b/b3", "names/33/3301/bank-c:500:member:bank-c",
                "names/33/bank-a:500:member:bank-a",
            ],
            tree.Where(o => o.Id.StartsWith("names/", StringComparison.Ordinal)).Select(o => $"{o.Id}:{o.Weight}:{o.Owner}"));
        foreach (var parts in tree.Where(o => o.Parent is not null).GroupBy(o => o.Parent)) Assert.Equal(1000, parts.Sum(o => o.Weight));
        Assert.Equal(tree.Length, tree.Select(o => o.Id).Distinct().Count());
        Assert.All(tree.Where(o => o.Owner.Kind == OwnerKind.Unit), o => Assert.Equal("accountIdentityVerified", o.Measure));
    }

    [Fact]
    public void Progress_rolls_up_by_weight_and_what_cannot_be_told_is_neither_done_nor_short()
    {
        var plan = Read(Head, new PackFaults(""))!;
        var tree = ObjectiveTree.Decompose(plan.Tree, Owners);
        var figures = new Dictionary<string, MeasuredValue>
        {
            ["names/32/bank-d"] = Share(1000, 5), ["names/33/bank-a"] = Share(1000, 50), ["names/33/3301/bank-c"] = Share(29, 29),
            ["names/33/3301/bank-b/b1"] = Share(200, 2), ["names/33/3301/bank-b/b2"] = Share(200, 1), ["late"] = new("rectifications.overdue", 0, 0, 3, [], []),
        };
        var progress = ProgressRules.Of(tree, plan.Terms, o => figures.GetValueOrDefault(o.Id));
        Assert.Equal((1000, 0, false), Told("names/32/bank-d"));
        Assert.Equal((100, 0, true), Told("names/33/bank-a"));
        Assert.Equal((0, 1000, false), Told("names/33/3301/bank-c"));
        Assert.Equal(((334 * 500 / 1000) + 333, 333, true), Told("names/33/3301/bank-b"));
        Assert.Equal((250, 666, true), Told("names/33/3301"));
        Assert.Equal((175, 333, true), Told("names/33"));
        Assert.Equal((0, 0, true), Told("late"));
        Assert.Equal((352, 99, true), Told("top"));

        (int, int, bool) Told(string id) => (progress[id].Done, progress[id].Unknown, progress[id].FallsShort);
    }

    internal static PlanText? Read(string text, PackFaults faults) => new ObjectivePlanReader(ShippedPack.Cn, Owners).Read(text, faults);

    private static MeasuredValue Share(long occasions, long faults) => new("accountIdentityVerified", occasions, faults, 0, [], []);

    private static RegisteredMember Bank(string code, string region, params string[] units) => new(MemberCode.Parse(code), Sector.Bank, region, [.. units]);

    private static string Replaced(string text, string right, string wrong)
    {
        var at = text.IndexOf(right, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length));
    }
}
