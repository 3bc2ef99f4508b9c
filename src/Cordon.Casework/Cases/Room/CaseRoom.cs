using System.Collections.Immutable;
using Cordon.Casework.Appeals;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Casework.Restitution;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Cases.Room;

/// <summary>Something that happened to a case, for its history.</summary>
/// <param name="At">When.</param>
/// <param name="Name">The event's name: <c>case.closed</c>.</param>
/// <param name="By">The actor.</param>
public sealed record CaseMoment(Instant At, string Name, string By);

/// <summary>The work on a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Tasks">Its tasks: open ones first, by when they are due.</param>
/// <param name="Notes">Its notes, the newest first.</param>
/// <param name="Evidence">Its evidence, the newest first.</param>
/// <param name="History">What happened to the case itself, the newest first, at most 200.</param>
public sealed record RoomView(
    Case Case, IReadOnlyList<CaseTask> Tasks, IReadOnlyList<CaseNote> Notes, IReadOnlyList<CaseEvidence> Evidence, IReadOnlyList<CaseMoment> History);

/// <summary>The façade for the work on a case: who does it, tasks, notes, evidence, its closing by two and its reopening.</summary>
/// <param name="store">The database.</param>
/// <param name="files">The bytes of evidence.</param>
/// <param name="cases">The desk of cases, which pursues the money of one that is reopened.</param>
public sealed class CaseRoom(CaseworkStore store, EvidenceFiles files, CaseDesk cases) : IDisposable
{
    private const int MostMoments = 200;
    private static readonly TimeSpan LiesFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestTask = TimeSpan.FromDays(366);

    // What is removed while the same bytes are handed in again must not take them away.
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Raised after the work on a case changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The work on a case; null where there is none or the actor may not see it.</summary>
    public Task<RoomView?> ViewAsync(Actor actor, Guid id) => store.ReadAsync(async db =>
    {
        if (!actor.SeesAll || await db.Set<Case>().SingleOrDefaultAsync(c => c.Id == id) is not { } of) return null;
        var tasks = await db.Set<CaseTask>().Where(t => t.CaseId == id).OrderBy(t => t.State != CaseTaskState.Open).ThenBy(t => t.Due).ToListAsync();
        var notes = await db.Set<CaseNote>().Where(n => n.CaseId == id).OrderByDescending(n => n.At).ToListAsync();
        var evidence = await db.Set<CaseEvidence>().Where(e => e.CaseId == id).OrderByDescending(e => e.AddedAt).ToListAsync();
        var stream = of.Stream;
        var history = await db.Set<EventRow>().Where(e => e.Stream == stream).OrderByDescending(e => e.Version).Take(MostMoments)
            .Select(e => new CaseMoment(e.At, e.Name, e.Actor)).ToListAsync();
        return new RoomView(of, tasks, notes, evidence, history);
    });

