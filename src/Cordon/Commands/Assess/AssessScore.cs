using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Engine.Signals;
using Cordon.Simulator.Year;

namespace Cordon.Commands.Assess;

/// <summary>Holds what was found, closed and reopened against what was planted.</summary>
/// <param name="seed">The year's seed.</param>
/// <param name="world">The year, which knows the truth.</param>
internal sealed class AssessScore(ulong seed, YearWorld world)
{
    private readonly List<AssessFinding> findings = [];
    private readonly List<AssessClosing> closings = [];
    private int claims;
    private readonly List<(Rectification Rectification, int Day)> refuted = [];

    public long Signals { get; set; }

    public long Orders { get; set; }

    /// <summary>Whether any loophole that a rectification concerns is open on a day.</summary>
    public bool IsOpen(Rectification rectification, int day) => Concerned(rectification).Any(l => world.IsOpen(l, day));

    public void Note(Rectification rectification, RectificationEvent happened, int day)
    {
        switch (happened)
        {
            case RectificationOpened { Reading: { } reading }:
                Found(rectification, reading, day, false);
                break;
            case ShortcomingJoined { Reading: { } reading }:
                Found(rectification, reading, day, false);
                break;
            case RectificationRelapsed { Reading: { } reading }:
                Found(rectification, reading, day, true);
                break;
            case RectificationClaimed:
                claims++;
                break;
            case RectificationRefuted:
                refuted.Add((rectification, day));
                break;
            case RectificationMended e:
                closings.Add(new AssessClosing(rectification.Number, rectification.Member, rectification.Unit, rectification.Controls, day, e.Inspector is null, !IsOpen(rectification, day)));
                break;
        }
    }

    public AssessReport Report(List<Rectification> rectifications, List<LadderStep> steps, Instant now, string log)
    {
        var last = YearWorld.Days - 1;
        var loopholes = world.Loopholes.Select(l => Planted(l, rectifications, last)).ToImmutableArray();
        var (found, correct) = (loopholes.Count(l => l.FoundDay is not null), findings.Count(f => f.Correct));
        var again = world.Loopholes.SelectMany(l => world.SpansOf(l).Skip(1).Where(s => s.From <= last - SeenAfter).Select(s => (Loophole: l, s.From))).ToList();
        return new AssessReport
        {
            Seed = seed,
            Days = YearWorld.Days,
            Signals = Signals,
            Orders = Orders,
            Planted = loopholes.Length,
            Found = found,
            Recall = Share(found, loopholes.Length),
            Findings = findings.Count,
            Correct = correct,
            Precision = Share(correct, findings.Count),
            WithoutEvidence = findings.Count(f => f.Evidence == 0),
            Claims = claims,
            Refuted = refuted.Count,
            Closed = closings.Count,
            ClosedWhileOpen = closings.Count(c => !c.Right),
            Relapses = again.Count,
            RelapsesFound = again.Count(a => findings.Any(f => f.Names(a.Loophole) && f.Day >= a.From) || refuted.Any(r => r.Day >= a.From && Concerned(r.Rectification).Contains(a.Loophole))),
            LeftOpenUnwatched = loopholes.Count(l => l is { OpenAtEnd: true, FoundDay: not null, State: null or RectificationState.Mended or RectificationState.Withdrawn }),
            MedianDaysToFind = Median([.. loopholes.Where(l => l.FoundDay is not null).Select(l => l.FoundDay!.Value - l.FromDay)]),
            Steps = steps.Where(s => s.IssuedAt is not null).GroupBy(s => s.Rung).OrderBy(g => g.Key).ToImmutableDictionary(g => g.Key.ToString(), g => g.Count()),
            BarsAtEnd = StandingBars.At(steps, now).Length,
            Loopholes = loopholes,
            Wrong = [.. findings.Where(f => !f.Correct)],
            WrongClosings = [.. closings.Where(c => !c.Right)],
            Log = log,
        };
    }

    private AssessLoophole Planted(YearLoophole planted, List<Rectification> rectifications, int last)
    {
        var first = findings.Where(f => f.Names(planted)).Select(f => (int?)f.Day).Min();
        var mine = rectifications.LastOrDefault(r => r.Member == planted.Member && r.Unit == planted.Unit && r.Controls.Contains(planted.Duty));
        return new AssessLoophole(
            planted.Duty, planted.Member, planted.Unit, planted.FaultsPerMille, planted.Manner, planted.FromDay, first, world.SpansOf(planted), world.IsOpen(planted, last), mine?.Number, mine?.State);
    }

    private void Found(Rectification rectification, ControlReading reading, int day, bool again)
    {
        var first = (int)Math.Floor((reading.From - YearWorld.Start).TotalDays);
        var right = world.Loopholes.Any(l =>
            l.Duty == reading.Subject.Duty && l.Member == reading.Subject.Member && (l.Unit is null || l.Unit == reading.Subject.Unit)
            && Enumerable.Range(first, day - first + 1).Any(d => world.IsOpen(l, d)));
        findings.Add(new AssessFinding(
            rectification.Number, reading.Subject.Duty, reading.Subject.Member, reading.Subject.Unit, day, reading.Occasions, reading.Faults, reading.Evidence.Length, again, right));
    }

    private IEnumerable<YearLoophole> Concerned(Rectification rectification) => world.Loopholes.Where(l =>
        l.Member == rectification.Member && rectification.Controls.Contains(l.Duty) && (l.Unit is null || rectification.Unit is null || l.Unit == rectification.Unit));

    private static double Share(int part, int whole) => whole == 0 ? 1 : Math.Round((double)part / whole, 4);

    private static int? Median(int[] values) => values.Length == 0 ? null : values.Order().ElementAt(values.Length / 2);

    // A loophole that came back in the year's last month need not have shown yet.
    private const int SeenAfter = 30;
}
