using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>Every way an order command can be refused.</summary>
internal static class OrderRefusal
{
    public static readonly Refusal NotFound = new("order/not-found", RefusalKind.NotFound,
        "There is no such order, or it is not addressed to you.", "Check the id against your inbox.");

    public static readonly Refusal NotPolice = new("order/not-police", RefusalKind.Forbidden,
        "Only a police officer decides an order or its release (Anti-Telecom-Fraud Law, art. 20).", "Ask the police officer on duty.");

    public static readonly Refusal NotAddressee = new("order/not-addressee", RefusalKind.Forbidden,
        "Only the member an order is addressed to answers it.", "Sign in for that member.");

    public static readonly Refusal NoBasis = new("order/no-basis", RefusalKind.Invalid,
        "An order names its legal basis in 1 to 200 characters.", "Send legalBasis.");

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
        "A stop or freeze is acknowledged and held, a freeze is renewed, an enquiry is answered, a return is paid.", "Look at the order's kind.");

    public static readonly Refusal NothingHeld = new("order/nothing-held", RefusalKind.Conflict,
        "Only what a stop holds now can be frozen.", "Stop the account first, and wait for the receipt.");

    public static readonly Refusal RenewedAlready = new("order/renewed-already", RefusalKind.Conflict,
        "The freeze runs for more than six months from now: it was renewed already.", "Renew it again when less than six months are left.");

    public static readonly Refusal NoPayment = new("order/no-payment", RefusalKind.Invalid,
        "A payment is named by the member's own reference, 1 to 64 visible ASCII characters.", "Send payment.");

    public static Refusal PaidOther(Amount ordered) => new("order/paid-other", RefusalKind.Invalid,
        $"A return is paid whole: ordered were {ordered}.", "Pay what was ordered, or decline and say why.");

    public static Refusal WrongState(OrderState state, string wanted) => new("order/wrong-state", RefusalKind.Conflict,
        $"The order is {state.ToString().ToLowerInvariant()}; it cannot be {wanted} now.", "Load the order again and act on its present state.");

    public static Refusal HeldTooMuch(Amount ordered) => new("order/held-too-much", RefusalKind.Invalid,
        $"The receipt says more than was ordered, or another currency; ordered was {ordered}.", "Report at most the amount ordered, in its currency.");

    public static Refusal OtherReceipt(Amount held) => new("order/other-receipt", RefusalKind.Conflict,
        $"A receipt over {held} was already given.", "Ask the duty officer to release the order and issue it anew.");
}
