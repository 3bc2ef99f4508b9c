using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Screening;

/// <summary>How screening is: what waits, and what was answered without a verdict since the start.</summary>
/// <param name="Waiting">Signals that wait for their verdict.</param>
/// <param name="MostWaiting">How many may.</param>
/// <param name="Journal">Whether the journal takes work.</param>
/// <param name="JournalReason">What the system said where it does not.</param>
/// <param name="JournalSince">Since when it does not.</param>
/// <param name="Answered">Verdicts given.</param>
/// <param name="Degraded">Answers given without a verdict.</param>
/// <param name="DegradedWritten">Those of them that are in the journal.</param>
/// <param name="DegradedWaiting">Those that wait to be written.</param>
/// <param name="DegradedUnwritten">Those that will not be.</param>
/// <param name="Kinds">By kind, in the order of shedding.</param>
internal sealed record ScreeningHealth(
    int Waiting, int MostWaiting, JournalState Journal, string? JournalReason, Instant? JournalSince, long Answered, long Degraded,
    long DegradedWritten, int DegradedWaiting, long DegradedUnwritten, IReadOnlyList<KindHealth> Kinds)
{
    internal static ScreeningHealth Of(ScreeningLine line, ScreeningCounters counters, DegradedAnswers answers, JournalHealth journal, ScreeningOptions options)
    {
        List<KindHealth> kinds = [.. Screening.Kinds.InOrderOfShedding.Select(k => KindHealth.Of(k, line, counters))];
        return new ScreeningHealth(
            line.Waiting, options.MostWaiting, journal.State, journal.Reason, journal.Since, kinds.Sum(k => k.Answered), kinds.Sum(k => k.Degraded),
            counters.Written, answers.Waiting, counters.Unwritten, kinds);
    }
}

/// <summary>The answers on one kind of signal.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="ShedFrom">It is shed while so many wait.</param>
/// <param name="WithoutVerdict">What is answered without a verdict.</param>
/// <param name="Answered">Verdicts given.</param>
/// <param name="Shed">Not taken, because too many waited.</param>
/// <param name="Late">Answered at the deadline.</param>
/// <param name="Paused">Answered while the journal took nothing.</param>
internal sealed record KindHealth(SignalKind Kind, int ShedFrom, VerdictAction WithoutVerdict, long Answered, long Shed, long Late, long Paused)
{
    /// <summary>Answers without a verdict.</summary>
    public long Degraded => Shed + Late + Paused;

    internal static KindHealth Of(SignalKind kind, ScreeningLine line, ScreeningCounters counters) => new(
        kind, line.LimitOf(kind), ScreeningOptions.WithoutVerdict(kind), counters.Of(kind, NoAnswer.None), counters.Of(kind, NoAnswer.Overload),
        counters.Of(kind, NoAnswer.Deadline), counters.Of(kind, NoAnswer.JournalPaused) + counters.Of(kind, NoAnswer.JournalStopped));
}
