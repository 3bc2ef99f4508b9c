using Cordon.Engine.Signals;

namespace Cordon.Simulator.People;

/// <summary>A line while the province is being made.</summary>
internal sealed class LineDraft
{
    public required PhoneNumber Number { get; init; }
    public required MemberCode Member { get; init; }
    public required LineKind Kind { get; init; }
    public required IdentityCheck Identity { get; init; }
    public required PersonToken? Person { get; init; }
    public required string? Agent { get; init; }
    public required Device? Device { get; init; }
    public required Instant OpenedAt { get; init; }
}

/// <summary>An account while the province is being made: its opening balance may still be raised.</summary>
internal sealed class AccountDraft
{
    public required AccountNumber Number { get; init; }
    public required AccountKind Kind { get; init; }
    public required IdentityCheck Identity { get; init; }
    public required PersonToken? Person { get; init; }
    public required PhoneNumber? Line { get; init; }
    public required string? Branch { get; init; }
    public required Instant OpenedAt { get; init; }
    public long Opening { get; set; }
    public bool OpeningKnown { get; init; } = true;
    public MemberCode Member => Number.Member;
}

/// <summary>An inhabitant.</summary>
internal sealed class PersonDraft
{
    public required int Index { get; init; }
    public required PersonToken Token { get; init; }
    public required LineDraft Line { get; init; }
    public required AccountDraft Account { get; init; }
    public AccountDraft? Wallet { get; init; }

    /// <summary>A part in a fraud, as victim or seller of an account or of lines: nobody has two.</summary>
    public bool Involved { get; set; }
}

/// <summary>A firm or shop with its account.</summary>
/// <param name="Account">Business or merchant account.</param>
/// <param name="Line">Its fixed line.</param>
internal sealed record FirmDraft(AccountDraft Account, LineDraft Line);
