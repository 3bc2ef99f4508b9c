using System.Globalization;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

/// <summary>
/// The slow, obvious trace: every minor unit is a coin of its own, every account a queue of coins.
/// Credits put coins in, debits take them out, and then each stolen coin is followed by hand.
/// It shares no code and no idea (intervals, number lines) with the engine's.
/// </summary>
internal sealed class SlowTrace
{
    private readonly Play play;
    private readonly bool most;
    private readonly Dictionary<Coin, Coin> next = [];
    private readonly HashSet<(string Account, string Currency)> unknown = [];

    private SlowTrace(Play play, bool most)
    {
        (this.play, this.most) = (play, most);
        var keys = play.Transfers.SelectMany(t => new[] { (t.Payer, t.Payee) }
            .SelectMany(p => new[] { play.PlaceOf(t, p.Payer), play.PlaceOf(t, p.Payee) })
            .OfType<string>().Select(place => (Account: place, Currency: t.Amount.Currency.Code))).Distinct();
        foreach (var (account, currency) in keys) PlayAccount(account, currency);
    }

    public static (long Seeded, string Least, string Most, bool HasRing) Of(Play play)
    {
        var least = new SlowTrace(play, most: false);
        var roots = least.FindRoots();
        return (roots.Count, least.Tell(roots), new SlowTrace(play, most: true).Tell(roots), least.HasRing);
    }

    private void PlayAccount(string account, string currency)
    {
        var events = new List<(Transfer Transfer, bool Credit)>();
        foreach (var t in play.Transfers.Where(t => t.Amount.Currency.Code == currency && t.At <= play.Until && !play.StaysWithin(t)))
        {
            if (play.PlaceOf(t, t.Payee) == account) events.Add((t, true));
            if (play.PlaceOf(t, t.Payer) == account) events.Add((t, false));
        }
        events = [.. events.OrderBy(e => e.Transfer.At.Micros).ThenBy(e => e.Credit ? 0 : 1).ThenBy(e => e.Transfer.Id.Text.Length)
            .ThenBy(e => e.Transfer.Id.Text, StringComparer.Ordinal).ThenBy(e => e.Transfer.Member.ToString(), StringComparer.Ordinal)];
        var known = Play.IsOrder(account) ? 0 : currency == "CNY" && play.Openings.TryGetValue(account, out var told) ? told : null;
        if (known is null) unknown.Add((account, currency));
        var opening = known ?? (most ? events.Where(e => !e.Credit).Sum(e => e.Transfer.Amount.Minor) : LeastByTrying(events));
        Run(events, opening, record: true);
    }

    private long LeastByTrying(List<(Transfer, bool)> events)
    {
        var opening = 0L;
        while (!Run(events, opening, record: false)) opening++;
        return opening;
    }

    /// <summary>Plays one account; false where a debit found the queue empty and unseen coins had to be made.</summary>
    private bool Run(List<(Transfer Transfer, bool Credit)> events, long opening, bool record)
    {
        var queue = new Queue<Coin?>();
        var never = true;
        for (var i = 0; i < opening; i++) queue.Enqueue(null);
        foreach (var (t, credit) in events)
            for (var unit = 0; unit < t.Amount.Minor; unit++)
            {
                var coin = new Coin(t, unit);
                if (credit)
                {
                    queue.Enqueue(coin);
                    continue;
                }
                if (!queue.TryDequeue(out var paid)) never = false;
                else if (paid is not null && record) next.Add(paid, coin);
            }
        return never;
    }

    /// <summary>
    /// The distinct stolen coins. On the way of a coin through the accounts, the first seed's coin is stolen, and those
    /// of other seeds after it are the same; until it comes back to its victim: what that victim loses next is lost anew.
    /// </summary>
    private List<Coin> FindRoots()
    {
        var before = next.ToDictionary(n => n.Value, n => n.Key);
        var same = new HashSet<Coin>();
        var roots = new List<Coin>();
        var waiting = play.Seeds.SelectMany(s => Enumerable.Range(0, (int)s.Units).Select(u => new Coin(s.Seed, u))).ToList();
        foreach (var first in waiting.OrderBy(coin => SeedsUpstream(coin, before)))
        {
            if (same.Contains(first)) continue;
            roots.Add(first);
            same.UnionWith(Way(first).Select(step => step.Coin));
        }
        return roots;
    }

