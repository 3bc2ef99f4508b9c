namespace Cordon.Casework.Lists;

/// <summary>Every way a list command can be refused.</summary>
internal static class ListRefusal
{
    public static readonly Refusal NotFound = new("list/not-found", RefusalKind.NotFound,
        "There is no such entry.", "List the entries.");

    public static readonly Refusal NotKeeper = new("list/not-keeper", RefusalKind.Forbidden,
        "Only a rule author or a supervisor changes lists.", "Ask one of them.");

    public static readonly Refusal SupervisorOnly = new("list/supervisor-only", RefusalKind.Forbidden,
        "Only a supervisor decides which numbers may never be blocked: such an entry shields a number from every rule.", "Ask a supervisor.");

    public static readonly Refusal KeptByOrders = new("list/kept-by-orders", RefusalKind.AgainstRule,
        "The list of stopped accounts follows from orders.", "Issue or release an order.");

    public static readonly Refusal KeptByRestrictions = new("list/kept-by-restrictions", RefusalKind.AgainstRule,
        "The lists of restricted people and of what they keep for living follow from restrictions.", "Propose or lift a restriction.");

    public static readonly Refusal KeptByIndicator = new("list/kept-by-indicator", RefusalKind.AgainstRule,
        "An indicator keeps this entry, with its own history and its own end.", "Recall or prolong the indicator that the entry names as its owner.");

    public static readonly Refusal BadEntry = new("list/bad-entry", RefusalKind.Invalid,
        "The entry is not what this list holds: a number such as +8613800000001, an account such as bank-a:6222, a domain in small letters, or an IMEI of 14 digits without its check digit.", "Send it in its written form.");

    public static readonly Refusal NoOwner = new("list/no-owner", RefusalKind.Invalid,
        "Somebody answers for an entry: an owner of 1 to 100 characters.", "Send owner.");

    public static readonly Refusal NoReason = new("list/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 500 characters is needed.", "Send reason.");

    public static readonly Refusal NoEnd = new("list/no-end", RefusalKind.Invalid,
        "An entry on a list of fraud has an end, within a year: numbers and accounts change hands.", "Send until.");

    public static readonly Refusal BadEnd = new("list/bad-end", RefusalKind.Invalid,
        "The end of an entry lies ahead.", "Send until after this moment.");

    public static readonly Refusal NotThere = new("list/not-there", RefusalKind.Conflict,
        "The entry is not on the list any more.", "Load the list again.");
}
