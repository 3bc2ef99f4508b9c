using System.Globalization;
using Cordon.Engine.Signals;

namespace Cordon.Commands.Bench;

/// <summary>A transfer of the generated world. Accounts are numbers; -1 is cash.</summary>
internal readonly record struct WorldTransfer(int Number, long At, int Payer, int Payee, long Minor);

/// <summary>A case in it: the transfer by which the victim paid, one by which its money left at the end, and until when it is followed.</summary>
internal readonly record struct WorldCase(int Seed, int Last, Instant Until);

/// <summary>
/// Thirty days of transfers in the order of time, of which a few accounts take part in very many (a power law), and in them mule cases: 163 transfers each
/// through ten layers within 72 hours, each mule with some money of its own. Half of the openings are told. The same size gives the same world.
/// </summary>
internal sealed class TraceWorld
{
    private const int Seed = 20_260_302;
    private const int Layers = 10;
    private const int PerLayer = 18;
    private const int Hubs = 20;
    private const long Hour = 3_600_000_000;
    private const long Span = 30 * 24 * Hour;
    private const long CaseHours = 72;

    private readonly int background;
    private readonly int people;
    private readonly List<(long At, int Payer, int Payee, long Minor)> planted = [];
    private readonly List<(long First, long Last)> marks = [];
    private readonly MemberCode[] banks = [.. Enumerable.Range(0, 20).Select(static i => MemberCode.Parse("bank-" + i.ToString(CultureInfo.InvariantCulture)))];

    /// <param name="transfers">Transfers, those of the cases left out.</param>
    /// <param name="cases">Mule cases.</param>
    public TraceWorld(int transfers, int cases)
    {
        (background, people) = (transfers, transfers / 10);
        Accounts = people;
        var random = new Random(Seed + 1);
        for (var i = 0; i < cases; i++) Plant(random);
        planted.Sort(static (a, b) => a.At.CompareTo(b.At));
        Openings = FindOpenings();
    }

    /// <summary>How many accounts there are.</summary>
    public int Accounts { get; private set; }

    /// <summary>The opening balance of each account; -1 where nobody told it.</summary>
    public long[] Openings { get; }

    /// <summary>The least opening balance that an account's payments allow: what FIFO takes where none was told.</summary>
    public long[] Shortfalls { get; private set; } = [];

    public List<WorldCase> Cases { get; } = [];

    public int Count => background + planted.Count;

    /// <summary>All transfers in the order of time, no two at one instant.</summary>
    public IEnumerable<WorldTransfer> Transfers()
    {
        var random = new Random(Seed);
        var step = Span / background / 2 * 2;
        for (int number = 0, made = 0, next = 0; number < Count; number++)
        {
            if (next < planted.Count && (made == background || planted[next].At < made * step))
            {
                var (at, payer, payee, minor) = planted[next++];
                yield return new WorldTransfer(number, at, payer, payee, minor);
                continue;
            }
            var (from, to) = (Rank(random), Rank(random));
            yield return new WorldTransfer(number, made++ * step, from, from == to ? -1 : to, 1 + random.Next(1_000_000));
        }
    }

    public AccountNumber AccountOf(int account) =>
        new(banks[account % banks.Length], (6_222_020_000_000_000 + account).ToString(CultureInfo.InvariantCulture));

    public static SignalId IdOf(int number) => new((202_603_000_000_000L + number).ToString(CultureInfo.InvariantCulture));

    public Transfer ToSignal(in WorldTransfer made)
    {
        var payer = AccountOf(made.Payer);
        return new Transfer(
            IdOf(made.Number), payer.Member, new Instant(made.At), payer, made.Payee < 0 ? null : AccountOf(made.Payee), new Amount(made.Minor, Currency.Cny),
            made.Payee < 0 ? TransferMeans.CashWithdrawal : TransferMeans.Account, null);
    }

