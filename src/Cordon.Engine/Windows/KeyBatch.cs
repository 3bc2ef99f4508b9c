using Cordon.Engine.Signals;

namespace Cordon.Engine.Windows;

/// <summary>
/// Identifiers to be looked up together, in the order of their adding. It is filled, handed to an index and cleared for
/// the next step; it keeps its room, so that a step allocates nothing. Numbers and texts may not be mixed, because an
/// index holds one of the two.
/// </summary>
internal sealed class KeyBatch
{
    /// <summary>Stands between a member and what it calls by its own code.</summary>
    internal const byte MemberEnd = (byte)':';

    private const int PartAt = 20;

    private Key[] keys = new Key[64];
    private byte[] texts = new byte[1024];
    private int textsUsed;

    /// <summary>How many identifiers were added, absent ones among them.</summary>
    public int Count { get; private set; }

    internal ReadOnlySpan<Key> Keys => keys.AsSpan(0, Count);

    /// <summary>Forgets the identifiers.</summary>
    public void Clear()
    {
        Count = 0;
        textsUsed = 0;
    }

    /// <summary>Takes a place for an identifier that is absent: its row is -1 whatever is asked.</summary>
    public void AddNone() => Next() = new Key(0, 0, 0, KeyForm.None, 0, 0, 0);

    public void Add(PhoneNumber number)
    {
        if (number == default) AddNone();
        else AddNumber(0, unchecked((ulong)number.Digits), 0);
    }

    public void Add(Device device)
    {
        if (device == default) AddNone();
        else AddNumber(0, unchecked((ulong)device.Imei), 0);
    }

    public void Add(PersonToken person)
    {
        if (person == default) AddNone();
        else AddNumber((ulong)(person.Hash >> 64), (ulong)(person.Hash & ulong.MaxValue), person.KeyVersion);
    }

    public void Add(AccountNumber account)
    {
        if (account == default) AddNone();
        else AddText(account.Member.ToString(), account.Number);
    }

    /// <summary>Adds an identifier of another batch.</summary>
    public void Add(KeyBatch other, int position)
    {
        ref readonly var key = ref other.keys[position];
        if (key.Form != KeyForm.Text)
        {
            Next() = key;
            return;
        }
        var start = textsUsed;
        other.TextOf(key).CopyTo(Room(key.TextLength));
        textsUsed += key.TextLength;
        Next() = key with { TextStart = start };
    }

    /// <summary>Whether an identifier is absent.</summary>
    public bool IsAbsent(int position) => keys[position].Form == KeyForm.None;

    /// <summary>
    /// In which of so many parts an identifier belongs, a power of two. An index looks keys up by the bits of the hash at
    /// either end, so those between are taken: all parts are then as even as the whole.
    /// </summary>
    public int PartOf(int position, int parts) => (int)((keys[position].Hash >> PartAt) & (ulong)(parts - 1));

    /// <summary>Adds a number of up to 128 bits, with a small number that tells two equal ones apart.</summary>
    public void AddNumber(ulong high, ulong low, byte tag) =>
        Next() = new Key(high, low, KeyHash.Of(high, low), KeyForm.Number, tag, 0, 0);

    /// <summary>Adds a text: a trunk, a domain.</summary>
    public void AddText(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            AddNone();
            return;
        }
        var start = textsUsed;
        Write(text);
        Next() = TextKey(start);
    }

    /// <summary>Adds what a member calls by its own code: an account, an agent. A member's code never holds the colon between them.</summary>
    public void AddText(ReadOnlySpan<char> member, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            AddNone();
            return;
        }
        var start = textsUsed;
        Write(member);
        Room(1)[0] = MemberEnd;
        textsUsed++;
        Write(text);
        Next() = TextKey(start);
    }

    /// <summary>The 64-bit value that stands for an identifier in a distinct window.</summary>
    public ulong HashOf(int position) => KeyHash.Of(keys[position].Hash, keys[position].Tag);

    internal ReadOnlySpan<byte> TextOf(in Key key) => texts.AsSpan(key.TextStart, key.TextLength);

    /// <summary>Adds a text as an index keeps it.</summary>
    internal void AddBytes(ReadOnlySpan<byte> text)
    {
        var start = textsUsed;
        text.CopyTo(Room(text.Length));
        textsUsed += text.Length;
        Next() = TextKey(start);
    }

    private Key TextKey(int start)
    {
        var length = textsUsed - start;
        return new Key(0, 0, KeyHash.Of(texts.AsSpan(start, length)), KeyForm.Text, 0, start, length);
    }

    private void Write(ReadOnlySpan<char> text) => textsUsed += KeyText.Write(text, Room(KeyText.Room(text.Length)));

    private Span<byte> Room(int length)
    {
        if (textsUsed + length > texts.Length) Array.Resize(ref texts, Math.Max(textsUsed + length, texts.Length * 2));
        return texts.AsSpan(textsUsed, length);
    }

    private ref Key Next()
    {
        if (Count == keys.Length) Array.Resize(ref keys, keys.Length * 2);
        return ref keys[Count++];
    }

    internal enum KeyForm : byte
    {
        None = 0,
        Number = 1,
        Text = 2,
    }

    internal readonly record struct Key(ulong High, ulong Low, ulong Hash, KeyForm Form, byte Tag, int TextStart, int TextLength);
}
