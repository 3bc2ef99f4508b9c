using Cordon.Casework.Duties;
using Cordon.Tests.Journal;

namespace Cordon.Tests.Duties;

public sealed class DutyPackFolderTests
{
    [Fact]
    public void How_duties_lie_in_files_and_the_order_of_the_files_do_not_enter_the_hash()
    {
        var whole = Read(("whole.yaml", Sample.Pack(Sample.Duty("a"), Sample.Duty("b"), Sample.Duty("c"))));
        var split = Read(("pack.yaml", Head), ("one.yaml", Duties(Sample.Duty("b"))), ("two.yaml", Duties(Sample.Duty("c"), Sample.Duty("a"))));
        var other = Read(("z.yaml", Duties(Sample.Duty("a"))), ("m.yaml", Sample.Pack(Sample.Duty("c"))), ("a.yaml", Duties(Sample.Duty("b"))));
        Assert.Equal(whole.Hash, split.Hash);
        Assert.Equal(whole.Hash, other.Hash);
        Assert.NotEqual(whole.Hash, Read(("pack.yaml", Head), ("one.yaml", Duties(Sample.Duty("a"), Sample.Duty("b")))).Hash);
    }

    [Fact]
    public void Faults_of_all_files_are_told_at_once_each_with_its_file_and_line()
    {
        var faults = Faults(
            ("pack.yaml", Head.Replace("CNY", "Yuan", StringComparison.Ordinal)),
            ("lines.yaml", Duties(Sample.Duty("a")).Replace("lines: 5", "lines: 0", StringComparison.Ordinal)),
            ("other.yaml", Duties(Sample.Duty("b")).Replace("from: 2020-01-01", "from: yesterday", StringComparison.Ordinal)),
            ("torn.yaml", "duties: ["));
        Assert.Equal(["lines.yaml:11: duties[0].threshold.lines: 0 lies outside 1 to 1000.", "other.yaml:6: duties[0].effective.from: 'yesterday' is not a date of the form 2022-12-01.", "pack.yaml:3: currency: 'Yuan' is not an ISO 4217 code."],
            faults.Where(f => f.File != "torn.yaml").Select(f => f.ToString()));
        Assert.Contains(faults, f => f.File == "torn.yaml" && f.Kind == DutyPackFaultKind.Unreadable);
    }

    [Theory]
    [InlineData("{ from: 2020-01-01, to: 2022-01-02 }", "{ from: 2022-01-01 }", DutyPackFaultKind.Duplicate, "two.yaml:2: duties[0].id: 'a' of one.yaml:2 is in force at the same time.")]
    [InlineData("{ from: 2022-01-01 }", "{ from: 2020-01-01, to: 2021-12-31 }", DutyPackFaultKind.Gap, "one.yaml:2: duties[0].id: No version of 'a' is in force between that of two.yaml:2 and this one.")]
    public void Versions_in_two_files_neither_overlap_nor_leave_a_gap(string first, string second, DutyPackFaultKind kind, string told)
    {
        var fault = Assert.Single(Faults(("pack.yaml", Head), ("one.yaml", Duties(Sample.Duty("a", first))), ("two.yaml", Duties(Sample.Duty("a", second)))));
        Assert.Equal((kind, told), (fault.Kind, fault.ToString()));
    }

    [Fact]
    public void One_file_and_one_only_says_which_pack_it_is()
    {
        var none = Assert.Single(Faults(("one.yaml", Duties(Sample.Duty("a"))), ("two.yaml", Duties(Sample.Duty("b")))));
        Assert.Equal(("", 0, "pack", DutyPackFaultKind.Missing), (none.File, none.Line, none.Path, none.Kind));
        var both = Faults(("a.yaml", Sample.Pack(Sample.Duty("a"))), ("b.yaml", Sample.Pack(Sample.Duty("b"))));
        Assert.Contains(both, f => f is { File: "b.yaml", Line: 1, Path: "pack", Kind: DutyPackFaultKind.Duplicate });
        var astray = Assert.Single(Faults(("pack.yaml", Head), ("one.yaml", Duties(Sample.Duty("a")) + "currency: CNY\n")));
        Assert.Equal(("one.yaml", DutyPackFaultKind.UnknownKey), (astray.File, astray.Kind));
    }

    [Fact]
    public void A_folder_is_read_from_the_disk_and_other_files_in_it_are_left_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "pack.yaml"), Head);
        File.WriteAllText(Path.Combine(folder.Path, "lines.yaml"), Duties(Sample.Duty("a")));
        File.WriteAllText(Path.Combine(folder.Path, "notes.txt"), "not: [a pack");
        Assert.Equal(Read(("whole.yaml", Sample.Pack(Sample.Duty("a")))).Hash, DutyPack.Load(folder.Path).Pack!.Hash);
        Assert.Equal(Read(("whole.yaml", Sample.Pack(Sample.Duty("a")))).Hash, DutyPack.Load(Written(folder.Path, Sample.Pack(Sample.Duty("a")))).Pack!.Hash);
    }

    [Fact]
    public void A_folder_without_a_pack_or_without_a_duty_is_a_fault()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("The folder holds no .yaml file.", Assert.Single(DutyPack.Load(folder.Path).Faults).ToString());
        File.WriteAllText(Path.Combine(folder.Path, "pack.yaml"), Head);
        Assert.Contains(DutyPack.Load(folder.Path).Faults, f => f.Kind == DutyPackFaultKind.Missing && f.Path == "duties");
    }

    private static string Head => Sample.Pack().Split("duties:\n")[0];

    private static string Duties(params string[] duties) => "duties:\n" + string.Concat(duties);

    private static DutyPackReading Reading((string Name, string Text)[] files) => DutyPackReader.Read([.. files.Select(f => new DutyPackFile(f.Name, f.Text))]);

    private static System.Collections.Immutable.ImmutableArray<DutyPackFault> Faults(params (string Name, string Text)[] files) => Reading(files).Faults;

    private static DutyPack Read(params (string Name, string Text)[] files)
    {
        Assert.Empty(Reading(files).Faults);
        return Reading(files).Pack!;
    }

    private static string Written(string folder, string text)
    {
        var file = Path.Combine(folder, "whole.yaml");
        File.WriteAllText(file, text);
        return file;
    }
}
