using Cordon.Engine.Patterns;

namespace Cordon.Tests.Patterns;

/// <summary>Each pattern by itself, as small as it is found, and what is nearly it and is not.</summary>
public sealed class PatternVectorTests
{
    [Fact]
    public void Five_new_payers_within_a_window_are_a_fan_in_with_its_payers_as_sources()
    {
        var flow = new Flow();
        for (var payer = 1; payer <= 5; payer++) flow.Pay(payer, payer, 0, 60_000);

        var alert = Assert.Single(flow.Close(PatternKind.FanIn));

        Assert.Equal("0T 1S 2S 3S 4S 5S", Parties(alert));
        Assert.Equal(300_000, alert.Minor);
        Assert.Equal((1, 5), (Day(alert.First), Day(alert.Last)));
        Assert.InRange(alert.Score, 0.3, 1);
    }

    [Fact]
    public void Five_new_payees_are_a_fan_out()
    {
        var flow = new Flow();
        for (var payee = 1; payee <= 5; payee++) flow.Pay(1, 0, payee, 60_000);
        Assert.Equal("0S 1T 2T 3T 4T 5T", Parties(Assert.Single(flow.Close(PatternKind.FanOut))));
    }

    [Fact]
    public void Payers_that_are_known_or_lie_further_apart_than_a_window_are_no_fan()
    {
        var flow = new Flow();
        for (var day = 0; day < 20; day++) flow.Pay(day, 1 + (day % 3), 0, 60_000);
        for (var payer = 10; payer < 30; payer++) flow.Pay(payer * 10, payer, 5, 60_000);
        Assert.Empty(flow.Close(PatternKind.FanIn));
    }

    [Fact]
    public void A_shop_that_always_has_new_payers_is_told_of_once_and_not_again_when_it_goes_on_as_usual()
    {
        var flow = new Flow();
        for (var day = 0; day < 400; day++) flow.Pay(day, 10 + day, 0, 60_000);
        var alert = Assert.Single(flow.Close(PatternKind.FanIn));
        Assert.InRange(Day(alert.Last), 0, 80);
    }

    [Fact]
    public void Several_that_pay_one_who_pays_about_as_much_to_several_others_are_gather_and_scatter()
    {
        var flow = new Flow();
        flow.Pay(1, 1, 0, 50_000).Pay(2, 2, 0, 30_000).Pay(3, 3, 0, 20_000);
        flow.Pay(5, 0, 11, 40_000).Pay(6, 0, 12, 52_000);
        var alert = Assert.Single(flow.Close(PatternKind.GatherScatter));
        Assert.Equal("0M 1S 2S 3S 11T 12T", Parties(alert));
        Assert.Equal(5, alert.Transfers.Length);
    }

    [Fact]
    public void Scattering_before_gathering_or_far_less_than_came_is_no_gather_and_scatter()
    {
        var flow = new Flow();
        flow.Pay(5, 1, 0, 50_000).Pay(6, 2, 0, 50_000).Pay(7, 0, 11, 20_000).Pay(8, 0, 12, 20_000);
        flow.Pay(1, 20, 31, 45_000).Pay(2, 20, 32, 47_000).Pay(5, 21, 20, 50_000).Pay(6, 22, 20, 50_000);
        Assert.Empty(flow.Close(PatternKind.GatherScatter));
    }

    [Fact]
    public void One_who_pays_several_that_all_pay_one_other_is_scatter_and_gather()
    {
        var flow = new Flow();
        for (var middle = 1; middle <= 3; middle++) flow.Pay(1, 0, middle, 60_000).Pay(4 + middle, middle, 9, 54_000);
        var alert = Assert.Single(flow.Close(PatternKind.ScatterGather));
        Assert.Equal("0S 1M 2M 3M 9T", Parties(alert));
        Assert.Equal(6, alert.Transfers.Length);
    }

