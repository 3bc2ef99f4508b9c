using System.Buffers.Binary;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Windows;

/// <summary>
/// 64-bit hashes that are the same on every machine and in every run, because verdicts rest on them (the values of a
/// distinct window) and snapshots carry them. Exactness never rests on them: an index compares the key itself.
/// </summary>
internal static class KeyHash
{
    private const ulong First = 0x9E37_79B9_7F4A_7C15;
    private const ulong Second = 0xD6E8_FEB8_6659_FD93;
    private const ulong Third = 0xA076_1D64_78BD_642F;
    private const ulong Last = 0xE703_7ED1_A0B4_28DB;

    /// <summary>Of a number of up to 128 bits.</summary>
    public static ulong Of(ulong high, ulong low) => Fold(Fold(low ^ First, Second) ^ high ^ Third, Last ^ low);

    /// <summary>Of a number and the small number that tells two equal ones apart, such as the version of a key.</summary>
    public static ulong Of(ulong hash, byte tag) => tag == 0 ? hash : Fold(hash ^ First, Third + tag);

    /// <summary>Of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var hash = Fold(First ^ (uint)text.Length, Second);
        for (; text.Length >= 8; text = text[8..])
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text), Third);
        ulong tail = 0;
        foreach (var b in text) tail = (tail << 8) | b;
        return Fold(hash ^ tail, Last);
    }

    /// <summary>Of a text, by its UTF-16 units.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = Fold(Third ^ (uint)text.Length, Second);
        foreach (var unit in text) hash = Fold(hash ^ unit, First);
        return Fold(hash, Last);
    }

    public static ulong Of(PhoneNumber number) => Of(0, (ulong)number.Digits);

    public static ulong Of(Device device) => Of(0, (ulong)device.Imei);

    public static ulong Of(PersonToken person) => Of(Of((ulong)(person.Hash >> 64), (ulong)(person.Hash & ulong.MaxValue)), person.KeyVersion);

    public static ulong Of(AccountNumber account) => Fold(Of(account.Member.ToString()) ^ Second, Of(account.Number) ^ Third);

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
