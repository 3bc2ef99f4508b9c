using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Rectifications;
using Cordon.Engine.Signals;
using Cordon.Simulator.Year;
using Spectre.Console;

namespace Cordon.Commands.Assess;

/// <summary>A loophole that was found, right or wrong.</summary>
/// <param name="Rectification">The number of the rectification.</param>
/// <param name="Duty">The duty.</param>
/// <param name="Member">Who was called upon.</param>
/// <param name="Unit">The unit named; null for the whole.</param>
/// <param name="Day">On which day, from 0.</param>
/// <param name="Occasions">Occasions in the reading.</param>
/// <param name="Faults">Faults in the reading.</param>
/// <param name="Evidence">How many records it carries.</param>
/// <param name="Again">Whether it had been mended and came back.</param>
/// <param name="Correct">Whether such a loophole of this member was open in the span of the reading, of this unit or of the whole.</param>
internal sealed record AssessFinding(
    string Rectification, string Duty, MemberCode Member, string? Unit, int Day, long Occasions, long Faults, int Evidence, bool Again, bool Correct)
{
    /// <summary>Whether it names this loophole: the duty, the member, and the unit or the whole as it was planted.</summary>
    public bool Names(YearLoophole planted) => planted.Duty == Duty && planted.Member == Member && planted.Unit == Unit;
}

/// <summary>A rectification that was closed as mended.</summary>
/// <param name="Rectification">Its number.</param>
/// <param name="Member">The member.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Duties">The duties concerned.</param>
/// <param name="Day">On which day.</param>
/// <param name="Measured">Whether the controls closed it, and not an inspection.</param>
/// <param name="Right">Whether nothing of it was open then.</param>
internal sealed record AssessClosing(string Rectification, MemberCode Member, string? Unit, ImmutableArray<string> Duties, int Day, bool Measured, bool Right);

/// <summary>A planted loophole and what became of it.</summary>
/// <param name="Duty">The duty that failed.</param>
/// <param name="Member">Whose.</param>
/// <param name="Unit">The unit; null for the whole.</param>
/// <param name="FaultsPerMille">Faults of a thousand occasions while open.</param>
/// <param name="Manner">What its member does.</param>
/// <param name="FromDay">When it opened.</param>
/// <param name="FoundDay">When it was found; null where it was not.</param>
/// <param name="Open">When it was open.</param>
/// <param name="OpenAtEnd">Whether it is open on the last day.</param>
/// <param name="Rectification">The number of its rectification.</param>
/// <param name="State">Where that stands at the year's end.</param>
internal sealed record AssessLoophole(
    string Duty, MemberCode Member, string? Unit, int FaultsPerMille, YearManner Manner, int FromDay, int? FoundDay, ImmutableArray<YearSpan> Open, bool OpenAtEnd,
    string? Rectification, RectificationState? State);

/// <summary>How a simulated year was judged, held against what was planted in it.</summary>
internal sealed record AssessReport
{
    public required ulong Seed { get; init; }

    public required int Days { get; init; }

    public required long Signals { get; init; }

    public required long Orders { get; init; }

    /// <summary>Loopholes planted.</summary>
    public required int Planted { get; init; }

    /// <summary>Of these, found at the right member, and at the unit or the whole as planted.</summary>
    public required int Found { get; init; }

    public required double Recall { get; init; }

    /// <summary>Loopholes that members were called upon to mend, relapses among them.</summary>
    public required int Findings { get; init; }

    /// <summary>Of these, those that were there.</summary>
    public required int Correct { get; init; }

    public required double Precision { get; init; }

    public required int WithoutEvidence { get; init; }

    /// <summary>How often members said that they had mended.</summary>
    public required int Claims { get; init; }

    /// <summary>How often that did not hold.</summary>
    public required int Refuted { get; init; }

    public required int Closed { get; init; }

    /// <summary>Closed although the loophole was open: must be 0.</summary>
    public required int ClosedWhileOpen { get; init; }

    /// <summary>Loopholes that were open a second time, a month or more before the year's end.</summary>
    public required int Relapses { get; init; }

