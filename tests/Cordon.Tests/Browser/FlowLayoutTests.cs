using System.Collections.Immutable;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.WebConsole.Cases;
using CsCheck;

namespace Cordon.Tests.Browser;

/// <summary>The drawing of a trace, without a browser: nothing overlaps and no money is lost in it.</summary>
public sealed class FlowLayoutTests
{
    private static readonly MemberCode Bank = MemberCode.Parse("bank-a");
    private static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Traces of 1 to 120 accounts: each account is paid by one of an earlier layer, some send back or sideways, some cash out.</summary>
    private static readonly Gen<TraceAnswer> Answers =
        from size in Gen.Int[1, 120]
        from picks in Gen.Select(Gen.Int[0, 10_000], Gen.Long[1, 9_000_000], Gen.Int[0, 5]).Array[size * 2]
        select Answer(size, picks);

    [Fact]
    public void No_two_cards_overlap() => Answers.Sample(answer =>
    {
        var layout = FlowLayout.Of(FlowGraph.From(answer, new HashSet<int>()));
        foreach (var column in layout.Nodes.GroupBy(n => n.Node.Column))
        {
            var stacked = column.OrderBy(n => n.Y).ToList();
            for (var i = 1; i < stacked.Count; i++)
                Assert.True(stacked[i].Y >= stacked[i - 1].Y + stacked[i - 1].Height, $"{stacked[i].Node.Key} lies on {stacked[i - 1].Node.Key}");
        }
        Assert.All(layout.Nodes, n => Assert.True(n.X >= 0 && n.Y >= 0 && n.X + FlowLayout.CardWidth <= layout.Width && n.Y + n.Height <= layout.Height));
    }, iter: 300);

    [Fact]
    public void Every_edge_ends_inside_its_cards() => Answers.Sample(answer =>
    {
        var layout = FlowLayout.Of(FlowGraph.From(answer, new HashSet<int>()));
        var cards = layout.Nodes.ToDictionary(n => n.Node.Key);
        foreach (var edge in layout.Edges)
        {
            Assert.InRange(edge.Y1, cards[edge.Edge.From].Y, cards[edge.Edge.From].Y + cards[edge.Edge.From].Height);
            Assert.InRange(edge.Y2, cards[edge.Edge.To].Y, cards[edge.Edge.To].Y + cards[edge.Edge.To].Height);
        }
    }, iter: 300);

    [Fact]
    public void No_money_is_lost_in_the_drawing_folded_or_open() => Answers.Sample(answer =>
    {
        foreach (var opened in new[] { new HashSet<int>(), [.. Enumerable.Range(0, 200)] })
        {
            var graph = FlowGraph.From(answer, opened);
            var inside = graph.Edges.SelectMany(e => e.Flows).ToHashSet();
            // Money between two accounts that stand together as one is not drawn; all other money is, once.
            Assert.True(opened.Count == 0 || inside.Count == answer.Flows.Length);
            Assert.Equal(inside.Sum(f => f.Stolen), graph.Edges.Sum(e => e.Stolen));
            Assert.Equal(answer.Accounts.Sum(a => a.Remains), graph.Nodes.Sum(n => n.Remains));
            Assert.Equal(answer.Accounts.Length, graph.Nodes.Where(n => n.Kind is FlowNodeKind.Account or FlowNodeKind.More).Sum(n => n.Accounts));
        }
    }, iter: 300);

    [Fact]
    public void A_crowded_layer_is_folded_to_its_largest_accounts_and_opens_on_demand()
    {
        var answer = Answer(41, [.. Enumerable.Range(0, 82).Select(i => (0, 1_000L + i, 0))]);
        var crowded = answer.Accounts.GroupBy(a => a.Layer).MaxBy(g => g.Count())!;
        var folded = FlowGraph.From(answer, new HashSet<int>()).Nodes.Where(n => n.Column == crowded.Key).ToList();
        Assert.Equal(FlowGraph.MostInColumn, folded.Count(n => n.Kind is FlowNodeKind.Account or FlowNodeKind.More));
        var more = folded.Single(n => n.Kind == FlowNodeKind.More);
        Assert.Equal(crowded.Count() - FlowGraph.MostInColumn + 1, more.Accounts);
        Assert.True(folded.Where(n => n.Kind == FlowNodeKind.Account).Min(n => n.Arrived) >= crowded.Min(a => a.Arrived));
        var open = FlowGraph.From(answer, new HashSet<int> { crowded.Key }).Nodes.Count(n => n.Column == crowded.Key && n.Kind == FlowNodeKind.Account);
        Assert.Equal(crowded.Count(), open);
    }

    [Fact]
    public void The_same_trace_is_drawn_the_same_twice()
    {
        var answer = Answer(60, [.. Enumerable.Range(0, 120).Select(i => (i * 7, 5_000L + (i * 13), i % 6))]);
        var (first, second) = (FlowLayout.Of(FlowGraph.From(answer, new HashSet<int>())), FlowLayout.Of(FlowGraph.From(answer, new HashSet<int>())));
        Assert.Equal(first.Nodes.Select(n => (n.Node.Key, n.X, n.Y)), second.Nodes.Select(n => (n.Node.Key, n.X, n.Y)));
    }

    private static AccountNumber Account(int i) => new(Bank, "62220000" + i.ToString("D4", System.Globalization.CultureInfo.InvariantCulture));

    private static TraceAnswer Answer(int size, (int Pick, long Stolen, int Kind)[] picks)
    {
        var layers = new int[size];
        var flows = ImmutableArray.CreateBuilder<TraceFlow>();
        var exits = ImmutableArray.CreateBuilder<TraceExit>();
        void Flow(AccountNumber? from, AccountNumber? to, long stolen, int layer) => flows.Add(new TraceFlow(
            Bank, new SignalId("t" + flows.Count), from, to, Noon + TimeSpan.FromMinutes(flows.Count), TransferMeans.Account, new Amount(stolen, Currency.Cny), stolen, layer));

        for (var i = 0; i < size; i++)
        {
            var payer = i == 0 || picks[i].Kind == 0 && i < 10 ? -1 : picks[i].Pick % i;
            layers[i] = payer < 0 ? 1 : layers[payer] + 1;
            Flow(payer < 0 ? new AccountNumber(Bank, "victim") : Account(payer), Account(i), picks[i].Stolen, layers[i]);
        }
        for (var i = 0; i < size; i++)
        {
            var (pick, stolen, kind) = picks[size + i];
            if (kind == 1 && pick % size != i) Flow(Account(i), Account(pick % size), stolen, layers[i] + 1);
            if (kind != 2) continue;
            Flow(Account(i), null, stolen, layers[i] + 1);
            exits.Add(new TraceExit(flows[^1], TraceOutcome.CashedOut));
        }
        var accounts = Enumerable.Range(0, size).Select(i => new TraceAccount(Account(i), AccountKind.Personal, layers[i], Noon, picks[i].Stolen, picks[i].Stolen / 3, TraceOutcome.Held));
        return new TraceAnswer(flows.ToImmutable(), [.. accounts], exits.ToImmutable(), ImmutableSortedDictionary<TraceOutcome, long>.Empty, false);
    }
}
