using System.Collections;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>A transfer as the graph holds it.</summary>
/// <param name="Member">The member that told of it.</param>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was booked.</param>
/// <param name="Payer">The account debited; null from outside.</param>
/// <param name="Payee">The account credited; null to outside.</param>
/// <param name="Amount">How much.</param>
/// <param name="Means">How.</param>
public readonly record struct TransferFacts(
    MemberCode Member, SignalId Id, Instant At, AccountNumber? Payer, AccountNumber? Payee, Amount Amount, TransferMeans Means)
{
    /// <summary>The order reference that holds for it, corrected where it was; null where it has none.</summary>
    public string? OrderReference { get; init; }

    /// <summary>Whether it was reversed, and takes part in no trace.</summary>
    public bool IsReversed { get; init; }
}

/// <summary>What is known of an account's money in one currency.</summary>
/// <param name="Kind">What the account is for, as its member told last.</param>
/// <param name="Opening">What lay in it before the first transfer told of; null where unknown.</param>
/// <param name="Balance">
/// Opening and all credits less all debits; null where the opening is unknown or the sum is beyond 64 bits.
/// Below zero where more left than was told to have come. Transfers reversed do not count.
/// </param>
/// <param name="Transfers">How many transfers touch it, those reversed among them.</param>
public readonly record struct AccountStanding(AccountKind Kind, Amount? Opening, Amount? Balance, int Transfers);

/// <summary>What a graph takes of memory, bytes.</summary>
/// <param name="Transfers">The transfers themselves.</param>
/// <param name="Indexes">By which account they are found forward and backward, with the room that lies idle.</param>
/// <param name="Accounts">The accounts, their numbers and openings.</param>
/// <param name="Ids">The ids of the transfers, by which a repeat is known.</param>
public readonly record struct MoneyGraphSize(long Transfers, long Indexes, long Accounts, long Ids);

/// <summary>A bounded view of an account's transfers. Each is read from the graph as it is looked at.</summary>
public readonly struct TransferPage : IReadOnlyList<TransferFacts>
{
    /// <summary>The most transfers that one page holds.</summary>
    public const int MaxTake = 10_000;

    private readonly MoneyGraph graph;
    private readonly int[] numbers;

    internal TransferPage(MoneyGraph graph, int[] numbers, int total)
    {
        this.graph = graph;
        this.numbers = numbers;
        Total = total;
    }

    /// <summary>How many transfers the account has in all.</summary>
    public int Total { get; }

    /// <summary>How many are on this page.</summary>
    public int Count => numbers.Length;

    /// <inheritdoc/>
    public TransferFacts this[int index] => graph.FactsOf(numbers[index]);

    /// <inheritdoc/>
    public IEnumerator<TransferFacts> GetEnumerator()
    {
        foreach (var number in numbers) yield return graph.FactsOf(number);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
