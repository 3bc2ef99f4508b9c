using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Cordon.Engine.Signals;

/// <summary>
/// Writes the fields of one record into a span that holds the largest record there is. The first fault sticks,
/// and what was written is then void.
/// </summary>
internal ref struct FieldWriter(Span<byte> target)
{
    private readonly Span<byte> target = target;

    public int Length { get; private set; }

    public RecordFault Fault { get; private set; }

    public void Require(bool holds, RecordFault fault)
    {
        if (!holds && Fault == RecordFault.None) Fault = fault;
    }

    public void Byte(byte value) => target[Length++] = value;

    public void Choice(byte value, byte last)
    {
        Require(value <= last, RecordFault.Choice);
        Byte(value);
    }

    public void Unsigned(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)((value & 0x7F) | 0x80));
            value >>= 7;
        }
        Byte((byte)value);
    }

    public void Signed(long value) => Unsigned(unchecked((ulong)((value << 1) ^ (value >> 63))));

    public void Wide(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128BigEndian(target[Length..], value);
        Length += 16;
    }

    public void Guid(Guid value)
    {
        value.TryWriteBytes(target[Length..], bigEndian: true, out var written);
        Length += written;
    }

    public void At(Instant value)
    {
        Require(FieldLimits.IsInstant(value.Micros), RecordFault.Instant);
        Signed(value.Micros);
    }

    public void Visible(string? text, int longest, RecordFault fault)
    {
        if (text is null || !FieldLimits.IsVisible(text, longest))
        {
            Require(false, fault);
            return;
        }
        Byte((byte)text.Length);
        Length += Encoding.ASCII.GetBytes(text, target[Length..]);
    }

    public void Member(MemberCode value) => Visible(value.ToString(), FieldLimits.MemberLength, RecordFault.Member);

    public void Phone(PhoneNumber value)
    {
        Require(FieldLimits.IsPhone(value.Digits), RecordFault.PhoneNumber);
        Unsigned(unchecked((ulong)value.Digits));
    }

    public void Account(AccountNumber value)
    {
        Visible(value.Member.ToString(), FieldLimits.MemberLength, RecordFault.Account);
        Visible(value.Number, FieldLimits.AccountLength, RecordFault.Account);
    }

    public void Person(PersonToken value)
    {
        Require(value.KeyVersion > 0, RecordFault.Person);
        Byte(value.KeyVersion);
        Wide(value.Hash);
    }

    public void Device(Device value)
    {
        Require(FieldLimits.IsImei(value.Imei), RecordFault.Device);
        Unsigned(unchecked((ulong)value.Imei));
    }

    public void Domain(Domain value)
    {
        Require(value.Name is not null && !value.Name.AsSpan().ContainsAnyInRange('A', 'Z'), RecordFault.Domain);
        Visible(value.Name, FieldLimits.DomainLength, RecordFault.Domain);
    }

    public void Amount(Amount value, long least)
    {
        Require(value.Minor >= least, RecordFault.Amount);
        value.Currency.Write(target[Length..]);
        Length += Currency.Letters;
        Unsigned(unchecked((ulong)value.Minor));
    }

    /// <summary>A member's own code for an agent or branch. Such codes are not always ASCII, so they travel as UTF-8.</summary>
    public void Code(string text)
    {
        if (!FieldLimits.IsCode(text)
            || Utf8.FromUtf16(text, target[(Length + 1)..], out _, out var written, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done)
        {
            Require(false, RecordFault.Code);
            return;
        }
        Byte((byte)written);
        Length += written;
    }
}
