using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cordon.Casework.Rulebooks;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Rulebooks;

public sealed partial class ShippedRulebookTests
{
    private static readonly Instant Now = new(1_772_416_800_000_000);

    private static RulebookSource Book => ShippedRulebook.Cn;

    [Fact]
    public void The_rulebook_of_China_reads_without_a_fault()
    {
        Assert.Empty(RulebookReader.Load(ShippedRulebook.Folder).Faults);
        Assert.True(Book.Rules.Length >= 48, $"{Book.Rules.Length} rules");
    }

    [Fact]
    public void Every_rule_has_an_example_that_speaks_and_one_that_does_not()
    {
        foreach (var rule in Book.Rules)
        {
            Assert.True(rule.Tests.Any(t => t.Expect.Text == rule.Action.Text), $"{rule.Id.Text} is never heard");
            Assert.True(rule.Tests.Any(t => t.Expect.Text == "none"), $"{rule.Id.Text} is never silent");
            Assert.All(rule.Tests, t => Assert.True(t.Expect.Text == "none" || t.Expect.Text == rule.Action.Text, $"{rule.Id.Text}: {t.Name.Text}"));
            Assert.All(rule.Tests, t => Assert.Equal(rule.Of.Text, RulebookWords.Kinds[(int)t.Given[^1].Kind - 1]));
            Assert.Equal(rule.Tests.Length, rule.Tests.Select(t => t.Name.Text).Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public void Every_rule_serves_a_duty_in_force_of_the_pack_of_China()
    {
        foreach (var rule in Book.Rules)
            Assert.True(ShippedPack.Cn.Find(rule.Duty, Now) is not null, $"{rule.Id.Text}: {rule.Duty}");
    }

    [Fact]
    public void Every_text_stands_in_both_languages_with_the_same_placeholders()
    {
        Assert.NotNull(Book.Title.ZhCn);
        foreach (var rule in Book.Rules)
        {
            Assert.False(string.IsNullOrWhiteSpace(rule.Reason.ZhCn), rule.Id.Text);
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", rule.Reason.ZhCn);
            Assert.Equal(Placeholders(rule.Reason.En), Placeholders(rule.Reason.ZhCn!));
        }
    }

    [Fact]
    public void Every_number_says_where_it_comes_from() =>
        Assert.All(Book.Parameters, p => Assert.False(string.IsNullOrWhiteSpace(p.Basis?.Text), p.Id.Text));

    [Fact]
    public void What_conditions_name_is_declared_and_what_is_declared_is_named()
    {
        var texts = Book.Rules.Select(r => r.When.Text).ToArray();
        Assert.Equal(Book.Parameters.Select(p => p.Id.Text), Names(texts, ParameterName()));
        string[] live = ["fraud_numbers", "never_block_numbers", "fraud_accounts", "stopped_accounts", "fraud_domains", "fraud_devices", "restricted_persons", "living_accounts"];
        Assert.Equal(Book.Lists.Select(l => l.Id.Text).Concat(live).Order(StringComparer.Ordinal), Names(texts, ListName()));
        string[] registers = ["line", "account", "talking_to", "lines_of", "lines_at", "accounts_at", "accounts_of", "has", "duration", "country", "digits", "starts_with", "share_of", "getHours"];
        var called = Names(texts, Call()).Except(registers, StringComparer.Ordinal);
        Assert.Equal(Book.Windows.Select(w => w.Id.Text), called);
    }

    [Fact]
    public void Only_a_source_that_the_law_itself_gives_blocks()
    {
        foreach (var rule in Book.Rules.Where(r => r.Action.Text == "block")) Assert.Equal("P", rule.Basis.Trust);
    }

    [Theory]
    [InlineData("call.spoofed-origin", "block", "cn.atf.13.true-caller-id")]
    [InlineData("call.iot-voice", "block", "cn.atf.12.iot-scope")]
    [InlineData("call.fraud-number", "block", "cn.atf.13.true-caller-id")]
    [InlineData("call.unverified-line", "warn", "cn.atf.9.real-name-line")]
    [InlineData("line.over-limit", "hold", "cn.atf.10.line-limit")]
    [InlineData("line.unverified", "hold", "cn.atf.9.real-name-line")]
    [InlineData("account.unverified", "hold", "cn.atf.15.customer-due-diligence")]
    [InlineData("transfer.stopped-account", "block", "cn.atf.20.stop-payment")]
    [InlineData("transfer.fraud-account", "hold", "cn.atf.18.suspicious-transactions")]
    [InlineData("transfer.unverified-payee", "warn", "cn.atf.18.suspicious-transactions")]
    public void The_first_ten_rules_keep_their_ids_codes_actions_and_duties(string id, string action, string duty)
    {
        var rule = Assert.Single(Book.Rules, r => r.Id.Text == id);
        Assert.Equal((id, action, duty), (rule.ReasonCode, rule.Action.Text, rule.Duty));
    }

    private static IEnumerable<string> Names(string[] texts, Regex name) =>
        texts.SelectMany(t => name.Matches(t)).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static ImmutableArray<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\bparams\.(\w+)")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"\blists\.(\w+)")]
    private static partial Regex ListName();

    [GeneratedRegex(@"\b([a-z]\w*)\(")]
    private static partial Regex Call();
}
