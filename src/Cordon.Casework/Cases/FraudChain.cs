using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Cases;

/// <summary>The places of a fraud's chain, in its order. Duties name the place they concern.</summary>
public enum LinkKind
{
    /// <summary>The call that reached the victim.</summary>
    Call,

    /// <summary>The line (SIM, IoT card) behind a call or an account.</summary>
    Line,

    /// <summary>An account that the money reached.</summary>
    Account,

    /// <summary>A transfer with stolen money in it.</summary>
    Transfer,

    /// <summary>A payment institution's pooled account.</summary>
    Pool,

    /// <summary>Where the money left the accounts in sight.</summary>
    CashOut,

    /// <summary>An order given in the case.</summary>
    Order,

    /// <summary>An internet service used in the fraud; duties name it, a chain does not hold it yet.</summary>
    Internet,

    /// <summary>The case as a whole.</summary>
    Case,
}

/// <summary>What kind of record a piece of evidence is.</summary>
public enum EvidenceKind
{
    /// <summary>A call signal.</summary>
    Call,

    /// <summary>A subscription signal.</summary>
    Subscription,

    /// <summary>An account opening signal.</summary>
    AccountOpening,

    /// <summary>A transfer signal.</summary>
    Transfer,

    /// <summary>An order of Cordon.</summary>
    Order,

    /// <summary>A question of Cordon with its answer.</summary>
    Question,

    /// <summary>A lead; its id is Cordon's.</summary>
    Lead,
}

/// <summary>A record that a link rests on.</summary>
/// <param name="Kind">What kind of record.</param>
/// <param name="Member">Who told it; for an order, question or lead, to whom it went.</param>
/// <param name="Id">The signal's, order's, question's or lead's id.</param>
public sealed record Evidence(EvidenceKind Kind, MemberCode Member, string Id)
{
    /// <summary>The record in one word: <c>signal:bank-a/t-17</c> or <c>order:…</c>.</summary>
    public override string ToString() => Kind switch
    {
        EvidenceKind.Order => $"order:{Id}",
        EvidenceKind.Question => $"question:{Id}",
        EvidenceKind.Lead => $"lead:{Id}",
        _ => $"signal:{Member}/{Id}",
    };

    internal static ImmutableArray<Evidence> Sorted(IEnumerable<Evidence> evidence) =>
    [
        .. evidence.Distinct().OrderBy(e => e.Kind).ThenBy(e => e.Member.ToString(), StringComparer.Ordinal).ThenBy(e => e.Id, StringComparer.Ordinal),
    ];
}

/// <summary>One link of a chain: something that happened at one member, and so was somebody's duty.</summary>
/// <param name="Id">Names the link within its chain: <c>line:+86…</c>, <c>account:bank-a:…</c>; the same facts give the same id.</param>
/// <param name="Member">Whose link it is.</param>
/// <param name="Sector">The sector of that member; null where the register does not know it, and then no duty is judged.</param>
/// <param name="At">The moment whose law applies: the call, the line's opening, the first arrival, the transfer, the order.</param>
/// <param name="Proven">
/// Whether the facts prove that this fraud went through the link. False where a number may be borrowed or where
/// only one end of a trace's interval reaches it: a breach there is answered by Unknown.
/// </param>
/// <param name="Evidence">What the link rests on, sorted; never empty in a built chain except for an account no signal describes.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "link")]
[JsonDerivedType(typeof(CallLink), "call")]
[JsonDerivedType(typeof(LineLink), "line")]
[JsonDerivedType(typeof(AccountLink), "account")]
[JsonDerivedType(typeof(TransferLink), "transfer")]
[JsonDerivedType(typeof(PoolLink), "pool")]
[JsonDerivedType(typeof(ExitLink), "cashOut")]
[JsonDerivedType(typeof(OrderLink), "order")]
[JsonDerivedType(typeof(QuestionLink), "question")]
[JsonDerivedType(typeof(LeadLink), "lead")]
public abstract record ChainLink(
    string Id, MemberCode Member, Sector? Sector, Instant At, bool Proven, ImmutableArray<Evidence> Evidence)
{
    /// <summary>The place in the chain.</summary>
    [JsonIgnore]
    public abstract LinkKind Kind { get; }

    /// <summary>The reseller or branch through which the member acted; null where none is known.</summary>
    [JsonIgnore]
    public virtual string? ThroughAgent => null;
}

