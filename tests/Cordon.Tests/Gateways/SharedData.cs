namespace Cordon.Tests.Gateways;

/// <summary>Finds the data and vectors that lie beside the repository, and skips a test where they do not.</summary>
internal static class SharedData
{
    public static string Path(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Cordon.slnx"))) folder = folder.Parent;
        var path = folder is null ? relative : System.IO.Path.Combine(folder.FullName, "..", "shared", relative);
        if (!File.Exists(path)) Assert.Skip($"../shared/{relative} is not beside the repository.");
        return path;
    }
}
