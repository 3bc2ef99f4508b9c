using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cordon.Casework.Packs;

namespace Cordon.Casework.Duties;

/// <summary>
/// The canonical form of a pack. Written by hand and not by a serialiser: the hash stands in findings for decades and
/// must not change with a converter. Texts are taken as they stand, without normalisation.
/// </summary>
internal static class DutyPackHash
{
    public static string Of(DutyPack pack)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var form = new CanonicalForm(hash);
        form.Add("cordon-duty-pack/2", pack.Id, pack.Title.Zh, pack.Title.En, pack.Currency.Code, Number((long)pack.UtcOffset.TotalMinutes));
        foreach (var i in pack.Instruments.OrderBy(i => i.Id, StringComparer.Ordinal))
            form.Add("instrument", i.Id, i.Title.Zh, i.Title.En, i.Where);
        foreach (var s in pack.Sanctions.OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            form.Add("sanction", s.Id, s.Text.Zh, s.Text.En);
            Add(form, s.Source);
            foreach (var range in new[] { s.Fine, s.GraveFine, s.OfficersFine })
                form.Add(Number(range?.From), Number(range?.To));
        }
        foreach (var d in pack.Duties.OrderBy(d => d.Id, StringComparer.Ordinal).ThenBy(d => d.Term.From))
            Add(form, d);
        foreach (var terms in pack.Liability.OrderBy(t => t.Term.From)) Add(form, terms);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(CanonicalForm form, Duty duty)
    {
        form.Add("duty", duty.Id, duty.Title.Zh, duty.Title.En, duty.Text.Zh, duty.Text.En);
        Add(form, duty.Source);
        form.Add(Number(duty.Term.From.Micros), Number(duty.Term.To?.Micros), Words.Of(duty.Link), Words.Of(duty.Control));
        form.Add(duty.Owes.Agents ? "agents" : null, duty.Unmeasured?.Zh, duty.Unmeasured?.En);
        foreach (var sector in duty.Owes.Sectors.Order()) form.Add("sector", Words.Of(sector));
        if (duty.Threshold is { } threshold)
        {
            foreach (var (name, value) in threshold.Values) form.Add("threshold", name, Number(value));
            Add(form, threshold.Source);
        }
        foreach (var c in duty.Follows) form.Add("follows", c.Sanction.Id, c.Item, c.Note?.Zh, c.Note?.En);
    }

    private static void Add(CanonicalForm form, LiabilityTerms terms)
    {
        form.Add("liability", Words.Of(terms.Model), Number(terms.Term.From.Micros), Number(terms.Term.To?.Micros));
        Add(form, terms.Source);
        foreach (var (name, number) in terms.Numbers)
        {
            form.Add("number", name, Number(number.Value));
            Add(form, number.Source);
        }
        foreach (var exclusion in terms.Excludes.OrderBy(e => e.When))
        {
            form.Add("excludes", Words.Of(exclusion.When), exclusion.UnlessVulnerable ? "unlessVulnerable" : null);
            Add(form, exclusion.Source);
        }
        if (terms is FindingsTerms findings) Add(form, findings.Civil);
        if (terms is not WaterfallTerms waterfall) return;
        foreach (var step in waterfall.Steps)
        {
            form.Add("step", Words.Of(step.Bears));
            Add(form, step.Source);
            foreach (var duty in step.Duties) form.Add("duty", duty);
        }
    }

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static void Add(CanonicalForm form, DutySource source) =>
        form.Add("source", source.Instrument?.Id, source.Article, Words.Of(source.Tier), source.Mark is { } mark ? Words.Of(mark) : null, source.Note?.Zh, source.Note?.En);
}

/// <summary>The words of the pack for closed sets: the names in camel case, as everywhere in Cordon's JSON, and the trust marks by their letter.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => value is SourceMark mark
            ? mark == SourceMark.Primary ? "P" : "S"
            : JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Of);

    public static bool TryRead<T>(string word, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Of(candidate) != word) continue;
            value = candidate;
            return true;
        }
        value = default;
        return false;
    }
}
