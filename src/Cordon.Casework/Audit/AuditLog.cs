using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Audit;

/// <summary>The façade of the module: checkpoints to carry away, and proofs against them.</summary>
/// <param name="store">The database.</param>
/// <param name="key">The log's key, of which only the public half is shown.</param>
public sealed class AuditLog(CaseworkStore store, AuditKey key)
{
    /// <summary>The most checkpoints that one page holds.</summary>
    public const int MaxPage = 1_000;

    /// <summary>The key that checkpoints are verified with.</summary>
    public VerifierKey Key => key.Verifier;

    /// <summary>The newest checkpoint, a signed note; null while nothing has been sealed.</summary>
    public Task<string?> LatestAsync(CancellationToken cancel = default) =>
        store.ReadAsync(db => db.Set<AuditCheckpointRow>().OrderByDescending(c => c.Size).Select(c => c.Note).FirstOrDefaultAsync(cancel));

    /// <summary>Checkpoints of more than <paramref name="after"/> leaves, by size.</summary>
    /// <param name="after">The cursor: the size of the last one seen; 0 from the beginning.</param>
    /// <param name="limit">1 to <see cref="MaxPage"/>.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task<Outcome<IReadOnlyList<AuditCheckpoint>>> CheckpointsAsync(long after, int limit, CancellationToken cancel = default)
    {
        if (limit is < 1 or > MaxPage || after < 0) return AuditRefusal.BadPage;
        return await store.ReadAsync(db => db.Set<AuditCheckpointRow>().Where(c => c.Size > after).OrderBy(c => c.Size).Take(limit)
            .Select(c => new AuditCheckpoint(c.Size, c.At, c.Note)).ToListAsync(cancel));
    }

    /// <summary>Proves that a leaf is in the tree of <paramref name="size"/> leaves. Refuses where 0 ≤ leaf &lt; size ≤ the present size does not hold.</summary>
    public Task<Outcome<InclusionProof>> ProveInclusionAsync(long leaf, long size, CancellationToken cancel = default) =>
        store.ReadAsync<Outcome<InclusionProof>>(async db =>
        {
            if (leaf < 0 || leaf >= size) return AuditRefusal.BadLeaf;
            if (size > await SizeAsync(db, cancel)) return AuditRefusal.BeyondTree;
            var hash = (await AuditTree.ReadAsync(db, new Subtree(leaf, leaf + 1), cancel)).Root;
            var root = (await AuditTree.ReadAsync(db, new Subtree(0, size), cancel)).Root;
            return new InclusionProof(leaf, size, hash.ToString(), await ReadAsync(db, MerkleTree.InclusionProof(leaf, size), cancel), root.ToString());
        });

    /// <summary>Proves that the tree of <paramref name="from"/> leaves is the beginning of that of <paramref name="to"/>. Refuses where 0 &lt; from ≤ to ≤ the present size does not hold.</summary>
    public Task<Outcome<ConsistencyProof>> ProveConsistencyAsync(long from, long to, CancellationToken cancel = default) =>
        store.ReadAsync<Outcome<ConsistencyProof>>(async db =>
        {
            if (from <= 0 || to < from) return AuditRefusal.BadSizes;
            if (to > await SizeAsync(db, cancel)) return AuditRefusal.BeyondTree;
            var fromRoot = (await AuditTree.ReadAsync(db, new Subtree(0, from), cancel)).Root;
            var toRoot = (await AuditTree.ReadAsync(db, new Subtree(0, to), cancel)).Root;
            return new ConsistencyProof(from, to, fromRoot.ToString(), toRoot.ToString(), await ReadAsync(db, MerkleTree.ConsistencyProof(from, to), cancel));
        });

    private static async Task<long> SizeAsync(CaseworkContext db, CancellationToken cancel) => (await db.Set<AuditHeadRow>().SingleAsync(cancel)).Size;

    private static async Task<IReadOnlyList<string>> ReadAsync(CaseworkContext db, IReadOnlyList<Subtree> trees, CancellationToken cancel)
    {
        var hashes = new List<string>(trees.Count);
        foreach (var tree in trees) hashes.Add((await AuditTree.ReadAsync(db, tree, cancel)).Root.ToString());
        return hashes;
    }
}

/// <summary>A signed checkpoint.</summary>
/// <param name="Size">Leaves that it covers.</param>
/// <param name="At">When it was signed.</param>
/// <param name="Note">The whole text, to be kept as it is.</param>
public sealed record AuditCheckpoint(long Size, Instant At, string Note);

/// <summary>That a leaf is in a tree (RFC 9162 section 2.1.3). Hashes are base64 of 32 bytes.</summary>
/// <param name="Leaf">Its number, from 0.</param>
/// <param name="Size">Leaves in the tree.</param>
/// <param name="LeafHash">SHA-256(0x00 ‖ body).</param>
/// <param name="Hashes">From the leaf upwards.</param>
/// <param name="Root">What they must lead to: the root of a checkpoint of that size.</param>
public sealed record InclusionProof(long Leaf, long Size, string LeafHash, IReadOnlyList<string> Hashes, string Root);

/// <summary>That one tree is the beginning of another (RFC 9162 section 2.1.4). Hashes are base64 of 32 bytes.</summary>
/// <param name="From">Leaves in the earlier tree.</param>
/// <param name="To">Leaves in the later tree.</param>
/// <param name="FromRoot">Root of the earlier tree.</param>
/// <param name="ToRoot">Root of the later tree.</param>
/// <param name="Hashes">The proof, in the standard's order.</param>
public sealed record ConsistencyProof(long From, long To, string FromRoot, string ToRoot, IReadOnlyList<string> Hashes);

internal static class AuditRefusal
{
    public static readonly Refusal NoCheckpoint = new("audit/no-checkpoint", RefusalKind.NotFound, "Nothing has been sealed yet.", "Ask again after the first event.");

    public static readonly Refusal BadPage = new("audit/bad-page", RefusalKind.Invalid, $"A page begins after a size from 0 and holds 1 to {AuditLog.MaxPage} checkpoints.", "Correct 'after' or 'limit'.");

    public static readonly Refusal BadLeaf = new("audit/bad-leaf", RefusalKind.Invalid, "A leaf's number is at least 0 and smaller than the size.", "Correct 'leaf' or 'size'.");

    public static readonly Refusal BadSizes = new("audit/bad-sizes", RefusalKind.Invalid, "A consistency proof goes from a size of at least 1 to one not smaller.", "Correct 'from' or 'to'.");

    public static readonly Refusal BeyondTree = new("audit/beyond-tree", RefusalKind.NotFound, "The tree does not have so many leaves.", "Take the size of the newest checkpoint.");
}
