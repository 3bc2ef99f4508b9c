using System.Buffers.Binary;
using System.Text;

namespace Cordon.Engine.Rules.Cel;

/// <summary>
/// Opens an Any that holds one of the scalar well-known types: the wrappers, Timestamp, Duration. The wire format of these
/// is a few numbered fields; Struct and its kin are made by literals of their own.
/// Source: Protocol Buffers, "Encoding".
/// </summary>
internal static class CelAny
{
    private static readonly CelError NotOpened = new("conversion error: the Any does not hold a known type");

    public static object? Open(string typeUrl, CelBytes content, ref CelError? error)
    {
        var name = typeUrl[(typeUrl.LastIndexOf('/') + 1)..];
        if (!TryRead(content.Span, out var numbers, out var text) || Make(name, numbers, text) is not { } value)
        {
            error = NotOpened;
            return null;
        }
        return value;
    }

    private static object? Make(string name, ulong[] numbers, byte[] text) => name switch
    {
        "google.protobuf.BoolValue" => numbers[1] != 0,
        "google.protobuf.Int32Value" => (long)unchecked((int)numbers[1]),
        "google.protobuf.Int64Value" => unchecked((long)numbers[1]),
        "google.protobuf.UInt32Value" => (ulong)unchecked((uint)numbers[1]),
        "google.protobuf.UInt64Value" => numbers[1],
        "google.protobuf.FloatValue" => (double)BitConverter.UInt32BitsToSingle(unchecked((uint)numbers[1])),
        "google.protobuf.DoubleValue" => BitConverter.UInt64BitsToDouble(numbers[1]),
        "google.protobuf.StringValue" => Encoding.UTF8.GetString(text),
        "google.protobuf.BytesValue" => new CelBytes([.. text]),
        "google.protobuf.Timestamp" => Timestamp(unchecked((long)numbers[1]), unchecked((int)numbers[2])),
        "google.protobuf.Duration" => Duration(unchecked((long)numbers[1]), unchecked((int)numbers[2])),
        _ => null,
    };

    private static CelTimestamp? Timestamp(long seconds, int nanos) =>
        new CelTimestamp(seconds, nanos) is { IsInRange: true, Nanos: >= 0 and < 1_000_000_000 } at ? at : null;

    private static CelDuration? Duration(long seconds, int nanos) =>
        ((Int128)seconds * CelDuration.PerSecond) + nanos is var all && all >= long.MinValue && all <= long.MaxValue ? new CelDuration((long)all) : null;

    // Fields 1 and 2 as numbers, field 1 as bytes: all that the known types have.
    private static bool TryRead(ReadOnlySpan<byte> wire, out ulong[] numbers, out byte[] text)
    {
        numbers = new ulong[3];
        text = [];
        while (!wire.IsEmpty)
        {
            if (!TryVarint(ref wire, out var tag)) return false;
            var field = tag >> 3;
            ulong number;
            switch (tag & 7)
            {
                case 0 when TryVarint(ref wire, out number):
                    break;
                case 1 when wire.Length >= 8:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(wire);
                    wire = wire[8..];
                    break;
                case 5 when wire.Length >= 4:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(wire);
                    wire = wire[4..];
                    break;
                case 2 when TryVarint(ref wire, out number) && number <= (ulong)wire.Length:
                    text = wire[..(int)number].ToArray();
                    wire = wire[(int)number..];
                    break;
                default: return false;
            }
            if (field is not (1 or 2)) return false;
            numbers[field] = number;
        }
        return true;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> wire, out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(wire.Length, 10); i++)
        {
            value |= (wire[i] & 0x7FUL) << (7 * i);
            if ((wire[i] & 0x80) != 0) continue;
            wire = wire[(i + 1)..];
            return true;
        }
        return false;
    }
}
