using System.Globalization;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

/// <summary>Measures the heap of the process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(MoneyGraphMemoryTests), DisableParallelization = true)]
[Collection(nameof(MoneyGraphMemoryTests))]
public sealed class MoneyGraphMemoryTests(ITestOutputHelper output)
{
    [Fact]
    public void A_million_transfers_take_at_most_52_bytes_each_with_accounts_and_indexes_and_their_ids_beside()
    {
        // What others left behind may be let go of while this is measured: such a round is measured again.
        var (told, ids, heap) = (0.0, 0.0, 0.0);
        for (var round = 0; round < 3 && !Agrees(); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            (told, ids, heap) = Measure();
        }
        Assert.InRange(told, 30, 52);
        // What the graph says of itself is what the heap says.
        Assert.True(Agrees(), $"{told + ids:F1} bytes a transfer by the graph, {heap:F1} by the heap");

        bool Agrees() => heap > 0.97 * (told + ids) && heap < 1.03 * (told + ids);
    }

    private (double Told, double Ids, double Heap) Measure()
    {
        const int Count = 1_000_000;
        var random = new Random(7);
        var banks = Enumerable.Range(0, 20).Select(i => MemberCode.Parse(string.Create(CultureInfo.InvariantCulture, $"bank-{i}"))).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var graph = new MoneyGraph();
        for (var i = 0; i < Count; i++)
        {
            var (payer, payee) = (Account(), Account());
            graph.Add(new Transfer(
                new SignalId(string.Create(CultureInfo.InvariantCulture, $"T{i:D9}")), payer.Member, Ladder.Day(i / 10_000.0), payer, payee,
                new Amount(1 + random.Next(5_000_000), Currency.Cny), TransferMeans.Account, null));
        }
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;
        var size = graph.Size;
        var told = (size.Transfers + size.Indexes + size.Accounts) / (double)Count;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{told:F1} bytes a transfer and {size.Ids / (double)Count:F1} for its id; the heap says {bytes:F1}; {graph.AccountCount} accounts"));

        Assert.InRange(graph.AccountCount, 50_000, 100_000);
        GC.KeepAlive(graph);
        return (told, size.Ids / (double)Count, bytes);

        // A few accounts take part in much, most in little: the square of an even draw leans to the small numbers.
        AccountNumber Account()
        {
            var draw = random.NextDouble();
            var number = (int)(draw * draw * 100_000);
            return new AccountNumber(banks[number % banks.Length], string.Create(CultureInfo.InvariantCulture, $"62220200{number:D8}"));
        }
    }
}
