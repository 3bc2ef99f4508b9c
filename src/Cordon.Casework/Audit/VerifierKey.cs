using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Cordon.Casework.Audit;

/// <summary>
/// The public half of the key that signs checkpoints: Ed25519, written
/// <c>name+hex key id+base64(0x01 ‖ public key)</c>, the form other transparency tools read.
/// </summary>
public sealed class VerifierKey
{
    /// <summary>The signature type of Ed25519 in C2SP signed-note.</summary>
    internal const byte Ed25519 = 0x01;

    private readonly PublicKey key;

    private VerifierKey(string name, PublicKey key)
    {
        this.key = key;
        Name = name;
        var bytes = key.Export(KeyBlobFormat.RawPublicKey);
        Bytes = bytes;
        Id = IdOf(name, bytes);
    }

    /// <summary>Whose key: the log's origin.</summary>
    public string Name { get; }

    /// <summary>First four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key): finds the key, proves nothing.</summary>
    public uint Id { get; }

    /// <summary>The 32 bytes of the public key (RFC 8032).</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>1 to 200 characters without white space, control characters or '+'. A log's name is a URL without scheme.</summary>
    public static bool IsName(string text) =>
        text.Length is >= 1 and <= 200 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || c == '+');

    /// <summary>Reads the written form. Refuses one whose id is not that of its name and key.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VerifierKey? value)
    {
        value = null;
        // Base64 may hold '+' itself: only the first two divide.
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || parts[1].Length != 8 || parts[1].Any(c => c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))) return false;
        if (!CanonicalBase64.TryDecode(parts[2], out var bytes) || bytes.Length != 33 || bytes[0] != Ed25519) return false;
        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes.AsSpan(1), KeyBlobFormat.RawPublicKey, out var key)) return false;
        var read = new VerifierKey(parts[0], key!);
        if (read.Id != uint.Parse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) return false;
        value = read;
        return true;
    }

    internal static VerifierKey Of(string name, PublicKey key) => new(name, key);

    /// <summary>Whether the signature is this key's over the text.</summary>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        SignatureAlgorithm.Ed25519.Verify(key, text, signature);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{Id:x8}+{Convert.ToBase64String([Ed25519, .. Bytes.Span])}");

    private static uint IdOf(string name, byte[] bytes) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0x0A, Ed25519, .. bytes]));
}
