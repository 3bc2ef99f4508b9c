using Cordon.Casework.Duties;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Evaluations;

/// <summary>Every way a command to an evaluation can be refused.</summary>
internal static class EvaluationRefusal
{
    public static readonly Refusal NotFound = new("evaluation/not-found", RefusalKind.NotFound,
        "There is no such evaluation, or it is not yours to see.", "Check the id against the list of evaluations.");

    public static readonly Refusal NoPack = new("evaluation/none", RefusalKind.Conflict,
        "The pack in force has no schemes of evaluation.", "Start the server with a pack that has them.");

    public static readonly Refusal UnknownScheme = new("evaluation/unknown-scheme", RefusalKind.NotFound,
        "The pack has no such scheme.", "Send the id of one of the schemes that GET /api/v1/evaluations/schemes lists.");

    public static readonly Refusal UnknownRegion = new("evaluation/unknown-region", RefusalKind.NotFound,
        "There is no such region.", "Send a region's code, or leave it out for all.");

    public static readonly Refusal BadPeriod = new("evaluation/bad-period", RefusalKind.Invalid,
        "A period begins with the first day of a month.", "Send from as 2026-04-01.");

    public static readonly Refusal Exists = new("evaluation/exists", RefusalKind.Conflict,
        "The same sector and region are evaluated in that period already.", "Withdraw that draft first, or take another period.");

    public static readonly Refusal NotSupervisor = new("evaluation/not-supervisor", RefusalKind.Forbidden,
        "Only a supervisor of the centre drafts, freezes, withdraws and publishes.", "Ask a supervisor.");

    public static readonly Refusal SamePerson = new("evaluation/same-person", RefusalKind.Forbidden,
        "Who drafted it does not approve it, and who put it forward does not publish it.", "Ask a second supervisor.");

    public static readonly Refusal Party = new("evaluation/party", RefusalKind.Forbidden,
        "Nobody judges a league in which their own member stands.", "Ask somebody who belongs to none of its members.");

    public static readonly Refusal Frozen = new("evaluation/frozen", RefusalKind.AgainstRule,
        "It is frozen: nothing of it can be changed any more.", "Draft the next period's evaluation otherwise.");

    public static readonly Refusal PeriodBegun = new("evaluation/period-begun", RefusalKind.AgainstRule,
        "The period has begun: by what it is judged was to be settled before.", "Draft an evaluation of a period that lies ahead.");

    public static readonly Refusal NotOver = new("evaluation/not-over", RefusalKind.AgainstRule,
        "The period is not over, or what is told late may still come in.", "Wait until it is computed by itself; meanwhile ask for the provisional figures.");

    public static readonly Refusal NotMeasured = new("evaluation/not-measured", RefusalKind.Forbidden,
        "Only Cordon itself counts; figures cannot be handed in.", "Wait for the end of the period.");

    public static readonly Refusal NoResult = new("evaluation/no-result", RefusalKind.Conflict,
        "There is no result yet.", "Wait for the end of the period.");

    public static readonly Refusal NotAMember = new("evaluation/not-a-member", RefusalKind.Forbidden,
        "Only a clerk of a member of the league contests, and only its own figures.", "Sign in for that member.");

    public static readonly Refusal UnknownMeasure = new("evaluation/unknown-measure", RefusalKind.Invalid,
        "There is no measure of that name.", "Send the name of a figure that the result shows for your member.");

    public static readonly Refusal ContestOpen = new("evaluation/contest-open", RefusalKind.Conflict,
        "This figure is contested already.", "Wait for the decision.");

    public static readonly Refusal NoContest = new("evaluation/no-contest", RefusalKind.NotFound,
        "There is no such contest that waits for a decision.", "Load the evaluation again.");

    public static readonly Refusal NotDecider = new("evaluation/not-decider", RefusalKind.Forbidden,
        "Only a supervisor or a decider of appeals decides a contest.", "Ask one of them.");

    public static readonly Refusal BadCorrection = new("evaluation/bad-correction", RefusalKind.Invalid,
        "A share wants faults from 0 to occasions, any other figure an amount that is not negative; 1,000,000,000,000,000 at most.", "Send the figure as it is right.");

    public static readonly Refusal NoReason = new("evaluation/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 2,000 characters is needed.", "Send reason.");

    public static readonly Refusal NoText = new("evaluation/no-text", RefusalKind.Invalid,
        "A text of 1 to 4,000 characters is needed.", "Send text.");

    public static Refusal BadFormula(FormulaReading reading) => new("evaluation/bad-formula", RefusalKind.Invalid,
        string.Join(' ', reading.Faults.Select(f => $"Line {f.Line}, column {f.Column}: {f.Message}{(f.Suggestion is { } near ? $" Did you mean '{near}'?" : "")}")),
        "Correct the formula; the names it can use are those that GET /api/v1/evaluations/schemes lists as measures.");

    public static Refusal ContestLate(Instant until) => new("evaluation/contest-late", RefusalKind.AgainstRule,
        $"The figures could be contested until {until}.", "The time for it is over.");

    public static Refusal WrongState(EvaluationState state, string wanted) => new("evaluation/wrong-state", RefusalKind.Conflict,
        $"The evaluation is '{Words.Of(state)}'; it cannot be {wanted} now.", "Load it again and act on its present state.");
}
