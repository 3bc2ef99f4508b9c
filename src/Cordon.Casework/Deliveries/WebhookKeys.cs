using System.Diagnostics.CodeAnalysis;
using Cordon.Casework.Audit;
using NSec.Cryptography;

namespace Cordon.Casework.Deliveries;

/// <summary>
/// An Ed25519 public key: of the centre, by which members verify webhooks, or of a member, by which the centre verifies receipts. Written as
/// Standard Webhooks writes it, <c>whpk_</c> and base64 of the 32 bytes; the PEM of other tools is read too.
/// </summary>
public sealed class WebhookPublicKey
{
    /// <summary>What a public key begins with.</summary>
    public const string Prefix = "whpk_";

    private const string PemBegin = "-----BEGIN PUBLIC KEY-----";
    private const int MostText = 256;
    private readonly PublicKey key;

    private WebhookPublicKey(PublicKey key) => this.key = key;

    /// <summary>Reads a key.</summary>
    /// <param name="text"><c>whpk_</c> and base64, or a PEM of RFC 8410.</param>
    /// <param name="value">The key.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out WebhookPublicKey? value)
    {
        value = null;
        PublicKey? read;
        if (text.Length > MostText) return false;
        if (text.StartsWith(PemBegin, StringComparison.Ordinal))
        {
            if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, System.Text.Encoding.ASCII.GetBytes(text.Trim()), KeyBlobFormat.PkixPublicKeyText, out read)) return false;
        }
        else if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !CanonicalBase64.TryDecode(text[Prefix.Length..], out var bytes)
            || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out read))
        {
            return false;
        }
        value = new WebhookPublicKey(read!);
        return true;
    }

    /// <summary>Whether a signature of 64 bytes is this key's over the text; false for any other length.</summary>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(key, text, signature);

    /// <inheritdoc/>
    public override string ToString() => Prefix + Convert.ToBase64String(key.Export(KeyBlobFormat.RawPublicKey));

    internal static WebhookPublicKey Of(PublicKey key) => new(key);
}

/// <summary>An Ed25519 private key that signs webhooks, written <c>whsk_</c> and base64 of the 32 bytes of its seed.</summary>
public sealed class WebhookSecret : IDisposable
{
    /// <summary>What a private key begins with.</summary>
    public const string Prefix = "whsk_";

    private readonly Key key;

    private WebhookSecret(Key key)
    {
        this.key = key;
        Public = WebhookPublicKey.Of(key.PublicKey);
    }

    /// <summary>The public half.</summary>
    public WebhookPublicKey Public { get; }

    /// <summary>A fresh key from the operating system's generator.</summary>
    public static WebhookSecret Generate() => new(Key.Create(SignatureAlgorithm.Ed25519, Exportable));

    /// <summary>Reads a key; whoever reads it disposes it.</summary>
    /// <param name="text"><c>whsk_</c> and base64 of 32 bytes.</param>
    /// <param name="value">The key.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out WebhookSecret? value)
    {
        value = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !CanonicalBase64.TryDecode(text[Prefix.Length..], out var seed)) return false;
        if (!Key.TryImport(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, out var read, Exportable)) return false;
        value = new WebhookSecret(read!);
        return true;
    }

    /// <summary>The Ed25519 signature, 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text) => SignatureAlgorithm.Ed25519.Sign(key, text);

    /// <summary>The private key as text; it is sealed before it is stored.</summary>
    public string Export() => Prefix + Convert.ToBase64String(key.Export(KeyBlobFormat.RawPrivateKey));

    /// <summary>Wipes the key from memory.</summary>
    public void Dispose() => key.Dispose();

    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
