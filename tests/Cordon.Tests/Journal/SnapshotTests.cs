using Cordon.Engine.Screening;
using Cordon.Journal;
using Cordon.Journal.Snapshots;
using Cordon.Tests.Screening;

namespace Cordon.Tests.Journal;

public sealed class SnapshotTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Numbered numbered = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IReadOnlyList<string> Snapshots => [.. Directory.GetFiles(folder.Path, "*.snap").Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_closed_journal_opens_again_from_a_snapshot_and_replays_nothing()
    {
        await WriteAsync(0, 30);
        Assert.Equal(folder.Path, Path.GetDirectoryName(Assert.Single(Snapshots)));
        await using (var engine = numbered.Open(folder.Path, out var report))
        {
            Assert.Equal((30L, 0L, 30L), (report.SnapshotSequence, report.Records, report.LastSequence));
            Assert.Empty(report.SnapshotFaults);
            Numbered.AssertHas(engine, 30);
            Assert.Equal(Admission.Repeat, (await engine.SubmitAsync(Numbered.Record(7), Cancel)).Admission);
        }
        Assert.Single(Snapshots);
    }

    [Fact]
    public async Task Without_a_snapshot_of_its_own_state_a_journal_is_read_from_its_beginning()
    {
        await WriteAsync(0, 30);
        await using var engine = JournaledEngine.Open(folder.Path, JournalOptions.Default, null, out var report, ShippedRulebook.China);
        Assert.Equal((0L, 30L), (report.SnapshotSequence, report.Records));
        Numbered.AssertHas(engine, 30);
    }

    [Theory]
    [InlineData(1_000, 1L << 30)]
    [InlineData(1_000_000, 64 << 10)]
    public async Task Snapshots_are_taken_as_it_goes_and_only_what_came_after_is_replayed(long everyRecords, long everyBytes)
    {
        using var copy = new TemporaryFolder();
        var options = new JournalOptions { SnapshotRecords = everyRecords, SnapshotBytes = everyBytes, SegmentBytes = 16 << 10, SnapshotRest = 0 };
        await using (var engine = numbered.Open(folder.Path, out _, options))
        {
            for (var n = 0; n < 60; n++) await SubmitAsync(engine, n * 50, 50);
            await engine.UntilAsync(() => engine.Snapshot is { Sequence: > 1_000 });
            Assert.Null(engine.Snapshot!.Fault);
            folder.CopyTo(copy);
        }
        await using var again = numbered.Open(copy.Path, out var report, options);
        Assert.InRange(report.SnapshotSequence, 1_000, 3_000);
        Assert.Equal(3_000 - report.SnapshotSequence, report.Records);
        Assert.Equal([report.SnapshotSequence], numbered.Loaded);
        Numbered.AssertHas(again, 3_000);
    }

    [Fact]
    public async Task The_newest_two_are_kept()
    {
        for (var n = 0; n < 5; n++) await WriteAsync(n * 10, 10);
        Assert.Equal(["00000000000000000040.snap", "00000000000000000050.snap"], Snapshots.Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_content_of_many_blocks_comes_back_as_it_was()
    {
        var large = new Numbered(filler: (3 * SnapshotBuffer.PieceBytes) + 12_345);
        await using (var engine = large.Open(folder.Path, out _)) await SubmitAsync(engine, 0, 20);
        await using var again = large.Open(folder.Path, out var report);
        Assert.Equal(20, report.SnapshotSequence);
        Numbered.AssertHas(again, 20);
    }

    [Fact]
    public async Task Any_changed_or_missing_byte_makes_it_fall_back_to_the_one_before()
    {
        await WriteAsync(0, 5);
        await WriteAsync(5, 5);
        var newest = Snapshots[1];
        var whole = File.ReadAllBytes(newest);
        for (var place = 0; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 0x20;
            File.WriteAllBytes(newest, changed);
            await AssertFallsBackAsync(newest);
            File.WriteAllBytes(newest, whole[..place]);
            await AssertFallsBackAsync(newest);
        }
        File.WriteAllBytes(newest, [.. whole, 0]);
        await AssertFallsBackAsync(newest);
    }

    [Fact]
    public async Task With_both_broken_the_whole_journal_is_read()
    {
        await WriteAsync(0, 5);
        await WriteAsync(5, 5);
        foreach (var file in Snapshots) File.WriteAllBytes(file, [1, 2, 3]);
        await using var engine = numbered.Open(folder.Path, out var report);
        Assert.Equal((0L, 10L), (report.SnapshotSequence, report.Records));
        Assert.Equal(Snapshots.Reverse(), report.SnapshotFaults.Select(fault => fault.File));
        Numbered.AssertHas(engine, 10);
    }

    [Fact]
    public async Task One_of_another_journal_is_told_by_the_record_it_stands_at()
    {
        using var other = new TemporaryFolder();
        await using (var engine = numbered.Open(other.Path, out _)) await engine.SubmitAsync(Numbered.Records(101, 10), Cancel);
        await WriteAsync(0, 10);
        File.Copy(Directory.GetFiles(other.Path, "*.snap")[0], Snapshots[0], overwrite: true);
        await using var mine = numbered.Open(folder.Path, out var report);
        Assert.Contains("is another than", Assert.Single(report.SnapshotFaults).Reason, StringComparison.Ordinal);
        Assert.Equal((0L, 10L), (report.SnapshotSequence, report.Records));
        Numbered.AssertHas(mine, 10);
    }

    [Fact]
    public async Task One_beyond_the_end_of_the_journal_shows_that_records_are_missing()
    {
        await WriteAsync(0, 10);
        File.Move(Snapshots[0], Path.Combine(folder.Path, "kept"));
        File.Delete(folder.Segments[0]);
        File.Delete(folder.Mark);
        await WriteAsync(0, 4);
        File.Move(Path.Combine(folder.Path, "kept"), Path.Combine(folder.Path, SnapshotFormat.FileName(10)));
        var damage = Assert.Throws<JournalCorruptException>(() => numbered.Open(folder.Path, out _));
        Assert.Contains("a snapshot holds all up to 10", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_another_rulebook_name_or_content_is_not_used()
    {
        await WriteAsync(0, 10);
        var store = new SnapshotStore(folder.Path, "another", null);
        Assert.Contains("another rulebook", store.Read(Snapshots[0], 10, out _, out _), StringComparison.Ordinal);
        File.Copy(Snapshots[0], Path.Combine(folder.Path, SnapshotFormat.FileName(9)));
        Assert.Contains("another sequence", store.Read(Path.Combine(folder.Path, SnapshotFormat.FileName(9)), 9, out _, out _), StringComparison.Ordinal);
        await using var engine = new Numbered(filler: 41).Open(folder.Path, out var report);
        Assert.Equal(2, report.SnapshotFaults.Length);
        Assert.Contains("byte 40", report.SnapshotFaults[0].Reason, StringComparison.Ordinal);
        Assert.Equal(10, report.Records);
    }

    [Fact]
    public async Task Old_segments_are_not_read_at_start_and_are_read_when_somebody_asks()
    {
        var options = new JournalOptions { SegmentBytes = 4_096 };
        await WriteAsync(0, 1_000, options);
        Assert.True(folder.Segments.Count > 10);
        var old = File.ReadAllBytes(folder.Segments[3]);
        old[^1] ^= 1;
        File.WriteAllBytes(folder.Segments[3], old);
        await using var engine = numbered.Open(folder.Path, out var report, options);
        Assert.Equal((1_000L, 0L, folder.Segments.Count), (report.SnapshotSequence, report.Records, report.Segments));
        for (var after = 0; after < 1_000; after += 60)
        {
            if (after is >= 60 and <= 240) continue;
            Assert.Equal(Numbered.Records(after + 1, 5), engine.ReadFrom(after, 5).Select(read => read.Record));
        }
        Assert.Throws<JournalCorruptException>(() => engine.ReadFrom(0, 1_000));
    }

    [Fact]
    public async Task A_missing_or_shortened_old_segment_is_damage_though_a_snapshot_holds_its_records()
    {
        var options = new JournalOptions { SegmentBytes = 4_096 };
        await WriteAsync(0, 1_000, options);
        var (path, whole) = (folder.Segments[3], File.ReadAllBytes(folder.Segments[3]));
        File.WriteAllBytes(path, whole[..^1]);
        Assert.Throws<JournalCorruptException>(() => numbered.Open(folder.Path, out _));
        File.Delete(path);
        Assert.Throws<JournalCorruptException>(() => numbered.Open(folder.Path, out _));
        File.WriteAllBytes(path, whole);
        await using var engine = numbered.Open(folder.Path, out _);
        Numbered.AssertHas(engine, 1_000);
    }

    [Fact]
    public async Task One_that_cannot_be_written_is_told_of_and_leaves_nothing_behind()
    {
        var broken = true;
        var options = new JournalOptions { SnapshotRecords = 1_000, SnapshotRest = 0, BeforeStep = step => { if (broken && step == JournalStep.SnapshotFlush) throw new IOException("No space.", 28); } };
        await using (var engine = numbered.Open(folder.Path, out _, options))
        {
            await SubmitAsync(engine, 0, 1_000);
            await engine.UntilAsync(() => engine.Snapshot is not null);
            Assert.Equal("No space.", engine.Snapshot!.Fault);
            Assert.Empty(Directory.GetFiles(folder.Path, "*.snap*"));
            Assert.Equal(JournalState.Working, engine.Health.State);
            broken = false;
            await SubmitAsync(engine, 1_000, 1_000);
            await engine.UntilAsync(() => engine.Snapshot is { Fault: null });
        }
        Assert.Equal("00000000000000002000.snap", Path.GetFileName(Assert.Single(Snapshots)));
    }

    private async Task AssertFallsBackAsync(string broken)
    {
        using var copy = new TemporaryFolder();
        folder.CopyTo(copy);
        await using var engine = numbered.Open(copy.Path, out var report);
        Assert.Equal((5L, 5L), (report.SnapshotSequence, report.Records));
        Assert.Equal(Path.GetFileName(broken), Path.GetFileName(Assert.Single(report.SnapshotFaults).File));
        Numbered.AssertHas(engine, 10);
    }

    private async Task WriteAsync(int after, int count, JournalOptions? options = null)
    {
        await using var engine = numbered.Open(folder.Path, out _, options);
        Assert.Equal(after, engine.Sequence);
        for (var n = 0; n < count; n += 25) await SubmitAsync(engine, after + n, Math.Min(25, count - n));
        numbered.Loaded.Clear();
    }

    private static Task<SubmitReceipt> SubmitAsync(JournaledEngine engine, int after, int count) => engine.SubmitAsync(Numbered.Records(after + 1, count), Cancel);
}
