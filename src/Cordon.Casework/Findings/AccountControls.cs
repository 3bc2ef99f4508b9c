using System.Globalization;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Findings;

/// <summary>What is measured at accounts and pools.</summary>
internal static class AccountControls
{
    /// <summary>The fact that money mixed with stolen money came, where how much of it was stolen is not sure.</summary>
    public const string Mixed = "mixed";

    /// <summary>The victim's own account, to which money came back, is no link of the fraud.</summary>
    public static Judgement? IdentityVerified(AccountLink account) => account.Outcome == TraceOutcome.Returned ? null : new(
        IdentityControls.StandingOf(account.Identity),
        [
            new Reason("account", account.Account.ToString()),
            new Reason("identity", Words.Of(account.Identity)),
            new Reason("branch", account.Branch ?? "none"),
            account.Mixed is { } mixed ? new Reason(Mixed, mixed.ToString()) : new Reason("arrived", account.SurelyArrived.ToString()),
        ],
        account.SurelyArrived);

    /// <summary>
    /// Stolen money that left within the threshold's minutes of its arrival, first in first out, as a share of what
    /// arrived. Money that left while a stop stood is not counted here: that is another duty. Judged at both ends of
    /// the trace's interval; where they differ, or where the account was not looked into, the answer is Unknown.
    /// </summary>
    public static Judgement? PassThrough(Duty duty, AccountLink account, ChainView view)
    {
        // A merchant's money is the merchant's own by then, and a returned sum lies where it belongs.
        if (account.AccountKind == AccountKind.Merchant || account.Outcome is TraceOutcome.Returned or TraceOutcome.Spent) return null;
        var threshold = duty.Threshold!;
        var furthest = Flow(account, threshold, view, t => t.Stolen.Minor);
        var surely = Flow(account, threshold, view, t => t.SurelyStolen.Minor);
        if (furthest.Arrived < threshold[ControlCatalogue.FromMinor]) return null;
        var standing = account.Outcome == TraceOutcome.NotFollowed || furthest.Over(threshold) != surely.Over(threshold)
            ? Standing.Unknown
            : furthest.Over(threshold) ? Standing.Breached : Standing.Kept;
        return new Judgement(
            standing,
            [
                new Reason("account", account.Account.ToString()),
                new Reason("arrived", view.Money(surely.Arrived).ToString(), view.Money(threshold[ControlCatalogue.FromMinor]).ToString()),
                new Reason("leftFast", view.Money(surely.LeftFast).ToString()),
                new Reason("sharePercent", surely.Share, threshold[ControlCatalogue.SharePercent].ToString(CultureInfo.InvariantCulture)),
                new Reason("withinMinutes", threshold[ControlCatalogue.Minutes].ToString(CultureInfo.InvariantCulture)),
                new Reason("firstArrival", account.At.ToString()),
            ],
            view.Money(surely.LeftFast))
        {
            Further = view.OutOf(account.Account).SelectMany(t => t.Evidence),
        };
    }

    public static Judgement PoolReferenceGiven(PoolLink pool)
    {
        var standing = pool.Hidden.Minor == 0 || pool.ReferenceGiven == true
            ? Standing.Kept
            : pool.ReferenceGiven == false ? Standing.Breached : Standing.Unknown;
        return new Judgement(
            standing,
            [
                new Reason("account", pool.Account.ToString()),
                new Reason("orderReference", pool.ReferenceGiven switch { true => "given", false => "missing", null => "unknown" }),
                new Reason("hidden", pool.Hidden.ToString(), "0"),
                new Reason("firstArrival", pool.At.ToString()),
            ],
            pool.Hidden);
    }

    private static PassFlow Flow(AccountLink account, DutyThreshold threshold, ChainView view, Func<TransferLink, long> stolen)
    {
        var within = TimeSpan.FromMinutes(threshold[ControlCatalogue.Minutes]);
        var stops = view.StopsOf(account.Account).Select(o => StopWindow.Of(o, view.Now)).OfType<StopWindow>().ToList();
        var lots = view.Into(account.Account).Select(t => (t.At, Left: stolen(t))).Where(l => l.Left > 0).ToArray();
        var arrived = lots.Sum(l => l.Left);
        long fast = 0;
        var next = 0;
        foreach (var transfer in view.OutOf(account.Account))
        {
            var stopped = stops.Exists(s => s.Covers(transfer.At));
            for (var rest = stolen(transfer); rest > 0 && next < lots.Length && lots[next].At <= transfer.At;)
            {
                var part = Math.Min(rest, lots[next].Left);
                if (!stopped && transfer.At - lots[next].At <= within) fast += part;
                rest -= part;
                lots[next].Left -= part;
                if (lots[next].Left == 0) next++;
            }
        }
        return new PassFlow(arrived, fast);
    }

    /// <summary>What went through an account at one end of the interval.</summary>
    private readonly record struct PassFlow(long Arrived, long LeftFast)
    {
        /// <summary>Cut and not rounded: 89.96 must not read as the 90 it falls short of.</summary>
        public string Share => Arrived == 0 ? "0.0" : (decimal.Truncate((decimal)LeftFast * 1000 / Arrived) / 10).ToString("F1", CultureInfo.InvariantCulture);

        public bool Over(DutyThreshold threshold) =>
            Arrived > 0 && Arrived >= threshold[ControlCatalogue.FromMinor]
            && (Int128)LeftFast * 100 >= (Int128)threshold[ControlCatalogue.SharePercent] * Arrived;
    }
}