    /// <summary>Assigns, hands over, closes by two, reopens.</summary>
    /// <param name="actor">A person of the centre.</param>
    /// <param name="id">The case.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Case>> ActAsync(Actor actor, Guid id, CaseWorkCommand command, CancellationToken cancel = default)
    {
        var outcome = await store.ChangeAsync<Case>(actor, async change =>
        {
            if (!actor.SeesAll || await change.Db.Set<Case>().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } of) return CaseRefusal.NotFound;
            var facts = await FactsAsync(change.Db, id, command, cancel);
            return change.Carry(of, CaseWorkRules.Decide(of, command, actor, facts, change.Now)) is { } refusal ? refusal : of;
        }, cancel);
        if (!outcome.Succeeded) return outcome;
        // An open case is pursued, a closed one let go of.
        if (command is CloseCase or ReopenCase) await cases.FollowAsync(actor, id, cancel);
        Changed?.Invoke(id);
        return outcome;
    }

    /// <summary>Sets a task.</summary>
    /// <param name="actor">A person of the centre.</param>
    /// <param name="id">The case, which is open.</param>
    /// <param name="what">What is to be done, 1 to 300 characters.</param>
    /// <param name="owner">Who does it, as <c>person:…</c>; null for whoever works on the case.</param>
    /// <param name="due">By when: later than now, within a year.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public Task<Outcome<CaseTask>> SetTaskAsync(Actor actor, Guid id, string what, string? owner, Instant due, CancellationToken cancel = default) =>
        ToldAsync(id, store.ChangeAsync<CaseTask>(actor, async change =>
        {
            if (await OpenFaultAsync(change, actor, id, cancel) is { } fault) return fault;
            if (string.IsNullOrWhiteSpace(what) || what.Length > 300 || due <= change.Now || due - change.Now > LongestTask) return RoomRefusal.BadTask;
            if (owner is not null && !await IsOfCentreAsync(change.Db, owner, cancel)) return RoomRefusal.NoSuchPerson;
            var task = new CaseTask();
            change.Begin(task, new CaseTaskSet(change.Now, change.NewId(), id, what.Trim(), owner, due, actor.Id));
            return task;
        }, cancel));

    /// <summary>Ends a task: done, or dropped with a reason.</summary>
    /// <param name="actor">A person of the centre.</param>
    /// <param name="task">The task.</param>
    /// <param name="done">Whether it was done.</param>
    /// <param name="outcome">What came of it; or why it is dropped, which must be told.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<CaseTask>> EndTaskAsync(Actor actor, Guid task, bool done, string? outcome, CancellationToken cancel = default)
    {
        var ended = await store.ChangeAsync<CaseTask>(actor, async change =>
        {
            if (!actor.SeesAll || await change.Db.Set<CaseTask>().SingleOrDefaultAsync(t => t.Id == task, cancel) is not { } of) return RoomRefusal.NoTask;
            if (of.State != CaseTaskState.Open) return RoomRefusal.TaskEnded;
            if (!done && (outcome is null || !CaseWorkRules.IsText(outcome))) return RoomRefusal.NoReason;
            if (outcome?.Length > CaseWorkRules.TextLength) return RoomRefusal.NoReason;
            change.Record(of, new CaseTaskEnded(change.Now, done ? CaseTaskState.Done : CaseTaskState.Dropped, string.IsNullOrWhiteSpace(outcome) ? null : outcome.Trim(), actor.Id));
            return of;
        }, cancel);
        if (ended.Succeeded) Changed?.Invoke(ended.Value.CaseId);
        return ended;
    }

    /// <summary>Writes a note. A closed case takes notes too.</summary>
    /// <param name="actor">A person of the centre.</param>
    /// <param name="id">The case.</param>
    /// <param name="text">1 to 4,000 characters.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public Task<Outcome<CaseNote>> WriteAsync(Actor actor, Guid id, string text, CancellationToken cancel = default) =>
        ToldAsync(id, store.ChangeAsync<CaseNote>(actor, async change =>
        {
            if (!await IsThereAsync(change.Db, actor, id, cancel)) return CaseRefusal.NotFound;
            if (string.IsNullOrWhiteSpace(text) || text.Length > 4_000) return RoomRefusal.BadNote;
            var note = new CaseNote();
            change.Begin(note, new CaseNoteWritten(change.Now, change.NewId(), id, text.Trim(), actor.Id));
            return note;
        }, cancel));

    /// <summary>Takes a file in as evidence. The same bytes again in the same case are the evidence that is there.</summary>
    /// <param name="actor">A person of the centre.</param>
    /// <param name="id">The case.</param>
    /// <param name="name">The file's name, 1 to 200 characters without a path; its ending says what it is.</param>
    /// <param name="bytes">Its bytes, at most <see cref="EvidenceFiles.MostBytes"/>.</param>
    /// <param name="cancel">Stops before anything is kept.</param>
    public async Task<Outcome<CaseEvidence>> AddAsync(Actor actor, Guid id, string name, Stream bytes, CancellationToken cancel = default)
    {
        if (!await store.ReadAsync(db => IsThereAsync(db, actor, id, cancel))) return CaseRefusal.NotFound;
        if (name.Length is 0 or > 200 || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0 || name.Any(char.IsControl)) return RoomRefusal.BadName;
        var received = await files.ReceiveAsync(bytes, name, cancel);
        if (received.Refusal is { } refusal) return refusal;
        // However slowly it came: others wait only while it is kept.
        using var file = received.Value;
        var (_, hash, size, type) = file;
        await gate.WaitAsync(cancel);
        try
        {
            files.Keep(file);
            return await ToldAsync(id, store.ChangeAsync<CaseEvidence>(actor, async change =>
            {
                var known = await change.Db.Set<CaseEvidence>().FirstOrDefaultAsync(e => e.CaseId == id && e.Hash == hash && e.RemovedAt == null, cancel);
                if (known is not null) return known;
                var evidence = new CaseEvidence();
                change.Begin(evidence, new EvidenceAdded(change.Now, change.NewId(), id, name, type, size, hash, actor.Id));
                return evidence;
            }, cancel));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Opens a file of evidence, its hash found right.</summary>
    /// <param name="actor">A person of the centre.</param>
    /// <param name="id">The evidence.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<Outcome<(CaseEvidence Evidence, Stream Bytes)>> OpenAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        var evidence = await store.ReadAsync(db => db.Set<CaseEvidence>().SingleOrDefaultAsync(e => e.Id == id, cancel));
        if (evidence is null || !actor.SeesAll) return RoomRefusal.NoEvidence;
        if (evidence.RemovedAt is not null) return RoomRefusal.Removed;
        var bytes = await files.OpenAsync(evidence.Hash, cancel);
        return bytes.Refusal is { } refusal ? refusal : (evidence, bytes.Value);
    }

    /// <summary>Removes a file of evidence: its bytes go where no other case has them; that it was there stays.</summary>
    /// <param name="actor">A person of the centre.</param>
    /// <param name="id">The evidence.</param>
    /// <param name="reason">Why, 1 to 2,000 characters.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<CaseEvidence>> RemoveAsync(Actor actor, Guid id, string reason, CancellationToken cancel = default)
    {
        await gate.WaitAsync(cancel);
        try
        {
            var removed = await store.ChangeAsync<CaseEvidence>(actor, async change =>
            {
                if (!actor.SeesAll || await change.Db.Set<CaseEvidence>().SingleOrDefaultAsync(e => e.Id == id, cancel) is not { } evidence) return RoomRefusal.NoEvidence;
                if (!CaseWorkRules.IsText(reason)) return RoomRefusal.NoReason;
                if (evidence.RemovedAt is not null) return RoomRefusal.Removed;
                change.Record(evidence, new EvidenceRemoved(change.Now, reason.Trim(), actor.Id));
                return evidence;
            }, cancel);
            if (!removed.Succeeded) return removed;
            var hash = removed.Value.Hash;
            if (!await store.ReadAsync(db => db.Set<CaseEvidence>().AnyAsync(e => e.Hash == hash && e.RemovedAt == null, cancel))) files.Delete(hash);
            Changed?.Invoke(removed.Value.CaseId);
            return removed;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Deletes bytes that no evidence has any more and that lie there for a day: a process that was killed may have left some.</summary>
    /// <returns>How many files.</returns>
    public Task<int> SweepAsync(CancellationToken cancel = default)
    {
        return files.SweepAsync(
            (store.Now - LiesFor).ToDateTimeOffset(),
            hashes => store.ReadAsync(async db => (await db.Set<CaseEvidence>().Where(e => hashes.Contains(e.Hash) && e.RemovedAt == null).Select(e => e.Hash).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal)),
            DeleteAsync);

        // Uploads wait only while one file goes: the same bytes may be handed in at this moment.
        async Task<bool> DeleteAsync(string hash, Action delete)
        {
            await gate.WaitAsync(cancel);
            try
            {
                if (await store.ReadAsync(db => db.Set<CaseEvidence>().AnyAsync(e => e.Hash == hash && e.RemovedAt == null, cancel))) return false;
                delete();
                return true;
            }
            finally
            {
                gate.Release();
            }
        }
    }

    /// <summary>The people who may work on cases.</summary>
    public Task<ImmutableArray<(string Actor, string Name)>> StaffAsync() => store.ReadAsync(async db =>
    {
        var all = await db.Users.Where(u => !u.Disabled).Join(db.Set<PersonStanding>(), u => u.Id, s => s.Id, (u, s) => new { u.Id, u.DisplayName, s.Roles }).ToListAsync();
        return all.Where(p => p.Roles.Intersect(Roles.Centre).Any()).OrderBy(p => p.DisplayName, StringComparer.Ordinal).Select(p => ($"person:{p.Id}", p.DisplayName)).ToImmutableArray();
    });

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private static async Task<CaseWorkFacts> FactsAsync(CaseworkContext db, Guid id, CaseWorkCommand command, CancellationToken cancel)
    {
        var known = command switch
        {
            AssignCase { To: { } to } => await IsOfCentreAsync(db, to, cancel),
            HandOverCase c => await db.Set<Region>().AnyAsync(r => r.Code == c.Region, cancel),
            _ => true,
        };
        if (command is not (ProposeClosing or CloseCase)) return new CaseWorkFacts(0, 0, 0, 0, 0, known);
        var orders = await db.Set<Order>().Where(o => o.CaseId == id).ToListAsync(cancel);
        var ids = orders.ConvertAll(o => o.Id);
        return new CaseWorkFacts(
            orders.Count(o => !o.Ended), await db.Set<CaseTask>().CountAsync(t => t.CaseId == id && t.State == CaseTaskState.Open, cancel),
            await db.Set<Appeal>().CountAsync(a => ids.Contains(a.OrderId) && a.State == AppealState.Received, cancel),
            await db.Set<RestitutionLedger>().CountAsync(l => l.CaseId == id && l.State != LedgerState.Decided, cancel),
            await db.Set<Report>().CountAsync(r => r.CaseId == id && r.State == ReportState.Received, cancel), known);
    }

    private static Task<bool> IsThereAsync(CaseworkContext db, Actor actor, Guid id, CancellationToken cancel) =>
        actor.SeesAll ? db.Set<Case>().AnyAsync(c => c.Id == id, cancel) : Task.FromResult(false);

    private static async Task<Refusal?> OpenFaultAsync(Change change, Actor actor, Guid id, CancellationToken cancel)
    {
        if (!actor.SeesAll || await change.Db.Set<Case>().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } of) return CaseRefusal.NotFound;
        return of.State == CaseState.Closed ? RoomRefusal.Closed : null;
    }

    private static async Task<bool> IsOfCentreAsync(CaseworkContext db, string person, CancellationToken cancel)
    {
        if (!person.StartsWith("person:", StringComparison.Ordinal) || !Guid.TryParse(person.AsSpan("person:".Length), out var id)) return false;
        if (!await db.Users.AnyAsync(u => u.Id == id && !u.Disabled, cancel)) return false;
        var standing = await db.Set<PersonStanding>().SingleOrDefaultAsync(s => s.Id == id, cancel);
        return standing is not null && standing.Roles.Intersect(Roles.Centre).Any();
    }

    private async Task<Outcome<T>> ToldAsync<T>(Guid id, Task<Outcome<T>> change)
    {
        var outcome = await change;
        if (outcome.Succeeded) Changed?.Invoke(id);
        return outcome;
    }
}
