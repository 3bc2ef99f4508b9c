using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Audit;

/// <summary>Reads the stored tree: leaf hashes from the events, higher subtrees from the nodes.</summary>
internal static class AuditTree
{
    /// <summary>Every eighth level is stored: one row for 256 of the level below.</summary>
    public const int LevelStep = 8;

    private const int TopLevel = 56;

    /// <summary>
    /// The range over a subtree of RFC 6962 (the whole tree is one). Throws <see cref="AuditDamagedException"/>
    /// where a row of it is missing.
    /// </summary>
    public static async Task<MerkleRange> ReadAsync(CaseworkContext db, Subtree tree, CancellationToken cancel)
    {
        var range = new MerkleRange();
        var at = tree.Start;
        for (var level = TopLevel; level >= 0; level -= LevelStep)
        {
            var count = (tree.End - at) >> level;
            if (count == 0) continue;
            var first = at >> level;
            var hashes = level == 0 ? await LeafHashesAsync(db, first, count, cancel) : await NodesAsync(db, level, first, count, cancel);
            if (hashes.Count != count || hashes.Any(h => h is not { Length: TreeHash.Length }))
                throw new AuditDamagedException($"The audit tree lacks hashes of level {level} between {first} and {first + count}.");
            foreach (var hash in hashes) range.Append(new TreeHash(hash), level);
            at += count << level;
        }
        return range;
    }

    private static Task<List<byte[]?>> LeafHashesAsync(CaseworkContext db, long first, long count, CancellationToken cancel) =>
        db.Set<EventRow>().Where(e => e.Leaf >= first && e.Leaf < first + count).OrderBy(e => e.Leaf).Select(e => e.LeafHash).ToListAsync(cancel);

    private static async Task<List<byte[]?>> NodesAsync(CaseworkContext db, int level, long first, long count, CancellationToken cancel) =>
        [.. await db.Set<AuditNodeRow>().Where(n => n.Level == level && n.Index >= first && n.Index < first + count).OrderBy(n => n.Index).Select(n => n.Hash).ToListAsync(cancel)];
}

/// <summary>
/// The stored tree is not the one that was signed. Nothing may be signed on top of it: <c>cordon verify</c> says
/// what differs.
/// </summary>
public sealed class AuditDamagedException : Exception
{
    /// <summary>Not used: the message is the point.</summary>
    public AuditDamagedException() { }

    /// <summary>Says what was found.</summary>
    public AuditDamagedException(string message) : base(message) { }

    /// <summary>Says what was found, and by what.</summary>
    public AuditDamagedException(string message, Exception inner) : base(message, inner) { }
}
