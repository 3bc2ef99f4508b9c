using System.Diagnostics;
using System.Globalization;
using Cordon.Journal;

namespace Cordon.Tests.Journal;

/// <summary>
/// kill -9 of a real process at each step of journal and snapshot: what it acknowledged is there once, and the next start goes on.
/// The process is this test program, told to run the one test here that writes.
/// </summary>
public sealed class KilledJournalTests : IDisposable
{
    private const string Variable = "CORDON_TEST_JOURNAL_CHILD";
    private const int BatchRecords = 40;
    private const int Batches = 100;
    private const int Killed = 137;

    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder notes = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Acknowledged => Path.Combine(notes.Path, "acknowledged");

    public void Dispose()
    {
        folder.Dispose();
        notes.Dispose();
    }

    [Theory]
    [InlineData("Roll", 2)]
    [InlineData("Write", 30)]
    [InlineData("Flush", 30)]
    [InlineData("Mark", 30)]
    [InlineData("Judge", 30)]
    [InlineData("SnapshotWrite", 2)]
    [InlineData("SnapshotFlush", 2)]
    [InlineData("SnapshotRename", 1)]
    [InlineData("SnapshotRename", 2)]
    [InlineData("SnapshotFolder", 2)]
    [InlineData("SnapshotPrune", 3)]
    public Task What_was_acknowledged_is_there_once_and_the_next_start_goes_on(string step, int time) => RunTwiceAsync(step, time, own: false);

    [Theory]
    [InlineData("Judge", 60)]
    [InlineData("SnapshotWrite", 2)]
    [InlineData("SnapshotRename", 2)]
    [InlineData("SnapshotPrune", 3)]
    public Task So_it_is_with_the_snapshots_that_the_engine_takes_of_itself(string step, int time) => RunTwiceAsync(step, time, own: true);

    /// <summary>What the process runs that is to be killed; nobody else does.</summary>
    [Fact(Explicit = true)]
    public async Task Write_until_killed()
    {
        var told = (Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException("Only the tests above start this one.")).Split(';', 5);
        var (at, left) = (Enum.Parse<JournalStep>(told[0]), int.Parse(told[1], CultureInfo.InvariantCulture));
        await using var acknowledged = new StreamWriter(told[3], append: true);
        await using var engine = new Numbered(own: bool.Parse(told[2])).Open(told[4], out _, Options(step =>
        {
            if (step == at && Interlocked.Decrement(ref left) == 0) Process.GetCurrentProcess().Kill();
        }));
        for (var batch = 0; batch < Batches; batch++)
        {
            var receipt = await engine.SubmitAsync(Numbered.Records(engine.Sequence + 1, BatchRecords), Cancel);
            await acknowledged.WriteLineAsync(receipt.Sequence.ToString(CultureInfo.InvariantCulture));
            await acknowledged.FlushAsync(Cancel);
            // A snapshot is written beside: the process must not be done before the one at which it is killed.
            if (told[0].StartsWith("Snapshot", StringComparison.Ordinal) && receipt.Sequence % 1_000 == 0) await engine.UntilAsync(() => engine.Snapshot is { } taken && taken.Sequence + 1_000 > receipt.Sequence);
        }
    }

    private static JournalOptions Options(Action<JournalStep>? beforeStep = null) =>
        new() { SegmentBytes = 16 << 10, SnapshotRecords = 1_000, SnapshotRest = 0, BeforeStep = beforeStep };

    private async Task RunTwiceAsync(string step, int time, bool own)
    {
        var first = await RunAsync(step, time, own);
        Assert.InRange(first, 1, (Batches * BatchRecords) - 1);
        // A second life over what the first left, killed at the same step.
        var second = await RunAsync(step, time, own);
        Assert.True(second > first);
        var numbered = new Numbered(own: own);
        await using (var engine = numbered.Open(folder.Path, out var report, Options()))
        {
            Assert.Empty(report.SnapshotFaults);
            Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
            Assert.InRange(engine.Sequence, second, second + BatchRecords);
            Assert.Equal(report.LastSequence - report.SnapshotSequence, report.Records);
            Numbered.AssertHas(engine, engine.Sequence);
            await engine.SubmitAsync(Numbered.Records(engine.Sequence + 1, 5), Cancel);
        }
        await using var again = numbered.Open(folder.Path, out var rest, Options());
        Assert.Equal(0, rest.Records);
        Numbered.AssertHas(again, again.Sequence);
    }

    private async Task<long> RunAsync(string step, int time, bool own)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Cordon.Tests.exe" : "Cordon.Tests");
        var start = new ProcessStartInfo(program, ["-explicit", "only", "-method", $"{typeof(KilledJournalTests).FullName}.{nameof(Write_until_killed)}"]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment[Variable] = $"{step};{time};{own};{Acknowledged};{folder.Path}";
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync(Cancel);
        await child.WaitForExitAsync(Cancel);
        Assert.True(child.ExitCode == Killed, output);
        return long.Parse(File.ReadLines(Acknowledged).Last(), CultureInfo.InvariantCulture);
    }
}
