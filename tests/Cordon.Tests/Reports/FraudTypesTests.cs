using Cordon.Casework.Packs;
using Cordon.Casework.Reports;
using Cordon.Simulator;

namespace Cordon.Tests.Reports;

public sealed class FraudTypesTests
{
    private static readonly FraudTypes Cn = FraudTypes.Load(Path.Combine(RepositoryFolder.Root, "packs", "cn", "fraud-types.yaml"));

    [Fact]
    public void The_tree_has_the_usual_kinds_and_each_word_points_somewhere()
    {
        Assert.InRange(Cn.Leaves.Length, 20, 100);
        Assert.All(Cn.Leaves, t => Assert.True(t.Words.Length >= 3, t.Code));
        Assert.All(Cn.Leaves, t => Assert.NotNull(Cn.Find(t.Parent!)));
        Assert.All(Cn.All, t => Assert.NotEqual(t.Title.Zh, t.Title.En));
        Assert.Null(Cn.Find("nothing"));
    }

    [Theory]
    [InlineData("对方说刷单返利，先垫付后返佣金", "brushing-rebate")]
    [InlineData("自称公安局民警，说我涉嫌洗钱，让我把钱转到安全账户", "impersonated-authority")]
    [InlineData("客服说要取消百万保障，不然每月扣费", "fake-customer-service")]
    [InlineData("群里老师带单炒股，入金以后不能出金", "fake-investment")]
    [InlineData("网恋男朋友带我投资，现在联系不上", "dating-investment")]
    [InlineData("想办贷款，说卡号填错要交解冻费", "fake-loan")]
    [InlineData("说要注销校园贷，否则影响征信", "fake-credit-repair")]
    [InlineData("卖游戏账号，对方说要交保证金", "game-trading")]
    [InlineData("在闲鱼买手机，付款后没发货", "online-shopping")]
    [InlineData("领导加我微信说急用钱", "impersonated-acquaintance")]
    [InlineData("裸聊后被敲诈，威胁发通讯录", "naked-chat-extortion")]
    [InlineData("Someone claiming to be a police officer told me to use a safe account", "impersonated-authority")]
    [InlineData("We met online, then he showed me how to buy bitcoin, my boyfriend from a dating app", "dating-investment")]
    [InlineData("The seller on the online shop did not ship", "online-shopping")]
    public void A_text_is_of_the_type_that_its_words_point_to(string text, string code)
    {
        var guess = Cn.Guess(text)[0];
        Assert.Equal(code, guess.Type.Code);
        Assert.Equal(guess.Score, guess.Found.Sum(f => f.Weight));
        Assert.All(guess.Found, f => Assert.Equal(f.Word, text.Substring(f.Span.Start, f.Span.Length).ToLowerInvariant()));
    }

    [Fact]
    public void Every_code_of_the_simulated_province_is_a_leaf_and_its_reports_are_guessed_right()
    {
        var reports = Province.Make(1, ProvinceOptions.Small).Reports;
        Assert.NotEmpty(reports);
        var right = reports.Count(r => Cn.Guess(r.Text) is [var first, ..] && first.Type.Code == r.FraudType);
        Assert.All(reports, r => Assert.Contains(Cn.Leaves, t => t.Code == r.FraudType));
        Assert.InRange((double)right / reports.Length, 0.95, 1.0);
    }

    [Fact]
    public void A_text_without_a_word_of_the_tree_is_of_no_type()
    {
        Assert.Empty(Cn.Guess(""));
        Assert.Empty(Cn.Guess("你好 hello"));
        Assert.Empty(Cn.Guess("recourt")); // "court" is no word within another
    }

    [Fact]
    public void A_word_counts_once_however_often_it_stands_there_and_one_inside_another_not_at_all()
    {
        var types = FraudTypes.Read("tree: t\ntypes:\n  - code: a\n    title: { zh-CN: 甲, en: A }\n    words: { 贷款: 5, 办贷款: 8 }\n", new PackFaults("t.yaml"))!;
        Assert.Equal(8, Assert.Single(types.Guess("办贷款，办贷款")).Score);
        Assert.Equal(5, Assert.Single(types.Guess("贷款贷款")).Score);
    }

    [Fact]
    public void Of_equal_scores_the_earlier_in_the_file_comes_first()
    {
        var types = FraudTypes.Read("tree: t\ntypes:\n  - code: b\n    title: { zh-CN: 乙, en: B }\n    words: { x: 5 }\n  - code: a\n    title: { zh-CN: 甲, en: A }\n    words: { x: 5, y: 1 }\n", new PackFaults("t.yaml"))!;
        Assert.Equal(["b", "a"], types.Guess("x").Select(g => g.Type.Code));
        Assert.Equal(["a", "b"], types.Guess("x y").Select(g => g.Type.Code));
    }

    [Fact]
    public void Every_fault_of_a_tree_is_told_with_its_line()
    {
        var faults = new PackFaults("t.yaml");
        Assert.Null(FraudTypes.Read(
            """
            tree: t
            types:
              - code: A b
                title: { zh-CN: 甲, en: A }
                words: { x: 5 }
              - code: top
                title: { zh-CN: 乙, en: B }
                words: { y: 2 }
              - code: leaf
                parent: topp
                title: { zh-CN: 丙 }
                words: { X: 2, z: 11 }
              - code: kind
                parent: top
                title: { zh-CN: 丁, en: D }
              - code: kind
                parent: kind
                title: { zh-CN: 戊, en: E }
                words: { q: 1 }
                extra: 1
            """, faults));
        Assert.Equal([3, 8, 11, 12, 12, 16, 17, 19, 20], faults.Found.Select(f => f.Line).Order());
    }
}
