using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Cordon.Tests.Tidy;

/// <summary>The arrows of the design point one way, and modules speak through their façades.</summary>
public sealed partial class BoundaryTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Cordon.Engine"] = [],
        ["Cordon.Journal"] = ["Cordon.Engine"],
        ["Cordon.Casework"] = ["Cordon.Journal"],
        ["Cordon.Gateways"] = ["Cordon.Casework"],
        ["Cordon.Simulator"] = ["Cordon.Engine"],
        ["Cordon"] = ["Cordon.Gateways", "Cordon.Simulator"],
    };

    [Fact]
    public void A_project_refers_only_to_the_ones_below_it()
    {
        foreach (var project in Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
            Assert.True(Allowed.ContainsKey(name), $"{name} is not in the design");
            Assert.Equal(Allowed[name].Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_engine_has_no_package_clock_file_task_or_culture()
    {
        var project = XDocument.Load(Path.Combine(RepositoryFolder.Root, "src", "Cordon.Engine", "Cordon.Engine.csproj"));
        Assert.Empty(project.Descendants("PackageReference"));
        var faults = SourceTree.Files.Where(f => f.Path.StartsWith("src/Cordon.Engine/", StringComparison.Ordinal))
            .SelectMany(f => f.Lines.Where(l => Impure().IsMatch(l)).Select(l => $"{f.Path}: {l.Trim()}"));
        Assert.Empty(faults);
    }

    [Fact]
    public void Engine_journal_and_casework_never_mention_the_simulator_or_the_program()
    {
        var faults = SourceTree.Files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal)
                && !f.Path.StartsWith("src/Cordon/", StringComparison.Ordinal) && !f.Path.StartsWith("src/Cordon.Simulator/", StringComparison.Ordinal))
            .Where(f => f.Lines.Any(l => l.StartsWith("using Cordon.Simulator", StringComparison.Ordinal)))
            .Select(f => f.Path);
        Assert.Empty(faults);
    }

    [Fact]
    public void Folders_and_types_carry_names_of_the_field()
    {
        var faults = SourceTree.Files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal))
            .Where(f => EmptyName().IsMatch(f.Path[(f.Path.IndexOf('/', StringComparison.Ordinal) + 1)..])).Select(f => f.Path);
        Assert.Empty(faults);
    }

    [Fact]
    public void Nothing_is_silenced_and_nothing_is_left_undone()
    {
        var faults = SourceTree.Files.Where(f => !f.Path.EndsWith("/BoundaryTests.cs", StringComparison.Ordinal))
            .SelectMany(f => f.Lines.Where(l => Undone().IsMatch(l)).Select(l => $"{f.Path}: {l.Trim()}"));
        Assert.Empty(faults);
    }

    [GeneratedRegex(@"using System\.(IO|Net|Threading\.Tasks)\b|TimeProvider|DateTime(Offset)?\.(Utc)?Now|CurrentCulture|TimeZoneInfo|\basync\b|IServiceProvider")]
    private static partial Regex Impure();

    [GeneratedRegex(@"(^|/)(Core|Common|Services?|Utils?|Utilities|Helpers?|Misc|Shared)/|(Manager|Helper|Util|Utils|Service)\.cs$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"NotImplementedException|\b(TODO|FIXME|HACK)\b|catch\s*\{\s*\}|catch\s*\(Exception[^)]*\)\s*\{\s*\}")]
    private static partial Regex Undone();
}
