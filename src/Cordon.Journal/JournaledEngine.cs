using System.Threading.Channels;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;

namespace Cordon.Journal;

/// <summary>
/// A screening engine whose every input is in the journal first. One loop admits, appends, waits until the disk has it,
/// steps the engine and then answers; all that waits when it comes round shares one flush.
/// One process at a time may open a folder; to see to that is the caller's business.
/// </summary>
public sealed class JournaledEngine : IAsyncDisposable
{
    private readonly JournalOptions options;
    private readonly ScreeningEngine engine;
    private readonly JournalLog log;
    private readonly Channel<Submission> waiting;
    private readonly Task loop;
    private readonly Lock gate = new();
    private readonly JournalBatch accepted = new();
    private readonly Dictionary<UInt128, (ulong Content, long Sequence)> flying = [];
    private TaskCompletionSource advanced = NewSignal();
    private long stepped;
    private JournalFailedException? failure;

    private JournaledEngine(JournalOptions options, ScreeningEngine engine, JournalLog log)
    {
        this.options = options;
        this.engine = engine;
        this.log = log;
        stepped = engine.Sequence;
        waiting = Channel.CreateBounded<Submission>(new BoundedChannelOptions(options.WaitingBatches) { SingleReader = true });
        loop = Task.Run(RunAsync);
    }

    /// <summary>The last record that is durable and judged; 0 where there is none.</summary>
    public long Sequence => Volatile.Read(ref stepped);

    /// <summary>How many times the disk was asked to make a group durable, since opening.</summary>
    public long Flushes => log.Flushes;

    /// <summary>Why nothing more is taken; null while all is well.</summary>
    public JournalFailedException? Failure => Volatile.Read(ref failure);

    /// <summary>Opens the journal of a folder, creating what is missing, and steps an engine through all that it holds.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How the journal is kept.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="report">What was found, a torn end that was cut off among it.</param>
    /// <param name="rulebook">The rules that judge; <see cref="Rulebook.Empty"/> where not given.</param>
    /// <exception cref="JournalCorruptException">Acknowledged records are damaged; nothing was changed.</exception>
    public static JournaledEngine Open(
        string folder, JournalOptions options, IProgress<JournalProgress>? progress, out RecoveryReport report, Rulebook? rulebook = null)
    {
        var engine = new ScreeningEngine(rulebook ?? Rulebook.Empty);
        var log = JournalLog.Open(folder, options, Replay, progress, out report);
        return new JournaledEngine(options, engine, log);

        string? Replay(long sequence, ReadOnlySpan<byte> payload)
        {
            var fault = EngineRecordCodec.Decode(payload, out var record, out var head);
            if (record is null) return $"{fault}. A newer version of the program may have written it.";
            engine.Step(record, RecordFingerprint.Of(payload, head));
            return null;
        }
    }

    /// <summary>Submits records together. The answer comes when all that is new among them is durable and judged.</summary>
    /// <param name="batch">At most <see cref="JournalOptions.BatchRecords"/>.</param>
    /// <param name="cancel">Gives up waiting for a place in the queue; what has one is taken.</param>
    /// <exception cref="JournalFailedException">The journal stopped, now or before. The batch may be in it or not and may be sent again.</exception>
    public async Task<SubmitReceipt> SubmitAsync(IReadOnlyList<EngineRecord> batch, CancellationToken cancel = default)
    {
        if (batch.Count > options.BatchRecords) throw new ArgumentException($"A batch has at most {options.BatchRecords} records, not {batch.Count}.", nameof(batch));
        var submission = new Submission(batch);
        try
        {
            await waiting.Writer.WriteAsync(submission, cancel);
        }
        catch (ChannelClosedException)
        {
            throw (Exception?)Failure ?? new ObjectDisposedException(nameof(JournaledEngine));
        }
        return await submission.Done.Task;
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
        var judged = Sequence - after;
        if (judged <= 0 || max <= 0) return [];
        var entries = log.Read(after, (int)Math.Min(judged, max));
        var records = new (long, EngineRecord)[entries.Count];
        for (var i = 0; i < records.Length; i++)
        {
            EngineRecordCodec.Read(entries[i].Payload.Span, out var record);
            records[i] = (entries[i].Sequence, record ?? throw new InvalidOperationException($"Record {entries[i].Sequence} was read before and cannot be read now."));
        }
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
            var next = Volatile.Read(ref advanced).Task;
            if (Sequence > after) return;
            await next.WaitAsync(cancel);
        }
    }

    /// <summary>Takes what waits, then closes the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await loop;
        await log.DisposeAsync();
        Volatile.Read(ref advanced).TrySetException((Exception?)Failure ?? new ObjectDisposedException(nameof(JournaledEngine)));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync()
    {
        var group = new List<Submission>();
        try
        {
            while (await waiting.Reader.WaitToReadAsync())
            {
                Take(group);
                await TakeInAsync(group);
                group.Clear();
            }
        }
        catch (Exception cause)
        {
            Fail(group, cause);
        }
    }

    private void Take(List<Submission> group)
    {
        var bytes = 0L;
        while (bytes < options.GroupBytes && waiting.Reader.TryRead(out var next))
        {
            group.Add(next);
            bytes += next.Bytes;
        }
    }

    private async Task TakeInAsync(List<Submission> group)
    {
        accepted.Clear();
        flying.Clear();
        foreach (var submission in group) submission.Admit(engine, flying, accepted);
        if (accepted.Count > 0)
        {
            var first = await log.AppendAsync(accepted);
            if (first != engine.Sequence + 1) throw new InvalidOperationException($"The journal gave sequence {first} where the engine is at {engine.Sequence}.");
        }
        foreach (var submission in group)
        {
            lock (gate) submission.Step(engine);
            // Before the receipt: who has one finds his records by ReadFrom.
            if (Sequence < engine.Sequence) Advance();
            submission.Done.SetResult(submission.Receipt(engine.Sequence));
        }
    }

    private void Advance()
    {
        Volatile.Write(ref stepped, engine.Sequence);
        var before = Interlocked.Exchange(ref advanced, NewSignal());
        before.SetResult();
    }

    private void Fail(List<Submission> group, Exception cause)
    {
        var failed = cause as JournalFailedException ?? new JournalFailedException(cause);
        Volatile.Write(ref failure, failed);
        waiting.Writer.TryComplete();
        foreach (var submission in group) submission.Done.TrySetException(failed);
        while (waiting.Reader.TryRead(out var next)) next.Done.TrySetException(failed);
        Volatile.Read(ref advanced).TrySetException(failed);
    }
}
