using System.Text;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Cordon.Tests.Gateways;

public sealed class SignalJsonTests
{
    // Signals of any year are told here; that the future is refused is tested where doors are.
    private static readonly Door WithKeys = new(TokenKeys.Demo) { Time = new FakeTimeProvider(DateTimeOffset.MaxValue - TimeSpan.FromDays(1)) };

    private static readonly Gen<SignalId> Ids = Gen.String[Gen.Char['!', '~'], 1, 64].Where(text => IdentityNumber.Read(text, out _) != IdentityNumberFault.None).Select(text => new SignalId(text));
    private static readonly Gen<MemberCode> MemberCodes = Gen.String[Gen.OneOf("abz09-_.".ToCharArray()), 1, 32].Select(MemberCode.Parse);
    private static readonly Gen<Instant> Instants = Gen.Long[Instant.Min.Micros, Instant.Max.Micros].Select(micros => new Instant(micros));
    private static readonly Gen<PhoneNumber> Mobiles = Gen.Long[8613000000000, 8619999999999].Select(digits => new PhoneNumber(digits));
    private static readonly Gen<AccountNumber> Accounts = Gen.Select(MemberCodes, Gen.String[Gen.Char['a', '~'], 1, 40], (member, number) => new AccountNumber(member, number));
    private static readonly Gen<Amount> Amounts = Gen.Select(Gen.Long[1, long.MaxValue], Gen.OneOf("CNY", "JPY", "KWD", "CLF"), (minor, code) => new Amount(minor, Currency.Parse(code)));
    private static readonly Gen<string> Codes = Gen.String[Gen.Char['a', '~'], 1, 64];
    private static readonly Gen<PersonToken> Tokens = Gen.Select(Gen.Byte[1, 255], Gen.ULong, Gen.ULong, (version, high, low) => new PersonToken(version, new UInt128(high, low)));
    private static readonly Gen<Device> Devices = Gen.Long[0, 99_999_999_999_999].Select(imei => new Device(imei));
    private static readonly Gen<Domain> Domains = Gen.String[Gen.Char['a', 'z'], 1, 20].Select(label => new Domain(label + ".example"));

    private static readonly Gen<Signal> Calls =
        from id in Ids from member in MemberCodes from at in Instants from caller in Mobiles from callee in Mobiles from origin in Gen.Enum<CallOrigin>()
        from roaming in Gen.Bool from trunk in Nullable(Codes) from device in Gen.Nullable(Devices) from seconds in Gen.Int[0, 604_800]
        from phase in Gen.Enum<CallPhase>()
        select (Signal)new Call(id, member, at, caller, callee, origin, roaming, trunk is null ? null : new Trunk(trunk), device, seconds, phase);

    private static readonly Gen<Signal> Messages =
        from id in Ids from member in MemberCodes from at in Instants from sender in Mobiles from recipient in Mobiles from link in Gen.Nullable(Domains)
        select (Signal)new Message(id, member, at, sender, recipient, link);

    private static readonly Gen<Signal> Subscriptions =
        from id in Ids from member in MemberCodes from at in Instants from line in Mobiles from kind in Gen.Enum<LineKind>() from check in Gen.Enum<IdentityCheck>()
        from person in Gen.Nullable(Tokens) from agent in Nullable(Codes) from device in Gen.Nullable(Devices)
        select (Signal)new Subscription(id, member, at, line, kind, check, person, agent, device);

    private static readonly Gen<Signal> Openings =
        from id in Ids from member in MemberCodes from at in Instants from account in Accounts from kind in Gen.Enum<AccountKind>() from check in Gen.Enum<IdentityCheck>()
        from person in Gen.Nullable(Tokens) from balance in Gen.Nullable(Amounts) from line in Gen.Nullable(Mobiles) from branch in Nullable(Codes)
        select (Signal)new AccountOpening(id, member, at, account, kind, check, person, balance, line, branch);

    private static readonly Gen<Signal> Transfers =
        from id in Ids from member in MemberCodes from at in Instants from payer in Accounts from payee in Gen.Nullable(Accounts) from amount in Amounts
        from means in Gen.Enum<TransferMeans>() from reference in Nullable(Codes)
        select (Signal)new Transfer(id, member, at, payer, payee, amount, means, reference);

