using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

/// <summary>
/// The keys that replace identity numbers by tokens: one or more versions of 256 bits. The number space is small
/// (about 10^11 likely numbers), so whoever holds key and tokens can try them all: the key never lies with the data.
/// </summary>
/// <remarks>
/// New numbers take the newest version. Older versions are kept so that a number that is met again can be looked up under
/// its earlier tokens (<see cref="AllTokensOf"/>). Tokens themselves cannot be carried over: the number is not there any more.
/// </remarks>
public sealed class TokenKeys
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    // Separates these hashes from any other use of the same key, and this kind of document from others to come.
    private static readonly byte[] Purpose = "cordon/person/cn-ric/"u8.ToArray();
    private static readonly byte[] DemoKey = SHA256.HashData("Cordon demonstration key: known to everybody, never for real people."u8);

    private readonly ImmutableSortedDictionary<byte, byte[]> keys;

    internal TokenKeys(ImmutableSortedDictionary<byte, byte[]> keys)
    {
        this.keys = keys;
        Current = keys.Keys.Last();
    }

    /// <summary>The fixed key of demo and simulator, version 1. It is public: a server for real people refuses it.</summary>
    public static TokenKeys Demo { get; } = new(ImmutableSortedDictionary<byte, byte[]>.Empty.Add(1, DemoKey));

    /// <summary>Whether any version is the fixed demonstration key.</summary>
    public bool IsDemo => keys.Values.Any(key => CryptographicOperations.FixedTimeEquals(key, DemoKey));

    /// <summary>The version that new tokens carry.</summary>
    public byte Current { get; private init; }

    /// <summary>All versions, oldest first.</summary>
    public ImmutableArray<byte> Versions => [.. keys.Keys];

    /// <summary>
    /// The same keys, writing tokens of an earlier version: to import a file again whose first import came before a rotation.
    /// Null where the version is not there.
    /// </summary>
    public TokenKeys? WithCurrent(byte version) => keys.ContainsKey(version) ? new TokenKeys(keys) { Current = version } : null;

    /// <summary>The token of a number under the current version.</summary>
    public PersonToken TokenOf(IdentityNumber number) => Token(Current, number);

    /// <summary>The tokens of a number under every version, newest first: for looking up a person across rotations.</summary>
    public ImmutableArray<PersonToken> AllTokensOf(IdentityNumber number) => [.. keys.Keys.Reverse().Select(version => Token(version, number))];

    internal IEnumerable<KeyValuePair<byte, byte[]>> All => keys;

    private PersonToken Token(byte version, IdentityNumber number)
    {
        Span<byte> message = stackalloc byte[Purpose.Length + IdentityNumber.Length];
        Purpose.CopyTo(message);
        Encoding.ASCII.GetBytes(number.Plain, message[Purpose.Length..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys[version], message, hash);
        CryptographicOperations.ZeroMemory(message);
        return new PersonToken(version, System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}
