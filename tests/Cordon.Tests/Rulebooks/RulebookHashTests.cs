using Cordon.Casework.Rulebooks;
using Cordon.Engine.Rules;

namespace Cordon.Tests.Rulebooks;

public sealed class RulebookHashTests
{
    private static readonly string Sample = RulebookHash.Of(SampleRulebook.Read(SampleRulebook.Text));

    [Fact]
    public void The_hash_is_64_hexadecimal_digits() => Assert.Matches("^[0-9a-f]{64}$", Sample);

    [Theory]
    [InlineData("rulebook: sample", "# a comment\nrulebook:   sample")]
    [InlineData("title: { en: Sample, zh-CN: 样本 }", "title:\n  zh-CN: 样本\n  en: \"Sample\"")]
    [InlineData("[\"+8696110\", \"+86400*\"]", "['+86400*', '+8696110']")]
    [InlineData("    of: call\n    by: call.caller\n", "    by: call.caller\n    of: call\n")]
    [InlineData("        callees_24h(call.caller) >= params.most\n        &&", "        callees_24h(call.caller)   >= params.most &&")]
    [InlineData("regions: { cn-33: 60 }", "regions:\n      cn-33: 60")]
    [InlineData("id: most\n    type: int", "type: int\n    id: most")]
    public void Layout_comments_and_order_do_not_enter_it(string was, string becomes)
    {
        var text = SampleRulebook.Text.Replace("      callees_24h", "        callees_24h", StringComparison.Ordinal).Replace("      && !", "        && !", StringComparison.Ordinal);
        Assert.Contains(was, text, StringComparison.Ordinal);
        Assert.Equal(Sample, RulebookHash.Of(SampleRulebook.Read(text.Replace(was, becomes, StringComparison.Ordinal))));
    }

    [Fact]
    public void It_is_the_same_however_the_rulebook_is_spread_over_files()
    {
        var cut = SampleRulebook.Text.IndexOf("windows:", StringComparison.Ordinal);
        var (head, tail) = (SampleRulebook.Text[..cut], SampleRulebook.Text[cut..]);
        Assert.Equal(Sample, RulebookHash.Of(SampleRulebook.Read(tail, head)));
    }

    [Fact]
    public void Two_rules_hash_the_same_in_either_order()
    {
        var cut = SampleRulebook.Text.IndexOf("  - id: call.many", StringComparison.Ordinal);
        var (head, one) = (SampleRulebook.Text[..cut], SampleRulebook.Text[cut..]);
        var two = one.Replace("id: call.many", "id: call.lots", StringComparison.Ordinal);
        Assert.Equal(RulebookHash.Of(SampleRulebook.Read(head + one + two)), RulebookHash.Of(SampleRulebook.Read(head + two + one)));
    }

    [Theory]
    [InlineData("rulebook: sample", "rulebook: simple")]
    [InlineData("zh-CN: 样本", "zh-CN: 样品")]
    [InlineData("currency: CNY", "currency: EUR")]
    [InlineData("value: 80", "value: 81")]
    [InlineData("type: int", "type: double")]
    [InlineData("cn-33: 60", "cn-34: 60")]
    [InlineData("cn-33: 60", "cn-33: 61")]
    [InlineData("role: allow", "role: deny")]
    [InlineData("owner: joint office", "owner: police")]
    [InlineData("2027-12-31", "2028-12-31")]
    [InlineData("\"+86400*\"", "\"+86401*\"")]
    [InlineData("by: call.caller", "by: call.callee")]
    [InlineData("value: call.callee", "value: call.device")]
    [InlineData("where: call.answered", "where: true")]
    [InlineData("over: 24h", "over: 25h")]
    [InlineData("lateness: 10m", "lateness: 11m")]
    [InlineData(">= params.most", "> params.most")]
    [InlineData("hold: 2h", "hold: 3h")]
    [InlineData("priority: 5", "priority: 6")]
    [InlineData("code: call.many", "code: call.lots")]
    [InlineData("{caller} calls many", "{caller} calls plenty")]
    [InlineData("大量外呼", "频繁外呼")]
    [InlineData("duty: cn.atf.11.reverify-lines", "duty: cn.atf.9.real-name-line")]
    [InlineData("author: Cordon", "author: Police")]
    [InlineData("name: one is not", "name: one is none")]
    [InlineData("times: 81", "times: 82")]
    [InlineData("durationSeconds: 5 ", "durationSeconds: 6 ")]
    [InlineData("origin: domestic", "origin: unknown")]
    [InlineData("fraud_numbers: [\"+8613900000002\"]", "fraud_numbers: [\"+8613900000003\"]")]
    [InlineData("expect: none", "expect: allow")]
    public void It_changes_with_whatever_a_rulebook_says(string was, string becomes) =>
        Assert.NotEqual(Sample, RulebookHash.Of(SampleRulebook.Read(SampleRulebook.With(was, becomes))));

    [Theory]
    [InlineData("a  ==\n\t b", "a == b")]
    [InlineData(" a == 'x  y' ", "a == 'x  y'")]
    [InlineData("a == \"it's  so\"  && b", "a == \"it's  so\" && b")]
    [InlineData("a // why\n && b", "a // why\n && b")]
    [InlineData("a == 'x\\'  y'", "a == 'x\\'  y'")]
    [InlineData("a == '''x  y'''", "a == '''x  y'''")]
    public void White_space_within_strings_and_behind_comments_is_kept(string condition, string canonical) =>
        Assert.Equal(canonical, RulebookHash.Cel(new SourceText(condition, "", 1, 1)));
}
