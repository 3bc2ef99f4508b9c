using System.Buffers;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Signals;

public sealed class EngineRecordCodecTests
{
    [Fact]
    public void What_is_written_is_read_back_equal() => SignalGen.Record.Sample(record =>
    {
        Assert.Equal(RecordFault.None, EngineRecordCodec.Read(Bytes(record), out var read));
        Assert.Equal(record, read);
    }, iter: 20_000);

    [Fact]
    public void Every_shorter_piece_of_a_record_is_refused() => SignalGen.Record.Sample(record =>
    {
        var bytes = Bytes(record);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.NotEqual(RecordFault.None, EngineRecordCodec.Read(bytes.AsSpan(0, length), out var read));
            Assert.Null(read);
        }
    }, iter: 500);

    [Fact]
    public void A_byte_behind_a_record_is_refused() => SignalGen.Record.Sample(
        record => Assert.Equal(RecordFault.TrailingBytes, EngineRecordCodec.Read([.. Bytes(record), 0], out _)), iter: 500);

    [Fact]
    public void Changed_bytes_are_refused_or_are_the_one_spelling_of_another_record() =>
        Gen.Select(SignalGen.Record, Gen.Int[0, EngineRecordCodec.LongestRecord], Gen.Byte, (record, place, value) => (Bytes(record), place, value)).Sample((bytes, place, value) =>
        {
            bytes[place % bytes.Length] = value;
            AssertCanonical(bytes);
        }, iter: 20_000);

    [Fact]
    public void Random_bytes_never_make_it_throw() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        AssertCanonical(bytes);
        // The same with a type and a kind in front, so that the fields are reached.
        if (bytes.Length > 2) AssertCanonical([1, (byte)((bytes[1] % 8) + 1), 1, (byte)'m', 1, (byte)'i', .. bytes[2..]]);
    }, iter: 20_000);

    [Fact]
    public void A_number_longer_than_it_needs_to_be_is_refused()
    {
        var bytes = Bytes(new SignalAccepted(Visit(at: new Instant(0))));
        // type, kind, 1 + 6 of the member, 1 + 2 of the id, then the instant: one byte of zero
        Assert.Equal(0, bytes[12]);
        byte[] longer = [.. bytes[..12], 0x80, 0x00, .. bytes[13..]];
        Assert.Equal(RecordFault.NotCanonical, EngineRecordCodec.Read(longer, out _));
    }

    [Fact]
    public void Unknown_types_and_kinds_are_named()
    {
        Assert.Equal(RecordFault.UnknownType, EngineRecordCodec.Read([99, 1, 2, 3], out _));
        var bytes = Bytes(new SignalAccepted(Visit(at: new Instant(0))));
        bytes[1] = 42;
        Assert.Equal(RecordFault.UnknownType, EngineRecordCodec.Read(bytes, out _));
        Assert.Equal(RecordFault.Truncated, EngineRecordCodec.Read([], out _));
    }

    [Fact]
    public void The_layout_of_a_transfer_stays_as_journals_have_it()
    {
        var transfer = new Transfer(new SignalId("T1"), MemberCode.Parse("bank-a"), SignalGen.Parse("2026-03-02T08:15:00Z"),
            AccountNumber.Parse("bank-a:1"), AccountNumber.Parse("pay.c:22"), new Amount(4_800_000, Currency.Cny), TransferMeans.Account, null);
        Assert.Equal(
            "01050662616E6B2D6102543180A4E6EDC581A6060306" + "62616E6B2D610131057061792E63023232434E5980FCA40201",
            Convert.ToHexString(Bytes(new SignalAccepted(transfer))));
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_breaks_a_limit_is_not_written(RecordFault expected, Signal signal)
    {
        var to = new ArrayBufferWriter<byte>();
        Assert.Equal(expected, EngineRecordCodec.Write(to, new SignalAccepted(signal)));
        Assert.Equal(0, to.WrittenCount);
    }

    [Theory]
    [InlineData(ListName.FraudNumbers, "bank-a:1")]
    [InlineData(ListName.FraudNumbers, "13800000000")]
    [InlineData(ListName.StoppedAccounts, "+8613800000000")]
    [InlineData(ListName.StoppedAccounts, "Bank-A:1")]
    [InlineData(ListName.FraudAccounts, "")]
    [InlineData(ListName.FraudDevices, "350000000000018")]
    [InlineData(ListName.FraudDevices, "+8613800000000")]
    [InlineData(ListName.RestrictedPersons, "p01-000000000000000000000000000000aa")]
    [InlineData(ListName.RestrictedPersons, "p1-000000000000000000000000000000AA")]
    [InlineData(ListName.LivingAccounts, "p1-000000000000000000000000000000aa")]
    public void An_entry_that_is_not_what_its_list_holds_is_not_written(ListName list, string entry)
    {
        var change = new ListChanged(Guid.Empty, list, entry, true, new Instant(0));
        Assert.Equal(RecordFault.Entry, EngineRecordCodec.Write(new ArrayBufferWriter<byte>(), change));
    }

    [Fact]
    public void The_layout_of_a_degraded_answer_stays_as_journals_have_it()
    {
        var answer = new AnswerDegraded(
            new Guid("00112233-4455-6677-8899-aabbccddeeff"), SignalKind.Transfer, MemberCode.Parse("bank-a"), new SignalId("T1"), VerdictAction.Hold, SignalGen.Parse("2026-03-02T08:15:00Z"));
        Assert.Equal("06" + "00112233445566778899AABBCCDDEEFF" + "05" + "0662616E6B2D61" + "025431" + "02" + "80A4E6EDC581A606", Convert.ToHexString(Bytes(answer)));
        Assert.Equal(RecordFault.Choice, EngineRecordCodec.Write(new ArrayBufferWriter<byte>(), answer with { Kind = 0 }));
        Assert.Equal(RecordFault.Choice, EngineRecordCodec.Write(new ArrayBufferWriter<byte>(), answer with { Action = (VerdictAction)4 }));
        Assert.Equal(RecordFault.Id, EngineRecordCodec.Write(new ArrayBufferWriter<byte>(), answer with { SignalId = default }));
    }

    public static TheoryData<RecordFault, Signal> Faulty()
    {
        var visit = Visit(new Instant(0));
        var account = AccountNumber.Parse("bank-a:1");
        var transfer = new Transfer(visit.Id, visit.Member, visit.At, account, null, new Amount(1, Currency.Cny), TransferMeans.Account, null);
        var opening = new AccountOpening(visit.Id, visit.Member, visit.At, account, AccountKind.Personal, IdentityCheck.Verified, null, null, null, null);
        var call = new Call(visit.Id, visit.Member, visit.At, visit.Line, visit.Line, CallOrigin.Domestic, false, null, null, 0);
        return new TheoryData<RecordFault, Signal>
        {
            { RecordFault.Member, visit with { Member = default } },
            { RecordFault.Id, visit with { Id = default } },
            { RecordFault.Id, visit with { Id = new SignalId("a b") } },
            { RecordFault.Id, visit with { Id = new SignalId(new string('x', 65)) } },
            { RecordFault.Instant, visit with { At = new Instant(long.MaxValue) } },
            { RecordFault.PhoneNumber, visit with { Line = default } },
            { RecordFault.PhoneNumber, visit with { Line = new PhoneNumber(-5) } },
            { RecordFault.Domain, visit with { Domain = default } },
            { RecordFault.Domain, visit with { Domain = new Domain("Example.org") } },
            { RecordFault.NoParty, transfer with { Payer = null } },
            { RecordFault.Account, transfer with { Payee = default(AccountNumber) } },
            { RecordFault.Amount, transfer with { Amount = new Amount(0, Currency.Cny) } },
            { RecordFault.Amount, transfer with { Amount = new Amount(-1, Currency.Cny) } },
            { RecordFault.OrderReference, transfer with { OrderReference = "" } },
            { RecordFault.Choice, transfer with { Means = (TransferMeans)99 } },
            { RecordFault.Amount, opening with { OpeningBalance = new Amount(-1, Currency.Cny) } },
            { RecordFault.Person, opening with { Person = default(PersonToken) } },
            { RecordFault.Code, opening with { Branch = "" } },
            { RecordFault.Code, opening with { Branch = "a\nb" } },
            { RecordFault.Code, opening with { Branch = "\ud83c" } },
            { RecordFault.Duration, call with { DurationSeconds = -1 } },
            { RecordFault.Trunk, call with { Trunk = default(Trunk) } },
            { RecordFault.Device, call with { Device = new Device(-1) } },
        };
    }

    private static WebVisit Visit(Instant at) =>
        new(new SignalId("V1"), MemberCode.Parse("bank-a"), at, new PhoneNumber(8_613_800_000_000), new Domain("example.org"));

    private static byte[] Bytes(EngineRecord record)
    {
        var to = new ArrayBufferWriter<byte>();
        Assert.Equal(RecordFault.None, EngineRecordCodec.Write(to, record));
        return to.WrittenSpan.ToArray();
    }

    private static void AssertCanonical(byte[] bytes)
    {
        if (EngineRecordCodec.Read(bytes, out var read) == RecordFault.None) Assert.Equal(bytes, Bytes(read!));
        else Assert.Null(read);
    }
}
