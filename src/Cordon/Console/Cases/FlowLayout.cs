namespace Cordon.WebConsole.Cases;

/// <summary>A node with its place, in pixels at scale 1.</summary>
internal sealed record PlacedNode(FlowNode Node, double X, double Y, double Height)
{
    public double Middle => Y + (Height / 2);
}

/// <summary>An edge with its two ends and its width, which is proportional to its money.</summary>
internal sealed record PlacedEdge(FlowEdge Edge, double X1, double Y1, double X2, double Y2, double Width, bool Labelled);

/// <summary>
/// Places a trace: columns left to right, in each the nodes near those they are paid by, without overlap.
/// The same trace gives the same picture.
/// </summary>
internal sealed record FlowLayout(IReadOnlyList<PlacedNode> Nodes, IReadOnlyList<PlacedEdge> Edges, double Width, double Height)
{
    public const double CardWidth = 190;
    public const double CardHeight = 60;
    private const double Pitch = CardWidth + 96;
    private const double Gap = 12;
    private const double Margin = 16;
    private const double FullColumn = 200;
    private const double LeastWidth = 1.5;
    private const double LabelHeight = 14;
    private const int Sweeps = 6;

    public static FlowLayout Of(FlowGraph graph)
    {
        if (graph.Nodes.Count == 0) return new FlowLayout([], [], 0, 0);
        var widths = Widths(graph);
        var columns = Ordered(graph);
        var placed = Placed(graph, columns, widths);
        var edges = Ends(graph, placed, widths);
        return new FlowLayout([.. placed.Values], edges,
            placed.Values.Max(n => n.X) + CardWidth + Margin, placed.Values.Max(n => n.Y + n.Height) + Margin);
    }

    private static Dictionary<string, double> Widths(FlowGraph graph)
    {
        var columnOf = graph.Nodes.ToDictionary(n => n.Key, n => n.Column);
        var fullest = graph.Edges.GroupBy(e => columnOf[e.From]).Select(c => c.Sum(e => e.Stolen)).DefaultIfEmpty(1).Max();
        return graph.Edges.ToDictionary(e => e.Key, e => e.Back ? LeastWidth : Math.Max(LeastWidth, FullColumn * e.Stolen / fullest));
    }

