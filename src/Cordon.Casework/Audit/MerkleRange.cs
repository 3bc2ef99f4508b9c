namespace Cordon.Casework.Audit;

/// <summary>
/// The right edge of a growing tree: the roots of its whole subtrees, at most one a level. Enough to append and
/// to give the root, in memory that grows with the logarithm of the log.
/// </summary>
internal sealed class MerkleRange
{
    private readonly List<(int Level, TreeHash Hash)> edge = [];

    /// <summary>Leaves appended so far.</summary>
    public long Size { get; private set; }

    /// <summary>The root over all leaves so far.</summary>
    public TreeHash Root
    {
        get
        {
            if (edge.Count == 0) return MerkleTree.EmptyRoot;
            var root = edge[^1].Hash;
            for (var i = edge.Count - 2; i >= 0; i--) root = MerkleTree.NodeHash(edge[i].Hash, root);
            return root;
        }
    }

    public MerkleRange Copy()
    {
        var copy = new MerkleRange { Size = Size };
        copy.edge.AddRange(edge);
        return copy;
    }

    /// <summary>
    /// Appends the root of a whole subtree of 2^level leaves (a leaf is level 0), calling
    /// <paramref name="completed"/> for each higher subtree that this makes whole, lowest first.
    /// The size so far must be a multiple of 2^level, or the subtree would not lie where its level says.
    /// </summary>
    public void Append(TreeHash hash, int level = 0, Action<TreeNode>? completed = null)
    {
        var leaves = 1L << level;
        if ((Size & (leaves - 1)) != 0) throw new InvalidOperationException($"A subtree of level {level} cannot begin at leaf {Size}.");
        Size += leaves;
        while (edge.Count > 0 && edge[^1].Level == level)
        {
            hash = MerkleTree.NodeHash(edge[^1].Hash, hash);
            edge.RemoveAt(edge.Count - 1);
            level++;
            completed?.Invoke(new TreeNode(level, (Size >> level) - 1, hash));
        }
        edge.Add((level, hash));
    }
}

/// <summary>The root of the whole subtree of leaves [Index · 2^Level, (Index + 1) · 2^Level).</summary>
internal readonly record struct TreeNode(int Level, long Index, TreeHash Hash);
