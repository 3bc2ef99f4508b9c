using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>Every way a command to a step can be refused.</summary>
internal static class StepRefusal
{
    public static readonly Refusal NotFound = new("ladder/not-found", RefusalKind.NotFound,
        "There is no such step, or it is not yours to see.", "Check the id against the list of steps.");

    public static readonly Refusal NoLadder = new("ladder/none", RefusalKind.Conflict,
        "The pack in force has no ladder.", "Start the server with a ladder.");

    public static readonly Refusal UnknownSubject = new("ladder/unknown-subject", RefusalKind.NotFound,
        "There is no such member or region.", "Send a subject such as member:bank-a or region:330100.");

    public static readonly Refusal BadSubject = new("ladder/bad-subject", RefusalKind.Invalid,
        "The subject is none of member:CODE and region:CODE.", "Send a subject such as member:bank-a or region:330100.");

    public static readonly Refusal BadInstant = new("ladder/bad-instant", RefusalKind.Invalid,
        "The instant is not of the form 2026-03-02T08:00:00Z.", "Send at so, or leave it out for now.");

    public static readonly Refusal NotForPersons = new("ladder/not-for-persons", RefusalKind.AgainstRule,
        "Only a grave event, and the first place on the list of involved accounts, are told by a person; the rest is measured.", "Send one of these triggers.");

    public static readonly Refusal InTheFuture = new("ladder/in-the-future", RefusalKind.Invalid,
        "What leads to a step has happened already.", "Send the instant of the event.");

    public static readonly Refusal TooOld = new("ladder/too-old", RefusalKind.AgainstRule,
        "The term that is counted from the event is over.", "Nothing can be barred for it any more.");

    public static readonly Refusal NotSupervisor = new("ladder/not-supervisor", RefusalKind.Forbidden,
        "Only a supervisor of the centre decides a step.", "Ask a supervisor.");

    public static readonly Refusal NotDecider = new("ladder/not-decider", RefusalKind.Forbidden,
        "Only a supervisor or a decider of appeals decides an appeal.", "Ask one of them.");

    public static readonly Refusal OwnMember = new("ladder/own-member", RefusalKind.Forbidden,
        "Nobody judges a matter of their own member.", "Ask somebody of the centre who belongs to another.");

    public static readonly Refusal SamePerson = new("ladder/same-person", RefusalKind.Forbidden,
        "Who drafted, decided or endorsed a step does not decide it again.", "Ask another person.");

    public static readonly Refusal NotSubject = new("ladder/not-subject", RefusalKind.Forbidden,
        "Only the subject of a step appeals.", "Sign in for that member.");

    public static readonly Refusal NoReason = new("ladder/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 2,000 characters is needed.", "Send reason.");

    public static readonly Refusal NoText = new("ladder/no-text", RefusalKind.Invalid,
        "A text of 1 to 4,000 characters is needed.", "Send text.");

    public static readonly Refusal Appealed = new("ladder/appealed", RefusalKind.Conflict,
        "The step was appealed already.", "Load the step again.");

    public static readonly Refusal NoAppeal = new("ladder/no-appeal", RefusalKind.Conflict,
        "There is no appeal to decide.", "Load the step again.");

    public static readonly Refusal NotAListing = new("ladder/not-a-listing", RefusalKind.AgainstRule,
        "Only a listing can be ended before its term. A veto ends with its term, or by an appeal that is upheld.", "Look at the step's rung.");

    public static readonly Refusal NothingMeasured = new("ladder/nothing-measured", RefusalKind.AgainstRule,
        "No rectification stands behind the listing, so no measured result can end it.", "Appeal is the way out of this listing.");

    public static Refusal NotMended(IEnumerable<string> numbers) => new("ladder/not-mended", RefusalKind.AgainstRule,
        $"Not mended yet: {string.Join(", ", numbers)}.", "Delist when the recheck of each shows it mended.");

    public static Refusal AppealLate(Instant until) => new("ladder/appeal-late", RefusalKind.AgainstRule,
        $"The step could be appealed until {until}.", "The time for it is over.");

    public static Refusal Idle(LadderMoveKind kind) => new("ladder/nothing-to-do", RefusalKind.Conflict,
        $"The ladder answers '{Words.Of(kind)}': this leads to no further step now.", "Look at the steps of the subject.");

    public static Refusal WrongState(StepState state, string wanted) => new("ladder/wrong-state", RefusalKind.Conflict,
        $"The step is '{Words.Of(state)}'; it cannot be {wanted} now.", "Load the step again and act on its present state.");
}
