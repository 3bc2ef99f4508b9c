using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Cordon.Engine.Signals;

/// <summary>
/// Reads the fields of one record. The first fault sticks; after it every read answers a default,
/// so that a decoder is straight code and asks once, at the end.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<byte> source)
{
    private readonly int size = source.Length;
    private ReadOnlySpan<byte> rest = source;

    /// <summary>How many bytes were read; without meaning after a fault.</summary>
    public readonly int Position => size - rest.Length;

    public RecordFault Fault { get; private set; }

    public void Require(bool holds, RecordFault fault)
    {
        if (holds) return;
        if (Fault == RecordFault.None) Fault = fault;
        rest = default;
    }

    public void End() => Require(rest.IsEmpty, RecordFault.TrailingBytes);

    public byte Byte()
    {
        var one = Take(1);
        return one.IsEmpty ? (byte)0 : one[0];
    }

    public byte Choice(byte last)
    {
        var value = Byte();
        Require(value <= last, RecordFault.Choice);
        return value;
    }

    public byte Flags(byte known)
    {
        var value = Byte();
        Require((value & ~known) == 0, RecordFault.NotCanonical);
        return value;
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            if (Fault != RecordFault.None) return 0;
            // The tenth byte holds the 64th bit alone; a last byte of zero after others is a longer spelling of the same number.
            if ((shift == 63 && next > 1) || (next == 0 && shift > 0)) break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        Require(false, RecordFault.NotCanonical);
        return 0;
    }

    public long Signed()
    {
        var coded = Unsigned();
        return unchecked((long)(coded >> 1) ^ -(long)(coded & 1));
    }

    public UInt128 Wide()
    {
        var bytes = Take(16);
        return bytes.IsEmpty ? UInt128.Zero : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public Guid Guid()
    {
        var bytes = Take(16);
        return bytes.IsEmpty ? System.Guid.Empty : new Guid(bytes, bigEndian: true);
    }

    public Instant At()
    {
        var micros = Signed();
        Require(FieldLimits.IsInstant(micros), RecordFault.Instant);
        return new Instant(micros);
    }

    public string Visible(int longest, RecordFault fault)
    {
        var bytes = Take(Byte());
        if (!FieldLimits.IsVisible(bytes, longest))
        {
            Require(false, fault);
            return "";
        }
        return Encoding.ASCII.GetString(bytes);
    }

    public MemberCode Member(RecordFault fault = RecordFault.Member)
    {
        var bytes = Take(Byte());
        Span<char> text = stackalloc char[FieldLimits.MemberLength];
        // Capitals would be folded, and then one record would have two spellings.
        if (bytes.Length <= text.Length && !bytes.ContainsAnyInRange((byte)'A', (byte)'Z'))
        {
            var length = Encoding.Latin1.GetChars(bytes, text);
            if (MemberCode.TryParse(text[..length], out var value)) return value;
        }
        Require(false, fault);
        return default;
    }

    public PhoneNumber Phone()
    {
        var digits = Unsigned();
        Require(digits <= long.MaxValue && FieldLimits.IsPhone((long)digits), RecordFault.PhoneNumber);
        return Fault == RecordFault.None ? new PhoneNumber((long)digits) : default;
    }

    public AccountNumber Account()
    {
        var member = Member(RecordFault.Account);
        var number = Visible(FieldLimits.AccountLength, RecordFault.Account);
        return Fault == RecordFault.None ? new AccountNumber(member, number) : default;
    }

    public PersonToken Person()
    {
        var version = Byte();
        Require(version > 0, RecordFault.Person);
        return new PersonToken(version, Wide());
    }

    public Device Device()
    {
        var imei = Unsigned();
        Require(imei <= long.MaxValue && FieldLimits.IsImei((long)imei), RecordFault.Device);
        return Fault == RecordFault.None ? new Device((long)imei) : default;
    }

    public Domain Domain()
    {
        var name = Visible(FieldLimits.DomainLength, RecordFault.Domain);
        Require(!name.AsSpan().ContainsAnyInRange('A', 'Z'), RecordFault.Domain);
        return new Domain(name);
    }

    public Amount Amount(long least)
    {
        var letters = Take(3);
        Span<char> text = stackalloc char[3];
        Encoding.Latin1.GetChars(letters, text);
        Require(Currency.TryParse(text, out var currency), RecordFault.Amount);
        var minor = Unsigned();
        Require(minor <= long.MaxValue && (long)minor >= least, RecordFault.Amount);
        return Fault == RecordFault.None ? new Amount((long)minor, currency) : default;
    }

    public string Code()
    {
        var bytes = Take(Byte());
        Span<char> text = stackalloc char[FieldLimits.CodeLength];
        if (Utf8.ToUtf16(bytes, text, out _, out var length, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done
            && FieldLimits.IsCode(text[..length]))
            return text[..length].ToString();
        Require(false, RecordFault.Code);
        return "";
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            Require(false, RecordFault.Truncated);
            return default;
        }
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
