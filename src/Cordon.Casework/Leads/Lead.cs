using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Leads;

/// <summary>Where a lead stands. That it is overdue is a mark and no state; that it was passed on stands in its history.</summary>
public enum LeadState
{
    /// <summary>Screening saw something; nobody has decided to send it.</summary>
    Proposed,

    /// <summary>A person decided that what was proposed is none.</summary>
    Dismissed,

    /// <summary>The authority that has it has not acknowledged it.</summary>
    Sent,

    /// <summary>The authority has it and owes feedback.</summary>
    Acknowledged,

    /// <summary>The authority told what came of it.</summary>
    FedBack,

    /// <summary>Its sender took it back.</summary>
    Withdrawn,
}

/// <summary>What came of a lead.</summary>
public enum LeadResult
{
    /// <summary>The authority acted upon it.</summary>
    ActedUpon,

    /// <summary>It became a case.</summary>
    OpenedAsCase,

    /// <summary>It was looked into and nothing was found.</summary>
    NothingFound,

    /// <summary>It is for another authority, which this one does not know.</summary>
    NotOurs,
}

/// <summary>What a lead can be about.</summary>
public enum LeadSubjectKind
{
    /// <summary>A telephone number, E.164.</summary>
    Number,

    /// <summary>An account, <c>member:number</c>.</summary>
    Account,

    /// <summary>A handset, modem or SIM box, by its IMEI.</summary>
    Device,

    /// <summary>A trunk group, as its operator names it.</summary>
    Trunk,

    /// <summary>A domain.</summary>
    Domain,

    /// <summary>A person, by token; never an identity number.</summary>
    Person,

    /// <summary>A member.</summary>
    Member,
}

/// <summary>One thing that a lead is about.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">It, in its written form.</param>
public sealed record LeadSubject(LeadSubjectKind Kind, string Value)
{
    /// <summary>Whether the value is one of its kind, in its written form.</summary>
    [JsonIgnore]
    public bool IsValid => Value is not null && Kind switch
    {
        LeadSubjectKind.Number => PhoneNumber.TryParse(Value, out var number) && number.ToString() == Value,
        LeadSubjectKind.Account => AccountNumber.TryParse(Value, out var account) && account.ToString() == Value,
        LeadSubjectKind.Device => Engine.Signals.Device.TryParse(Value, out var device) && device.ToString() == Value,
        LeadSubjectKind.Trunk => Trunk.IsValid(Value),
        LeadSubjectKind.Domain => Domain.IsValid(Value),
        LeadSubjectKind.Person => PersonToken.TryParse(Value, out var token) && token.ToString() == Value,
        _ => MemberCode.TryParse(Value, out _),
    };

    /// <summary>The member whose region tells where it is: of an account its bank, of a member itself; null for others.</summary>
    [JsonIgnore]
    public MemberCode? Place => Kind switch
    {
        LeadSubjectKind.Account when AccountNumber.TryParse(Value, out var account) => account.Member,
        LeadSubjectKind.Member when MemberCode.TryParse(Value, out var member) => member,
        _ => null,
    };

    /// <summary><c>device:35000000000001</c>.</summary>
    public override string ToString() => $"{Words.Of(Kind)}:{Value}";
}

/// <summary>A lead went from one authority to another; its clock went with it.</summary>
/// <param name="From">Which had it.</param>
/// <param name="To">Which has it since.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="By">Who passed it on.</param>
public sealed record LeadHop(MemberCode From, MemberCode To, string Reason, Instant At, string By);

/// <summary>What an authority told of a lead.</summary>
/// <param name="Authority">Which.</param>
/// <param name="From">Since when it was owed.</param>
/// <param name="Due">Until when.</param>
/// <param name="At">When it was told.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Text">In words.</param>
/// <param name="Records">The records that it names.</param>
/// <param name="By">Who told it.</param>
/// <param name="NotEnough">Why the sender sent it back; null where it did not.</param>
public sealed record LeadFeedback(
    MemberCode Authority, Instant From, Instant Due, Instant At, LeadResult Result, string Text, ImmutableArray<string> Records, string By, string? NotEnough);

