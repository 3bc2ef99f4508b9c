using Cordon.Journal;

namespace Cordon.Commands;

/// <summary>Opens the journal of a data folder that no server runs over, saying what it finds.</summary>
internal static class LocalEngine
{
    /// <param name="folder">The folder, which this process owns.</param>
    /// <param name="terminal">Where progress is shown.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changes">Whether the command is there to change what is kept; one that only asks leaves no snapshot either.</param>
    public static async Task<JournaledEngine> OpenAsync(DataFolder folder, Terminal terminal, TimeProvider time, bool changes)
    {
        var options = JournalOptions.Default with { TakesSnapshots = changes };
        var library = folder.Rulebooks;
        var (engine, report) = await terminal.WithProgressAsync("Reading the journal", "records", time, tell => Task.Run(() =>
        {
            var opened = JournaledEngine.Open(folder.Journal, options, new Told(p => tell(p.TotalBytes == 0 ? -1 : (double)p.Bytes / p.TotalBytes, p.Records)), out var found,
                library: hash => library.Find(hash)?.Compiled);
            return (opened, found);
        }));
        if (changes && report.LastSequence > 0) Terminal.Note(report.Beginning);
        foreach (var fault in report.SnapshotFaults) Terminal.Note($"A snapshot could not be used; the journal has all that it holds: {fault.File}: {fault.Reason}");
        if (report.TruncatedBytes > 0)
            Terminal.Note($"The journal ended in {report.TruncatedBytes} torn bytes, written but never acknowledged; they were cut off ({report.TruncatedFile}).");
        return engine;
    }

    /// <summary>Reports on the reading thread: the progress line must not lag behind by a queue.</summary>
    private sealed class Told(Action<JournalProgress> tell) : IProgress<JournalProgress>
    {
        public void Report(JournalProgress value) => tell(value);
    }
}
