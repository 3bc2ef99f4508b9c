using System.Collections.Immutable;
using System.Security.Cryptography;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Deliveries;

/// <summary>A key of the centre that signs webhooks.</summary>
public sealed class SigningKey : Folded<SigningKeyEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The public half, <c>whpk_…</c>.</summary>
    public string Public { get; private set; } = "";

    /// <summary>From when it signs.</summary>
    public Instant From { get; private set; }

    /// <summary>Until when it signs; null while no other follows it.</summary>
    public Instant? Until { get; private set; }

    /// <summary>The private half, sealed; events do not hold it.</summary>
    public string Sealed { get; private set; } = "";

    /// <inheritdoc/>
    public override string Stream => $"webhook-key/{Id}";

    /// <summary>Whether it signs at an instant.</summary>
    public bool IsActive(Instant at) => From <= at && !(Until <= at);

    internal void Seal(string text) => Sealed = text;

    /// <inheritdoc/>
    protected override void Fold(SigningKeyEvent happened)
    {
        switch (happened)
        {
            case SigningKeyMade e:
                (Id, Public, From) = (e.Key, e.Public, e.At);
                break;
            case SigningKeyEnds e:
                Until = e.Until;
                break;
        }
    }
}

/// <summary>What happens to a signing key.</summary>
/// <param name="At">When.</param>
public abstract record SigningKeyEvent(Instant At) : CaseworkEvent(At);

/// <summary>A key was made, and signs from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Key">Its id.</param>
/// <param name="Public">The public half.</param>
[EventName("webhook-key.made")]
public sealed record SigningKeyMade(Instant At, Guid Key, string Public) : SigningKeyEvent(At);

/// <summary>A key signs until an instant: another follows it, or it is retired at once.</summary>
/// <param name="At">When that was decided.</param>
/// <param name="Until">Until when.</param>
[EventName("webhook-key.ends")]
public sealed record SigningKeyEnds(Instant At, Instant Until) : SigningKeyEvent(At);

/// <summary>
/// The façade of the centre's signing keys. A private half is sealed by the keys that seal second steps and cookies, which lie in the key folder:
/// whoever reads the database alone cannot sign.
/// </summary>
/// <param name="store">The database.</param>
/// <param name="seals">Seals and opens.</param>
public sealed class SigningKeys(CaseworkStore store, IDataProtectionProvider seals)
{
    /// <summary>How many keys are in use at once, at most: each adds a signature to every message.</summary>
    public const int MostActive = 4;

    private const string Purpose = "cordon.webhook-key";

    /// <summary>How long the key before signs beside its follower, so that every member has the new one in time. Ours.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    /// <summary>All keys, the newest first.</summary>
    public Task<List<SigningKey>> ListAsync() => store.ReadAsync(db => db.Set<SigningKey>().OrderByDescending(k => k.From).ThenByDescending(k => k.Id).ToListAsync());

    /// <summary>The keys that sign now, the newest first: what a member may believe. One that is missing here has run out, or was retired.</summary>
    public async Task<List<SigningKey>> PublishedAsync()
    {
        var now = store.Now;
        return (await ListAsync()).FindAll(k => k.IsActive(now));
    }

    /// <summary>Makes a key that signs from now on; those before it sign beside it for seven days more.</summary>
    public Task<Outcome<SigningKey>> RotateAsync(Actor actor, CancellationToken cancel = default) => store.ChangeAsync<SigningKey>(actor, async change =>
    {
        if (!actor.Is(Roles.Administrator)) return DeliveryRefusal.NotYours;
        var active = await ActiveAsync(change, cancel);
        if (active.Count >= MostActive) return DeliveryRefusal.TooManyKeys;
        foreach (var before in active.Where(k => k.Until is null)) change.Record(before, new SigningKeyEnds(change.Now, change.Now + Overlap));
        return Make(change);
    }, cancel);

    /// <summary>Retires a key at once, as one does whose private half was seen; where it was the last, another takes its place.</summary>
    public Task<Outcome<SigningKey>> RetireAsync(Actor actor, Guid id, CancellationToken cancel = default) => store.ChangeAsync<SigningKey>(actor, async change =>
    {
        if (!actor.Is(Roles.Administrator)) return DeliveryRefusal.NotYours;
        var active = await ActiveAsync(change, cancel);
        if (active.Find(k => k.Id == id) is not { } key) return DeliveryRefusal.NoKey;
        change.Record(key, new SigningKeyEnds(change.Now, change.Now));
        if (!active.Exists(k => k.Id != id && k.Until is null)) Make(change);
        return key;
    }, cancel);

    /// <summary>The keys that sign now, the newest first; the first ever is made here. Whoever takes them disposes them.</summary>
    /// <exception cref="CryptographicException">None can be opened: the key folder is another one, and an administrator makes a new key.</exception>
    public async Task<ImmutableArray<WebhookSecret>> OpenAsync(CancellationToken cancel = default)
    {
        var active = await PublishedAsync();
        if (active.Count == 0)
        {
            var made = await store.ChangeAsync<List<SigningKey>>(Actor.System("deliveries"), async change =>
            {
                var meanwhile = await ActiveAsync(change, cancel);
                return meanwhile.Count > 0 ? meanwhile : [Make(change)];
            }, cancel);
            active = made.Value;
        }
        var opened = ImmutableArray.CreateBuilder<WebhookSecret>();
        CryptographicException? last = null;
        foreach (var key in active)
        {
            try
            {
                if (WebhookSecret.TryParse(Sealer(key.Id).Unprotect(key.Sealed), out var secret)) opened.Add(secret);
            }
            catch (CryptographicException fault)
            {
                last = fault;
            }
        }
        return opened.Count > 0 ? opened.ToImmutable() : throw new CryptographicException("No signing key of webhooks can be opened: the key folder is another one. Make a new key.", last);
    }

    private static async Task<List<SigningKey>> ActiveAsync(Change change, CancellationToken cancel) =>
        await change.Db.Set<SigningKey>().Where(k => k.Until == null || k.Until > change.Now).ToListAsync(cancel);

    private SigningKey Make(Change change)
    {
        using var secret = WebhookSecret.Generate();
        var (key, id) = (new SigningKey(), change.NewId());
        key.Seal(Sealer(id).Protect(secret.Export()));
        change.Begin(key, new SigningKeyMade(change.Now, id, secret.Public.ToString()));
        return key;
    }

    // Sealed for its id, so that none can be moved to another row.
    private IDataProtector Sealer(Guid id) => seals.CreateProtector(Purpose, id.ToString("N"));
}

internal sealed class SigningKeyTable : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("SigningKeys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Version).IsConcurrencyToken();
        builder.Ignore(k => k.Stream);
    }
}
