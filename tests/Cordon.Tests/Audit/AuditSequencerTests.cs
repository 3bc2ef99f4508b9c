using System.Text;
using Cordon.Casework;
using Cordon.Casework.Audit;
using Cordon.Casework.Storage;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Tests.Audit;

public sealed class AuditSequencerTests
{
    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Every_event_gets_the_next_leaf_and_a_checkpoint_covers_it(Provider provider)
    {
        await using var log = await SealedLog.CreateAsync(provider, events: 20, batch: 8);
        var events = await log.EventsAsync();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long?)i), events.Select(e => e.Leaf));

        var range = new MerkleRange();
        foreach (var row in events) range.Append(MerkleTree.LeafHash(Encoding.UTF8.GetBytes(row.Body)));
        Assert.Equal(CheckpointFault.None, Checkpoint.TryOpen((await log.Log.LatestAsync(SealedLog.Cancel))!, log.Key.Verifier, out var latest));
        Assert.Equal((20, range.Root, log.Database.Store.Now), (latest!.Size, latest.Root, latest.At!.Value));
        Assert.Equal([8L, 16, 20], (await log.Log.CheckpointsAsync(0, 100, SealedLog.Cancel)).Value.Select(c => c.Size));
        Assert.Equal(0, await log.SealAsync());
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_new_sequencer_goes_on_where_the_last_one_ended(Provider provider)
    {
        await using var log = await SealedLog.CreateAsync(provider, events: 300, batch: 100);
        await log.SayAsync(333, "more");
        Assert.Equal(333, await log.SealAsync(batch: 50));
        var report = await log.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((633, 0, 10), (report.Leaves, report.Waiting, report.Checkpoints));
        Assert.Equal(2, await log.Database.Store.ReadAsync(db => db.Set<AuditNodeRow>().CountAsync(SealedLog.Cancel)));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Proofs_from_the_database_verify(Provider provider)
    {
        await using var log = await SealedLog.CreateAsync(provider, events: 530, batch: 200);
        foreach (var (leaf, size) in new (long, long)[] { (0, 1), (0, 530), (529, 530), (255, 256), (256, 257), (300, 513), (511, 512), (17, 200) })
        {
            var proof = (await log.Log.ProveInclusionAsync(leaf, size, SealedLog.Cancel)).Value;
            Assert.True(MerkleTree.VerifyInclusion(leaf, size, Hash(proof.LeafHash), [.. proof.Hashes.Select(Hash)], Hash(proof.Root)));
        }
        foreach (var (from, to) in new (long, long)[] { (1, 530), (256, 512), (256, 530), (300, 301), (511, 530), (530, 530), (200, 400) })
        {
            var proof = (await log.Log.ProveConsistencyAsync(from, to, SealedLog.Cancel)).Value;
            Assert.True(MerkleTree.VerifyConsistency(from, to, Hash(proof.FromRoot), Hash(proof.ToRoot), [.. proof.Hashes.Select(Hash)]));
        }
        Checkpoint.TryOpen(await log.CheckpointAtAsync(400), log.Key.Verifier, out var signed);
        Assert.Equal(signed!.Root.ToString(), (await log.Log.ProveInclusionAsync(3, 400, SealedLog.Cancel)).Value.Root);
    }

    [Theory]
    [InlineData(-1, 5, "audit/bad-leaf")]
    [InlineData(5, 5, "audit/bad-leaf")]
    [InlineData(0, 11, "audit/beyond-tree")]
    public async Task Proofs_of_what_is_not_there_are_refused(long leaf, long size, string code)
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, events: 10);
        Assert.Equal(code, (await log.Log.ProveInclusionAsync(leaf, size, SealedLog.Cancel)).Refusal!.Code);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Two_sequencers_beside_writers_never_number_twice_and_a_verifier_beside_them_finds_no_fault(Provider provider)
    {
        const int Writers = 3, Rounds = 20, Sequencers = 2;
        await using var log = await SealedLog.CreateAsync(provider);
        using var start = new Barrier(Writers + Sequencers + 1);
        var writing = Writers;
        var sealedByEach = new long[Sequencers];
        var writers = Enumerable.Range(0, Writers).Select(writer => Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
                while (true)
                {
                    var tried = new Speech("writer" + writer + "/" + i);
                    var outcome = await log.Database.Store.ChangeAsync<int>(Actor.System("test"), change =>
                    {
                        change.Record(tried, new Said(change.Now, "text", null));
                        return Task.FromResult<Outcome<int>>(1);
                    });
                    if (outcome.Succeeded) break;
                    Assert.True(outcome.Refusal!.Retryable);
                }
            Interlocked.Decrement(ref writing);
        }));
        var sequencers = Enumerable.Range(0, Sequencers).Select(s => Run(async () =>
        {
            using var sequencer = log.Sequencer(batch: 3);
            while (Volatile.Read(ref writing) > 0) sealedByEach[s] += await sequencer.SealAsync(SealedLog.Cancel);
        }));
        var verifier = Run(async () =>
        {
            do Assert.Empty((await log.VerifyAsync()).Faults);
            while (Volatile.Read(ref writing) > 0);
        });
        await Task.WhenAll([.. writers, .. sequencers, verifier]);
        await log.SealAsync();

        var leaves = (await log.EventsAsync()).Select(e => e.Leaf!.Value).Order();
        Assert.Equal(Enumerable.Range(0, Writers * Rounds).Select(i => (long)i), leaves);
        Assert.Empty((await log.VerifyAsync()).Faults);

        Task Run(Func<Task> work) => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait(SealedLog.Cancel);
            return work();
        }, TaskCreationOptions.LongRunning).Unwrap();
    }

    [Fact]
    public async Task While_it_runs_an_event_has_its_checkpoint_within_a_second()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite);
        using var sequencer = log.Sequencer();
        using var signed = new SemaphoreSlim(0);
        sequencer.Sealed += _ => signed.Release();
        await log.SayAsync(1, "first");
        await sequencer.StartAsync(SealedLog.Cancel);
        Assert.True(await signed.WaitAsync(TimeSpan.FromSeconds(30), SealedLog.Cancel));

        await log.SayAsync(1, "second");
        log.Database.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await signed.WaitAsync(TimeSpan.FromSeconds(30), SealedLog.Cancel));

        // What is written last is sealed on the way out.
        await log.SayAsync(1, "third");
        await sequencer.StopAsync(SealedLog.Cancel);
        var report = await log.VerifyAsync();
        Assert.Equal((3, 0, true), (report.Leaves, report.Waiting, report.Sound));
    }

    [Fact]
    public async Task Nothing_is_signed_on_top_of_a_tree_that_is_not_the_signed_one()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, events: 10);
        await log.DamageAsync(db => db.Set<EventRow>().Where(e => e.Leaf == 4).ExecuteUpdateAsync(e => e.SetProperty(r => r.LeafHash, new byte[32])));
        await log.SayAsync(1, "more");
        await Assert.ThrowsAsync<AuditDamagedException>(() => log.SealAsync());

        using var sequencer = log.Sequencer();
        await sequencer.StartAsync(SealedLog.Cancel);
        await sequencer.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30), SealedLog.Cancel);
        Assert.Contains("not the one last signed", sequencer.Halted, StringComparison.Ordinal);
        Assert.Null((await log.EventsAsync())[^1].Leaf);
    }

    [Fact]
    public async Task Another_key_does_not_go_on_with_the_log()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, events: 3);
        await log.SayAsync(1, "more");
        using var other = AuditKey.Generate(SealedLog.Origin);
        using var sequencer = new AuditSequencer(log.Database.Open, other, new AuditOptions { Origin = SealedLog.Origin, KeyFile = "unused" },
            log.Database.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<AuditSequencer>.Instance);
        await Assert.ThrowsAsync<AuditDamagedException>(() => sequencer.SealAsync(SealedLog.Cancel));
    }

    [Fact]
    public void Options_out_of_bounds_are_named()
    {
        var good = new AuditOptions { Origin = SealedLog.Origin, KeyFile = "audit.key" };
        Assert.Same(good, good.Validated());
        Assert.Contains("Origin", Assert.Throws<ArgumentException>(() => (good with { Origin = "a b" }).Validated()).Message, StringComparison.Ordinal);
        Assert.Contains("KeyFile", Assert.Throws<ArgumentException>(() => (good with { KeyFile = "" }).Validated()).Message, StringComparison.Ordinal);
        Assert.Contains("Cadence", Assert.Throws<ArgumentException>(() => (good with { Cadence = TimeSpan.FromSeconds(2) }).Validated()).Message, StringComparison.Ordinal);
        Assert.Contains("Batch", Assert.Throws<ArgumentException>(() => (good with { Batch = 0 }).Validated()).Message, StringComparison.Ordinal);
    }

    private static TreeHash Hash(string text)
    {
        Assert.True(TreeHash.TryParse(text, out var hash));
        return hash;
    }
}
