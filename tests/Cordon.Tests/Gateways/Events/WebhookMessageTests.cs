using System.Globalization;
using System.Text;
using Cordon.Casework.Deliveries;
using Cordon.Engine.Signals;
using Cordon.Gateways.Events;
using CsCheck;

namespace Cordon.Tests.Gateways.Events;

/// <summary>Messages of Standard Webhooks: signed as other tools sign, taken as they take.</summary>
public sealed class WebhookMessageTests
{
    // Seed and signature as the Go library of the standard's authors has them in its tests; the public keys by Python's cryptography.
    private const string KnownSecret = "whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=";
    private const string KnownPublic = "whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=";
    private const string KnownSignature = "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==";
    private const string OtherSecret = "whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string OtherPublic = "whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
    private const string Pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\n-----END PUBLIC KEY-----\n";

    private static readonly Instant Then = Second(1614265330);
    private static readonly byte[] KnownBody = """{"test": 2432232314}"""u8.ToArray();

    [Fact]
    public void The_known_message_has_the_known_signature()
    {
        using var secret = Secret(KnownSecret);
        var message = new WebhookMessage("msg_p5jXN8AQM9LWM0D4loKWxJek", Then, KnownBody);
        Assert.Equal("1614265330", message.Timestamp);
        Assert.Equal(KnownSignature, message.Sign([secret]));
        Assert.Equal(MessageFault.None, WebhookReceiver.Verify(message.Id, message.Timestamp, KnownSignature, KnownBody, [Public(KnownPublic)], Then));
    }

    [Fact]
    public void A_body_of_chinese_text_is_signed_as_python_signs_it()
    {
        using var secret = Secret(OtherSecret);
        var message = new WebhookMessage("msg_1", Second(1767225600), Encoding.UTF8.GetBytes("""{"order":"止付"}"""));
        Assert.Equal("v1a,M5GqpI4H8yWN08V8bc0HCeuTS9gHMLoJpVmKrUsLvDIbJOFas67tUF23Lpb4G51tKMtdArg69j7NE6pNR+DFCQ==", message.Sign([secret]));
    }

    [Fact]
    public void Keys_are_read_as_they_are_written_and_from_the_pem_of_other_tools()
    {
        using var secret = Secret(OtherSecret);
        Assert.Equal((OtherSecret, OtherPublic), (secret.Export(), secret.Public.ToString()));
        Assert.Equal(OtherPublic, Public(Pem).ToString());
        string[] none = ["", "whpk_", OtherSecret, OtherPublic[5..], OtherPublic + "=", OtherPublic.Replace("bg=", "bh=", StringComparison.Ordinal), "whpk_AAAA", Pem.Replace("MCow", "MCox", StringComparison.Ordinal)];
        Assert.All(none, text => Assert.False(WebhookPublicKey.TryParse(text, out _), text));
        Assert.All((string[])["", "whsk_", OtherPublic, "whsk_AAAA", OtherSecret[5..]], text => Assert.False(WebhookSecret.TryParse(text, out _), text));
    }

    [Fact]
    public void During_a_rotation_a_receiver_with_either_key_takes_the_message()
    {
        using var older = Secret(KnownSecret);
        using var newer = Secret(OtherSecret);
        var message = new WebhookMessage("msg_2", Then, KnownBody);
        var both = message.Sign([newer, older]);
        Assert.Equal(2, both.Split(' ').Length);
        foreach (var held in new[] { KnownPublic, OtherPublic })
            Assert.Equal(MessageFault.None, WebhookReceiver.Verify(message.Id, message.Timestamp, both, KnownBody, [Public(held)], Then));
        Assert.Equal(MessageFault.None, WebhookReceiver.Verify(message.Id, message.Timestamp, $"v1,AAAA v2a,BBBB {both}", KnownBody, [Public(KnownPublic)], Then));
        Assert.Equal(MessageFault.WrongSignature, WebhookReceiver.Verify(message.Id, message.Timestamp, message.Sign([newer]), KnownBody, [Public(KnownPublic)], Then));
        Assert.Equal(MessageFault.WrongSignature, WebhookReceiver.Verify(message.Id, message.Timestamp, both, KnownBody, [], Then));
        Assert.Throws<ArgumentException>(() => message.Sign([]));
        Assert.Throws<ArgumentException>(() => (message with { Id = "a.b" }).Sign([older]));
    }

