using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>Every way an order command can be refused.</summary>
internal static class OrderRefusal
{
    public static readonly Refusal NotFound = new("order/not-found", RefusalKind.NotFound,
        "There is no such order, or it is not addressed to you.", "Check the id against your inbox.");

    public static readonly Refusal NotAddressee = new("order/not-addressee", RefusalKind.Forbidden,
        "Only the member an order is addressed to answers it.", "Sign in for that member.");

    public static readonly Refusal NoBasis = new("order/no-basis", RefusalKind.Invalid,
        "An order names its legal basis in 1 to 200 characters.", "Send legalBasis.");

    public static readonly Refusal SamePerson = new("order/same-person", RefusalKind.Forbidden,
        "Who issued an order does not approve it: issuer and approver are two people.", "Ask another officer of the same authority.");

    public static readonly Refusal OtherAuthority = new("order/other-authority", RefusalKind.Forbidden,
        "An order is approved by a second officer of the authority that issued it.", "Ask another officer of that authority.");

    public static readonly Refusal Unfounded = new("order/unfounded", RefusalKind.AgainstRule,
        "The case rests on nothing but what strangers told: no victim is verified whose payment a member told.", "Verify a report of the case and have its payment found first.");

    public static readonly Refusal NoEmergency = new("order/no-emergency", RefusalKind.AgainstRule,
        "The competence table lets nobody send an order of this kind alone.", "Issue it without emergency; a second officer approves it.");

    public static readonly Refusal ConfirmedLate = new("order/confirmed-late", RefusalKind.Conflict,
        "The time to approve what was sent in an emergency is over: the order lapses.", "Issue a new order where one is needed still.");

    public static readonly Refusal NotSent = new("order/not-sent", RefusalKind.Conflict,
        "There is nothing to let go: the order was not lifted, expired or lapsed while it ran.", "Look at the order's state.");

    public static readonly Refusal WrongSubject = new("order/wrong-subject", RefusalKind.Invalid,
        "A suspension or block is about a phone number, a take-down about a domain, and about nothing else.", "Send line or domain, as the kind asks.");

    public static readonly Refusal NeverBlocked = new("order/never-blocked", RefusalKind.AgainstRule,
        "The number stands on the list of numbers that are never blocked.", "Ask who keeps the list whether it stands there rightly.");

    public static readonly Refusal UnknownOwner = new("order/unknown-owner", RefusalKind.Conflict,
        "It is not known which member the number or domain belongs to.", "Send member: the operator of the number, or the platform that keeps the domain.");

    public static readonly Refusal OtherOwner = new("order/other-owner", RefusalKind.Conflict,
        "The number belongs to another member, or the member is none that can carry the order out.", "Leave member out, or send an operator for a number and a platform or operator for a domain.");

    public static readonly Refusal NotFrozen = new("order/not-frozen", RefusalKind.Conflict,
        "Only a freeze that runs can be ended by an unfreeze.", "Release a stop; it needs no unfreeze.");

    public static readonly Refusal ForLiving = new("order/for-living", RefusalKind.AgainstRule,
        "No more is held than the rules leave for living, so nothing can be frozen.", "Let the stop end.");

    public static readonly Refusal NoReason = new("order/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 500 characters is needed.", "Send reason.");

    public static readonly Refusal StopLimit = new("order/stop-limit", RefusalKind.AgainstRule,
        "The account has been stopped twice, which is all that notice 86 of 2016 allows.", "Ask for a freeze instead.");

    public static readonly Refusal AlreadyProposed = new("order/already-open", RefusalKind.Conflict,
        "Such an order for this account is already open in this case.", "Use the open order, or wait until it has ended.");

    public static readonly Refusal BadAmount = new("order/bad-amount", RefusalKind.Invalid,
        "The amount of an order is above zero.", "Send the amount to stop.");

    public static readonly Refusal BadMember = new("order/bad-member", RefusalKind.Invalid,
        "The member of the filter is not a member code.", "Send a code such as bank-a, or leave member out.");

    public static readonly Refusal Expired = new("order/expired", RefusalKind.Conflict,
        "The order ended by law before this came.", "Issue a second stop or a freeze.");

    public static readonly Refusal NoAnswer = new("order/no-answer", RefusalKind.Invalid,
        "An answer gives a reference of a transfer that was asked about, each once and of 1 to 64 visible characters, or a note of 1 to 500 characters.",
        "Send references, or note where there is none.");

    public static readonly Refusal OtherAnswer = new("order/other-answer", RefusalKind.Conflict,
        "The enquiry was answered already.", "Tell what is new as corrections of transfers.");

    public static readonly Refusal NotOfThisKind = new("order/other-kind", RefusalKind.Invalid,
        "A stop or freeze is acknowledged and held, a freeze is renewed, an enquiry is answered, a return is paid, any other order is acknowledged and carried out.", "Look at the order's kind.");

    public static readonly Refusal NothingHeld = new("order/nothing-held", RefusalKind.Conflict,
        "Only what a stop holds now can be frozen.", "Stop the account first, and wait for the receipt.");

    public static readonly Refusal RenewedAlready = new("order/renewed-already", RefusalKind.Conflict,
        "The freeze runs for more than six months from now: it was renewed already.", "Renew it again when less than six months are left.");

    public static readonly Refusal NoPayment = new("order/no-payment", RefusalKind.Invalid,
        "A payment is named by the member's own reference, 1 to 64 visible ASCII characters.", "Send payment.");

    public static Refusal NotCompetent(CompetentAct act, OrderKind kind, IReadOnlyList<CompetenceRow> rows) => new("order/not-competent", RefusalKind.Forbidden,
        $"You may not {Words.Of(act)} an order of the kind {Words.Of(kind)}: {Who(rows)}.", "Ask one who may.");

    public static Refusal OtherBasis(OrderKind kind, IReadOnlyList<CompetenceRow> rows) => new("order/other-basis", RefusalKind.AgainstRule,
        $"An order of the kind {Words.Of(kind)} rests on none of the bases named: {Who(rows)}.", "Name one or more of these bases, set apart by ';'.");

    private static string Who(IReadOnlyList<CompetenceRow> rows) => rows.Count == 0 ? "the competence table names nobody" : string.Join("; ", rows.Select(r =>
        $"{string.Join(" or ", r.Sectors.Select(s => Words.Of(s)))} may, by a {r.Role}, on {string.Join(" or ", r.Bases.Select(b => b.Names[0]))}"));

    public static Refusal PaidOther(Amount ordered) => new("order/paid-other", RefusalKind.Invalid,
        $"A return is paid whole: ordered were {ordered}.", "Pay what was ordered, or decline and say why.");

    public static Refusal WrongState(OrderState state, string wanted) => new("order/wrong-state", RefusalKind.Conflict,
        $"The order is {Words.Of(state)}; it cannot be {wanted} now.", "Load the order again and act on its present state.");

    public static Refusal HeldTooMuch(Amount ordered) => new("order/held-too-much", RefusalKind.Invalid,
        $"The receipt says more than was ordered, or another currency; ordered was {ordered}.", "Report at most the amount ordered, in its currency.");

    public static Refusal OtherReceipt(Amount held) => new("order/other-receipt", RefusalKind.Conflict,
        $"A receipt over {held} was already given.", "Ask the duty officer to release the order and issue it anew.");
}
