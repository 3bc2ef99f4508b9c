using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cordon.Engine.Rules;

namespace Cordon.Tests.Rulebooks;

/// <summary>The table of shipped rules in the docs is made from the rulebook. CORDON_APPROVE=1 writes it anew.</summary>
public sealed class RulesTableTests
{
    private static readonly string Page = Path.Combine(RepositoryFolder.Root, "docs", "reference", "rules-cn.md");

    [Fact]
    public void The_page_of_the_rules_of_China_agrees_with_the_rulebook()
    {
        var page = Write(ShippedRulebook.Cn);
        if (Environment.GetEnvironmentVariable("CORDON_APPROVE") == "1") File.WriteAllText(Page, page);
        Assert.True(File.Exists(Page), $"{Page} is missing: run with CORDON_APPROVE=1 and read what it writes");
        Assert.Equal(page, File.ReadAllText(Page).ReplaceLineEndings("\n"));
    }

    private static string Write(RulebookSource book)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# Reference: the rules of China\n\nWhat `packs/cn/rulebook` ships: {book.Rules.Length} rules, {book.Windows.Length} windows, {book.Parameters.Length} parameters. This page is made from it by a test.\n");
        page.Append("[Rulebooks](rulebook.md) tells how to read and write them. Trust: P the law's own text, S a report of a notice, ours where no source fixes the pattern.\n");
        foreach (var file in book.Rules.GroupBy(r => r.Id.File).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {file.Key}\n\n| rule | of | asks for | it tells | windows and parameters | duty | trust |\n|---|---|---|---|---|---|---|\n");
            foreach (var rule in file)
            {
                var hold = rule.Hold is { } length ? " " + length.Text : "";
                page.Append(CultureInfo.InvariantCulture, $"| `{rule.Id.Text}` | {rule.Of.Text} | {rule.Action.Text}{hold} | {Plain(rule.Reason.En)} | {Used(rule, book)} | `{rule.Duty}` | {rule.Basis.Trust} |\n");
            }
        }
        page.Append("\n## Windows\n\n| window | counts | by | measure | over |\n|---|---|---|---|---|\n");
        foreach (var w in book.Windows)
        {
            var where = w.Where is { } filter ? $" where `{filter.Text}`" : "";
            page.Append(CultureInfo.InvariantCulture, $"| `{w.Id.Text}` | {w.Of.Text}{where.Replace("||", "or", StringComparison.Ordinal)} | `{w.By.Text}` | {w.Measure.Text}{(w.Value is { } value ? $" of `{value.Text}`" : "")} | {w.Over.Text}{(w.Slice is { } slice ? $" in slices of {slice.Text}" : "")} |\n");
        }
        page.Append("\n## Parameters\n\n| parameter | value | in regions | source | trust |\n|---|---|---|---|---|\n");
        foreach (var p in book.Parameters)
            page.Append(CultureInfo.InvariantCulture, $"| `{p.Id.Text}` | {p.Value.Text} | {string.Join(", ", p.Regions.Select(r => $"{r.Key} {r.Value.Text}"))} | {p.Basis!.Text} | {p.Basis.Trust} |\n");
        return page.ToString();
    }

    /// <summary>A reason for people who read a table: what stands in braces is a value of the case.</summary>
    private static string Plain(string reason) => Regex.Replace(reason, @"\{(?:[^{}]*\.)?(\w+)(?:\([^{}]*\))?\}", "*$1*", RegexOptions.NonBacktracking);

    private static string Used(RuleSource rule, RulebookSource book)
    {
        var names = book.Windows.Select(w => w.Id.Text + "(").Concat(book.Parameters.Select(p => "params." + p.Id.Text));
        return string.Join(", ", names.Where(n => Regex.IsMatch(rule.When.Text, @"\b" + Regex.Escape(n) + (n[^1] == '(' ? "" : @"\b"))).Select(n => $"`{n.TrimEnd('(')}`"));
    }
}
