using Cordon.Casework.Duties;

namespace Cordon.Tests.Duties;

public sealed class DutyPackFaultTests
{
    [Theory]
    [InlineData("currency: CNY", "currency: Yuan", 3, DutyPackFaultKind.UnknownWord)]
    [InlineData("utcOffset: \"+00:00\"", "utcOffset: Asia/Shanghai", 4, DutyPackFaultKind.WrongShape)]
    [InlineData("pack: sample", "pack:", 1, DutyPackFaultKind.Missing)]
    [InlineData("pack: sample", "pack: [sample]", 1, DutyPackFaultKind.WrongShape)]
    [InlineData("fine: { from: 5, to: 50 }", "fine: { from: 50, to: 5 }", 11, DutyPackFaultKind.OutOfRange)]
    [InlineData("- id: a", "- name: a", 13, DutyPackFaultKind.UnknownKey)]
    [InlineData("title: { zh-CN: 题, en: title }", "title: { en: title }", 14, DutyPackFaultKind.Missing)]
    [InlineData("title: { zh-CN: 题, en: title }", "title: title", 14, DutyPackFaultKind.WrongShape)]
    [InlineData("source: { instrument: law, article: \"10\", tier: law, mark: S }", "", 13, DutyPackFaultKind.Missing)]
    [InlineData("instrument: law, article: \"10\"", "article: \"10\"", 16, DutyPackFaultKind.Missing)]
    [InlineData("instrument: law, article: \"10\"", "instrument: lore, article: \"10\"", 16, DutyPackFaultKind.UnknownReference)]
    [InlineData("article: \"10\", tier: law", "article: \"10\", tier: rumour", 16, DutyPackFaultKind.UnknownWord)]
    [InlineData("article: \"10\", tier: law, mark: S", "article: \"10\", tier: law, mark: M", 16, DutyPackFaultKind.UnknownWord)]
    [InlineData("from: 2020-01-01", "from: 2020-02-30", 17, DutyPackFaultKind.BadDate)]
    [InlineData("from: 2020-01-01", "from: 2020-01-01, to: 2020-01-01", 17, DutyPackFaultKind.BadDate)]
    [InlineData("[telecomOperator]", "[baker]", 18, DutyPackFaultKind.UnknownWord)]
    [InlineData("[telecomOperator]", "[telecomOperator, telecomOperator]", 18, DutyPackFaultKind.Duplicate)]
    [InlineData("[telecomOperator]", "[]", 18, DutyPackFaultKind.Missing)]
    [InlineData("agents: true", "agents: perhaps", 18, DutyPackFaultKind.WrongShape)]
    [InlineData("link: line", "link: chain", 19, DutyPackFaultKind.UnknownWord)]
    [InlineData("link: line", "link: call", 19, DutyPackFaultKind.Contradiction)]
    [InlineData("control: linesPerPerson", "control: guessing", 20, DutyPackFaultKind.UnknownWord)]
    [InlineData("control: linesPerPerson", "control: lineIdentityVerified", 22, DutyPackFaultKind.Contradiction)]
    [InlineData("control: linesPerPerson", "control: linesPerPerson\n    unmeasured: { zh-CN: 无, en: none }", 21, DutyPackFaultKind.Contradiction)]
    [InlineData("lines: 5", "lines: 0", 22, DutyPackFaultKind.OutOfRange)]
    [InlineData("lines: 5", "lines: five", 22, DutyPackFaultKind.WrongShape)]
    [InlineData("lines: 5", "cards: 5", 22, DutyPackFaultKind.UnknownKey)]
    [InlineData("tier: ours, note: chosen", "tier: ours", 23, DutyPackFaultKind.Missing)]
    [InlineData("tier: ours, note: chosen", "tier: ours, note: chosen, mark: P", 23, DutyPackFaultKind.Contradiction)]
    [InlineData("sanction: fine", "sanction: exile", 25, DutyPackFaultKind.UnknownReference)]
    [InlineData("currency: CNY", "currency: [", 0, DutyPackFaultKind.Unreadable)]
    [InlineData("currency: CNY", "currency: &c CNY\nother: *c", 4, DutyPackFaultKind.Unreadable)]
    [InlineData("currency: CNY", "currency: CNY\ncurrency: CNY", 4, DutyPackFaultKind.Unreadable)]
    public void A_fault_is_told_with_its_line_and_kind(string right, string wrong, int line, DutyPackFaultKind kind)
    {
        var text = Sample.Pack();
        Assert.Contains(right, text, StringComparison.Ordinal);
        var reading = DutyPackReader.Read(text.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(reading.Pack);
        Assert.Contains(reading.Faults, f => f.Line == line && f.Kind == kind);
    }

    [Fact]
    public void A_control_that_nothing_measures_must_say_why()
    {
        var duty = Sample.Duty("a")
            .Replace("linesPerPerson", "suspectLinesReverified", StringComparison.Ordinal)
            .Replace("    threshold:\n      lines: 5\n      source: { tier: ours, note: chosen }\n", "", StringComparison.Ordinal);
        var fault = Assert.Single(DutyPackReader.Read(Sample.Pack(duty)).Faults);
        Assert.Equal((13, "duties[0].unmeasured", DutyPackFaultKind.Missing), (fault.Line, fault.Path, fault.Kind));
        var mended = duty.Replace("    follows:", "    unmeasured: { zh-CN: 无, en: nothing tells it }\n    follows:", StringComparison.Ordinal);
        var reading = DutyPackReader.Read(Sample.Pack(mended));
        Assert.Empty(reading.Faults);
        Assert.Equal("nothing tells it", reading.Pack!.Duties[0].Unmeasured!.En);
    }

    [Theory]
    [InlineData("{ from: 2020-01-01 }", "{ from: 2020-01-01 }", DutyPackFaultKind.Duplicate)]
    [InlineData("{ from: 2020-01-01, to: 2022-01-02 }", "{ from: 2022-01-01 }", DutyPackFaultKind.Duplicate)]
    [InlineData("{ from: 2020-01-01, to: 2021-12-31 }", "{ from: 2022-01-01 }", DutyPackFaultKind.Gap)]
    public void Versions_of_one_duty_neither_overlap_nor_leave_a_gap(string first, string second, DutyPackFaultKind kind)
    {
        var fault = Assert.Single(DutyPackReader.Read(Sample.Pack(Sample.Duty("a", first), Sample.Duty("a", second))).Faults);
        Assert.Equal((26, kind), (fault.Line, fault.Kind));
    }

    [Fact]
    public void Instruments_and_sanctions_listed_twice_are_faults()
    {
        const string Instrument = "  - { id: law, title: { zh-CN: 法, en: law }, where: here }\n";
        var reading = DutyPackReader.Read(Sample.Pack().Replace(Instrument, Instrument + Instrument, StringComparison.Ordinal));
        Assert.Equal((7, DutyPackFaultKind.Duplicate), Assert.Single(reading.Faults.Select(f => (f.Line, f.Kind))));
    }

    [Fact]
    public void Every_fault_is_told_at_once_in_the_order_of_the_lines()
    {
        var text = Sample.Pack()
            .Replace("currency: CNY", "currency: Yuan", StringComparison.Ordinal)
            .Replace("from: 2020-01-01", "from: yesterday", StringComparison.Ordinal)
            .Replace("[telecomOperator]", "[baker]", StringComparison.Ordinal)
            .Replace("lines: 5", "lines: 0", StringComparison.Ordinal);
        Assert.Equal([3, 17, 18, 22], DutyPackReader.Read(text).Faults.Select(f => f.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--- {}\n--- {}\n")]
    [InlineData("just a text")]
    [InlineData("- a\n- b\n")]
    public void What_is_no_pack_at_all_is_refused(string text)
    {
        var reading = DutyPackReader.Read(text);
        Assert.Null(reading.Pack);
        Assert.NotEmpty(reading.Faults);
    }

    [Fact]
    public void A_file_of_brackets_is_a_fault_and_does_not_bring_the_process_down()
    {
        var fault = Assert.Single(DutyPackReader.Read(new string('[', 100_000)).Faults);
        Assert.Equal(DutyPackFaultKind.Unreadable, fault.Kind);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_fault_and_not_an_exception()
    {
        var fault = Assert.Single(DutyPack.Load(Path.Combine(AppContext.BaseDirectory, "no-such-pack.yaml")).Faults);
        Assert.Equal((0, DutyPackFaultKind.Unreadable), (fault.Line, fault.Kind));
    }
}
