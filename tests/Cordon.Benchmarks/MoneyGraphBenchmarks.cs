using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Benchmarks;

/// <summary>
/// A seeded world in which a few accounts take part in very much (a power law), as accounts do.
/// Half of the openings are known, so both ends of a trace are made.
/// </summary>
[MemoryDiagnoser]
public class MoneyGraphBenchmarks
{
    private Transfer[] transfers = [];
    private AccountOpening[] openings = [];
    private MoneyGraph graph = new();
    private TraceRequest[] requests = [];
    private int next;

    [Params(1_000_000)]
    public int Transfers { get; set; }

    [GlobalSetup]
    public void Make()
    {
        var random = new Random(20260302);
        var accounts = new AccountNumber[Transfers / 10];
        var banks = Enumerable.Range(0, 20).Select(i => MemberCode.Parse("bank-" + i.ToString(CultureInfo.InvariantCulture))).ToArray();
        for (var i = 0; i < accounts.Length; i++)
            accounts[i] = new AccountNumber(banks[i % banks.Length], (6_222_020_000_000_000 + i).ToString(CultureInfo.InvariantCulture));
        openings = [.. accounts.Select((a, i) => new AccountOpening(
            new SignalId("O" + i.ToString(CultureInfo.InvariantCulture)), a.Member, new Instant(0), a, AccountKind.Personal,
            IdentityCheck.Verified, null, i % 2 == 0 ? new Amount(random.Next(200_000), Currency.Cny) : null, null, null))];
        transfers = new Transfer[Transfers];
        for (var i = 0; i < transfers.Length; i++)
        {
            var payer = accounts[Rank(random, accounts.Length)];
            AccountNumber? payee = random.Next(10) == 0 ? null : accounts[Rank(random, accounts.Length)];
            transfers[i] = new Transfer(
                new SignalId("T" + i.ToString("D9", CultureInfo.InvariantCulture)), payer.Member, new Instant(i * 1_000_000L), payer, payee,
                new Amount(1 + random.Next(1_000_000), Currency.Cny), payee is null ? TransferMeans.CashWithdrawal : TransferMeans.Account, null);
        }
        graph = Load();
        requests = [.. Enumerable.Range(0, 1000).Select(_ => transfers[random.Next(Transfers / 2)])
            .Select(t => new TraceRequest([new TransferSeed(t.Member, t.Id)], Instant.Max, TraceBounds.Default))];
    }

    [Benchmark]
    public int Ingest() => Load().TransferCount;

    [Benchmark]
    public ImmutableArray<TraceFlow> Trace()
    {
        next = (next + 1) % requests.Length;
        graph.Trace(requests[next], out var trace);
        return trace!.Least.Flows;
    }

    [Benchmark]
    public bool Find()
    {
        next = (next + 7919) % transfers.Length;
        var transfer = transfers[next];
        return graph.TryGetTransfer(transfer.Member, transfer.Id, out _);
    }

    /// <summary>Draws a rank so that the r-th account is drawn in proportion to r to the power of -0.67.</summary>
    private static int Rank(Random random, int count)
    {
        var draw = random.NextDouble();
        return (int)(draw * draw * draw * count);
    }

    private MoneyGraph Load()
    {
        var loaded = new MoneyGraph();
        foreach (var opening in openings) loaded.Open(opening);
        foreach (var transfer in transfers) loaded.Add(transfer);
        return loaded;
    }
}
