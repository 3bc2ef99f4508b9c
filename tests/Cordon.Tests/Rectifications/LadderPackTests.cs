using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Tests.Duties;
using static Cordon.Tests.Rectifications.Mending;

namespace Cordon.Tests.Rectifications;

public sealed class LadderPackTests
{
    private static readonly string Text = File.ReadAllText(ShippedPack.PathOf("packs", "cn", "ladder.yaml"));

    [Fact]
    public void The_shipped_ladder_has_four_rungs_in_order_and_the_admonition_beside_them()
    {
        Assert.Equal([Rung.Criticism, Rung.Interview, Rung.Listing, Rung.Veto], Cn.Order);
        Assert.Equal(SourceTier.Ours, Cn.OrderSource.Tier);
        Assert.Equal(SourceTier.Practice, Cn.Find(Rung.Admonition)!.Source.Tier);
        Assert.Equal(RungIssue.ByTwo, Cn.Find(Rung.Veto)!.Issue);
        Assert.All(Cn.Numbers.Values, n => Assert.Equal(SourceTier.Ours, n.Source.Tier));
        Assert.All(Cn.Rungs.SelectMany(r => r.Effects), e => Assert.Equal((SourceMark.Primary, "29"), (e.Source.Mark!.Value, e.Source.Article)));
        Assert.Equal(new RectificationTerms(30, 15, 28, 28, 2, 90, 15), Cn.Terms);
    }

    [Fact]
    public void A_term_of_months_ends_with_the_last_day_of_the_pack_s_own_clock()
    {
        var offset = TimeSpan.FromHours(8);
        Assert.Equal(At("2026-09-02T16:00:00Z"), new Term(6, 0).After(At("2026-03-01T16:30:00Z"), offset));
        Assert.Equal(At("2026-02-28T16:00:00Z"), new Term(1, 0).After(At("2026-01-31T08:00:00Z"), offset));
        Assert.Equal(At("2026-03-05T16:00:00Z"), new Term(0, 3).After(At("2026-03-02T08:00:00Z"), offset));
    }

    [Fact]
    public void The_hash_changes_with_what_the_pack_says_and_not_with_how_it_is_written()
    {
        Assert.Equal(Cn.Hash, Read(Text + "\n# a comment\n")!.Hash);
        Assert.NotEqual(Cn.Hash, Read(Text.Replace("for: { months: 6 }", "for: { months: 7 }", StringComparison.Ordinal))!.Hash);
    }