/// <summary>A call of the fraud.</summary>
/// <param name="Id">The link.</param>
/// <param name="Member">The operator that told it.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="At">When.</param>
/// <param name="Proven">Always true: which calls belong to a case is decided before.</param>
/// <param name="Evidence">The call.</param>
/// <param name="Caller">The number shown.</param>
/// <param name="Callee">The number called.</param>
/// <param name="Origin">Where it came in.</param>
/// <param name="Trunk">Over which trunk.</param>
/// <param name="RoamingProven">Whether the caller's own subscriber was proven to roam abroad.</param>
/// <param name="Signal">The call's id at the member.</param>
public sealed record CallLink(
    string Id, MemberCode Member, Sector? Sector, Instant At, bool Proven, ImmutableArray<Evidence> Evidence,
    PhoneNumber Caller, PhoneNumber Callee, CallOrigin Origin, Trunk? Trunk, bool RoamingProven, SignalId Signal)
    : ChainLink(Id, Member, Sector, At, Proven, Evidence)
{
    /// <inheritdoc/>
    public override LinkKind Kind => LinkKind.Call;
}

/// <summary>A line behind a call of the fraud, or bound to an account of it.</summary>
/// <param name="Id">The link.</param>
/// <param name="Member">The operator whose line it is.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="At">When it was opened, or its facts last told.</param>
/// <param name="Proven">False where the call's origin was not told, so that the number may be borrowed.</param>
/// <param name="Evidence">The subscription, and the calls made from it.</param>
/// <param name="Line">The number.</param>
/// <param name="LineKind">What kind of line.</param>
/// <param name="Identity">How far its holder was checked.</param>
/// <param name="Agent">The reseller that opened it.</param>
/// <param name="Person">The holder.</param>
/// <param name="LinesHeld">Lines the holder has at this operator at that moment, this one counted; null where not known.</param>
/// <param name="CallsMade">Calls of this chain made from it.</param>
public sealed record LineLink(
    string Id, MemberCode Member, Sector? Sector, Instant At, bool Proven, ImmutableArray<Evidence> Evidence,
    PhoneNumber Line, LineKind LineKind, IdentityCheck Identity, string? Agent, PersonToken? Person, int? LinesHeld, int CallsMade)
    : ChainLink(Id, Member, Sector, At, Proven, Evidence)
{
    /// <inheritdoc/>
    public override LinkKind Kind => Cases.LinkKind.Line;

    /// <inheritdoc/>
    public override string? ThroughAgent => Agent;
}

/// <summary>An account that stolen money reached.</summary>
/// <param name="Id">The link.</param>
/// <param name="Member">The bank or payment institution that keeps it.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="At">When stolen money first came.</param>
/// <param name="Proven">Whether stolen money, or money mixed with it, came at both ends of the trace's interval.</param>
/// <param name="Evidence">The account's opening and the transfers by which the money came.</param>
/// <param name="Account">The account.</param>
/// <param name="AccountKind">What it is for.</param>
/// <param name="Identity">How far its holder was checked.</param>
/// <param name="Person">The holder.</param>
/// <param name="Branch">The branch that opened it.</param>
/// <param name="OpenedAt">When it was opened, or its facts last told; null where no signal describes it.</param>
/// <param name="Layer">The smallest layer by which money arrived, from 1.</param>
/// <param name="Arrived">How much came, at the end of the interval where it goes furthest.</param>
/// <param name="SurelyArrived">How much came at the other end; equal where the trace is exact.</param>
/// <param name="Remains">How much is still there, at the furthest end.</param>
/// <param name="Outcome">What that rest counts as.</param>
public sealed record AccountLink(
    string Id, MemberCode Member, Sector? Sector, Instant At, bool Proven, ImmutableArray<Evidence> Evidence,
    AccountNumber Account, AccountKind AccountKind, IdentityCheck Identity, PersonToken? Person, string? Branch, Instant? OpenedAt,
    int Layer, Amount Arrived, Amount SurelyArrived, Amount Remains, TraceOutcome Outcome)
    : ChainLink(Id, Member, Sector, At, Proven, Evidence)
{
    /// <summary>
    /// How much money that was mixed with stolen money surely came (poison), where the trace does not say that stolen money surely did; null elsewhere.
    /// It proves that the account took part, and nothing of how much.
    /// </summary>
    public Amount? Mixed { get; init; }

    /// <inheritdoc/>
    public override LinkKind Kind => LinkKind.Account;

    /// <inheritdoc/>
    public override string? ThroughAgent => Branch;
}

