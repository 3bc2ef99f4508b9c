using Cordon.Casework;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Packs;

namespace Cordon.Tests.Orders;

/// <summary>The table of who may give which order, and the file of clocks: what ships, and what is refused.</summary>
public sealed class CompetenceTests
{
    private static readonly Actor Police = new("person:li", null, new HashSet<string> { Roles.PoliceOfficer });
    private static readonly Actor Duty = new("person:anna", null, new HashSet<string> { Roles.DutyOfficer });

    private static Competence Cn => ShippedOrders.Competence;

    [Fact]
    public void In_China_police_decide_every_kind_and_a_second_of_them_approves()
    {
        foreach (var kind in Enum.GetValues<OrderKind>())
            foreach (var act in (CompetentAct[])[CompetentAct.Issue, CompetentAct.Approve, CompetentAct.Lift])
            {
                Assert.Null(Cn.Judge(act, kind, Police, Sector.Police, null));
                Assert.Equal("order/not-competent", Cn.Judge(act, kind, Duty, Sector.Police, null)?.Code);
                Assert.Equal("order/not-competent", Cn.Judge(act, kind, Police, Sector.Bank, null)?.Code);
            }
        Assert.Null(Cn.Judge(CompetentAct.Renew, OrderKind.Freeze, Police, Sector.Police, "Notice 86"));
        Assert.Equal("order/not-competent", Cn.Judge(CompetentAct.Renew, OrderKind.StopPayment, Police, Sector.Police, null)?.Code);
    }

    [Theory]
    [InlineData(OrderKind.StopPayment, "Notice 86 of 2016", true)]
    [InlineData(OrderKind.StopPayment, "notice 86 of 2016.", true)]
    [InlineData(OrderKind.StopPayment, "stop-86", true)]
    [InlineData(OrderKind.StopPayment, "2016年86号通知；反电信网络诈骗法第二十条", true)]
    [InlineData(OrderKind.StopPayment, "Anti-Telecom-Fraud Law, art. 20; Notice 86 of 2016", true)]
    [InlineData(OrderKind.StopPayment, "Notice 86 of 2016; my own view", false)]
    [InlineData(OrderKind.StopPayment, "Notice 86 of 2016;", false)]
    [InlineData(OrderKind.StopPayment, "Rules 41 of 2016", false)]
    [InlineData(OrderKind.StopPayment, "Anti-Telecom-Fraud Law, art. 2", false)]
    [InlineData(OrderKind.Return, "Rules 41 of 2016, art. 8", true)]
    [InlineData(OrderKind.Enquiry, "Notice 86 of 2016", false)]
    [InlineData(OrderKind.SuspendNumber, "Anti-Telecom-Fraud Law, art. 11", true)]
    [InlineData(OrderKind.SuspendNumber, "Notice 86 of 2016", false)]
    public void An_order_rests_on_the_bases_of_its_kind_alone(OrderKind kind, string basis, bool allowed)
    {
        foreach (var sector in (Sector[])[Sector.Police, Sector.JointOffice])
            Assert.Equal(allowed ? null : "order/other-basis", Cn.Judge(CompetentAct.Issue, kind, Police, sector, basis)?.Code);
    }

