using System.Security.Cryptography;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Members;

/// <summary>A new key with its secret, which is shown this once.</summary>
/// <param name="Key">The key as kept.</param>
/// <param name="Token">What the member's system sends: <c>ck_&lt;id&gt;_&lt;secret&gt;</c>.</param>
public sealed record NewApiKey(ApiKey Key, string Token);

/// <summary>The façade of members' API keys.</summary>
/// <param name="store">The database.</param>
public sealed class ApiKeyRegister(CaseworkStore store)
{
    private const string Mark = "ck";
    private const int HandleBytes = 8;
    private const int MostKeys = 50;
    private static readonly TimeSpan UsedEvery = TimeSpan.FromHours(1);

    /// <summary>Raised with the id of a key once its revocation is committed.</summary>
    public event Action<Guid>? Revoked;

    /// <summary>Makes a key for a member.</summary>
    public async Task<Outcome<NewApiKey>> CreateAsync(Actor actor, MemberCode member, string name, IReadOnlyList<string> scopes, CancellationToken cancel = default)
    {
        var handle = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(HandleBytes));
        var secret = Secrets.NewText();
        var made = await store.ChangeAsync<ApiKey>(actor, async change =>
        {
            if (name.Trim().Length is 0 or > 100) return ApiKeyRefusal.BadName;
            if (scopes.Count == 0 || scopes.Except(KeyScopes.All).Any()) return ApiKeyRefusal.BadScope;
            if (!await change.Db.Set<Member>().AnyAsync(m => m.Code == member, cancel)) return MemberRefusal.NotFound;
            if (await change.Db.Set<ApiKey>().CountAsync(k => k.Member == member && k.RevokedAt == null, cancel) >= MostKeys) return ApiKeyRefusal.TooMany;
            var key = new ApiKey();
            key.Seal(Secrets.Hash(secret));
            change.Record(key, new ApiKeyCreated(change.Now, change.NewId(), member, name.Trim(), handle, [.. scopes.Distinct().Order(StringComparer.Ordinal)]));
            change.Db.Add(key);
            return key;
        }, cancel);
        return made.Refusal is { } refusal ? refusal : new NewApiKey(made.Value, $"{Mark}_{handle}_{secret}");
    }

    /// <summary>Revokes a key; it is refused from the next request on. Revoking again changes nothing.</summary>
    public async Task<Outcome<ApiKey>> RevokeAsync(Actor actor, MemberCode member, Guid id, CancellationToken cancel = default)
    {
        var revoked = await store.ChangeAsync<ApiKey>(actor, async change =>
        {
            var key = await change.Db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Id == id && k.Member == member, cancel);
            if (key is null) return ApiKeyRefusal.NotFound;
            if (key.RevokedAt is null) change.Record(key, new ApiKeyRevoked(change.Now));
            return key;
        }, cancel);
        if (revoked.Succeeded) Revoked?.Invoke(id);
        return revoked;
    }

    /// <summary>A member's keys, revoked ones too, the newest first.</summary>
    public Task<List<ApiKey>> ListAsync(MemberCode member) =>
        store.ReadAsync(db => db.Set<ApiKey>().Where(k => k.Member == member).OrderByDescending(k => k.CreatedAt).ThenBy(k => k.Handle).ToListAsync());

    /// <summary>The key of a token; null where there is none, its secret is wrong or it is revoked.</summary>
    public Task<ApiKey?> ProveAsync(string token) => store.ReadAsync(async db =>
    {
        var parts = token.Split('_', 3);
        if (parts.Length != 3 || parts[0] != Mark || parts[1].Length != HandleBytes * 2) return null;
        var handle = parts[1];
        var key = await db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Handle == handle);
        if (key is null || !Secrets.Fits(parts[2], key.SecretHash) || key.RevokedAt is not null) return null;
        var now = store.Now;
        var stale = now - UsedEvery;
        if (key.LastUsedAt is null || key.LastUsedAt < stale)
        {
            await db.Set<ApiKey>().Where(k => k.Id == key.Id && (k.LastUsedAt == null || k.LastUsedAt < stale))
                .ExecuteUpdateAsync(k => k.SetProperty(v => v.LastUsedAt, now));
        }
        return key;
    });
}

internal static class ApiKeyRefusal
{
    public static readonly Refusal NotFound = new("key/not-found", RefusalKind.NotFound,
        "The member has no such key.", "List the member's keys.");

    public static readonly Refusal BadName = new("key/bad-name", RefusalKind.Invalid,
        "A key has a name of 1 to 100 characters.", "Name the system that will hold it.");

    public static readonly Refusal BadScope = new("key/bad-scope", RefusalKind.Invalid,
        $"A key has at least one scope, and only these: {string.Join(", ", KeyScopes.All)}.", "Send scopes from that list.");

    public static readonly Refusal TooMany = new("key/too-many", RefusalKind.Conflict,
        "A member has at most 50 keys that are good.", "Revoke keys that are no longer used.");
}
