namespace Cordon.Casework.Indicators;

/// <summary>Every way a command to an indicator can be refused.</summary>
internal static class IndicatorRefusal
{
    public static readonly Refusal NotFound = new("indicator/not-found", RefusalKind.NotFound,
        "There is no such indicator, or it is not shared with you.", "Check the id against the list of indicators.");

    public static readonly Refusal NotGiver = new("indicator/not-giver", RefusalKind.Forbidden,
        "Members, rule authors and the centre propose indicators.", "Ask one of them.");

    public static readonly Refusal NotCentre = new("indicator/not-centre", RefusalKind.Forbidden,
        "Only a person of the centre decides on an indicator.", "Ask a duty officer, a police officer or a supervisor.");

    public static readonly Refusal SamePerson = new("indicator/same-person", RefusalKind.Forbidden,
        "Who proposed an indicator does not confirm it, and who confirmed it does not decide the dispute of it.", "Ask a second person of the centre.");

    public static readonly Refusal NotMember = new("indicator/not-member", RefusalKind.Forbidden,
        "Only for a member can this be said: sightings, false hits and receipts are told by whom they concern.", "Sign in for a member.");

    public static readonly Refusal BadValue = new("indicator/bad-value", RefusalKind.Invalid,
        "The value is not the written form of its kind: a number such as +8613800000001, an account such as bank-a:6222, an IMEI of 14 digits, or a domain in small letters.",
        "Send it in its written form.");

    public static readonly Refusal BadConfidence = new("indicator/bad-confidence", RefusalKind.Invalid,
        "Confidence is a whole number from 0 to 100.", "Send confidence.");

    public static readonly Refusal NoReason = new("indicator/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 500 characters is needed.", "Send reason.");

    public static readonly Refusal BadEnd = new("indicator/bad-end", RefusalKind.Invalid,
        "An indicator ends within a year, and not before now: numbers and accounts change hands.", "Send until, or leave it out for the usual term.");

    public static readonly Refusal BadSighting = new("indicator/bad-sighting", RefusalKind.Invalid,
        "A sighting counts from 1 to 1,000,000 and does not lie ahead.", "Send count, and seenAt of the past.");

    public static readonly Refusal NeverBlocked = new("indicator/never-blocked", RefusalKind.AgainstRule,
        "The number is one that may never be blocked: an emergency service, a hospital, an authority.", "If that is wrong, a supervisor takes it off that list first.");

    public static readonly Refusal Exists = new("indicator/exists", RefusalKind.Conflict,
        "There is an indicator for it already.", "Load it; prolong it, or confirm it.");

    public static readonly Refusal NotProposed = new("indicator/not-proposed", RefusalKind.Conflict,
        "It does not wait for anybody.", "Load it again.");

    public static readonly Refusal NotActive = new("indicator/not-active", RefusalKind.Conflict,
        "It does not count now.", "Load it again; what has ended can be proposed anew.");

    public static readonly Refusal Voted = new("indicator/voted", RefusalKind.Conflict,
        "Your member said so already.", "Wait for the centre's decision.");

    public static readonly Refusal BadPlace = new("indicator/bad-place", RefusalKind.Invalid,
        "A place in the feed is the number that the feed gave, from 0 to its last.", "Send upTo as next was given.");
}