    [Fact]
    public void A_refusal_says_who_may_and_on_what_basis()
    {
        var who = Cn.Judge(CompetentAct.Issue, OrderKind.StopPayment, Duty, Sector.JointOffice, "x")!;
        Assert.Equal(RefusalKind.Forbidden, who.Kind);
        Assert.Contains("police may, by a police-officer, on Notice 86 of 2016 or Anti-Telecom-Fraud Law, art. 20", who.Message, StringComparison.Ordinal);
        var basis = Cn.Judge(CompetentAct.Issue, OrderKind.StopPayment, Police, Sector.Police, "x")!;
        Assert.Equal(RefusalKind.AgainstRule, basis.Kind);
        Assert.Contains("Notice 86 of 2016", basis.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Minutes_count_for_stops_and_numbers_and_not_for_a_freeze()
    {
        Assert.True(Cn.InEmergency(OrderKind.StopPayment, Police, Sector.Police));
        Assert.True(Cn.InEmergency(OrderKind.SuspendNumber, Police, Sector.JointOffice));
        Assert.False(Cn.InEmergency(OrderKind.Freeze, Police, Sector.Police));
        Assert.False(Cn.InEmergency(OrderKind.StopPayment, Duty, Sector.Police));
    }

    [Fact]
    public void A_table_with_faults_is_refused_whole_with_all_of_them_at_their_lines()
    {
        const string yaml = """
            competence: x
            title: { zh-CN: 表, en: Table }
            instruments:
              - { id: law, title: { zh-CN: 法, en: Law }, where: here }
            bases:
              - { id: one, names: ["One; two"], source: { instrument: law, tier: law, mark: P } }
              - { id: one, names: ["One"], source: { instrument: laws, tier: law, mark: P } }
            rows:
              - { orders: [stopPayment], acts: [issue], sectors: [police], role: police-oficer, bases: [one], emergency: true, source: { tier: ours } }
              - { orders: [stopPayments], acts: [renew], sectors: [bank], role: police-officer, bases: [on], emergency: maybe, source: { tier: ours, note: Ours. } }
            """;
        var faults = new PackFaults("competence.yaml");
        Assert.Null(CompetenceReader.Read(yaml, faults));
        (int Line, DutyPackFaultKind Kind)[] wanted =
        [
            (6, DutyPackFaultKind.WrongShape), (7, DutyPackFaultKind.UnknownReference), (7, DutyPackFaultKind.Duplicate), (9, DutyPackFaultKind.UnknownWord),
            (9, DutyPackFaultKind.Missing), (10, DutyPackFaultKind.UnknownWord), (10, DutyPackFaultKind.UnknownReference), (10, DutyPackFaultKind.WrongShape),
        ];
        foreach (var fault in wanted) Assert.Contains(fault, faults.Found.Select(f => (f.Line, f.Kind)));
        Assert.Equal("law", faults.Found.First(f => f.Kind == DutyPackFaultKind.UnknownReference && f.Line == 7).Suggestion);
    }

    [Fact]
    public void What_nobody_could_approve_and_what_two_rows_say_is_a_fault()
    {
        const string yaml = """
            competence: x
            title: { zh-CN: 表, en: Table }
            instruments:
              - { id: law, title: { zh-CN: 法, en: Law }, where: here }
            bases:
              - { id: one, names: [One], source: { instrument: law, tier: law, mark: P } }
            rows:
              - { orders: [stopPayment], acts: [issue, renew], sectors: [police], role: police-officer, bases: [one], emergency: false, source: { instrument: law, tier: law, mark: P } }
              - { orders: [stopPayment], acts: [issue, approve], sectors: [bank, police], role: police-officer, bases: [one], emergency: false, source: { instrument: law, tier: law, mark: P } }
              - { orders: [freeze], acts: [issue], sectors: [bank], role: police-officer, bases: [one], emergency: false, source: { instrument: law, tier: law, mark: P } }
            """;
        var faults = new PackFaults("competence.yaml");
        Assert.Null(CompetenceReader.Read(yaml, faults));
        Assert.Equal(
            [(8, DutyPackFaultKind.Contradiction), (9, DutyPackFaultKind.Duplicate), (10, DutyPackFaultKind.Contradiction)],
            faults.Found.Select(f => (f.Line, f.Kind)).Order());
    }

    [Fact]
    public void Every_kind_has_its_clocks_and_each_clock_its_source()
    {
        var terms = ShippedOrders.Clocks.ByKind.Values.SelectMany(t => new[] { t.Acknowledge, t.Answer, t.Lapses, t.Lasts }).OfType<OrderTerm>().Append(ShippedOrders.Clocks.ConfirmEmergency).ToList();
        Assert.Equal(Enum.GetValues<OrderKind>().Length, ShippedOrders.Clocks.ByKind.Count);
        Assert.All(terms, t => Assert.True(t.Source.Tier == SourceTier.Ours ? t.Source.Note is not null : t.Source is { Instrument: not null, Mark: not null }));
        Assert.Equal((2 * 60, TermUnit.Minutes, SourceTier.Ours), (ShippedOrders.Clocks.ConfirmEmergency.Count, ShippedOrders.Clocks.ConfirmEmergency.Unit, ShippedOrders.Clocks.ConfirmEmergency.Source.Tier));
        Assert.Equal(ShippedOrders.Clocks.ConfirmEmergency.Count, Duties.ShippedPack.Cn.Duties.Single(d => d.Control == DutyControl.EmergencyConfirmed).Threshold![ControlCatalogue.Minutes]);
    }

    [Fact]
    public void Clocks_with_faults_are_refused_whole()
    {
        const string yaml = """
            clocks: x
            utcOffset: "+08:00"
            instruments:
              - { id: law, title: { zh-CN: 法, en: Law }, where: here }
            confirmEmergency: { minutes: 0, source: { instrument: law, tier: law, mark: P } }
            orders:
              - { kind: stopPayment, acknowledge: { minutes: 30, hours: 1, source: { instrument: law, tier: law, mark: P } }, answer: { hours: 1, source: { instrument: law, tier: law, mark: P } } }
              - { kind: return, answer: { hours: 3, source: { instrument: law, tier: law, mark: P } } }
            """;
        var faults = new PackFaults("order-clocks.yaml");
        Assert.Null(OrderClockReader.Read(yaml, faults));
        (int, DutyPackFaultKind, string)[] wanted =
        [
            (5, DutyPackFaultKind.OutOfRange, "confirmEmergency.minutes"), (7, DutyPackFaultKind.Contradiction, "orders[0].acknowledge.hours"), (7, DutyPackFaultKind.Contradiction, "orders[0].answer"),
            (7, DutyPackFaultKind.Missing, "orders[0].lasts"), (8, DutyPackFaultKind.Contradiction, "orders[1].answer"), (7, DutyPackFaultKind.Missing, "orders"),
        ];
        foreach (var fault in wanted) Assert.Contains(fault, faults.Found.Select(f => (f.Line, f.Kind, f.Path)));
    }
}