    private static readonly Gen<Signal> Visits =
        from id in Ids from member in MemberCodes from at in Instants from line in Mobiles from domain in Domains
        select (Signal)new WebVisit(id, member, at, line, domain);

    private static readonly Gen<Signal> Corrections =
        from id in Ids from member in MemberCodes from teller in MemberCodes from at in Instants from transfer in Ids from reversed in Gen.Bool from own in Gen.Bool from reference in Codes
        select (Signal)new TransferCorrection(id, member, at, own ? member : teller, transfer, own ? reversed : null, own && reversed ? null : reference);

    private static readonly Gen<Signal> Signals = Gen.OneOf(Calls, Messages, Subscriptions, Openings, Transfers, Visits, Corrections);

    private static Gen<string?> Nullable(Gen<string> gen) => Gen.Select(Gen.Bool, gen, (given, text) => given ? text : null);

    private static Reading<Signal> Read(string line, SignalKind? kind = null) => SignalJson.Read(Encoding.UTF8.GetBytes(line), kind, WithKeys);

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var reader = new SignalJsonReader(WithKeys);
        Signals.Sample(signal =>
        {
            var reading = reader.Read(Encoding.UTF8.GetBytes(SignalJson.Write(signal)), null);
            Assert.Empty(reading.Faults);
            Assert.Equal(signal, reading.Value);
        }, threads: 1);
    }

    [Theory]
    [InlineData("""{"kind":"webVisit","id":"v","member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","domian":"a.example"}""", "domian", "unknown-field", "did you mean 'domain'?")]
    [InlineData("""{"kind":"webVisit","id":"v","id":"w","member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","domain":"a.example"}""", "id", "repeated-field", "twice")]
    [InlineData("""{"kind":"webVisit","kind":"webVisit","id":"w","member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","domain":"a.example"}""", "kind", "repeated-field", "twice")]
    [InlineData("""{"kind":"webVisit","id":7,"member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","domain":"a.example"}""", "id", "wrong-type", "text in quotes")]
    [InlineData("""{"kind":"webVisit","id":"","member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","domain":"a.example"}""", "id", "format", "empty")]
    [InlineData("""{"kind":"webVisit","member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","domain":"a.example"}""", "id", "required", "needed")]
    [InlineData("""{"kind":"transfer","id":"v","member":"b","at":"2026-03-02T08:15:00Z","payer":"b:1","amount":12.5,"currency":"CNY"}""", "amount", "wrong-type", "text in quotes")]
    [InlineData("""{"kind":"accountOpening","id":"v","member":"b","at":"2026-03-02T08:15:00Z","account":"b:1","openingBalance":{"amount":"1"}}""", "openingBalance", "required", "both")]
    [InlineData("""{"kind":"accountOpening","id":"v","member":"b","at":"2026-03-02T08:15:00Z","account":"b:1","openingBalance.amount":"1"}""", "openingBalance.amount", "unknown-field", "")]
    [InlineData("""{"kind":"accountOpening","id":"v","member":"b","at":"2026-03-02T08:15:00Z","account":"b:1","openingBalance":{"amount":"1","curency":"CNY"}}""", "openingBalance.curency", "unknown-field", "openingBalance.currency")]
    [InlineData("""{"kind":"accountOpening","id":"v","member":"b","at":"2026-03-02T08:15:00Z","account":"b:360426199101010071"}""", "account", "identity-number-misplaced", "identityNumber")]
    [InlineData("""{"kind":"subscription","id":"v","member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","identityNumber":"360426199101010072"}""", "identityNumber", "identity-number", "check character")]
    [InlineData("""{"kind":"subscription","id":"v","member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","identityNumber":"360426910101007"}""", "identityNumber", "identity-number-old-form", "15 digits")]
    [InlineData("""{"kind":"subscription","id":"v","member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","agent":"A360426199101010071"}""", "agent", "identity-number-misplaced", "")]
    [InlineData("""{"kind":"transferCorrection","id":"k","member":"b","at":"2026-03-02T08:15:00Z","transfer":"t"}""", "reversed", "required", "reversing the transfer and telling another")]
    [InlineData("""{"kind":"transferCorrection","id":"k","member":"b","at":"2026-03-02T08:15:00Z","transfer":"t","teller":"a","reversed":true}""", "teller", "not-teller", "Only a")]
    [InlineData("""{"kind":"transferCorrection","id":"k","member":"b","at":"2026-03-02T08:15:00Z","transfer":"t","reversed":"true"}""", "reversed", "wrong-type", "true or false")]
    [InlineData("""{"kind":"transferCorrection","id":"k","member":"b","at":"2026-03-02T08:15:00Z","transfer":"t t","reversed":true}""", "transfer", "format", "no id")]
    [InlineData("""{"kind":"transferCorrection","id":"k","member":"b","at":"2026-03-02T08:15:00Z","transfer":"360426199101010071","reversed":true}""", "transfer", "identity-number-misplaced", "")]
    [InlineData("""{"kind":"transferCorrection","id":"k","member":"b","at":"2026-03-02T08:15:00Z","reversed":true}""", "transfer", "required", "needed")]
    [InlineData("""{"kind":"fax"}""", "kind", "kind", "one of call")]
    [InlineData("""{}""", "kind", "kind", "one of call")]
    [InlineData("""{"kind":"call",""", "", "not-json", "byte")]
    [InlineData("""{"kind":"call"} {}""", "", "not-json", "byte")]
    [InlineData("""{"kind":"call","trunk":[[[[[[[[[1]]]]]]]]]}""", "", "not-json", "8 levels")]
    [InlineData("", "", "not-json", "")]
    public void A_line_with_a_fault_is_refused_by_field_reason_and_words(string line, string field, string reason, string words)
    {
        var reading = Read(line);
        Assert.Null(reading.Value);
        var fault = reading.Faults[0];
        Assert.Equal((field, reason), (fault.Field, fault.Reason));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("\"x\"")]
    [InlineData("7")]
    [InlineData("null")]
    public void What_is_no_object_is_refused(string line) => Assert.Equal("not-json", Read(line, SignalKind.Call).Faults[0].Reason);

    [Fact]
    public void All_faults_of_a_line_are_told_at_once()
    {
        var reading = Read("""{"kind":"transfer","id":"v v","member":"b!","at":"yesterday","payer":"x","amount":"1","currency":"yuan"}""");
        Assert.Equal(["id", "member", "at", "payer", "currency"], reading.Faults.Select(fault => fault.Field));
    }

    [Fact]
    public void An_identity_number_becomes_a_token_and_is_nowhere_in_what_is_written()
    {
        var reading = Read("""{"kind":"subscription","id":"v","member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","identityNumber":"360426 19910101 0071"}""");
        IdentityNumber.Read("360426199101010071", out var number);
        Assert.Equal(TokenKeys.Demo.TokenOf(number), ((Subscription)reading.Value!).Person);
        Assert.False(Masking.Finds(SignalJson.Write(reading.Value)));
    }

    [Fact]
    public void A_door_without_a_key_takes_tokens_only()
    {
        var line = """{"kind":"subscription","id":"v","member":"op","at":"2026-03-02T08:15:00Z","line":"13800138000","identityNumber":"360426199101010071"}""";
        Assert.Equal("no-token-key", SignalJson.Read(Encoding.UTF8.GetBytes(line), null, new Door(null)).Faults[0].Reason);
    }

    [Fact]
    public void No_fault_of_any_field_shows_a_number_that_was_planted_in_it()
    {
        var number = PlantedNumbers.Numbers;
        string[] fields = ["id", "member", "at", "account", "accountKind", "identity", "person", "identityNumber", "line", "branch", "openingBalance", "unheardOf"];
        Gen.Select(number, Gen.OneOf(fields), Gen.OneOf("{0}", "x{0}", "{0} {0}", "name {0}")).Sample((planted, field, form) =>
        {
            var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, planted);
            foreach (var line in new[] { $$"""{"kind":"accountOpening","{{field}}":"{{text}}"}""", $$"""{"kind":"accountOpening","{{text}}":1}""", text })
                foreach (var fault in Read(line).Faults)
                    Assert.DoesNotContain(planted, fault.Field + fault.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_dated_serial_number_that_looks_like_a_person_born_this_year_is_taken()
    {
        var serial = PlantedNumbers.WithCheck("11000120260302081");
        Assert.Equal(IdentityNumberFault.None, IdentityNumber.Read(serial, out _));
        Assert.NotNull(Read($$"""{"kind":"transfer","id":"{{serial}}","member":"b","at":"2026-03-02T08:15:00Z","payer":"b:1","amount":"1","currency":"CNY"}""").Value);
    }
}
