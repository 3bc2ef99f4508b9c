using System.Diagnostics;
using Cordon.Casework.Answers;
using Cordon.Casework.Reports;
using Cordon.Gateways.Intake;
using Cordon.Tests.Gateways;
using CsCheck;

namespace Cordon.Tests.Reports;

public sealed class ReportTextProperties
{
    private static readonly string[] Pieces =
    [
        "昨天", "上午", "10点", "三点半", "左右", "3月2日", "2026-03-02", "10:15", "at ten", "yesterday", "on ", "2 March", "last ", "周三", "上个月", "号", "日", "年", "月", "点", "分", "半",
        "48000", "48,000", ".00", "元", "万", "4.8", "三万八千", "十", "两", "亿", "¥", "RMB ", " yuan", "k", "w", "多", "转了", "paid ", "%", "次",
        "13800138000", "+86", "0086", "010-", "6234", "5678", "400-", "95588", "+852 ", "6222", "0202", "0011", "2233", "622202020011223344", "尾号", "ending ", "订单号",
        "http://", "hxxps://", "evil", ".", "[.]", "com", "example", "/a?b=1", "@", "下载", "APP", "app called ", "“", "”", "\"", "《", "》", "平台",
        " ", "-", "(", ")", ",", "，", "。", "\n", "\0", "\u0001", "\ud83d", "\udc00", "１", "８", "Ⅹ", "٣", "x", "第", "身份证", "I ", "*",
    ];

    private static readonly Gen<string> Texts = Gen.Frequency(
        (8, Gen.Int[0, Pieces.Length - 1].Array[0, 40].Select(pieces => string.Concat(pieces.Select(p => Pieces[p])))),
        (1, Gen.String[0, 80]));

    [Fact]
    public void Any_text_is_read_and_its_facts_lie_within_it_and_apart() => Texts.Sample(
        text =>
        {
            var end = 0;
            foreach (var span in Told.Read(text).Spans)
            {
                if (span.Length < 1 || span.Start < end || span.End > text.Length) return false;
                end = span.End;
            }
            return true;
        },
        iter: 20_000);

    [Fact]
    public void The_same_text_gives_the_same_facts() => Texts.Sample(
        text => Shown(Told.Read(text)) == Shown(Told.Read(text)), iter: 500);

    [Fact]
    public void No_fact_holds_an_identity_number_however_it_is_written() => Gen.Select(Texts, PlantedNumbers.Written, Texts).Sample(
        (before, number, after) =>
        {
            var text = before + "，" + number + "，" + after;
            var facts = Told.Read(text);
            var start = before.Length + 1;
            return !facts.Spans.Except(facts.Identities).Any(s => s.Start < start + number.Length && s.End > start)
                && facts.Identities.Any(s => s.Start < start + number.Length && s.End > start);
        },
        iter: 5_000);

    [Theory]
    [InlineData("我的身份证360426199101010071，卡号6222020200112233")]
    [InlineData("我的身份证360426199101010072，卡号6222020200112233")] // the check digit is mistyped
    [InlineData("身份证 360426 19910101 007x 卡号6222020200112233")]
    [InlineData("身份证360426910101007，卡号6222020200112233")]
    [InlineData("身份证360426910101007的人，卡号6222020200112233")] // a letter right behind the old form of fifteen digits
    [InlineData("ID 36042619910101007X, card 6222020200112233")]
    [InlineData("身份证３６０４２６１９９１０１０１００７１，卡号6222020200112233")]
    [InlineData("身份证三六〇四二六一九九一〇一〇一〇〇七一，卡号6222020200112233")]
    public void An_identity_number_is_marked_and_an_account_beside_it_is_kept(string text)
    {
        var facts = Told.Read(text);
        Assert.Single(facts.Identities);
        Assert.Equal("6222020200112233", Assert.Single(facts.Accounts).Digits);
        Assert.Empty(facts.Phones);
        Assert.Empty(facts.Amounts);
        Assert.Empty(facts.Times);
        Assert.DoesNotContain("910101", Shown(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_cut_at_its_limit_and_says_so()
    {
        var facts = Told.Read(string.Concat(Enumerable.Range(0, 300).Select(i => $"转了{i + 100}元，")));
        Assert.Equal((ReportText.MostFacts, true), (facts.Amounts.Length, facts.Cut));
        Assert.Equal(100_00, facts.Amounts[0].Amount.Minor);
        Assert.False(Told.Read("转了100元").Cut);
    }

    [Fact]
    public void A_text_beyond_the_limit_is_read_to_the_limit_and_says_so()
    {
        var facts = Told.Read(new string('啊', ReportText.MostText - 5) + "转了100元，转了200元");
        Assert.Equal((1, true), (facts.Amounts.Length, facts.Cut));
    }

    [Fact]
    public void A_mask_that_changes_the_length_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => ReportText.Read("360426", Told.Terms with { Mask = new TextMask(text => text + "*") }));

    [Theory]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData("1-")]
    [InlineData("一")]
    [InlineData("十")]
    [InlineData("a.")]
    [InlineData("a")]
    [InlineData("“")]
    [InlineData("at ")]
    [InlineData("昨天")]
    [InlineData("1,")]
    [InlineData("下载了")]
    [InlineData("http://a.")]
    [InlineData("¥1")]
    [InlineData("转了")]
    [InlineData("1234 ")]
    [InlineData("6222 0202 0011 2233 ")]
    [InlineData("360426199101010071")]
    public void The_longest_text_of_one_sort_costs_no_more_than_its_length(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, ReportText.MostText))[..ReportText.MostText];
        Told.Read(text);
        var clock = Stopwatch.StartNew();
        Told.Read(text);
        // Work that grew with the square would be 400 million steps; a slow machine reads this in a hundredth of the limit.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void The_mask_of_the_door_is_the_one_that_is_used() => Assert.Equal(18, Masking.Mask("360426199101010071").Length);

    private static string Shown(ReportFacts facts) => System.Text.Json.JsonSerializer.Serialize(facts);
}
