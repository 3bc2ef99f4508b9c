namespace Cordon.Casework.Orders;

/// <summary>What an order asks of a member.</summary>
public enum OrderKind
{
    /// <summary>Stop what lies in an account, for hours, until police decide (notice 86 of 2016).</summary>
    StopPayment,

    /// <summary>Tell where money went that a pool hides (practice; the payment's data must be whole from end to end by Anti-Telecom-Fraud Law, art. 19).</summary>
    Enquiry,

    /// <summary>Hold what was stopped for six months, renewable, while it is found out whose it is (notice 86 of 2016).</summary>
    Freeze,

    /// <summary>Pay held money back to a victim, as a decided ledger of restitution says (rules 41 of 2016).</summary>
    Return,

    /// <summary>Let go what a freeze holds (timely unfreezing: Anti-Telecom-Fraud Law, art. 20).</summary>
    Unfreeze,

    /// <summary>Suspend a line that serves a fraud (Anti-Telecom-Fraud Law, art. 11; that police ask for it by an order is ours).</summary>
    SuspendNumber,

    /// <summary>Let no call or message of a number through (Anti-Telecom-Fraud Law, art. 13; that police ask for it by an order is ours).</summary>
    BlockNumber,

    /// <summary>Take a domain off the net or stop its resolution (Anti-Telecom-Fraud Law, art. 24 and 32; that police ask for it by an order is ours).</summary>
    TakeDown,
}
