using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Restrictions;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Restrictions;

/// <summary>Who may restrict whom on what, rung by rung.</summary>
public sealed class RestrictionGuardTests
{
    private const string Sun = "p1-000000000000000000000000000000aa";
    private static readonly MemberCode Police = MemberCode.Parse("police-a");
    private static readonly Actor Li = new("person:li", Police, new HashSet<string> { Roles.PoliceOfficer });
    private static readonly Actor Wang = Li with { Id = "person:wang" };
    private static readonly Actor Clerk = new("person:clerk", MemberCode.Parse("bank-a"), new HashSet<string> { Roles.MemberClerk });
    private static readonly TimeSpan China = TimeSpan.FromHours(8);
    private static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 3, 2, 10, 0, 0, China));
    private static readonly RestrictionFacts City = new(Police, Sector.Police, RegionLevel.City, IsNew: true);
    private static readonly ProposeRestriction Seller = new(Sun, "seller", "Sold four cards.", 4, 1, 1, ["line:+8613300010000"]);

    private static RestrictionTerms Terms => RestrictionTermsTests.Terms;

    public static TheoryData<string, string> Rungs { get; } = new()
    {
        { "clerk", "restriction/not-competent" }, { "key", "restriction/not-competent" }, { "no authority", "restriction/not-competent" }, { "bank", "restriction/not-competent" },
        { "unknown ground", "restriction/unknown-ground" }, { "county", "restriction/level-too-low" }, { "no region", "restriction/level-too-low" }, { "city for grave", "restriction/level-too-low" },
        { "identity number", "restriction/bad-person" }, { "capitals", "restriction/bad-person" }, { "no reason", "restriction/no-reason" }, { "long reason", "restriction/no-reason" },
        { "negative", "restriction/bad-count" }, { "no evidence", "restriction/no-evidence" }, { "much evidence", "restriction/no-evidence" }, { "bad evidence", "restriction/bad-evidence" },
        { "missing case", "restriction/bad-evidence" }, { "nothing sold", "restriction/nothing-sold" }, { "no judgment", "restriction/no-judgment" }, { "two items", "restriction/too-few" },
        { "keeps what was sold", "restriction/living-sold" }, { "keeps a stranger's", "restriction/living-not-held" },
    };

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Each_rung_refuses_by_name(string what, string code)
    {
        var (actor, command, facts) = (Li, Seller, City);
        switch (what)
        {
            case "clerk": actor = Clerk; break;
            case "key": actor = Li with { Id = "key:1" }; break;
            case "no authority": facts = City with { Authority = null, Sector = Sector.JointOffice }; break;
            case "bank": facts = City with { Sector = Sector.Bank }; break;
            case "unknown ground": command = Seller with { Ground = "debts" }; break;
            case "county": facts = City with { Level = RegionLevel.County }; break;
            case "no region": facts = City with { Level = null }; break;
            case "city for grave": command = Seller with { Ground = "seller-grave" }; break;
            case "identity number": command = Seller with { Person = "330106199001011234" }; break;
            case "capitals": command = Seller with { Person = Sun.Replace("aa", "AA", StringComparison.Ordinal) }; break;
            case "no reason": command = Seller with { Reason = " " }; break;
            case "long reason": command = Seller with { Reason = new string('x', 2_001) }; break;
            case "negative": command = Seller with { Times = -1 }; break;
            case "no evidence": command = Seller with { Evidence = [] }; break;
            case "much evidence": command = Seller with { Evidence = [.. Enumerable.Repeat("line:+8613300010000", 51)] }; break;
            case "bad evidence": command = Seller with { Evidence = ["line:13300010000"] }; break;
            case "missing case": facts = City with { Missing = "case:0" }; break;
            case "nothing sold": command = Seller with { Evidence = ["document:报告1"] }; break;
            case "no judgment": command = Seller with { Ground = "convict" }; break;
            case "two items": command = Seller with { Items = 2 }; break;
            case "keeps what was sold": command = Seller with { Evidence = ["account:bank-a:1"], Keeps = AccountNumber.Parse("bank-a:1") }; break;
            default: (command, facts) = (Seller with { Keeps = AccountNumber.Parse("bank-a:1") }, City with { Holds = false }); break;
        }
        Assert.Equal(code, RestrictionRules.Decide(new Restriction(), command, actor, Now, Terms, China, facts).Refusal?.Code);
    }

    [Theory]
    [InlineData("case:0199a1b2-0000-7000-8000-000000000001", true)]
    [InlineData("case:1", false)]
    [InlineData("signal:bank-a/T1", true)]
    [InlineData("signal:bank-a/", false)]
    [InlineData("account:bank-a:6222", true)]
    [InlineData("account:6222", false)]
    [InlineData("document:(2026)浙01刑初1号", true)]
    [InlineData("document: ", false)]
    [InlineData("rumour:x", false)]
    [InlineData("line", false)]
    public void A_record_has_a_known_kind_and_form(string record, bool good) => Assert.Equal(good, RestrictionRules.IsRecord(record));

    [Fact]
    public void One_proposes_and_another_of_the_same_authority_approves()
    {
        var restriction = Proposed(Seller);
        Assert.Equal(RestrictionState.Proposed, restriction.State);
        Assert.Equal("restriction/same-person", Refused(restriction, new ApproveRestriction(), Li));
        Assert.Equal("restriction/other-authority", Refused(restriction, new ApproveRestriction(), Wang, City with { Authority = MemberCode.Parse("police-b") }));
        Assert.Equal("restriction/level-too-low", Refused(restriction, new ApproveRestriction(), Wang, City with { Level = RegionLevel.County }));
        Assert.Equal("restriction/not-competent", Refused(restriction, new ApproveRestriction(), Clerk));
        Assert.Equal("restriction/not-in-force", Refused(restriction, new LiftRestriction("Wrong."), Li));
        Do(restriction, new ApproveRestriction(), Wang);
        Assert.Equal((RestrictionState.InForce, Instant.From(new DateTimeOffset(2028, 3, 2, 0, 0, 0, China))), (restriction.State, restriction.EndsAt));
        Assert.Empty(RestrictionRules.Decide(restriction, new ApproveRestriction(), Wang, Now, Terms, China, City).Events);
        Assert.Equal("restriction/nothing-waits", Refused(restriction, new ApproveRestriction(), Li));
        Assert.Equal(RestrictionState.Expired, restriction.StateAt(restriction.EndsAt!.Value));
        Assert.Equal("restriction/no-short-reason", Refused(restriction, new LiftRestriction(" "), Li));
        Assert.Equal("restriction/other-authority", Refused(restriction, new LiftRestriction("x"), Li, City with { Authority = MemberCode.Parse("police-b") }));
        Do(restriction, new LiftRestriction("The wrong twin."), Li);
        Assert.Equal((RestrictionState.Lifted, (Instant?)Now), (restriction.State, restriction.EndedAt));
    }

    [Fact]
    public void What_is_not_approved_binds_nobody()
    {
        var restriction = Proposed(Seller);
        Assert.Equal("restriction/no-short-reason", Refused(restriction, new RefuseRestriction(""), Wang));
        Do(restriction, new RefuseRestriction("Two of the four were his brother's."), Wang);
        Assert.Equal((RestrictionState.Refused, (Instant?)null), (restriction.State, restriction.EndedAt));
        Assert.Equal("restriction/not-in-force", Refused(restriction, new ServeNotice("By post."), Li));
    }

    [Fact]
    public void A_second_ground_within_the_term_runs_behind_it_and_all_end_after_five_years()
    {
        var restriction = InForce();
        Do(restriction, Seller with { Ground = "convict", Evidence = ["document:判决"] }, Li, City with { IsNew = false });
        Assert.Equal("restriction/waits", Refused(restriction, Seller, Li, City with { IsNew = false }));
        Assert.Equal(RestrictionState.InForce, restriction.State);
        Do(restriction, new ApproveRestriction(), Wang);
        Assert.Equal(Instant.From(new DateTimeOffset(2031, 3, 2, 0, 0, 0, China)), restriction.EndsAt);
        Assert.Equal("restriction/at-most", Refused(restriction, Seller, Li, City with { IsNew = false }));
        var other = InForce();
        Do(other, Seller, Li, City with { IsNew = false });
        Assert.Equal("restriction/over", RestrictionRules.Decide(other, new ApproveRestriction(), Wang, other.EndsAt!.Value, Terms, China, City).Refusal!.Code);
        Do(other, new RefuseRestriction("Too thin."), Wang);
        Assert.Equal((RestrictionState.InForce, Instant.From(new DateTimeOffset(2028, 3, 2, 0, 0, 0, China))), (other.State, other.EndsAt));
    }

    [Fact]
    public void A_member_confirms_what_concerns_its_customers_and_lets_go_after_the_end()
    {
        var restriction = InForce();
        Assert.Equal("restriction/not-found", Refused(restriction, new ConfirmRestriction(), Clerk));
        Do(restriction, new TickRestriction(), Actor.System("clocks"), City with { Customers = [MemberCode.Parse("bank-a")] });
        Assert.Equal(Now + TimeSpan.FromHours(24), restriction.At(MemberCode.Parse("bank-a"))!.ApplyBy);
        Do(restriction, new ConfirmRestriction(), Clerk);
        Assert.Empty(RestrictionRules.Decide(restriction, new ConfirmRestriction(), Clerk, Now, Terms, China, City).Events);
        Do(restriction, new ServeNotice("At the counter."), Clerk);
        Assert.Equal("restriction/served-before", Refused(restriction, new ServeNotice("By post."), Li));
        var end = restriction.EndsAt!.Value;
        Assert.IsType<RestrictionExpired>(Assert.Single(RestrictionRules.Decide(restriction, new TickRestriction(), Actor.System("clocks"), end, Terms, China, City with { Customers = [] }).Events));
        Assert.IsType<RestrictionLetGo>(Assert.Single(RestrictionRules.Decide(restriction, new ConfirmRestriction(), Clerk, end, Terms, China, City).Events));
    }

    [Fact]
    public void Where_the_notice_comes_first_nothing_is_approved_before_it_was_handed_over()
    {
        var first = Terms with { NoticePrecedes = true };
        var restriction = Proposed(Seller);
        Assert.Equal("restriction/notice-first", RestrictionRules.Decide(restriction, new ApproveRestriction(), Wang, Now, first, China, City).Refusal!.Code);
        foreach (var happened in RestrictionRules.Decide(restriction, new ServeNotice("In person."), Li, Now, first, China, City).Events) restriction.Apply(happened);
        Assert.Null(RestrictionRules.Decide(restriction, new ApproveRestriction(), Wang, Now, first, China, City).Refusal);
    }

    private static Restriction InForce()
    {
        var restriction = Proposed(Seller);
        Do(restriction, new ApproveRestriction(), Wang);
        return restriction;
    }

    private static Restriction Proposed(ProposeRestriction command)
    {
        var restriction = new Restriction();
        restriction.Apply(new RestrictionProposed(Now, Guid.Empty, "PR-2026-000001", command.Person, command.Keeps));
        Do(restriction, command, Li);
        return restriction;
    }

    private static string? Refused(Restriction restriction, RestrictionCommand command, Actor actor, RestrictionFacts? facts = null) =>
        RestrictionRules.Decide(restriction, command, actor, Now, Terms, China, facts ?? City).Refusal?.Code;

    private static void Do(Restriction restriction, RestrictionCommand command, Actor actor, RestrictionFacts? facts = null)
    {
        var decision = RestrictionRules.Decide(restriction, command, actor, Now, Terms, China, facts ?? City);
        Assert.Null(decision.Refusal);
        foreach (var happened in decision.Events) restriction.Apply(happened);
    }
}
