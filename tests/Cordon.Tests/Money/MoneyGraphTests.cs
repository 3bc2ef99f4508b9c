using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Money;

public sealed class MoneyGraphTests
{
    [Fact]
    public void A_transfer_told_again_changes_nothing_and_the_same_id_of_another_member_is_another()
    {
        var graph = new MoneyGraph();
        Assert.True(graph.Add(Ladder.Transfer("t", "a:1", "b:1", 100, 1)));
        Assert.False(graph.Add(Ladder.Transfer("t", "a:1", "b:1", 100, 1)));
        Assert.False(graph.Add(Ladder.Transfer("t", "a:1", "b:2", 999, 2)));
        Assert.True(graph.Add(Ladder.Transfer("t", "b:1", "a:1", 100, 1)));

        Assert.Equal((2, 2), (graph.TransferCount, graph.AccountCount));
    }

    [Fact]
    public void A_transfer_is_found_again_with_all_that_was_told()
    {
        var graph = new Ladder().Pay("t-1", "a:1", "", 12345, 2, TransferMeans.CashWithdrawal, "USD").Graph;

        Assert.True(graph.TryGetTransfer(MemberCode.Parse("a"), new SignalId("t-1"), out var found));
        Assert.Equal(
            new TransferFacts(
                MemberCode.Parse("a"), new SignalId("t-1"), Ladder.Day(2), AccountNumber.Parse("a:1"), null,
                new Amount(12345, Currency.Parse("USD")), TransferMeans.CashWithdrawal),
            found);
        Assert.False(graph.TryGetTransfer(MemberCode.Parse("a"), new SignalId("t-2"), out _));
        Assert.False(graph.TryGetTransfer(MemberCode.Parse("b"), new SignalId("t-1"), out _));
        Assert.False(graph.TryGetTransfer(MemberCode.Parse("a"), default, out _));
        Assert.False(graph.TryGetTransfer(MemberCode.Parse("a"), new SignalId(new string('x', 65)), out _));
    }

    [Fact]
    public void A_transfer_that_breaks_its_own_limits_is_a_bug_of_the_caller_and_leaves_no_trace()
    {
        var graph = new MoneyGraph();
        var good = Ladder.Transfer("t", "a:1", "b:1", 100, 1);

        Assert.Throws<ArgumentException>(() => graph.Add(good with { Amount = Amount.Zero(Currency.Cny) }));
        Assert.Throws<ArgumentException>(() => graph.Add(good with { Payer = null, Payee = null }));
        Assert.Throws<ArgumentException>(() => graph.Add(good with { Payee = default(AccountNumber) }));
        Assert.Throws<ArgumentException>(() => graph.Add(good with { Id = default }));
        Assert.Throws<ArgumentException>(() => graph.Open(Ladder.Opening("o", "a:1", -1, 0)));

        Assert.Equal((0, 0), (graph.TransferCount, graph.AccountCount));
        Assert.True(graph.Add(good));
    }

    [Fact]
    public void The_latest_standing_facts_hold_whatever_the_order_of_arrival()
    {
        AccountOpening[] told =
        [
            Ladder.Opening("b", "a:1", 10, 1), Ladder.Opening("c", "a:1", 30, 3, AccountKind.Merchant),
            Ladder.Opening("a", "a:1", 99, 3), Ladder.Opening("d", "a:1", 20, 2),
        ];
        foreach (var order in new[] { new[] { 0, 1, 2, 3 }, [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1] })
        {
            var graph = new MoneyGraph();
            foreach (var i in order) graph.Open(told[i]);
            Assert.True(graph.TryGetStanding(AccountNumber.Parse("a:1"), Currency.Cny, out var standing));
            Assert.Equal((30, AccountKind.Merchant), (standing.Opening!.Value.Minor, standing.Kind));
        }
    }

