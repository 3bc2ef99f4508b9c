using System.Collections.Immutable;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Members;

/// <summary>A key by which a member's system signs in. Only the hash of its secret is kept.</summary>
public sealed class ApiKey : Folded<ApiKeyEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The member it acts for.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>What its holder calls it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The part of the key that is no secret, by which it is found: 16 hexadecimal digits.</summary>
    public string Handle { get; private set; } = "";

    /// <summary>SHA-256 of the 256-bit secret. It is random, so a slow hash would add nothing.</summary>
    public byte[] SecretHash { get; private set; } = [];

    /// <summary>What it may do.</summary>
    public ImmutableArray<string> Scopes { get; private set; } = [];

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>When it was revoked; null while it is good.</summary>
    public Instant? RevokedAt { get; private set; }

    /// <summary>When it was last used, to the hour; not an event.</summary>
    public Instant? LastUsedAt { get; private set; }

    /// <summary>What people are shown of it: <c>ck_1f2e3d4c…</c>.</summary>
    public string Prefix => $"ck_{Handle[..8]}";

    /// <inheritdoc/>
    public override string Stream => $"key/{Id}";

    /// <inheritdoc/>
    protected override void Fold(ApiKeyEvent happened)
    {
        switch (happened)
        {
            case ApiKeyCreated e:
                (Id, Member, Name, Handle, Scopes, CreatedAt) = (e.Key, e.Member, e.Name, e.Handle, e.Scopes, e.At);
                break;
            case ApiKeyRevoked e:
                RevokedAt = e.At;
                break;
        }
    }

    // The hash is not part of the event: the audit log is read by more people than may test guesses against it.
    internal void Seal(byte[] hash) => SecretHash = hash;
}

/// <summary>What happens to an API key.</summary>
/// <param name="At">When.</param>
public abstract record ApiKeyEvent(Instant At) : CaseworkEvent(At);

/// <summary>A key was made.</summary>
/// <param name="At">When.</param>
/// <param name="Key">Its id.</param>
/// <param name="Member">The member it acts for.</param>
/// <param name="Name">What its holder calls it.</param>
/// <param name="Handle">Its open part.</param>
/// <param name="Scopes">What it may do.</param>
[EventName("key.created")]
public sealed record ApiKeyCreated(Instant At, Guid Key, MemberCode Member, string Name, string Handle, ImmutableArray<string> Scopes) : ApiKeyEvent(At);

/// <summary>A key was revoked.</summary>
/// <param name="At">When.</param>
[EventName("key.revoked")]
public sealed record ApiKeyRevoked(Instant At) : ApiKeyEvent(At);

internal sealed class ApiKeyTable : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Version).IsConcurrencyToken();
        builder.Ignore(k => k.Stream).Ignore(k => k.Prefix);
        builder.HasIndex(k => k.Handle).IsUnique();
        builder.HasIndex(k => k.Member);
        builder.Property(k => k.Scopes).HasConversion(v => string.Join(' ', v), v => v.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableArray());
    }
}
