using Cordon.Journal;

namespace Cordon.Tests.Journal;

/// <summary>Nothing else allocates while these run.</summary>
[CollectionDefinition(nameof(JournalAllocationTests), DisableParallelization = true)]
[Collection(nameof(JournalAllocationTests))]
public sealed class JournalAllocationTests : IDisposable
{
    private const int Clients = 64;
    private const int Each = 500;
    private const double MostBytes = 16;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_record_that_waits_for_the_disk_allocates_nothing_once_the_log_has_run()
    {
        await using var log = folder.Open(out _);
        var payload = new byte[100];
        Assert.InRange(await BytesEachAsync(async () => { for (var n = 0; n < Each; n++) await log.AppendAsync(payload, Cancel); }), 0, MostBytes);
    }

    [Fact]
    public async Task A_record_that_the_engine_answers_allocates_nothing_in_the_journal_once_it_has_run()
    {
        await using var engine = JournaledEngine.Open(folder.Path, JournalOptions.Default, null, out _);
        var record = Numbered.Record(2);
        Assert.InRange(await BytesEachAsync(async () => { for (var n = 0; n < Each; n++) await engine.SubmitAsync(record, Cancel); }), 0, MostBytes);
    }

    private static async Task<double> BytesEachAsync(Func<Task> client)
    {
        await RunAsync(client);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await RunAsync(client);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Clients * Each);
    }

    private static Task RunAsync(Func<Task> client) => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(client, Cancel)));
}
