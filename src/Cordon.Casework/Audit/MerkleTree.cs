using System.Numerics;
using System.Security.Cryptography;

namespace Cordon.Casework.Audit;

/// <summary>
/// The tree of RFC 6962 section 2.1 (the same in RFC 9162 section 2.1): hashes of leaves and nodes, and which
/// subtrees a proof consists of. It names subtrees by their leaves and never holds the tree, so the log may be
/// far larger than memory.
/// </summary>
internal static class MerkleTree
{
    /// <summary>The root of no leaves: SHA-256 of nothing.</summary>
    public static TreeHash EmptyRoot { get; } = new(SHA256.HashData([]));

    /// <summary>SHA-256(0x00 ‖ leaf). The prefix keeps a leaf from being passed off as a node.</summary>
    public static TreeHash LeafHash(ReadOnlySpan<byte> leaf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(leaf);
        Span<byte> bytes = stackalloc byte[TreeHash.Length];
        hash.GetHashAndReset(bytes);
        return new TreeHash(bytes);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static TreeHash NodeHash(TreeHash left, TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * TreeHash.Length)];
        input[0] = 0x01;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + TreeHash.Length)..]);
        Span<byte> bytes = stackalloc byte[TreeHash.Length];
        SHA256.HashData(input, bytes);
        return new TreeHash(bytes);
    }

    /// <summary>
    /// The subtrees whose roots prove that <paramref name="leaf"/> (0-based) is in the tree of
    /// <paramref name="size"/> leaves, in proof order (from the leaf upwards). Wants 0 ≤ leaf &lt; size.
    /// </summary>
    public static IReadOnlyList<Subtree> InclusionProof(long leaf, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, size);
        var path = new List<Subtree>();
        var tree = new Subtree(0, size);
        while (tree.Count > 1)
        {
            var middle = tree.Middle;
            path.Add(leaf < middle ? tree.After(middle) : tree.Before(middle));
            tree = leaf < middle ? tree.Before(middle) : tree.After(middle);
        }
        path.Reverse();
        return path;
    }

    /// <summary>
    /// The subtrees whose roots prove that the tree of <paramref name="from"/> leaves is the beginning of the
    /// tree of <paramref name="to"/>, in proof order. Wants 0 &lt; from ≤ to; equal sizes need no proof.
    /// </summary>
    public static IReadOnlyList<Subtree> ConsistencyProof(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var path = new List<Subtree>();
        var tree = new Subtree(0, to);
        while (tree.End != from)
        {
            var middle = tree.Middle;
            path.Add(from <= middle ? tree.After(middle) : tree.Before(middle));
            tree = from <= middle ? tree.Before(middle) : tree.After(middle);
        }
        // Where the old tree is a whole subtree of the new, the verifier holds its root already.
        if (tree.Start != 0) path.Add(tree);
        path.Reverse();
        return path;
    }

    /// <summary>Verifies an inclusion proof (RFC 9162 section 2.1.3.2). False for every argument that proves nothing.</summary>
    public static bool VerifyInclusion(long leaf, long size, TreeHash leafHash, IReadOnlyList<TreeHash> proof, TreeHash root)
    {
        if (leaf < 0 || leaf >= size) return false;
        var (at, last) = ((ulong)leaf, (ulong)size - 1);
        var hash = leafHash;
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if ((at & 1) == 1 || at == last)
            {
                hash = NodeHash(sibling, hash);
                Climb(ref at, ref last);
            }
            else hash = NodeHash(hash, sibling);
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && hash == root;
    }

    /// <summary>
    /// Verifies a consistency proof (RFC 9162 section 2.1.4.2). False for every argument that proves nothing: an
    /// empty first tree is the beginning of any tree, so a "proof" from it is refused.
    /// </summary>
    public static bool VerifyConsistency(long from, long to, TreeHash fromRoot, TreeHash toRoot, IReadOnlyList<TreeHash> proof)
    {
        if (from <= 0 || to < from) return false;
        if (from == to) return proof.Count == 0 && fromRoot == toRoot;
        var whole = BitOperations.IsPow2(from);
        if (!whole && proof.Count == 0) return false;
        var (at, last) = ((ulong)from - 1, (ulong)to - 1);
        var skip = BitOperations.TrailingZeroCount(~at);
        at >>= skip;
        last >>= skip;
        var older = whole ? fromRoot : proof[0];
        var newer = older;
        for (var i = whole ? 0 : 1; i < proof.Count; i++)
        {
            if (last == 0) return false;
            if ((at & 1) == 1 || at == last)
            {
                older = NodeHash(proof[i], older);
                newer = NodeHash(proof[i], newer);
                Climb(ref at, ref last);
            }
            else newer = NodeHash(newer, proof[i]);
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && older == fromRoot && newer == toRoot;
    }

    /// <summary>At the right edge a node without a right sibling is carried up unchanged: pass over those levels.</summary>
    private static void Climb(ref ulong at, ref ulong last)
    {
        while (at != 0 && (at & 1) == 0)
        {
            at >>= 1;
            last >>= 1;
        }
    }
}

/// <summary>The leaves from <paramref name="Start"/> up to, not with, <paramref name="End"/>.</summary>
internal readonly record struct Subtree(long Start, long End)
{
    public long Count => End - Start;

    /// <summary>Where RFC 6962 splits: after the largest power of two smaller than the count. Wants two leaves.</summary>
    public long Middle => Start + (1L << BitOperations.Log2((ulong)Count - 1));

    public Subtree Before(long middle) => new(Start, middle);

    public Subtree After(long middle) => new(middle, End);
}
