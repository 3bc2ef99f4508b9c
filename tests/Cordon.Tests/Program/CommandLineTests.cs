using Cordon.Commands;

namespace Cordon.Tests.Program;

/// <summary>What the program says and how it ends, as a script or a person at a terminal meets it.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string, string[]> Commands { get; } = new()
    {
        { "serve", ["--data", "--db", "--token-key", "--address", "--behind-proxy"] },
        { "demo", ["--once", "--seed", "--address", "--json"] },
        { "import", ["FILE", "--as", "--preset", "--data", "--server", "--key", "--db", "--token-key", "--set", "--strict", "--quarantine", "--json", "amlgentex"] },
        { "trace", ["--transfer", "--account", "--at", "--amount", "--currency", "--until", "--depth", "--method", "--compare", "--dot", "--svg", "--data", "--server", "--json"] },
        { "detect", ["--in", "--preset", "--out", "--alerts", "--transfers", "--labels", "--json"] },
        { "verify", ["--checkpoint", "--verifier", "--data", "--db", "--json"] },
        { "liability", ["--facts", "--pack", "--language", "--json", "au, cn, sg, uk"] },
        { "token", ["create", "rotate", "make", "--token-key", "--data"] },
        { "token create", ["--token-key", "--data", "--json"] },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_names_every_option_of_a_command(string command, string[] words)
    {
        using var home = new CordonHome();
        var run = (await CordonProcess.RunAsync(home, [.. command.Split(' '), "--help"])).Expect(0);
        Assert.All(words, word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
        Assert.Equal("", run.Notes);
        Assert.False(Directory.Exists(home.Data));
    }

    [Fact]
    public async Task A_file_that_is_no_checkpoint_does_not_read_as_if_the_log_were_altered()
    {
        using var home = new CordonHome();
        Directory.CreateDirectory(home.Data);
        await File.WriteAllTextAsync(DataFolder.DatabaseOf(home.Data), "", TestContext.Current.CancellationToken);
        var run = (await CordonProcess.RunAsync(home, "verify", "--checkpoint", home.Write("shopping.txt", "milk, bread"))).Expect(2);
        Assert.Contains("is no checkpoint", run.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("altered", run.Notes + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_of_the_program_names_every_command_and_the_exit_codes()
    {
        using var home = new CordonHome();
        var run = (await CordonProcess.RunAsync(home, "--help")).Expect(0);
        Assert.All(Commands, c => Assert.Contains(c.Data.Item1.Split(' ')[0], run.Output, StringComparison.Ordinal));
        Assert.Contains("Exit codes: 0 done, 1 the work found faults, 2 wrong usage.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'cordon --help'")]
    [InlineData("'cordon --help'", "--nonsense")]
    [InlineData("'cordon --help'", "improt")]
    [InlineData("'cordon import --help'", "import")]
    [InlineData("'cordon import --help'", "import", "x.csv", "--pressed", "amlsim")]
    [InlineData("'cordon import --help'", "import", "x.csv", "--as", "dreams")]
    [InlineData("'cordon trace --help'", "trace")]
    [InlineData("'cordon trace --help'", "trace", "--transfer")]
    [InlineData("'cordon trace --help'", "trace", "--account", "a:1", "--at", "2026-03-02", "--amount")]
    [InlineData("'cordon trace --help'", "trace", "--transfer", "1", "--account", "a:1")]
    [InlineData("'cordon trace --help'", "trace", "--account", "a:1")]
    [InlineData("'cordon demo --help'", "demo", "--seed", "-4")]
    [InlineData("'cordon serve --help'", "serve", "--address", "here")]
    [InlineData("'cordon import --help'", "import", "x.csv", "--server", "ftp://here")]
    [InlineData("'cordon token create --help'", "token", "create", "--depth", "1")]
    [InlineData("'cordon liability --help'", "liability", "--facts", "absent.json")]
    [InlineData("'cordon liability --help'", "liability", "--facts", "absent.json", "--pack", "sg", "--language", "fr")]
    [InlineData("no file", "liability", "--facts", "absent.json", "--pack", "sg")]
    [InlineData("no file", "import", "absent.csv")]
    [InlineData("no data folder", "trace", "--transfer", "1")]
    [InlineData("nothing to verify", "verify")]
    [InlineData("preset", "import", "../files", "--preset", "absent")]
    public async Task Wrong_usage_ends_with_2_and_a_hint_on_standard_error(string hint, params string[] arguments)
    {
        using var home = new CordonHome();
        var run = (await CordonProcess.RunAsync(home, arguments)).Expect(2);
        Assert.Contains(hint, run.Notes, StringComparison.Ordinal);
        Assert.StartsWith("cordon: ", run.Notes, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.False(Directory.Exists(home.Data));
    }

    [Fact]
    public async Task A_token_key_inside_the_data_folder_is_refused()
    {
        using var home = new CordonHome();
        var inside = Path.Combine(home.Data, "token.key");
        var run = await CordonProcess.RunAsync(home, "token", "create", "--token-key", inside);
        Assert.NotEqual(0, run.Exit);
        Assert.Contains("data folder", run.Notes, StringComparison.Ordinal);
        Assert.False(File.Exists(inside));
    }

    [Fact]
    public async Task Tokens_are_made_line_for_line_and_a_wrong_number_is_not_repeated()
    {
        using var home = new CordonHome();
        (await CordonProcess.RunAsync(home, "token", "create", "--json")).Expect(0);
        var run = (await CordonProcess.RunWithInputAsync(home, "360426199101010071\n360426199101010072\n36042619910101007 1\n", "token", "make")).Expect(1);
        var lines = run.Output.Split('\n');
        Assert.Matches("^p1-[0-9a-f]{32}$", lines[0]);
        Assert.Equal("", lines[1]);
        Assert.Equal(lines[0], lines[2]);
        Assert.Contains("line 2", run.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("010072", run.Notes, StringComparison.Ordinal);
        var json = (await CordonProcess.RunWithInputAsync(home, "360426199101010071\n360426199101010072\n", "token", "make", "--json")).Expect(1);
        Assert.Equal([(1, lines[0]), (2, null)], json.Json.EnumerateArray().Select(e => (e.GetProperty("line").GetInt32(), e.TryGetProperty("token", out var token) ? token.GetString() : null)));
        Assert.Equal("", json.Notes);
        Assert.Equal(0, (await CordonProcess.RunAsync(home, "token", "make", "--json")).Expect(0).Json.GetArrayLength());
        (await CordonProcess.RunAsync(home, "token", "create")).Expect(1);
        var rotated = (await CordonProcess.RunAsync(home, "token", "rotate", "--json")).Expect(0);
        Assert.Equal(2, rotated.Json.GetProperty("current").GetInt32());
    }
}
