using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Deliveries;

/// <summary>A member's public key, by which its receipts are verified.</summary>
public sealed class ReceiptKey : Folded<ReceiptKeyEvent>
{
    /// <summary>Its id: the <c>keyid</c> of signatures.</summary>
    public Guid Id { get; private set; }

    /// <summary>The member.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>The system that holds the private half.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The public key, <c>whpk_…</c>.</summary>
    public string Public { get; private set; } = "";

    /// <summary>From when signatures by it count.</summary>
    public Instant From { get; private set; }

    /// <summary>Until when they count; null while it is in use.</summary>
    public Instant? Until { get; private set; }

    /// <summary>Who registered it.</summary>
    public string By { get; private set; } = "";

    /// <inheritdoc/>
    public override string Stream => $"receipt-key/{Id}";

    /// <inheritdoc/>
    protected override void Fold(ReceiptKeyEvent happened)
    {
        switch (happened)
        {
            case ReceiptKeyRegistered e:
                (Id, Member, Name, Public, From, By) = (e.Key, e.Member, e.Name, e.Public, e.At, e.By);
                break;
            case ReceiptKeyRetired e:
                Until = e.At;
                break;
        }
    }
}

/// <summary>What happens to a receipt key.</summary>
/// <param name="At">When.</param>
public abstract record ReceiptKeyEvent(Instant At) : CaseworkEvent(At);

/// <summary>A member's key was registered.</summary>
/// <param name="At">When.</param>
/// <param name="Key">Its id.</param>
/// <param name="Member">The member.</param>
/// <param name="Name">The system that holds the private half.</param>
/// <param name="Public">The public key.</param>
/// <param name="By">Who registered it.</param>
[EventName("receipt-key.registered")]
public sealed record ReceiptKeyRegistered(Instant At, Guid Key, MemberCode Member, string Name, string Public, string By) : ReceiptKeyEvent(At);

/// <summary>A member's key is used no more.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who retired it.</param>
[EventName("receipt-key.retired")]
public sealed record ReceiptKeyRetired(Instant At, string By) : ReceiptKeyEvent(At);

/// <summary>The façade of the keys by which members sign receipts. People alone change them: an API key that was stolen cannot bring its own.</summary>
/// <param name="store">The database.</param>
public sealed class ReceiptKeys(CaseworkStore store)
{
    /// <summary>How many a member has in use, at most.</summary>
    public const int MostActive = 10;

    private const int MostName = 100;

    /// <summary>A member's keys, retired ones too, the newest first; empty where the actor may not see them.</summary>
    public Task<List<ReceiptKey>> ListAsync(Actor actor, MemberCode member) => DeliveryRules.Sees(actor, member)
        ? store.ReadAsync(db => db.Set<ReceiptKey>().Where(k => k.Member == member).OrderByDescending(k => k.From).ThenByDescending(k => k.Id).ToListAsync())
        : Task.FromResult(new List<ReceiptKey>());

    /// <summary>Registers a key. From then on the member's systems sign their receipts.</summary>
    /// <param name="actor">An administrator, or a clerk of the member.</param>
    /// <param name="member">The member.</param>
    /// <param name="name">The system that holds the private half, 1 to 100 characters.</param>
    /// <param name="key">The public key: <c>whpk_…</c> or a PEM.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public Task<Outcome<ReceiptKey>> RegisterAsync(Actor actor, MemberCode member, string name, string key, CancellationToken cancel = default) =>
        store.ChangeAsync<ReceiptKey>(actor, async change =>
        {
            if (!DeliveryRules.SetsUpKeys(actor, member) || !await change.Db.Set<Member>().AnyAsync(m => m.Code == member, cancel)) return DeliveryRefusal.NoMember;
            if (name.Trim().Length is 0 or > MostName) return DeliveryRefusal.BadReceiptName;
            if (!WebhookPublicKey.TryParse(key, out var read)) return DeliveryRefusal.BadReceiptKey;
            var text = read.ToString();
            // Of any member, and of any time: what another holds, or held and lost, proves nothing.
            if (await change.Db.Set<ReceiptKey>().AnyAsync(k => k.Public == text, cancel)) return DeliveryRefusal.SameReceiptKey;
            if (await change.Db.Set<ReceiptKey>().CountAsync(k => k.Member == member && k.Until == null, cancel) >= MostActive) return DeliveryRefusal.TooManyReceiptKeys;
            var made = new ReceiptKey();
            change.Begin(made, new ReceiptKeyRegistered(change.Now, change.NewId(), member, name.Trim(), text, actor.Id));
            return made;
        }, cancel);

    /// <summary>Retires a key at once. Where it was the last, receipts need no signature any more.</summary>
    public Task<Outcome<ReceiptKey>> RetireAsync(Actor actor, MemberCode member, Guid id, CancellationToken cancel = default) =>
        store.ChangeAsync<ReceiptKey>(actor, async change =>
        {
            if (!DeliveryRules.SetsUpKeys(actor, member)) return DeliveryRefusal.NoMember;
            var key = await change.Db.Set<ReceiptKey>().SingleOrDefaultAsync(k => k.Id == id && k.Member == member && k.Until == null, cancel);
            if (key is null) return DeliveryRefusal.NoReceiptKey;
            change.Record(key, new ReceiptKeyRetired(change.Now, actor.Id));
            return key;
        }, cancel);

    /// <summary>
    /// Judges the signature of a member's answer within a change of the caller's: null and evidence where it holds, null and none where none is asked.
    /// A person who is signed in needs no signature: the session names the person.
    /// </summary>
    internal static async Task<(Refusal? Refusal, ReceiptEvidence? Evidence)> JudgeAsync(Change change, MemberCode member, SignedReceipt? receipt, CancellationToken cancel)
    {
        var keys = await change.Db.Set<ReceiptKey>().Where(k => k.Member == member && k.Until == null).ToListAsync(cancel);
        if (receipt is null) return (keys.Count > 0 && change.Actor.IsSystemOfMember ? DeliveryRefusal.Unsigned : null, null);
        if (ReceiptSignature.Read(receipt) is not { } signature) return (DeliveryRefusal.BadForm, null);
        var key = keys.Find(k => k.Id.ToString() == signature.KeyId);
        if (key is null || !WebhookPublicKey.TryParse(key.Public, out var opened)) return (DeliveryRefusal.OtherKey, null);
        return signature.Judge(receipt, opened, change.Now) is { } refused
            ? (refused, null)
            : (null, new ReceiptEvidence(key.Id, signature.Base(receipt)!, Convert.ToBase64String(signature.Bytes.AsSpan()), receipt.BodyText));
    }
}

internal sealed class ReceiptKeyTable : IEntityTypeConfiguration<ReceiptKey>
{
    public void Configure(EntityTypeBuilder<ReceiptKey> builder)
    {
        builder.ToTable("ReceiptKeys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Version).IsConcurrencyToken();
        builder.Property(k => k.Public).HasMaxLength(64);
        builder.Ignore(k => k.Stream);
        builder.HasIndex(k => k.Member);
        builder.HasIndex(k => k.Public).IsUnique();
    }
}
