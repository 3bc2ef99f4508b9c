using Cordon.Journal;

namespace Cordon.Tests.Journal;

public sealed class JournalRecoveryTests : IDisposable
{
    private static readonly byte[][] First = [[1, 2, 3], [4], [5, 6, 7, 8, 9, 10, 11, 12, 13]];
    private static readonly byte[][] Second = [[20, 21], [22]];
    private static readonly byte[][] Third = [[30, 31, 32, 33], [34, 35], [36]];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_appended_is_there_after_opening_again()
    {
        await folder.WriteAsync(First, Second);
        var records = new List<string>();
        await using var log = folder.Open(out var report, records: records);
        Assert.Equal(Hex(First, Second), records);
        Assert.Equal(new RecoveryReport(5, 1, 5, null, 0), report);
        Assert.Equal(6, await log.AppendAsync([new byte[] { 1 }], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_last_group_cut_at_any_byte_leaves_all_that_was_acknowledged()
    {
        var (before, mark, whole) = await BuildAsync();
        var ends = RecordEnds(whole);
        for (var cut = before.Length; cut < whole.Length; cut++)
        {
            File.WriteAllBytes(folder.Segments[0], whole[..cut]);
            File.WriteAllBytes(folder.Mark, mark);
            var records = new List<string>();
            await using (folder.Open(out var report, records: records))
            {
                var kept = ends.FindAll(end => end <= cut);
                Assert.Equal(Hex(First, Second, Third).Take(kept.Count), records);
                Assert.Equal(cut - kept[^1], report.TruncatedBytes);
                Assert.Equal(cut == kept[^1] ? null : folder.Segments[0], report.TruncatedFile);
                Assert.Equal(kept[^1], new FileInfo(folder.Segments[0]).Length);
            }
        }
    }

    [Fact]
    public async Task After_a_torn_end_is_cut_off_the_journal_goes_on()
    {
        var (_, mark, whole) = await BuildAsync();
        File.WriteAllBytes(folder.Segments[0], whole[..^3]);
        File.WriteAllBytes(folder.Mark, mark);
        await folder.WriteAsync([[99]]);
        var records = new List<string>();
        await using var log = folder.Open(out var report, records: records);
        Assert.Equal([.. Hex(First, Second, Third)[..^1], "63"], records);
        Assert.Equal(0, report.TruncatedBytes);
    }

    [Fact]
    public async Task An_acknowledged_record_that_is_cut_off_is_missed()
    {
        var (_, _, whole) = await BuildAsync();
        for (var cut = 0; cut < whole.Length; cut++)
        {
            File.WriteAllBytes(folder.Segments[0], whole[..cut]);
            AssertCorrupt();
            Assert.Equal(cut, new FileInfo(folder.Segments[0]).Length);
        }
    }

    [Fact]
    public async Task Any_changed_bit_of_what_was_acknowledged_is_found()
    {
        var (_, _, whole) = await BuildAsync();
        for (var place = 0; place < whole.Length * 8; place++)
        {
            byte[] changed = [.. whole];
            changed[place / 8] ^= (byte)(1 << (place % 8));
            File.WriteAllBytes(folder.Segments[0], changed);
            AssertCorrupt();
            Assert.Equal(changed, File.ReadAllBytes(folder.Segments[0]));
        }
    }

    [Fact]
    public async Task Without_the_mark_a_change_before_the_last_group_is_found_and_one_in_it_never_gives_a_wrong_record()
    {
        var (before, _, whole) = await BuildAsync();
        var expected = Hex(First, Second, Third);
        for (var place = 0; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 0x10;
            File.WriteAllBytes(folder.Segments[0], changed);
            File.Delete(folder.Mark);
            if (place < before.Length)
            {
                AssertCorrupt();
                continue;
            }
            var records = new List<string>();
            await using (folder.Open(out _, records: records)) Assert.Equal(expected.Take(records.Count), records);
            Assert.InRange(records.Count, 5, 7);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 5_000)]
    [InlineData(0xA5, 1)]
    [InlineData(0xFF, 40)]
    [InlineData(0xA5, 300_000)]
    public async Task Garbage_and_zeros_behind_the_end_are_cut_off(byte value, int count)
    {
        await folder.WriteAsync(First);
        File.AppendAllBytes(folder.Segments[0], [.. Enumerable.Repeat(value, count)]);
        await using var log = folder.Open(out var report);
        Assert.Equal((3, count, folder.Segments[0]), (report.Records, report.TruncatedBytes, report.TruncatedFile));
    }

    [Fact]
    public async Task A_last_group_of_which_only_later_pages_reached_the_disk_is_torn_and_not_damage()
    {
        var (before, mark, whole) = await BuildAsync();
        Array.Clear(whole, before.Length, 20);
        File.WriteAllBytes(folder.Segments[0], whole);
        File.WriteAllBytes(folder.Mark, mark);
        await using var log = folder.Open(out var report);
        Assert.Equal((5, whole.Length - before.Length), (report.Records, report.TruncatedBytes));
    }

    [Fact]
    public async Task A_new_segment_whose_header_is_cut_at_any_byte_is_made_again()
    {
        await folder.WriteAsync(First);
        var next = Path.Combine(folder.Path, SegmentFormat.FileName(4));
        for (var cut = 0; cut < SegmentFormat.HeaderBytes; cut++)
        {
            File.WriteAllBytes(next, SegmentFormat.Header(4)[..cut]);
            await using var log = folder.Open(out var report);
            Assert.Equal((3, cut), (report.Records, report.TruncatedBytes));
            Assert.Equal(SegmentFormat.Header(4), File.ReadAllBytes(next));
        }
    }

    [Fact]
    public async Task A_broken_record_before_the_last_segment_is_damage_even_without_the_mark()
    {
        await WriteSegmentsAsync();
        var bytes = File.ReadAllBytes(folder.Segments[0]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(folder.Segments[0], bytes);
        File.Delete(folder.Mark);
        var damage = AssertCorrupt();
        Assert.Equal(folder.Segments[0], damage.File);
        Assert.Contains("a later segment follows", damage.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_missing_segment_is_damage(int missing)
    {
        await WriteSegmentsAsync();
        Assert.Equal(3, folder.Segments.Count);
        File.Delete(folder.Segments[missing]);
        AssertCorrupt();
    }

    [Fact]
    public async Task Damage_is_told_with_file_offset_and_what_to_do()
    {
        var (before, _, whole) = await BuildAsync();
        whole[before.Length + 5] ^= 1;
        File.WriteAllBytes(folder.Segments[0], whole);
        var damage = AssertCorrupt();
        Assert.Equal((folder.Segments[0], before.Length), (damage.File, damage.Offset));
        Assert.Contains("Restore", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_ends_with_all_bytes()
    {
        await folder.WriteAsync(First, Second);
        var told = new Told();
        await using var log = JournalLog.Open(folder.Path, JournalOptions.Default, null, told, out _);
        Assert.Equal(5, told.Last!.Records);
        Assert.Equal(told.Last.TotalBytes, told.Last.Bytes);
    }

    private JournalCorruptException AssertCorrupt() => Assert.Throws<JournalCorruptException>(() => folder.Open(out _));

    /// <summary>Three groups: the segment and mark as they were after two, and the segment after three. The mark of three stays in the folder.</summary>
    private async Task<(byte[] Before, byte[] Mark, byte[] Whole)> BuildAsync()
    {
        await folder.WriteAsync(First, Second);
        var before = File.ReadAllBytes(folder.Segments[0]);
        var mark = File.ReadAllBytes(folder.Mark);
        await folder.WriteAsync(Third);
        return (before, mark, File.ReadAllBytes(folder.Segments[0]));
    }

    private async Task WriteSegmentsAsync()
    {
        await using var log = folder.Open(out _, new JournalOptions { SegmentBytes = 4_096 });
        for (var n = 0; n < 3; n++) await log.AppendAsync([new byte[4_096]], TestContext.Current.CancellationToken);
    }

    private static List<string> Hex(params byte[][][] groups) => [.. groups.SelectMany(group => group).Select(Convert.ToHexString)];

    /// <summary>Where records end, worked out by hand: a header of 24, then 16 and the payload each.</summary>
    private static List<int> RecordEnds(byte[] whole)
    {
        var ends = new List<int>();
        var at = 24;
        foreach (var payload in First.Concat(Second).Concat(Third)) ends.Add(at += 16 + payload.Length);
        Assert.Equal(whole.Length, at);
        return ends;
    }

    private sealed class Told : IProgress<JournalProgress>
    {
        public JournalProgress? Last { get; private set; }

        public void Report(JournalProgress value) => Last = value;
    }
}
