using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>All that the engine knows from the journal so far; what rules and cases look things up in.</summary>
public sealed class EngineKnowledge
{
    // Few transfers carry a reference, so it is kept beside the graph and not in each of its rows.
    private readonly Dictionary<(MemberCode, SignalId), string> orderReferences = [];

    internal EngineKnowledge()
    {
    }

    /// <summary>The transfers.</summary>
    public MoneyGraph Money { get; } = new();

    /// <summary>The lines.</summary>
    public LineRegister Lines { get; } = new();

    /// <summary>The accounts.</summary>
    public AccountRegister Accounts { get; } = new();

    /// <summary>Recent calls.</summary>
    public CallRegister Calls { get; } = new();

    /// <summary>Who talks with whom.</summary>
    internal TalkRegister Talks { get; } = new();

    /// <summary>The regions of members.</summary>
    internal Dictionary<MemberCode, string> Regions { get; } = [];

    /// <summary>The lists that casework keeps.</summary>
    public WatchLists Lists { get; } = new();

    /// <summary>A transfer as it was told, its order reference included; null where none was told under that name.</summary>
    public Transfer? FindTransfer(MemberCode member, SignalId id) => Money.TryGetTransfer(member, id, out var facts)
        ? new Transfer(id, member, facts.At, facts.Payer, facts.Payee, facts.Amount, facts.Means, orderReferences.GetValueOrDefault((member, id)))
        : null;

    /// <summary>Takes a signal into all registers.</summary>
    internal void Apply(Signal signal)
    {
        switch (signal)
        {
            case Call call:
                if (call.Phase != CallPhase.End) Calls.Apply(call);
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
                Apply(transfer);
                break;
        }
    }

    private void Apply(Transfer told)
    {
        Accounts.Apply(told);
        if (Money.Add(told) && told.OrderReference is { } reference) orderReferences.Add((told.Member, told.Id), reference);
    }
}
