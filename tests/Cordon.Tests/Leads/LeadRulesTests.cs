using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Leads;

/// <summary>Each rung of the ladders by an example: who may do what with a lead where it stands.</summary>
public sealed class LeadRulesTests
{
    private static readonly MemberCode Telco = MemberCode.Parse("telco-a");
    private static readonly MemberCode Police = MemberCode.Parse("police-a");
    private static readonly MemberCode Other = MemberCode.Parse("police-b");
    private static readonly MemberCode Office = MemberCode.Parse("regulator-a");
    private static readonly ImmutableArray<MemberCode> Able = [Police, Other, Office];
    private static readonly Actor Centre = new("person:anna", null, new HashSet<string> { Roles.DutyOfficer });
    private static readonly LeadPlan Plan = ShippedLeads.Plan;

    public static TheoryData<string, string> Rungs => new(
        ("telco ack sent", "lead/not-receiver"), ("other ack sent", "lead/not-receiver"), ("police ack sent", "acknowledged"), ("police ack acknowledged", "nothing"),
        ("police ack fedback", "lead/not-open"), ("police ack proposed", "lead/not-open"),
        ("telco pass sent", "lead/not-receiver"), ("police pass sent", "passed-on"), ("police pass acknowledged", "passed-on"), ("police pass fedback", "lead/not-open"),
        ("police pass-blank sent", "lead/no-reason"), ("police pass-self sent", "lead/circle"), ("police pass-bank sent", "lead/not-competent"), ("police pass returned", "lead/told-already"),
        ("police pass overdue", "lead/overdue-stays"), ("other pass-back passed", "lead/circle"), ("other pass-third passed", "passed-on"),
        ("telco feed acknowledged", "lead/not-receiver"), ("police feed passed", "lead/not-receiver"), ("police feed-blank acknowledged", "lead/no-reason"),
        ("police feed-case acknowledged", "lead/no-case-named"), ("police feed acknowledged", "fed-back"), ("police feed sent", "acknowledged,fed-back"), ("police feed overdue", "fed-back"),
        ("police feed fedback", "nothing"), ("police feed-otherwise fedback", "lead/told-already"), ("police feed withdrawn", "lead/not-open"),
        ("police return fedback", "lead/not-of-sender"), ("telco return-blank fedback", "lead/no-reason"), ("telco return acknowledged", "lead/not-fed-back"), ("telco return fedback", "returned"),
        ("telco return fedback-twice", "lead/returned-once"), ("centre return fedback", "lead/not-of-sender"), ("centre return centres-fedback", "returned"), ("policeofficer return centres-fedback", "lead/not-of-sender"),
        ("police withdraw sent", "lead/not-of-sender"), ("telco withdraw-blank sent", "lead/no-reason"), ("telco withdraw sent", "withdrawn"), ("telco withdraw acknowledged", "lead/acknowledged"),
        ("telco withdraw passed", "lead/acknowledged"), ("telco withdraw withdrawn", "lead/acknowledged"),
        ("telco confirm proposed", "lead/not-centre"), ("system confirm proposed", "lead/not-centre"), ("centre confirm sent", "lead/not-proposed"), ("centre confirm proposed", "confirmed"),
        ("centre confirm-bank proposed", "lead/not-competent"), ("policeofficer confirm proposed", "lead/own-matter"), ("centre confirm-blank proposed", "lead/no-reason"),
        ("telco dismiss proposed", "lead/not-centre"), ("centre dismiss sent", "lead/not-proposed"), ("policeofficer dismiss proposed", "lead/own-matter"), ("centre dismiss-blank proposed", "lead/no-reason"),
        ("centre dismiss proposed", "dismissed"));

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Each_rung_answers_by_its_example(string example, string answer)
    {
        var parts = example.Split(' ');
        var (lead, now) = At(parts[2]);
        var decision = LeadRules.Decide(lead, Command(parts[1]), Who(parts[0]), Plan, Able, now);
        Assert.Equal(answer, decision.Refusal?.Code ?? (decision.Events.IsEmpty ? "nothing" : string.Join(",", decision.Events.Select(NameOf))));
    }

