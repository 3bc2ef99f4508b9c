namespace Cordon.Engine.Signals;

/// <summary>What a signal tells of. The numbers are written to journals and never change.</summary>
public enum SignalKind : byte
{
    /// <summary>A telephone call.</summary>
    Call = 1,

    /// <summary>A text message.</summary>
    Message = 2,

    /// <summary>A line (SIM, broadband, IoT card) opened or changed.</summary>
    Subscription = 3,

    /// <summary>An account or wallet opened, or its standing facts told again.</summary>
    AccountOpening = 4,

    /// <summary>Money moved.</summary>
    Transfer = 5,

    /// <summary>A page visited that a member watches for.</summary>
    WebVisit = 6,

    /// <summary>A transfer told before, or told later, corrected. It is not screened.</summary>
    TransferCorrection = 7,
}

/// <summary>One fact from a member. Immutable; equal by value.</summary>
/// <param name="Id">The sender's id; with <paramref name="Member"/> and the kind it makes a repeat recognisable.</param>
/// <param name="Member">The member that tells it.</param>
/// <param name="At">When it happened (not when it was told).</param>
public abstract record Signal(SignalId Id, MemberCode Member, Instant At)
{
    /// <summary>Which of the kinds this is.</summary>
    public abstract SignalKind Kind { get; }
}

/// <summary>Where a call entered the network of the member that tells of it.</summary>
public enum CallOrigin : byte
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>From the member's own subscribers or a domestic interconnection.</summary>
    Domestic = 1,

    /// <summary>Over an international trunk, whatever number it shows.</summary>
    InternationalTrunk = 2,
}

/// <summary>Which part of a call's life a signal tells. The numbers are written to journals and never change.</summary>
public enum CallPhase : byte
{
    /// <summary>The whole call, told when it was over (a call data record).</summary>
    Complete = 0,

    /// <summary>The call rings or was just answered; how long it will last is not known. It is counted as a call.</summary>
    SetUp = 1,

    /// <summary>The end of a call whose set-up was told before, with its duration. It is not counted a second time.</summary>
    End = 2,
}

/// <summary>A call.</summary>
/// <param name="Id">The sender's id.</param>
/// <param name="Member">The operator that tells it.</param>
/// <param name="At">When it was answered, or tried.</param>
/// <param name="Caller">The number shown.</param>
/// <param name="Callee">The number called.</param>
/// <param name="Origin">Where it came in.</param>
/// <param name="RoamingProven">The home operator confirmed that the caller's own subscriber roams abroad.</param>
/// <param name="Trunk">The trunk it came over, where it came over one.</param>
/// <param name="Device">The caller's handset, where the operator sees it.</param>
/// <param name="DurationSeconds">Seconds of talk; 0 where not answered, or not over.</param>
/// <param name="Phase">Which part of the call's life this tells.</param>
public sealed record Call(
    SignalId Id, MemberCode Member, Instant At, PhoneNumber Caller, PhoneNumber Callee, CallOrigin Origin,
    bool RoamingProven, Trunk? Trunk, Device? Device, int DurationSeconds, CallPhase Phase = CallPhase.Complete) : Signal(Id, Member, At)
{
    /// <inheritdoc/>
    public override SignalKind Kind => SignalKind.Call;
}

/// <summary>A text message; its text stays with the operator.</summary>
/// <param name="Id">The sender's id.</param>
/// <param name="Member">The operator that tells it.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Sender">The number shown.</param>
/// <param name="Recipient">The number addressed.</param>
/// <param name="Link">The domain of the first link in it.</param>
public sealed record Message(
    SignalId Id, MemberCode Member, Instant At, PhoneNumber Sender, PhoneNumber Recipient, Domain? Link) : Signal(Id, Member, At)
{
    /// <inheritdoc/>
    public override SignalKind Kind => SignalKind.Message;
}

/// <summary>What kind of line a subscription is.</summary>
public enum LineKind : byte
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>A mobile line for a person.</summary>
    Mobile = 1,

    /// <summary>A fixed line.</summary>
    Fixed = 2,

    /// <summary>A broadband line.</summary>
    Broadband = 3,

    /// <summary>A card for things, not for calls.</summary>
    Iot = 4,
}

/// <summary>How far the member has checked who stands behind a line or account.</summary>
public enum IdentityCheck : byte
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>No real name was checked.</summary>
    NotVerified = 1,

    /// <summary>Document and person were checked.</summary>
    Verified = 2,
}

/// <summary>A line opened or changed; the latest by event time is what holds.</summary>
/// <param name="Id">The sender's id.</param>
/// <param name="Member">The operator (or virtual operator) whose line it is.</param>
/// <param name="At">When it was opened or changed.</param>
/// <param name="Line">The line's number.</param>
/// <param name="LineKind">What kind of line.</param>
/// <param name="Identity">How far its holder was checked.</param>
/// <param name="Person">The holder.</param>
/// <param name="Agent">The reseller that opened it, by the member's own code.</param>
/// <param name="Device">The device it is bound to.</param>
public sealed record Subscription(
    SignalId Id, MemberCode Member, Instant At, PhoneNumber Line, LineKind LineKind, IdentityCheck Identity,
    PersonToken? Person, string? Agent, Device? Device) : Signal(Id, Member, At)
{
    /// <inheritdoc/>
    public override SignalKind Kind => SignalKind.Subscription;
}

