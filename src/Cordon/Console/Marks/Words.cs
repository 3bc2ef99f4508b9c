using Cordon.Casework.Cases;
using Cordon.Casework.Controls;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Reports;
using Cordon.Casework.Restitution;
using Cordon.Casework.Rulebooks;
using Cordon.Engine.Money;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.WebConsole.Marks;

/// <summary>What people read for the values of closed sets.</summary>
internal static class Words
{
    public static string Of(Sector? sector) => sector switch
    {
        Sector.TelecomOperator => "Telecom operator",
        Sector.VirtualOperator => "Virtual operator",
        Sector.Bank => "Bank",
        Sector.PaymentInstitution => "Payment institution",
        Sector.InternetPlatform => "Internet platform",
        Sector.Police => "Police",
        Sector.Regulator => "Regulator",
        Sector.Government => "Government",
        Sector.JointOffice => "Joint office",
        _ => "Not a member",
    };

    public static string Of(OrderState state) => state switch
    {
        OrderState.Executed => "Held",
        OrderState.AwaitsApproval => "Awaits approval",
        _ => state.ToString(),
    };

    public static string Of(OrderKind kind) => kind switch
    {
        OrderKind.StopPayment => "Stop payment",
        _ => Spaced(kind.ToString()),
    };

    public static string Of(ReportState state) => state switch
    {
        ReportState.Received => "To verify",
        ReportState.Matched => "Verified, payment found",
        ReportState.Duplicate => "Told before",
        _ => state.ToString(),
    };

    public static string Of(ReportChannel channel) => channel switch
    {
        ReportChannel.Api => "Member's system",
        ReportChannel.Console => "Clerk",
        ReportChannel.Bulk => "File",
        _ => "Public page",
    };

    public static string Of(LedgerState state) => state switch
    {
        LedgerState.Open => "Gathering claims",
        _ => state.ToString(),
    };

    public static string Of(RectificationState state) => state switch
    {
        RectificationState.ClaimedDone => "Claimed done, being rechecked",
        RectificationState.AwaitsInspection => "Waits for inspection",
        RectificationState.Refuted => "Refuted, open again",
        RectificationState.Relapsed => "Relapsed, open again",
        _ => state.ToString(),
    };

    public static string Of(RecheckOutcome outcome) => outcome switch
    {
        RecheckOutcome.Prolonged => "Too little to tell: read longer",
        RecheckOutcome.Inconclusive => "No control can tell: a person looks",
        RecheckOutcome.Mended => "Mended",
        RecheckOutcome.Refuted => "Not mended",
        _ => "Back again",
    };

    public static string Of(ControlVerdict verdict) => verdict switch
    {
        ControlVerdict.TooFew => "too few to tell",
        ControlVerdict.Kept => "kept",
        _ => "burnt",
    };

    public static string Of(Rung rung) => rung == Rung.Listing ? "Supervised listing" : rung.ToString();

    public static string Of(StepState state) => state switch
    {
        StepState.Waiting => "Waits for a decision",
        StepState.Endorsed => "Waits for a second person",
        StepState.Issued => "In force",
        _ => state.ToString(),
    };

    public static string Of(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.GraveEvent => "A grave event",
        LadderTrigger.TopOfInvolvedListTwoMonths => "First on the list of involved accounts, two months running",
        _ => Spaced(trigger.ToString()),
    };

    public static string Of(Bar bar) => bar switch
    {
        Bar.Honours => "titles of honour",
        Bar.Awards => "awards",
        _ => "promotion",
    };

    public static string Of(OfficerRank rank) => rank switch
    {
        OfficerRank.Principal => "principal",
        OfficerRank.InCharge => "in charge",
        _ => "directly responsible",
    };

    public static string Of(DivisionMethod method) => method switch
    {
        DivisionMethod.Direct => "Direct",
        DivisionMethod.ProRata => "In proportion",
        DivisionMethod.Fifo => "FIFO",
        DivisionMethod.RollingCharge => "Rolling charge",
        _ => "Lowest balance",
    };

