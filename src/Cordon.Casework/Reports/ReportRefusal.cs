using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>Every way a report, or what a clerk asks of one, can be refused.</summary>
internal static class ReportRefusal
{
    public static readonly Refusal NoLoss = new("report/no-loss", RefusalKind.Invalid,
        "A report tells of at least one payment and at most 200.", "Send losses with amount, currency and time.");

    public static readonly Refusal BadLoss = new("report/bad-loss", RefusalKind.Invalid,
        "Each payment has an amount above zero, and all are in one currency.", "Correct the amounts; report other currencies separately.");

    public static readonly Refusal TooMuch = new("report/too-much", RefusalKind.Invalid,
        "A report claims more than a loss can be.", "Look whether the amounts are in the right unit.");

    public static readonly Refusal TooLong = new("report/too-long", RefusalKind.Invalid,
        "A report's text has at most 20,000 characters, its name 200, its lists 200 entries.", "Shorten it; put longer evidence into the case.");

    public static readonly Refusal OtherReport = new("report/other-report", RefusalKind.Conflict,
        "A report with this id and other contents was received before.", "Use a new id for a new report.");

    public static readonly Refusal NotFound = new("report/not-found", RefusalKind.NotFound,
        "There is no such report, or it is not yours to see.", "Check the id against the list of reports.");

    public static readonly Refusal NotYours = new("report/not-yours", RefusalKind.Forbidden,
        "Duty officers and police officers decide about reports.", "Ask one of them.");

    public static readonly Refusal VerifiedAlready = new("report/verified-already", RefusalKind.Conflict,
        "The victim of this report is verified already.", "Load the report again.");

    public static readonly Refusal CaseClosed = new("report/case-closed", RefusalKind.AgainstRule,
        "The case of this report is closed: nothing would follow from it.", "Reopen the case first.");

    public static readonly Refusal NoHow = new("report/no-how", RefusalKind.Invalid,
        "How the victim was verified is told in 1 to 500 characters.", "Send how: called back on the number of the bank's file, seen at the counter, or the like.");

    public static readonly Refusal NoReason = new("report/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 500 characters is needed.", "Send reason.");

    public static readonly Refusal NoDuplicate = new("report/no-duplicate", RefusalKind.NotFound,
        "This payment is not held for one of another report.", "Load the report again.");

    public static readonly Refusal SameTransfer = new("report/same-transfer", RefusalKind.AgainstRule,
        "Both reports name the same transfer of the same member: that is one payment.", "Correct the transfer of the payment first, where it is the wrong one.");

    public static readonly Refusal FullHere = new("report/full-here", RefusalKind.Busy,
        "So many reports from this address wait to be looked at that no further one is taken today.", "Call the police, or come back tomorrow.");

    public static readonly Refusal FullToday = new("report/full-today", RefusalKind.Busy,
        "So many reports wait to be looked at that no further one is taken now.", "Call the police, or come back later.");

    public static readonly Refusal BadState = new("report/bad-state", RefusalKind.Invalid,
        "The state of the filter is none that a report can have.", "Send a state such as received, or leave state out.");

    public static Refusal UnknownType(string code) => new("report/unknown-type", RefusalKind.Invalid,
        $"'{code}' is no type of fraud without kinds of its own.", "Send the code of a type of the tree; GET /api/v1/reports/types lists them.");

    public static Refusal OtherCurrency(Currency wanted) => new("report/other-currency", RefusalKind.AgainstRule,
        $"The case of this report is in {wanted.Code}.", "Confirm the payments of that currency here, and take the others down as a report of their own.");
}
