using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Screening;

/// <summary>Why there was no verdict in time.</summary>
internal enum NoAnswer : byte
{
    /// <summary>There was one.</summary>
    None = 0,

    /// <summary>Too many waited already: the signal was not taken.</summary>
    Overload,

    /// <summary>The deadline came first; the signal is on its way into the journal.</summary>
    Deadline,

    /// <summary>The journal takes nothing for now, its disk being full or faulty.</summary>
    JournalPaused,

    /// <summary>The journal takes nothing until it is opened again.</summary>
    JournalStopped,
}

/// <summary>The answer on one signal: what the journal and the engine said, or what is declared for its kind.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Outcome">What became of it; without meaning where there was no answer.</param>
/// <param name="Cause">Why there was no verdict.</param>
/// <param name="At">When a degraded answer was given.</param>
internal readonly record struct Answered(Signal Signal, SubmitOutcome Outcome, NoAnswer Cause, Instant At)
{
    /// <summary>Whether it is the declared answer and no verdict.</summary>
    public bool IsDegraded => Cause != NoAnswer.None;

    /// <summary>What to do.</summary>
    public VerdictAction Action => IsDegraded ? ScreeningOptions.WithoutVerdict(Signal.Kind) : Outcome.Verdict?.Action ?? VerdictAction.Allow;

    /// <summary>How long a held one waits.</summary>
    public Instant? HoldUntil => !IsDegraded ? Outcome.Verdict?.HoldUntil : Action == VerdictAction.Hold ? At + ScreeningOptions.HoldOf(Signal.Kind) : null;

    /// <summary>What a failure of the journal means for an answer; null for anything else.</summary>
    public static NoAnswer? CauseOf(Exception fault) => fault switch
    {
        JournalPausedException => NoAnswer.JournalPaused,
        JournalFailedException or ObjectDisposedException => NoAnswer.JournalStopped,
        _ => null,
    };
}
