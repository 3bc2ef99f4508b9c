using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Series;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Series;

public sealed class SeriesRulesTests
{
    private static readonly Instant Now = new(1_000_000);

    [Theory]
    [InlineData(MarkKind.Account, 2, 0.95)]
    [InlineData(MarkKind.Phone, 2, 0.8)]
    [InlineData(MarkKind.Domain, 2, 0.7)]
    [InlineData(MarkKind.Script, 2, 0.35)]
    [InlineData(MarkKind.Account, 1, 0)]
    [InlineData(MarkKind.Account, 32, 0)]
    [InlineData(MarkKind.Domain, 41, 0)]
    public void An_identifier_says_the_more_the_rarer_it_is_and_a_hub_nothing(MarkKind kind, int cases, double weight) =>
        Assert.Equal(weight, SeriesRules.Weight(kind, cases), 6);

    [Fact]
    public void The_weight_falls_with_every_further_case()
    {
        foreach (var kind in Enum.GetValues<MarkKind>())
            for (var cases = 2; cases <= SeriesRules.MostCases(kind); cases++)
                Assert.True(SeriesRules.Weight(kind, cases) > SeriesRules.Weight(kind, cases + 1) || cases == SeriesRules.MostCases(kind), $"{kind} in {cases}");
    }

    [Fact]
    public void Alike_words_alone_link_nobody_and_support_what_else_is_shared()
    {
        var script = Enumerable.Range(0, ScriptPrint.Bands).Select(i => $"script:{i:x}0").ToList();
        Assert.True(SeriesRules.Strength(SeriesRules.Shared(script, new Dictionary<string, int>())) < SeriesRules.Linked);
        var half = new Dictionary<string, int> { ["domain:a.example"] = 15 };
        var alone = SeriesRules.Strength(SeriesRules.Shared(["domain:a.example"], half));
        Assert.True(alone < SeriesRules.Linked && SeriesRules.Strength(SeriesRules.Shared([.. script, "domain:a.example"], half)) > SeriesRules.Linked);
    }

    [Theory]
    [InlineData("+8695588", true)]
    [InlineData("+86110", true)]
    [InlineData("+864008123123", true)]
    [InlineData("+8613800138000", false)]
    [InlineData("+8601084005094", false)]
    [InlineData("+6591234567", false)]
    public void Numbers_of_services_are_hubs_of_their_own_kind(string number, bool hub) =>
        Assert.Equal(hub, SeriesRules.IsHub(PhoneNumber.TryParse(number, out var read) ? read : throw new FormatException(number)));

    [Fact]
    public void Tellings_of_one_script_share_bands_and_others_do_not()
    {
        const string Script = "对方自称是通信管理局工作人员，说我名下的银行卡涉嫌洗钱，要求我下载会议软件并打开屏幕共享，把存款转到安全账户接受资金核查，";
        var one = ScriptPrint.Of(Script + "我转了48000元给6222020212345678901。");
        var other = ScriptPrint.Of("2026年3月2日" + Script + "前后一共转了 12,300.50 元。");
        var different = ScriptPrint.Of("网上认识的朋友带我在一个交易平台做期货投资，刚开始能提现，后来投入越来越多，平台客服说要先交保证金才能出金，现在网站打不开了。");
        Assert.True(one.Intersect(other).Count() >= 8, $"{one.Intersect(other).Count()} bands alike");
        Assert.Empty(one.Intersect(different));
        Assert.Empty(ScriptPrint.Of("被骗了"));
        Assert.Equal(one, ScriptPrint.Of(Script + "我转了1元给6222。"));
    }

    [Fact]
    public void A_link_is_cut_made_and_left_to_evidence_by_a_person_with_a_reason()
    {
        var officer = new Actor("person:anna", null, new HashSet<string> { Roles.DutyOfficer });
        var (one, other) = (new Guid("02000000-0000-7000-8000-000000000000"), new Guid("01000000-0000-7000-8000-000000000000"));
        var link = new LinkDecision();
        Assert.Equal("case-link/not-yours", LinkRules.Decide(link, one, other, LinkStanding.Cut, "x", officer with { Roles = new HashSet<string> { Roles.Supervisor } }, Now).Refusal!.Code);
        Assert.Equal("case-link/itself", LinkRules.Decide(link, one, one, LinkStanding.Cut, "x", officer, Now).Refusal!.Code);
        Assert.Equal("case-link/no-reason", LinkRules.Decide(link, one, other, LinkStanding.Cut, "", officer, Now).Refusal!.Code);
        foreach (var wanted in new[] { LinkStanding.Cut, LinkStanding.Made, LinkStanding.ByEvidence })
        {
            var decided = LinkRules.Decide(link, one, other, wanted, "Seen.", officer, Now);
            link.Apply(Assert.Single(decided.Events));
            Assert.Equal((wanted, other, one), (link.Standing, link.Low, link.High));
            Assert.Empty(LinkRules.Decide(link, one, other, wanted, "Again.", officer, Now).Events);
        }
    }
}
