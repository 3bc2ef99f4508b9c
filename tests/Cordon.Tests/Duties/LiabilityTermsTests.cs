using Cordon.Casework.Duties;

namespace Cordon.Tests.Duties;

public sealed class LiabilityTermsTests
{
    private const string Waterfall = """
        liability:
          - model: waterfall
            effective: { from: 2020-01-01 }
            source: { instrument: law, tier: rule, mark: S }
            ask: { days: 7, source: { tier: ours, note: chosen } }
            excludes:
              - { circumstance: malware, source: { instrument: law, tier: rule, mark: S } }
            report: { days: 30, source: { instrument: law, tier: rule, mark: S } }
            papers: { days: 3, source: { instrument: law, tier: rule, mark: S } }
            steps:
              - { bears: operator, duties: [a], source: { instrument: law, tier: rule, mark: S } }

        """;

    [Fact]
    public void A_model_is_read_with_its_numbers_and_their_sources()
    {
        var terms = Assert.IsType<WaterfallTerms>(Assert.Single(Read(Waterfall).Pack!.Liability));
        Assert.Equal((7, SourceTier.Ours), (terms.AskDays.Value, terms.AskDays.Source.Tier));
        Assert.Equal((30, 3), (terms.ReportDays.Value, terms.PapersDays.Value));
        Assert.Equal((LiabilityParty.Operator, "a"), (Assert.Single(terms.Steps).Bears, terms.Steps[0].Duties[0]));
        Assert.Equal(Circumstance.Malware, Assert.Single(terms.Excludes).When);
    }

