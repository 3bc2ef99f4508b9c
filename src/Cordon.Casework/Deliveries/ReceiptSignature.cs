using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Cordon.Casework.Audit;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Cordon.Casework.Deliveries;

/// <summary>A member's answer as it came over HTTP, with its signature (RFC 9421), to be judged where the member's keys are known.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, as the client sent it.</param>
/// <param name="Authority">The host and port.</param>
/// <param name="Input">The header <c>Signature-Input</c>.</param>
/// <param name="Signature">The header <c>Signature</c>.</param>
/// <param name="Fields">The other headers that a signature may cover, by lower-case name.</param>
/// <param name="Body">The body.</param>
public sealed record SignedReceipt(
    string Method, string Path, string Authority, string Input, string Signature, ImmutableDictionary<string, string> Fields, ImmutableArray<byte> Body)
    : IEndpointParameterMetadataProvider
{
    /// <summary>With what the code of each refusal of a signature begins. Nothing was done, and the same answer signed anew is another request.</summary>
    public const string RefusedAs = "receipt/";

    /// <summary>The header that tells what was signed.</summary>
    public const string InputHeader = "Signature-Input";

    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "Signature";

    /// <summary>The header with the body's digest (RFC 9530).</summary>
    public const string DigestHeader = "content-digest";

    /// <summary>The headers that a signature may cover. Others may hold secrets, and what is covered is kept as evidence.</summary>
    public static ImmutableArray<string> Coverable { get; } = [DigestHeader, "content-type", "content-length", "date"];

    /// <summary>The body as text.</summary>
    internal string BodyText => Encoding.UTF8.GetString(Body.AsSpan());

    /// <summary>The signed answer that a request brought; null where it has no signature.</summary>
    public static ValueTask<SignedReceipt?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<SignedReceipt>());

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new SignedReceiptMark());
}

/// <summary>Marks an endpoint that takes a signed answer.</summary>
public sealed record SignedReceiptMark;

/// <summary>What is kept of a signature that held: with the member's public key anybody can verify it again.</summary>
/// <param name="Key">The receipt key.</param>
/// <param name="Base">The signature base: the text that was signed.</param>
/// <param name="Signature">The signature, base64.</param>
/// <param name="Body">The body whose digest the base holds.</param>
internal sealed record ReceiptEvidence(Guid Key, string Base, string Signature, string Body);

/// <summary>A signature of RFC 9421 in the one form that receipts take: one label, Ed25519, the request's method, path and body covered.</summary>
/// <param name="Components">What is covered, in order.</param>
/// <param name="Parameters">The parameters as written, with the list of components: the last line of the base.</param>
/// <param name="Created">When it was made, seconds since 1970.</param>
/// <param name="Expires">Until when it holds, seconds since 1970; null where it does not say.</param>
/// <param name="KeyId">The key.</param>
/// <param name="Bytes">The signature.</param>
internal sealed record ReceiptSignature(ImmutableArray<string> Components, string Parameters, long Created, long? Expires, string KeyId, ImmutableArray<byte> Bytes)
{
    /// <summary>How far the clocks of member and centre may be apart. Standard Webhooks asks five minutes of receivers; the same is asked of members.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int MostHeader = 2_000;
    private const string Algorithm = "ed25519";
    private static readonly string[] Needed = ["@method", "@path", SignedReceipt.DigestHeader];

