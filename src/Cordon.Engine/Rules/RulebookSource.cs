using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>A piece of a rulebook as it was written, and where.</summary>
/// <param name="Text">The text, without the quotes of its file format.</param>
/// <param name="File">The file, by its path from the rulebook's folder.</param>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Column">The column it begins at, from 1.</param>
public sealed record SourceText(string Text, string File, int Line, int Column);

/// <summary>A text for people in the languages of the console.</summary>
/// <param name="En">English.</param>
/// <param name="ZhCn">Simplified Chinese; null where nobody has written it yet.</param>
public sealed record LocalText(string En, string? ZhCn);

/// <summary>What a rule or a number rests on.</summary>
/// <param name="Text">Law and article, notice, or whose practice.</param>
/// <param name="Trust"><c>P</c> a primary text was read, <c>S</c> a secondary one, <c>practice</c>, or <c>ours</c>.</param>
public sealed record RuleBasis(string Text, string Trust);

/// <summary>A number that differs by region or may be set without touching a rule.</summary>
/// <param name="Id">Its name under <c>params</c>.</param>
/// <param name="Type"><c>int</c>, <c>double</c>, <c>money</c>, <c>duration</c>, <c>string</c> or <c>bool</c>.</param>
/// <param name="Value">The value where a region has none of its own.</param>
/// <param name="Regions">Values by region code.</param>
/// <param name="Basis">What the number rests on.</param>
public sealed record ParameterSource(SourceText Id, SourceText Type, SourceText Value, ImmutableSortedDictionary<string, SourceText> Regions, RuleBasis? Basis);

/// <summary>A list that comes with the rulebook.</summary>
/// <param name="Id">Its name under <c>lists</c>.</param>
/// <param name="Of"><c>phone</c>, <c>account</c>, <c>domain</c> or <c>device</c>.</param>
/// <param name="Role"><c>deny</c>, <c>allow</c> or <c>never-block</c>.</param>
/// <param name="Owner">Who keeps it.</param>
/// <param name="Expires">From when on it is empty; null for never.</param>
/// <param name="Entries">The entries; a telephone number that ends in <c>*</c> is a prefix.</param>
public sealed record ListSource(SourceText Id, SourceText Of, SourceText Role, string Owner, Instant? Expires, ImmutableArray<SourceText> Entries);

/// <summary>A window as it was declared.</summary>
/// <param name="Id">Its name, a function in conditions.</param>
/// <param name="Of">The kind of signal it counts.</param>
/// <param name="By">The identifier it counts by.</param>
/// <param name="Measure">What it measures.</param>
/// <param name="Value">What is summed, compared or told apart; null where the measure needs none.</param>
/// <param name="Where">Which signals count; null for all.</param>
/// <param name="Over">How far back it reaches.</param>
/// <param name="Slice">The length of a burst; null for other measures.</param>
/// <param name="Lateness">How late a signal may come and still count; null for the usual tenth of the window, an hour at most.</param>
public sealed record WindowSource(
    SourceText Id, SourceText Of, SourceText By, SourceText Measure, SourceText? Value, SourceText? Where, SourceText Over, SourceText? Slice,
    SourceText? Lateness);

/// <summary>A rule as it was written.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Of">The kind of signal it judges.</param>
/// <param name="When">Its condition, in CEL.</param>
/// <param name="Action"><c>allow</c>, <c>warn</c>, <c>hold</c> or <c>block</c>.</param>
/// <param name="Hold">How long, with <c>hold</c>.</param>
/// <param name="Priority">Reasons of a higher priority are told first.</param>
/// <param name="ReasonCode">A stable code.</param>
/// <param name="Reason">The reason for people.</param>
/// <param name="Duty">The id of the duty it serves.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Tests">Its examples.</param>
public sealed record RuleSource(
    SourceText Id, SourceText Of, SourceText When, SourceText Action, SourceText? Hold, int Priority, string ReasonCode, LocalText Reason,
    string Duty, RuleBasis Basis, string Author, ImmutableArray<RuleTest> Tests);

/// <summary>An example of what a rule says.</summary>
/// <param name="Name">What the example shows.</param>
/// <param name="Given">Signals in the order in which they are told; the last is the one that is judged.</param>
/// <param name="Expect">The action the rule asks for on the last signal, or <c>none</c>.</param>
public sealed record RuleTest(SourceText Name, ImmutableArray<Signal> Given, SourceText Expect);

/// <summary>A rulebook as it was written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Currency">The currency of money in it.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Lists">Its lists.</param>
/// <param name="Windows">Its windows.</param>
/// <param name="Rules">Its rules.</param>
public sealed record RulebookSource(
    string Name, LocalText Title, SourceText Currency, ImmutableArray<ParameterSource> Parameters, ImmutableArray<ListSource> Lists,
    ImmutableArray<WindowSource> Windows, ImmutableArray<RuleSource> Rules);

/// <summary>Something wrong in a rulebook.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Suggestion">The name that may have been meant; null where there is none near.</param>
public sealed record RulebookFault(string File, int Line, int Column, string Message, string? Suggestion);
