using Cordon.Tests.Money;

namespace Cordon.Tests.Program;

/// <summary>One import of the AMLGentex file by the program, for all tests of this file.</summary>
public sealed class AmlGenTexImport : IAsyncLifetime
{
    internal CordonHome Home { get; } = new();

    internal CordonRun? Run { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(RepositoryFolder.Root, "..", "shared", "data", "amlgentex10k", "tx.csv.gz");
        if (File.Exists(file)) Run = await CordonProcess.RunAsync(Home, "import", file, "--preset", "amlgentex", "--json");
    }

    public ValueTask DisposeAsync()
    {
        Home.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The file of docs/guides/trace-real-data.md through the program; the figures are those of <see cref="AmlGenTexTraceTests"/>.</summary>
public sealed class RealDataTests(AmlGenTexImport import) : IClassFixture<AmlGenTexImport>
{
    [Fact]
    public void The_import_counts_every_row_of_the_file()
    {
        var summary = Imported().Json;
        Assert.Equal(678_984, summary.GetProperty("rows").GetInt64());
        Assert.Equal(668_969, summary.GetProperty("accepted").GetProperty("transfer").GetInt64());
        Assert.Equal(10_000, summary.GetProperty("accepted").GetProperty("accountOpening").GetInt64());
        Assert.Equal(15, summary.GetProperty("quarantined").GetProperty("amount-rounds-to-zero").GetInt64());
        Assert.Equal(638_967, summary.GetProperty("roundedRows").GetInt64());
        Assert.Equal(15, File.ReadLines(summary.GetProperty("quarantinePath").GetString()!).Count());
    }

    [Theory]
    [InlineData("193808", "193808=74290/1, 547042=960/2, 551891=39816/2, 556098=33514/2 | bank_a:2358=0/1, bank_a:8949=39816/2 | 547042=960, 556098=33514")]
    [InlineData("329068", "329068=87909/1 | bank_a:4383=87909/1 | ")]
    public async Task A_labelled_transfer_is_traced_as_by_hand(string transfer, string told)
    {
        Imported();
        var trace = (await CordonProcess.RunAsync(import.Home, "trace", "--transfer", transfer, "--json")).Expect(0).Json;
        Assert.True(trace.GetProperty("exact").GetBoolean());
        var least = trace.GetProperty("least");
        var flows = least.GetProperty("flows").EnumerateArray().Select(f => $"{f.GetProperty("transfer").GetString()}={f.GetProperty("stolen").GetInt64()}/{f.GetProperty("layer").GetInt32()}");
        var accounts = least.GetProperty("accounts").EnumerateArray().Select(a => $"{a.GetProperty("account").GetString()}={a.GetProperty("remains").GetInt64()}/{a.GetProperty("layer").GetInt32()}");
        var exits = least.GetProperty("exits").EnumerateArray().Select(e => e.GetProperty("flow")).Select(f => $"{f.GetProperty("transfer").GetString()}={f.GetProperty("stolen").GetInt64()}");
        Assert.Equal(told, $"{string.Join(", ", flows)} | {string.Join(", ", accounts)} | {string.Join(", ", exits)}");
        var seeded = least.GetProperty("flows")[0].GetProperty("stolen").GetInt64();
        Assert.Equal(seeded, least.GetProperty("totals").EnumerateObject().Sum(t => t.Value.GetInt64()));
    }

    [Fact]
    public async Task The_guide_shows_what_the_program_prints()
    {
        Imported();
        var run = (await CordonProcess.RunAsync(import.Home, "trace", "--transfer", "278454")).Expect(0);
        var guide = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, "docs", "guides", "trace-real-data.md"), TestContext.Current.CancellationToken);
        var shown = guide.Split("cordon trace --transfer 278454\n```\n\n```\n")[1].Split("```")[0];
        Assert.Equal(Lines(shown), Lines(run.Output));
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    private CordonRun Imported()
    {
        RepositoryFolder.Shared("data", "amlgentex10k", "tx.csv.gz");
        return import.Run!.Expect(0);
    }
}
