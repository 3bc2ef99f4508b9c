using System.Runtime.InteropServices;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Journal.Snapshots;

namespace Cordon.Journal;

/// <summary>
/// A screening engine whose every input is in the journal first. One thread admits, appends and waits until the disk has it;
/// another steps the engine through what is durable and answers, while the disk takes the next group. All that waits when the first
/// comes round shares one flush.
/// One process at a time may open a folder; to see to that is the caller's business.
/// </summary>
public sealed class JournaledEngine : IAsyncDisposable
{
    private readonly JournalOptions options;
    private readonly ScreeningEngine engine;
    private readonly SegmentWriter writer;
    private readonly Snapshotter? snapshotter;
    private readonly WaitingLine<Submission> line;
    private readonly Flights flights = new();
    private readonly Lock gate = new();
    private readonly JournalBatch accepted = new();
    private readonly StepBatch stepping = new();
    private readonly TaskCompletionSource judged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? advanced;
    private Exception? end;
    private long stepped;

    private JournaledEngine(JournalOptions options, ScreeningEngine engine, SegmentWriter writer, Snapshotter? snapshotter)
    {
        this.options = options;
        this.engine = engine;
        this.writer = writer;
        this.snapshotter = snapshotter;
        stepped = engine.Sequence;
        line = new WaitingLine<Submission>(options.WaitingBatches, static submission => submission.Bytes);
        writer.WakeBy(line.Wake);
        new Thread(JournalLoop) { Name = "journal writer", IsBackground = true }.Start();
        new Thread(JudgeLoop) { Name = "engine", IsBackground = true }.Start();
    }

    /// <summary>The last record that is durable and judged; 0 where there is none.</summary>
    public long Sequence => Volatile.Read(ref stepped);

    /// <summary>How many times the disk was asked to make a group durable, since opening.</summary>
    public long Flushes => writer.Flushes;

    /// <summary>
    /// Raised by the thread that judges when something was told of money that is pursued (<see cref="Engine.Money.Pursuit"/>). A handler only wakes
    /// somebody: judging waits for it.
    /// </summary>
    public event Action? MoneyTouched;

    /// <summary>Whether work is taken, and if not, why and since when. Reads are served in every state.</summary>
    public JournalHealth Health => writer.Health;

    /// <summary>Why nothing more is taken until it is opened again; null while all is well or will be by itself.</summary>
    public JournalFailedException? Failure => writer.Failure;

    /// <summary>The last snapshot that was tried since opening; null where there was none.</summary>
    public SnapshotTaken? Snapshot => snapshotter?.Taken;

    /// <summary>
    /// Opens the journal of a folder, creating what is missing: an engine begins with the newest snapshot that can be used, else with
    /// nothing, and is stepped through the records behind it.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How the journal is kept.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="report">What was found, a torn end that was cut off among it.</param>
    /// <param name="rulebook">The rules that judge until a record activates others; <see cref="Rulebook.Empty"/> where not given.</param>
    /// <param name="library">Finds the rulebooks that records activate; null where none does.</param>
    /// <exception cref="JournalCorruptException">Acknowledged records are damaged; nothing was changed.</exception>
    public static JournaledEngine Open(
        string folder, JournalOptions options, IProgress<JournalProgress>? progress, out RecoveryReport report, Rulebook? rulebook = null,
        Func<string, Rulebook?>? library = null) =>
        Open(folder, options, progress, out report, rulebook ?? Rulebook.Empty, EngineState.Own, library);

    /// <summary>Opens as above, with snapshots in another form; without any where there is none.</summary>
    internal static JournaledEngine Open(
        string folder, JournalOptions options, IProgress<JournalProgress>? progress, out RecoveryReport report, Rulebook rulebook, EngineState? state,
        Func<string, Rulebook?>? library = null)
    {
        options.Validate();
        var recovery = new EngineRecovery(Path.GetFullPath(folder), options, () => new ScreeningEngine(rulebook, library, options.Layout), rulebook.Hash, state, progress);
        (var engine, var writer, report) = recovery.Run();
        Snapshotter? snapshotter = null;
        if (state is not null && options.TakesSnapshots)
        {
            recovery.Store.Tidy();
            snapshotter = new Snapshotter(recovery.Store, state, writer.Segments, options);
            snapshotter.BeganAt(report.SnapshotSequence);
        }
        return new JournaledEngine(options, engine, writer, snapshotter);
    }