    /// <summary>Of these, found again.</summary>
    public required int RelapsesFound { get; init; }

    /// <summary>Open on the last day, found, and yet without an open rectification: must be 0.</summary>
    public required int LeftOpenUnwatched { get; init; }

    public required int? MedianDaysToFind { get; init; }

    /// <summary>Steps of the ladder that came into force, by rung.</summary>
    public required ImmutableDictionary<string, int> Steps { get; init; }

    public required int BarsAtEnd { get; init; }

    public required ImmutableArray<AssessLoophole> Loopholes { get; init; }

    /// <summary>Findings of what was not there.</summary>
    public required ImmutableArray<AssessFinding> Wrong { get; init; }

    public required ImmutableArray<AssessClosing> WrongClosings { get; init; }

    /// <summary>The cases of provinces of the same seed.</summary>
    public AssessCasesReport? Cases { get; init; }

    /// <summary>SHA-256 over every event of the year in order: the same seed gives the same.</summary>
    public required string Log { get; init; }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Year of seed {Seed}: {Signals:N0} signals, {Orders:N0} orders"));
        var table = new Table().Border(TableBorder.Simple);
        foreach (var head in new[] { "duty", "member", "manner" }) table.AddColumn(head);
        foreach (var head in new[] { "faults", "opened", "found" }) table.AddColumn(new TableColumn(head).RightAligned());
        table.AddColumn("open on days").AddColumn("at the end");
        foreach (var l in Loopholes.OrderBy(l => l.FromDay))
            table.AddRow(
                l.Duty, l.Unit is null ? l.Member.ToString() : $"{l.Member} through {l.Unit}", l.Manner.ToString(), string.Create(CultureInfo.InvariantCulture, $"{l.FaultsPerMille / 10.0:0.0} %"),
                Day(l.FromDay), l.FoundDay is { } found ? "+" + Day(found - l.FromDay) : "not found", string.Join(", ", l.Open.Select(s => $"{Day(s.From)}–{(s.To is { } to ? Day(to) : "")}")),
                l.State?.ToString() ?? "–");
        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Found {Found} of {Planted} planted (recall {Recall:0.000}), half within {MedianDaysToFind} days; {Correct} of {Findings} findings right (precision {Precision:0.000}); {WithoutEvidence} without evidence."));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Claims} claims to have mended, {Refuted} refuted; {Closed} closed, {ClosedWhileOpen} of them while open; {RelapsesFound} of {Relapses} relapses found; {LeftOpenUnwatched} left open unwatched."));
        console.WriteLine($"Ladder: {string.Join(", ", Steps.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Value} {s.Key}"))}; {BarsAtEnd} bars in force at the end.");
        foreach (var wrong in Wrong)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Wrong: {wrong.Duty} at {wrong.Member} {wrong.Unit} on day {wrong.Day}: {wrong.Faults} of {wrong.Occasions}."));
        foreach (var wrong in WrongClosings)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Closed while open: {wrong.Rectification}, {wrong.Member} {wrong.Unit} on day {wrong.Day}."));
        Cases?.Print(console);
        console.WriteLine($"Log {Log}");
    }

    private static string Day(int day) => day.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Several years, together.</summary>
/// <param name="Years">Each year.</param>
internal sealed record AssessReports(ImmutableArray<AssessReport> Years)
{
    /// <summary>Of all loopholes planted, the share found.</summary>
    public double Recall => Math.Round((double)Years.Sum(y => y.Found) / Years.Sum(y => y.Planted), 4);

    /// <summary>Of all findings, the share that was right.</summary>
    public double Precision => Math.Round((double)Years.Sum(y => y.Correct) / Math.Max(1, Years.Sum(y => y.Findings)), 4);

    public void Print(IAnsiConsole console)
    {
        foreach (var year in Years) year.Print(console);
        if (Years.Length > 1)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Years.Length} years: recall {Recall:0.000}, precision {Precision:0.000}, {Years.Sum(y => y.ClosedWhileOpen)} closed while open; in cases recall {Years.Average(y => y.Cases?.Recall):0.000}, precision {Years.Average(y => y.Cases?.Precision):0.000}."));
    }
}
