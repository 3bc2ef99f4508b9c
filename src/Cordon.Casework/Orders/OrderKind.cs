namespace Cordon.Casework.Orders;

/// <summary>What an order asks of a member. This slice issues stop-payments; the other kinds follow with their own rules.</summary>
public enum OrderKind
{
    /// <summary>Stop what lies in an account, for hours, until police decide (notice 86 of 2016).</summary>
    StopPayment,
}
