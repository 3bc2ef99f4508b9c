using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

/// <summary>What came of reading an expression: a checked tree, or every fault found.</summary>
/// <param name="Checked">Null where there are faults.</param>
/// <param name="Faults">Empty where there is a tree.</param>
internal sealed record CelReading(CelChecked? Checked, ImmutableArray<CelFault> Faults);

/// <summary>An expression whose names and types are settled.</summary>
/// <param name="Source">The text it was read from.</param>
/// <param name="Root">The tree.</param>
internal sealed record CelChecked(string Source, CelNode Root)
{
    public CelType Type => Root.Type;

    /// <summary>All nodes, parents before children.</summary>
    public IEnumerable<CelNode> Nodes => Walk(Root);

    /// <summary>
    /// The tree with some nodes replaced. <paramref name="replace"/> is asked from the root down; a node it answers takes the place
    /// of the one asked about, children and all, and must be of its type. Null leaves a node and asks about its children.
    /// </summary>
    public CelChecked Rewrite(Func<CelNode, CelNode?> replace) => this with { Root = Rewrite(Root, replace) };

    /// <summary>A host variable to put in a node's place, keeping its id, position and type.</summary>
    public static CelVariable Slot(CelNode node, string name) => new(node.Id, node.At, name) { Type = node.Type };

    private static CelNode Rewrite(CelNode node, Func<CelNode, CelNode?> replace)
    {
        if (replace(node) is { } other) return other;
        var children = node.Children;
        var changed = children.Select(c => Rewrite(c, replace)).ToImmutableArray();
        return children.Zip(changed).All(pair => ReferenceEquals(pair.First, pair.Second)) ? node : node.With(changed);
    }

    private static IEnumerable<CelNode> Walk(CelNode node)
    {
        var open = new Stack<CelNode>([node]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in next.Children.Reverse()) open.Push(child);
        }
    }
}