    private int SeedsUpstream(Coin coin, Dictionary<Coin, Coin> before)
    {
        var count = 0;
        var met = new HashSet<Coin> { coin };
        while (before.TryGetValue(coin, out var earlier) && met.Add(earlier))
        {
            coin = earlier;
            if (IsSeed(coin)) count++;
        }
        HasRing |= before.TryGetValue(coin, out var again) && met.Contains(again);
        return count;
    }

    /// <summary>Whether a stolen coin runs in a ring at one instant: there no coin is the first, and the choice is free.</summary>
    private bool HasRing { get; set; }

    /// <summary>The coins that one coin turns into, and what it ends as in the account of the last (null where it left by it).</summary>
    private IEnumerable<(Coin Coin, int Layer, TraceOutcome? End)> Way(Coin root)
    {
        var layer = 1;
        for (var coin = root; ;)
        {
            var end = EndOf(coin, root.Transfer, layer, out var stops);
            if (stops || !next.TryGetValue(coin, out var paid))
            {
                yield return (coin, layer, end);
                yield break;
            }
            yield return (coin, layer, null);
            coin = paid;
            layer = IsSeed(coin) ? 1 : layer + 1;
        }
    }

    private TraceOutcome? EndOf(Coin coin, Transfer theft, int layer, out bool stops)
    {
        stops = true;
        var t = coin.Transfer;
        if (Exit(t) is not null) return null;
        if (t.Payee == theft.Payer) return TraceOutcome.Returned;
        var kind = play.Kinds.GetValueOrDefault(t.Payee!.Value.ToString());
        if (kind == AccountKind.Merchant) return TraceOutcome.Spent;
        var isOrder = Play.IsOrder(play.PlaceOf(t, t.Payee)!);
        if (kind == AccountKind.Pool && (!isOrder || play.StaysWithin(t))) return TraceOutcome.Pool;
        if (!isOrder && !play.Seen.Contains(t.Payee.Value.Member.ToString())) return TraceOutcome.LostFromSight;
        if (play.PlaceOf(t, t.Payee) == play.PlaceOf(theft, theft.Payer)) return TraceOutcome.Returned;
        if (layer >= play.MaxDepth) return TraceOutcome.NotFollowed;
        stops = false;
        return isOrder ? TraceOutcome.Pool : TraceOutcome.Held;
    }

    private static TraceOutcome? Exit(Transfer t) =>
        t.Means == TransferMeans.CashWithdrawal ? TraceOutcome.CashedOut
        : t.Means == TransferMeans.CrossBorder ? TraceOutcome.LostFromSight
        : t.Means == TransferMeans.VirtualCurrency ? TraceOutcome.VirtualCurrency
        : t.Payee is not null ? null
        : t.Means == TransferMeans.Purchase ? TraceOutcome.Spent : TraceOutcome.LostFromSight;

    private bool IsSeed(Coin coin) => play.Seeds.Any(s => s.Seed == coin.Transfer && coin.Unit < s.Units);

    private string Tell(List<Coin> roots)
    {
        var flows = new Dictionary<Transfer, (long Stolen, int Layer)>();
        var accounts = new Dictionary<string, (long Arrived, long Remains, int Layer, Instant First, HashSet<TraceOutcome> Ends)>();
        foreach (var (coin, layer, end) in roots.SelectMany(Way))
        {
            var flow = flows.GetValueOrDefault(coin.Transfer, (0, int.MaxValue));
            flows[coin.Transfer] = (flow.Item1 + 1, Math.Min(flow.Item2, layer));
            if (Exit(coin.Transfer) is not null) continue;
            var account = coin.Transfer.Payee!.Value.ToString();
            if (!accounts.TryGetValue(account, out var a)) a = (0, 0, int.MaxValue, Instant.Max, []);
            if (end is not null) a.Ends.Add(end.Value);
            accounts[account] = (a.Arrived + 1, a.Remains + (end is null ? 0 : 1), Math.Min(a.Layer, layer),
                a.First < coin.Transfer.At ? a.First : coin.Transfer.At, a.Ends);
        }
        return Write(
            flows.Select(f => (f.Key.Id.Text + "@" + f.Key.Member, f.Value.Stolen, f.Value.Layer)),
            accounts.Select(a => (a.Key, a.Value.Arrived, a.Value.Remains, a.Value.Layer, a.Value.First, One(a.Key, a.Value.Ends))),
            flows.Where(f => Exit(f.Key) is not null).Select(f => (f.Key.Id.Text + "@" + f.Key.Member, f.Value.Stolen, Exit(f.Key)!.Value)));
    }