/// <summary>What an account is for. It decides whether a trace may look for the money in it.</summary>
public enum AccountKind : byte
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>A natural person's account.</summary>
    Personal = 1,

    /// <summary>A firm's account.</summary>
    Business = 2,

    /// <summary>A merchant that gave goods for the money: a trace ends there as spent with a third party.</summary>
    Merchant = 3,

    /// <summary>A payment institution's pooled account: a trace crosses it by order references, and stops there without.</summary>
    Pool = 4,

    /// <summary>A wallet inside a payment institution.</summary>
    Wallet = 5,
}

/// <summary>An account opened, or its standing facts told again; the latest by event time is what holds.</summary>
/// <param name="Id">The sender's id.</param>
/// <param name="Member">The bank or payment institution.</param>
/// <param name="At">When it was opened, or when the facts were told.</param>
/// <param name="Account">The account.</param>
/// <param name="AccountKind">What it is for.</param>
/// <param name="Identity">How far its holder was checked.</param>
/// <param name="Person">The holder.</param>
/// <param name="OpeningBalance">What lay in it before the first transfer told of; null where unknown, and then traces give an interval.</param>
/// <param name="Line">The telephone line bound to it.</param>
/// <param name="Branch">The branch or agent that opened it, by the member's own code.</param>
public sealed record AccountOpening(
    SignalId Id, MemberCode Member, Instant At, AccountNumber Account, AccountKind AccountKind, IdentityCheck Identity,
    PersonToken? Person, Amount? OpeningBalance, PhoneNumber? Line, string? Branch) : Signal(Id, Member, At)
{
    /// <inheritdoc/>
    public override SignalKind Kind => SignalKind.AccountOpening;
}

/// <summary>How money moved.</summary>
public enum TransferMeans : byte
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>From account to account.</summary>
    Account = 1,

    /// <summary>Cash paid in.</summary>
    CashDeposit = 2,

    /// <summary>Cash taken out.</summary>
    CashWithdrawal = 3,

    /// <summary>A purchase from a merchant.</summary>
    Purchase = 4,

    /// <summary>Out of the country.</summary>
    CrossBorder = 5,

    /// <summary>Turned into virtual currency: the money left what banks book.</summary>
    VirtualCurrency = 6,
}

/// <summary>Money moved. At least one of payer and payee is an account; the other may lie outside (cash, an unnamed party).</summary>
/// <param name="Id">The sender's id.</param>
/// <param name="Member">The bank or payment institution that tells it.</param>
/// <param name="At">When it was booked.</param>
/// <param name="Payer">The account debited; null where the money came from outside.</param>
/// <param name="Payee">The account credited; null where the money left to outside.</param>
/// <param name="Amount">How much, above zero.</param>
/// <param name="Means">How.</param>
/// <param name="OrderReference">The payment institution's reference that joins the legs through its pool (1 to 64 visible ASCII characters).</param>
public sealed record Transfer(
    SignalId Id, MemberCode Member, Instant At, AccountNumber? Payer, AccountNumber? Payee, Amount Amount,
    TransferMeans Means, string? OrderReference) : Signal(Id, Member, At)
{
    /// <inheritdoc/>
    public override SignalKind Kind => SignalKind.Transfer;
}

/// <summary>
/// What holds of a transfer in place of what was told: whether it was reversed, and its order reference. Each holds as told last by event time;
/// at equal instants the greater id, then the greater member code. The order of arrival changes nothing, and a correction may come before its transfer.
/// An amount is corrected by reversing the transfer and telling another.
/// </summary>
/// <param name="Id">The sender's id.</param>
/// <param name="Member">Who tells it.</param>
/// <param name="At">When it was booked or found out.</param>
/// <param name="Teller">
/// The member that told of the transfer. A reversal is told by that member alone; a reference also by the member in whose account the transfer came or
/// from whose account it left, which answers for its own books. From anyone else it has no effect.
/// </param>
/// <param name="Transfer">The transfer's id.</param>
/// <param name="Reversed">True: booked back whole, as if it had never been. False: that was a mistake. Null: not spoken of.</param>
/// <param name="OrderReference">The reference that it belongs to (1 to 64 visible ASCII characters); null where not spoken of. One of both is told.</param>
public sealed record TransferCorrection(
    SignalId Id, MemberCode Member, Instant At, MemberCode Teller, SignalId Transfer, bool? Reversed, string? OrderReference) : Signal(Id, Member, At)
{
    /// <inheritdoc/>
    public override SignalKind Kind => SignalKind.TransferCorrection;
}

/// <summary>A visit to a page that a member watches for.</summary>
/// <param name="Id">The sender's id.</param>
/// <param name="Member">The operator or platform that tells it.</param>
/// <param name="At">When.</param>
/// <param name="Line">The line it was made from.</param>
/// <param name="Domain">Where to.</param>
public sealed record WebVisit(SignalId Id, MemberCode Member, Instant At, PhoneNumber Line, Domain Domain) : Signal(Id, Member, At)
{
    /// <inheritdoc/>
    public override SignalKind Kind => SignalKind.WebVisit;
}
