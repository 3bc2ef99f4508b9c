using System.IO.Compression;

namespace Cordon.Tests.Money;

/// <summary>Finds third-party data beside the repository; where it is absent the test says so and is skipped.</summary>
internal static class SharedData
{
    /// <summary>The lines of a file under <c>../shared/data</c>, without the first and empty ones (some end in two carriage returns), unpacked where it ends in .gz.</summary>
    public static IEnumerable<string> Lines(string file)
    {
        using var raw = File.OpenRead(Require(file));
        using var text = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw);
        text.ReadLine();
        while (text.ReadLine() is { } line)
            if (line.Length > 0) yield return line;
    }

    private static string Require(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cordon.slnx"))) folder = folder.Parent;
        var path = Path.GetFullPath(Path.Combine(folder?.FullName ?? ".", "..", "shared", "data", file));
        if (!File.Exists(path)) Assert.Skip($"No {file} under ../shared/data beside the repository.");
        return path;
    }
}
