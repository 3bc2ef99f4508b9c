using System.Text.Json;

namespace Cordon.Tests.Program;

public sealed class LiabilityCommandTests
{
    private static string Facts => Path.Combine(RepositoryFolder.Root, "tests", "Cordon.Tests", "Liability", "Worked", "uk-above-the-cap.facts.json");

    [Fact]
    public async Task A_statement_is_printed_for_people_in_either_language_with_its_sources_and_shares()
    {
        using var home = new CordonHome();
        var english = (await CordonProcess.RunAsync(home, "liability", "--facts", Facts, "--pack", "uk")).Expect(0);
        Assert.Contains("Statement of liability, case UK-2026-0031", english.Output, StringComparison.Ordinal);
        Assert.Contains("42,450.00 GBP", english.Output, StringComparison.Ordinal);
        Assert.Contains("To be paid by 2026-03-13", english.Output, StringComparison.Ordinal);
        Assert.Contains("; rule, S]", english.Output, StringComparison.Ordinal);
        var chinese = (await CordonProcess.RunAsync(home, "liability", "--facts", Facts, "--pack", "uk", "--language", "zh-CN")).Expect(0);
        Assert.Contains("责任声明", chinese.Output, StringComparison.Ordinal);
        Assert.Contains("bank-a向客户偿付84,900.00 GBP", chinese.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.Data));
    }

    [Fact]
    public async Task As_JSON_it_is_the_same_on_every_run()
    {
        using var home = new CordonHome();
        var first = (await CordonProcess.RunAsync(home, "liability", "--facts", Facts, "--pack", "uk", "--json")).Expect(0);
        var second = (await CordonProcess.RunAsync(home, "liability", "--facts", Facts, "--pack", "uk", "--json")).Expect(0);
        Assert.Equal(first.Output, second.Output);
        using var json = JsonDocument.Parse(first.Output);
        Assert.Equal("decided", json.RootElement.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Facts_with_faults_end_with_1_and_each_fault_with_its_place()
    {
        using var home = new CordonHome();
        var file = home.Write("facts.json", (await File.ReadAllTextAsync(Facts, TestContext.Current.CancellationToken)).Replace("\"receiving\": \"bank-b\"", "\"receiving\": \"bank-x\"", StringComparison.Ordinal));
        var run = (await CordonProcess.RunAsync(home, "liability", "--facts", file, "--pack", "uk")).Expect(1);
        Assert.Contains("facts.json: payments[0].receiving: bank-x is not among the members of the facts.", run.Notes, StringComparison.Ordinal);
        Assert.Contains("payments[1].receiving", run.Notes, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_pack_of_ones_own_judges_and_one_with_faults_tells_each_with_file_and_line()
    {
        using var home = new CordonHome();
        var shipped = Path.Combine(RepositoryFolder.Root, "packs", "uk", "duties");
        (await CordonProcess.RunAsync(home, "liability", "--facts", Facts, "--pack", shipped)).Expect(0);
        var wrong = Path.Combine(home.Files, "wrong");
        Directory.CreateDirectory(wrong);
        foreach (var file in Directory.GetFiles(shipped))
            File.WriteAllText(Path.Combine(wrong, Path.GetFileName(file)), File.ReadAllText(file).Replace("percent: 50", "percent: 500", StringComparison.Ordinal));
        var run = (await CordonProcess.RunAsync(home, "liability", "--facts", Facts, "--pack", wrong)).Expect(1);
        Assert.Matches(@"finance\.yaml:\d+: duties\[1\]\.threshold\.percent: 500 lies outside 0 to 100\.", run.Notes);
        Assert.Matches(@"pack\.yaml:\d+: liability\[0\]\.sending\.percent: 500 lies outside 0 to 100\.", run.Notes);
    }
}
