using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cordon.Casework.Deliveries;
using Cordon.Engine.Signals;
using Cordon.Tests.Gateways;
using Cordon.Tests.Gateways.Events;

namespace Cordon.Tests.Deliveries;

/// <summary>Receipts signed by RFC 9421: the base of the standard's own example, and every way to be wrong by name.</summary>
public sealed class ReceiptSignatureTests
{
    // Signature and digest by Python's cryptography and hashlib.
    private const string Params = "(\"@method\" \"@path\" \"content-digest\");created=1767225600;keyid=\"00000000-0000-0000-0000-000000000001\";alg=\"ed25519\"";
    private const string Made = "3AGM6uV09Xr2wlAK+k0EOg2ONbaE0K0anmXaKsEdccwe+7VZopjVboM5fIURhKKW4HRm7ESDD5Cyb8CaAaQ4BA==";
    private const string Digest = "sha-256=:VsvZaCXrKGEMklbnb4ON3UfmcJSfrBopVPXrwSSYpbY=:";
    private const string Body = """{"held":{"amount":"3120.55","currency":"CNY"}}""";
    private static readonly WebhookPublicKey Key = WebhookMessageTests.Public("whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=");
    private static readonly Instant Then = Instant.From(DateTimeOffset.FromUnixTimeSeconds(1767225600));

    [Fact]
    public void The_example_of_the_standard_has_its_base_and_its_signature_holds()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.Path("conformance/rfc9421/vectors.json")));
        var (request, example) = (file.RootElement.GetProperty("request"), file.RootElement.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("alg").GetString() == "ed25519"));
        var fields = request.GetProperty("headers").EnumerateObject().ToImmutableDictionary(h => h.Name, h => h.Value.GetString()!);
        var receipt = new SignedReceipt(
            request.GetProperty("method").GetString()!, request.GetProperty("target").GetString()!.Split('?')[0], request.GetProperty("authority").GetString()!, "", "", fields, []);
        var parameters = example.GetProperty("params").GetString()!;
        var components = parameters[1..parameters.IndexOf(')', StringComparison.Ordinal)].Split(' ').Select(c => c.Trim('"'));
        var signature = new ReceiptSignature([.. components], parameters, 0, null, "", []);
        Assert.Equal(example.GetProperty("base").GetString(), signature.Base(receipt));
        var key = WebhookMessageTests.Public(example.GetProperty("pub_pem").GetString()!);
        Assert.True(key.Verify(Encoding.UTF8.GetBytes(signature.Base(receipt)!), Convert.FromBase64String(example.GetProperty("signature_b64").GetString()!)));
    }

    [Fact]
    public void A_receipt_that_another_tool_signed_holds()
    {
        var signature = ReceiptSignature.Read(Receipt())!;
        Assert.Equal("00000000-0000-0000-0000-000000000001", signature.KeyId);
        Assert.Null(signature.Judge(Receipt(), Key, Then));
        Assert.Null(signature.Judge(Receipt(), Key, Then + TimeSpan.FromMinutes(5)));
        Assert.Null(signature.Judge(Receipt(), Key, Then - TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void What_was_not_signed_is_refused_by_name()
    {
        string Judge(SignedReceipt receipt, TimeSpan later = default, WebhookPublicKey? key = null) => ReceiptSignature.Read(receipt)!.Judge(receipt, key ?? Key, Then + later)!.Code;
        Assert.Equal("receipt/other-time", Judge(Receipt(), TimeSpan.FromSeconds(301)));
        Assert.Equal("receipt/other-time", Judge(Receipt(), TimeSpan.FromSeconds(-301)));
        Assert.Equal("receipt/other-time", Judge(Receipt(Params.Replace(";alg", ";expires=1767225599;alg", StringComparison.Ordinal))));
        Assert.Equal("receipt/other-digest", Judge(Receipt() with { Body = [.. Encoding.UTF8.GetBytes(Body.Replace("3120", "9120", StringComparison.Ordinal))] }));
        Assert.Equal("receipt/other-digest", Judge(With("md5=:AAAA:")));
        Assert.Equal("receipt/other-digest", Judge(With("sha-256=AAAA")));
        Assert.Equal("receipt/other-digest", Judge(With(Digest + ", sha-512=:AAAA:")));
        Assert.Equal("receipt/wrong-signature", Judge(Receipt() with { Path = "/api/v1/orders/y/held" }));
        Assert.Equal("receipt/wrong-signature", Judge(Receipt() with { Method = "PUT" }));
        Assert.Equal("receipt/wrong-signature", Judge(Receipt(Params.Replace("1767225600", "1767225601", StringComparison.Ordinal))));
        Assert.Equal("receipt/wrong-signature", Judge(Receipt(), key: WebhookMessageTests.Public("whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=")));
        Assert.Equal("receipt/bad-signature-form", Judge(Receipt(Params.Replace("\"content-digest\"", "\"content-digest\" \"date\"", StringComparison.Ordinal))));
        // A second digest that holds is no fault of its own; it changes what was signed.
        Assert.Equal("receipt/wrong-signature", Judge(With($"{Digest}, sha-512=:{Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes(Body)))}:")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("(\"@method\" \"@path\");created=1;keyid=\"a\"")]
    [InlineData("(\"@method\" \"content-digest\");created=1;keyid=\"a\"")]
    [InlineData("(\"@path\" \"content-digest\");created=1;keyid=\"a\"")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\" \"authorization\");created=1;keyid=\"a\"")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\" \"@query\");created=1;keyid=\"a\"")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\" \"@path\");created=1;keyid=\"a\"")]
    [InlineData("(\"@method\" \"@path\" content-digest);created=1;keyid=\"a\"")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\";created=1;keyid=\"a\"")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\")")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\");keyid=\"a\"")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\");created=1")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\");created=-1;keyid=\"a\"")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\");created=1;created=2;keyid=\"a\"")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\");created=1;keyid=a")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\");created=1;keyid=\"a\";alg=\"hmac-sha256\"")]
    [InlineData("(\"@method\" \"@path\" \"content-digest\");created=1;keyid=\"a\";expires=soon")]
    public void What_is_not_of_the_form_is_not_read(string parameters) => Assert.Null(ReceiptSignature.Read(Receipt(parameters)));

    [Theory]
    [InlineData("sig2=:AAAA:")]
    [InlineData("sig1=AAAA")]
    [InlineData("sig1=:AA A:")]
    [InlineData("sig1")]
    [InlineData("sig1=:AAAA:, sig2=:AAAA:")]
    public void A_signature_of_another_label_or_form_is_not_read(string header) => Assert.Null(ReceiptSignature.Read(Receipt() with { Signature = header }));

    private static SignedReceipt With(string digest) => Receipt() with { Fields = ImmutableDictionary<string, string>.Empty.Add(SignedReceipt.DigestHeader, digest) };

    private static SignedReceipt Receipt(string parameters = Params) => new(
        "POST", "/api/v1/orders/x/held", "cordon.example", "sig1=" + parameters, $"sig1=:{Made}:",
        ImmutableDictionary<string, string>.Empty.Add(SignedReceipt.DigestHeader, Digest), [.. Encoding.UTF8.GetBytes(Body)]);
}