    /// <summary>What the rest of an account counts as, all of it together.</summary>
    private TraceOutcome One(string account, HashSet<TraceOutcome> ends)
    {
        if (ends.Contains(TraceOutcome.Returned)) return TraceOutcome.Returned;
        var kind = play.Kinds.GetValueOrDefault(account);
        if (kind == AccountKind.Merchant) return TraceOutcome.Spent;
        if (kind == AccountKind.Pool) return ends.Contains(TraceOutcome.NotFollowed) ? TraceOutcome.NotFollowed : TraceOutcome.Pool;
        if (!play.Seen.Contains(account[..account.IndexOf(':', StringComparison.Ordinal)])) return TraceOutcome.LostFromSight;
        return ends.Contains(TraceOutcome.NotFollowed) ? TraceOutcome.NotFollowed : TraceOutcome.Held;
    }

    /// <summary>What pools hide: all that is in a pooled account.</summary>
    public static void AssertHidden(TraceAnswer answer)
    {
        foreach (var account in answer.Accounts.Where(a => a.Kind == AccountKind.Pool))
        {
            var hidden = answer.Hidden.Where(h => h.Pool == account.Account).Sum(h => h.Units);
            if (account.Outcome == TraceOutcome.Pool) Assert.Equal(account.Remains, hidden);
            else Assert.InRange(hidden, 0, account.Remains);
        }
        Assert.All(answer.Hidden, h => Assert.Contains(answer.Accounts, a => a.Account == h.Pool && a.Kind == AccountKind.Pool));
    }

    public static string Tell(TraceAnswer answer) => Write(
        answer.Flows.Select(f => (f.Transfer.Text + "@" + f.Member, f.Stolen, f.Layer)),
        answer.Accounts.Select(a => (a.Account.ToString(), a.Arrived, a.Remains, a.Layer, a.FirstArrival, a.Outcome)),
        answer.Exits.Select(e => (e.Flow.Transfer.Text + "@" + e.Flow.Member, e.Flow.Stolen, e.Outcome)));

    private static string Write(
        IEnumerable<(string Id, long Stolen, int Layer)> flows,
        IEnumerable<(string Account, long Arrived, long Remains, int Layer, Instant First, TraceOutcome Outcome)> accounts,
        IEnumerable<(string Id, long Stolen, TraceOutcome Outcome)> exits) =>
        string.Join('\n', flows.OrderBy(f => f.Id, StringComparer.Ordinal).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f}"))
            .Concat(accounts.OrderBy(a => a.Account, StringComparer.Ordinal).Select(a => string.Create(CultureInfo.InvariantCulture, $"{a}")))
            .Concat(exits.OrderBy(e => e.Id, StringComparer.Ordinal).Select(e => string.Create(CultureInfo.InvariantCulture, $"{e}"))));

    /// <summary>What is traced: all facts, in no order that matters; the seeds in theirs, each with how many of its units are named.</summary>
    public sealed record Play(
        IReadOnlyList<Transfer> Transfers, IReadOnlyDictionary<string, long?> Openings, IReadOnlyDictionary<string, AccountKind> Kinds,
        IReadOnlySet<string> Seen, IReadOnlyList<(Transfer Seed, long Units)> Seeds, Instant Until, int MaxDepth)
    {
        /// <summary>Where one side of a transfer lies: in the account, or in an order of the member whose pool it is.</summary>
        public string? PlaceOf(Transfer transfer, AccountNumber? side) =>
            side is not { } account ? null
            : Kinds.GetValueOrDefault(account.ToString()) == AccountKind.Pool && transfer.OrderReference is { } reference ? $"#{account.Member} {reference}" : account.ToString();

        public bool StaysWithin(Transfer transfer) => PlaceOf(transfer, transfer.Payer) == PlaceOf(transfer, transfer.Payee);

        public static bool IsOrder(string place) => place[0] == '#';
    }

    private sealed record Coin(Transfer Transfer, int Unit);
}
