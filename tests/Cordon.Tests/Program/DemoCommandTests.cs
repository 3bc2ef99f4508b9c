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
        var plays = await Task.WhenAll(PlayAsync(home, "1"), PlayAsync(home, "1"), PlayAsync(home, "2"));
        var (first, again, other) = (plays[0], plays[1], plays[2]);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.NotEqual(Without(first, "seed"), Without(other, "seed"));
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

    private static string Without(JsonObject summary, string field)
    {
        var copy = summary.DeepClone().AsObject();
        copy.Remove(field);
        return copy.ToJsonString();
    }
}