    [Theory]
    [InlineData("model: waterfall", "model: cascade", 2, "liability[0].model", DutyPackFaultKind.UnknownWord)]
    [InlineData("effective: { from: 2020-01-01 }", "effective: { from: then }", 3, "liability[0].effective.from", DutyPackFaultKind.BadDate)]
    [InlineData("tier: ours, note: chosen", "tier: ours", 5, "liability[0].ask.source.note", DutyPackFaultKind.Missing)]
    [InlineData("days: 7", "days: 0", 5, "liability[0].ask.days", DutyPackFaultKind.OutOfRange)]
    [InlineData("circumstance: malware", "circumstance: weather", 7, "liability[0].excludes[0].circumstance", DutyPackFaultKind.UnknownWord)]
    [InlineData("    papers: { days: 3, source: { instrument: law, tier: rule, mark: S } }\n", "", 2, "liability[0].papers", DutyPackFaultKind.Missing)]
    [InlineData("days: 3, source: { instrument: law,", "days: 3, source: { instrument: lore,", 9, "liability[0].papers.source.instrument", DutyPackFaultKind.UnknownReference)]
    [InlineData("duties: [a]", "duties: [b]", 11, "liability[0].steps[0].duties", DutyPackFaultKind.UnknownReference)]
    [InlineData("duties: [a]", "duties: [a, a]", 11, "liability[0].steps[0].duties", DutyPackFaultKind.Duplicate)]
    [InlineData("bears: operator", "bears: sending", 11, "liability[0].steps[0].duties", DutyPackFaultKind.Contradiction)]
    [InlineData("    steps:", "    cap: { minor: 5, source: { tier: ours, note: chosen } }\n    steps:", 10, "liability[0].cap", DutyPackFaultKind.Contradiction)]
    public void A_fault_of_a_model_is_told_with_its_line(string right, string wrong, int line, string path, DutyPackFaultKind kind)
    {
        Assert.Contains(right, Waterfall, StringComparison.Ordinal);
        var reading = Read(Waterfall.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(reading.Pack);
        Assert.Contains(reading.Faults, f => f.Line == line + Before && f.Path == path && f.Kind == kind);
    }

    [Theory]
    [InlineData("{ from: 2020-01-01 }", "{ from: 2021-01-01 }", DutyPackFaultKind.Duplicate)]
    [InlineData("{ from: 2020-01-01, to: 2021-01-01 }", "{ from: 2021-01-02 }", DutyPackFaultKind.Gap)]
    public void Versions_of_a_model_neither_overlap_nor_leave_a_gap(string first, string second, DutyPackFaultKind kind)
    {
        var fault = Assert.Single(Read(Two(first, second)).Faults);
        Assert.Equal((kind, "liability[1].effective"), (fault.Kind, fault.Path));
    }

    [Fact]
    public void Versions_that_follow_one_another_are_both_kept_in_order()
    {
        var pack = Read(Two("{ from: 2021-01-01 }", "{ from: 2020-01-01, to: 2021-01-01 }")).Pack!;
        Assert.Equal([new DateOnly(2020, 1, 1), new DateOnly(2021, 1, 1)], pack.Liability.Select(t => pack.DayOf(t.Term.From)));
    }

    [Theory]
    [InlineData("days: 7", "days: 8")]
    [InlineData("circumstance: malware", "circumstance: authorised")]
    [InlineData("circumstance: malware", "circumstance: malware, unlessVulnerable: true")]
    [InlineData("from: 2020-01-01", "from: 2020-01-02")]
    [InlineData("note: chosen", "note: { zh-CN: 选定, en: chosen }")]
    [InlineData("days: 3, source: { instrument: law, tier: rule", "days: 3, source: { instrument: law, tier: law")]
    public void The_hash_changes_with_whatever_a_model_says(string was, string becomes)
    {
        Assert.Contains(was, Waterfall, StringComparison.Ordinal);
        Assert.NotEqual(Read(Waterfall).Pack!.Hash, Read(Waterfall.Replace(was, becomes, StringComparison.Ordinal)).Pack!.Hash);
        Assert.NotEqual(Read(Waterfall).Pack!.Hash, Read("").Pack!.Hash);
    }

    [Fact]
    public void The_latest_day_of_a_reimbursement_does_not_lie_before_the_first()
    {
        var text = File.ReadAllText(Path.Combine(ShippedPack.FolderOf("uk"), "pack.yaml")).Replace("businessDays: 35", "businessDays: 4", StringComparison.Ordinal);
        var fault = Assert.Single(DutyPackReader.Read([new DutyPackFile("pack.yaml", text), .. Others("uk")]).Faults);
        Assert.Equal(("liability[0].payLast", DutyPackFaultKind.OutOfRange), (fault.Path, fault.Kind));
    }

    [Theory]
    [MemberData(nameof(ShippedPack.Jurisdictions), MemberType = typeof(ShippedPack))]
    public void Every_note_of_a_shipped_pack_stands_in_both_languages(string jurisdiction)
    {
        var pack = ShippedPack.Of(jurisdiction);
        var notes = pack.Duties.SelectMany(d => new[] { d.Source.Note, d.Threshold?.Source.Note }.Concat(d.Follows.Select(f => f.Note)))
            .Concat(pack.Liability.SelectMany(t => t.Numbers).Select(n => n.Number.Source.Note)).Concat(pack.Liability.SelectMany(t => t.Excludes).Select(e => e.Source.Note));
        Assert.All(notes.OfType<Wording>(), note => Assert.NotEqual(note.Zh, note.En));
    }

    /// <summary>Lines of the sample before the model.</summary>
    private static int Before => Sample.Pack().Count(c => c == '\n');

    private static string Two(string first, string second) =>
        Waterfall.Replace("{ from: 2020-01-01 }", first, StringComparison.Ordinal)
        + Waterfall.Replace("liability:\n", "", StringComparison.Ordinal).Replace("{ from: 2020-01-01 }", second, StringComparison.Ordinal);

    private static DutyPackReading Read(string liability) => DutyPackReader.Read(Sample.Pack() + liability.ReplaceLineEndings("\n"));

    private static IEnumerable<DutyPackFile> Others(string jurisdiction) => Directory.GetFiles(ShippedPack.FolderOf(jurisdiction), "*.yaml")
        .Where(f => Path.GetFileName(f) != "pack.yaml").Select(f => new DutyPackFile(Path.GetFileName(f), File.ReadAllText(f)));
}
