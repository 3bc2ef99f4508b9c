using Cordon.Casework.Reports;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Tests.Money;
using CsCheck;

namespace Cordon.Tests.Reports;

public sealed class LossSuggestionsTests
{
    private static readonly TransferFacts Right = Transfer("t1", "2026-03-08 10:04", "bank-b:6222020200112233", 48_000_00);

    [Fact]
    public void You_wrote_48000_at_ten_this_transfer()
    {
        var facts = Told.Read("昨天上午10点转了48000元到尾号2233");
        var first = Assert.Single(LossSuggestions.Rank(facts, [Transfer("t0", "2026-03-08 10:04", "bank-b:1", 500_00), Right]));
        Assert.Equal(Right, first.Transfer);
        Assert.Equal([SuggestionReason.Amount, SuggestionReason.Time, SuggestionReason.PayeeTail], first.Reasons);
        Assert.Equal((facts.Amounts[0], facts.Times[0]), (first.Amount, first.Time));
    }

    [Theory]
    [InlineData("昨天转了48000元", "Amount,Time")]
    [InlineData("前天晚上11点转了48000元", "Amount,TimeNearly")]
    [InlineData("上周五转了48000元", "Amount")]
    [InlineData("转到6222020200112233", "Payee")]
    [InlineData("昨天大约转了5万元", "Time,AmountNearly")]
    [InlineData("从6217000011112222转了48000元", "Amount,Payer")]
    public void What_speaks_for_a_transfer_is_told(string text, string reasons) =>
        Assert.Equal(reasons, string.Join(',', Assert.Single(LossSuggestions.Rank(Told.Read(text), [Right])).Reasons));

    [Theory]
    [InlineData("昨天上午10点")]
    [InlineData("昨天上午10点转了5000元")]
    [InlineData("转了US$48000")]
    [InlineData("你好")]
    public void A_time_alone_or_another_sum_speaks_for_none(string text) => Assert.Empty(LossSuggestions.Rank(Told.Read(text), [Right]));

    [Fact]
    public void A_transfer_that_was_reversed_is_not_proposed() =>
        Assert.Empty(LossSuggestions.Rank(Told.Read("转了48000元"), [Right with { IsReversed = true }]));

    [Fact]
    public void A_wallet_is_known_by_the_telephone_number_that_it_carries()
    {
        var wallet = Transfer("w", "2026-03-08 10:04", "pay-a:13800138000", 48_000_00);
        Assert.Contains(SuggestionReason.PayeePhone, Assert.Single(LossSuggestions.Rank(Told.Read("转给13800138000，48000元"), [wallet])).Reasons);
    }

    [Fact]
    public void The_transfer_that_matches_amount_time_and_account_comes_first() => Gen.Select(
        Gen.Int[1, 5_000_000], Gen.Int[0, 14 * 24 * 60], Gen.Long[10_000_000_000_000, 99_999_999_999_999],
        Gen.Select(Gen.Int[0, 3], Gen.Int[-2_000, 2_000], Gen.Int[0, 2], Gen.Int[1, 1_000]).Array[0, 30]).Sample((yuan, minutesAgo, number, others) =>
        {
            // Sixteen digits: no identity number is so long, and a mask finds none by accident.
            var digits = $"62{number}";
            var at = new Instant(Told.Now.Micros - (minutesAgo * 60_000_000L));
            var facts = Told.Read($"我在{Told.Clock(at)}转了{yuan}元到账号{digits}");
            var right = new TransferFacts(MemberCode.Parse("bank-a"), new SignalId("right"), at, AccountNumber.Parse("bank-a:1"), AccountNumber.Parse("bank-b:" + digits), new Amount(yuan * 100L, Currency.Cny), TransferMeans.Account);
            var wrong = others.Select((o, i) => right with
            {
                Id = new SignalId($"a{i}"),
                Amount = o.Item1 is 0 or 3 ? new Amount((yuan * 100L) + o.Item4, Currency.Cny) : right.Amount,
                At = o.Item1 == 1 ? at + TimeSpan.FromMinutes(o.Item2 is > -12 and < 12 ? 12 : o.Item2) : at,
                Payee = o.Item1 is 2 or 3 ? AccountNumber.Parse("bank-c:77" + o.Item3) : right.Payee,
            });
            return LossSuggestions.Rank(facts, wrong.Append(right))[0].Transfer == right;
        }, iter: 2_000);

    [Fact]
    public void Candidates_are_the_transfers_of_the_accounts_within_the_window_each_once()
    {
        var graph = new Ladder().Pay("1", "v:1", "m:1", 100, 1).Pay("2", "v:1", "m:1", 100, 2).Pay("3", "m:1", "m:2", 100, 2.5).Pay("4", "v:1", "m:1", 100, 3).Graph;
        var found = LossSuggestions.Candidates(graph, [AccountNumber.Parse("v:1"), AccountNumber.Parse("m:1"), AccountNumber.Parse("x:1")], Currency.Cny, Ladder.Day(1.5), Ladder.Day(3));
        Assert.Equal(["2", "3"], found.Select(t => t.Id.Text).Order());
    }

    private static TransferFacts Transfer(string id, string at, string payee, long minor) => new(
        MemberCode.Parse("bank-a"), new SignalId(id), Told.At(at), AccountNumber.Parse("bank-a:6217000011112222"), AccountNumber.Parse(payee), new Amount(minor, Currency.Cny), TransferMeans.Account);
}
