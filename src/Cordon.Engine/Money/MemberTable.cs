using System.Runtime.InteropServices;
using System.Text;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <summary>Numbers members from 0 on, in the order in which they were first named. There are some thousands at most.</summary>
internal sealed class MemberTable
{
    private const int Most = 1 << 20;

    private readonly List<MemberCode> members = [];

    // A signal's members are asked for several times each: a table of its own costs a quarter of a dictionary of texts.
    private int[] slots = new int[64];

    public int Count => members.Count;

    public MemberCode this[int number] => members[number];

    /// <summary>The number of a member, given now where it had none.</summary>
    public int Intern(MemberCode member)
    {
        var slot = SlotOf(member.ToString());
        if (slots[slot] != 0) return slots[slot] - 1;
        members.Add(member);
        slots[slot] = members.Count;
        if (members.Count > slots.Length / 2) Grow();
        return members.Count - 1;
    }

    /// <summary>The number of a member, or -1.</summary>
    public int Find(MemberCode member) => slots[SlotOf(member.ToString())] - 1;

    public void Save(SnapshotWriter to)
    {
        to.Number(Count);
        foreach (var member in members) to.Bytes(Encoding.ASCII.GetBytes(member.ToString()));
    }

    /// <summary>Fills an empty table.</summary>
    public void Load(ref SnapshotReader from)
    {
        for (var left = from.Elements(Most); left > 0; left--)
        {
            var text = from.Text(FieldLimits.MemberLength);
            // A member without a code stands in no signal, but asking about one is no fault.
            if (!MemberCode.TryParse(text, out var member) && text.Length > 0) throw new FormatException("A snapshot's member has no code.");
            if (Find(member) >= 0) throw new FormatException("A snapshot names a member twice.");
            Intern(member);
        }
    }

    private int SlotOf(string code)
    {
        var slot = (int)(Hash(code) & (uint)(slots.Length - 1));
        while (slots[slot] != 0 && members[slots[slot] - 1].ToString() != code) slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }

    private void Grow()
    {
        slots = new int[slots.Length * 2];
        for (var i = 0; i < members.Count; i++) slots[SlotOf(members[i].ToString())] = i + 1;
    }

    private static uint Hash(string code)
    {
        var hash = (ulong)code.Length;
        var words = MemoryMarshal.Cast<char, ulong>(code);
        foreach (var word in words) hash = unchecked((hash ^ word) * 0x9E37_79B9_7F4A_7C15);
        foreach (var letter in code.AsSpan(words.Length * (sizeof(ulong) / sizeof(char)))) hash = unchecked((hash ^ letter) * 0x9E37_79B9_7F4A_7C15);
        return (uint)(hash >> 32);
    }
}
