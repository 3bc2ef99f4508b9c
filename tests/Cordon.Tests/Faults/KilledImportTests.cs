using System.Globalization;
using System.Text.RegularExpressions;
using Cordon.Tests.Program;

namespace Cordon.Tests.Faults;

/// <summary>kill -9 of an import that has the data folder to itself, at any moment, costs nothing but its own time.</summary>
public sealed partial class KilledImportTests
{
    // The end of its input is held back, so that the import cannot end before it is killed.
    private const int HeldBack = 2_000;

    public static TheoryData<long> Moments => Long.Asked ? [1, 200_000, 800_000] : [1, 200_000];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task The_same_import_again_takes_the_rest_and_nothing_twice(long journalBytes)
    {
        using var home = new CordonHome();
        var file = TransferFile.Made(24_000);
        await KillAsync(home, file, import => import.UntilAsync(() => home.JournalLength >= journalBytes));
        await FinishAsync(home, file, atLeastThere: 0);
    }

    [Fact]
    public async Task What_a_progress_line_counted_is_there()
    {
        using var home = new CordonHome();
        var file = TransferFile.Made(60_000);
        var told = 0;
        await KillAsync(home, file, async import =>
        {
            var line = await import.NoteAsync(l => CountedRows().IsMatch(l));
            told = int.Parse(CountedRows().Match(line).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        });
        Assert.InRange(told, 4_096, file.Rows.Count);
        await FinishAsync(home, file, told);
    }

    [Fact]
    public async Task A_published_file_reaches_its_count_after_three_kills()
    {
        var path = RepositoryFolder.Shared("data", "amlsim20k_fanin200", "transactions.csv");
        using var home = new CordonHome();
        var file = TransferFile.Read(path);
        foreach (var bytes in new[] { 500_000, 1_500_000, 3_000_000 })
            await KillAsync(home, file, import => import.UntilAsync(() => home.JournalLength >= bytes));
        await FinishAsync(home, file, atLeastThere: 1);
    }

    [Fact]
    public async Task Reports_killed_half_way_are_each_received_once_and_the_log_verifies()
    {
        using var home = new CordonHome();
        var transfers = string.Concat(Enumerable.Range(0, Reports.Count).Select(i => Reports.Transfer("r", i) + "\n"));
        (await CordonProcess.RunAsync(home, "import", home.Write("transfers.ndjson", transfers))).Expect(0);
        var file = home.Write("reports.ndjson", string.Concat(Enumerable.Range(0, Reports.Count).Select(i => Reports.Report("r", i) + "\n")));
        await using (var import = CordonProcess.Start(home, "import", file, "--as", "reports"))
        {
            import.Input.Close();
            await import.UntilAsync(() => Reports.Received(home) >= Reports.Count / 5);
            await import.KillAsync();
        }
        (await CordonProcess.RunAsync(home, "verify", "--json")).Expect(0);
        var summary = (await CordonProcess.RunAsync(home, "import", file, "--as", "reports", "--json")).Expect(0).Json;
        Assert.Equal(Reports.Count, summary.GetProperty("reports").GetInt64() + summary.GetProperty("repeated").GetInt64());
        Assert.InRange(summary.GetProperty("repeated").GetInt64(), Reports.Count / 5, Reports.Count - 1);
        Assert.Equal(Reports.Count, Reports.Received(home));
        var verified = (await CordonProcess.RunAsync(home, "verify", "--json")).Expect(0).Json;
        Assert.True(verified.GetProperty("leaves").GetInt64() >= Reports.Count);
        Assert.Equal(0, verified.GetProperty("waiting").GetInt64());
    }

    private static async Task KillAsync(CordonHome home, TransferFile file, Func<CordonProcess, Task> moment)
    {
        await using var import = CordonProcess.Start(home, "import", "-", "--preset", "amlsim", "--set", "amlsim/killed");
        var feeding = import.FeedAsync(file.Head(file.Rows.Count - HeldBack));
        await moment(import);
        Assert.Equal(137, (await import.KillAsync()).Exit);
        await feeding;
    }

    private static async Task FinishAsync(CordonHome home, TransferFile file, int atLeastThere)
    {
        string[] import = ["import", home.Write("all.csv", file.Head(file.Rows.Count)), "--preset", "amlsim", "--set", "amlsim/killed", "--json", "--strict"];
        var again = (await CordonProcess.RunAsync(home, import)).Expect(0).Json;
        var repeated = again.GetProperty("repeated").GetInt64();
        Assert.InRange(repeated, atLeastThere, file.Rows.Count - HeldBack);
        Assert.Equal(file.Rows.Count, again.GetProperty("accepted").GetProperty("transfer").GetInt64() + repeated);
        var length = home.JournalLength;
        var third = (await CordonProcess.RunAsync(home, import)).Expect(0).Json;
        Assert.Equal(file.Rows.Count, third.GetProperty("repeated").GetInt64());
        Assert.Empty(third.GetProperty("accepted").EnumerateObject());
        Assert.Equal(length, home.JournalLength);
        Assert.Equal(TransferFile.Repeats, file.Rows.Count - file.Rows.Distinct(StringComparer.Ordinal).Count());
        (await JournalContents.ReadAsync(home)).AssertWhole(file.Rows.Count);
        var nothing = (await CordonProcess.RunAsync(home, "verify")).Expect(2);
        Assert.Contains("nothing to verify", nothing.Notes, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^Importing .*: ([0-9,]+) rows, ")]
    private static partial Regex CountedRows();
}
