using Cordon.Engine.Money;

namespace Cordon.Engine.Screening;

/// <summary>All that the engine knows from the journal so far; what rules and cases look things up in.</summary>
public sealed class EngineKnowledge
{
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

    /// <summary>The lists that casework keeps.</summary>
    public WatchLists Lists { get; } = new();
}