/// <summary>A transfer with stolen money in it.</summary>
/// <param name="Id">The link.</param>
/// <param name="Member">The member that told it.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="At">When.</param>
/// <param name="Proven">Whether there is stolen money in it at both ends of the interval.</param>
/// <param name="Evidence">The transfer.</param>
/// <param name="Transfer">Its id at the member.</param>
/// <param name="From">The account debited; null from outside.</param>
/// <param name="To">The account credited; null to outside.</param>
/// <param name="Amount">The whole transfer.</param>
/// <param name="Stolen">The stolen money in it, at the furthest end.</param>
/// <param name="SurelyStolen">The stolen money in it at the other end.</param>
/// <param name="Layer">Its layer, from 1.</param>
public sealed record TransferLink(
    string Id, MemberCode Member, Sector? Sector, Instant At, bool Proven, ImmutableArray<Evidence> Evidence,
    SignalId Transfer, AccountNumber? From, AccountNumber? To, Amount Amount, Amount Stolen, Amount SurelyStolen, int Layer)
    : ChainLink(Id, Member, Sector, At, Proven, Evidence)
{
    /// <inheritdoc/>
    public override LinkKind Kind => LinkKind.Transfer;
}

/// <summary>A pooled account that stolen money reached.</summary>
/// <param name="Id">The link.</param>
/// <param name="Member">The payment institution.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="At">When stolen money first came.</param>
/// <param name="Proven">Whether money came at both ends of the interval.</param>
/// <param name="Evidence">The transfers by which it came, and payments on that should have carried its reference and did not.</param>
/// <param name="Account">The pooled account.</param>
/// <param name="Arrived">How much came.</param>
/// <param name="Hidden">How much of it cannot be followed further.</param>
/// <param name="ReferenceGiven">
/// Whether the order references tell where the money went on. False where a transfer into the pool has none, or where the
/// institution paid the very sum on without it; null where that is not known, as while the money may still lie in the pool.
/// </param>
public sealed record PoolLink(
    string Id, MemberCode Member, Sector? Sector, Instant At, bool Proven, ImmutableArray<Evidence> Evidence,
    AccountNumber Account, Amount Arrived, Amount Hidden, bool? ReferenceGiven)
    : ChainLink(Id, Member, Sector, At, Proven, Evidence)
{
    /// <inheritdoc/>
    public override LinkKind Kind => LinkKind.Pool;
}

/// <summary>Where stolen money left the accounts in sight.</summary>
/// <param name="Id">The link.</param>
/// <param name="Member">The member that told the transfer.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="At">When.</param>
/// <param name="Proven">Whether it left so at both ends of the interval.</param>
/// <param name="Evidence">The transfer.</param>
/// <param name="Transfer">Its id at the member.</param>
/// <param name="Amount">The stolen money in it.</param>
/// <param name="Outcome">What that counts as.</param>
public sealed record ExitLink(
    string Id, MemberCode Member, Sector? Sector, Instant At, bool Proven, ImmutableArray<Evidence> Evidence,
    SignalId Transfer, Amount Amount, TraceOutcome Outcome)
    : ChainLink(Id, Member, Sector, At, Proven, Evidence)
{
    /// <inheritdoc/>
    public override LinkKind Kind => LinkKind.CashOut;
}