    [Theory]
    [InlineData(0, MessageFault.None)]
    [InlineData(300, MessageFault.None)]
    [InlineData(-300, MessageFault.None)]
    [InlineData(301, MessageFault.OtherTime)]
    [InlineData(-301, MessageFault.OtherTime)]
    public void A_message_of_another_time_is_refused(int secondsLater, MessageFault expected) =>
        Assert.Equal(expected, WebhookReceiver.Verify(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", KnownSignature, KnownBody, [Public(KnownPublic)], Then + TimeSpan.FromSeconds(secondsLater)));

    [Theory]
    [InlineData(null, "1614265330", KnownSignature)]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", null, KnownSignature)]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", null)]
    [InlineData("", "1614265330", KnownSignature)]
    [InlineData("a b", "1614265330", KnownSignature)]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", "", KnownSignature)]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", "+1614265330", KnownSignature)]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", "01614265330", KnownSignature)]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", "99999999999999999999", KnownSignature)]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", " ")]
    public void A_header_that_is_missing_or_malformed_is_refused_by_name(string? id, string? timestamp, string? signatures) =>
        Assert.Equal(MessageFault.BadHeader, WebhookReceiver.Verify(id, timestamp, signatures, KnownBody, [Public(KnownPublic)], Then));

    [Fact]
    public void Whatever_is_changed_in_id_time_or_body_the_signature_holds_no_more() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 20], Gen.Long[1, 4_000_000_000], Gen.Byte.Array[0, 200], Gen.Int[0, 2], Gen.Int[0, 1_000_000]).Sample((id, seconds, body, which, where) =>
        {
            using var secret = Secret(KnownSecret);
            var (at, key) = (Second(seconds), Public(KnownPublic));
            var message = new WebhookMessage(id, at, body);
            var signed = message.Sign([secret]);
            Assert.Equal(MessageFault.None, WebhookReceiver.Verify(id, message.Timestamp, signed, body, [key], at));
            var otherBody = body.Append((byte)1).ToArray();
            if (body.Length > 0)
            {
                otherBody = [.. body];
                otherBody[where % body.Length] ^= (byte)(1 + (where % 255));
            }
            var changed = which switch
            {
                0 => WebhookReceiver.Verify(id + "x", message.Timestamp, signed, body, [key], at),
                1 => WebhookReceiver.Verify(id, (seconds + 1).ToString(CultureInfo.InvariantCulture), signed, body, [key], at),
                _ => WebhookReceiver.Verify(id, message.Timestamp, signed, otherBody, [key], at),
            };
            Assert.Equal(MessageFault.WrongSignature, changed);
        });

    [Fact]
    public void A_part_of_the_body_cannot_be_moved_into_the_id()
    {
        using var secret = Secret(KnownSecret);
        var signed = new WebhookMessage("a", Second(12), "34.x"u8.ToArray()).Sign([secret]);
        Assert.NotEqual(MessageFault.None, WebhookReceiver.Verify("a.12", "34", signed, "x"u8, [Public(KnownPublic)], Second(12)));
    }

    internal static WebhookSecret Secret(string text) => WebhookSecret.TryParse(text, out var secret) ? secret : throw new InvalidOperationException(text);

    internal static WebhookPublicKey Public(string text) => WebhookPublicKey.TryParse(text, out var key) ? key : throw new InvalidOperationException(text);

    private static Instant Second(long seconds) => Instant.From(DateTimeOffset.FromUnixTimeSeconds(seconds));
}
