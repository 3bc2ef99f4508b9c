using System.Collections.Immutable;
using Cordon.Casework.Duties;

namespace Cordon.Casework.Objectives;

/// <summary>Every way a command to a plan of objectives can be refused.</summary>
internal static class PlanRefusal
{
    public static readonly Refusal NotFound = new("objectives/not-found", RefusalKind.NotFound,
        "There is no such plan, or it is not yours to see.", "Check the id against the list of plans.");

    public static readonly Refusal NotSupervisor = new("objectives/not-supervisor", RefusalKind.Forbidden,
        "Only a supervisor of the centre drafts, adopts and ends plans.", "Ask a supervisor.");

    public static readonly Refusal SamePerson = new("objectives/same-person", RefusalKind.Forbidden,
        "Who drafted a plan does not adopt it.", "Ask a second supervisor.");

    public static readonly Refusal Over = new("objectives/over", RefusalKind.AgainstRule,
        "The time of the plan is over.", "Draft a plan for a time that lies ahead.");

    public static readonly Refusal Exists = new("objectives/exists", RefusalKind.Conflict,
        "A plan for the same time is in force.", "End that plan first.");

    public static readonly Refusal NotMeasured = new("objectives/not-measured", RefusalKind.Forbidden,
        "Progress is counted by Cordon itself; it cannot be handed in.", "Wait for the next reading.");

    public static readonly Refusal UnknownObjective = new("objectives/unknown-objective", RefusalKind.NotFound,
        "The plan has no such objective.", "Check the id against the tree.");

    public static readonly Refusal NotOwner = new("objectives/not-owner", RefusalKind.Forbidden,
        "Only who owns an objective raises a difficulty with it.", "Sign in for its owner.");

    public static readonly Refusal NotLevel = new("objectives/not-level", RefusalKind.Forbidden,
        "Only the level at which a difficulty waits answers it, or a supervisor of the centre.", "Wait for that level, or ask a supervisor.");

    public static readonly Refusal OwnDifficulty = new("objectives/own-difficulty", RefusalKind.Forbidden,
        "Nobody answers their own difficulty.", "Wait for the level above.");

    public static readonly Refusal NoDifficulty = new("objectives/no-difficulty", RefusalKind.NotFound,
        "There is no such difficulty that waits for an answer.", "Load the plan again.");

    public static readonly Refusal NoReason = new("objectives/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 2,000 characters is needed.", "Send reason.");

    public static readonly Refusal NoText = new("objectives/no-text", RefusalKind.Invalid,
        "A text of 1 to 4,000 characters is needed.", "Send text.");

    public static Refusal BadPlan(string faults) => new("objectives/bad-plan", RefusalKind.Invalid, faults, "Correct every fault; each stands with its line.");

    public static Refusal Orphans(ImmutableArray<string> duties) => new("objectives/orphans", RefusalKind.AgainstRule,
        $"Duties without an owner: {string.Join(", ", duties)}.", "Let one objective carry each of them.");

    public static Refusal WrongState(PlanState state, string wanted) => new("objectives/wrong-state", RefusalKind.Conflict,
        $"The plan is '{Words.Of(state)}'; it cannot be {wanted} now.", "Load it again and act on its present state.");
}
