namespace Cordon.Casework.Orders;

/// <summary>What an order asks of a member. Stop-payments and enquiries so far; the other kinds follow with their own rules.</summary>
public enum OrderKind
{
    /// <summary>Stop what lies in an account, for hours, until police decide (notice 86 of 2016).</summary>
    StopPayment,

    /// <summary>Tell where money went that a pool hides (practice; the payment's data must be whole from end to end by Anti-Telecom-Fraud Law, art. 19).</summary>
    Enquiry,
}
