using Cordon.Engine.Signals;

namespace Cordon.Casework.Restitution;

/// <summary>Every way a command of restitution can be refused.</summary>
internal static class RestitutionRefusal
{
    public static readonly Refusal NotFound = new("restitution/not-found", RefusalKind.NotFound,
        "There is no such ledger.", "List the ledgers, or open one for an order that holds money.");

    public static readonly Refusal NotPolice = new("restitution/not-police", RefusalKind.Forbidden,
        "Only police decide what goes back to whom (Anti-Telecom-Fraud Law, art. 20).", "Ask a police officer.");

    public static readonly Refusal SamePerson = new("restitution/same-person", RefusalKind.Forbidden,
        "Who announced a division neither decides it nor settles an objection to it.", "Ask a second police officer.");

    public static readonly Refusal NothingHeld = new("restitution/nothing-held", RefusalKind.Conflict,
        "The order holds no money now.", "Open a ledger for a stop or freeze whose receipt tells what is held.");

    public static readonly Refusal NoClaims = new("restitution/no-claims", RefusalKind.Conflict,
        "No verified loss claims this sum yet: of no report was a payment found among the signals.", "Have the victims' banks tell the transfers, then announce again.");

    public static readonly Refusal NothingLeft = new("restitution/nothing-left", RefusalKind.Conflict,
        "All that was held is ordered back already.", "Look at the returns.");

    public static readonly Refusal NoBasis = new("restitution/no-basis", RefusalKind.Invalid,
        "A legal basis of 1 to 200 characters is needed.", "Send legalBasis.");

    public static readonly Refusal NoReason = new("restitution/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 500 characters is needed.", "Send reason.");

    public static readonly Refusal NotLegal = new("restitution/not-legal", RefusalKind.AgainstRule,
        "The rules prescribe another method for these claims.", "Announce by the legal method, or by another with the reason for it.");

    public static readonly Refusal ForComparison = new("restitution/for-comparison", RefusalKind.AgainstRule,
        "No rule of this jurisdiction divides money by that method; it is shown for comparison.", "Announce a direct return or one in proportion.");

    public static readonly Refusal NoObjection = new("restitution/no-objection", RefusalKind.Invalid,
        "An objection names who objects (1 to 200 characters) and what is said (1 to 4,000).", "Send from and text.");

    public static readonly Refusal UnknownObjection = new("restitution/unknown-objection", RefusalKind.NotFound,
        "There is no such objection.", "Load the ledger again.");

    public static readonly Refusal Settled = new("restitution/settled", RefusalKind.Conflict,
        "The objection was settled already.", "Load the ledger again.");

    public static readonly Refusal OpenObjection = new("restitution/open-objection", RefusalKind.Conflict,
        "An objection is not settled yet.", "Settle it first.");

    public static readonly Refusal OtherClaims = new("restitution/other-claims", RefusalKind.Conflict,
        "Claims or the sum are others than when the division was announced.", "Open the ledger again and announce anew.");

    public static Refusal Notice(Instant until) => new("restitution/notice", RefusalKind.Conflict,
        $"The division can be objected to until {until}.", "Decide it after that.");

    public static Refusal WrongState(LedgerState state, string wanted) => new("restitution/wrong-state", RefusalKind.Conflict,
        $"The ledger is {state.ToString().ToLowerInvariant()}; it cannot be {wanted} now.", "Load the ledger again and act on its present state.");
}
