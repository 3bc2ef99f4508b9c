using Cordon.Casework.Cases;
using Cordon.Casework.Cases.Room;
using Cordon.Casework.Conferences;
using Cordon.Casework.Controls;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Indicators;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Objectives;
using Cordon.Casework.Orders;
using Cordon.Casework.Questions;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Reports;
using Cordon.Casework.Restrictions;
using Cordon.Casework.Restitution;
using Cordon.Casework.Rulebooks;
using Cordon.Casework.Warnings;
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

    public static string Of(RestrictionState state) => state == RestrictionState.InForce ? "In force" : state.ToString();

    public static string Of(ConferenceState state) => state switch
    {
        ConferenceState.Open => "Sits now",
        ConferenceState.Closed => "Over, minutes to be signed",
        ConferenceState.Minuted => "Over, minutes signed",
        _ => "Convened",
    };

    public static string Of(ItemOrigin origin) => origin switch
    {
        ItemOrigin.FollowUp => "Left open by an earlier conference",
        ItemOrigin.Objective => "Objective delayed",
        ItemOrigin.Difficulty => "Difficulty nobody answered",
        ItemOrigin.Contest => "Contested",
        ItemOrigin.Step => "Waits for its decision",
        _ => "Put there by the chair",
    };

    /// <summary>Where a lead stands, with what came of it.</summary>
    public static string Of(Lead lead) => lead.State == LeadState.FedBack ? Of(lead.Feedbacks[^1].Result) : lead.Hops.IsEmpty || lead.State != LeadState.Sent ? Of(lead.State) : "Passed on, not acknowledged";

    public static string Of(LeadState state) => state switch
    {
        LeadState.Proposed => "Proposed",
        LeadState.Dismissed => "Dismissed",
        LeadState.Sent => "Sent, not acknowledged",
        LeadState.Acknowledged => "Acknowledged",
        LeadState.FedBack => "Fed back",
        _ => "Withdrawn",
    };

    public static string Of(LeadResult result) => result switch
    {
        LeadResult.ActedUpon => "Acted upon",
        LeadResult.OpenedAsCase => "Opened as a case",
        LeadResult.NothingFound => "Nothing found",
        _ => "Not ours",
    };

    public static string Of(LeadSubjectKind kind) => kind switch
    {
        LeadSubjectKind.Number => "Number",
        LeadSubjectKind.Account => "Account",
        LeadSubjectKind.Device => "Device",
        LeadSubjectKind.Trunk => "Trunk",
        LeadSubjectKind.Domain => "Domain",
        LeadSubjectKind.Person => "Person",
        _ => "Member",
    };

    public static string Of(QuestionState state) => state switch
    {
        QuestionState.Asked => "Not answered yet",
        QuestionState.Told => "Told by other records meanwhile",
        QuestionState.Withdrawn => "Not asked any more",
        _ => "Answered",
    };

    /// <summary>An answer to a question, as people read it; numbers and instants stay as they are.</summary>
    public static string OfAnswer(string value) => value switch
    {
        "verified" => "The holder was checked",
        "notVerified" => "The holder was not checked",
        QuestionCatalogue.Roaming => "From abroad, its subscriber proven to roam",
        "internationalTrunk" => "From abroad, no roaming proven",
        "domestic" => "From a domestic network",
        "mobile" => "Mobile line",
        "fixed" => "Fixed line",
        "broadband" => "Broadband line",
        "iot" => "Card for things",
        QuestionCatalogue.Kept => "The duty was kept",
        QuestionCatalogue.Breached => "The duty was not kept",
        "yes" => "Yes",
        "no" => "No",
        _ => value,
    };

    public static string Of(DeliveryState state) => state switch
    {
        DeliveryState.Pending => "On its way",
        DeliveryState.Delivered => "Received",
        _ => "Given up",
    };

    public static string Of(DeliveryFault fault) => fault switch
    {
        DeliveryFault.NotResolved => "No such host",
        DeliveryFault.AddressRefused => "Address not allowed",
        DeliveryFault.NotReached => "Nobody answers there",
        DeliveryFault.CertificateRefused => "Certificate not trusted",
        DeliveryFault.TimedOut => "No answer in 15 s",
        DeliveryFault.Closed => "Connection broke off",
        DeliveryFault.Redirected => "Sends elsewhere",
        DeliveryFault.Refused => "Refused",
        DeliveryFault.Failed => "Failed there",
        DeliveryFault.Busy => "Busy there",
        DeliveryFault.Gone => "Gone for good",
        _ => "No answer of HTTP",
    };

    /// <summary>What somebody can do about a message that failed so.</summary>
    public static string WhatNext(DeliveryFault fault) => fault switch
    {
        DeliveryFault.NotResolved => "Correct the host's name, or its entry in the name server.",
        DeliveryFault.AddressRefused => "Use a public address, or have the operator list the network (--webhook-allow).",
        DeliveryFault.NotReached or DeliveryFault.TimedOut or DeliveryFault.Closed => "See that the endpoint runs and its firewall lets the centre in.",
        DeliveryFault.CertificateRefused => "Renew the certificate, or have the operator list its authority (--webhook-ca).",
        DeliveryFault.Redirected => "Tell the final URL; redirects are not followed.",
        DeliveryFault.Refused => "See why the endpoint refuses: the path, or the check of the signature.",
        DeliveryFault.Failed or DeliveryFault.BadAnswer => "See the endpoint's own log.",
        DeliveryFault.Busy => "It is tried again when it asked for.",
        _ => "Tell another endpoint.",
    };

    /// <summary>What a message announces, by its type.</summary>
    public static string OfAnnouncement(string type) => type switch
    {
        "webhook.test" => "Test",
        "order.lapsed" or "order.expired" or "order.released" => $"Order {type[6..]}: let go",
        _ => type.Replace('.', ' ') is var text ? char.ToUpperInvariant(text[0]) + text[1..] : type,
    };

    public static string Of(EscalationRung rung) => rung.ToString().ToLowerInvariant();

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

    public static string Of(DelayStep step) => step switch
    {
        DelayStep.Reminder => "Due soon",
        DelayStep.Urge => "Late, urged",
        DelayStep.Escalation => "Late, escalated",
        _ => "On the agenda",
    };

    public static string Of(PlanState state) => state switch
    {
        PlanState.Adopted => "in force",
        PlanState.Ended => "ended",
        _ => "draft",
    };

    public static string Of(EvaluationState state) => state switch
    {
        EvaluationState.Computed => "Computed, not published",
        _ => state.ToString(),
    };

    public static string Of(LeagueStanding standing) => standing switch
    {
        LeagueStanding.TooFew => "Too few to rank",
        LeagueStanding.Vetoed => "Under a veto",
        LeagueStanding.Unscored => "No score",
        _ => standing.ToString(),
    };

    public static string Of(VersionCause cause) => cause switch
    {
        VersionCause.PeriodEnded => "The period ended",
        VersionCause.Corrected => "A contest was upheld",
        _ => "The records were read again",
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
        ListName.FraudDevices => "Fraud devices",
        ListName.RestrictedPersons => "Restricted people",
        ListName.LivingAccounts => "Accounts kept for living",
        _ => "Stopped accounts",
    };

    public static string Of(CaseEnd end) => Spaced(end.ToString());

    public static string Of(WarningChannel channel) => channel switch
    {
        WarningChannel.Sms => "Text message",
        WarningChannel.App => "App",
        WarningChannel.Call => "Call",
        _ => "Visit",
    };

    public static string Of(WarningState state) => state switch
    {
        WarningState.Proposed => "Nobody tried yet",
        WarningState.Attempted => "Tried",
        WarningState.Messaged => "Message sent",
        WarningState.GivenUp => "Given up",
        _ => state.ToString(),
    };

    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.NotReached => "not reached",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    public static string Of(IndicatorKind kind) => kind.ToString();

    public static string Of(IndicatorState state) => state switch
    {
        IndicatorState.Proposed => "Waits for a second person",
        IndicatorState.Active => "In use",
        IndicatorState.Disputed => "Suspended: members dispute it",
        _ => state.ToString(),
    };

    public static string Of(Tlp tlp) => tlp switch
    {
        Tlp.AmberStrict => "TLP:AMBER+STRICT",
        _ => "TLP:" + tlp.ToString().ToUpperInvariant(),
    };

    public static string Of(IndicatorOrigin origin) => origin switch
    {
        IndicatorOrigin.Case => "from a case",
        IndicatorOrigin.Order => "from an order",
        IndicatorOrigin.Member => "from a member",
        _ => "from the centre",
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