    /// <summary>What is told of an account before the first transfer.</summary>
    public AccountOpening ToOpening(int account)
    {
        var number = AccountOf(account);
        return new AccountOpening(
            new SignalId(account.ToString(CultureInfo.InvariantCulture)), number.Member, new Instant(-1), number, AccountKind.Personal, IdentityCheck.Verified, null,
            Openings[account] < 0 ? null : new Amount(Openings[account], Currency.Cny), null, null);
    }

    // The r-th account takes part in proportion to r to the power of -2/3.
    private int Rank(Random random)
    {
        var draw = random.NextDouble();
        return (int)(draw * draw * draw * people);
    }

    private void Plant(Random random)
    {
        // Odd instants, so that none is that of another transfer.
        var start = (random.NextInt64(Span - (CaseHours * Hour)) / 2 * 2) + 1;
        var victim = random.Next(people / 2, people);
        var stolen = 1_000_000 + random.NextInt64(100_000_000);
        var first = planted.Count;
        int[] from = [Accounts++];
        planted.Add((start, victim, from[0], stolen));
        var held = new Dictionary<int, long> { [from[0]] = stolen };
        for (var layer = 2; layer <= Layers; layer++)
        {
            var to = layer == Layers ? [-1] : Enumerable.Range(Accounts, Math.Min(9, 3 * (layer - 1))).ToArray();
            if (to[0] >= 0) Accounts += to.Length;
            foreach (var mule in to)
                if (mule >= 0) PlantOwn(random, mule, start, layer);
            var sent = Enumerable.Range(0, PerLayer).Select(i => (Payer: from[i % from.Length], Payee: to[random.Next(to.Length)])).ToList();
            PlantLayer(random, sent, held, start + ((layer - 1) * 7 * Hour));
            from = to;
        }
        marks.Add((planted[first].At, planted[first..].Max(static t => t.At)));
    }

    // A hub pays the mule something of its own before: wages, a pension.
    private void PlantOwn(Random random, int mule, long start, int layer) =>
        Plant(start + ((layer - 1) * 7 * Hour) - random.NextInt64(Hour), random.Next(Hubs), mule, 1 + random.Next(10_000));

    private void PlantLayer(Random random, List<(int Payer, int Payee)> sent, Dictionary<int, long> held, long start)
    {
        foreach (var group in sent.GroupBy(static t => t.Payer).ToList())
        {
            var parts = group.ToList();
            for (var i = 0; i < parts.Count; i++)
            {
                var left = held.GetValueOrDefault(group.Key);
                var minor = i == parts.Count - 1 ? left : left / (parts.Count - i) * (80 + random.Next(20)) / 100;
                if (minor <= 0) continue;
                held[group.Key] = left - minor;
                Plant(start + Hour + random.NextInt64(5 * Hour), group.Key, parts[i].Payee, minor);
                held[parts[i].Payee] = held.GetValueOrDefault(parts[i].Payee) + minor;
            }
        }
    }

    private void Plant(long at, int payer, int payee, long minor) => planted.Add((at / 2 * 2 + 1, payer, payee, minor));

    private long[] FindOpenings()
    {
        var random = new Random(Seed + 2);
        var (balances, shortfalls, numbers) = (new long[Accounts], new long[Accounts], new Dictionary<long, int>());
        foreach (var made in Transfers())
        {
            if ((made.At & 1) == 1) numbers[made.At] = made.Number;
            balances[made.Payer] -= made.Minor;
            shortfalls[made.Payer] = Math.Max(shortfalls[made.Payer], -balances[made.Payer]);
            if (made.Payee >= 0) balances[made.Payee] += made.Minor;
        }
        foreach (var (first, last) in marks) Cases.Add(new WorldCase(numbers[first], numbers[last], new Instant(first + (CaseHours * Hour))));
        Shortfalls = shortfalls;
        return [.. shortfalls.Select((least, i) => i % 2 == 0 ? least + random.Next(200_000) : -1)];
    }
}
