using Cordon.Casework.Rulebooks;
using Cordon.Engine.Screening;
using Cordon.Journal;

namespace Cordon.Commands.Bench;

/// <summary>How long a start takes.</summary>
/// <param name="Records">Records of the journal.</param>
/// <param name="JournalBytes">Bytes of the journal.</param>
/// <param name="SnapshotBytes">Bytes of the snapshot.</param>
/// <param name="PauseSeconds">How long judging waited while the snapshot was written into memory.</param>
/// <param name="FromSnapshotSeconds">A start from the snapshot.</param>
/// <param name="FromJournalSeconds">A start that reads, checks and judges the whole journal anew.</param>
internal sealed record RestartReport(long Records, long JournalBytes, long SnapshotBytes, double PauseSeconds, double FromSnapshotSeconds, double FromJournalSeconds)
{
    /// <summary>Records a second of a start without a snapshot.</summary>
    public double ReplayedPerSecond => FromJournalSeconds == 0 ? 0 : Records / FromJournalSeconds;
}

/// <summary>Measures starts: a journal of generated signals is written, closed with a snapshot, and opened with it and without.</summary>
/// <param name="folder">Where the journal is written.</param>
/// <param name="book">The rulebook.</param>
/// <param name="people">People the signals come from.</param>
/// <param name="signals">How many signals.</param>
/// <param name="time">The clock.</param>
internal sealed class RestartBench(string folder, KeptRulebook book, int people, int signals, TimeProvider time)
{
    private const int Batch = 4_096;
    private const ulong Seed = 20_260_303;

    public async Task<RestartReport> RunAsync(CancellationToken cancel)
    {
        Terminal.Note("Measuring starts …");
        var engine = Open();
        var (load, records) = (new ScreenLoad(people, Seed), new EngineRecord[Batch]);
        for (long done = 0; done < signals; done += Batch)
        {
            load.Fill(records);
            await engine.SubmitAsync(records, cancel);
        }
        await engine.DisposeAsync();
        var taken = engine.Snapshot ?? throw new CommandFault("No snapshot was taken.");
        if (taken.Fault is { } fault) throw new CommandFault($"The snapshot could not be kept: {fault}");
        var (sequence, bytes) = (engine.Sequence, BytesOf("*") - BytesOf("*.snap"));
        var fromSnapshot = await StartAsync();
        foreach (var file in Directory.GetFiles(folder, "*.snap")) File.Delete(file);
        return new RestartReport(sequence, bytes, taken.Bytes, taken.Pause.TotalSeconds, fromSnapshot, await StartAsync());
    }

    private async Task<double> StartAsync()
    {
        var start = time.GetTimestamp();
        await using var engine = Open(JournalOptions.Default with { TakesSnapshots = false });
        return time.GetElapsedTime(start).TotalSeconds;
    }

    private JournaledEngine Open(JournalOptions? options = null) =>
        JournaledEngine.Open(folder, options ?? JournalOptions.Default, null, out _, book.Compiled);

    private long BytesOf(string pattern) => new DirectoryInfo(folder).EnumerateFiles(pattern).Sum(file => file.Length);
}
