using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Members;

/// <summary>The one-time link by which the first administrator is made. Only its hash is kept.</summary>
internal sealed class SetupLink
{
    public required byte[] Hash { get; init; }

    public required Instant ExpiresAt { get; init; }
}

/// <summary>The façade of the first start: from a link printed by <c>serve</c> to the first administrator.</summary>
/// <param name="store">The database.</param>
/// <param name="people">Who takes the administrator in.</param>
public sealed class SetupLinks(CaseworkStore store, PeopleRegister people)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    /// <summary>Makes a link's token, good for 24 hours and instead of any before; null where a person exists already.</summary>
    public async Task<string?> NewAsync(CancellationToken cancel = default)
    {
        var token = Secrets.NewText();
        var made = await store.ChangeAsync<bool>(Actor.System("setup"), async change =>
        {
            if (await change.Db.Users.AnyAsync(cancel)) return false;
            change.Db.RemoveRange(await change.Db.Set<SetupLink>().ToListAsync(cancel));
            change.Db.Add(new SetupLink { Hash = Secrets.Hash(token), ExpiresAt = change.Now + Lasts });
            return true;
        }, cancel);
        return made.Value ? token : null;
    }

    /// <summary>Whether a token is good now.</summary>
    public Task<bool> IsGoodAsync(string token) => store.ReadAsync(async db => await FindAsync(db, token, store.Now) is not null && !await db.Users.AnyAsync());

    /// <summary>Makes the first administrator and uses the link up.</summary>
    public Task<Outcome<Guid>> RedeemAsync(string token, string userName, string displayName, string password, CancellationToken cancel = default)
    {
        var hash = people.Hash(password);
        var facts = new PersonFacts(userName, displayName, null, [Roles.Administrator], password);
        return store.ChangeAsync<Guid>(Actor.System("setup"), async change =>
        {
            var link = await FindAsync(change.Db, token, change.Now);
            if (link is null || await change.Db.Users.AnyAsync(cancel)) return PersonRefusal.BadSetup;
            change.Db.Remove(link);
            return await PeopleRegister.AddAsync(change, facts, hash, cancel);
        }, cancel);
    }

    private static async Task<SetupLink?> FindAsync(CaseworkContext db, string token, Instant now)
    {
        var links = await db.Set<SetupLink>().Where(l => l.ExpiresAt > now).ToListAsync();
        return links.Find(l => Secrets.Fits(token, l.Hash));
    }
}

internal sealed class SetupLinkTable : IEntityTypeConfiguration<SetupLink>
{
    public void Configure(EntityTypeBuilder<SetupLink> builder)
    {
        builder.ToTable("SetupLinks");
        builder.HasKey(l => l.Hash);
    }
}