    [Fact]
    public void A_balance_is_known_only_where_the_opening_is_and_in_its_currency_only()
    {
        var graph = new Ladder().Open("a:1", 500).Pay("1", "a:1", "b:1", 120, 1).Pay("2", "b:1", "a:1", 20, 2)
            .Pay("3", "a:1", "a:1", 77, 3).Pay("4", "a:1", "b:1", 5, 3, currency: "USD").Graph;

        Assert.Equal(
            new AccountStanding(AccountKind.Personal, new Amount(500, Currency.Cny), new Amount(400, Currency.Cny), 3), Standing("a:1", Currency.Cny));
        Assert.Equal(new AccountStanding(AccountKind.Personal, null, null, 1), Standing("a:1", Currency.Parse("USD")));
        Assert.Equal(new AccountStanding(AccountKind.Unknown, null, null, 2), Standing("b:1", Currency.Cny));
        Assert.False(graph.TryGetStanding(AccountNumber.Parse("a:9"), Currency.Cny, out _));

        AccountStanding Standing(string account, Currency currency)
        {
            Assert.True(graph.TryGetStanding(AccountNumber.Parse(account), currency, out var standing));
            return standing;
        }
    }

    [Fact]
    public void Transfers_of_an_account_come_in_pages_and_in_its_order()
    {
        var ladder = new Ladder().Pay("20", "a:1", "b:1", 1, 2).Pay("9", "b:1", "a:1", 1, 2).Pay("3", "a:1", "", 1, 2)
            .Pay("1", "a:1", "b:1", 1, 3).Pay("self", "a:1", "a:1", 1, 4).Pay("0", "a:1", "b:1", 1, 1);

        Assert.Equal("0 9 3 20 1 self", Page(0, 10));
        Assert.Equal("3 20", Page(2, 2));
        Assert.Equal("", Page(6, 10));
        Assert.Equal(6, ladder.Graph.TransfersOf(AccountNumber.Parse("a:1"), Currency.Cny, 0, 0).Total);
        Assert.Empty(ladder.Graph.TransfersOf(AccountNumber.Parse("z:1"), Currency.Cny, 0, 10));

        string Page(int skip, int take) => string.Join(
            ' ', ladder.Graph.TransfersOf(AccountNumber.Parse("a:1"), Currency.Cny, skip, take).Select(t => t.Id));
    }

    [Fact]
    public void A_member_is_in_sight_from_its_first_signal_on()
    {
        var graph = new Ladder().Pay("t", "a:1", "b:1", 5, 1).Graph;
        Assert.True(graph.InSight(MemberCode.Parse("a")));
        Assert.False(graph.InSight(MemberCode.Parse("b")));
        graph.See(MemberCode.Parse("b"));
        Assert.True(graph.InSight(MemberCode.Parse("b")));
        Assert.False(graph.InSight(MemberCode.Parse("c")));
    }

    [Fact]
    public void Names_are_numbered_as_a_dictionary_would() =>
        Gen.Select(Gen.Int[0, 2], Gen.String[Gen.OneOf(Gen.Char['a', 'c'], Gen.Char['0', '2']), 1, 9]).Array[0, 400].Sample(
            names =>
            {
                var table = new NameTable();
                var numbers = new Dictionary<(int, string), int>();
                foreach (var (member, text) in names)
                {
                    Assert.Equal(numbers.GetValueOrDefault((member, text), -1), table.Find(member, text));
                    Assert.Equal(numbers.TryAdd((member, text), numbers.Count), Interned(member, text));
                }
                Assert.Equal(numbers.Count, table.Count);
                foreach (var ((member, text), number) in numbers)
                {
                    Assert.Equal(number, table.Find(member, text));
                    Assert.Equal(member, table.MemberOf(number));
                    Assert.Equal(text, table.TextOf(number));
                }

                bool Interned(int member, string text)
                {
                    Assert.Equal(numbers[(member, text)], table.Intern(member, text, out var added));
                    return added;
                }
            },
            iter: 200);

    [Fact]
    public void A_set_of_units_cuts_an_interval_as_a_set_of_numbers_would() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 12]).Array[1, 12].Sample(
            intervals =>
            {
                var (set, numbers) = (new UnitSet(), new HashSet<long>());
                var parts = new List<UnitSpan>();
                foreach (var (from, length) in intervals)
                {
                    set.Split(from, from + length, parts);
                    Assert.Equal(
                        Enumerable.Range(from, length).Select(u => numbers.Contains(u)),
                        parts.SelectMany(p => Enumerable.Repeat(p.InSet, (int)p.Length)));
                    foreach (var part in parts.Where(p => !p.InSet).ToList())
                    {
                        set.Add(part.From, part.To);
                        for (var u = part.From; u < part.To; u++) numbers.Add(u);
                    }
                }
            },
            iter: 2000);
}
