using System.Text.Json;

namespace Cordon.Tests.Conformance;

/// <summary>
/// The specification's own cases. Excluded are only those that need a message type beyond the well-known ones;
/// cel-exclusions.txt names each with its reason.
/// </summary>
public sealed class CelConformanceTests(ITestOutputHelper output)
{
    // A ratchet: it may be made smaller, never larger.
    private const int MostExclusions = 549;

    [Fact]
    public void Every_case_of_the_specification_passes_unless_it_is_excluded()
    {
        var exclusions = Exclusions();
        var cases = Cases().ToList();
        List<string> faults = [];
        foreach (var one in cases)
        {
            var fault = one.Run();
            if (exclusions.Remove(one.Name))
            {
                if (fault is null) faults.Add($"{one.Name} is excluded and passes: take it off the list");
            }
            else if (fault is not null) faults.Add($"{one.Name}: {one.Expression}\n    {fault}");
        }
        faults.AddRange(exclusions.Select(e => $"{e} is excluded and is no case"));
        output.WriteLine($"{cases.Count} cases of the specification, {Exclusions().Count} excluded.");
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n" + string.Join("\n", faults));
        Assert.InRange(Exclusions().Count, 0, MostExclusions);
    }

    internal static IEnumerable<CelCase> Cases()
    {
        using var stream = File.OpenRead(RepositoryFolder.Shared("conformance", "cel-spec", "json", "conformance-v0.25.1.json"));
        var root = JsonDocument.Parse(stream).RootElement;
        foreach (var file in root.GetProperty("suites").EnumerateArray())
        {
            if (!file.TryGetProperty("suites", out var sections)) continue;
            foreach (var section in sections.EnumerateArray())
            {
                var seen = new HashSet<string>();
                foreach (var test in section.GetProperty("tests").EnumerateArray())
                {
                    var original = test.GetProperty("original");
                    var name = $"{file.GetProperty("name")}/{section.GetProperty("name")}/{original.GetProperty("name")}";
                    var unique = name;
                    for (var i = 2; !seen.Add(unique); i++) unique = $"{name}#{i}";
                    yield return new CelCase(unique, original);
                }
            }
        }
    }

    // One a line: the case, a tab, the reason.
    private static HashSet<string> Exclusions()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryFolder.Root, "tests", "Cordon.Tests", "Conformance", "cel-exclusions.txt"))
            .Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')).ToList();
        Assert.All(lines, l => Assert.True(l.Length == 2 && l[1].Trim().Length > 0, $"'{l[0]}' is excluded without a reason"));
        return [.. lines.Select(l => l[0])];
    }
}
