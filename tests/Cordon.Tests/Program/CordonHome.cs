namespace Cordon.Tests.Program;

/// <summary>A user's home of its own, so that a program under test touches nothing of the person who runs the tests.</summary>
internal sealed class CordonHome : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("cordon-home-");

    public CordonHome()
    {
        foreach (var folder in new[] { Config, Share, Temporary, Files }) Directory.CreateDirectory(folder);
    }

    public string Root => root.FullName;

    public string Config => Path.Combine(Root, "config");

    public string Share => Path.Combine(Root, "share");

    public string Temporary => Path.Combine(Root, "tmp");

    /// <summary>Where a test puts its input; not part of what the program keeps.</summary>
    public string Files => Path.Combine(Root, "files");

    /// <summary>The default data folder of the program in this home.</summary>
    public string Data => Path.Combine(Share, "cordon-data");

    public string Journal => Path.Combine(Data, "journal");

    /// <summary>How long the journal is on disk.</summary>
    public long JournalLength => Directory.Exists(Journal) ? new DirectoryInfo(Journal).EnumerateFiles("*.log").Sum(f => f.Length) : 0;

    public string Write(string name, string text)
    {
        var path = Path.Combine(Files, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        root.Delete(recursive: true);
    }
}
