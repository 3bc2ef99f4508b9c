using System.Globalization;
using System.Text;
using Cordon.Casework.Duties;

namespace Cordon.Tests.Duties;

/// <summary>The tables of shipped duties in the docs are made from the packs. CORDON_APPROVE=1 writes them anew.</summary>
public sealed class DutyTableTests
{
    [Theory]
    [MemberData(nameof(ShippedPack.Jurisdictions), MemberType = typeof(ShippedPack))]
    public void The_page_of_a_jurisdictions_duties_agrees_with_its_pack(string jurisdiction)
    {
        var file = Path.Combine(RepositoryFolder.Root, "docs", "reference", $"duties-{jurisdiction}.md");
        var page = Write(ShippedPack.Of(jurisdiction));
        if (Environment.GetEnvironmentVariable("CORDON_APPROVE") == "1") File.WriteAllText(file, page);
        Assert.True(File.Exists(file), $"{file} is missing: run with CORDON_APPROVE=1 and read what it writes");
        Assert.Equal(page, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    private static string Write(DutyPack pack)
    {
        var page = new StringBuilder();
        var ids = pack.Duties.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count();
        page.Append(CultureInfo.InvariantCulture, $"# Reference: {pack.Title.En}\n\nWhat `packs/{pack.Id}/duties` ships: {ids} duties in {pack.Duties.Length} versions. This page is made from it by a test; [duty packs](duties.md) tells how to read it.\n");
        page.Append("Read: P the primary text, S a copy or report of it, ours where no source fixes it.\n");
        foreach (var measured in new[] { true, false })
        {
            var duties = pack.Duties.Where(d => d.Unmeasured is null == measured).ToList();
            if (duties.Count == 0) continue;
            page.Append(CultureInfo.InvariantCulture, $"\n## {(measured ? "Measured now" : "Named, not measured yet")}\n\n| duty | what is owed | source | in force | who owes it | control | threshold |{(measured ? "" : " why not |")}\n|---|---|---|---|---|---|---|{(measured ? "" : "---|")}\n");
            foreach (var duty in duties)
                page.Append(CultureInfo.InvariantCulture, $"| `{duty.Id}` | {duty.Text.En} | {Source(duty.Source)} | {Term(pack, duty.Term)} | {string.Join(", ", duty.Owes.Sectors.Select(Words.Of))}{(duty.Owes.Agents ? ", with agents" : "")} | `{Words.Of(duty.Control)}` | {Threshold(duty.Threshold)} |{(duty.Unmeasured is { } why ? $" {why.En} |" : "")}\n");
        }
        page.Append("\n## Who answers for a loss\n\n");
        if (pack.Liability.IsEmpty) page.Append("The pack tells no model of liability.\n");
        foreach (var terms in pack.Liability) Write(page, pack, terms);
        page.Append("\n## Sources\n\n| instrument | where it was read |\n|---|---|\n");
        foreach (var instrument in pack.Instruments) page.Append(CultureInfo.InvariantCulture, $"| {instrument.Title.En} | {instrument.Where} |\n");
        return page.ToString();
    }

    private static void Write(StringBuilder page, DutyPack pack, LiabilityTerms terms)
    {
        page.Append(CultureInfo.InvariantCulture, $"Model `{Words.Of(terms.Model)}`, {Source(terms.Source)}, in force {Term(pack, terms.Term)}.\n\n| | | source | note |\n|---|---|---|---|\n");
        foreach (var (name, number) in terms.Numbers)
            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {number.Value} | {Source(number.Source)} | {number.Source.Note?.En} |\n");
        foreach (var exclusion in terms.Excludes)
            page.Append(CultureInfo.InvariantCulture, $"| excludes | `{Words.Of(exclusion.When)}`{(exclusion.UnlessVulnerable ? " unless vulnerable" : "")} | {Source(exclusion.Source)} | {exclusion.Source.Note?.En} |\n");
        foreach (var step in terms is WaterfallTerms waterfall ? waterfall.Steps : [])
            page.Append(CultureInfo.InvariantCulture, $"| step | `{Words.Of(step.Bears)}`: {string.Join(", ", step.Duties.Select(d => $"`{d}`"))} | {Source(step.Source)} | {step.Source.Note?.En} |\n");
        if (terms is FindingsTerms findings) page.Append(CultureInfo.InvariantCulture, $"| civil claim | | {Source(findings.Civil)} | {findings.Civil.Note?.En} |\n");
    }

    private static string Source(DutySource source) => source.Instrument is null ? "ours" : $"{source.Citation.En} ({Words.Of(source.Tier)}, {Words.Of(source.Mark!.Value)})";

    private static string Term(DutyPack pack, DutyTerm term) => $"from {Day(pack.DayOf(term.From))}{(term.To is { } to ? $" to before {Day(pack.DayOf(to))}" : "")}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Threshold(DutyThreshold? threshold)
    {
        if (threshold is null) return "";
        var from = threshold.Source.Instrument is null ? "ours" : $"{Words.Of(threshold.Source.Tier)}, {Words.Of(threshold.Source.Mark!.Value)}";
        return string.Join(", ", threshold.Values.Select(v => $"{v.Key} {v.Value.ToString(CultureInfo.InvariantCulture)}")) + $" ({from})";
    }
}
