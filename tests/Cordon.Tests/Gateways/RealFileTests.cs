using Cordon.Engine.Signals;

namespace Cordon.Tests.Gateways;

public sealed class RealFileTests
{
    private static readonly Currency Cny = Currency.Cny;

    [Fact]
    public async Task Amlgentex_transactions_are_read_whole_with_their_roundings_counted()
    {
        var path = SharedData.Path("data/amlgentex10k/tx.csv.gz");
        using var rig = new ImportRig();
        var summary = await rig.ImportAsync(File.OpenRead(path), "amlgentex", fileName: path, batchRows: 4096);
        TestContext.Current.TestOutputHelper!.WriteLine($"{summary.Rows} rows in {summary.Seconds:F2} s; rounded {summary.RoundedRows}, difference {summary.RoundingDifference}");
        Assert.Equal(678_984, summary.Rows);
        Assert.Equal(10_000, summary.Accepted[SignalKind.AccountOpening]);
        Assert.Equal(668_969, summary.Accepted[SignalKind.Transfer]);
        Assert.Equal(new Dictionary<string, long> { ["amount-rounds-to-zero"] = 15 }, summary.Quarantined);
        Assert.Equal(15, rig.Quarantined.Length);
        Assert.Equal(638_967, summary.RoundedRows);
        Assert.Equal(0, summary.Repeated + summary.Conflicts);
        var transfers = rig.Signals.OfType<Transfer>().ToArray();
        Assert.Equal(334, transfers.Count(transfer => transfer.Means == TransferMeans.CashWithdrawal && transfer.Payee is null));
        Assert.Equal(527_607, transfers.Count(transfer => transfer.Payee is null));
        Assert.Equal(30_000, transfers.Count(transfer => transfer.Payer is null));
        Assert.All(transfers, transfer => Assert.Equal("bank_a", transfer.Member.ToString()));
        var first = rig.Signals.OfType<AccountOpening>().First();
        Assert.Equal(new AccountOpening(new SignalId("opening-0"), MemberCode.Parse("bank_a"), At("2020-01-01"), AccountNumber.Parse("bank_a:0"),
            AccountKind.Unknown, IdentityCheck.Unknown, null, new Amount(4064962, Cny), null, null), first);
        Assert.Equal(At("2020-04-09"), transfers.Max(transfer => transfer.At));
        Assert.Equal(new FileInfo(path).Length, rig.Progress[^1].BytesRead);
    }

    [Fact]
    public async Task Amlgentex_accounts_repeat_what_the_opening_rows_told()
    {
        var accounts = SharedData.Path("data/amlgentex10k/accounts.csv");
        var transfers = SharedData.Path("data/amlgentex10k/tx.csv.gz");
        using var rig = new ImportRig();
        await rig.ImportAsync(File.OpenRead(transfers), "amlgentex", fileName: transfers, batchRows: 4096);
        var summary = await rig.ImportAsync(File.OpenRead(accounts), "amlgentex", fileName: accounts);
        Assert.Equal(10_000, summary.Rows);
        Assert.Equal(10_000, summary.Repeated);
        Assert.True(summary.IsClean);
    }

    [Fact]
    public async Task Amlsim_keeps_254_exact_repeats_as_transfers_of_their_own_and_gives_the_same_ids_again()
    {
        var path = SharedData.Path("data/amlsim20k_fanin200/transactions.csv");
        using var rig = new ImportRig();
        var summary = await rig.ImportAsync(File.OpenRead(path), "amlsim", fileName: path, batchRows: 4096);
        Assert.Equal(118_250, summary.Accepted[SignalKind.Transfer]);
        Assert.True(summary.IsClean);
        Assert.Equal(118_250, rig.Signals.Select(signal => signal.Id).Distinct().Count());
        Assert.Equal(118_250 - 254, rig.Signals.Cast<Transfer>().Select(transfer => (transfer.At, transfer.Payer, transfer.Payee, transfer.Amount)).Distinct().Count());
        var again = await rig.ImportAsync(File.OpenRead(path), "amlsim", fileName: "/elsewhere/transactions.csv", batchRows: 1000);
        Assert.Equal(118_250, again.Repeated);
        Assert.Empty(again.Accepted);
    }

    [Fact]
    public async Task Amlsim_knows_accounts_and_alert_transactions_by_their_columns()
    {
        var nodes = SharedData.Path("data/amlsim20k_fanin200/nodes.csv");
        var alerts = SharedData.Path("data/amlsim100k/alert_transactions.csv");
        using var rig = new ImportRig();
        Assert.Equal(20_000, (await rig.ImportAsync(File.OpenRead(nodes), "amlsim")).Accepted[SignalKind.AccountOpening]);
        var summary = await rig.ImportAsync(File.OpenRead(alerts), "amlsim");
        Assert.Equal(6_903, summary.Accepted[SignalKind.Transfer]);
        Assert.True(summary.IsClean);
        var first = rig.Signals.OfType<Transfer>().First();
        Assert.Equal(new Transfer(new SignalId("9"), MemberCode.Parse("bank"), At("2017-01-01"), AccountNumber.Parse("bank:70598"),
            AccountNumber.Parse("bank:924"), new Amount(93859, Cny), TransferMeans.Account, null), first);
    }

    private static Instant At(string text)
    {
        Assert.True(Instant.TryParse(text, out var at));
        return at;
    }
}
