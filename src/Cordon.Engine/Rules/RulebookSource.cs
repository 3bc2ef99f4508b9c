using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>A text of a rulebook and where it begins, so that whatever is wrong with it can be pointed at.</summary>
/// <param name="Text">The text as the file gives it, without what surrounds it: quotes, indentation, line end.</param>
/// <param name="File">The file's name within the rulebook.</param>
/// <param name="Line">The line of the first character, from 1.</param>
/// <param name="Column">The column of the first character, from 1.</param>
public sealed record SourceText(string Text, string File, int Line, int Column);

/// <summary>A text for readers, by language.</summary>
/// <param name="En">English.</param>
/// <param name="ZhCn">Simplified Chinese; null where the author wrote none.</param>
public sealed record LocalText(string En, string? ZhCn);

/// <summary>Where a rule or a number comes from.</summary>
/// <param name="Text">The source in words: law and article, notice, practice, or why we chose it.</param>
/// <param name="Trust">How it was read: <c>P</c> the primary text, <c>S</c> a secondary one, <c>practice</c>, or <c>ours</c>.</param>
public sealed record RuleBasis(string Text, string Trust);

/// <summary>A number or text that conditions use by name, with another value in some regions.</summary>
/// <param name="Id">Its name: <c>params.max_lines</c> is <c>max_lines</c>.</param>
/// <param name="Type"><c>int</c>, <c>double</c>, <c>money</c>, <c>duration</c>, <c>string</c> or <c>bool</c>.</param>
/// <param name="Value">The value where no region has its own. Money is a decimal in the rulebook's currency.</param>
/// <param name="Regions">Values by the code of a region.</param>
/// <param name="Basis">Where the value comes from; null where the rule's own basis says it.</param>
public sealed record ParameterSource(SourceText Id, SourceText Type, SourceText Value, ImmutableSortedDictionary<string, SourceText> Regions, RuleBasis? Basis);

/// <summary>A list that the rulebook brings along.</summary>
/// <param name="Id">Its name: <c>lists.hotlines</c> is <c>hotlines</c>.</param>
/// <param name="Of">What stands on it: <c>phone</c>, <c>account</c>, <c>domain</c> or <c>device</c>.</param>
/// <param name="Role"><c>deny</c>, <c>allow</c> or <c>never-block</c>.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Expires">From when on it is empty; null where it does not expire.</param>
/// <param name="Entries">The entries in ordinal order; of telephone numbers, one that ends in <c>*</c> stands for all that begin so.</param>
public sealed record ListSource(SourceText Id, SourceText Of, SourceText Role, string Owner, Instant? Expires, ImmutableArray<SourceText> Entries);

/// <summary>A sliding measure over signals of one kind, by an identifier.</summary>
/// <param name="Id">Its name, by which conditions ask it.</param>
/// <param name="Of">The kind of signal that it counts.</param>
/// <param name="By">The identifier that it counts by: a path such as <c>call.caller</c>.</param>
/// <param name="Measure"><c>count</c>, <c>sum</c>, <c>average</c>, <c>min</c>, <c>max</c>, <c>distinct</c>, <c>share</c>, <c>last</c>, <c>first_seen</c>, <c>gap</c> or <c>burst</c>.</param>
/// <param name="Value">What is measured, in CEL over the signal; null where the measure needs none.</param>
/// <param name="Where">Which signals count, in CEL over the signal; null for all.</param>
/// <param name="Over">The length of the window, one second to 90 days.</param>
/// <param name="Slice">The length of the slices of a burst; null for other measures.</param>
/// <param name="Lateness">How late a signal may come and still count; null for the default.</param>
public sealed record WindowSource(SourceText Id, SourceText Of, SourceText By, SourceText Measure, SourceText? Value, SourceText? Where, SourceText Over, SourceText? Slice, SourceText? Lateness);

/// <summary>A rule: a condition over one kind of signal and what it asks for where the condition holds.</summary>
/// <param name="Id">Its id; it never changes.</param>
/// <param name="Of">The kind of signal that it judges.</param>
/// <param name="When">The condition, in CEL.</param>
/// <param name="Action"><c>allow</c>, <c>warn</c>, <c>hold</c> or <c>block</c>.</param>
/// <param name="Hold">How long a hold lasts; null for other actions.</param>
/// <param name="Priority">Rules of higher priority have their reasons told first.</param>
/// <param name="ReasonCode">The stable code of its reason.</param>
/// <param name="Reason">The reason for readers; may hold placeholders in braces.</param>
/// <param name="Duty">The id of the duty that it serves.</param>
/// <param name="Basis">Where it comes from.</param>
/// <param name="Author">Who answers for it.</param>
/// <param name="Tests">Its examples, in the order in which they are written.</param>
public sealed record RuleSource(SourceText Id, SourceText Of, SourceText When, SourceText Action, SourceText? Hold, int Priority, string ReasonCode, LocalText Reason, string Duty, RuleBasis Basis, string Author, ImmutableArray<RuleTest> Tests);

/// <summary>An example that a rule must pass before it may be released.</summary>
/// <param name="Name">What it shows, as a sentence.</param>
/// <param name="Given">The signals in order of time; the last is the one that is judged.</param>
/// <param name="Expect">The action that the rule asks for on the last signal; <c>none</c> where it stays silent.</param>
public sealed record RuleTest(SourceText Name, ImmutableArray<Signal> Given, SourceText Expect)
{
    /// <summary>What stands on lists beside what the rulebook declares, before the first signal: entries by the list's name.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<SourceText>> Lists { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<SourceText>>.Empty;
}

/// <summary>A rulebook as it is written: well-formed, not yet checked or compiled. Everything in it is in ordinal order of ids, however its files lay it out.</summary>
/// <param name="Name">Its short name: <c>cn</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Currency">The currency of money in it.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Lists">Its own lists.</param>
/// <param name="Windows">Its windows.</param>
/// <param name="Rules">Its rules.</param>
public sealed record RulebookSource(string Name, LocalText Title, SourceText Currency, ImmutableArray<ParameterSource> Parameters, ImmutableArray<ListSource> Lists, ImmutableArray<WindowSource> Windows, ImmutableArray<RuleSource> Rules);

/// <summary>One thing that is wrong with a rulebook.</summary>
/// <param name="File">The file's name within the rulebook; empty where no file is meant.</param>
/// <param name="Line">The line, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Column">The column, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Suggestion">The name that was most likely meant; null where none is near.</param>
public sealed record RulebookFault(string File, int Line, int Column, string Message, string? Suggestion);
