using System.Numerics;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

/// <summary>
/// The slow, obvious way of the methods that mix: all accounts of the world are played, all transfers, from the first instant to the last,
/// and everybody's money is written down after each. It shares no code with the engine's and leaves nothing out.
/// </summary>
internal sealed class SlowReplay
{
    private readonly SlowTrace.Play play;
    private readonly AttributionMethod method;
    private readonly bool most;
    private readonly string currency;
    private readonly Dictionary<string, Book> books = [];
    private readonly Dictionary<Transfer, (long Stolen, int Layer)> flows = [];
    private readonly long[] fresh;

    private SlowReplay(SlowTrace.Play play, AttributionMethod method, bool most, long[] fresh)
    {
        (this.play, this.method, this.most, this.fresh) = (play, method, most, fresh);
        currency = play.Seeds[0].Seed.Amount.Currency.Code;
        foreach (var account in play.Transfers.SelectMany(t => new[] { t.Payer?.ToString(), t.Payee?.ToString() }).OfType<string>().Distinct())
            books[account] = new Book(Opening(account));
        foreach (var instant in Moving().GroupBy(t => t.At.Micros).OrderBy(g => g.Key)) PlayInstant([.. instant]);
    }

    /// <summary>Whether accounts pay each other in a ring at one instant: then which of them begins is a choice.</summary>
    private bool HasRing { get; set; }

    public static (long Seeded, string Least, string Most, bool HasRing) Of(SlowTrace.Play play, AttributionMethod method)
    {
        var fresh = new long[play.Seeds.Count];
        var least = new SlowReplay(play, method, most: false, fresh);
        return (fresh.Sum(), least.Tell(), new SlowReplay(play, method, most: true, fresh).Tell(), least.HasRing);
    }

    public static string Tell(TraceAnswer answer) => string.Join('\n', answer.Flows.Select(f => $"{f.Transfer.Text}@{f.Member}={f.Stolen}/{f.Layer}").Order(StringComparer.Ordinal)
        .Concat(answer.Claims.Select(c => $"{c.Transfer.Text}@{c.Member} in {c.Account}={c.Units}").Order(StringComparer.Ordinal)));

    private string Tell() => string.Join('\n', flows.Select(f => $"{f.Key.Id.Text}@{f.Key.Member}={f.Value.Stolen}/{f.Value.Layer}").Order(StringComparer.Ordinal)
        .Concat(books.SelectMany(b => b.Value.Rests.Select(r => (Seed: play.Seeds[r.Key].Seed, b.Key, Units: r.Value))).Where(c => c.Units > 0)
            .Select(c => $"{c.Seed.Id.Text}@{c.Seed.Member} in {c.Key}={c.Units}").Order(StringComparer.Ordinal)));

    private IEnumerable<Transfer> Moving() => play.Transfers.Where(t => t.At <= play.Until && t.Amount.Currency.Code == currency);

    private BigInteger? Opening(string account) => currency == "CNY" && play.Openings.TryGetValue(account, out var told) ? told : null;

    private static IEnumerable<Transfer> InOrder(IEnumerable<Transfer> transfers) => transfers.OrderBy(t => t.Id.Text.Length)
        .ThenBy(t => t.Id.Text, StringComparer.Ordinal).ThenBy(t => t.Member.ToString(), StringComparer.Ordinal);

    private void PlayInstant(List<Transfer> transfers)
    {
        foreach (var t in transfers.Where(t => t.Payer == t.Payee)) Seed(t);
        transfers.RemoveAll(t => t.Payer == t.Payee);
        // The money of all credits is there before any debit; whose it is comes to light as the payers pay.
        foreach (var t in transfers.Where(t => t.Payee is not null)) books[t.Payee!.Value.ToString()].Came(t.Amount.Minor, LeastMissing(t.Payee.Value.ToString()));
        var left = transfers;
        while (left.Count > 0)
        {
            var payees = left.Where(t => t.Payee is not null).Select(t => t.Payee!.Value.ToString()).ToHashSet();
            var ready = left.Where(t => t.Payer is null || !payees.Contains(t.Payer.Value.ToString())).ToList();
            if (ready.Count == 0)
            {
                HasRing = true;
                return;
            }
            foreach (var t in InOrder(ready)) Pay(t);
            left = left.Except(ready).ToList();
        }
    }

    // The least opening with which an unknown account never falls below zero is found as it falls: what was missing then was there from the first,
    // and so it lies in the account at all times before.
    private BigInteger LeastMissing(string account) => books[account].Opening is not null ? 0 : MissingOf(account);

    private BigInteger MissingOf(string account)
    {
        BigInteger balance = 0, lowest = 0;
        foreach (var instant in Moving().Where(t => t.Payer != t.Payee).GroupBy(t => t.At.Micros).OrderBy(g => g.Key))
        {
            foreach (var t in instant) if (t.Payee?.ToString() == account) balance += t.Amount.Minor;
            foreach (var t in instant) if (t.Payer?.ToString() == account) balance -= t.Amount.Minor;
            lowest = BigInteger.Min(lowest, balance);
        }
        return -lowest;
    }

