namespace Cordon.Tests.Tidy;

/// <summary>House rule 6. The numbers are a ratchet: they may be made smaller, never larger.</summary>
public sealed class LengthTests
{
    private const int LongestFile = 500;
    private const int FileP95 = 350;
    private const int LongestMethod = 60;
    private const int MethodP95 = 30;

    [Fact]
    public void No_file_is_longer_than_the_limit()
    {
        var over = SourceTree.Files.Where(f => f.Lines.Length > LongestFile).Select(f => $"{f.Path}: {f.Lines.Length} lines");
        Assert.Empty(over);
    }

    [Fact]
    public void Most_files_are_much_shorter() =>
        Assert.InRange(Percentile95(SourceTree.Files.Select(f => f.Lines.Length)), 1, FileP95);

    [Fact]
    public void No_method_is_longer_than_the_limit()
    {
        var over = SourceTree.Files.SelectMany(f => SourceTree.Methods(f.Lines).Where(m => m.Length > LongestMethod).Select(m => $"{f.Path}: {m.Name}: {m.Length} lines"));
        Assert.Empty(over);
    }

    [Fact]
    public void Most_methods_are_much_shorter()
    {
        var lengths = SourceTree.Files.SelectMany(f => SourceTree.Methods(f.Lines)).Select(m => m.Length).ToList();
        Assert.True(lengths.Count > 300, "the finder of methods finds too few to be trusted");
        Assert.InRange(Percentile95(lengths), 1, MethodP95);
    }

    private static int Percentile95(IEnumerable<int> lengths)
    {
        var sorted = lengths.Order().ToList();
        return sorted[(int)((sorted.Count - 1) * 0.95)];
    }
}