    public static string Of(DivisionReason reason) => reason switch
    {
        DivisionReason.TimesShowWhose => "The times of the transfers show whose money it is: every way of following it says the same. It is returned in full (rules 41 of 2016, art. 8, items 1 and 2).",
        DivisionReason.TimesDoNotShowWhose => "The ways of following the money differ, or one gives an interval, so it is divided in proportion to verified losses after 30 days of notice (rules 41 of 2016, art. 8, item 3).",
        DivisionReason.NotShownByTimes => "Not possible: the ways of following the money differ.",
        DivisionReason.ShownByTimes => "For money of which the times do not show whose it is.",
        _ => "For comparison: it shows who would gain or lose by it.",
    };

    public static string Of(AttributionMethod method) => method switch
    {
        AttributionMethod.RollingCharge => "Rolling charge",
        AttributionMethod.LowestIntermediateBalance => "Lowest balance",
        AttributionMethod.PariPassu => "Pari passu",
        AttributionMethod.Poison => "Poison",
        _ => "FIFO",
    };

    public static string Of(TraceOutcome outcome) => outcome switch
    {
        TraceOutcome.Held => "Still in the account",
        TraceOutcome.Pool => "In a pool",
        TraceOutcome.CashedOut => "Cashed out",
        TraceOutcome.Spent => "Spent",
        TraceOutcome.LostFromSight => "Lost from sight",
        TraceOutcome.Returned => "Back with the victim",
        TraceOutcome.VirtualCurrency => "Virtual currency",
        _ => "Not followed",
    };

    public static string Of(IdentityCheck check) => check switch
    {
        IdentityCheck.Verified => "identity checked",
        IdentityCheck.NotVerified => "no real name",
        _ => "identity not told",
    };

    public static string Of(CallOrigin origin) => origin switch
    {
        CallOrigin.InternationalTrunk => "international trunk",
        CallOrigin.Domestic => "domestic",
        _ => "origin not told",
    };

    public static string Of(LineKind kind) => kind switch
    {
        LineKind.Mobile => "mobile line",
        LineKind.Fixed => "fixed line",
        LineKind.Broadband => "broadband",
        LineKind.Iot => "IoT card",
        _ => "line",
    };

    public static string Of(AccountKind kind) => kind switch
    {
        AccountKind.Personal => "personal account",
        AccountKind.Business => "business account",
        AccountKind.Merchant => "merchant",
        AccountKind.Pool => "pooled account",
        AccountKind.Wallet => "wallet",
        _ => "account",
    };

    public static string Of(VerdictAction action) => action.ToString();

    public static string Of(RulebookState state) => state switch
    {
        RulebookState.Shadow => "In the shadow",
        _ => state.ToString(),
    };

    public static string Of(ListName list) => list switch
    {
        ListName.FraudNumbers => "Fraud numbers",
        ListName.NeverBlockNumbers => "Never blocked",
        ListName.FraudAccounts => "Fraud accounts",
        ListName.FraudDomains => "Fraud domains",
        _ => "Stopped accounts",
    };

    /// <summary>A stored event's name as words: <c>rulebook.put-to-work</c> to <c>Put to work</c>.</summary>
    public static string OfEvent(string name) => OfCode(name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]);

    public static string Of(SignalKind kind) => Spaced(kind.ToString());

    public static string Of(CaseState state) => state.ToString();

    public static string Of(IEnumerable<string>? roles) =>
        roles is null ? "" : string.Join(", ", roles.Order(StringComparer.Ordinal).Select(r => r.Replace('-', ' ')));

    /// <summary>A stored code as words: <c>fake-customer-service</c> to <c>Fake customer service</c>.</summary>
    public static string OfCode(string code)
    {
        var text = code.Replace('-', ' ').Replace('_', ' ');
        return text.Length == 0 ? "Not told" : char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>An account's digits in fours; anything else as it stands.</summary>
    public static string Grouped(string number) => number.Length > 8 && number.All(char.IsAsciiDigit)
        ? string.Join(' ', number.Chunk(4).Select(c => new string(c)))
        : number;

    private static string Spaced(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));
}