    [Theory]
    [InlineData("", "illicit-devices", "device:35000000000001", "lead/bad-key")]
    [InlineData("k", "stolen-bicycle", "device:35000000000001", "lead/no-kind")]
    [InlineData("k", "illicit-devices", "", "lead/bad-subjects")]
    [InlineData("k", "illicit-devices", "device:x", "lead/bad-subjects")]
    [InlineData("k", "illicit-devices", "person:330102199001011234", "lead/bad-subjects")]
    [InlineData("k", "illicit-devices", "account:bank-a:1", "lead/other-subjects")]
    [InlineData("k", "illicit-devices", "account:bank-a:1 number:+8613800000001", null)]
    [InlineData("k", "laundering", "member:bank-a", null)]
    public void A_draft_is_refused_for_what_it_lacks(string key, string kind, string subjects, string? refusal)
    {
        var about = subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(':', 2)).Select(s => new LeadSubject(Enum.Parse<LeadSubjectKind>(s[0], true), s[1]));
        Assert.Equal(refusal, LeadRules.Fault(new LeadDraft(key, kind, [.. about], "Why."), Who("telco"), Plan)?.Code);
        Assert.Equal("lead/not-sender", LeadRules.Fault(new LeadDraft(key, kind, [], "Why."), Centre with { Roles = new HashSet<string> { Roles.Auditor } }, Plan)?.Code);
    }

    [Fact]
    public void A_date_that_passes_is_noted_once_and_climbs_until_it_is_kept_and_the_next_begins_anew()
    {
        var lead = Sent(Telco);
        var (received, owed) = (lead.AcknowledgeBy!.Value, lead.FeedbackBy!.Value);
        Assert.Equal("", Ticked(lead, received));
        Assert.Equal(received, lead.NextClock);
        Assert.Equal("overdue clerk", Ticked(lead, received + TimeSpan.FromSeconds(1)));
        Assert.Equal("", Ticked(lead, received + TimeSpan.FromDays(1)));
        Assert.True(lead.Overdue);
        Assert.False(lead.FeedbackMissed);
        Assert.Equal((received + TimeSpan.FromDays(3), OfficerRank.Direct), (lead.NextClock, lead.EscalatedTo!.Value));
        Assert.Equal("manager", Ticked(lead, received + TimeSpan.FromDays(4)));
        Do(lead, new AcknowledgeLead(), Who("police"), received + TimeSpan.FromDays(5));
        Assert.Equal((null, owed, false), (lead.Escalation, lead.NextClock, lead.Overdue));
        // A clock that nobody looked at for weeks notes everything at once.
        Assert.Equal("overdue clerk manager supervisor", Ticked(lead, owed + TimeSpan.FromDays(30)));
        Assert.Equal((EscalationRung.Supervisor, Roles.Supervisor, true), (lead.Escalation, lead.EscalatedRole, lead.FeedbackMissed));
        Assert.Null(lead.NextClock);
        Do(lead, new FeedBackLead(LeadResult.NothingFound, "Nothing.", []), Who("police"), owed + TimeSpan.FromDays(31));
        Assert.Equal((null, null), (lead.NextClock, lead.Due));
        Do(lead, new ReturnLead("Which house was searched?"), Who("telco"), owed + TimeSpan.FromDays(32));
        Assert.True(lead.FeedbackBy > owed + TimeSpan.FromDays(36));
        Assert.Equal(lead.FeedbackBy, lead.NextClock);
        Assert.False(lead.Overdue);
        var rounds = lead.Owed().ToList();
        Assert.Equal([(1, owed), (2, lead.FeedbackBy!.Value)], rounds.Select(o => (o.Round, o.Due)));
        Assert.True(rounds[0].At > rounds[0].Due);
    }

    [Fact]
    public void What_is_passed_on_keeps_its_date_and_is_owed_by_whoever_has_it_then()
    {
        var lead = Sent(Telco);
        var owed = lead.FeedbackBy!.Value;
        var late = owed - TimeSpan.FromHours(1);
        Do(lead, new PassOnLead(Other, "It is in your city."), Who("police"), late);
        Assert.Equal((LeadState.Sent, Other, owed, owed), (lead.State, lead.Receiver, lead.FeedbackBy, lead.AcknowledgeBy));
        Assert.Equal((Police, Other), (Assert.Single(lead.Hops).From, lead.Hops[0].To));
        Assert.Equal(Other, Assert.Single(lead.Owed()).Authority);
        Assert.All([Telco, Police, Other], m => Assert.True(lead.Concerns(m)));
        Assert.False(lead.Concerns(Office));
        Assert.Equal("overdue clerk", Ticked(lead, owed + TimeSpan.FromSeconds(1)));
        Assert.True(lead.FeedbackMissed);
    }

    private static (Lead Lead, Instant Now) At(string place)
    {
        var lead = place.StartsWith("centres", StringComparison.Ordinal) ? Sent(null) : place == "proposed" ? Proposed() : Sent(Telco);
        var now = T(1);
        var told = new FeedBackLead(LeadResult.ActedUpon, "Seized.", []);
        switch (place)
        {
            case "acknowledged": Do(lead, new AcknowledgeLead(), Who("police"), now); break;
            case "passed": Do(lead, new PassOnLead(Other, "Yours."), Who("police"), now); break;
            case "fedback" or "centres-fedback": Do(lead, told, Who("police"), now); break;
            case "returned" or "fedback-twice":
                Do(lead, told, Who("police"), now);
                Do(lead, new ReturnLead("More."), Who("telco"), now);
                if (place == "fedback-twice") Do(lead, told, Who("police"), now);
                break;
            case "withdrawn": Do(lead, new WithdrawLead("A mistake."), Who("telco"), now); break;
            case "overdue":
                Do(lead, new AcknowledgeLead(), Who("police"), now);
                return (lead, lead.FeedbackBy!.Value + TimeSpan.FromSeconds(1));
        }
        return (lead, now);
    }

    private static LeadCommand Command(string word) => word switch
    {
        "ack" => new AcknowledgeLead(),
        "pass" => new PassOnLead(Other, "Yours."),
        "pass-third" => new PassOnLead(Office, "Yours."),
        "pass-blank" => new PassOnLead(Other, " "),
        "pass-self" or "pass-back" => new PassOnLead(Police, "Yours."),
        "pass-bank" => new PassOnLead(Telco, "Yours."),
        "feed" => new FeedBackLead(LeadResult.ActedUpon, "Seized.", []),
        "feed-otherwise" => new FeedBackLead(LeadResult.NothingFound, "Nothing.", []),
        "feed-blank" => new FeedBackLead(LeadResult.ActedUpon, "", []),
        "feed-case" => new FeedBackLead(LeadResult.OpenedAsCase, "Opened.", []),
        "return" => new ReturnLead("More."),
        "return-blank" => new ReturnLead(""),
        "withdraw" => new WithdrawLead("A mistake."),
        "withdraw-blank" => new WithdrawLead(""),
        "confirm" => new ConfirmLead(),
        "confirm-bank" => new ConfirmLead(null, Telco),
        "confirm-blank" => new ConfirmLead(" "),
        "dismiss" => new DismissLead("A call centre."),
        _ => new DismissLead(""),
    };

    private static Actor Who(string word) => word switch
    {
        "telco" => Of(Telco, Roles.MemberClerk),
        "police" => Of(Police, Roles.MemberClerk),
        "policeofficer" => Of(Police, Roles.PoliceOfficer),
        "other" => Of(Other, Roles.PoliceOfficer),
        "system" => Actor.System("leads"),
        _ => Centre,
    };

    private static Actor Of(MemberCode member, string role) => new($"person:{member}", member, new HashSet<string> { role });

    private static Lead Sent(MemberCode? sender)
    {
        var lead = new Lead();
        lead.Apply(new LeadSent(
            T(0), Guid.Empty, "L-2026-000001", "telco-a/k", "", "illicit-devices", sender, Police, [new LeadSubject(LeadSubjectKind.Device, "35000000000001")], "Why.", [], null,
            Plan.AcknowledgeBy(T(0)), Plan.FeedbackBy(Plan.Find("illicit-devices")!, T(0)), "person:clerk"));
        return lead;
    }

    private static Lead Proposed()
    {
        var lead = new Lead();
        lead.Apply(new LeadProposed(T(0), Guid.Empty, "L-2026-000001", "illicit-devices", Police, [new LeadSubject(LeadSubjectKind.Device, "35000000000001")], ["verdict:1"]));
        return lead;
    }

    private static void Do(Lead lead, LeadCommand command, Actor actor, Instant now)
    {
        var decision = LeadRules.Decide(lead, command, actor, Plan, Able, now);
        Assert.Null(decision.Refusal);
        foreach (var happened in decision.Events) lead.Apply(happened);
    }

    private static string Ticked(Lead lead, Instant now)
    {
        var decision = LeadRules.Decide(lead, new TickLead(), Actor.System("clocks"), Plan, [], now);
        foreach (var happened in decision.Events) lead.Apply(happened);
        return string.Join(' ', decision.Events.Select(e => e is LeadEscalated climbed ? climbed.Rung.ToString().ToUpperInvariant() : NameOf(e))).ToLowerInvariant();
    }

    private static string NameOf(LeadEvent happened) => happened switch
    {
        LeadAcknowledged => "acknowledged",
        LeadPassedOn => "passed-on",
        LeadFedBack => "fed-back",
        LeadReturned => "returned",
        LeadWithdrawn => "withdrawn",
        LeadConfirmed => "confirmed",
        LeadDismissed => "dismissed",
        LeadOverdue => "overdue",
        _ => happened.GetType().Name,
    };

    private static Instant T(int hours) => Instant.From(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero)) + TimeSpan.FromHours(hours);
}