/// <summary>Feedback as it is owed and measured: one by each date that was set.</summary>
/// <param name="Round">1, or 2 where the sender sent the first back.</param>
/// <param name="Authority">Who owes it: whoever had the lead last.</param>
/// <param name="From">Since when.</param>
/// <param name="Due">Until when.</param>
/// <param name="At">When it was told; null where it was not.</param>
/// <param name="EndedAt">When nothing was owed any more; null where that did not happen.</param>
public sealed record OwedFeedback(int Round, MemberCode Authority, Instant From, Instant Due, Instant? At, Instant? EndedAt);

/// <summary>Something that looks like a crime or a breach, handed to an authority that may act on it, and what came of it.</summary>
public sealed class Lead : Folded<LeadEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>L-2026-000017</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Its kind, by the pack's file of leads.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public LeadState State { get; private set; }

    /// <summary>The member that sent it; null for the centre.</summary>
    public MemberCode? Sender { get; private set; }

    /// <summary>The authority that has it, or would get what is proposed; null where none could be proposed.</summary>
    public MemberCode? Receiver { get; private set; }

    /// <summary>All that have or had to do with it as one text, <c>;telco-a;police-a;</c>, by which the database finds a member's.</summary>
    public string Parties { get; private set; } = ";";

    /// <summary>What it is about.</summary>
    public ImmutableArray<LeadSubject> Subjects { get; private set; } = [];

    /// <summary>Of what was proposed by itself, the first subject: the same is not proposed again soon. Empty of others.</summary>
    public string Seen { get; private set; } = "";

    /// <summary>Why it is sent, in words.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The records that it rests on: <c>case:…</c>, <c>order:…</c>, <c>verdict:…</c>, <c>indicator:…</c>, <c>finding:…</c>, or the sender's own.</summary>
    public ImmutableArray<string> Records { get; private set; } = [];

    /// <summary>The case that it is of; null where it is of none.</summary>
    public Guid? CaseId { get; private set; }

    /// <summary>The sender's key: the same key is the same lead. Null where it was proposed.</summary>
    public string? Key { get; private set; }

    /// <summary>SHA-256 over what was sent, in hex: another body under the same key is refused.</summary>
    public string? Digest { get; private set; }

    /// <summary>When screening proposed it; null where somebody sent it.</summary>
    public Instant? ProposedAt { get; private set; }

    /// <summary>When it was sent.</summary>
    public Instant? SentAt { get; private set; }

    /// <summary>Who sent it.</summary>
    public string? SentBy { get; private set; }

    /// <summary>Until when the authority that has it acknowledges it.</summary>
    public Instant? AcknowledgeBy { get; private set; }

    /// <summary>Until when feedback is owed.</summary>
    public Instant? FeedbackBy { get; private set; }

    /// <summary>When whoever has it acknowledged it.</summary>
    public Instant? AcknowledgedAt { get; private set; }

    /// <summary>Who acknowledged it.</summary>
    public string? AcknowledgedBy { get; private set; }

    /// <summary>From where to where it was passed on.</summary>
    public ImmutableArray<LeadHop> Hops { get; private set; } = [];

    /// <summary>What authorities told of it; the last counts.</summary>
    public ImmutableArray<LeadFeedback> Feedbacks { get; private set; } = [];

    /// <summary>Until when whoever has it owes the next thing, acknowledgement or feedback; null where nothing is owed.</summary>
    public Instant? Due { get; private set; }

    /// <summary>The last date that passed without what was owed by it; null where none did.</summary>
    public Instant? Missed { get; private set; }

    /// <summary>How far it has climbed; null where it stands on no rung.</summary>
    public EscalationRung? Escalation { get; private set; }

    /// <summary>Who is told at the authority.</summary>
    public OfficerRank? EscalatedTo { get; private set; }

    /// <summary>Who is told at the centre.</summary>
    public string? EscalatedRole { get; private set; }

    /// <summary>When it climbs next; null where it does not.</summary>
    public Instant? EscalateAt { get; private set; }

    /// <summary>When the clock has something to note; null where nothing is owed.</summary>
    public Instant? NextClock { get; private set; }

    /// <summary>When it was dismissed or withdrawn.</summary>
    public Instant? EndedAt { get; private set; }

    /// <summary>Why it was dismissed or withdrawn.</summary>
    public string? EndReason { get; private set; }

    /// <summary>Who dismissed or withdrew it.</summary>
    public string? EndedBy { get; private set; }

    /// <summary>Whether the authority that has it owes something.</summary>
    public bool Open => State is LeadState.Sent or LeadState.Acknowledged;

    /// <summary>Whether what is owed now is overdue, as far as the clock has noted it.</summary>
    public bool Overdue => Open && Missed is { } missed && missed >= Due;

    /// <summary>Whether the date of feedback passed without any, as far as the clock has noted it.</summary>
    public bool FeedbackMissed => Open && Missed is { } missed && missed >= FeedbackBy;

    /// <inheritdoc/>
    public override string Stream => $"lead/{Id}";

    /// <summary>Whether a member sent it, has it or had it.</summary>
    public bool Concerns(MemberCode member) => Parties.Contains($";{member};", StringComparison.Ordinal);

    /// <summary>Whether an authority has it or had it before.</summary>
    public bool WasWith(MemberCode authority) => Receiver == authority || Hops.Any(h => h.From == authority);

    /// <summary>The feedback owed so far, one for each date that was set; of what was passed on, the last authority owes it.</summary>
    public IEnumerable<OwedFeedback> Owed()
    {
        foreach (var (i, told) in Feedbacks.Index()) yield return new OwedFeedback(i + 1, told.Authority, told.From, told.Due, told.At, null);
        if (SentAt is not null && (Open || State == LeadState.Withdrawn))
            yield return new OwedFeedback(Feedbacks.Length + 1, Receiver!.Value, OwedFrom, FeedbackBy!.Value, null, EndedAt);
    }

    internal Instant OwedFrom { get; private set; }

    /// <inheritdoc/>
    protected override void Fold(LeadEvent happened)
    {
        switch (happened)
        {
            case LeadProposed e:
                (Id, Number, Kind, Receiver, Subjects, Records, State) = (e.Lead, e.Number, e.Kind, e.Receiver, e.Subjects, e.Records, LeadState.Proposed);
                (ProposedAt, Seen) = (e.At, e.Subjects[0].ToString());
                break;
            case LeadSent e:
                (Id, Number, Kind, Sender, Receiver, Subjects, Records, CaseId) = (e.Lead, e.Number, e.Kind, e.Sender, e.Receiver, e.Subjects, e.Records, e.Case);
                (Key, Digest) = (e.Key, e.Digest);
                if (e.Sender is { } sender) Parties += $"{sender};";
                Send(e.At, e.By, e.Receiver, e.Reason, e.AcknowledgeBy, e.FeedbackBy);
                break;
            case LeadConfirmed e:
                Send(e.At, e.By, e.Receiver, e.Reason, e.AcknowledgeBy, e.FeedbackBy);
                break;
            case LeadDismissed e:
                End(LeadState.Dismissed, e.At, e.Reason, e.By);
                break;
            case LeadWithdrawn e:
                End(LeadState.Withdrawn, e.At, e.Reason, e.By);
                break;
            case LeadOverdue e:
                (Missed, EscalateAt) = (e.Due, e.Next);
                break;
            case LeadEscalated e:
                (Escalation, EscalatedTo, EscalatedRole, EscalateAt) = (e.Rung, e.Officer, e.Role, e.Next);
                break;
            default:
                FoldWork(happened);
                break;
        }
        Due = State switch { LeadState.Sent => AcknowledgeBy, LeadState.Acknowledged => FeedbackBy, _ => null };
        NextClock = Open ? Earliest(State == LeadState.Sent ? Unnoted(AcknowledgeBy) : null, Unnoted(FeedbackBy), EscalateAt) : null;
    }

    private void FoldWork(LeadEvent happened)
    {
        switch (happened)
        {
            case LeadAcknowledged e:
                (State, AcknowledgedAt, AcknowledgedBy) = (LeadState.Acknowledged, e.At, e.By);
                StandDown();
                break;
            case LeadPassedOn e:
                Hops = Hops.Add(new LeadHop(Receiver!.Value, e.To, e.Reason, e.At, e.By));
                (State, Receiver, AcknowledgeBy, AcknowledgedAt, AcknowledgedBy) = (LeadState.Sent, e.To, e.AcknowledgeBy, null, null);
                Parties += $"{e.To};";
                StandDown();
                break;
            case LeadFedBack e:
                Feedbacks = Feedbacks.Add(new LeadFeedback(Receiver!.Value, OwedFrom, FeedbackBy!.Value, e.At, e.Result, e.Text, e.Records, e.By, null));
                State = LeadState.FedBack;
                StandDown();
                break;
            case LeadReturned e:
                Feedbacks = Feedbacks.SetItem(Feedbacks.Length - 1, Feedbacks[^1] with { NotEnough = e.Reason });
                (State, FeedbackBy, OwedFrom) = (LeadState.Acknowledged, e.FeedbackBy, e.At);
                break;
        }
    }

    private void Send(Instant at, string by, MemberCode receiver, string reason, Instant acknowledgeBy, Instant feedbackBy)
    {
        (State, SentAt, SentBy, Receiver, Reason) = (LeadState.Sent, at, by, receiver, reason);
        (AcknowledgeBy, FeedbackBy, OwedFrom) = (acknowledgeBy, feedbackBy, at);
        Parties += $"{receiver};";
    }

    private void End(LeadState state, Instant at, string reason, string by)
    {
        (State, EndedAt, EndReason, EndedBy) = (state, at, reason, by);
        StandDown();
    }

    private void StandDown() => (Escalation, EscalatedTo, EscalatedRole, EscalateAt) = (null, null, null, null);

    private Instant? Unnoted(Instant? due) => due is { } at && !(Missed >= at) ? at : null;

    private static Instant? Earliest(params ReadOnlySpan<Instant?> all)
    {
        Instant? first = null;
        foreach (var at in all)
            if (at is not null && !(first <= at)) first = at;
        return first;
    }
}

