using System.Data;
using Cordon.Casework.Deliveries;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Cordon.Casework.Storage;

/// <summary>
/// The one way to change casework: state, events and outbox commit together or not at all.
/// A transaction that loses a race (serialization, unique key, version) is run again from its start, so
/// guards always judge what is really there.
/// </summary>
/// <param name="open">Opens a context; the caller disposes it.</param>
/// <param name="time">The clock.</param>
/// <param name="ids">Where ids and salts come from.</param>
public sealed class CaseworkStore(Func<CaseworkContext> open, TimeProvider time, IIdSource ids)
{
    private const int Attempts = 8;
    private const int SqliteBusy = 5; // sqlite.org/rescode.html: SQLITE_BUSY
    private const int SqlitePrimaryKey = 1555; // SQLITE_CONSTRAINT_PRIMARYKEY
    private const int SqliteUnique = 2067; // SQLITE_CONSTRAINT_UNIQUE

    /// <summary>Raised after a commit that wrote events or commands: the sequencer and the outbox wake by it.</summary>
    public event Action? Committed;

    /// <summary>Raised after a commit that queued something for a member: whoever delivers wakes by it.</summary>
    public event Action? Announced;

    /// <summary>The present instant of the store's clock.</summary>
    public Instant Now => Instant.From(time.GetUtcNow());

    /// <summary>Reads; nothing that is read is tracked.</summary>
    public async Task<T> ReadAsync<T>(Func<CaseworkContext, Task<T>> work)
    {
        await using var db = open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTrackingWithIdentityResolution;
        return await work(db);
    }

    /// <summary>Runs one change in a serializable transaction. A refusal rolls it back.</summary>
    /// <param name="actor">Who acts; written into every event.</param>
    /// <param name="work">Loads, decides, records. It may run more than once and must have no effect outside the change.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<T>> ChangeAsync<T>(Actor actor, Func<Change, Task<Outcome<T>>> work, CancellationToken cancel = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = open();
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancel);
                var change = new Change(db, Now, actor, ids);
                var outcome = await work(change);
                if (!outcome.Succeeded) return outcome;
                // Here and not at each desk: no event of an order can commit without its announcement.
                if (await Announcement.QueueAsync(change, cancel)) change.Announce();
                await db.SaveChangesAsync(cancel);
                await transaction.CommitAsync(cancel);
                if (change.Wrote) Committed?.Invoke();
                if (change.Announces) Announced?.Invoke();
                return outcome;
            }
            catch (Exception lost) when (IsLostRace(lost))
            {
                if (attempt == Attempts)
                    return new Refusal("storage/busy", RefusalKind.Busy, "Too many changes to the same thing at once.", "Send the same request again in a second.");
            }
        }
    }

    // Providers wrap the database's own fault once or twice, so the whole chain is searched for it.
    private static bool IsLostRace(Exception? fault) => fault switch
    {
        null => false,
        DbUpdateConcurrencyException => true,
        PostgresException p => p.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation,
        SqliteException s => s.SqliteErrorCode == SqliteBusy || s.SqliteExtendedErrorCode is SqlitePrimaryKey or SqliteUnique,
        _ => IsLostRace(fault.InnerException),
    };
}

/// <summary>One change on its way to commit.</summary>
public sealed class Change
{
    private readonly IIdSource ids;

    internal Change(CaseworkContext db, Instant now, Actor actor, IIdSource ids)
    {
        Db = db;
        Now = now;
        Actor = actor;
        this.ids = ids;
    }

    /// <summary>The database, tracking what is loaded.</summary>
    public CaseworkContext Db { get; }

    /// <summary>The instant of this change; the same for all that it writes.</summary>
    public Instant Now { get; }

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    internal bool Wrote { get; private set; }

    internal bool Announces { get; private set; }

    /// <summary>What was recorded so far, in its order.</summary>
    internal List<(object State, CaseworkEvent Happened)> Recorded { get; } = [];

    /// <summary>A new id.</summary>
    public Guid NewId() => ids.NewId(Now);

    /// <summary>Stores new state with the event that makes it: the event first, because it brings the key.</summary>
    public void Begin<TEvent>(Folded<TEvent> state, TEvent happened)
        where TEvent : CaseworkEvent
    {
        Record(state, happened);
        Db.Add(state);
    }

    /// <summary>Applies an event to its state and stores it.</summary>
    public void Record<TEvent>(Folded<TEvent> state, TEvent happened)
        where TEvent : CaseworkEvent
    {
        state.Apply(happened);
        Db.Add(EventText.Write(happened, state.Stream, state.Version, Actor, ids));
        Recorded.Add((state, happened));
        Wrote = true;
    }

    /// <summary>Applies all events of an accepted decision; answers its refusal otherwise.</summary>
    public Refusal? Carry<TEvent>(Folded<TEvent> state, Decision<TEvent> decision)
        where TEvent : CaseworkEvent
    {
        if (decision.Refusal is { } refusal) return refusal;
        foreach (var happened in decision.Events) Record(state, happened);
        return null;
    }

    /// <summary>Puts a command to the engine into the outbox. It carries an id, so it acts once however often it is sent.</summary>
    /// <param name="command">A list change, a rulebook prepared or activated, a member placed; no signal is a command.</param>
    public void Tell(EngineRecord command)
    {
        var (id, text) = EngineCommandText.Write(command, NewId);
        Db.Add(new OutboxRow { Id = id, Command = text, At = Now });
        Wrote = true;
    }

    /// <summary>Wakes whoever delivers, once this is committed.</summary>
    internal void Announce() => Announces = true;

    /// <summary>The next running number of a kind, from 1, without gaps among committed changes.</summary>
    public async Task<long> NextNumberAsync(string counter)
    {
        var row = await Db.Set<CounterRow>().FindAsync(counter);
        if (row is null) Db.Add(row = new CounterRow { Name = counter, Last = 0 });
        return ++row.Last;
    }
}
