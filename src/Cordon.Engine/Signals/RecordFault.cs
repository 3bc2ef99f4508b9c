namespace Cordon.Engine.Signals;

/// <summary>Why a record cannot be written to a journal, or bytes cannot be read as one. Both directions check the same limits.</summary>
public enum RecordFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The bytes end before the record does.</summary>
    Truncated,

    /// <summary>Bytes follow the end of the record.</summary>
    TrailingBytes,

    /// <summary>A record type or signal kind that this version does not know.</summary>
    UnknownType,

    /// <summary>Bytes that no writer makes: an overlong number, an unknown flag, a value with two spellings.</summary>
    NotCanonical,

    /// <summary>A member code outside its alphabet or length, or none.</summary>
    Member,

    /// <summary>A signal id that is not 1 to 64 visible ASCII characters.</summary>
    Id,

    /// <summary>An instant outside the years 1 to 9999.</summary>
    Instant,

    /// <summary>A telephone number that is not 4 to 15 digits.</summary>
    PhoneNumber,

    /// <summary>An account without a member or number.</summary>
    Account,

    /// <summary>A person token without a key version.</summary>
    Person,

    /// <summary>A device that is not 14 digits.</summary>
    Device,

    /// <summary>A trunk name that is not 1 to 64 visible ASCII characters.</summary>
    Trunk,

    /// <summary>A domain that is not 1 to 253 visible ASCII characters without capitals.</summary>
    Domain,

    /// <summary>An amount below zero, or a transfer of nothing.</summary>
    Amount,

    /// <summary>A duration below zero.</summary>
    Duration,

    /// <summary>An agent's or branch's code that is not 1 to 64 characters without control characters.</summary>
    Code,

    /// <summary>An order reference that is not 1 to 64 visible ASCII characters.</summary>
    OrderReference,

    /// <summary>A value outside its closed set.</summary>
    Choice,

    /// <summary>A transfer with neither payer nor payee.</summary>
    NoParty,

    /// <summary>A correction that corrects nothing.</summary>
    NothingCorrected,

    /// <summary>A reversal of another member's transfer.</summary>
    NotTeller,

    /// <summary>A list entry that is not the written form of what the list holds.</summary>
    Entry,

    /// <summary>A rulebook's hash that is not 64 hexadecimal digits in small letters.</summary>
    Hash,

    /// <summary>A region that is not 1 to 32 visible ASCII characters.</summary>
    Region,
}
