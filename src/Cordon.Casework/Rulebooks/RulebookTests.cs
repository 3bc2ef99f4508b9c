using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>Reads the examples of rules: signals in YAML, with the times and names that an example may leave out or repeat.</summary>
internal sealed class RulebookTests
{
    public const int MaxTests = 50;
    public const int MaxSignals = 2_000;
    public const int MaxSignalsInAll = 200_000;

    /// <summary>When the judged signal happens where an example does not say: ten in the morning of a working day in China.</summary>
    public static readonly Instant DefaultAt = new(1_772_416_800_000_000);

    // Whom an example names among the signals it can name on the list.
    private const string PeopleList = "restricted_persons";

    private int inAll;

    public ImmutableArray<RuleTest> Read(PackMap rule, Currency? money)
    {
        var found = ImmutableArray.CreateBuilder<RuleTest>();
        foreach (var map in rule.Maps("tests", "name", "given", "expect", "lists"))
        {
            if (found.Count == MaxTests)
            {
                rule.Note("tests", DutyPackFaultKind.OutOfRange, $"A rule has at most {MaxTests} examples.");
                break;
            }
            var (name, expect) = (map.Placed("name"), map.OneOf("expect", RulebookWords.Expectations));
            var (given, lists) = (ReadGiven(map, money), ReadLists(map));
            if (name is not null && expect is not null) found.Add(new RuleTest(name, given, expect) { Lists = lists });
        }
        return found.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<SourceText>> ReadLists(PackMap test)
    {
        var lists = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<SourceText>>(StringComparer.Ordinal);
        if (test.OpenMap("lists") is not { } map) return lists.ToImmutable();
        foreach (var list in map.Keys)
        {
            if (!RulebookWords.IsName(list)) map.Note(list, DutyPackFaultKind.WrongShape, $"'{list}' is not the name of a list.");
            lists[list] = [.. map.PlacedList(list).Select(e => list == PeopleList ? e with { Text = SignalValues.PersonOf(e.Text)?.ToString() ?? e.Text } : e).OrderBy(e => e.Text, StringComparer.Ordinal)];
        }
        return lists.ToImmutable();
    }

    private ImmutableArray<Signal> ReadGiven(PackMap test, Currency? money)
    {
        var drafts = new List<SignalDraft>();
        foreach (var map in test.Maps("given", [.. RulebookWords.Kinds, "times", "every"]))
            if (SignalDraft.From(map, money) is { } draft) drafts.Add(draft);
        if (drafts.Count == 0) return [];
        var count = drafts.Sum(d => d.Times);
        inAll += Math.Min(count, MaxSignals);
        if (count > MaxSignals || inAll > MaxSignalsInAll)
        {
            test.Note("given", DutyPackFaultKind.OutOfRange, $"An example has at most {MaxSignals} signals, and all examples together {MaxSignalsInAll.ToString(CultureInfo.InvariantCulture)}.");
            return [];
        }
        var judged = drafts[^1];
        if (judged.Times > 1) judged.Map.Note("times", DutyPackFaultKind.Contradiction, "The last signal is the one that is judged; it stands once.");
        var until = judged.At(null) ?? DefaultAt;
        var signals = new List<Signal>(count);
        foreach (var draft in drafts) draft.Make(draft == judged ? null : until, signals);
        for (var i = 0; i < signals.Count - 1; i++)
            if (signals[i].At > until) test.Note("given", DutyPackFaultKind.Contradiction, "The last signal is the one that is judged; none happens after it.");
        return signals.Count == 0 ? [] : [.. signals.SkipLast(1).OrderBy(s => s.At), signals[^1]];
    }
}