    [Fact]
    public void Gathering_before_scattering_is_no_scatter_and_gather()
    {
        var flow = new Flow();
        for (var middle = 1; middle <= 3; middle++) flow.Pay(1, middle, 9, 60_000).Pay(4 + middle, 0, middle, 54_000);
        Assert.Empty(flow.Close(PatternKind.ScatterGather));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    public void Money_that_comes_back_is_a_cycle(int accounts)
    {
        var flow = new Flow();
        for (var i = 0; i < accounts; i++) flow.Pay(i, i, (i + 1) % accounts, 60_000 - i);
        var alert = Assert.Single(flow.Close(PatternKind.Cycle));
        Assert.Equal(Enumerable.Range(0, accounts), alert.Transfers.Select(t => (int)t.Number));
        Assert.All(alert.Parties, party => Assert.Equal(PartyRole.Middle, party.Role));
    }

    [Fact]
    public void A_loan_paid_back_a_ring_against_time_and_one_that_is_too_long_are_no_cycles()
    {
        var flow = new Flow();
        flow.Pay(0, 0, 1, 50_000).Pay(5, 1, 0, 50_000);
        flow.Pay(6, 10, 11, 60_000).Pay(7, 12, 10, 60_000).Pay(8, 11, 12, 60_000).Pay(9, 13, 11, 1);
        flow.Pay(40, 22, 20, 1_000).Pay(41, 21, 22, 1_000).Pay(42, 20, 21, 1_000);
        for (var i = 0; i < 11; i++) flow.Pay(100 + i, 100 + i, 100 + ((i + 1) % 11), 60_000);
        Assert.Empty(flow.Close(PatternKind.Cycle));
    }

    [Fact]
    public void A_cycle_within_one_day_is_found_whatever_the_order_of_its_rows()
    {
        var flow = new Flow();
        flow.Pay(3, 2, 0, 60_000).Pay(3, 0, 1, 60_000).Pay(3, 1, 2, 60_000);
        Assert.Single(flow.Close(PatternKind.Cycle));
    }

    [Fact]
    public void Several_that_all_pay_the_same_several_are_one_alert_of_two_layers()
    {
        var flow = new Flow();
        for (var payer = 0; payer < 4; payer++)
            for (var payee = 10; payee < 14; payee++) flow.Pay(payer, payer, payee, 60_000);
        var alert = Assert.Single(flow.Close(PatternKind.Bipartite));
        Assert.Equal("0S 1S 2S 3S 10T 11T 12T 13T", Parties(alert));
        Assert.Equal(16, alert.Transfers.Length);
    }

    [Fact]
    public void What_is_passed_on_twice_is_a_stack_and_each_passing_a_pass_through()
    {
        var flow = new Flow();
        flow.Pay(1, 0, 1, 1_000_000).Pay(2, 1, 2, 990_000).Pay(3, 2, 3, 500_000).Pay(3, 2, 4, 480_000);
        flow.Watch.CloseAll();
        var stack = Assert.Single(flow.Closed, alert => alert.Kind == PatternKind.Stack);
        Assert.Equal("0S 1M 2M 3T 4T", Parties(stack));
        Assert.Equal(2, flow.Closed.Count(alert => alert.Kind == PatternKind.PassThrough));
    }

    [Fact]
    public void Money_that_leaves_in_cash_at_once_has_passed_and_money_that_stays_has_not()
    {
        var flow = new Flow();
        flow.Pay(1, 0, 1, 1_000_000).Pay(2, 1, PatternTransfer.Outside, 995_000, cash: true);
        flow.Pay(1, 10, 11, 1_000_000).Pay(2, 11, 12, 300_000);
        flow.Pay(1, 20, 21, 1_000_000).Pay(9, 21, 22, 990_000);
        Assert.Equal("0S 1M", Parties(Assert.Single(flow.Close(PatternKind.PassThrough))));
    }

    [Fact]
    public void Amounts_kept_below_a_limit_are_structured()
    {
        var flow = new Flow();
        for (var i = 0; i < 300; i++) flow.Pay(0, 100 + i, 1_000 + i, 40_000 + (i * 1_000));
        foreach (var minor in new[] { 4_900_000L, 4_950_000, 4_800_000 }) flow.Pay(1, 0, 1, minor);
        var alerts = flow.Close(PatternKind.Structuring);
        Assert.Equal(["0S 1T", "0S 1T"], alerts.Select(Parties));
    }

    [Fact]
    public void Many_amounts_far_below_what_is_usual_are_structured_too()
    {
        var flow = new Flow();
        for (var i = 0; i < 300; i++) flow.Pay(0, 100 + i, 1_000 + i, 40_000 + (i * 1_000));
        for (var i = 0; i < 4; i++) flow.Pay(1, i, 50, 400 + i);
        Assert.Equal("0S 1S 2S 3S 50T", Parties(Assert.Single(flow.Close(PatternKind.Structuring))));
    }

    [Fact]
    public void An_account_can_be_asked_for_its_patterns()
    {
        var flow = new Flow();
        for (var payer = 1; payer <= 5; payer++) flow.Pay(payer, payer, 0, 60_000);
        flow.Watch.CloseUpTo(new(5 * 86_400_000_000L));
        var standing = flow.Watch.Standing(0);
        Assert.Equal((1, 1, PatternKind.FanIn), (standing.Alerts, standing.AlertsOf(PatternKind.FanIn), standing.Foremost));
        Assert.Equal(5, Day(standing.LastAlert!.Value));
        Assert.Equal(0, flow.Watch.Standing(77).Alerts);
        Assert.Equal(0, flow.Watch.Standing(1_000_000).Alerts);
        Assert.Null(flow.Watch.Standing(77).Foremost);
    }

    [Fact]
    public void A_transfer_of_nothing_or_of_nobody_is_refused()
    {
        var watch = new Flow().Watch;
        Assert.Throws<ArgumentException>(() => watch.Add(Flow.Transfer(0, 0, 1, 2, 0)));
        Assert.Throws<ArgumentException>(() => watch.Add(Flow.Transfer(0, 0, PatternTransfer.Outside, PatternTransfer.Outside, 5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PatternWatch(new PatternOptions { CycleAccounts = 2 }, _ => { }));
    }

    private static string Parties(PatternAlert alert) => string.Join(' ', alert.Parties.Select(p => $"{p.Account}{p.Role.ToString()[0]}"));

    private static int Day(Cordon.Engine.Signals.Instant at) => (int)(at.Micros / 86_400_000_000L);
}
