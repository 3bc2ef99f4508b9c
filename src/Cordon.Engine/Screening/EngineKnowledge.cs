using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>All that the engine knows from the journal so far; what rules and cases look things up in.</summary>
public sealed class EngineKnowledge
{
    private readonly MemberTable members = new();
    private readonly AccountIndex index;

    internal EngineKnowledge()
    {
        index = new AccountIndex(members);
        Money = new MoneyGraph(index);
        Pursuit = new Pursuit(Money);
        Accounts = new AccountRegister(index);
        Lines = new LineRegister(members);
        Calls = new CallRegister(members: members);
    }

    /// <summary>The transfers.</summary>
    public MoneyGraph Money { get; }

    /// <summary>The traces that are kept alive.</summary>
    public Pursuit Pursuit { get; }

    /// <summary>The lines.</summary>
    public LineRegister Lines { get; }

    /// <summary>The accounts.</summary>
    public AccountRegister Accounts { get; }

    /// <summary>Recent calls.</summary>
    public CallRegister Calls { get; }

    /// <summary>Who talks with whom.</summary>
    internal TalkRegister Talks { get; } = new();

    /// <summary>The regions of members.</summary>
    internal Dictionary<MemberCode, string> Regions { get; } = [];

    /// <summary>The lists that casework keeps.</summary>
    public WatchLists Lists { get; } = new();

    /// <summary>A transfer with the order reference that holds for it, corrected where it was; null where none was told under that name.</summary>
    /// <remarks>Whether it was reversed is told by <see cref="MoneyGraph.TryGetTransfer"/>.</remarks>
    public Transfer? FindTransfer(MemberCode member, SignalId id)
    {
        var transfer = Money.FindTransfer(member, id);
        if (transfer < 0) return null;
        var facts = Money.FactsOf(transfer);
        return new Transfer(id, member, facts.At, facts.Payer, facts.Payee, facts.Amount, facts.Means, facts.OrderReference);
    }

    /// <summary>Brings near what accounts will be found by, and tells which they probably are; -1 where not known.</summary>
    internal void LookAheadTo(ReadOnlySpan<AccountNumber> accounts, Span<int> numbers)
    {
        index.LookAhead(accounts, numbers);
        Accounts.LookAheadTo(numbers[..accounts.Length]);
        Money.LookAheadTo(numbers[..accounts.Length]);
    }

    /// <summary>Takes a signal into all registers.</summary>
    internal void Apply(Signal signal)
    {
        switch (signal)
        {
            case Call call:
                Calls.Apply(call);
                Talks.Apply(call);
                break;
            case Subscription subscription:
                Lines.Apply(subscription);
                break;
            case AccountOpening opening:
                Accounts.Apply(opening);
                Money.Open(opening);
                break;
            case Transfer transfer:
                Accounts.Apply(transfer);
                Money.Add(transfer);
                break;
            case TransferCorrection correction:
                Money.Correct(correction);
                break;
        }
    }

    internal void Save(SnapshotWriter to)
    {
        members.Save(to);
        index.Save(to);
        Money.Save(to);
        Accounts.Save(to);
        Lines.Save(to);
        Calls.Save(to);
        Talks.Save(to);
        Lists.Save(to);
        to.Number(Regions.Count);
        foreach (var (member, region) in Regions.OrderBy(placed => placed.Key.ToString(), StringComparer.Ordinal))
        {
            to.Text(member.ToString());
            to.Text(region);
        }
    }

    /// <summary>Fills knowledge that is empty.</summary>
    internal void Load(ref SnapshotReader from)
    {
        members.Load(ref from);
        index.Load(ref from);
        Money.Load(ref from);
        Accounts.Load(ref from);
        Lines.Load(ref from);
        Calls.Load(ref from);
        Talks.Load(ref from);
        Lists.Load(ref from);
        for (var left = from.Elements(int.MaxValue); left > 0; left--)
        {
            if (!MemberCode.TryParse(from.Text(FieldLimits.MemberLength), out var member)) throw new FormatException("A snapshot's member has no code.");
            Regions[member] = from.Text(FieldLimits.RegionLength);
        }
    }
}
