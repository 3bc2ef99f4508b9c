using Cordon.Journal;

namespace Cordon.Tests.Journal;

/// <summary>A folder that goes with its test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cordon-journal-").FullName;

    public string Mark => System.IO.Path.Combine(Path, DurableMark.FileName);

    public IReadOnlyList<string> Segments => [.. Directory.GetFiles(Path, "*.log").Order(StringComparer.Ordinal)];

    public JournalLog Open(out RecoveryReport report, JournalOptions? options = null, List<string>? records = null) =>
        JournalLog.Open(Path, options ?? JournalOptions.Default, (sequence, payload) =>
        {
            Assert.Equal(sequence, (records?.Count ?? (int)sequence - 1) + 1);
            records?.Add(Convert.ToHexString(payload));
            return null;
        }, null, out report);

    /// <summary>Opens, appends groups of payloads one after another, and closes.</summary>
    public async Task WriteAsync(params byte[][][] groups)
    {
        await using var log = Open(out _);
        foreach (var group in groups) await log.AppendAsync([.. group.Select(payload => (ReadOnlyMemory<byte>)payload)], TestContext.Current.CancellationToken);
    }

    public void CopyTo(TemporaryFolder other)
    {
        // What is being written is no part of the folder yet: a start deletes it.
        foreach (var file in Directory.GetFiles(Path).Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            try
            {
                File.Copy(file, System.IO.Path.Combine(other.Path, System.IO.Path.GetFileName(file)), overwrite: true);
            }
            catch (FileNotFoundException)
            {
                // An older snapshot that a newer one has just replaced: a crash now would find it gone too.
            }
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Waiting for what another thread does.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Polls until something is so.</summary>
    public static async Task UntilAsync(this object _, Func<bool> so)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!so()) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, patience.Token);
    }
}
