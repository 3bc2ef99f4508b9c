using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Cordon.Tests.Program;

/// <summary><c>cordon detect</c> as its users run it.</summary>
public sealed class DetectCommandTests
{
    private const string Columns = "txId,step,type,amount,nameOrig,nameDest,bankOrig,bankDest";

    [Fact]
    public async Task Scores_of_every_account_come_out_highest_first_from_a_file_without_labels_plain_or_packed()
    {
        using var home = new CordonHome();
        var text = Sample();
        var run = (await CordonProcess.RunAsync(home, "detect", "--in", home.Write("tx.csv", text), "--preset", "amlgentex", "--out", "scores.csv", "--alerts", "alerts.jsonl", "--json")).Expect(0);

        var lines = await File.ReadAllLinesAsync(Path.Combine(home.Files, "scores.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("account,score,pattern", lines[0]);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"{i}").Order(StringComparer.Ordinal), rows.Select(r => r[0]).Order(StringComparer.Ordinal));
        Assert.Equal(rows.Select(r => Score(r[1])).OrderDescending(), rows.Select(r => Score(r[1])));
        Assert.Equal(("fan_in", "none"), (rows.Single(r => r[0] == "0")[2], rows.Single(r => r[0] == "59")[2]));
        Assert.Equal((60, 66, 1), (run.Json.GetProperty("accounts").GetInt32(), run.Json.GetProperty("transfers").GetInt32(), run.Json.GetProperty("alerts").GetProperty("fan_in").GetInt32()));
        Assert.False(run.Json.TryGetProperty("quality", out _));
        var alert = JsonDocument.Parse((await File.ReadAllLinesAsync(Path.Combine(home.Files, "alerts.jsonl"), TestContext.Current.CancellationToken)).Single(l => l.Contains("\"fan_in\"", StringComparison.Ordinal))).RootElement;
        Assert.Equal((7, 6, "t0"), (alert.GetProperty("accounts").GetArrayLength(), alert.GetProperty("transfers").GetArrayLength(), alert.GetProperty("transfers")[0].GetProperty("id").GetString()));

        (await CordonProcess.RunAsync(home, "detect", "--in", Pack(home, text), "--preset", "amlgentex", "--out", "packed.csv")).Expect(0);
        Assert.Equal(lines, await File.ReadAllLinesAsync(Path.Combine(home.Files, "packed.csv"), TestContext.Current.CancellationToken));
        // It works beside a data folder and needs none.
        Assert.False(Directory.Exists(home.Data));
    }

    [Fact]
    public async Task Labels_are_read_for_the_comparison_and_never_for_the_score()
    {
        using var home = new CordonHome();
        string[] detect = ["detect", "--in", home.Write("tx.csv", Sample()), "--preset", "amlgentex"];
        (await CordonProcess.RunAsync(home, [.. detect, "--out", "a.csv"])).Expect(0);
        var members = home.Write("alert_members.csv", "modelID,type,accountID\n" + string.Concat(Enumerable.Range(0, 7).Select(i => $"1,fan_in,{i}\n")));
        var transfers = home.Write("labels.csv", "txId,nameOrig,nameDest,isSAR,modelType\n" + string.Concat(Enumerable.Range(0, 6).Select(i => $"t{i},{i + 1},0,1,2\n")));
        var run = (await CordonProcess.RunAsync(home, [.. detect, "--out", "b.csv", "--labels", members, transfers, "--json"])).Expect(0);
        var quality = run.Json.GetProperty("quality");
        Assert.Equal((7, 6), (quality.GetProperty("accounts").GetProperty("bad").GetInt32(), quality.GetProperty("transfers").GetProperty("bad").GetInt32()));
        var fan = quality.GetProperty("patterns").EnumerateArray().Single(p => p.GetProperty("pattern").GetString() == "fan_in");
        Assert.Equal((1.0, 1.0, 1.0), (fan.GetProperty("accountPrecision").GetDouble(), fan.GetProperty("accountRecall").GetDouble(), fan.GetProperty("transferRecall").GetDouble()));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(home.Files, "a.csv"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(Path.Combine(home.Files, "b.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_order_of_rows_in_the_file_changes_no_score()
    {
        using var home = new CordonHome();
        var rows = Sample().TrimEnd().Split('\n');
        (await CordonProcess.RunAsync(home, "detect", "--in", home.Write("tx.csv", Sample()), "--preset", "amlgentex", "--out", "a.csv")).Expect(0);
        var turned = string.Join('\n', rows.Skip(1).Reverse().Prepend(rows[0])) + "\n";
        (await CordonProcess.RunAsync(home, "detect", "--in", home.Write("turned.csv", turned), "--preset", "amlgentex", "--out", "b.csv")).Expect(0);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(home.Files, "a.csv"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(Path.Combine(home.Files, "b.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_how_it_could_be()
    {
        using var home = new CordonHome();
        var file = home.Write("tx.csv", Sample());
        await SaysAsync(2, "Shipped are amlgentex, amlsim, cordon", "--in", file, "--preset", "amlgentx", "--out", "s.csv");
        await SaysAsync(1, "there is no 'nameOrig'", "--in", home.Write("bad.csv", Sample().Replace("nameOrig", "nameOrigin", StringComparison.Ordinal)), "--preset", "amlgentex", "--out", "s.csv");
        await SaysAsync(2, "There is no file nowhere.csv", "--in", "nowhere.csv", "--out", "s.csv");
        await SaysAsync(2, "There is no folder", "--in", file, "--preset", "amlgentex", "--out", "nowhere/s.csv");
        await SaysAsync(2, "has no labels that are known", "--in", file, "--preset", "amlgentex", "--out", "s.csv", "--labels", file);
        await SaysAsync(1, "no transfer that could be taken", "--in", home.Write("none.csv", Columns + "\nt0,0,TRANSFER,x,1,2,a,a\n"), "--preset", "amlgentex", "--out", "s.csv");
        await SaysAsync(2, "--out", "--in", file);

        async Task SaysAsync(int exit, string what, params string[] arguments)
        {
            var run = (await CordonProcess.RunAsync(home, ["detect", .. arguments])).Expect(exit);
            Assert.Contains(what, run.Notes, StringComparison.Ordinal);
            Assert.Equal("", run.Output);
        }
    }

    [Fact]
    public async Task A_file_that_broke_off_is_scored_as_far_as_it_goes_and_a_number_at_two_members_is_one_account_or_two()
    {
        using var home = new CordonHome();
        var packed = Pack(home, Sample());
        var bytes = await File.ReadAllBytesAsync(packed, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(packed, bytes[..^12], TestContext.Current.CancellationToken);
        var run = (await CordonProcess.RunAsync(home, "detect", "--in", packed, "--preset", "amlgentex", "--out", "s.csv")).Expect(1);
        Assert.Contains("broke off", run.Output, StringComparison.Ordinal);

        var moved = home.Write("moved.csv", Columns + "\nt0,0,TRANSFER,5,1,2,a,a\nt1,1,TRANSFER,5,1,2,b,a\n");
        Assert.Equal(2, await AccountsAsync("number"));
        Assert.Equal(3, await AccountsAsync("member"));

        async Task<int> AccountsAsync(string by) =>
            (await CordonProcess.RunAsync(home, "detect", "--in", moved, "--preset", "amlgentex", "--out", "m.csv", "--accounts", by, "--json")).Expect(0).Json.GetProperty("accounts").GetInt32();
    }

    // Six that pay account 0 within two days, among sixty accounts of which each pays outside once.
    private static string Sample()
    {
        var text = new StringBuilder(Columns).Append('\n');
        for (var i = 0; i < 6; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"t{i},{i / 3},TRANSFER,{500 + i},{i + 1},0,a,a\n");
        for (var i = 0; i < 60; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"s{i},3,TRANSFER,{300 + i},{i},-1,a,sink\n");
        return text.ToString();
    }

    private static string Pack(CordonHome home, string text)
    {
        var path = Path.Combine(home.Files, "tx.csv.gz");
        using var file = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        file.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private static double Score(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
