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
    private readonly Dictionary<(string Account, int Seed), long> ended = [];
    private readonly long[] fresh;

    private SlowReplay(SlowTrace.Play play, AttributionMethod method, bool most, long[] fresh)
    {
        (this.play, this.method, this.most, this.fresh) = (play, method, most, fresh);
        currency = play.Seeds[0].Seed.Amount.Currency.Code;
        foreach (var account in play.Transfers.SelectMany(t => new[] { play.PlaceOf(t, t.Payer), play.PlaceOf(t, t.Payee) }).OfType<string>().Distinct())
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
        .Concat(Rests().GroupBy(r => (r.Account, r.Seed)).Select(g => (Seed: play.Seeds[g.Key.Seed].Seed, g.Key.Account, Units: g.Sum(r => r.Units))).Where(c => c.Units > 0)
            .Select(c => $"{c.Seed.Id.Text}@{c.Seed.Member} in {c.Account}={c.Units}").Order(StringComparer.Ordinal)));

    /// <summary>What lies in an order of a pool is told of the account into which claimed money came first.</summary>
    private IEnumerable<(string Account, int Seed, long Units)> Rests() => ended.Select(e => (e.Key.Account, e.Key.Seed, e.Value))
        .Concat(books.Values.Where(b => b.CameBy.Count > 0).SelectMany(b => b.Claims.Select(c =>
            (InOrder(b.CameBy.Where(t => t.At == b.CameBy.Min(other => other.At))).First().Payee!.Value.ToString(), c.Key, c.Value))));

    private string? In(Transfer transfer) => play.PlaceOf(transfer, transfer.Payee);

    private string? Out(Transfer transfer) => play.PlaceOf(transfer, transfer.Payer);

    private IEnumerable<Transfer> Moving() => play.Transfers.Where(t => t.At <= play.Until && t.Amount.Currency.Code == currency);

    private BigInteger? Opening(string account) => SlowTrace.Play.IsOrder(account) ? 0 : currency == "CNY" && play.Openings.TryGetValue(account, out var told) ? told : null;

    private static IEnumerable<Transfer> InOrder(IEnumerable<Transfer> transfers) => transfers.OrderBy(t => t.Id.Text.Length)
        .ThenBy(t => t.Id.Text, StringComparer.Ordinal).ThenBy(t => t.Member.ToString(), StringComparer.Ordinal);

    private void PlayInstant(List<Transfer> transfers)
    {
        foreach (var t in transfers.Where(play.StaysWithin)) Seed(t);
        transfers.RemoveAll(play.StaysWithin);
        // The money of all credits is there before any debit; whose it is comes to light as the payers pay.
        foreach (var t in transfers.Where(t => t.Payee is not null)) books[In(t)!].Came(t.Amount.Minor, LeastMissing(In(t)!));
        var left = transfers;
        while (left.Count > 0)
        {
            var payees = left.Select(In).OfType<string>().ToHashSet();
            var ready = left.Where(t => t.Payer is null || !payees.Contains(Out(t)!)).ToList();
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
        foreach (var instant in Moving().Where(t => !play.StaysWithin(t)).GroupBy(t => t.At.Micros).OrderBy(g => g.Key))
        {
            foreach (var t in instant) if (In(t) == account) balance += t.Amount.Minor;
            foreach (var t in instant) if (Out(t) == account) balance -= t.Amount.Minor;
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
        if (Out(t) is { } payer)
        {
            var book = books[payer];
            if (book.Opening is null && !book.HasLeast) book.Came(0, MissingOf(payer));
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
                    books[Out(t)!].Claims[other]++;
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
        if (t.Means is TransferMeans.CashWithdrawal or TransferMeans.CrossBorder or TransferMeans.VirtualCurrency || t.Payee is not { } payee) return;
        var book = books[In(t)!];
        var stays = SlowTrace.Play.IsOrder(In(t)!) ? play.StaysWithin(t) || layer >= play.MaxDepth
            : play.Kinds.GetValueOrDefault(payee.ToString()) is AccountKind.Merchant or AccountKind.Pool
                || !play.Seen.Contains(payee.Member.ToString()) || layer >= play.MaxDepth;
        foreach (var (seed, units) in part)
            if (stays || payee == play.Seeds[seed].Seed.Payer || In(t) == Out(play.Seeds[seed].Seed)) ended[(payee.ToString(), seed)] = ended.GetValueOrDefault((payee.ToString(), seed)) + units;
            else
            {
                book.Claims[seed] = book.Claims.GetValueOrDefault(seed) + units;
                book.Layer = units > 0 ? Math.Min(book.Layer, layer) : book.Layer;
                if (units > 0) book.CameBy.Add(t);
            }
    }

    /// <summary>One account: what lies in it, and whose it is.</summary>
    private sealed class Book(BigInteger? opening)
    {
        private BigInteger balance = opening ?? 0;

        public BigInteger? Opening => opening;

        public bool HasLeast { get; private set; }

        public Dictionary<int, long> Claims { get; } = [];

        /// <summary>The transfers by which claimed money came.</summary>
        public List<Transfer> CameBy { get; } = [];

        public int Layer { get; set; } = int.MaxValue;

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
