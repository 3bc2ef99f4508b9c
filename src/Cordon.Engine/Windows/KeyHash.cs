using System.Buffers.Binary;
using System.Numerics;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Windows;

/// <summary>
/// 64-bit hashes that are the same on every machine and in every run, because verdicts rest on them (the values of a
/// distinct window) and snapshots carry them. SipHash-1-3 under a key that is public: whoever wants two identifiers with
/// one hash has to try some 2^32 of them, where a faster mix could simply be turned round. What an index finds by a hash
/// is compared with the key itself all the same.
/// </summary>
internal static class KeyHash
{
    private const int StackBytes = 512;

    /// <summary>Of a number of up to 128 bits.</summary>
    public static ulong Of(ulong high, ulong low)
    {
        var sip = new Sip();
        sip.Take(low);
        sip.Take(high);
        return sip.Result();
    }

    /// <summary>Of a number's hash and the small number that tells two equal ones apart, such as the version of a key.</summary>
    public static ulong Of(ulong hash, byte tag) => tag == 0 ? hash : Of((ulong)tag, hash);

    /// <summary>Of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var sip = new Sip();
        var tail = (ulong)text.Length << 56;
        for (; text.Length >= 8; text = text[8..]) sip.Take(BinaryPrimitives.ReadUInt64LittleEndian(text));
        for (var i = 0; i < text.Length; i++) tail |= (ulong)text[i] << (8 * i);
        sip.Take(tail);
        return sip.Result();
    }

    /// <summary>Of a text, as a batch of keys has it.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var room = KeyText.Room(text.Length);
        var bytes = room <= StackBytes ? stackalloc byte[room] : new byte[room];
        return Of(bytes[..KeyText.Write(text, bytes)]);
    }

    /// <summary>Of what a member calls by its own code.</summary>
    public static ulong Of(ReadOnlySpan<char> member, ReadOnlySpan<char> text)
    {
        var room = KeyText.Room(member.Length) + 1 + KeyText.Room(text.Length);
        var bytes = room <= StackBytes ? stackalloc byte[room] : new byte[room];
        var used = KeyText.Write(member, bytes);
        bytes[used++] = KeyBatch.MemberEnd;
        used += KeyText.Write(text, bytes[used..]);
        return Of(bytes[..used]);
    }

    public static ulong Of(PhoneNumber number) => Of(0, unchecked((ulong)number.Digits));

    public static ulong Of(Device device) => Of(0, unchecked((ulong)device.Imei));

    public static ulong Of(PersonToken person) => Of(Of((ulong)(person.Hash >> 64), (ulong)(person.Hash & ulong.MaxValue)), person.KeyVersion);

    public static ulong Of(AccountNumber account) => Of(account.Member.ToString(), account.Number);

    private ref struct Sip
    {
        // The initial state of SipHash under the key 0, 1, ..., 15 of its paper.
        private ulong v0 = 0x736F_6D65_7073_6575 ^ 0x0706_0504_0302_0100;
        private ulong v1 = 0x646F_7261_6E64_6F6D ^ 0x0F0E_0D0C_0B0A_0908;
        private ulong v2 = 0x6C79_6765_6E65_7261 ^ 0x0706_0504_0302_0100;
        private ulong v3 = 0x7465_6462_7974_6573 ^ 0x0F0E_0D0C_0B0A_0908;

        public Sip()
        {
        }

        public void Take(ulong word)
        {
            v3 ^= word;
            Round();
            v0 ^= word;
        }

        public ulong Result()
        {
            v2 ^= 0xFF;
            Round();
            Round();
            Round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void Round()
        {
            unchecked
            {
                v0 += v1;
                v2 += v3;
                v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
                v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
                v0 = BitOperations.RotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
                v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
                v2 = BitOperations.RotateLeft(v2, 32);
            }
        }
    }
}
