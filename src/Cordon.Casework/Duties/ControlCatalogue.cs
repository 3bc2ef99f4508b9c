using System.Collections.Immutable;
using Cordon.Casework.Cases;

namespace Cordon.Casework.Duties;

/// <summary>
/// Everything that a duty can be measured by. The set is closed: a pack that names another control is refused,
/// because a duty nobody can measure must not look like one that is kept.
/// </summary>
public enum DutyControl
{
    /// <summary>No call with a domestic number comes in over an international trunk without proven roaming.</summary>
    SpoofedCallsLetIn,

    /// <summary>The holder of a line was checked.</summary>
    LineIdentityVerified,

    /// <summary>A person holds no more lines at one operator than the threshold.</summary>
    LinesPerPerson,

    /// <summary>A card for things makes no calls.</summary>
    IotCardsUsedForVoice,

    /// <summary>The holder of an account was checked.</summary>
    AccountIdentityVerified,

    /// <summary>Money of some size does not run through an account at once.</summary>
    PassThrough,

    /// <summary>The order reference goes with a payment into a pool.</summary>
    PoolReferenceGiven,

    /// <summary>A stop order is acknowledged in time.</summary>
    StopAcknowledged,

    /// <summary>No money leaves an account while it is stopped.</summary>
    OutflowAfterStop,

    /// <summary>A stop is let go when its time is over.</summary>
    StopReleased,

    /// <summary>An account is stopped no more often than the threshold.</summary>
    StopsPerAccount,

    /// <summary>A stop names an account by all that must match.</summary>
    StopIdentifiersMatched,

    /// <summary>Held money is returned in time once that is decided.</summary>
    ReturnInTime,

    /// <summary>An enquiry is answered in time.</summary>
    EnquiryAnswered,

    /// <summary>Internal control and assessment of new business.</summary>
    InternalControl,

    /// <summary>Lines found suspicious are checked again.</summary>
    SuspectLinesReverified,

    /// <summary>Cards for things are sold after an assessment of the buyer only.</summary>
    IotRiskAssessed,

    /// <summary>SIM boxes and the like are found, cut off and told.</summary>
    IllicitDevicesReported,

    /// <summary>A person has no more main accounts at one bank than the threshold.</summary>
    MainAccountsPerPerson,

    /// <summary>Accounts without movement for as long as the threshold are suspended.</summary>
    DormantAccountsSuspended,

    /// <summary>Each account used in a fraud is checked back at the bank that opened it.</summary>
    UsedAccountsCheckedBack,

    /// <summary>A payment of which screening said that its payer is likely being defrauded is delayed, checked or restricted.</summary>
    SuspectAccountsRestricted,

    /// <summary>Who uses an internet service is known by name.</summary>
    InternetIdentityVerified,

    /// <summary>Internet accounts tied to fraud lines are checked again.</summary>
    SuspectInternetAccountsReverified,

    /// <summary>Makers and purposes of apps are checked before they are packed or distributed.</summary>
    AppMakersVerified,

    /// <summary>Resolutions and redirections of domains can be traced.</summary>
    DomainRecordsKept,

    /// <summary>Use of network, promotion and payment services for fraud is looked for.</summary>
    ServiceMisuseWatched,

    /// <summary>Leads are passed on.</summary>
    LeadsPassed,

    /// <summary>Those who passed a lead hear what came of it.</summary>
    LeadFeedback,

    /// <summary>Customers are warned.</summary>
    CustomersWarned,

    /// <summary>A restriction tells its reason and remedy, and ends when an appeal is upheld.</summary>
    RestrictionsExplained,

    /// <summary>Nobody of the member deals in SIM boxes, spoofing tools and the like.</summary>
    IllicitDevicesNotDealt,

    /// <summary>Nobody of the member gives data or help to fraud.</summary>
    NoHelpGiven,

    /// <summary>Nobody of the member sells or lends cards and accounts.</summary>
    CardsNotSold,

    /// <summary>Measures against sellers keep their terms, leave what living needs, and are told in writing.</summary>
    SellerMeasuresBounded,

    /// <summary>Personal data is kept from serving fraud.</summary>
    PersonalDataGuarded,

    /// <summary>Of an operator's lines at least the threshold have a checked holder.</summary>
    RealNameRate,

    /// <summary>Agents have no agents of their own, and those who broke the rules stay out.</summary>
    AgentsSupervised,

