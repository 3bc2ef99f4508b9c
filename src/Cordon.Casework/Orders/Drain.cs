using System.Collections.Immutable;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>
/// How fast money leaves an account, told by its own transfers.
/// <para>
/// Money that came at once leaves at a rate of its own, which is not known: over all money it is taken to be gamma distributed. So what
/// came a minute ago is expected to leave soon, and what has lain for an hour to lie on. The chance that money of an age still lies there
/// after a time is ((scale + age) ÷ (scale + age + time)) ^ <see cref="Shape"/> (a Lomax law). The scale is the account's: by how
/// long its earlier credits lay, with a prior that weighs as much as <see cref="PriorCredits"/> of them.
/// </para>
/// </summary>
/// <param name="Scale">The account's scale.</param>
/// <param name="Lies">What lies there now, by age; the shares add up to 1, or there is none and nothing is known of it.</param>
/// <param name="Left">How many credits were seen to leave, in parts: half of one that has gone counts a half.</param>
public sealed record Drain(TimeSpan Scale, ImmutableArray<LyingShare> Lies, double Left)
{
    /// <summary>How much rates differ: the smaller, the more. Ours; fitted on simulated provinces 1 to 40.</summary>
    public const double Shape = 0.4;

    /// <summary>The prior weighs as much as so many credits. Ours.</summary>
    public const double PriorCredits = 3;

    /// <summary>Money older than this lies as money of this age; and older credits tell of another life of the account: a sold one was honest before. Ours.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>The scale of an account of which nothing is known. Ours; fitted on simulated provinces 1 to 40.</summary>
    public static readonly TimeSpan PriorScale = TimeSpan.FromMinutes(2.5);

    /// <summary>The mean of the logarithm of a time of this law is that of its scale and this more: −0.5772 − digamma(shape).</summary>
    private const double MeanLog = 1.984_169;

    /// <summary>At most so many ages are kept; the smaller shares go with the youngest of them, which is the cautious side.</summary>
    private const int MostShares = 8;

    private static readonly TimeSpan LeastLain = TimeSpan.FromSeconds(10);

    /// <summary>An account of which nothing is known, the money in it just come.</summary>
    public static Drain Unknown { get; } = new(PriorScale, [], 0);

    /// <summary>How long until half of the money is expected to have left; at most <see cref="MostHalf"/>.</summary>
    public TimeSpan Half
    {
        get
        {
            var (low, high) = (0.0, MostHalf.TotalMinutes);
            while (high - low > 0.01)
            {
                var middle = (low + high) / 2;
                if (Stays(TimeSpan.FromMinutes(middle)) > 0.5) low = middle;
                else high = middle;
            }
            return TimeSpan.FromMinutes(high);
        }
    }

    /// <summary>Longer halves are not told apart.</summary>
    public static readonly TimeSpan MostHalf = TimeSpan.FromDays(7);

    /// <summary>The expected share, 0 to 1, of what lies there now that still lies there after a time.</summary>
    public double Stays(TimeSpan time)
    {
        if (time <= TimeSpan.Zero) return 1;
        if (Lies.IsEmpty) return Stays(TimeSpan.Zero, time);
        var stays = 0.0;
        foreach (var part in Lies) stays += part.Share * Stays(part.Age, time);
        return Math.Min(1, stays);
    }

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
        var line = new Queue<Lot>();
        var (left, logs, from) = (0.0, 0.0, now - Memory);
        foreach (var transfer in transfers)
        {
            if (transfer.At < from || transfer.At > now || transfer.Payer == transfer.Payee) continue;
            if (transfer.Payee == account) line.Enqueue(new Lot(transfer.At, transfer.Amount.Minor) { Rest = transfer.Amount.Minor });
            for (var debit = transfer.Payer == account ? transfer.Amount.Minor : 0; debit > 0 && line.TryPeek(out var lot);)
            {
                var taken = Math.Min(debit, lot.Rest);
                var (share, lain) = ((double)taken / lot.Whole, transfer.At - lot.At);
                (left, logs) = (left + share, logs + (share * Math.Log((lain < LeastLain ? LeastLain : lain).TotalMinutes)));
                debit -= taken;
                lot.Rest -= taken;
                if (lot.Rest == 0) line.Dequeue();
            }
        }
        var scale = Math.Exp(((PriorCredits * Math.Log(PriorScale.TotalMinutes)) + logs - (left * MeanLog)) / (PriorCredits + left));
        return new Drain(TimeSpan.FromMinutes(scale), Shares(line, now), left);
    }

    private double Stays(TimeSpan age, TimeSpan time) => Math.Pow((Scale + age) / (Scale + age + time), Shape);

    private static ImmutableArray<LyingShare> Shares(Queue<Lot> lots, Instant now)
    {
        var whole = lots.Sum(l => (double)l.Rest);
        if (whole == 0) return [];
        var kept = lots.OrderByDescending(l => l.Rest).Take(MostShares).OrderByDescending(l => l.At).Select(l => new LyingShare(now - l.At, l.Rest / whole)).ToArray();
        kept[0] = kept[0] with { Share = kept[0].Share + 1 - kept.Sum(k => k.Share) };
        return [.. kept];
    }

    private sealed record Lot(Instant At, long Whole)
    {
        public long Rest { get; set; }
    }
}

/// <summary>A part of the money in an account.</summary>
/// <param name="Age">How long it has lain.</param>
/// <param name="Share">Its share of all that lies there, 0 to 1.</param>
public readonly record struct LyingShare(TimeSpan Age, double Share);
