using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications;

/// <summary>Every way a command to a rectification can be refused.</summary>
internal static class RectificationRefusal
{
    public static readonly Refusal NotFound = new("rectification/not-found", RefusalKind.NotFound,
        "There is no such rectification, or it is not yours to see.", "Check the id against the list of rectifications.");

    public static readonly Refusal Exists = new("rectification/exists", RefusalKind.Conflict,
        "The rectification is there already.", "Load it.");

    public static readonly Refusal OtherCause = new("rectification/other-cause", RefusalKind.AgainstRule,
        "What was found has another cause.", "Open a rectification for that cause.");

    public static readonly Refusal NotTheMember = new("rectification/not-the-member", RefusalKind.Forbidden,
        "Only the member that is to mend it plans, claims and contests.", "Sign in for that member.");

    public static readonly Refusal NotCentre = new("rectification/not-centre", RefusalKind.Forbidden,
        "Only a person of the centre decides this.", "Ask a duty officer, a police officer or a supervisor.");

    public static readonly Refusal OwnMember = new("rectification/own-member", RefusalKind.Forbidden,
        "Nobody judges a matter of their own member.", "Ask somebody of the centre who belongs to another.");

    public static readonly Refusal SamePerson = new("rectification/same-person", RefusalKind.Forbidden,
        "Who opened a rectification neither inspects it nor decides a contest of it.", "Ask a second person of the centre.");

    public static readonly Refusal NotMeasured = new("rectification/not-measured", RefusalKind.Forbidden,
        "Only Cordon itself reads the controls again; a reading cannot be handed in.", "Wait for the end of the recheck.");

    public static readonly Refusal NoText = new("rectification/no-text", RefusalKind.Invalid,
        "A text of 1 to 4,000 characters is needed.", "Send text.");

    public static readonly Refusal NoOfficer = new("rectification/no-officer", RefusalKind.Invalid,
        "A plan names the officer who answers for it in 1 to 100 characters.", "Send officer.");

    public static readonly Refusal NoReason = new("rectification/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 2,000 characters is needed.", "Send reason.");

    public static readonly Refusal BadEvidence = new("rectification/bad-evidence", RefusalKind.Invalid,
        "Evidence is at most 50 records or papers of 1 to 200 characters each.", "Send evidence so, or leave it out.");

    public static readonly Refusal BadState = new("rectification/bad-state", RefusalKind.Invalid,
        "The state of the filter is none that a rectification can have.", "Send a state such as opened, or leave state out.");

    public static readonly Refusal BadMember = new("rectification/bad-member", RefusalKind.Invalid,
        "The member of the filter is not a member code.", "Send a code such as bank-a, or leave member out.");

    public static readonly Refusal PlanInThePast = new("rectification/plan-in-the-past", RefusalKind.Invalid,
        "The date of a plan lies ahead.", "Send a later date.");

    public static readonly Refusal NoPlan = new("rectification/no-plan", RefusalKind.Conflict,
        "There is no plan yet, so nobody answers for it by name.", "Send the plan first, then claim.");

    public static readonly Refusal OpenContest = new("rectification/open-contest", RefusalKind.Conflict,
        "A contest is not decided yet.", "Have it decided first.");

    public static readonly Refusal UnknownContest = new("rectification/unknown-contest", RefusalKind.NotFound,
        "There is no such contest.", "Load the rectification again.");

    public static readonly Refusal ContestDecided = new("rectification/contest-decided", RefusalKind.Conflict,
        "The contest was decided already.", "Load the rectification again.");

    public static readonly Refusal OtherControl = new("rectification/other-control", RefusalKind.AgainstRule,
        "A reading is of another member, unit or duty.", "Read the controls of this rectification.");

    public static readonly Refusal BeforeClaim = new("rectification/before-claim", RefusalKind.AgainstRule,
        "A reading begins before the claim: what was before never counts against it.", "Read the controls from the claim on.");

    public static readonly Refusal LateBegin = new("rectification/late-begin", RefusalKind.AgainstRule,
        "A reading begins more than a day after the claim: it would leave out what came first.", "Read the controls from the claim on.");

    public static readonly Refusal NotOver = new("rectification/not-over", RefusalKind.AgainstRule,
        "A reading ends in the future.", "Wait for the end of its span.");

    public static Refusal SpanRuns(Instant until) => new("rectification/span-runs", RefusalKind.Conflict,
        $"The recheck runs until {until}; before that it can refute and not mend.", "Read the controls again after that.");

    public static Refusal ControlsMissing(IEnumerable<string> duties) => new("rectification/controls-missing", RefusalKind.AgainstRule,
        $"Of these duties there is no reading: {string.Join(", ", duties)}.", "Read every control of the rectification.");

    public static Refusal PlanTooLate(Instant deadline) => new("rectification/plan-too-late", RefusalKind.AgainstRule,
        $"The plan ends after {deadline}, the deadline that runs.", "Plan to be done by then, or contest the rectification.");

    public static Refusal WrongState(RectificationState state, string wanted) => new("rectification/wrong-state", RefusalKind.Conflict,
        $"The rectification is '{Words.Of(state)}'; it cannot be {wanted} now.", "Load the rectification again and act on its present state.");
}
