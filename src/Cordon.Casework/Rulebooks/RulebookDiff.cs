using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Rules;

namespace Cordon.Casework.Rulebooks;

/// <summary>One property that differs.</summary>
/// <param name="Name">Its name in the file: <c>when</c>, <c>action</c>.</param>
/// <param name="Before">What it was; absent where it was not there.</param>
/// <param name="After">What it is; absent where it is there no more.</param>
public sealed record ChangedPart(string Name, string? Before, string? After);

/// <summary>One thing that differs between two rulebooks.</summary>
/// <param name="What"><c>rule</c>, <c>window</c>, <c>parameter</c>, <c>list</c> or <c>head</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Parts">What of it differs; for something added or removed, all of it.</param>
public sealed record RulebookChange(string What, string Id, string Change, ImmutableArray<ChangedPart> Parts);

/// <summary>Compares what two rulebooks say, whatever their files look like.</summary>
public static class RulebookDiff
{
    /// <summary>Everything that differs: head, parameters, lists, windows, rules, each by id.</summary>
    public static ImmutableArray<RulebookChange> Between(RulebookSource before, RulebookSource after) =>
    [
        .. Compare("head", [before], [after], _ => "rulebook", Parts),
        .. Compare("parameter", before.Parameters, after.Parameters, p => p.Id.Text, Parts),
        .. Compare("list", before.Lists, after.Lists, l => l.Id.Text, Parts),
        .. Compare("window", before.Windows, after.Windows, w => w.Id.Text, Parts),
        .. Compare("rule", before.Rules, after.Rules, r => r.Id.Text, Parts),
    ];

    private static IEnumerable<RulebookChange> Compare<T>(
        string what, ImmutableArray<T> before, ImmutableArray<T> after, Func<T, string> id, Func<T, IEnumerable<(string Name, string? Text)>> parts)
        where T : class
    {
        var (old, now) = (before.ToDictionary(id, StringComparer.Ordinal), after.ToDictionary(id, StringComparer.Ordinal));
        foreach (var key in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (was, has) = (old.GetValueOrDefault(key), now.GetValueOrDefault(key));
            var (left, right) = (Table(was, parts), Table(has, parts));
            ImmutableArray<ChangedPart> changed =
            [
                .. left.Keys.Union(right.Keys).Select(name => new ChangedPart(name, left.GetValueOrDefault(name), right.GetValueOrDefault(name)))
                    .Where(p => p.Before != p.After),
            ];
            if (changed.IsEmpty) continue;
            yield return new RulebookChange(what, key, was is null ? "added" : has is null ? "removed" : "changed", changed);
        }
    }

    private static Dictionary<string, string> Table<T>(T? thing, Func<T, IEnumerable<(string Name, string? Text)>> parts)
        where T : class =>
        thing is null ? [] : parts(thing).Where(p => p.Text is not null).ToDictionary(p => p.Name, p => p.Text!, StringComparer.Ordinal);

    private static IEnumerable<(string, string?)> Parts(RulebookSource book) =>
        [("rulebook", book.Name), ("title en", book.Title.En), ("title zh-CN", book.Title.ZhCn), ("currency", book.Currency.Text)];

    private static IEnumerable<(string, string?)> Parts(ParameterSource p) =>
    [
        ("type", p.Type.Text), ("value", p.Value.Text), ("source", p.Basis?.Text), ("trust", p.Basis?.Trust),
        .. p.Regions.Select(r => ($"region {r.Key}", (string?)r.Value.Text)),
    ];

    private static IEnumerable<(string, string?)> Parts(ListSource l) =>
    [
        ("of", l.Of.Text), ("role", l.Role.Text), ("owner", l.Owner), ("expires", l.Expires?.ToString()),
        ("entries", string.Join('\n', l.Entries.Select(e => e.Text).Order(StringComparer.Ordinal))),
    ];

    private static IEnumerable<(string, string?)> Parts(WindowSource w) =>
    [
        ("of", w.Of.Text), ("by", RulebookHash.Cel(w.By)), ("measure", w.Measure.Text), ("value", RulebookHash.Cel(w.Value)),
        ("where", RulebookHash.Cel(w.Where)), ("over", w.Over.Text), ("slice", w.Slice?.Text), ("lateness", w.Lateness?.Text),
    ];

    private static IEnumerable<(string, string?)> Parts(RuleSource r) =>
    [
        ("of", r.Of.Text), ("when", RulebookHash.Cel(r.When)), ("action", r.Action.Text), ("hold", r.Hold?.Text),
        ("priority", r.Priority.ToString(CultureInfo.InvariantCulture)), ("reason code", r.ReasonCode), ("reason en", r.Reason.En), ("reason zh-CN", r.Reason.ZhCn),
        ("duty", r.Duty), ("source", r.Basis.Text), ("trust", r.Basis.Trust), ("author", r.Author),
        ("examples", string.Join('\n', r.Tests.Select(t => $"{t.Name.Text}: {t.Given.Length} → {t.Expect.Text}"))),
    ];
}