    /// <summary>The contract says what an agent owes in registering holders.</summary>
    AgentContracts,

    /// <summary>Odd use of cards for things is noticed and acted upon.</summary>
    IotUseWatched,

    /// <summary>The called person is shown where a call comes from.</summary>
    OriginShown,

    /// <summary>Spoofed calls are traced to where they came in.</summary>
    SpoofingTraced,

    /// <summary>Rented lines carry true numbers.</summary>
    RentedLinesChecked,

    /// <summary>A person has no more debit cards of one bank than the threshold.</summary>
    DebitCardsPerPerson,

    /// <summary>A transfer at a machine to another's account arrives no earlier than the threshold.</summary>
    MachineTransferDelayed,

    /// <summary>Who sold an account gets no remote business and no new account for a term.</summary>
    SellersBarred,

    /// <summary>Who truly owns or controls a customer is known.</summary>
    BeneficialOwnerKnown,

    /// <summary>Openings and risks are told for the check across banks.</summary>
    OpeningsShared,

    /// <summary>Odd openings of company accounts are checked.</summary>
    CompanyAccountsGuarded,

    /// <summary>Data gathered in monitoring serves nothing else.</summary>
    MonitoringDataBound,

    /// <summary>A freeze order is carried out.</summary>
    FreezeCarriedOut,

    /// <summary>A freeze ends when its time is over and nobody renewed it.</summary>
    FreezeEnded,

    /// <summary>A temporary freeze against laundering is lifted when its time is over.</summary>
    TemporaryFreezeReleased,

    /// <summary>Objections to measures of risk are answered in time.</summary>
    ObjectionsAnswered,

    /// <summary>Fraud apps from outside the stores are found and dealt with.</summary>
    OutsideAppsWatched,

    /// <summary>Police get technical help with evidence in time.</summary>
    EvidenceHelped,

    /// <summary>A government has set targets and a way of working against fraud.</summary>
    TargetsSet,

    /// <summary>An authority oversees the work against fraud in its sector.</summary>
    SectorOverseen,

    /// <summary>People are taught to know fraud.</summary>
    PublicTaught,

    /// <summary>How many lines a person holds at all operators is checked.</summary>
    LineCountsShared,

    /// <summary>How many accounts a person holds at all banks is checked.</summary>
    AccountCountsShared,

    /// <summary>Data for checking companies is shared.</summary>
    CompanyDataShared,

    /// <summary>An appeal against an order is decided in time, so that what was without cause ends.</summary>
    UnfrozenInTime,

    /// <summary>It is decided in time to return money whose owner is known.</summary>
    ReturnDecided,

    /// <summary>A notice stands for some days before money is returned by shares.</summary>
    ReturnNoticeGiven,

    /// <summary>Reports are filed and investigated.</summary>
    ReportsInvestigated,

    /// <summary>Whether firms keep the law is inspected.</summary>
    InspectionsMade,

    /// <summary>In each case the source of the personal data is found out.</summary>
    DataSourceTraced,

    /// <summary>Tips are acted upon in time.</summary>
    TipsHandled,

    /// <summary>An appeal of a person who is restricted is decided in time.</summary>
    AppealChannelKept,

    /// <summary>Samples and data of fraud are shared between sectors.</summary>
    SamplesShared,

    /// <summary>Likely victims are dissuaded in time.</summary>
    VictimsDissuaded,

    /// <summary>For some hours after a new device or token, nothing of high risk can be done.</summary>
    CoolingOffKept,

    /// <summary>The customer is told at once of new devices, tokens and risky acts.</summary>
    ActivityAlertsSent,

    /// <summary>The customer is told at once of each payment.</summary>
    PaymentAlertsSent,

    /// <summary>The customer can report at any hour and shut the account himself.</summary>
    KillSwitchOffered,

    /// <summary>Payments that drain a large account within a day are held or confirmed.</summary>
    DrainHeld,

    /// <summary>Messages that show a name come through authorised aggregators.</summary>
    SenderNamesAuthorised,

    /// <summary>Messages that show a name and come another way are blocked.</summary>
    UnauthorisedNamesBlocked,

    /// <summary>Messages with malicious links are filtered.</summary>
    BadLinksFiltered,

    /// <summary>A restriction order keeps its term and number of extensions.</summary>
    RestrictionOrderBounded,

    /// <summary>A victim is reimbursed in time.</summary>
    ReimbursedInTime,

