using System.Collections.Immutable;
using Cordon.Engine.Signals;
using Cordon.Simulator.Play;

namespace Cordon.Simulator;

/// <summary>How a gang reaches its victims.</summary>
public enum TruthLineRole
{
    /// <summary>A domestic-looking number shown over an international trunk; nobody has it.</summary>
    Spoofed,

    /// <summary>An IoT card that makes voice calls from a SIM box.</summary>
    IotVoice,

    /// <summary>A line sold by a reseller without a real name.</summary>
    Unverified,

    /// <summary>One of more than five lines that a person holds at one operator, sold on.</summary>
    OverLimit,
}

/// <summary>Where a gang has an account from.</summary>
public enum TruthMuleOrigin
{
    /// <summary>Sold by its verified holder, whose own money may still be in it.</summary>
    Sold,

    /// <summary>Opened in a name that nobody checked.</summary>
    FalseName,

    /// <summary>A shell firm's.</summary>
    Shell,

    /// <summary>A wallet in a payment institution.</summary>
    Wallet,

    /// <summary>At the bank that is not connected.</summary>
    Unconnected,
}

/// <summary>What a movement of stolen money was.</summary>
public enum TruthMoveKind
{
    /// <summary>Paid by the victim.</summary>
    Stolen,

    /// <summary>From mule to mule.</summary>
    Layered,

    /// <summary>Into a payment institution's pool.</summary>
    IntoPool,

    /// <summary>Out of the pool to a wallet or account.</summary>
    OutOfPool,

    /// <summary>Taken out as cash.</summary>
    CashedOut,

    /// <summary>Spent at a merchant.</summary>
    Spent,

    /// <summary>To the bank that is not connected.</summary>
    LeftSight,

    /// <summary>Out of the country.</summary>
    CrossedBorder,
}

/// <summary>A number a gang called from.</summary>
/// <param name="Number">The number shown.</param>
/// <param name="Member">The operator whose line it is; for a spoofed number, the one whose gateway let it in.</param>
/// <param name="Role">How it was got.</param>
/// <param name="Agent">The reseller that sold it.</param>
public sealed record TruthLine(PhoneNumber Number, MemberCode Member, TruthLineRole Role, string? Agent);

/// <summary>An account in a gang's hands.</summary>
/// <param name="Account">The account.</param>
/// <param name="Origin">Where the gang has it from.</param>
/// <param name="Layer">1 for those that victims pay to, up to 5; 0 for those that serve only as ways out.</param>
/// <param name="Branch">Who opened it.</param>
public sealed record TruthMule(AccountNumber Account, TruthMuleOrigin Origin, int Layer, string? Branch);

/// <summary>A gang.</summary>
/// <param name="Index">From 0.</param>
/// <param name="FraudType">The code of its script.</param>
/// <param name="Lines">What it calls from; of spoofed numbers, those shown to victims.</param>
/// <param name="Mules">Its accounts.</param>
public sealed record TruthGang(int Index, string FraudType, ImmutableArray<TruthLine> Lines, ImmutableArray<TruthMule> Mules);

/// <summary>A movement of stolen money as it goes where nobody stops it.</summary>
/// <param name="Transfer">The transfer's id.</param>
/// <param name="Member">Who tells it.</param>
/// <param name="Told">False inside the bank that is not connected.</param>
/// <param name="From">The account debited.</param>
/// <param name="To">The account credited; null to outside.</param>
/// <param name="Amount">How much; all of it the victim's.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What it was.</param>
/// <param name="Layer">1 for the victim's own transfer, n + 1 out of mule layer n; both legs through a pool have one number.</param>
/// <param name="Wave">Which of the victim's transfers the money came with, from 0.</param>
public sealed record TruthMove(
    SignalId Transfer, MemberCode Member, bool Told, AccountNumber? From, AccountNumber? To, Amount Amount, Instant At,
    TruthMoveKind Kind, int Layer, int Wave);

/// <summary>A duty that failed, planted.</summary>
/// <param name="Duty">The duty's id, for example <c>cn.atf.13.true-caller-id</c>.</param>
/// <param name="Member">Who failed it.</param>
/// <param name="Unit">Its reseller or branch.</param>
/// <param name="Link">Which link of the chain: <c>call</c>, <c>line</c>, <c>account</c> or <c>transfer</c>.</param>
/// <param name="Subject">The id of the call or transfer, or the line or account.</param>
public sealed record TruthLoophole(string Duty, MemberCode Member, string? Unit, string Link, string Subject);

/// <summary>One victim's fraud.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Gang">Who did it.</param>
/// <param name="Person">The victim.</param>
/// <param name="Line">The victim's line.</param>
/// <param name="Account">The account paid from.</param>
/// <param name="Stolen">The sum of the victim's transfers.</param>
/// <param name="Calls">The gang's calls to the victim.</param>
/// <param name="Moves">Where the money went, in time order.</param>
/// <param name="Loopholes">Which duties failed on the way.</param>
/// <param name="Reports">The victim's reports; empty where the victim never tells.</param>
public sealed record TruthVictim(
    int Index, int Gang, PersonToken Person, PhoneNumber Line, AccountNumber Account, Amount Stolen, ImmutableArray<SignalId> Calls,
    ImmutableArray<TruthMove> Moves, ImmutableArray<TruthLoophole> Loopholes, ImmutableArray<string> Reports);

/// <summary>What lay in an account at the beginning, told or not.</summary>
/// <param name="Account">The account.</param>
/// <param name="Balance">What lay in it.</param>
public sealed record TruthOpening(AccountNumber Account, Amount Balance);

/// <summary>A pool order whose reference was withheld from the leg that left the pool.</summary>
/// <param name="Transfer">That leg.</param>
/// <param name="Member">The payment institution.</param>
/// <param name="Reference">The reference.</param>
public sealed record TruthReference(SignalId Transfer, MemberCode Member, string Reference);

/// <summary>What really happened, for measuring what the joint centre makes of the signals. No signal carries any of it.</summary>
/// <param name="Gangs">The gangs.</param>
/// <param name="Victims">The victims.</param>
/// <param name="Openings">Every account's opening balance.</param>
/// <param name="WithheldReferences">Every order reference withheld, honest orders among them.</param>
/// <param name="StopManners">How likely each member answers a stop order in which manner.</param>
public sealed record ProvinceTruth(
    ImmutableArray<TruthGang> Gangs, ImmutableArray<TruthVictim> Victims, ImmutableArray<TruthOpening> Openings,
    ImmutableArray<TruthReference> WithheldReferences, ImmutableArray<StopManners> StopManners);
