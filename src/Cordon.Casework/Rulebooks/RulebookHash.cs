using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>
/// The content hash by which a rulebook is known: SHA-256 over a canonical form of what it says. Files, comments, the order of
/// keys and entries and the white space around and between the words of conditions do not enter it; everything a verdict or a
/// reader sees does, and so do the examples that a rule was released with.
/// </summary>
public static class RulebookHash
{
    /// <summary>The hash, 64 hexadecimal digits.</summary>
    public static string Of(RulebookSource book)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var form = new CanonicalForm(hash);
        form.Add("cordon-rulebook/1", book.Name, book.Title.En, book.Title.ZhCn, book.Currency.Text);
        foreach (var p in book.Parameters.OrderBy(p => p.Id.Text, StringComparer.Ordinal))
        {
            form.Add("parameter", p.Id.Text, p.Type.Text, p.Value.Text, p.Basis?.Text, p.Basis?.Trust);
            foreach (var (region, value) in p.Regions.OrderBy(r => r.Key, StringComparer.Ordinal)) form.Add("region", region, value.Text);
        }
        foreach (var l in book.Lists.OrderBy(l => l.Id.Text, StringComparer.Ordinal))
        {
            form.Add("list", l.Id.Text, l.Of.Text, l.Role.Text, l.Owner, Number(l.Expires?.Micros));
            foreach (var entry in l.Entries.Select(e => e.Text).Order(StringComparer.Ordinal)) form.Add("entry", entry);
        }
        foreach (var w in book.Windows.OrderBy(w => w.Id.Text, StringComparer.Ordinal))
            form.Add("window", w.Id.Text, w.Of.Text, Cel(w.By), w.Measure.Text, Cel(w.Value), Cel(w.Where), w.Over.Text, w.Slice?.Text, w.Lateness?.Text);
        foreach (var r in book.Rules.OrderBy(r => r.Id.Text, StringComparer.Ordinal)) Add(form, r);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(CanonicalForm form, RuleSource rule)
    {
        form.Add("rule", rule.Id.Text, rule.Of.Text, Cel(rule.When), rule.Action.Text, rule.Hold?.Text, Number(rule.Priority));
        form.Add(rule.ReasonCode, rule.Reason.En, rule.Reason.ZhCn, rule.Duty, rule.Basis.Text, rule.Basis.Trust, rule.Author);
        foreach (var test in rule.Tests)
        {
            form.Add("test", test.Name.Text, test.Expect.Text);
            foreach (var (list, entries) in test.Lists.OrderBy(l => l.Key, StringComparer.Ordinal))
                foreach (var entry in entries.Select(e => e.Text).Order(StringComparer.Ordinal)) form.Add("entry", list, entry);
            foreach (var signal in test.Given) Add(form, signal);
        }
    }

    private static void Add(CanonicalForm form, Signal signal)
    {
        form.Add("signal", Words.Of(signal.Kind), signal.Id.Text, signal.Member.ToString(), Number(signal.At.Micros));
        switch (signal)
        {
            case Call c:
                form.Add(c.Caller.ToString(), c.Callee.ToString(), Words.Of(c.Origin), c.RoamingProven ? "roaming" : null, c.Trunk?.Name, c.Device?.ToString(), Number(c.DurationSeconds));
                break;
            case Message m:
                form.Add(m.Sender.ToString(), m.Recipient.ToString(), m.Link?.Name);
                break;
            case Subscription s:
                form.Add(s.Line.ToString(), Words.Of(s.LineKind), Words.Of(s.Identity), s.Person?.ToString(), s.Agent, s.Device?.ToString());
                break;
            case AccountOpening a:
                form.Add(a.Account.ToString(), Words.Of(a.AccountKind), Words.Of(a.Identity), a.Person?.ToString(), Number(a.OpeningBalance?.Minor), a.OpeningBalance?.Currency.Code, a.Line?.ToString(), a.Branch);
                break;
            case Transfer t:
                form.Add(t.Payer?.ToString(), t.Payee?.ToString(), Number(t.Amount.Minor), t.Amount.Currency.Code, Words.Of(t.Means), t.OrderReference);
                break;
            case WebVisit v:
                form.Add(v.Line.ToString(), v.Domain.Name);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(signal), signal.Kind, "Not of the closed set.");
        }
    }

    /// <summary>
    /// A condition with each run of white space outside its strings as one blank. Where telling what is outside takes more than
    /// counting quotes (an escape, a long string, a comment), the text stands as it is: two texts that could differ never become one.
    /// </summary>
    internal static string? Cel(SourceText? source)
    {
        if (source?.Text is not { } text) return null;
        if (text.Contains('\\') || text.Contains("//", StringComparison.Ordinal) || text.Contains("\"\"\"", StringComparison.Ordinal) || text.Contains("'''", StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        var quote = '\0';
        foreach (var c in text)
        {
            if (quote == '\0' && c is (' ' or '\t' or '\r' or '\n'))
            {
                if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
                continue;
            }
            if (quote == '\0' ? c is '"' or '\'' : c == quote) quote = quote == '\0' ? c : '\0';
            plain.Append(c);
        }
        return plain.ToString().TrimEnd(' ');
    }

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
