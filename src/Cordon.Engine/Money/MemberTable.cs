using System.Text;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <summary>Numbers members from 0 on, in the order in which they were first named. There are some thousands at most.</summary>
internal sealed class MemberTable
{
    private const int Most = 1 << 20;

    private readonly Dictionary<MemberCode, int> numbers = [];
    private readonly List<MemberCode> members = [];

    public int Count => members.Count;

    public MemberCode this[int number] => members[number];

    /// <summary>The number of a member, given now where it had none.</summary>
    public int Intern(MemberCode member)
    {
        if (numbers.TryGetValue(member, out var number)) return number;
        number = members.Count;
        numbers.Add(member, number);
        members.Add(member);
        return number;
    }

    /// <summary>The number of a member, or -1.</summary>
    public int Find(MemberCode member) => numbers.TryGetValue(member, out var number) ? number : -1;

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
            if (numbers.ContainsKey(member)) throw new FormatException("A snapshot names a member twice.");
            Intern(member);
        }
    }
}
