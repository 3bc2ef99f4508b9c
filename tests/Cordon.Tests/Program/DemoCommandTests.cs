using System.Text.Json.Nodes;

namespace Cordon.Tests.Program;

/// <summary><c>cordon demo --once</c> as a newcomer starts it.</summary>
public sealed class DemoCommandTests
{
    private static readonly string[] Places = ["heldStopped", "heldFree", "inPool", "cashedOut", "spent", "lostFromSight", "returned"];

    [Fact]
    public async Task The_demo_conserves_every_fen_and_a_seed_says_which_province()
    {
        using var home = new CordonHome();
        // That another seed makes another province is tested where provinces are made.
        var plays = await Task.WhenAll(PlayAsync(home, "2"), PlayAsync(home, "2"));
        Assert.Equal(plays[0].ToJsonString(), plays[1].ToJsonString());
        Assert.Equal(2, plays[0]["seed"]!.GetValue<int>());
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.Temporary, "cordon-demo-*"));
        Assert.False(Directory.Exists(home.Data));
    }

    private static async Task<JsonObject> PlayAsync(CordonHome home, string seed)
    {
        var run = (await CordonProcess.RunAsync(home, "demo", "--once", "--json", "--seed", seed)).Expect(0);
        var summary = run.Json;
        Assert.True(summary.GetProperty("conserved").GetBoolean());
        foreach (var end in new[] { summary.GetProperty("least"), summary.GetProperty("most") })
        {
            var reported = end.GetProperty("reported").GetInt64();
            Assert.True(reported > 0);
            Assert.Equal(reported, Places.Sum(place => end.GetProperty(place).GetInt64()));
        }
        Assert.All(new[] { "signals", "reports", "cases" }, count => Assert.NotEqual(0, summary.GetProperty(count).GetInt64()));
        Assert.NotEmpty(summary.GetProperty("orders").EnumerateObject());
        Assert.NotEmpty(summary.GetProperty("findings").EnumerateArray());
        Assert.DoesNotContain("fault", run.Notes, StringComparison.OrdinalIgnoreCase);
        var told = JsonNode.Parse(run.Output)!.AsObject();
        Assert.True(told.Remove("seconds"));
        return told;
    }
}
