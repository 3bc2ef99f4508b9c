using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Access;

/// <summary>What a proven key may do.</summary>
/// <param name="Id">The key's id.</param>
/// <param name="Member">The member it acts for.</param>
/// <param name="Scopes">Its scopes.</param>
/// <param name="Until">The clock's timestamp up to which the proof holds.</param>
internal sealed record ProvenKey(Guid Id, MemberCode Member, IReadOnlyList<string> Scopes, long Until)
{
    public bool Has(string scope) => Scopes.Contains(scope);
}

/// <summary>
/// Keys that were proven against the database within the last seconds, so that not every request asks it. A key that this server
/// revokes is forgotten at once; one that is revoked in the database by others, within <see cref="Holds"/>. Found by a hash of
/// the whole token: the secret is not kept, and comparing tells nothing of it.
/// </summary>
internal sealed class ProvenKeys
{
    /// <summary>How long a proof holds.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(5);

    private const int MostKept = 10_000;
    private const int MostToken = 200;

    private readonly ApiKeyRegister register;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<(UInt128, UInt128), ProvenKey> proven = new();
    private long revocations;

    public ProvenKeys(ApiKeyRegister register, TimeProvider time)
    {
        (this.register, this.time) = (register, time);
        register.Revoked += Forget;
    }

    /// <summary>A key whose proof still holds.</summary>
    public bool TryFind(ReadOnlySpan<char> token, [NotNullWhen(true)] out ProvenKey? key) =>
        proven.TryGetValue(HashOf(token), out key) && key.Until > time.GetTimestamp();

    /// <summary>The key of a token, asked of the database where its proof does not hold any more; null where there is none that is good.</summary>
    public async Task<ProvenKey?> ProveAsync(string token)
    {
        if (TryFind(token, out var known)) return known;
        var before = Interlocked.Read(ref revocations);
        if (await register.ProveAsync(token) is not { } key) return null;
        var now = new ProvenKey(key.Id, key.Member, key.Scopes, time.GetTimestamp() + (long)(Holds.TotalSeconds * time.TimestampFrequency));
        if (proven.Count >= MostKept) proven.Clear();
        var hash = HashOf(token);
        proven[hash] = now;
        // A revocation may have come between the proof and its keeping.
        if (Interlocked.Read(ref revocations) != before) proven.TryRemove(hash, out _);
        return now;
    }

    private void Forget(Guid id)
    {
        Interlocked.Increment(ref revocations);
        foreach (var (hash, key) in proven)
            if (key.Id == id) proven.TryRemove(hash, out _);
    }

    private static (UInt128, UInt128) HashOf(ReadOnlySpan<char> token)
    {
        Span<byte> text = stackalloc byte[MostToken * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(token[..Math.Min(token.Length, MostToken)], text)], hash);
        return (MemoryMarshal.Read<UInt128>(hash), MemoryMarshal.Read<UInt128>(hash[16..]));
    }
}
