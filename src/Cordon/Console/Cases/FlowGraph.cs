using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.WebConsole.Cases;

/// <summary>What a node of the drawn trace stands for.</summary>
internal enum FlowNodeKind
{
    /// <summary>An account that money was stolen from.</summary>
    Victim,

    /// <summary>An account that stolen money reached.</summary>
    Account,

    /// <summary>Where money left the accounts in sight.</summary>
    Exit,

    /// <summary>The small accounts of one layer together.</summary>
    More,
}

/// <summary>A node of the drawn trace. Amounts are minor units.</summary>
internal sealed record FlowNode(
    string Key, FlowNodeKind Kind, int Column, AccountNumber? Account, TraceAccount? Facts, TraceOutcome? Outcome, long Arrived, long Remains, int Accounts);

/// <summary>All stolen money from one node to another.</summary>
internal sealed record FlowEdge(string From, string To, long Stolen, IReadOnlyList<TraceFlow> Flows, bool Back)
{
    public string Key => From + ">" + To;
}

/// <summary>
/// A trace as columns of nodes: victims, then one column a layer, each exit one column after its source. Parallel
/// transfers are one edge; the accounts of a layer beyond a number, smallest first, are one node until it is opened.
/// </summary>
internal sealed record FlowGraph(IReadOnlyList<FlowNode> Nodes, IReadOnlyList<FlowEdge> Edges)
{
    public const int MostInColumn = 10;

    public static FlowGraph From(TraceAnswer answer, IReadOnlySet<int> opened)
    {
        var reached = answer.Accounts.ToDictionary(a => a.Account);
        var exits = answer.Exits.ToDictionary(x => (x.Flow.Member, x.Flow.Transfer), x => x.Outcome);
        var folded = Folded(answer, opened);
        var nodes = new Dictionary<string, FlowNode>();
        var bundles = new Dictionary<(string From, string To), List<TraceFlow>>();

        FlowNode Source(TraceFlow flow)
        {
            if (flow.From is { } from && reached.TryGetValue(from, out var facts) && facts.Outcome != TraceOutcome.Returned) return AccountNode(facts);
            var key = "victim:" + (flow.From?.ToString() ?? "cash");
            return nodes.TryGetValue(key, out var node) ? node : nodes[key] = new FlowNode(key, FlowNodeKind.Victim, 0, flow.From, null, null, 0, 0, 1);
        }

        FlowNode AccountNode(TraceAccount facts)
        {
            if (folded.TryGetValue(facts.Account, out var more)) return nodes[more.Key] = more;
            var key = "account:" + facts.Account;
            return nodes.TryGetValue(key, out var node)
                ? node
                : nodes[key] = new FlowNode(key, FlowNodeKind.Account, facts.Layer, facts.Account, facts, facts.Outcome, facts.Arrived, facts.Remains, 1);
        }

        FlowNode Target(TraceFlow flow, FlowNode source)
        {
            if (exits.TryGetValue((flow.Member, flow.Transfer), out var outcome)) return ExitNode(outcome, source.Column + 1, flow.Stolen);
            if (flow.To is not { } to || !reached.TryGetValue(to, out var facts)) return ExitNode(TraceOutcome.LostFromSight, source.Column + 1, flow.Stolen);
            return facts.Outcome == TraceOutcome.Returned && nodes.TryGetValue("victim:" + to, out var victim) ? victim : AccountNode(facts);
        }

        FlowNode ExitNode(TraceOutcome outcome, int column, long stolen)
        {
            var key = $"exit:{column}:{outcome}";
            var before = nodes.GetValueOrDefault(key);
            return nodes[key] = new FlowNode(key, FlowNodeKind.Exit, column, null, null, outcome, stolen + (before?.Arrived ?? 0), 0, 1 + (before?.Accounts ?? 0));
        }

        foreach (var flow in answer.Flows)
        {
            var source = Source(flow);
            var target = Target(flow, source);
            if (source.Key == target.Key) continue;
            if (!bundles.TryGetValue((source.Key, target.Key), out var flows)) bundles[(source.Key, target.Key)] = flows = [];
            flows.Add(flow);
        }
        var edges = bundles.Select(b => new FlowEdge(b.Key.From, b.Key.To, b.Value.Sum(f => f.Stolen), b.Value,
            nodes[b.Key.To].Column <= nodes[b.Key.From].Column)).ToList();
        return new FlowGraph([.. nodes.Values.Select(n => Weighed(n, edges))], edges);
    }

    /// <summary>Which accounts stand together, by layer: all but the largest, once a layer has too many.</summary>
    private static Dictionary<AccountNumber, FlowNode> Folded(TraceAnswer answer, IReadOnlySet<int> opened)
    {
        var folded = new Dictionary<AccountNumber, FlowNode>();
        foreach (var layer in answer.Accounts.Where(a => a.Outcome != TraceOutcome.Returned).GroupBy(a => a.Layer))
        {
            if (opened.Contains(layer.Key) || layer.Count() <= MostInColumn) continue;
            var small = layer.OrderByDescending(a => a.Arrived).ThenBy(a => a.Account.ToString(), StringComparer.Ordinal).Skip(MostInColumn - 1).ToList();
            var node = new FlowNode($"more:{layer.Key}", FlowNodeKind.More, layer.Key, null, null, null, small.Sum(a => a.Arrived), small.Sum(a => a.Remains), small.Count);
            foreach (var account in small) folded[account.Account] = node;
        }
        return folded;
    }

    private static FlowNode Weighed(FlowNode node, List<FlowEdge> edges) =>
        node.Kind == FlowNodeKind.Victim ? node with { Arrived = edges.Where(e => e.From == node.Key).Sum(e => e.Stolen) } : node;
}
