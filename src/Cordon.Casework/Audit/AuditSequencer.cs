using System.Data;
using System.Data.Common;
using System.Text;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Audit;

/// <summary>
/// Gives committed events their gap-free leaf numbers, in the order in which it sees them, and signs a checkpoint
/// over them. A leaf never moves afterwards. Several may run on one database: each locks the head row first.
/// </summary>
/// <param name="open">Opens a context; the caller disposes it.</param>
/// <param name="key">Signs the checkpoints.</param>
/// <param name="options">The cadence and the batch.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where faults are told.</param>
public sealed class AuditSequencer(Func<CaseworkContext> open, AuditKey key, AuditOptions options, TimeProvider time, ILogger<AuditSequencer> log)
    : BackgroundService
{
    private readonly SemaphoreSlim one = new(1, 1);
    private MerkleRange? range;

    /// <summary>Why nothing is sealed any more; null while all is well. It needs a person: see <c>cordon verify</c>.</summary>
    public string? Halted { get; private set; }

    /// <summary>Raised after each new checkpoint, with its text: to be sent along with whatever goes to members.</summary>
    public event Action<string>? Sealed;

    /// <summary>
    /// Seals every event committed before the call. Answers how many. Throws <see cref="AuditDamagedException"/>
    /// where the stored tree is not the one last signed: an honest log never signs a second history.
    /// </summary>
    public async Task<long> SealAsync(CancellationToken cancel = default)
    {
        await one.WaitAsync(cancel);
        try
        {
            long all = 0;
            while (await SealBatchAsync(cancel) is > 0 and var sealedNow) all += sealedNow;
            return all;
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // What was written last should not wait for the next start to be provable.
        if (Halted is null) await TrySealAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Cadence, time);
        try
        {
            do await TrySealAsync(stoppingToken);
            while (Halted is null && await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped between two ticks or in a batch, which then rolled back: it waits for the next start.
        }
    }

    private async Task TrySealAsync(CancellationToken cancel)
    {
        try
        {
            await SealAsync(cancel);
        }
        catch (AuditDamagedException damage)
        {
            Halted = damage.Message;
            log.LogCritical(damage, "The audit log no longer seals events: {Damage} Run cordon verify.", damage.Message);
        }
        catch (Exception fault) when (IsDatabase(fault))
        {
            log.LogWarning(fault, "Events wait for their leaves: the database did not answer. The next try is in {Cadence}.", options.Cadence);
        }
    }

    // EF wraps a database's fault in its own, so the whole chain is searched.
    private static bool IsDatabase(Exception? fault) => fault is not null && (fault is DbException or DbUpdateException || IsDatabase(fault.InnerException));

    private async Task<int> SealBatchAsync(CancellationToken cancel)
    {
        await using var db = open();
        // Most of the time nothing waits: then the write lock is not taken either.
        if (!await db.Set<EventRow>().AnyAsync(e => e.Leaf == null, cancel)) return 0;
        // Not serializable: the head's lock already orders sequencers, and writers of events are not to lose races to this.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        if (await db.Set<AuditHeadRow>().ExecuteUpdateAsync(head => head.SetProperty(h => h.Size, h => h.Size), cancel) != 1)
            throw new AuditDamagedException("The head of the audit tree is missing or not one.");
        var size = (await db.Set<AuditHeadRow>().AsNoTracking().SingleAsync(cancel)).Size;
        var waiting = await db.Set<EventRow>().Where(e => e.Leaf == null).OrderBy(e => e.Position).Take(options.Batch).ToListAsync(cancel);
        if (waiting.Count == 0) return 0;

        var grown = range?.Size == size ? range.Copy() : await ReadSignedAsync(db, size, cancel);
        foreach (var row in waiting)
        {
            var hash = MerkleTree.LeafHash(Encoding.UTF8.GetBytes(row.Body));
            row.Leaf = grown.Size;
            row.LeafHash = hash.ToArray();
            grown.Append(hash, completed: node => Store(db, node));
        }
        var now = Instant.From(time.GetUtcNow());
        var note = new Checkpoint(key.Verifier.Name, grown.Size, grown.Root, now).Sign(key).ToString();
        db.Add(new AuditCheckpointRow { Size = grown.Size, At = now, Note = note });
        await db.SaveChangesAsync(cancel);
        await db.Set<AuditHeadRow>().ExecuteUpdateAsync(head => head.SetProperty(h => h.Size, grown.Size), cancel);
        await transaction.CommitAsync(cancel);
        range = grown;
        Sealed?.Invoke(note);
        return waiting.Count;
    }

    private static void Store(CaseworkContext db, TreeNode node)
    {
        if (node.Level % AuditTree.LevelStep == 0) db.Add(new AuditNodeRow { Level = node.Level, Index = node.Index, Hash = node.Hash.ToArray() });
    }

    /// <summary>Reads the tree's edge again (at the start, or after another sequencer) and holds it against what was signed last.</summary>
    private async Task<MerkleRange> ReadSignedAsync(CaseworkContext db, long size, CancellationToken cancel)
    {
        var stored = await AuditTree.ReadAsync(db, new Subtree(0, size), cancel);
        var last = await db.Set<AuditCheckpointRow>().AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancel);
        if (last is null)
            return size == 0 ? stored : throw new AuditDamagedException($"The tree has {size} leaves and no checkpoint.");
        var fault = Checkpoint.TryOpen(last.Note, key.Verifier, out var signed);
        if (fault != CheckpointFault.None) throw new AuditDamagedException($"The last checkpoint is not one of this key: {fault}.");
        if (signed!.Size != size || signed.Root != stored.Root)
            throw new AuditDamagedException($"The tree of {size} leaves is not the one last signed, of {signed.Size}.");
        return stored;
    }
}
