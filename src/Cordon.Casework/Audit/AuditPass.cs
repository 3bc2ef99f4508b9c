using System.Text;
using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Audit;

/// <summary>One run of <see cref="AuditVerifier"/> over one snapshot: leaves in order, checkpoints as their sizes are reached.</summary>
internal sealed class AuditPass
{
    private const int Page = 2_000;

    private readonly CaseworkContext db;
    private readonly VerifierKey key;
    private readonly Queue<Checkpoint> held;
    private readonly Queue<AuditCheckpointRow> due = [];
    private readonly List<TreeNode> completed = [];
    private readonly MerkleRange range = new();
    private readonly List<AuditFault> faults = [];
    private bool moreFaults;
    private long leaves;
    private long waiting;
    private long checkpoints;
    private long lastCheckpoint = -1;
    private long missingLeaf = -1;
    private bool rootsDiffer;

    public AuditPass(CaseworkContext db, VerifierKey key, IReadOnlyList<string> heldNotes)
    {
        this.db = db;
        this.key = key;
        var opened = new List<Checkpoint>();
        foreach (var note in heldNotes)
        {
            var fault = Checkpoint.TryOpen(note, key, out var checkpoint);
            if (fault == CheckpointFault.None) opened.Add(checkpoint!);
            else Tell(AuditFaultKind.HeldInvalid, null, null, $"The checkpoint held elsewhere is not a checkpoint of this log's key: {fault}.");
        }
        held = new Queue<Checkpoint>(opened.OrderBy(c => c.Size));
    }

    private bool RootsKnown => missingLeaf < 0;

    public async Task<AuditReport> RunAsync(IProgress<AuditProgress>? progress, CancellationToken cancel)
    {
        var heads = await db.Set<AuditHeadRow>().Take(2).ToListAsync(cancel);
        var head = heads.Count == 1 ? heads[0].Size : -1;
        await CheckLeavesAsync(head, progress, cancel);
        await CheckBeyondAsync(cancel);
        await CheckWaitingAsync(cancel);
        await CheckStreamsAsync(cancel);
        if (lastCheckpoint < leaves && leaves > 0)
            Tell(AuditFaultKind.Unsealed, leaves, null, $"Of {leaves} leaves the last checkpoint covers {Math.Max(0, lastCheckpoint)}.");
        if (head != leaves) Tell(AuditFaultKind.HeadDiffers, leaves, null, $"The head says {head} leaves; there are {leaves}.");
        return new AuditReport(leaves, waiting, checkpoints, range.Root.ToString(), faults, moreFaults);
    }

    private async Task CheckLeavesAsync(long total, IProgress<AuditProgress>? progress, CancellationToken cancel)
    {
        var (leaf, position) = (long.MinValue, long.MinValue);
        Reach();
        while (true)
        {
            // By leaf and position: a leaf number given twice must be seen twice.
            var rows = await db.Set<EventRow>().Where(e => e.Leaf >= leaf && (e.Leaf > leaf || e.Position > position))
                .OrderBy(e => e.Leaf).ThenBy(e => e.Position).Take(Page).ToListAsync(cancel);
            if (rows.Count == 0) return;
            (leaf, position) = (rows[^1].Leaf!.Value, rows[^1].Position);
            await LoadCheckpointsAsync(leaf + 1, cancel);
            foreach (var row in rows)
            {
                CheckLeaf(row);
                Reach();
            }
            await CheckNodesAsync(cancel);
            progress?.Report(new AuditProgress(leaves, Math.Max(total, leaves)));
        }
    }

    private void CheckLeaf(EventRow row)
    {
        var leaf = row.Leaf!.Value;
        if (leaf < leaves)
        {
            Tell(AuditFaultKind.LeafRepeated, leaf, row.Position, $"Leaf {leaf} has more than one event, or is below 0.");
            return;
        }
        if (leaf > leaves)
        {
            if (RootsKnown) missingLeaf = leaves;
            var text = leaf == leaves + 1 ? $"Leaf {leaves} has no event" : $"Leaves {leaves} to {leaf - 1} have no event";
            Tell(AuditFaultKind.LeafMissing, leaves, null, $"{text}; roots from there on cannot be recomputed.");
        }
        foreach (var fault in EventCheck.Of(row)) Tell(fault);
        var hash = MerkleTree.LeafHash(Encoding.UTF8.GetBytes(row.Body));
        var stored = row.LeafHash is { Length: TreeHash.Length } bytes ? new TreeHash(bytes) : default;
        if (stored != hash) Tell(AuditFaultKind.BodyChanged, leaf, row.Position, $"The body of leaf {leaf} does not have the hash that was sealed.");
        leaves = leaf + 1;
        // The sealed hash stands in for a changed body: where the later roots hold, only that body was touched.
        if (RootsKnown) range.Append(row.LeafHash is { Length: TreeHash.Length } ? stored : hash, completed: completed.Add);
    }

    private async Task LoadCheckpointsAsync(long upTo, CancellationToken cancel)
    {
        var after = due.Count > 0 ? due.Max(c => c.Size) : lastCheckpoint;
        foreach (var row in await db.Set<AuditCheckpointRow>().Where(c => c.Size > after && c.Size <= upTo).OrderBy(c => c.Size).ToListAsync(cancel))
            due.Enqueue(row);
    }

