namespace Cordon.Casework.Rulebooks;

/// <summary>Every way a rulebook command can be refused.</summary>
internal static class RulebookRefusal
{
    public static readonly Refusal NotFound = new("rulebook/not-found", RefusalKind.NotFound,
        "There is no such rulebook.", "List the rulebooks.");

    public static readonly Refusal NotAuthor = new("rulebook/not-author", RefusalKind.Forbidden,
        "Only a rule author writes rulebooks.", "Ask a rule author.");

    public static readonly Refusal NotDecider = new("rulebook/not-decider", RefusalKind.Forbidden,
        "Only a supervisor or a rule author decides on rulebooks.", "Ask one of them.");

    public static readonly Refusal OwnWork = new("rulebook/own-work", RefusalKind.AgainstRule,
        "Who wrote in a rulebook does not decide on it.", "Ask a second person: a supervisor, or a rule author who has not written in it.");

    public static readonly Refusal SecondPerson = new("rulebook/second-person", RefusalKind.AgainstRule,
        "Who brought a rulebook back does not confirm it.", "Ask a second person: a supervisor or another rule author.");

    public static readonly Refusal ConfirmationOwed = new("rulebook/confirmation-owed", RefusalKind.AgainstRule,
        "You brought a rulebook back before, and nobody has confirmed that yet.", "Let a second person confirm it, or do this.");

    public static readonly Refusal BadPurpose = new("rulebook/bad-purpose", RefusalKind.Invalid,
        "A purpose of 1 to 500 characters is needed.", "Send purpose: what changes and why.");

    public static readonly Refusal NoReason = new("rulebook/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 500 characters is needed.", "Send reason.");

    public static readonly Refusal BadFiles = new("rulebook/bad-files", RefusalKind.Invalid,
        "A rulebook has 1 to 64 files of at most 1 MB each and 4 MB together, with different names such as calls.yaml: small letters, digits, dots and hyphens, 64 at most.",
        "Correct names and sizes.");

    public static readonly Refusal UnknownSource = new("rulebook/unknown-source", RefusalKind.NotFound,
        "There is no rulebook to start from by that name.", "Send from: files, shipped, active, or the hash of a rulebook.");

    public static readonly Refusal ChangedMeanwhile = new("rulebook/changed-meanwhile", RefusalKind.Conflict,
        "The draft was changed by somebody else meanwhile.", "Load it again, then write your change into what is there now.");

    public static readonly Refusal DoesNotCheck = new("rulebook/does-not-check", RefusalKind.AgainstRule,
        "The rulebook has faults, or an example of a rule does not pass.", "Check it, and correct what is told.");

    public static readonly Refusal OtherRulebook = new("rulebook/other-rulebook", RefusalKind.Conflict,
        "The backtest ran another rulebook than the draft is now.", "Run a backtest of the draft as it is now.");

    public static readonly Refusal BacktestUnfinished = new("rulebook/backtest-unfinished", RefusalKind.Conflict,
        "The backtest has not ended well.", "Wait until it is done, or run another.");

    public static readonly Refusal BacktestNotFound = new("rulebook/backtest-not-found", RefusalKind.NotFound,
        "There is no such backtest.", "List the backtests of the rulebook.");

    public static readonly Refusal BacktestRuns = new("rulebook/backtest-runs", RefusalKind.Conflict,
        "Another backtest runs, and one is enough for the machine.", "Wait until it is done, or stop it.");

    public static readonly Refusal BadPeriod = new("rulebook/bad-period", RefusalKind.Invalid,
        "The period ends before it begins.", "Send from before to.");

    public static readonly Refusal NoPrevious = new("rulebook/no-previous", RefusalKind.Conflict,
        "No rulebook judged before this one.", "Release another rulebook.");

    public static readonly Refusal ShadowSawNothing = new("rulebook/shadow-saw-nothing", RefusalKind.AgainstRule,
        "The shadow has not judged a single live signal.", "Wait until signals came in.");

    public static readonly Refusal NothingToDiffer = new("rulebook/unknown-hash", RefusalKind.NotFound,
        "No rulebook of that hash is known.", "Send hashes from the list of rulebooks.");

    public static Refusal ShadowTooShort(TimeSpan least) => new("rulebook/shadow-too-short", RefusalKind.AgainstRule,
        $"A shadow lasts at least {least.TotalMinutes:0} minutes.", "Let it run on.");

    public static Refusal ShadowRuns(string number) => new("rulebook/shadow-runs", RefusalKind.Conflict,
        $"The shadow of {number} runs, and one is enough for the machine.", $"Stop the shadow of {number} first.");

    public static Refusal WrongState(RulebookState state, string wanted) => new("rulebook/wrong-state", RefusalKind.Conflict,
        $"The rulebook is in the state {state.ToString().ToLowerInvariant()}; it cannot be {wanted} now.", "Load it again and act on its present state.");
}
