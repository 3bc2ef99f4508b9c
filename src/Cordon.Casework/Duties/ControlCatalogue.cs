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

    /// <summary>Payments after a suspicious finding are delayed, checked or restricted.</summary>
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
public sealed record ControlEntry(DutyControl Control, LinkKind Link, bool Measured, ImmutableArray<ThresholdName> Thresholds);

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
        Named(DutyControl.StopIdentifiersMatched, LinkKind.Order),
        Measured(DutyControl.ReturnInTime, LinkKind.Order, new ThresholdName("workingDays", 1, 365)),
        Named(DutyControl.InternalControl, LinkKind.Case),
        Named(DutyControl.SuspectLinesReverified, LinkKind.Line),
        Named(DutyControl.IotRiskAssessed, LinkKind.Line),
        Named(DutyControl.IllicitDevicesReported, LinkKind.Call),
        Named(DutyControl.MainAccountsPerPerson, LinkKind.Account, new ThresholdName("accounts", 1, 100)),
        Named(DutyControl.DormantAccountsSuspended, LinkKind.Account, new ThresholdName("months", 1, 120)),
        Named(DutyControl.UsedAccountsCheckedBack, LinkKind.Account),
        Named(DutyControl.SuspectAccountsRestricted, LinkKind.Transfer),
        Named(DutyControl.InternetIdentityVerified, LinkKind.Internet),
        Named(DutyControl.SuspectInternetAccountsReverified, LinkKind.Internet),
        Named(DutyControl.AppMakersVerified, LinkKind.Internet),
        Named(DutyControl.DomainRecordsKept, LinkKind.Internet),
        Named(DutyControl.ServiceMisuseWatched, LinkKind.Internet),
        Named(DutyControl.LeadsPassed, LinkKind.Internet),
        Named(DutyControl.LeadFeedback, LinkKind.Case),
        Named(DutyControl.CustomersWarned, LinkKind.Case),
        Named(DutyControl.RestrictionsExplained, LinkKind.Case),
    ];

    private static ControlEntry Measured(DutyControl control, LinkKind link, params ThresholdName[] thresholds) => new(control, link, true, [.. thresholds]);

    private static ControlEntry Named(DutyControl control, LinkKind link, params ThresholdName[] thresholds) => new(control, link, false, [.. thresholds]);
}
