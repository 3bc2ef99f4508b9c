using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Storage;

/// <summary>The answer once given to a request with an <c>Idempotency-Key</c>.</summary>
public sealed class StoredAnswer
{
    /// <summary>Who asked; keys of two actors never meet.</summary>
    public required string Actor { get; init; }

    /// <summary>The key as sent.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 over method, path and body: the same key with another request is a mistake.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>When the request was begun.</summary>
    public required Instant At { get; set; }

    /// <summary>The status answered; null while the request runs.</summary>
    public int? Status { get; set; }

    /// <summary>The media type of the body.</summary>
    public string? ContentType { get; set; }

    /// <summary>The body, masked; null where it is not kept.</summary>
    public string? Body { get; set; }
}

/// <summary>What to do with a request that carries a key.</summary>
public enum RepeatFinding
{
    /// <summary>It is new: carry it out, then <see cref="AnswerStore.CompleteAsync"/> or <see cref="AnswerStore.AbandonAsync"/>.</summary>
    New,

    /// <summary>It was answered: give the stored answer.</summary>
    Answered,

    /// <summary>The key was used for another request.</summary>
    OtherRequest,

    /// <summary>The same request runs at this moment.</summary>
    Running,
}

/// <summary>Keeps the answers to requests with an <c>Idempotency-Key</c> for a day.</summary>
/// <param name="store">The database.</param>
public sealed class AnswerStore(CaseworkStore store)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    // A request that began and never ended was cut off with its process; another try may take its place.
    private static readonly TimeSpan RunsAtMost = TimeSpan.FromMinutes(1);

    /// <summary>Takes the key for a request, or tells why not. Of two at once the database lets one in.</summary>
    public Task<Outcome<(RepeatFinding Finding, StoredAnswer Row)>> BeginAsync(string actor, string key, byte[] hash, CancellationToken cancel = default) =>
        store.ChangeAsync<(RepeatFinding, StoredAnswer)>(Actor.System("answers"), async change =>
        {
            var row = await change.Db.Set<StoredAnswer>().SingleOrDefaultAsync(a => a.Actor == actor && a.Key == key, cancel);
            var dead = row is not null && (row.At + Lasts <= change.Now || (row.Status is null && row.At + RunsAtMost <= change.Now));
            if (row is not null && !dead)
            {
                if (!row.RequestHash.AsSpan().SequenceEqual(hash)) return (RepeatFinding.OtherRequest, row);
                return (row.Status is null ? RepeatFinding.Running : RepeatFinding.Answered, row);
            }
            if (row is not null)
            {
                change.Db.Remove(row);
                await change.Db.SaveChangesAsync(cancel);
            }
            change.Db.Add(row = new StoredAnswer { Actor = actor, Key = key, RequestHash = hash, At = change.Now });
            return (RepeatFinding.New, row);
        }, cancel);

    /// <summary>Stores the answer.</summary>
    public Task CompleteAsync(StoredAnswer row, int status, string? contentType, string? body) => store.ReadAsync(db =>
        db.Set<StoredAnswer>().Where(a => a.Actor == row.Actor && a.Key == row.Key).ExecuteUpdateAsync(a => a
            .SetProperty(v => v.Status, status).SetProperty(v => v.ContentType, contentType).SetProperty(v => v.Body, body)));

    /// <summary>Lets go of the key: the request failed on our side and may be sent again.</summary>
    public Task AbandonAsync(StoredAnswer row) => store.ReadAsync(db =>
        db.Set<StoredAnswer>().Where(a => a.Actor == row.Actor && a.Key == row.Key).ExecuteDeleteAsync());

    /// <summary>Drops answers older than a day.</summary>
    public Task<int> PurgeAsync(CancellationToken cancel = default)
    {
        var until = store.Now - Lasts;
        return store.ReadAsync(db => db.Set<StoredAnswer>().Where(a => a.At < until).ExecuteDeleteAsync(cancel));
    }
}

internal sealed class StoredAnswerTable : IEntityTypeConfiguration<StoredAnswer>
{
    public void Configure(EntityTypeBuilder<StoredAnswer> builder)
    {
        builder.ToTable("StoredAnswers");
        builder.HasKey(a => new { a.Actor, a.Key });
        builder.Property(a => a.Actor).HasMaxLength(80);
        builder.Property(a => a.Key).HasMaxLength(64);
        builder.HasIndex(a => a.At);
    }
}
