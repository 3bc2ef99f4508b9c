using Cordon.Casework;
using Cordon.Casework.Audit;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cordon.Tests.Audit;

/// <summary>An event with a personal part, for tests of the log alone.</summary>
[EventName("test.said")]
internal sealed record Said(Instant At, string Text, [property: Personal] string? Who) : CaseworkEvent(At);

/// <summary>An event that tells of no person.</summary>
[EventName("test.noted")]
internal sealed record Noted(Instant At, string Text) : CaseworkEvent(At);

internal sealed class Speech(string name) : Folded<CaseworkEvent>
{
    public override string Stream => "speech/" + name;

    protected override void Fold(CaseworkEvent happened) { }
}

/// <summary>A database with its log, which tests write to, seal, damage and verify.</summary>
internal sealed class SealedLog : IAsyncDisposable
{
    public const string Origin = "cordon.example/audit";
    private static readonly Actor Anna = new("person:anna", null, new HashSet<string>());

    private readonly Dictionary<string, Speech> speeches = [];

    private SealedLog(CaseworkDatabase database) => Database = database;

    public CaseworkDatabase Database { get; }

    public AuditKey Key { get; } = AuditKey.FromSeed(Origin, new byte[32]);

    public AuditLog Log => new(Database.Store, Key);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SealedLog> CreateAsync(Provider provider) => new(await CaseworkDatabase.CreateAsync(provider));

    /// <summary>A log of so many events in five streams, sealed <paramref name="batch"/> at a time.</summary>
    public static async Task<SealedLog> CreateAsync(Provider provider, int events, int batch = 7)
    {
        var log = await CreateAsync(provider);
        await log.SayAsync(events);
        await log.SealAsync(batch);
        return log;
    }

    public AuditSequencer Sequencer(int batch = 7) =>
        new(Database.Open, Key, new AuditOptions { Origin = Origin, KeyFile = "unused", Batch = batch }, Database.Time, NullLogger<AuditSequencer>.Instance);

    public async Task<long> SealAsync(int batch = 7)
    {
        using var sequencer = Sequencer(batch);
        return await sequencer.SealAsync(Cancel);
    }

    public async Task SayAsync(int events, string prefix = "")
    {
        var done = await Database.Store.ChangeAsync<int>(Anna, change =>
        {
            for (var i = 0; i < events; i++)
            {
                var name = $"{prefix}{i % 5}";
                if (!speeches.TryGetValue(name, out var speech)) speeches[name] = speech = new Speech(name);
                change.Record(speech, i % 2 == 0 ? new Said(change.Now, $"说 {i}", "王 " + i) : new Noted(change.Now, $"说 {i}"));
            }
            return Task.FromResult<Outcome<int>>(events);
        }, Cancel);
        Assert.True(done.Succeeded);
    }

    public async Task<AuditReport> VerifyAsync(params string[] held) =>
        await new AuditVerifier(Database.Open, Key.Verifier).VerifyAsync(held, cancel: Cancel);

    /// <summary>Does to the tables what someone with their password could.</summary>
    public async Task DamageAsync(Func<CaseworkContext, Task> work)
    {
        await using var db = Database.Open();
        await work(db);
    }

    public Task<List<EventRow>> EventsAsync() => Database.Store.ReadAsync(db => db.Set<EventRow>().OrderBy(e => e.Position).ToListAsync(Cancel));

    public async Task<string> CheckpointAtAsync(long size) =>
        await Database.Store.ReadAsync(db => db.Set<AuditCheckpointRow>().Where(c => c.Size == size).Select(c => c.Note).SingleAsync(Cancel));

    public async ValueTask DisposeAsync()
    {
        Key.Dispose();
        await Database.DisposeAsync();
    }
}
