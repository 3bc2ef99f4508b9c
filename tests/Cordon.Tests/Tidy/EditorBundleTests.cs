using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Cordon.Tests.Tidy;

/// <summary>The rule desk's editor is built by hand (src/Cordon/Editor/README.md) and committed: here it is held to its source.</summary>
public sealed partial class EditorBundleTests
{
    private static readonly string Bundle = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "src", "Cordon", "wwwroot", "rule-editor.js"));

    [Fact]
    public void The_bundle_is_built_from_the_source_that_lies_beside_it()
    {
        var folder = Path.Combine(RepositoryFolder.Root, "src", "Cordon", "Editor");
        var source = File.ReadAllText(Path.Combine(folder, "editor.js")) + File.ReadAllText(Path.Combine(folder, "package-lock.json"));
        Assert.Equal(Told().Groups["source"].Value, Hash(source));
    }

    [Fact]
    public void The_bundle_was_not_changed_by_hand() => Assert.Equal(Told().Groups["bundle"].Value, Hash(Bundle[(Bundle.IndexOf('\n', StringComparison.Ordinal) + 1)..]));

    [Fact]
    public void Every_package_of_the_bundle_has_its_licence_told()
    {
        var told = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "src", "Cordon", "wwwroot", "rule-editor.LICENSE.txt"));
        var packages = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "src", "Cordon", "Editor", "package.json"));
        Assert.All(Dependency().Matches(packages[..packages.IndexOf("devDependencies", StringComparison.Ordinal)]).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}"),
            package => Assert.Contains(package + " ", told, StringComparison.Ordinal));
    }

    private static Match Told()
    {
        var told = Banner().Match(Bundle);
        Assert.True(told.Success, "The bundle's first line does not say what it was built from; build it as src/Cordon/Editor/README.md tells.");
        return told;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("^/\\*.* source (?<source>[0-9a-f]{64}), bundle (?<bundle>[0-9a-f]{64})\\. \\*/\n")]
    private static partial Regex Banner();

    [GeneratedRegex("\"(@[a-z]+/[a-z-]+)\": \"([0-9.]+)\"")]
    private static partial Regex Dependency();
}