    [Theory]
    [InlineData("ladder: cn", "ladder:", DutyPackFaultKind.Missing)]
    [InlineData("utcOffset: \"+08:00\"", "utcOffset: Asia/Shanghai", DutyPackFaultKind.WrongShape)]
    [InlineData("    value: 28", "    value: 0", DutyPackFaultKind.OutOfRange)]
    [InlineData("  watchDays:", "  watchDay:", DutyPackFaultKind.UnknownKey)]
    [InlineData("rungs: [criticism, interview, listing, veto]", "rungs: [criticism, interview, veto, listing]", DutyPackFaultKind.Contradiction)]
    [InlineData("rungs: [criticism, interview, listing, veto]", "rungs: [criticism, interview, veto]", DutyPackFaultKind.Missing)]
    [InlineData("rungs: [criticism, interview, listing, veto]", "rungs: [criticism, criticism, interview, listing, veto]", DutyPackFaultKind.Duplicate)]
    [InlineData("rungs: [criticism, interview, listing, veto]", "rungs: [admonition, criticism, interview, listing, veto]", DutyPackFaultKind.Contradiction)]
    [InlineData("triggers: [overdue, refuted, relapsed]", "triggers: [overdue, forgotten]", DutyPackFaultKind.UnknownWord)]
    [InlineData("triggers: [overdue, refuted, relapsed]", "triggers: [overdue, graveEvent]", DutyPackFaultKind.Contradiction)]
    [InlineData("triggers: [overdue, refuted, relapsed]", "triggers: [overdue, topOfInvolvedListTwoMonths]", DutyPackFaultKind.Contradiction)]
    [InlineData("triggers: [topOfInvolvedListTwoMonths]", "triggers: [overdue]", DutyPackFaultKind.Contradiction)]
    [InlineData("triggers: [listedTargetMissed, graveEvent]", "triggers: [graveEvent]", DutyPackFaultKind.Contradiction)]
    [InlineData("triggers: [listedTargetMissed, graveEvent]", "triggers: [overdue, listedTargetMissed, graveEvent]", DutyPackFaultKind.Contradiction)]
    [InlineData("    limit: { months: 6 }\n", "", DutyPackFaultKind.Missing)]
    [InlineData("    limit: { months: 6 }\n", "    limit: { months: 6, days: 3 }\n", DutyPackFaultKind.Contradiction)]
    [InlineData("issue: byTwo", "issue: byOne", DutyPackFaultKind.Contradiction)]
    [InlineData("issue: byItself\n    stands: { months: 6 }", "issue: byItself\n    limit: { months: 6 }\n    stands: { months: 6 }", DutyPackFaultKind.Contradiction)]
    [InlineData("bars: [honours]", "bars: [holidays]", DutyPackFaultKind.UnknownWord)]
    [InlineData("        from: event\n        on: graveEvent", "        from: event", DutyPackFaultKind.Contradiction)]
    [InlineData("        from: deadline\n        on: listedTargetMissed", "        from: deadline\n        on: graveEvent", DutyPackFaultKind.Contradiction)]
    [InlineData("for: { months: 12 }", "for: { months: 121 }", DutyPackFaultKind.OutOfRange)]
    [InlineData("instrument: cn-icbc-2023", "instrument: cn-nowhere", DutyPackFaultKind.UnknownReference)]
    [InlineData("  - rung: interview", "  - rung: criticism", DutyPackFaultKind.Duplicate)]
    public void A_fault_is_told_with_its_line_and_kind(string right, string wrong, DutyPackFaultKind kind)
    {
        Assert.Contains(right, Text, StringComparison.Ordinal);
        var at = Text.IndexOf(right, StringComparison.Ordinal);
        var faults = new PackFaults("ladder.yaml");
        Assert.Null(LadderPackReader.Read(string.Concat(Text.AsSpan(0, at), wrong, Text.AsSpan(at + right.Length)), faults));
        Assert.Contains(faults.Found, f => f.Kind == kind && f.Line > 0);
    }

    [Fact]
    public void All_faults_of_a_ladder_are_listed_at_once_by_line()
    {
        var text = Text.Replace("ladder: cn", "ladder:", StringComparison.Ordinal)
            .Replace("  watchDays:", "  watchDay:", StringComparison.Ordinal).Replace("issue: byTwo", "issue: byDecree", StringComparison.Ordinal);
        var path = Path.Combine(Directory.CreateTempSubdirectory("cordon-ladder-").FullName, "ladder.yaml");
        File.WriteAllText(path, text);
        var message = Assert.Throws<InvalidDataException>(() => LadderPack.Load(path)).Message;
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        var lines = text.Split('\n').ToList();
        foreach (var (part, told) in new[] { ("ladder:", "'ladder' is missing"), ("  watchDay:", "'watchDay' means nothing here"), ("    issue: byDecree", "'byDecree' is not one of byItself, byOne, byTwo") })
            Assert.Contains(part == "ladder:" ? told : $"line {lines.IndexOf(part) + 1}: ", message, StringComparison.Ordinal);
        Assert.Contains("'watchDays' is missing", message, StringComparison.Ordinal);
        Assert.Contains("'byDecree' is not one of byItself, byOne, byTwo", message, StringComparison.Ordinal);
    }

    private static LadderPack? Read(string text) => LadderPackReader.Read(text, new PackFaults("ladder.yaml"));
}