    /// <summary>Checks what speaks of the size just reached.</summary>
    private void Reach()
    {
        while (due.Count > 0 && due.Peek().Size <= leaves) CheckCheckpoint(due.Dequeue());
        while (held.Count > 0 && held.Peek().Size <= leaves)
        {
            var theirs = held.Dequeue();
            if (!RootsKnown)
                Tell(AuditFaultKind.HeldDiffers, theirs.Size, null, $"The root at {theirs.Size} leaves, held elsewhere, cannot be recomputed: leaf {missingLeaf} is missing.");
            else if (theirs.Root != range.Root)
                Tell(AuditFaultKind.HeldDiffers, theirs.Size, null, $"At {theirs.Size} leaves the holder was shown {theirs.Root}; these leaves have {range.Root}.");
        }
    }

    private void CheckCheckpoint(AuditCheckpointRow row)
    {
        checkpoints++;
        var before = lastCheckpoint;
        lastCheckpoint = row.Size;
        var fault = Checkpoint.TryOpen(row.Note, key, out var signed);
        if (fault != CheckpointFault.None || signed!.Size != row.Size || signed.At != row.At)
        {
            var why = fault == CheckpointFault.None ? "its columns say other than its note" : fault.ToString();
            Tell(AuditFaultKind.CheckpointInvalid, row.Size, null, $"The checkpoint of {row.Size} leaves does not hold: {why}.");
            return;
        }
        // After the first root that differs all later ones do: they would say nothing new.
        if (row.Size > leaves || !RootsKnown || rootsDiffer || signed.Root == range.Root) return;
        rootsDiffer = true;
        Tell(AuditFaultKind.RootDiffers, row.Size, null,
            $"The root signed for {row.Size} leaves is not theirs: a leaf from {Math.Max(0, before)} to {row.Size - 1} was changed or moved, with its hash.");
    }

    private async Task CheckNodesAsync(CancellationToken cancel)
    {
        foreach (var level in completed.Where(n => n.Level % AuditTree.LevelStep == 0).GroupBy(n => n.Level))
        {
            var (first, last) = (level.Min(n => n.Index), level.Max(n => n.Index));
            var stored = await db.Set<AuditNodeRow>().Where(n => n.Level == level.Key && n.Index >= first && n.Index <= last)
                .ToDictionaryAsync(n => n.Index, n => n.Hash, cancel);
            foreach (var node in level)
                if (!stored.TryGetValue(node.Index, out var hash) || !hash.AsSpan().SequenceEqual(node.Hash.ToArray()))
                    Tell(AuditFaultKind.NodeDiffers, node.Index << node.Level, null, $"The stored hash over leaves {node.Index << node.Level} to {((node.Index + 1) << node.Level) - 1} is missing or another.");
        }
        completed.Clear();
    }

    /// <summary>Checkpoints of more leaves than there are: the end of the log was cut off.</summary>
    private async Task CheckBeyondAsync(CancellationToken cancel)
    {
        var have = leaves;
        while (true)
        {
            var after = Math.Max(have, lastCheckpoint);
            var rows = await db.Set<AuditCheckpointRow>().Where(c => c.Size > after).OrderBy(c => c.Size).Take(Page).ToListAsync(cancel);
            foreach (var row in rows)
            {
                CheckCheckpoint(row);
                Tell(AuditFaultKind.CheckpointBeyond, row.Size, null, $"A checkpoint covers {row.Size} leaves; there are {have}.");
            }
            if (rows.Count == 0) break;
        }
        foreach (var theirs in held)
            Tell(AuditFaultKind.HeldBeyond, theirs.Size, null, $"We hold {have} leaves, less than the {theirs.Size} that the holder was shown.");
    }

    private async Task CheckWaitingAsync(CancellationToken cancel)
    {
        var position = long.MinValue;
        while (true)
        {
            var rows = await db.Set<EventRow>().Where(e => e.Leaf == null && e.Position > position).OrderBy(e => e.Position).Take(Page).ToListAsync(cancel);
            if (rows.Count == 0) return;
            position = rows[^1].Position;
            waiting += rows.Count;
            foreach (var fault in rows.SelectMany(EventCheck.Of)) Tell(fault);
        }
    }

    private async Task CheckStreamsAsync(CancellationToken cancel)
    {
        var broken = await db.Set<EventRow>().GroupBy(e => e.Stream)
            .Select(g => new { Stream = g.Key, Count = g.Count(), First = g.Min(e => e.Version), Last = g.Max(e => e.Version) })
            .Where(s => s.First != 1 || s.Last != s.Count).OrderBy(s => s.Stream).Take(AuditReport.MaxFaults).ToListAsync(cancel);
        foreach (var stream in broken)
            Tell(AuditFaultKind.StreamGap, null, null, $"The stream {stream.Stream} has {stream.Count} events with versions {stream.First} to {stream.Last}.");
    }

    private void Tell(AuditFaultKind kind, long? leaf, long? position, string detail) => Tell(new AuditFault(kind, leaf, position, detail));

    private void Tell(AuditFault fault)
    {
        if (faults.Count < AuditReport.MaxFaults) faults.Add(fault);
        else moreFaults = true;
    }
}