    private void Seed(Transfer t)
    {
        var seed = Place(t);
        if (seed < 0) return;
        if (!most) fresh[seed] = play.Seeds[seed].Units;
        Arrive(t, new Dictionary<int, long> { [seed] = fresh[seed] }, 1);
    }

    private void Pay(Transfer t)
    {
        var part = new Dictionary<int, long>();
        var layer = 1;
        if (t.Payer is { } payer)
        {
            var book = books[payer.ToString()];
            if (book.Opening is null && !book.HasLeast) book.Came(0, MissingOf(payer.ToString()));
            layer = book.Layer == int.MaxValue ? 1 : book.Layer + 1;
            part = book.Pay(t.Amount.Minor, method, most);
        }
        var seed = Place(t);
        if (seed >= 0)
        {
            if (!most) fresh[seed] = Math.Max(0, play.Seeds[seed].Units - part.Values.Sum());
            // A transfer carries no more than itself: the latest seeds' money stays where both together would be more.
            foreach (var other in part.Keys.OrderDescending().ToList())
                while (most && part[other] > 0 && part.Values.Sum() + fresh[seed] > t.Amount.Minor)
                {
                    part[other]--;
                    books[t.Payer!.Value.ToString()].Claims[other]++;
                }
            part[seed] = part.GetValueOrDefault(seed) + fresh[seed];
            layer = 1;
        }
        Arrive(t, part, layer);
    }

    private int Place(Transfer t) => Enumerable.Range(0, play.Seeds.Count).Where(i => play.Seeds[i].Seed == t).Append(-1).First();

    private void Arrive(Transfer t, Dictionary<int, long> part, int layer)
    {
        if (part.Values.Sum() == 0) return;
        flows.Add(t, (part.Values.Sum(), layer));
        if (t.Means is TransferMeans.CashWithdrawal or TransferMeans.CrossBorder || t.Payee is not { } payee) return;
        var book = books[payee.ToString()];
        var stays = play.Kinds.GetValueOrDefault(payee.ToString()) is AccountKind.Merchant or AccountKind.Pool
            || !play.Seen.Contains(payee.Member.ToString()) || layer >= play.MaxDepth;
        foreach (var (seed, units) in part)
            if (stays || payee == play.Seeds[seed].Seed.Payer) book.Ended[seed] = book.Ended.GetValueOrDefault(seed) + units;
            else
            {
                book.Claims[seed] = book.Claims.GetValueOrDefault(seed) + units;
                book.Layer = units > 0 ? Math.Min(book.Layer, layer) : book.Layer;
            }
    }

    /// <summary>One account: what lies in it, and whose it is.</summary>
    private sealed class Book(BigInteger? opening)
    {
        private BigInteger balance = opening ?? 0;

        public BigInteger? Opening => opening;

        public bool HasLeast { get; private set; }

        public Dictionary<int, long> Claims { get; } = [];

        public Dictionary<int, long> Ended { get; } = [];

        public int Layer { get; set; } = int.MaxValue;

        public IEnumerable<KeyValuePair<int, long>> Rests =>
            Claims.Keys.Union(Ended.Keys).Select(seed => KeyValuePair.Create(seed, Claims.GetValueOrDefault(seed) + Ended.GetValueOrDefault(seed)));

        public void Came(long minor, BigInteger leastOpening)
        {
            if (opening is null && !HasLeast) balance += leastOpening;
            HasLeast = true;
            balance += minor;
        }

        public Dictionary<int, long> Pay(long minor, AttributionMethod method, bool most)
        {
            balance = BigInteger.Max(balance, minor);
            var claimed = Claims.Values.Aggregate(BigInteger.Zero, (sum, units) => sum + units);
            var own = balance - claimed;
            balance -= minor;
            if (claimed == 0 || (most && opening is null)) return [];
            if (method == AttributionMethod.LowestIntermediateBalance) return minor <= own ? [] : Divide(minor - own, 0);
            return Divide(minor, own);
        }

        /// <summary>Divides a debit among the claims and the holder: to each the whole units of his share, then one more in the order of what was cut off.</summary>
        private Dictionary<int, long> Divide(BigInteger debit, BigInteger own)
        {
            var all = Claims.Where(c => c.Value > 0).Select(c => (Who: c.Key, Has: (BigInteger)c.Value)).ToList();
            if (own > 0) all.Add((int.MaxValue, own));
            var total = all.Aggregate(BigInteger.Zero, (sum, one) => sum + one.Has);
            var whole = all.ToDictionary(one => one.Who, one => one.Has * debit / total);
            var left = (int)(debit - whole.Values.Aggregate(BigInteger.Zero, (sum, units) => sum + units));
            foreach (var (who, _) in all.OrderByDescending(one => one.Has * debit % total).ThenBy(one => one.Who).Take(left)) whole[who]++;
            whole.Remove(int.MaxValue);
            foreach (var (who, units) in whole) Claims[who] -= (long)units;
            return whole.ToDictionary(one => one.Key, one => (long)one.Value);
        }
    }
}
