using Cordon.Engine.Screening;
using Cordon.Journal;
using Cordon.Tests.Screening;

namespace Cordon.Tests.Journal;

/// <summary>Nothing else allocates while these run.</summary>
[CollectionDefinition(nameof(JournalAllocationTests), DisableParallelization = true)]
[Collection(nameof(JournalAllocationTests))]
public sealed class JournalAllocationTests : IDisposable
{
    private const int Clients = 64;
    private const int Each = 100;
    private const int Rounds = 30;
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
        var record = new SignalAccepted(new Scene().Transfer("bank-a:1", "bank-a:2"));
        Assert.InRange(await BytesEachAsync(async () => { for (var n = 0; n < Each; n++) await engine.SubmitAsync(record, Cancel); }), 0, MostBytes);
    }

    /// <summary>The least of several rounds: until the runtime has compiled the path for good, it boxes what it later does not.</summary>
    private static async Task<double> BytesEachAsync(Func<Task> client)
    {
        var least = double.MaxValue;
        for (var round = 0; round < Rounds && least > MostBytes; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await RunAsync(client);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Clients * Each));
        }
        return least;
    }

    private static Task RunAsync(Func<Task> client) => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(client, Cancel)));
}
