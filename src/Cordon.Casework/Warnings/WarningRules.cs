using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Warnings;

/// <summary>Every way a command to a warning can be refused.</summary>
internal static class WarningRefusal
{
    public static readonly Refusal NotFound = new("warning/not-found", RefusalKind.NotFound,
        "There is no such warning, or it is not yours to see.", "Check the id against the list of warnings.");

    public static readonly Refusal NoReason = new("warning/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 500 characters is needed.", "Send reason.");

    public static readonly Refusal BadNote = new("warning/bad-note", RefusalKind.Invalid,
        "A note has at most 1,000 characters.", "Shorten it.");

    public static readonly Refusal Ended = new("warning/ended", RefusalKind.Conflict,
        "The warning ended already.", "Load it again.");

    public static readonly Refusal NobodyAnswers = new("warning/nobody-answers", RefusalKind.Invalid,
        "A message goes out or does not; only somebody who called or visited knows that the person was reached.", "Send outcome sent or notReached.");
}

/// <summary>The guards of warnings: pure, in ladders, first failing rung answers.</summary>
internal static class WarningRules
{
    private const int ReasonLength = 500;
    private const int NoteLength = 1_000;

    public static Decision<WarningEvent> Decide(Warning warning, WarningCommand command, Actor actor, Instant now) => command switch
    {
        TellAttempt c => Tell(warning, c, actor, now),
        GiveUpWarning c => End(warning, WarningState.GivenUp, c.Reason, actor, now),
        DismissWarning c => End(warning, WarningState.Dismissed, c.Reason, actor, now),
        CheckWarning => warning.Open && warning.OverdueAt is null && now > warning.Due ? new WarningOverdue(now, warning.Due) : Decision<WarningEvent>.Nothing,
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    /// <summary>The line of whom a signal shows in danger: who is called, who is texted, who looks at a page, who pays. Null where nobody's is known, and for a call that was blocked.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="verdict">What screening said.</param>
    /// <param name="lineOf">The line bound to an account.</param>
    public static PhoneNumber? InDanger(Signal signal, Verdict verdict, Func<AccountNumber, PhoneNumber?> lineOf) => signal switch
    {
        // Whoever was kept from being called, or from being texted, has nothing to be warned of.
        Call or Message when verdict.Action == VerdictAction.Block => null,
        Call call => call.Callee,
        Message message => message.Recipient,
        WebVisit visit => visit.Line,
        Transfer { Payer: { } payer } => lineOf(payer),
        _ => null,
    };

    private static Decision<WarningEvent> Tell(Warning warning, TellAttempt command, Actor actor, Instant now)
    {
        if (!actor.SeesAll) return WarningRefusal.NotFound;
        if (command.Note?.Length > NoteLength) return WarningRefusal.BadNote;
        if (command.Outcome == AttemptOutcome.Reached && command.Channel is WarningChannel.Sms or WarningChannel.App) return WarningRefusal.NobodyAnswers;
        if (!warning.Open && warning.State != WarningState.Messaged) return WarningRefusal.Ended;
        return new WarningAttempted(
            now, command.Channel, command.Outcome, actor.Id, string.IsNullOrWhiteSpace(command.Note) ? null : command.Note.Trim(), actor.IsCordon && command.Outcome == AttemptOutcome.Sent);
    }

    private static Decision<WarningEvent> End(Warning warning, WarningState state, string reason, Actor actor, Instant now)
    {
        if (!actor.SeesAll) return WarningRefusal.NotFound;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonLength) return WarningRefusal.NoReason;
        if (!warning.Open) return WarningRefusal.Ended;
        return new WarningEnded(now, state, reason.Trim(), actor.Id);
    }
}