    /// <summary>Submits records together. The answer comes when all that is new among them is durable and judged.</summary>
    /// <param name="batch">At most <see cref="JournalOptions.BatchRecords"/>.</param>
    /// <param name="cancel">Gives up waiting for a place in the queue; what has one is taken.</param>
    /// <exception cref="JournalPausedException">The disk is full or failed; it goes on by itself. The batch may be sent again.</exception>
    /// <exception cref="JournalFailedException">The journal stopped, now or before. The batch may be in it or not and may be sent again.</exception>
    public async Task<SubmitReceipt> SubmitAsync(IReadOnlyList<EngineRecord> batch, CancellationToken cancel = default)
    {
        if (batch.Count > options.BatchRecords) throw new ArgumentException($"A batch has at most {options.BatchRecords} records, not {batch.Count}.", nameof(batch));
        cancel.ThrowIfCancellationRequested();
        if (writer.Refusal() is { } refusal) throw refusal;
        var submission = Submission.Of(batch);
        return line.TryEnter(submission) || await line.EnterAsync(submission, cancel) ? await submission.Receipt : throw Ended();
    }

    /// <summary>Submits one record. The answer comes when it is durable and judged. The journal allocates nothing for it once it has run for a while.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancel">Gives up waiting for a place in the queue; what has one is taken.</param>
    /// <exception cref="JournalPausedException">The disk is full or failed; it goes on by itself. The record may be sent again.</exception>
    /// <exception cref="JournalFailedException">The journal stopped, now or before. The record may be in it or not and may be sent again.</exception>
    public ValueTask<SubmitOutcome> SubmitAsync(EngineRecord record, CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<SubmitOutcome>(cancel);
        if (writer.Refusal() is { } refusal) return ValueTask.FromException<SubmitOutcome>(refusal);
        var submission = Submission.Of(record);
        return line.TryEnter(submission) ? submission.Outcome : EnterLaterAsync(submission, cancel);
    }

    /// <summary>
    /// Reads the engine between two records. Judging waits meanwhile, so the read should be short;
    /// what it returns must not be the engine or a part of it that changes.
    /// </summary>
    public T Read<T>(Func<ScreeningEngine, T> read)
    {
        lock (gate) return read(engine);
    }

    /// <summary>Reads journal records that are durable and judged, after a sequence. Any number may read at a time.</summary>
    /// <param name="after">0 for the first.</param>
    /// <param name="max">At most so many.</param>
    /// <exception cref="JournalCorruptException">A record that was durable is broken.</exception>
    public IReadOnlyList<(long Sequence, EngineRecord Record)> ReadFrom(long after, int max)
    {
        var count = (int)Math.Min(Sequence - after, max);
        if (count <= 0) return [];
        var records = new List<(long, EngineRecord)>(count);
        writer.Segments.Visit(after, after + count, (sequence, payload) =>
        {
            var fault = EngineRecordCodec.Read(payload, out var record);
            if (record is null) return fault.ToString();
            records.Add((sequence, record));
            return null;
        });
        return records;
    }

    /// <summary>Waits until a record after a sequence is durable and judged.</summary>
    /// <exception cref="JournalFailedException">The journal stopped before.</exception>
    /// <exception cref="ObjectDisposedException">The engine was closed before.</exception>
    public async Task WaitForAsync(long after, CancellationToken cancel = default)
    {
        while (true)
        {
            // Taken before the look at the sequence: an advance in between completes this very signal.
            var next = Signal();
            if (Sequence > after) return;
            if (Volatile.Read(ref end) is { } ended) throw ended;
            await next.WaitAsync(cancel);
        }
    }

