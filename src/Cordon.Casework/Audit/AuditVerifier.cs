using System.Data;
using Cordon.Casework.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Audit;

/// <summary>
/// Verifies the whole log from what is stored and the public key alone: every leaf from its body, every
/// checkpoint's signature and root, every stream's order, and checkpoints that others hold. It writes nothing and
/// sees one moment of the database, so it may run beside a working server.
/// </summary>
/// <param name="open">Opens a context; the caller disposes it.</param>
/// <param name="key">The log's public key, best taken from elsewhere than the data.</param>
public sealed class AuditVerifier(Func<CaseworkContext> open, VerifierKey key)
{
    /// <summary>Whether a text has the form of a signed checkpoint, whatever log it is of and whoever signed it.</summary>
    public static bool IsCheckpoint(string text) => SignedNote.TryParse(text, out _) == NoteFault.None;

    /// <summary>Verifies everything.</summary>
    /// <param name="held">Signed checkpoints held elsewhere, as text; each must be one of this log's past or present.</param>
    /// <param name="progress">Told after each page.</param>
    /// <param name="cancel">Stops the work.</param>
    public async Task<AuditReport> VerifyAsync(IReadOnlyList<string> held, IProgress<AuditProgress>? progress = null, CancellationToken cancel = default)
    {
        await using var db = open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await db.Database.OpenConnectionAsync(cancel);
        // One snapshot for all reads. SQLite's must be deferred: an immediate one would stop every writer.
        await using var snapshot = db.Database.GetDbConnection() is SqliteConnection sqlite
            ? await db.Database.UseTransactionAsync(sqlite.BeginTransaction(deferred: true), cancel)
            : await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        return await new AuditPass(db, key, held).RunAsync(progress, cancel);
    }
}