    /// <summary>The receiving institution pays its part of a reimbursement.</summary>
    ContributionPaid,

    /// <summary>Money won back is shared as the institutions paid.</summary>
    RecoveriesShared,

    /// <summary>A payment is delayed on suspicion no longer than the threshold.</summary>
    DelayBounded,

    /// <summary>Reasonable steps keep scams from using the service.</summary>
    ScamsPrevented,

    /// <summary>Reasonable steps find scams and whom they reach.</summary>
    ScamsDetected,

    /// <summary>Intelligence that can be acted upon is told in time.</summary>
    IntelligenceTold,

    /// <summary>What is suspicious is disrupted.</summary>
    ScamsDisrupted,

    /// <summary>A customer who complains gets a statement of compliance in time.</summary>
    ComplianceStated,

    /// <summary>An order that one person sent in an emergency is approved by a second in time.</summary>
    EmergencyConfirmed,

    /// <summary>A freeze is acknowledged, and an unfreeze or a measure about a number or domain carried out, by when the order says.</summary>
    OrderInTime,

    /// <summary>What a member is asked in a case, because a judgement hangs on it, is answered by when the question says.</summary>
    QuestionAnswered,
}

/// <summary>A number that a control needs.</summary>
/// <param name="Name">Its name in the pack; the name tells the unit.</param>
/// <param name="Least">The smallest that makes sense.</param>
/// <param name="Most">The largest that makes sense.</param>
public sealed record ThresholdName(string Name, long Least, long Most);

/// <summary>One control as the program knows it.</summary>
/// <param name="Control">Which.</param>
/// <param name="Link">The place of the chain it looks at; a duty measured by it concerns that place.</param>
/// <param name="Measured">Whether attribution measures it from a case's chain today.</param>
/// <param name="Thresholds">The numbers it needs, all of them.</param>
/// <param name="OverTime">Whether it is measured over time alone, from records that belong to no case.</param>
public sealed record ControlEntry(DutyControl Control, LinkKind Link, bool Measured, ImmutableArray<ThresholdName> Thresholds, bool OverTime = false);

/// <summary>The closed list of controls.</summary>
public static class ControlCatalogue
{
    /// <summary>Lines a person may hold at one operator.</summary>
    public const string Lines = "lines";

    /// <summary>Share of the arrived money that left, in percent.</summary>
    public const string SharePercent = "sharePercent";

    /// <summary>Within how many minutes.</summary>
    public const string Minutes = "minutes";

    /// <summary>From which arrived sum on, in minor units of the pack's currency.</summary>
    public const string FromMinor = "fromMinor";

    /// <summary>Hours a stop may last.</summary>
    public const string Hours = "hours";

    /// <summary>Days within which something is due.</summary>
    public const string Days = "days";

    /// <summary>Stops an account may suffer.</summary>
    public const string Stops = "stops";

    /// <summary>The calling code of the jurisdiction, E.164, without the plus sign.</summary>
    public const string CallingCode = "callingCode";

    private static readonly ImmutableDictionary<DutyControl, ControlEntry> Entries = All().ToImmutableDictionary(e => e.Control);

    /// <summary>The entry of a control.</summary>
    public static ControlEntry Of(DutyControl control) => Entries[control];

