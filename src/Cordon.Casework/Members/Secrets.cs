using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Cordon.Casework.Members;

/// <summary>
/// Random secrets and their hashes. They never come from the id source: a demo's is counted from a seed,
/// and its secrets could be counted by anybody.
/// </summary>
internal static class Secrets
{
    private const int Bytes = 32;

    /// <summary>256 random bits as 43 characters that need no escaping anywhere.</summary>
    public static string NewText() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 of a secret. It is random, so a slow hash would add nothing.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Compares in a time that tells nothing.</summary>
    public static bool Fits(string secret, byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash(secret), hash);
}
