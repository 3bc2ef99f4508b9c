using System.Buffers.Binary;
using Cordon.Journal;

namespace Cordon.Tests.Journal;

public sealed class JournalLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task All_that_waits_while_a_group_is_flushed_shares_the_next_flush()
    {
        using var reached = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        var options = new JournalOptions
        {
            BeforeStep = step =>
            {
                if (step != JournalStep.Flush) return;
                reached.Release();
                released.Wait(Cancel);
            },
        };
        await using var log = folder.Open(out _, options);
        var appends = new List<Task<long>> { log.AppendAsync([Payload(1)], Cancel) };
        await reached.WaitAsync(Cancel);
        for (var n = 2; n <= 64; n++) appends.Add(log.AppendAsync([Payload(n)], Cancel));
        Assert.All(appends, append => Assert.False(append.IsCompleted));
        released.Set();
        Assert.Equal(Enumerable.Range(1, 64).Select(n => (long)n), await Task.WhenAll(appends));
        Assert.Equal(2, log.Flushes);
    }

    [Fact]
    public async Task Sixty_four_callers_at_once_get_sequences_without_gaps_and_what_they_wrote()
    {
        const int Callers = 64, Each = 20;
        await using var log = folder.Open(out _, new JournalOptions { SegmentBytes = 8_192, WaitingBatches = 16 });
        var written = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var mine = new List<(long Sequence, int Value)>();
            for (var n = 0; n < Each; n++)
            {
                var value = (caller * 1_000) + (n * 2);
                var first = await log.AppendAsync([Payload(value), Payload(value + 1)], Cancel);
                mine.Add((first, value));
                mine.Add((first + 1, value + 1));
            }
            return mine;
        }, Cancel)));
        var expected = written.SelectMany(mine => mine).OrderBy(pair => pair.Sequence).ToList();
        Assert.Equal(Enumerable.Range(1, Callers * Each * 2).Select(n => (long)n), expected.Select(pair => pair.Sequence));
        Assert.Equal(expected, log.Read(0, int.MaxValue).Select(entry => (entry.Sequence, Value(entry))));
        Assert.InRange(log.Flushes, 1, (Callers * Each) - 1);
        Assert.True(folder.Segments.Count > 1);
    }

    [Fact]
    public async Task Reading_starts_anywhere_ends_at_its_bound_and_crosses_segments()
    {
        await using var log = folder.Open(out _, new JournalOptions { SegmentBytes = 4_096 });
        for (var n = 1; n <= 500; n += 50) await log.AppendAsync([.. Enumerable.Range(n, 50).Select(Payload)], Cancel);
        Assert.True(folder.Segments.Count > 1);
        for (var after = 0; after <= 500; after += 7)
            Assert.Equal(Enumerable.Range(after + 1, Math.Min(120, 500 - after)), log.Read(after, 120).Select(Value));
        Assert.Empty(log.Read(500, 10));
        Assert.Empty(log.Read(long.MaxValue, 10));
        Assert.Empty(log.Read(3, 0));
    }

    [Fact]
    public async Task Reading_starts_near_its_place_in_a_large_segment_also_after_opening_again()
    {
        await using (var log = folder.Open(out _)) await log.AppendAsync([.. Enumerable.Range(1, 20_000).Select(Payload)], Cancel);
        await using var again = folder.Open(out _);
        foreach (var after in new[] { 0L, 1, 3_275, 3_276, 3_277, 12_345, 19_999 }) Assert.Equal((int)after + 1, Value(again.Read(after, 1)[0]));
    }

    [Fact]
    public async Task A_follower_reads_all_in_order_while_others_write()
    {
        const int Records = 2_000;
        await using var log = folder.Open(out _, new JournalOptions { SegmentBytes = 4_096 });
        var follower = Task.Run(() =>
        {
            var read = new List<int>();
            while (read.Count < Records)
            {
                Cancel.ThrowIfCancellationRequested();
                read.AddRange(log.Read(read.Count, 37).Select(Value));
            }
            return read;
        }, Cancel);
        for (var n = 1; n <= Records; n += 10) await log.AppendAsync([.. Enumerable.Range(n, 10).Select(Payload)], Cancel);
        Assert.Equal(Enumerable.Range(1, Records), await follower);
    }

    [Fact]
    public async Task A_closed_journal_has_written_what_waited_and_takes_nothing()
    {
        var log = folder.Open(out _);
        var appends = Enumerable.Range(1, 10).Select(n => log.AppendAsync([Payload(n)], Cancel)).ToList();
        await log.DisposeAsync();
        Assert.Equal(10, (await Task.WhenAll(appends)).Max());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => log.AppendAsync([Payload(1)], Cancel));
    }

    [Fact]
    public async Task Empty_batches_empty_payloads_and_wrong_options_are_refused()
    {
        await using var log = folder.Open(out _);
        await Assert.ThrowsAsync<ArgumentException>(() => log.AppendAsync(new JournalBatch(), Cancel));
        Assert.Throws<InvalidOperationException>(() => new JournalBatch().EndRecord());
        Assert.Throws<ArgumentOutOfRangeException>(() => folder.Open(out _, new JournalOptions { SegmentBytes = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => folder.Open(out _, new JournalOptions { WaitingBatches = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => folder.Open(out _, new JournalOptions { ProbeEvery = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => folder.Open(out _, new JournalOptions { SnapshotRecords = 0 }));
    }

    [Fact]
    public async Task Who_finds_no_place_waits_outside_and_can_give_up()
    {
        using var reached = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        var options = new JournalOptions
        {
            WaitingBatches = 2,
            BeforeStep = step =>
            {
                if (step != JournalStep.Write) return;
                reached.Release();
                released.Wait(Cancel);
            },
        };
        await using var log = folder.Open(out _, options);
        var writing = log.AppendAsync(Payload(1).Span, Cancel).AsTask();
        await reached.WaitAsync(Cancel);
        var waiting = Enumerable.Range(2, 2).Select(n => log.AppendAsync(Payload(n).Span, Cancel).AsTask()).ToList();
        using var impatient = new CancellationTokenSource();
        var outside = log.AppendAsync(Payload(4).Span, impatient.Token).AsTask();
        var patient = log.AppendAsync(Payload(5).Span, Cancel).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outside);
        released.Set();
        await Task.WhenAll([writing, patient, .. waiting]);
        Assert.Equal([1, 2, 3, 5], log.Read(0, 10).Select(Value).Order());
    }

    [Fact]
    public void The_checksum_is_crc_32c()
    {
        // The check value of CRC-32C (Castagnoli) for the digits 1 to 9, as catalogued.
        Assert.Equal(0xE3069283u, ~SegmentFormat.Checksum(~0u, "123456789"u8));
    }

    private static ReadOnlyMemory<byte> Payload(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static int Value(JournalEntry entry) => BinaryPrimitives.ReadInt32LittleEndian(entry.Payload.Span);
}
