using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Leads;

/// <summary>Every way a lead can be refused.</summary>
internal static class LeadRefusal
{
    public static readonly Refusal NotFound = new("lead/not-found", RefusalKind.NotFound,
        "There is no such lead, or it is not yours to see.", "Check the id against the list of leads.");

    public static readonly Refusal NotSender = new("lead/not-sender", RefusalKind.Forbidden,
        "Leads are sent by people who work for the centre, a member or an authority, and by members' systems.", "Sign in as one of these.");

    public static readonly Refusal NotReceiver = new("lead/not-receiver", RefusalKind.Forbidden,
        "Only the authority that has the lead does that.", "Sign in for that authority.");

    public static readonly Refusal NotOfSender = new("lead/not-of-sender", RefusalKind.Forbidden,
        "Only whoever sent the lead does that.", "Sign in for the sender.");

    public static readonly Refusal NotCentre = new("lead/not-centre", RefusalKind.Forbidden,
        "Only people of the centre decide what is proposed.", "Ask a duty officer.");

    public static readonly Refusal OwnMatter = new("lead/own-matter", RefusalKind.Forbidden,
        "Nobody decides whether a lead is put to their own authority.", "Ask somebody else of the centre.");

    public static readonly Refusal BadKey = new("lead/bad-key", RefusalKind.Invalid,
        "The key of a lead has 1 to 100 characters.", "Send a key of your own that no other lead of yours has.");

    public static readonly Refusal BadSubjects = new("lead/bad-subjects", RefusalKind.Invalid,
        "A lead is about 1 to 50 numbers, accounts, devices, trunks, domains, persons by token or members, each in its written form.",
        "Write numbers as +86…, accounts as member:number, devices by 14 digits, persons as p1-…; never an identity number.");

    public static readonly Refusal NoReason = new("lead/no-reason", RefusalKind.Invalid,
        "A text is missing or too long: 4,000 characters for reasons of leads and for feedback, 2,000 for the others.", "Send such a text.");

    public static readonly Refusal BadRecords = new("lead/bad-records", RefusalKind.Invalid,
        "A lead names up to 50 records of 1 to 200 characters each.", "Send fewer or shorter ones.");

    public static readonly Refusal NoCaseNamed = new("lead/no-case-named", RefusalKind.Invalid,
        "Feedback that a case was opened names the case.", "Send the case among the records: case:… or your own number of it.");

    public static readonly Refusal NoCase = new("lead/no-case", RefusalKind.AgainstRule,
        "There is no such case, or the sender does not see it.", "Leave the case out, or send it as somebody of the centre.");

    public static readonly Refusal OtherBody = new("lead/other-body", RefusalKind.Conflict,
        "That key was sent before with another body.", "Send another key for another lead.");

    public static readonly Refusal NotProposed = new("lead/not-proposed", RefusalKind.Conflict,
        "The lead does not wait for a decision.", "Load it again.");

    public static readonly Refusal NotOpen = new("lead/not-open", RefusalKind.Conflict,
        "Nothing is owed on the lead.", "Load it again.");

    public static readonly Refusal NotFedBack = new("lead/not-fed-back", RefusalKind.Conflict,
        "There is no feedback that could be sent back.", "Wait for it.");

    public static readonly Refusal ToldAlready = new("lead/told-already", RefusalKind.Conflict,
        "The authority has told what came of it.", "The sender can send it back once and ask for more.");

    public static readonly Refusal ReturnedOnce = new("lead/returned-once", RefusalKind.AgainstRule,
        "Feedback is sent back once.", "Take it to the joint conference, or send a new lead with what is new.");

    public static readonly Refusal Acknowledged = new("lead/acknowledged", RefusalKind.Conflict,
        "A lead is withdrawn before an authority acknowledged it or passed it on.", "Tell the authority; it then feeds back that nothing was found.");

    public static readonly Refusal OverdueStays = new("lead/overdue-stays", RefusalKind.AgainstRule,
        "A lead whose date of feedback has passed is not passed on.", "Tell the sender what came of it, or that it is for another authority.");

    public static readonly Refusal Circle = new("lead/circle", RefusalKind.AgainstRule,
        "That authority has or had the lead before.", "Pass it on to one that has not, or tell the sender what came of it.");

    public static Refusal NoKind(LeadPlan plan) => new("lead/no-kind", RefusalKind.Invalid,
        $"The kind is one of {(plan.Kinds.IsEmpty ? "none: the pack has no file of leads" : string.Join(", ", plan.Kinds.Select(k => k.Id)))}.", "Send such a kind.");

    public static Refusal OtherSubjects(LeadKind kind) => new("lead/other-subjects", RefusalKind.Invalid,
        $"A lead of the kind '{kind.Id}' is about at least one {string.Join(" or ", kind.About.Select(Words.Of))}.", "Name one.");

    public static Refusal NoRecord(string record) => new("lead/no-record", RefusalKind.AgainstRule,
        $"There is no record '{record}', or the sender does not see it.", "Name records that you see; your own papers may be named as you call them, without such a beginning.");

    public static Refusal NotCompetent(ImmutableArray<MemberCode> able) => new("lead/not-competent", RefusalKind.AgainstRule,
        able.IsEmpty ? "No authority is enrolled that may act on such a lead." : $"Such a lead goes to one of {string.Join(", ", able)}.",
        able.IsEmpty ? "Have one enrolled, or choose another kind." : "Send one of these, or none: then it goes to the first.");
}
