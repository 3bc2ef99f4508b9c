namespace Cordon.Tests;

/// <summary>Where this checkout lies, and the data beside it that tests read and never copy.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Find();

    /// <summary>A file of the shared data; skips the test, saying why, where it is absent.</summary>
    public static string Shared(params string[] path)
    {
        var file = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. path]));
        Assert.SkipUnless(File.Exists(file) || Directory.Exists(file), $"The data folder is not beside this checkout: ../shared/{string.Join('/', path)}");
        return file;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Cordon.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("Cordon.slnx is in no folder above the tests.");
    }
}
