namespace Cordon.Engine.Money;

/// <summary>By which rule mixed money is told apart: whose it is that leaves an account, and whose that stays. See docs/concepts/attribution.md.</summary>
public enum AttributionMethod
{
    /// <summary>First in, first out: what came first leaves first (Clayton's case, 1816).</summary>
    Fifo,

    /// <summary>Each withdrawal takes of everybody's money in the account in proportion to what lies there at that moment.</summary>
    RollingCharge,

    /// <summary>
    /// The holder's own money leaves first, so a claim never exceeds the lowest balance since it came in; several victims bear what
    /// leaves beyond it in proportion.
    /// </summary>
    LowestIntermediateBalance,

    /// <summary>
    /// Whatever leaves an account that stolen money reached is tainted as a whole. An upper bound of exposure: amounts of different
    /// transfers and accounts overlap, and are never added up or ordered on.
    /// </summary>
    Poison,

    /// <summary>
    /// First in, first out to where the money is; what is left in an account is then shared by all victims whose money came into it,
    /// in proportion to their losses. For giving back.
    /// </summary>
    PariPassu,
}
