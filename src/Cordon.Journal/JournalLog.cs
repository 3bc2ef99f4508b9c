namespace Cordon.Journal;

/// <summary>One record of a journal.</summary>
/// <param name="Sequence">Its place, from 1, without gaps.</param>
/// <param name="Payload">Its bytes.</param>
public readonly record struct JournalEntry(long Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>
/// An append-only log of records in segment files of one folder. What was acknowledged was flushed to the disk.
/// A thread of its own writes; all that waits when it comes round is one group and shares one flush.
/// One process at a time may open a folder; to see to that is the caller's business.
/// </summary>
public sealed class JournalLog : IAsyncDisposable
{
    private readonly JournalOptions options;
    private readonly SegmentWriter writer;
    private readonly WaitingLine<Append> line;
    private readonly JournalBatch merged = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JournalLog(JournalOptions options, SegmentWriter writer)
    {
        this.options = options;
        this.writer = writer;
        line = new WaitingLine<Append>(options.WaitingBatches, static append => append.Batch.Bytes);
        writer.WakeBy(line.Wake);
        new Thread(WriteLoop) { Name = "journal writer", IsBackground = true }.Start();
    }

    /// <summary>The last record that is durable; 0 where there is none.</summary>
    public long DurableSequence => writer.DurableSequence;

    /// <summary>Whether it takes work, and if not, why and since when.</summary>
    public JournalHealth Health => writer.Health;

    /// <summary>Why the journal takes nothing more until it is opened again; null while it works or will work again by itself.</summary>
    public JournalFailedException? Failure => writer.Failure;

    /// <summary>How many groups were flushed since opening.</summary>
    public long Flushes => writer.Flushes;

    /// <summary>Opens the journal of a folder, creating what is missing, and reads all that it holds.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How it is kept.</param>
    /// <param name="visit">Takes each record in order; null where nobody wants them.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="report">What was found, a torn end that was cut off among it.</param>
    /// <exception cref="JournalCorruptException">Acknowledged records are damaged; nothing was changed.</exception>
    public static JournalLog Open(string folder, JournalOptions options, JournalVisitor? visit, IProgress<JournalProgress>? progress, out RecoveryReport report)
    {
        options.Validate();
        return new JournalLog(options, SegmentWriter.Open(folder, options, RecoveryStart.Beginning, visit, progress, out report));
    }

    /// <summary>Appends one payload and waits until it is durable. Nothing is allocated once the log has run for a while.</summary>
    /// <param name="payload">1 byte to 16 MiB; copied before the call returns.</param>
    /// <param name="cancel">Gives up waiting for a place in the queue; what has one is written.</param>
    /// <returns>Its sequence.</returns>
    /// <exception cref="JournalFailedException">The journal could not be written, now or before.</exception>
    public ValueTask<long> AppendAsync(ReadOnlySpan<byte> payload, CancellationToken cancel = default) => EnterAsync(Append.Of(payload), cancel);

    /// <summary>Appends payloads together and waits until they are durable.</summary>
    /// <returns>The sequence of the first; the others follow without gaps.</returns>
    /// <exception cref="JournalFailedException">The journal could not be written, now or before.</exception>
    public Task<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> payloads, CancellationToken cancel = default)
    {
        var batch = new JournalBatch();
        foreach (var payload in payloads) batch.Add(payload.Span);
        return AppendAsync(batch, cancel);
    }

    /// <summary>Appends a batch, which must not be touched afterwards, and waits until it is durable.</summary>
    /// <param name="batch">At least one record.</param>
    /// <param name="cancel">Gives up waiting for a place in the queue; what has one is written.</param>
    /// <returns>The sequence of the first record; the others follow without gaps.</returns>
    /// <exception cref="JournalFailedException">The journal could not be written, now or before.</exception>
    public async Task<long> AppendAsync(JournalBatch batch, CancellationToken cancel = default)
    {
        if (batch.Count == 0) throw new ArgumentException("A batch has at least one record.", nameof(batch));
        return await EnterAsync(Append.Of(batch), cancel);
    }

    /// <summary>Reads durable records after a sequence. Any number may read while one writes.</summary>
    /// <param name="after">0 for the first.</param>
    /// <param name="max">At most so many.</param>
    /// <exception cref="JournalCorruptException">A record that was durable is broken.</exception>
    public IReadOnlyList<JournalEntry> Read(long after, int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        var entries = new List<JournalEntry>();
        writer.Segments.Visit(after, Math.Min(DurableSequence, after > long.MaxValue - max ? long.MaxValue : after + max), (sequence, payload) =>
        {
            entries.Add(new JournalEntry(sequence, payload.ToArray()));
            return null;
        });
        return entries;
    }

    /// <summary>Writes what waits, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        line.Close();
        await ended.Task;
        writer.Dispose();
        line.Dispose();
    }

    private ValueTask<long> EnterAsync(Append append, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<long>(cancel);
        if (writer.Refusal() is { } refusal) return ValueTask.FromException<long>(refusal);
        return line.TryEnter(append) ? append.Task : EnterLaterAsync(append, cancel);
    }

    private async ValueTask<long> EnterLaterAsync(Append append, CancellationToken cancel) =>
        await line.EnterAsync(append, cancel) ? await append.Task : throw (Exception?)Failure ?? new ObjectDisposedException(nameof(JournalLog));

    private void WriteLoop()
    {
        var group = new List<Append>();
        while (line.Take(group, options.GroupBytes))
        {
            writer.ProbeIfDue();
            if (group.Count > 0) WriteGroup(group);
            group.Clear();
            if (writer.Failure is not null) line.Close();
        }
        ended.SetResult();
    }

    private void WriteGroup(List<Append> group)
    {
        try
        {
            var sequence = writer.Write(group.Count == 1 ? group[0].Batch : Merge(group));
            foreach (var append in group)
            {
                // Read before the answer: afterwards the batch is the caller's again.
                var count = append.Batch.Count;
                append.Answer(sequence);
                sequence += count;
            }
        }
        catch (JournalFailedException refusal)
        {
            foreach (var append in group) append.Refuse(refusal);
        }
    }

    private JournalBatch Merge(List<Append> group)
    {
        merged.Clear();
        foreach (var append in group) merged.Add(append.Batch);
        return merged;
    }
}
