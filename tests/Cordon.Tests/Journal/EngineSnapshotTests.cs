using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Journal;
using Cordon.Tests.Screening;

namespace Cordon.Tests.Journal;

/// <summary>The snapshots that an engine takes of itself, in the folder of a real journal.</summary>
public sealed class EngineSnapshotTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string[] Snapshots => [.. Directory.GetFiles(folder.Path, "*.snap").Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_start_after_a_close_replays_nothing_and_answers_the_same()
    {
        await WriteAsync(0, 100);
        await using var engine = Open(out var report);
        Assert.Equal((100L, 0L), (report.SnapshotSequence, report.Records));
        Assert.Equal("Began with the snapshot at record 100 and replayed 0 records.", report.Beginning);
        Numbered.AssertHas(engine, 100);
        var again = await engine.SubmitAsync(Numbered.Record(10), Cancel);
        Assert.Equal((Admission.Repeat, 10L, VerdictAction.Hold), (again.Admission, again.Sequence, again.Verdict!.Action));
    }

    [Fact]
    public async Task A_damaged_snapshot_gives_way_to_the_one_before_and_both_to_the_journal()
    {
        await WriteAsync(0, 60);
        await WriteAsync(60, 60);
        Damage(Snapshots[1]);
        await using (var engine = Open(out var report))
        {
            Assert.Equal((60L, 60L), (report.SnapshotSequence, report.Records));
            Assert.Contains("is broken", Assert.Single(report.SnapshotFaults).Reason, StringComparison.Ordinal);
            Numbered.AssertHas(engine, 120);
        }
        Assert.Equal(2, Snapshots.Length);
        foreach (var file in Snapshots) Damage(file);
        await using var last = Open(out var whole);
        Assert.Equal((0L, 120L, 2), (whole.SnapshotSequence, whole.Records, whole.SnapshotFaults.Length));
        Assert.Equal("Began without a snapshot and replayed all 120 records.", whole.Beginning);
        Numbered.AssertHas(last, 120);
    }

    [Fact]
    public async Task Who_only_asks_uses_a_snapshot_and_leaves_none()
    {
        await WriteAsync(0, 50);
        var before = Snapshots;
        var options = JournalOptions.Default with { TakesSnapshots = false };
        await using (var engine = Open(out var report, options))
        {
            Assert.Equal(50, report.SnapshotSequence);
            await engine.SubmitAsync(Numbered.Records(51, 5), Cancel);
        }
        Assert.Equal(before, Snapshots);
        await using var again = Open(out var rest, options);
        Assert.Equal((50L, 5L), (rest.SnapshotSequence, rest.Records));
        Numbered.AssertHas(again, 55);
    }

    [Fact]
    public async Task One_that_names_a_rulebook_nobody_keeps_any_more_is_not_used()
    {
        var small = SmallRules.Compiled;
        await using (var engine = Open(out _, library: _ => small))
        {
            await engine.SubmitAsync([new RulebookActivated(new Guid(7, 0, 0, new byte[8]), small.Hash, Scene.Noon)], Cancel);
        }
        // The journal needs it as well, so a start fails there as it always did; what matters is that the snapshot is told of first.
        var fault = Assert.Throws<InvalidOperationException>(() => Open(out _, library: _ => null));
        Assert.Contains(small.Hash, fault.Message, StringComparison.Ordinal);
        await using var again = Open(out var report, library: _ => small);
        Assert.Equal((1L, small.Hash), (report.SnapshotSequence, again.Read(e => e.Rulebook.Hash)));
    }

    [Fact]
    public async Task Verdicts_after_a_start_follow_from_what_was_told_before_it()
    {
        await WriteAsync(0, 77);
        await using (var engine = Open(out _)) await engine.SubmitAsync(Numbered.Records(78, 40), Cancel);
        await using var again = Open(out var report);
        Assert.Equal((117L, 0L), (report.SnapshotSequence, report.Records));
        Numbered.AssertHas(again, 117);
    }

    private static void Damage(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[^(bytes.Length / 2)] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private JournaledEngine Open(out RecoveryReport report, JournalOptions? options = null, Func<string, Rulebook?>? library = null) =>
        JournaledEngine.Open(folder.Path, options ?? JournalOptions.Default, null, out report, ShippedRulebook.China, library ?? (_ => ShippedRulebook.China));

    private async Task WriteAsync(int after, int count)
    {
        await using var engine = Open(out _);
        Assert.Equal(after, engine.Sequence);
        await engine.SubmitAsync(Numbered.Records(after + 1, count), Cancel);
    }
}
