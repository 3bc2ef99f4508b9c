using System.Diagnostics;
using Cordon.Engine.Screening;
using Cordon.Journal;
using Microsoft.Extensions.Time.Testing;

using Cordon.Tests.Screening;

namespace Cordon.Tests.Journal;

/// <summary>A file system that is really full: a small one in memory, which root may mount.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private const int Clients = 8;

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private bool mounted;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Ballast => Path.Combine(folder.Path, "ballast");

    private string Journal => Path.Combine(folder.Path, "journal");

    private JournalOptions Options => new() { Time = time, SegmentBytes = 256 << 10, ProbeBytes = 64 << 10, SnapshotBytes = 512 << 10 };

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") Assert.Skip("Only root may mount a small file system.");
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "cordon-test", folder.Path) != 0) Assert.Skip("A small file system could not be mounted here.");
        mounted = true;
        File.WriteAllBytes(Ballast, new byte[1 << 20]);
    }

    public async ValueTask DisposeAsync()
    {
        if (mounted) await RunAsync("umount", folder.Path);
        folder.Dispose();
    }

    [Fact]
    public async Task Work_is_refused_reads_are_served_and_it_goes_on_when_space_returns()
    {
        var numbered = new Numbered(filler: 100_000);
        long acknowledged;
        await using (var engine = JournaledEngine.Open(Journal, Options, null, out _, ShippedRulebook.China, numbered.State))
        {
            acknowledged = await FillAsync(engine);
            Assert.Equal(JournalState.Full, engine.Health.State);
            Assert.Contains("space", engine.Health.Reason, StringComparison.OrdinalIgnoreCase);
            Numbered.AssertHas(engine, acknowledged);
            time.Advance(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAsync<JournalPausedException>(() => engine.SubmitAsync(Numbered.Records(acknowledged + 1, 100), Cancel));

            File.Delete(Ballast);
            await engine.UntilAsync(() =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return engine.Health.State == JournalState.Working;
            });
            Assert.Equal(100, (await engine.SubmitAsync(Numbered.Records(acknowledged + 1, 100), Cancel)).Accepted);
            acknowledged += 100;
            Numbered.AssertHas(engine, acknowledged);
        }
        await using var again = JournaledEngine.Open(Journal, Options, null, out var report, ShippedRulebook.China, numbered.State);
        Assert.Equal(0, report.TruncatedBytes);
        Numbered.AssertHas(again, acknowledged);
    }

    [Fact]
    public async Task A_process_that_ends_while_the_disk_is_full_leaves_a_journal_that_opens()
    {
        var numbered = new Numbered();
        using var elsewhere = new TemporaryFolder();
        await using (var engine = JournaledEngine.Open(Journal, Options, null, out _, ShippedRulebook.China, numbered.State))
        {
            var acknowledged = await FillAsync(engine);
            foreach (var file in Directory.GetFiles(Journal)) File.Copy(file, Path.Combine(elsewhere.Path, Path.GetFileName(file)));
            await using var copy = numbered.Open(elsewhere.Path, out _);
            Numbered.AssertHas(copy, acknowledged);
        }
        await using var again = JournaledEngine.Open(Journal, Options, null, out var report, ShippedRulebook.China, numbered.State);
        Numbered.AssertHas(again, report.LastSequence);
    }

    [Fact]
    public async Task Many_clients_keep_what_was_acknowledged_and_send_the_rest_again()
    {
        await using var engine = JournaledEngine.Open(Journal, Options, null, out _);
        var told = new long[Clients];
        var freed = false;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var n = 0; n < 2_000; n++)
            {
                var record = Numbered.Record(2 + (client * 10_000) + n);
                while (true)
                {
                    try
                    {
                        Assert.Equal(Admission.New, (await engine.SubmitAsync(record, Cancel)).Admission);
                        told[client]++;
                        break;
                    }
                    catch (JournalPausedException)
                    {
                        if (!Interlocked.Exchange(ref freed, true)) File.Delete(Ballast);
                        time.Advance(TimeSpan.FromSeconds(1));
                        await Task.Yield();
                    }
                }
            }
        }, Cancel)));
        Assert.True(freed, "the file system was not filled");
        Assert.Equal(Clients * 2_000, told.Sum());
        Assert.Equal(Clients * 2_000, engine.ReadFrom(0, int.MaxValue).Select(read => ((SignalAccepted)read.Record).Signal.Id).Distinct().Count());
        Assert.Equal(Clients * 2_000, engine.Sequence);
    }

    /// <summary>Submits batches until one is refused; tells how many records were acknowledged.</summary>
    private static async Task<long> FillAsync(JournaledEngine engine)
    {
        while (true)
        {
            try
            {
                await engine.SubmitAsync(Numbered.Records(engine.Sequence + 1, 100), Cancel);
            }
            catch (JournalPausedException refused)
            {
                Assert.Equal(JournalState.Full, refused.State);
                return engine.Sequence;
            }
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
