using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <summary>
/// Numbers accounts from 0 on, in the order in which they were first named; what is known of them lies in columns by that number.
/// One index serves the graph and the register of accounts, so that a signal's account is looked up once. Not for two threads at once,
/// reading included: it remembers what was asked last.
/// </summary>
internal sealed class AccountIndex(MemberTable members)
{
    private const int Remembered = 4;
    private const int Group = 32;

    private readonly NameTable names = new();

    // A signal's accounts are asked for several times while it is judged, each time as the very same texts.
    private readonly (string Number, string Member, int Account)[] last = [.. Enumerable.Repeat(("", "", -1), Remembered)];
    private int next;

    public MemberTable Members => members;

    public int Count => names.Count;

    /// <summary>How much memory it takes.</summary>
    public long Bytes => names.Bytes;

    /// <summary>The number of an account, or -1.</summary>
    public int Find(in AccountNumber account)
    {
        if (Recall(account) is var known and >= 0) return known;
        var member = members.Find(account.Member);
        var number = member < 0 ? -1 : names.Find(member, account.Number);
        // What is unknown now may be told of next.
        return number < 0 ? -1 : Remember(account, number);
    }

    /// <summary>The number of an account, or -1.</summary>
    public int Find(in PreparedName account) => names.Find(account);

    /// <summary>Brings near what finding and interning accounts will read, and tells which they probably are; -1 where not known.</summary>
    public void LookAhead(ReadOnlySpan<AccountNumber> accounts, Span<int> numbers)
    {
        Span<ulong> hashes = stackalloc ulong[Group];
        PreparedName name = default;
        for (var first = 0; first < accounts.Length; first += Group)
        {
            var group = accounts.Slice(first, Math.Min(Group, accounts.Length - first));
            var found = numbers.Slice(first, group.Length);
            for (var i = 0; i < group.Length; i++)
            {
                hashes[i] = name.TryPrepare(members.Find(group[i].Member), group[i].Number) ? name.Hash : 0;
                names.LookAheadTo(hashes[i]);
            }
            for (var i = 0; i < group.Length; i++) found[i] = names.LookAheadToKey(hashes[i]);
            foreach (var number in found)
                if (number >= 0) names.LookAheadToText(number);
        }
    }

    /// <summary>Asks for the place where a name is looked for.</summary>
    public void LookAheadTo(in PreparedName account) => names.LookAheadTo(account.Hash);

    /// <summary>The account that a name probably is, or -1; asks for what tells whether it is.</summary>
    public int LookAheadToKey(in PreparedName account) => names.LookAheadToKey(account.Hash);

    /// <summary>The number of an account, given now where it had none.</summary>
    public int Intern(in PreparedName account) => names.Intern(account, out _);

    /// <summary>The number of an account, given now where it had none.</summary>
    public int Intern(in AccountNumber account) =>
        Recall(account) is var known and >= 0 ? known : Remember(account, names.Intern(members.Intern(account.Member), account.Number, out _));

    /// <summary>Asks for what names an account.</summary>
    public void LookAheadToKey(int account) => names.LookAheadToKeyOf(account);

    /// <summary>Asks for its number.</summary>
    public void LookAheadToText(int account) => names.LookAheadToText(account);

    public int MemberOf(int account) => names.MemberOf(account);

    /// <summary>An account by its number, as a new text.</summary>
    public AccountNumber Of(int account) => new(members[names.MemberOf(account)], names.TextOf(account));

    public void Save(SnapshotWriter to) => names.Save(to);

    /// <summary>Fills an empty index; its members are there already.</summary>
    public void Load(ref SnapshotReader from) => names.Load(ref from, members.Count);

    private int Recall(in AccountNumber account)
    {
        foreach (ref readonly var one in last.AsSpan())
            if (ReferenceEquals(one.Number, account.Number) && ReferenceEquals(one.Member, account.Member.ToString())) return one.Account;
        return -1;
    }

    private int Remember(in AccountNumber account, int number)
    {
        last[next] = (account.Number, account.Member.ToString(), number);
        next = (next + 1) % Remembered;
        return number;
    }
}