internal sealed class LeadTable : IEntityTypeConfiguration<Lead>
{
    public void Configure(EntityTypeBuilder<Lead> builder)
    {
        builder.ToTable("Leads");
        builder.HasKey(l => l.Id);
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.Property(l => l.OwedFrom);
        builder.Ignore(l => l.Stream).Ignore(l => l.Open).Ignore(l => l.Overdue).Ignore(l => l.FeedbackMissed);
        builder.Property(l => l.Seen).HasMaxLength(300);
        builder.Property(l => l.EscalatedRole).HasMaxLength(32);
        builder.HasIndex(l => l.Number).IsUnique();
        // Two requests with one key may come at once: the database lets one of them in.
        builder.HasIndex(l => l.Key).IsUnique();
        builder.HasIndex(l => new { l.State, l.Due });
        builder.HasIndex(l => l.CaseId);
        builder.HasIndex(l => l.SentAt);
        builder.HasIndex(l => new { l.Kind, l.Seen }).HasFilter("\"Seen\" <> ''");
        builder.HasIndex(l => l.NextClock).HasFilter("\"NextClock\" IS NOT NULL");
        RectificationTable.Json(builder.Property(l => l.Subjects));
        RectificationTable.Json(builder.Property(l => l.Records));
        RectificationTable.Json(builder.Property(l => l.Hops));
        RectificationTable.Json(builder.Property(l => l.Feedbacks));
    }
}