/// <summary>An order given in the case.</summary>
/// <param name="Id">The link.</param>
/// <param name="Member">Who was ordered.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="At">When it was issued.</param>
/// <param name="Proven">Always true.</param>
/// <param name="Evidence">The order.</param>
/// <param name="Order">The order's id.</param>
/// <param name="Number">Its number for people; null where it has none.</param>
/// <param name="OrderKind">What it asks.</param>
/// <param name="Account">The account concerned.</param>
/// <param name="Line">The line concerned.</param>
/// <param name="Issuer">Who gave it.</param>
/// <param name="IssuerSector">The sector of the issuer.</param>
/// <param name="Ordinal">Which stop of the account this is over all cases, from 1; null where not known.</param>
/// <param name="Ordered">How much was ordered; null for the account as a whole.</param>
/// <param name="AcknowledgeDue">Until when it must be acknowledged, as the order itself says.</param>
/// <param name="AcknowledgedAt">When it was acknowledged; for a stop, from when money is stopped.</param>
/// <param name="AnsweredAt">When the member told what it holds, answered or declined.</param>
/// <param name="Held">How much was really held; null without a receipt, and so null where the member declined.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="EndedAt">When the member let go; null while the order stands.</param>
public sealed record OrderLink(
    string Id, MemberCode Member, Sector? Sector, Instant At, bool Proven, ImmutableArray<Evidence> Evidence,
    string Order, string? Number, OrderKind OrderKind, AccountNumber? Account, PhoneNumber? Line, MemberCode? Issuer, Sector? IssuerSector,
    int? Ordinal, Amount? Ordered, Instant? AcknowledgeDue, Instant? AcknowledgedAt, Instant? AnsweredAt, Amount? Held, Instant? ExpiresAt, Instant? EndedAt)
    : ChainLink(Id, Member, Sector, At, Proven, Evidence)
{
    /// <summary>Until when an enquiry must be answered, as it says itself; null of another order.</summary>
    public Instant? AnswerDue { get; init; }

    /// <summary>Whether one person sent it alone, where minutes counted.</summary>
    public bool Emergency { get; init; }

    /// <summary>When a second person approved it: before it went out, or afterwards.</summary>
    public Instant? ApprovedAt { get; init; }

    /// <inheritdoc/>
    public override LinkKind Kind => LinkKind.Order;
}

/// <summary>A question that was put to a member in the case, once it was answered or its time ran out.</summary>
/// <param name="Id">The link.</param>
/// <param name="Member">Who was asked.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Proven">Always true.</param>
/// <param name="Evidence">The question.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="About">What was asked: a fact of <see cref="Questions.QuestionCatalogue"/>, a duty's id or a name such as <c>facts:reported</c>.</param>
/// <param name="Of">The link that it is about; empty where it is about none.</param>
/// <param name="AnswerDue">Until when an answer was owed.</param>
/// <param name="AnsweredAt">When it was answered; null while it is not.</param>
/// <param name="Value">The answer.</param>
/// <param name="Records">The member's records that show it.</param>
public sealed record QuestionLink(
    string Id, MemberCode Member, Sector? Sector, Instant At, bool Proven, ImmutableArray<Evidence> Evidence,
    string Number, string About, string Of, Instant AnswerDue, Instant? AnsweredAt, string? Value, ImmutableArray<string> Records)
    : ChainLink(Id, Member, Sector, At, Proven, Evidence)
{
    /// <inheritdoc/>
    public override LinkKind Kind => LinkKind.Case;
}

/// <summary>Feedback that an authority owed on a lead of the case, one link for each date that was set.</summary>
/// <param name="Id">The link.</param>
/// <param name="Member">The authority that owed it.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="At">Since when it was owed.</param>
/// <param name="Proven">True: the lead was sent.</param>
/// <param name="Evidence">The lead.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="FeedbackDue">Until when feedback was owed.</param>
/// <param name="FedBackAt">When it was told; null while it is not.</param>
public sealed record LeadLink(
    string Id, MemberCode Member, Sector? Sector, Instant At, bool Proven, ImmutableArray<Evidence> Evidence, string Number, Instant FeedbackDue, Instant? FedBackAt)
    : ChainLink(Id, Member, Sector, At, Proven, Evidence)
{
    /// <inheritdoc/>
    public override LinkKind Kind => LinkKind.Case;
}

/// <summary>
/// The chain of one case across sectors. Orders act along it forwards, attribution judges along it backwards.
/// The same facts give the same chain, byte for byte in JSON.
/// </summary>
/// <param name="Case">The case's id.</param>
/// <param name="Loss">What was stolen, as traced.</param>
/// <param name="Exact">Whether the trace is one answer and not an interval.</param>
/// <param name="Cut">Whether the trace met a bound, so that more may lie beyond.</param>
/// <param name="Links">The links by place in the chain, then time, then id.</param>
public sealed record FraudChain(string Case, Amount Loss, bool Exact, bool Cut, ImmutableArray<ChainLink> Links)
{
    /// <summary>The chain as UTF-8 JSON; equal chains give equal bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CaseworkJson.Options);

    /// <summary>Reads what <see cref="ToJson"/> wrote. Throws <see cref="JsonException"/> on anything else.</summary>
    public static FraudChain FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<FraudChain>(json, CaseworkJson.Options) ?? throw new JsonException("The text is no chain.");
}
