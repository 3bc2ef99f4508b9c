using Cordon.Casework.Rulebooks;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Rulebooks;

public sealed class RulebookReaderTests
{
    [Fact]
    public void A_rulebook_is_read_as_it_is_written()
    {
        var book = SampleRulebook.Read(SampleRulebook.Text);
        Assert.Equal(("sample", "Sample", "样本", "CNY"), (book.Name, book.Title.En, book.Title.ZhCn, book.Currency.Text));
        var parameter = Assert.Single(book.Parameters);
        Assert.Equal(("most", "int", "80", "60"), (parameter.Id.Text, parameter.Type.Text, parameter.Value.Text, parameter.Regions["cn-33"].Text));
        var list = Assert.Single(book.Lists);
        Assert.Equal(["+86400*", "+8696110"], list.Entries.Select(e => e.Text));
        Assert.Equal(At("2027-12-31T00:00:00Z"), list.Expires);
        var window = Assert.Single(book.Windows);
        Assert.Equal(("24h", "10m", null), (window.Over.Text, window.Lateness!.Text, window.Slice));
        var rule = Assert.Single(book.Rules);
        Assert.Equal(("hold", "2h", 5, "ours"), (rule.Action.Text, rule.Hold!.Text, rule.Priority, rule.Basis.Trust));
        Assert.Equal("{caller} 大量外呼", rule.Reason.ZhCn);
    }

    [Fact]
    public void A_text_knows_where_it_begins_in_its_file()
    {
        var book = SampleRulebook.Read(SampleRulebook.Text);
        var when = book.Rules[0].When;
        Assert.Equal((30, 7), (when.Line, when.Column));
        Assert.Equal("callees_24h(call.caller) >= params.most\n&& !(call.caller in lists.desks)", when.Text);
        var entry = book.Lists[0].Entries[1];
        Assert.Equal((16, 16), (entry.Line, entry.Column));
        var lines = SampleRulebook.Text.Split('\n');
        Assert.StartsWith("callees_24h", lines[when.Line - 1][(when.Column - 1)..], StringComparison.Ordinal);
        Assert.StartsWith("+8696110", lines[entry.Line - 1][(entry.Column - 1)..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_signal_counts_and_counts_its_time_on()
    {
        var given = SampleRulebook.Read(SampleRulebook.Text).Rules[0].Tests[0].Given;
        Assert.Equal(82, given.Length);
        var (first, second, last) = ((Call)given[0], (Call)given[1], (Call)given[^1]);
        Assert.Equal(("+8613800010000", "+8613800020000"), (first.Callee.ToString(), second.Callee.ToString()));
        Assert.Equal(At("2026-03-01T02:00:00Z"), last.At);
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromMinutes(1)), (last.At - first.At, second.At - first.At));
        Assert.Equal(82, given.Select(s => s.Id).Distinct().Count());
        Assert.All(given, s => Assert.Equal("telecom-a", s.Member.ToString()));
    }

    [Fact]
    public void Amounts_of_examples_are_in_the_currency_that_a_later_file_names()
    {
        const string Rules =
            """
            rules:
              - id: transfer.any
                of: transfer
                when: "true"
                action: warn
                reason: { code: transfer.any, en: any }
                duty: cn.atf.18.suspicious-transactions
                source: { text: chosen, trust: ours }
                author: Cordon
                tests:
                  - { name: any, given: [{ transfer: { payer: "bank-a:1", amount: 12 } }], expect: warn }

            """;
        var book = SampleRulebook.Read(Rules, "rulebook: sample\ntitle: { en: Sample }\ncurrency: JPY\n");
        Assert.Equal(new Amount(12, Currency.Parse("JPY")), Assert.IsType<Transfer>(Assert.Single(book.Rules[0].Tests[0].Given)).Amount);
    }

    [Fact]
    public void An_example_without_a_time_happens_on_a_working_morning()
    {
        var test = SampleRulebook.Read(SampleRulebook.Text).Rules[0].Tests[1];
        Assert.Equal(At("2026-03-02T10:00:00+08:00"), Assert.Single(test.Given).At);
        Assert.Equal("+8613900000002", Assert.Single(test.Lists["fraud_numbers"]).Text);
    }

    [Fact]
    public void Signals_of_every_kind_can_be_written_in_examples()
    {
        const string Given =
            """
            given:
                      - subscription: { at: -5d, line: "+8613800000001", lineKind: iot, identity: notVerified, person: zhao, agent: shop-1, device: "35000000000001" }
                      - account_opening: { at: -4d, account: "bank-a:1", accountKind: wallet, identity: verified, person: p1-000000000000000000000000000000ff, openingBalance: 12.5, line: "+8613800000001", branch: b-1 }
                      - message: { at: -3h, sender: "+8613900000001", recipient: "+8613800000001", link: a.example }
                      - web_visit: { at: -2h, line: "+8613800000001", domain: a.example, member: telecom-b }
                      - transfer: { at: -1h, payer: "bank-a:1", amount: 100, currency: USD, means: crossBorder, orderReference: R1, id: mine }
                      - call: { caller: "+8613900000001", callee: "+8613800000001", roamingProven: true, trunk: t-1 }
                    expect: none
            """;
        var text = SampleRulebook.Text[..SampleRulebook.Text.LastIndexOf("given:", StringComparison.Ordinal)] + Given;
        var given = SampleRulebook.Read(text).Rules[0].Tests[1].Given;
        Assert.Equal([SignalKind.Subscription, SignalKind.AccountOpening, SignalKind.Message, SignalKind.WebVisit, SignalKind.Transfer, SignalKind.Call], given.Select(s => s.Kind));
        var (line, opening, transfer) = ((Subscription)given[0], (AccountOpening)given[1], (Transfer)given[4]);
        Assert.Equal((LineKind.Iot, IdentityCheck.NotVerified, "shop-1"), (line.LineKind, line.Identity, line.Agent));
        Assert.NotNull(line.Person);
        Assert.Equal("p1-000000000000000000000000000000ff", opening.Person.ToString());
        Assert.Equal(("bank-a", new Amount(1250, Currency.Cny)), (opening.Member.ToString(), opening.OpeningBalance));
        Assert.Equal(("mine", "bank-a", new Amount(10_000, Currency.Parse("USD")), (AccountNumber?)null), (transfer.Id.Text, transfer.Member.ToString(), transfer.Amount, transfer.Payee));
        Assert.Equal("telecom-b", given[3].Member.ToString());
    }

    [Theory]
    [InlineData("1s", 1)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5_400)]
    [InlineData("90d", 7_776_000)]
    [InlineData("0s", 0)]
    [InlineData("90", 0)]
    [InlineData("h", 0)]
    [InlineData("-1h", 0)]
    [InlineData("1.5h", 0)]
    [InlineData("99999999999d", 0)]
    [InlineData("999999999d", 0)]
    [InlineData("", 0)]
    public void A_length_of_time_is_whole_numbers_with_units(string text, int seconds) =>
        Assert.Equal(seconds > 0, RulebookWords.TryReadDuration(text, out var span) && span == TimeSpan.FromSeconds(seconds));

    private static Instant At(string text) => Instant.TryParse(text, out var at) ? at : throw new FormatException(text);
}
