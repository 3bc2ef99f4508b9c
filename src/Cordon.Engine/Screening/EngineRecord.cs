using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>One entry of the journal: all that can change what the engine answers, in one sequence.</summary>
public abstract record EngineRecord;

/// <summary>A signal, accepted.</summary>
/// <param name="Signal">The fact.</param>
public sealed record SignalAccepted(Signal Signal) : EngineRecord;

/// <summary>Which list an entry stands on.</summary>
public enum ListName : byte
{
    /// <summary>Accounts under a stop-payment or freeze: nothing leaves them.</summary>
    StoppedAccounts = 1,

    /// <summary>Numbers confirmed as used for fraud.</summary>
    FraudNumbers = 2,

    /// <summary>Accounts confirmed as used for fraud.</summary>
    FraudAccounts = 3,

    /// <summary>Numbers that no rule may ever block: emergency services, hospitals, authorities.</summary>
    NeverBlockNumbers = 4,

    /// <summary>Domains confirmed as used for fraud; what lies below one is meant too.</summary>
    FraudDomains = 5,

    /// <summary>Handsets and modems confirmed as used for fraud.</summary>
    FraudDevices = 6,

    /// <summary>People under a restriction for selling, letting or lending lines and accounts.</summary>
    RestrictedPersons = 7,

    /// <summary>Accounts that a restricted person keeps for living.</summary>
    LivingAccounts = 8,
}

/// <summary>An entry put on a list or taken off it. It comes from casework by the outbox.</summary>
/// <param name="CommandId">The command's id: a command that comes twice acts once.</param>
/// <param name="List">Which list.</param>
/// <param name="Entry">The identifier in its written form.</param>
/// <param name="Present">On the list from now, or off it.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Until">From when on the entry counts no more, by the time of the signals judged; null for no end.</param>
public sealed record ListChanged(Guid CommandId, ListName List, string Entry, bool Present, Instant At, Instant? Until = null) : EngineRecord;

/// <summary>A rulebook becomes the one that judges.</summary>
/// <param name="CommandId">The command's id: a command that comes twice acts once.</param>
/// <param name="Hash">The content hash of the rulebook, 64 hexadecimal digits in small letters.</param>
/// <param name="At">When it was decided.</param>
public sealed record RulebookActivated(Guid CommandId, string Hash, Instant At) : EngineRecord;

/// <summary>
/// A rulebook is about to become the one that judges: from here on its windows count beside those of the active one,
/// so that they are not empty when it does.
/// </summary>
/// <param name="CommandId">The command's id: a command that comes twice acts once.</param>
/// <param name="Hash">The content hash of the rulebook, 64 hexadecimal digits in small letters.</param>
/// <param name="At">When it was decided.</param>
public sealed record RulebookPrepared(Guid CommandId, string Hash, Instant At) : EngineRecord;

/// <summary>A member's region, by which parameters may differ.</summary>
/// <param name="CommandId">The command's id: a command that comes twice acts once.</param>
/// <param name="Member">The member.</param>
/// <param name="Region">The region's code, 1 to 32 visible ASCII characters.</param>
/// <param name="At">When it was decided.</param>
public sealed record MemberPlaced(Guid CommandId, MemberCode Member, string Region, Instant At) : EngineRecord;

/// <summary>
/// An answer that was given on a signal without its verdict, because none came in time. It is kept and never computed again;
/// the verdict that the signal may get later stands beside it.
/// </summary>
/// <param name="CommandId">The answer's id: one that comes twice counts once.</param>
/// <param name="Kind">What kind of signal.</param>
/// <param name="Member">The member that was answered.</param>
/// <param name="SignalId">The signal's id; it may never have reached the journal.</param>
/// <param name="Action">What was answered.</param>
/// <param name="At">When.</param>
public sealed record AnswerDegraded(Guid CommandId, SignalKind Kind, MemberCode Member, SignalId SignalId, VerdictAction Action, Instant At) : EngineRecord;
