using System.Text.RegularExpressions;

namespace Cordon.Tests.Tidy;

/// <summary>The sources as text: what the tidy rules look at.</summary>
internal static partial class SourceTree
{
    /// <summary>Every hand-written C# and Razor file below src and tests, by its path from the root.</summary>
    public static IReadOnlyList<(string Path, string[] Lines)> Files { get; } =
        new[] { "src", "tests" }
            .SelectMany(top => Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, top), "*", SearchOption.AllDirectories))
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(RepositoryFolder.Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(f => (f, File.ReadAllLines(Path.Combine(RepositoryFolder.Root, f))))
            .ToList();

    /// <summary>Each method's name and length in lines, found by indentation: a signature line, a brace, the brace that closes it.</summary>
    public static IEnumerable<(string Name, int Length)> Methods(string[] lines)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Trim() != "{" || !Signature().IsMatch(SignatureBefore(lines, i))) continue;
            var indent = lines[i][..lines[i].IndexOf('{', StringComparison.Ordinal)];
            var end = Array.FindIndex(lines, i + 1, l => l == indent + "}");
            if (end > 0) yield return ($"{SignatureBefore(lines, i).Trim()}", end - i + 1);
        }
    }

    // A signature may be wrapped: its lines are joined back to the one that starts with an access modifier.
    private static string SignatureBefore(string[] lines, int brace)
    {
        var text = "";
        for (var i = brace - 1; i >= 0 && i > brace - 8; i--)
        {
            text = lines[i].Trim() + " " + text;
            if (Modifier().IsMatch(lines[i])) return text;
            if (lines[i].Length == 0 || lines[i].EndsWith(';') || lines[i].EndsWith('}')) break;
        }
        return "";
    }

    [GeneratedRegex(@"^\s+(public|internal|private|protected)\s")]
    private static partial Regex Modifier();

    // A record with a primary constructor looks like a method but for its keyword.
    [GeneratedRegex(@"^(public|internal|private|protected)\s(?!.*\b(record|class|struct|interface)\b)[^=]*\([^=]*\)[^=]*$")]
    private static partial Regex Signature();
}