    /// <summary>Orders each column by the mean place of its neighbours, sweeping there and back (Sugiyama's barycentre).</summary>
    private static List<List<FlowNode>> Ordered(FlowGraph graph)
    {
        var columns = graph.Nodes.GroupBy(n => n.Column).OrderBy(c => c.Key)
            .Select(c => c.OrderBy(n => n.Kind).ThenByDescending(n => n.Arrived).ThenBy(n => n.Key, StringComparer.Ordinal).ToList()).ToList();
        var neighbours = graph.Edges.SelectMany(e => new[] { (Node: e.From, Other: e.To), (Node: e.To, Other: e.From) })
            .ToLookup(p => p.Node, p => p.Other);
        var rank = new Dictionary<string, double>();
        void Rank(List<FlowNode> column)
        {
            for (var i = 0; i < column.Count; i++) rank[column[i].Key] = (i + 0.5) / column.Count;
        }

        columns.ForEach(Rank);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var i in sweep % 2 == 0 ? Enumerable.Range(0, columns.Count) : Enumerable.Range(0, columns.Count).Reverse())
            {
                columns[i] = [.. columns[i].OrderBy(n => neighbours[n.Key].Select(k => rank[k]).DefaultIfEmpty(rank[n.Key]).Average())];
                Rank(columns[i]);
            }
        }
        return columns;
    }

    private static Dictionary<string, PlacedNode> Placed(FlowGraph graph, List<List<FlowNode>> columns, Dictionary<string, double> widths)
    {
        var incoming = graph.Edges.Where(e => !e.Back).ToLookup(e => e.To);
        var outgoing = graph.Edges.Where(e => !e.Back).ToLookup(e => e.From);
        double HeightOf(FlowNode n) => Math.Max(CardHeight,
            Math.Max(incoming[n.Key].Sum(e => widths[e.Key]), outgoing[n.Key].Sum(e => widths[e.Key])) + 12);

        var placed = new Dictionary<string, PlacedNode>();
        for (var i = 0; i < columns.Count; i++)
        {
            var heights = columns[i].Select(HeightOf).ToList();
            var wanted = columns[i].Select((n, at) => Wanted(incoming[n.Key].ToList(), placed) - (heights[at] / 2)).ToList();
            var tops = Stacked(wanted, heights);
            for (var at = 0; at < columns[i].Count; at++)
                placed[columns[i][at].Key] = new PlacedNode(columns[i][at], Margin + (columns[i][at].Column * Pitch), tops[at], heights[at]);
        }
        var (top, left) = (placed.Values.Min(n => n.Y), placed.Values.Min(n => n.X));
        return placed.ToDictionary(p => p.Key, p => p.Value with { Y = p.Value.Y - top + Margin, X = p.Value.X - left + Margin });
    }

    private static double Wanted(List<FlowEdge> incoming, Dictionary<string, PlacedNode> placed)
    {
        var known = incoming.Where(e => placed.ContainsKey(e.From)).ToList();
        double money = known.Sum(e => e.Stolen);
        return money == 0 ? 0 : known.Sum(e => placed[e.From].Middle * e.Stolen / money);
    }

    /// <summary>Tops as near to the wanted ones as an order without overlap allows: groups that would overlap share their mean.</summary>
    private static double[] Stacked(List<double> wanted, List<double> heights)
    {
        var blocks = new List<(double Top, double Height, int Count)>();
        for (var i = 0; i < wanted.Count; i++)
        {
            blocks.Add((wanted[i], heights[i] + Gap, 1));
            while (blocks.Count > 1 && blocks[^2].Top + blocks[^2].Height > blocks[^1].Top)
            {
                var (a, b) = (blocks[^2], blocks[^1]);
                blocks.RemoveRange(blocks.Count - 2, 2);
                // Each member's wish is seen from the block's own top; the block takes the mean wish.
                blocks.Add((((a.Top * a.Count) + ((b.Top - a.Height) * b.Count)) / (a.Count + b.Count), a.Height + b.Height, a.Count + b.Count));
            }
        }
        var tops = new double[wanted.Count];
        var next = 0;
        foreach (var block in blocks)
        {
            var top = block.Top;
            for (var i = 0; i < block.Count; i++, next++)
            {
                tops[next] = top;
                top += heights[next] + Gap;
            }
        }
        return tops;
    }

    private static List<PlacedEdge> Ends(FlowGraph graph, Dictionary<string, PlacedNode> placed, Dictionary<string, double> widths)
    {
        var starts = new Dictionary<string, double>();
        var stops = new Dictionary<string, double>();
        foreach (var node in placed.Values)
        {
            Ports(node, graph.Edges.Where(e => e.From == node.Node.Key).OrderBy(e => placed[e.To].Middle), widths, starts);
            Ports(node, graph.Edges.Where(e => e.To == node.Node.Key).OrderBy(e => placed[e.From].Middle), widths, stops);
        }
        var labels = new Dictionary<int, List<double>>();
        var edges = new List<PlacedEdge>();
        foreach (var edge in graph.Edges.OrderByDescending(e => e.Stolen).ThenBy(e => e.Key, StringComparer.Ordinal))
        {
            var (from, to) = (placed[edge.From], placed[edge.To]);
            var y = stops[edge.Key];
            if (!labels.TryGetValue(to.Node.Column, out var taken)) labels[to.Node.Column] = taken = [];
            // The larger edges choose first; a label that would lie on another is left to the details.
            var labelled = !edge.Back && taken.TrueForAll(t => Math.Abs(t - y) >= LabelHeight);
            if (labelled) taken.Add(y);
            edges.Add(new PlacedEdge(edge, from.X + CardWidth, starts[edge.Key], edge.Back ? to.X + CardWidth : to.X, y, widths[edge.Key], labelled));
        }
        return edges;
    }

    private static void Ports(PlacedNode node, IEnumerable<FlowEdge> edges, Dictionary<string, double> widths, Dictionary<string, double> ports)
    {
        var list = edges.ToList();
        var at = node.Middle - (list.Sum(e => widths[e.Key]) / 2);
        foreach (var edge in list)
        {
            ports[edge.Key] = at + (widths[edge.Key] / 2);
            at += widths[edge.Key];
        }
    }
}