    private static IEnumerable<ControlEntry> All() =>
    [
        Measured(DutyControl.SpoofedCallsLetIn, LinkKind.Call, new ThresholdName(CallingCode, 1, 999)),
        Measured(DutyControl.LineIdentityVerified, LinkKind.Line),
        Measured(DutyControl.LinesPerPerson, LinkKind.Line, new ThresholdName(Lines, 1, 1000)),
        Measured(DutyControl.IotCardsUsedForVoice, LinkKind.Line),
        Measured(DutyControl.AccountIdentityVerified, LinkKind.Account),
        Measured(
            DutyControl.PassThrough, LinkKind.Account,
            new ThresholdName(SharePercent, 1, 100), new ThresholdName(Minutes, 1, 10_080), new ThresholdName(FromMinor, 0, 1_000_000_000_000)),
        Measured(DutyControl.PoolReferenceGiven, LinkKind.Pool),
        Measured(DutyControl.StopAcknowledged, LinkKind.Order, new ThresholdName(Minutes, 1, 10_080)),
        // How long an unanswered order may stay unanswered before money that leaves counts, and how long a stop lasts.
        Measured(DutyControl.OutflowAfterStop, LinkKind.Order, new ThresholdName(Minutes, 1, 10_080), new ThresholdName(Hours, 1, 720)),
        Measured(DutyControl.StopReleased, LinkKind.Order, new ThresholdName(Hours, 1, 720)),
        Measured(DutyControl.StopsPerAccount, LinkKind.Order, new ThresholdName(Stops, 1, 100)),
        Measured(DutyControl.EmergencyConfirmed, LinkKind.Order, new ThresholdName(Minutes, 1, 10_080)),
        Named(DutyControl.StopIdentifiersMatched, LinkKind.Order),
        Measured(DutyControl.ReturnInTime, LinkKind.Order, new ThresholdName("workingDays", 1, 365)),
        Measured(DutyControl.EnquiryAnswered, LinkKind.Order, new ThresholdName(Hours, 1, 720)),
        // Without a number of its own: each kind of order brings its times with it.
        Measured(DutyControl.OrderInTime, LinkKind.Order),
        Measured(DutyControl.QuestionAnswered, LinkKind.Case),
        // The time where a kind of lead has none of its own.
        Measured(DutyControl.LeadFeedback, LinkKind.Case, new ThresholdName(Days, 1, 365)),
        Named(DutyControl.InternalControl, LinkKind.Case),
        Named(DutyControl.SuspectLinesReverified, LinkKind.Line),
        Named(DutyControl.IotRiskAssessed, LinkKind.Line),
        Named(DutyControl.IllicitDevicesReported, LinkKind.Call),
        Named(DutyControl.MainAccountsPerPerson, LinkKind.Account, new ThresholdName("accounts", 1, 100)),
        Named(DutyControl.DormantAccountsSuspended, LinkKind.Account, new ThresholdName("months", 1, 120)),
        Named(DutyControl.UsedAccountsCheckedBack, LinkKind.Account),
        Watched(DutyControl.SuspectAccountsRestricted, LinkKind.Transfer),
        Named(DutyControl.InternetIdentityVerified, LinkKind.Internet),
        Named(DutyControl.SuspectInternetAccountsReverified, LinkKind.Internet),
        Named(DutyControl.AppMakersVerified, LinkKind.Internet),
        Named(DutyControl.DomainRecordsKept, LinkKind.Internet),
        Named(DutyControl.ServiceMisuseWatched, LinkKind.Internet),
        Named(DutyControl.LeadsPassed, LinkKind.Internet),
        Named(DutyControl.CustomersWarned, LinkKind.Case),
        Watched(DutyControl.RestrictionsExplained, LinkKind.Case),
        Named(DutyControl.IllicitDevicesNotDealt, LinkKind.Case),
        Named(DutyControl.NoHelpGiven, LinkKind.Case),
        Named(DutyControl.CardsNotSold, LinkKind.Case),
        Watched(DutyControl.SellerMeasuresBounded, LinkKind.Case, new ThresholdName("sellerYears", 1, 100), new ThresholdName("convictYears", 1, 100), new ThresholdName("mostYears", 1, 100)),
        Named(DutyControl.PersonalDataGuarded, LinkKind.Case),
        Named(DutyControl.RealNameRate, LinkKind.Line, new ThresholdName("percent", 1, 100)),
        Named(DutyControl.AgentsSupervised, LinkKind.Line),
        Named(DutyControl.AgentContracts, LinkKind.Line),
        Named(DutyControl.IotUseWatched, LinkKind.Line),
        Named(DutyControl.OriginShown, LinkKind.Call),
        Named(DutyControl.SpoofingTraced, LinkKind.Call),
        Named(DutyControl.RentedLinesChecked, LinkKind.Call),
        Named(DutyControl.DebitCardsPerPerson, LinkKind.Account, new ThresholdName("cards", 1, 100)),
        Named(DutyControl.MachineTransferDelayed, LinkKind.Transfer, new ThresholdName(Hours, 1, 720)),
        Named(DutyControl.SellersBarred, LinkKind.Account, new ThresholdName("remoteYears", 1, 100), new ThresholdName("openingYears", 1, 100)),
        Named(DutyControl.BeneficialOwnerKnown, LinkKind.Account),
        Named(DutyControl.OpeningsShared, LinkKind.Account),
        Named(DutyControl.CompanyAccountsGuarded, LinkKind.Account),
        Named(DutyControl.MonitoringDataBound, LinkKind.Case),
        Named(DutyControl.FreezeCarriedOut, LinkKind.Order),
        Named(DutyControl.FreezeEnded, LinkKind.Order, new ThresholdName("months", 1, 120)),
        Named(DutyControl.TemporaryFreezeReleased, LinkKind.Order, new ThresholdName(Hours, 1, 720)),
        Named(DutyControl.ObjectionsAnswered, LinkKind.Case, new ThresholdName("days", 1, 365)),
        Named(DutyControl.OutsideAppsWatched, LinkKind.Internet),
        Named(DutyControl.EvidenceHelped, LinkKind.Internet),
        Named(DutyControl.TargetsSet, LinkKind.Case),
        Named(DutyControl.SectorOverseen, LinkKind.Case),
        Named(DutyControl.PublicTaught, LinkKind.Case),
        Named(DutyControl.LineCountsShared, LinkKind.Line),
        Named(DutyControl.AccountCountsShared, LinkKind.Account),
        Named(DutyControl.CompanyDataShared, LinkKind.Account),
        Watched(DutyControl.UnfrozenInTime, LinkKind.Order, new ThresholdName(Hours, 1, 8_760)),
        Named(DutyControl.ReturnDecided, LinkKind.Order),
        Named(DutyControl.ReturnNoticeGiven, LinkKind.Order, new ThresholdName("days", 1, 365)),
        Named(DutyControl.ReportsInvestigated, LinkKind.Case),
        Named(DutyControl.InspectionsMade, LinkKind.Case),
        Named(DutyControl.DataSourceTraced, LinkKind.Case),
        Named(DutyControl.TipsHandled, LinkKind.Case),
        Watched(DutyControl.AppealChannelKept, LinkKind.Case, new ThresholdName(Hours, 1, 8_760)),
        Named(DutyControl.SamplesShared, LinkKind.Case),
        Watched(DutyControl.VictimsDissuaded, LinkKind.Case),
        Named(DutyControl.CoolingOffKept, LinkKind.Account, new ThresholdName(Hours, 1, 720)),
        Named(DutyControl.ActivityAlertsSent, LinkKind.Account),
        Named(DutyControl.PaymentAlertsSent, LinkKind.Transfer),
        Named(DutyControl.KillSwitchOffered, LinkKind.Account),
        Named(DutyControl.DrainHeld, LinkKind.Transfer, new ThresholdName(SharePercent, 1, 100), new ThresholdName(FromMinor, 0, 1_000_000_000_000), new ThresholdName(Hours, 1, 720)),
        Named(DutyControl.SenderNamesAuthorised, LinkKind.Call),
        Named(DutyControl.UnauthorisedNamesBlocked, LinkKind.Call),
        Named(DutyControl.BadLinksFiltered, LinkKind.Call),
        Named(DutyControl.RestrictionOrderBounded, LinkKind.Order, new ThresholdName("days", 1, 365), new ThresholdName("extensions", 0, 100)),
        Named(DutyControl.ReimbursedInTime, LinkKind.Case, new ThresholdName("businessDays", 1, 365), new ThresholdName("lastBusinessDays", 1, 365)),
        Named(DutyControl.ContributionPaid, LinkKind.Case, new ThresholdName("percent", 0, 100)),
        Named(DutyControl.RecoveriesShared, LinkKind.Case),
        Named(DutyControl.DelayBounded, LinkKind.Transfer, new ThresholdName("businessDays", 1, 365)),
        Named(DutyControl.ScamsPrevented, LinkKind.Case),
        Named(DutyControl.ScamsDetected, LinkKind.Case),
        Named(DutyControl.IntelligenceTold, LinkKind.Case, new ThresholdName(Hours, 1, 720)),
        Named(DutyControl.ScamsDisrupted, LinkKind.Case, new ThresholdName("days", 1, 365)),
        Named(DutyControl.ComplianceStated, LinkKind.Case, new ThresholdName("days", 1, 365)),
    ];

    private static ControlEntry Measured(DutyControl control, LinkKind link, params ThresholdName[] thresholds) => new(control, link, true, [.. thresholds]);

    private static ControlEntry Watched(DutyControl control, LinkKind link, params ThresholdName[] thresholds) => new(control, link, false, [.. thresholds], OverTime: true);

    private static ControlEntry Named(DutyControl control, LinkKind link, params ThresholdName[] thresholds) => new(control, link, false, [.. thresholds]);
}
