using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>
/// How fast money leaves an account, told by its own transfers: how much of what came in has left, and how long it had lain.
/// <para>
/// An account's rate of leaving is not known; it is taken to be gamma distributed over accounts (the prior), and what is seen of this
/// one is added to it. So a new account has a sane value, one that paid on quickly is quick, and money that has lain for hours is
/// expected to lie on. The chance that money still lies there after a time is (scale ÷ (scale + time)) ^ shape.
/// </para>
/// </summary>
/// <param name="Left">Credits that have left, in parts: half of one that has gone counts a half.</param>
/// <param name="Lain">How long the money of those credits lay, added up; of one that still lies, until now.</param>
public readonly record struct Drain(double Left, TimeSpan Lain)
{
    /// <summary>The prior: as if one credit and a half had been seen to leave, in half an hour together. Ours; fitted on simulated provinces 1 to 40.</summary>
    public const double PriorLeft = 1.5;

    /// <summary>See <see cref="PriorLeft"/>.</summary>
    public static readonly TimeSpan PriorLain = TimeSpan.FromMinutes(30);

    /// <summary>Older credits tell of another life of the account: a sold one was honest before. Ours.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>An account of which nothing is known.</summary>
    public static Drain Unknown => default;

    private double Shape => PriorLeft + Left;

    private double Scale => (PriorLain + Lain).TotalMinutes;

    /// <summary>How long until half of the money is expected to have left.</summary>
    public TimeSpan Half => TimeSpan.FromMinutes(Math.Min(Scale * (Math.Pow(2, 1 / Shape) - 1), TimeSpan.FromDays(365).TotalMinutes));

    /// <summary>The expected share, 0 to 1, of what lies there now that still lies there after a time.</summary>
    public double Stays(TimeSpan time) => time <= TimeSpan.Zero ? 1 : Math.Pow(Scale / (Scale + time.TotalMinutes), Shape);

    /// <summary>Reads an account's transfers from the graph, in time with their number.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="account">The account; one that was never named tells nothing.</param>
    /// <param name="currency">Which of its money.</param>
    /// <param name="now">Until when money has lain that has not left.</param>
    public static Drain Of(MoneyGraph graph, AccountNumber account, Currency currency, Instant now)
    {
        var page = graph.TransfersOf(account, currency, 0, TransferPage.MaxTake);
        // Of an account with more, the latest tell how it is used now.
        if (page.Total > page.Count) page = graph.TransfersOf(account, currency, page.Total - TransferPage.MaxTake, TransferPage.MaxTake);
        return Of(account, page, now);
    }

    /// <summary>Reads an account's transfers: what came in first leaves first; debits that no credit within <see cref="Memory"/> pays for tell nothing.</summary>
    /// <param name="account">The account.</param>
    /// <param name="transfers">Its transfers in its own order, as <see cref="MoneyGraph.TransfersOf"/> gives them.</param>
    /// <param name="now">Until when money has lain that has not left.</param>
    public static Drain Of(AccountNumber account, IEnumerable<TransferFacts> transfers, Instant now)
    {
        var waiting = new Queue<(Instant At, long Minor, long Whole)>();
        var (left, lain, from) = (0.0, TimeSpan.Zero, now - Memory);
        var rest = (At: now, Minor: 0L, Whole: 1L);
        foreach (var transfer in transfers)
        {
            if (transfer.At < from || transfer.At > now || transfer.Payer == transfer.Payee) continue;
            if (transfer.Payee == account)
            {
                waiting.Enqueue((transfer.At, transfer.Amount.Minor, transfer.Amount.Minor));
                continue;
            }
            for (var debit = transfer.Amount.Minor; debit > 0 && (rest.Minor > 0 || waiting.TryDequeue(out rest));)
            {
                var taken = Math.Min(debit, rest.Minor);
                var share = (double)taken / rest.Whole;
                (left, lain) = (left + share, lain + (share * (transfer.At - rest.At)));
                debit -= taken;
                rest.Minor -= taken;
            }
        }
        if (rest.Minor > 0) lain += (double)rest.Minor / rest.Whole * (now - rest.At);
        foreach (var credit in waiting) lain += now - credit.At;
        return new Drain(left, lain);
    }
}