    /// <summary>Takes what waits, takes a snapshot where there is something new to keep, then closes the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        line.Close();
        await judged.Task;
        if (snapshotter is not null && Failure is null) await snapshotter.CloseAsync(engine);
        writer.Dispose();
        line.Dispose();
        End((Exception?)Failure ?? new ObjectDisposedException(nameof(JournaledEngine)));
    }

    private async ValueTask<SubmitOutcome> EnterLaterAsync(Submission submission, CancellationToken cancel) =>
        await line.EnterAsync(submission, cancel) ? await submission.Outcome : throw Ended();

    private Exception Ended() => (Exception?)Failure ?? new ObjectDisposedException(nameof(JournaledEngine));

    /// <summary>Admits what waits, makes it durable and hands it on.</summary>
    private void JournalLoop()
    {
        var flight = flights.Next();
        while (line.Take(flight.Group, options.GroupBytes))
        {
            writer.ProbeIfDue();
            if (flight.Group.Count > 0 && TakeIn(flight))
            {
                flights.Hand(flight);
                flight = flights.Next();
            }
            if (writer.Failure is { } failure) Close(failure);
        }
        flights.End();
    }

    private bool TakeIn(Flight flight)
    {
        try
        {
            if (writer.Refusal() is { } refusal) throw refusal;
            accepted.Clear();
            var first = writer.DurableSequence + 1;
            // Once for all of them: the thread that judges is let in again while the disk works.
            lock (gate)
            {
                foreach (var submission in flight.Group) submission.Admit(engine, flights, flight, accepted, first);
            }
            if (accepted.Count > 0) writer.Write(accepted);
            flight.Bytes = accepted.Bytes;
            return true;
        }
        catch (Exception cause)
        {
            var why = cause as JournalFailedException ?? writer.Stop(cause);
            flight.Refuse(why);
            lock (gate) flight.Land();
            return false;
        }
    }

    /// <summary>Steps the engine through what is durable, and answers.</summary>
    private void JudgeLoop()
    {
        JournalFailedException? broken = null;
        while (flights.Taken() is { } flight)
        {
            try
            {
                // An engine that failed within a record knows something else than the journal.
                if (broken is null) Judge(flight);
            }
            catch (Exception cause)
            {
                Close(broken = writer.Stop(cause));
            }
            if (broken is not null) flight.Refuse(broken);
            lock (gate) flight.Land();
            flights.Return(flight);
        }
        judged.SetResult();
    }

    private void Judge(Flight flight)
    {
        options.BeforeStep?.Invoke(JournalStep.Judge);
        while (flight.Answered < flight.Group.Count)
        {
            var until = flight.Answered;
            for (; until < flight.Group.Count && stepping.Count < StepBatch.Enough; until++) flight.Group[until].Collect(stepping);
            var mine = CollectionsMarshal.AsSpan(flight.Group)[flight.Answered..until];
            bool touched;
            lock (gate)
            {
                stepping.Step(engine);
                touched = engine.Known.Pursuit.IsTouched;
                foreach (var submission in mine) submission.Take(engine, stepping);
            }
            stepping.Clear();
            // Before the receipts: who has one finds his records by ReadFrom.
            if (Sequence < engine.Sequence) Advance();
            if (touched) MoneyTouched?.Invoke();
            foreach (var submission in mine) submission.Answer();
            flight.Answered = until;
        }
        if (snapshotter is null) return;
        lock (gate) snapshotter.Passed(engine, flight.Bytes);
    }

    private Task Signal()
    {
        if (Volatile.Read(ref advanced) is { } waiting) return waiting.Task;
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref advanced, signal, null) ?? signal).Task;
    }

    private void Advance()
    {
        Volatile.Write(ref stepped, engine.Sequence);
        Interlocked.Exchange(ref advanced, null)?.SetResult();
    }

    private void Close(Exception why)
    {
        line.Close();
        End(why);
    }

    private void End(Exception why)
    {
        Interlocked.CompareExchange(ref end, why, null);
        Interlocked.Exchange(ref advanced, null)?.SetException(why);
    }
}