    /// <summary>Reads the two headers; null where they are not of the form.</summary>
    public static ReceiptSignature? Read(SignedReceipt receipt)
    {
        if (receipt.Input.Length > MostHeader || receipt.Signature.Length > MostHeader) return null;
        if (SplitLabel(receipt.Input) is not ({ } label, { } parameters) || SplitLabel(receipt.Signature) is not ({ } other, { } value) || other != label) return null;
        if (value.Length < 2 || value[0] != ':' || value[^1] != ':' || !CanonicalBase64.TryDecode(value[1..^1], out var bytes)) return null;
        if (parameters[0] != '(' || parameters.IndexOf(')', StringComparison.Ordinal) is var end && end < 0) return null;
        var components = new List<string>();
        foreach (var item in parameters[1..end].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Quoted(item) is not { } name || components.Contains(name)) return null;
            components.Add(name);
        }
        if (Needed.Except(components).Any() || components.Except(Needed).Except(SignedReceipt.Coverable).Any(c => c != "@authority")) return null;
        if (ReadParameters(parameters[(end + 1)..]) is not { } named || !named.TryGetValue("keyid", out var key) || Quoted(key) is not { } keyId) return null;
        if (!named.TryGetValue("created", out var made) || Seconds(made) is not { } created) return null;
        if (named.TryGetValue("alg", out var algorithm) && Quoted(algorithm) != Algorithm) return null;
        long? expires = null;
        if (named.TryGetValue("expires", out var until) && (expires = Seconds(until)) is null) return null;
        return new ReceiptSignature([.. components], parameters, created, expires, keyId, [.. bytes]);
    }

    /// <summary>The text that is signed (section 2.5); null where a covered header is not there.</summary>
    public string? Base(SignedReceipt receipt)
    {
        var text = new StringBuilder();
        foreach (var component in Components)
        {
            var value = component switch
            {
                "@method" => receipt.Method,
                "@path" => receipt.Path,
                "@authority" => receipt.Authority.ToLowerInvariant(),
                _ => receipt.Fields.GetValueOrDefault(component),
            };
            if (value is null) return null;
            text.Append('"').Append(component).Append("\": ").Append(value.Trim()).Append('\n');
        }
        return text.Append("\"@signature-params\": ").Append(Parameters).ToString();
    }

    /// <summary>Why the signature does not hold; null where it does.</summary>
    public Refusal? Judge(SignedReceipt receipt, WebhookPublicKey key, Instant now)
    {
        var seconds = now.ToDateTimeOffset().ToUnixTimeSeconds();
        if (Math.Abs((decimal)seconds - Created) > (decimal)Tolerance.TotalSeconds || Expires < seconds) return DeliveryRefusal.OtherTime;
        if (Base(receipt) is not { } text) return DeliveryRefusal.BadForm;
        if (!DigestHolds(receipt.Fields[SignedReceipt.DigestHeader], receipt.Body.AsSpan())) return DeliveryRefusal.OtherDigest;
        return key.Verify(Encoding.UTF8.GetBytes(text), Bytes.AsSpan()) ? null : DeliveryRefusal.WrongSignature;
    }

    // One digest of a known function is enough; each that is known must hold.
    private static bool DigestHolds(string header, ReadOnlySpan<byte> body)
    {
        var known = 0;
        foreach (var item in header.Split(','))
        {
            if (SplitLabel(item.Trim()) is not ({ } name, { } value) || value.Length < 2 || value[0] != ':' || value[^1] != ':') return false;
            var hash = name switch { "sha-256" => SHA256.HashData(body), "sha-512" => SHA512.HashData(body), _ => null };
            if (hash is null) continue;
            if (!CanonicalBase64.TryDecode(value[1..^1], out var told) || !hash.AsSpan().SequenceEqual(told)) return false;
            known++;
        }
        return known > 0;
    }

    private static Dictionary<string, string>? ReadParameters(string text)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text.Length == 0) return named;
        if (text[0] != ';') return null;
        foreach (var part in text[1..].Split(';'))
            if (SplitLabel(part.Trim()) is not ({ } name, { } value) || !named.TryAdd(name, value)) return null;
        return named;
    }

    private static (string? Label, string? Value) SplitLabel(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || equals == text.Length - 1) return default;
        var label = text[..equals];
        return label.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.' or '*') ? (label, text[(equals + 1)..].Trim()) : default;
    }

    private static string? Quoted(string text) =>
        text.Length >= 3 && text[0] == '"' && text[^1] == '"' && text[1..^1] is var inner && inner.All(c => c is > ' ' and <= '~' and not ('"' or '\\')) ? inner : null;

    private static long? Seconds(string text) => text.Length <= 12 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
