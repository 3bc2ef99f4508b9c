using Cordon.Journal;

namespace Cordon.Commands;

/// <summary>Opens the journal of a data folder that no server runs over, saying what it finds.</summary>
internal static class LocalEngine
{
    public static async Task<JournaledEngine> OpenAsync(DataFolder folder, Terminal terminal, TimeProvider time)
    {
        var library = folder.Rulebooks;
        var (engine, report) = await terminal.WithProgressAsync("Reading the journal", "records", time, tell => Task.Run(() =>
        {
            var opened = JournaledEngine.Open(folder.Journal, JournalOptions.Default, new Told(p => tell(p.TotalBytes == 0 ? -1 : (double)p.Bytes / p.TotalBytes, p.Records)), out var found,
                library: hash => library.Find(hash)?.Compiled);
            return (opened, found);
        }));
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
