using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Warnings;

/// <summary>How a likely victim is warned.</summary>
public enum WarningChannel
{
    /// <summary>A text message.</summary>
    Sms,

    /// <summary>A message in an app of the centre.</summary>
    App,

    /// <summary>A telephone call by a person.</summary>
    Call,

    /// <summary>A visit by a person.</summary>
    Visit,
}

/// <summary>What came of an attempt.</summary>
public enum AttemptOutcome
{
    /// <summary>It went out; nobody knows whether it was read.</summary>
    Sent,

    /// <summary>The person was spoken to, or answered.</summary>
    Reached,

    /// <summary>Nobody answered, or it could not be delivered.</summary>
    NotReached,
}

/// <summary>Where a warning stands; drawn in this module's README.</summary>
public enum WarningState
{
    /// <summary>Nobody tried yet.</summary>
    Proposed,

    /// <summary>Tried; the person was not reached so far.</summary>
    Attempted,

    /// <summary>A message went out where one is all that is done; whether it was read nobody knows. A person can still call.</summary>
    Messaged,

    /// <summary>The person was reached.</summary>
    Reached,

    /// <summary>Given up: the person could not be reached.</summary>
    GivenUp,

    /// <summary>There was nobody to warn.</summary>
    Dismissed,
}

/// <summary>One attempt to warn.</summary>
/// <param name="Channel">How.</param>
/// <param name="At">When.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="By">Who tried.</param>
/// <param name="Note">What was said; personal.</param>
public sealed record WarningAttempt(WarningChannel Channel, Instant At, AttemptOutcome Outcome, string By, string? Note);

/// <summary>What a warned person lost all the same.</summary>
/// <param name="Report">The report that tells of it.</param>
/// <param name="Minor">How much, minor units.</param>
/// <param name="FoundAt">When that was found.</param>
public sealed record WarnedLoss(Guid Report, long Minor, Instant FoundAt);

/// <summary>Somebody who is likely being defrauded, to be warned while it can still be prevented.</summary>
public sealed class Warning : Folded<WarningEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>W-2026-000001</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The person's line; personal.</summary>
    public PhoneNumber Line { get; private set; }

    /// <summary>The group of the pack, which says how soon and how to warn.</summary>
    public string Group { get; private set; } = "";

    /// <summary>The reason codes of the rules that saw it first, comma-separated.</summary>
    public string Reasons { get; private set; } = "";

    /// <summary>The signal that showed it first, by its number in the journal.</summary>
    public long Signal { get; private set; }

    /// <summary>The member that asked about the person's payment, where that was the signal; null of other signals, and of warnings older than this.</summary>
    public MemberCode? PayingMember { get; private set; }

    /// <summary>When that happened.</summary>
    public Instant SeenAt { get; private set; }

    /// <summary>When the warning was proposed.</summary>
    public Instant ProposedAt { get; private set; }

    /// <summary>Until when the person should be reached.</summary>
    public Instant Due { get; private set; }

    /// <summary>Signals that showed the same since, the first included.</summary>
    public int Signals { get; private set; }

    /// <summary>Where it stands.</summary>
    public WarningState State { get; private set; }

    /// <summary>All attempts, in order.</summary>
    public ImmutableArray<WarningAttempt> Attempts { get; private set; } = [];

    /// <summary>When the first attempt was made.</summary>
    public Instant? FirstAttemptAt { get; private set; }

    /// <summary>When the person was reached.</summary>
    public Instant? ReachedAt { get; private set; }

    /// <summary>When it passed its time without the person being reached.</summary>
    public Instant? OverdueAt { get; private set; }

    /// <summary>When it ended.</summary>
    public Instant? EndedAt { get; private set; }

    /// <summary>Why it was given up or dismissed.</summary>
    public string? Reason { get; private set; }

    /// <summary>What the person lost after the first attempt, by the reports that tell of it.</summary>
    public ImmutableArray<WarnedLoss> Losses { get; private set; } = [];

    /// <summary>How much the person lost after the first attempt, minor units of <see cref="LossCurrency"/>.</summary>
    public long LossMinor { get; private set; }

    /// <summary>The currency of the losses; null where there are none.</summary>
    public Currency? LossCurrency { get; private set; }

    /// <summary>When the last of these losses was found.</summary>
    public Instant? LastLossAt { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"warning/{Id}";

    /// <summary>Whether somebody still has to do something.</summary>
    public bool Open => State is WarningState.Proposed or WarningState.Attempted;

    /// <inheritdoc/>
    protected override void Fold(WarningEvent happened)
    {
        switch (happened)
        {
            case WarningProposed e:
                (Id, Number, Line, Group, Reasons, Signal, SeenAt, ProposedAt, Due) = (e.Warning, e.Number, e.Line, e.Group, e.Reasons, e.Signal, e.SeenAt, e.At, e.Due);
                (State, Signals, PayingMember) = (WarningState.Proposed, 1, e.PayingMember);
                break;
            case WarningSeenAgain e:
                Signals = checked(Signals + e.Signals);
                break;
            case WarningAttempted e:
                Attempts = Attempts.Add(new WarningAttempt(e.Channel, e.At, e.Outcome, e.By, e.Note));
                FirstAttemptAt ??= e.At;
                (State, ReachedAt, EndedAt) = e.Outcome == AttemptOutcome.Reached ? (WarningState.Reached, e.At, e.At)
                    : e.Suffices ? (WarningState.Messaged, ReachedAt, e.At)
                    : (WarningState.Attempted, ReachedAt, (Instant?)null);
                break;
            case WarningOverdue e:
                OverdueAt = e.At;
                break;
            case WarningEnded e:
                (State, EndedAt, Reason) = (e.State, e.At, e.Reason);
                break;
            case LossAfterWarning e:
                var since = Losses.FirstOrDefault(l => l.Report == e.Report)?.FoundAt ?? e.At;
                Losses = Losses.RemoveAll(l => l.Report == e.Report);
                if (e.Minor > 0) Losses = Losses.Add(new WarnedLoss(e.Report, e.Minor, since));
                (LossMinor, LossCurrency) = (Losses.Aggregate(0L, (sum, l) => checked(sum + l.Minor)), Losses.IsEmpty ? null : e.Currency);
                LastLossAt = Losses.IsEmpty ? null : Losses.Max(l => l.FoundAt);
                break;
        }
    }
}

/// <summary>What happens to a warning.</summary>
/// <param name="At">When.</param>
public abstract record WarningEvent(Instant At) : CaseworkEvent(At);

/// <summary>Screening saw somebody who is likely being defrauded.</summary>
/// <param name="At">When it was proposed.</param>
/// <param name="Warning">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Line">The person's line.</param>
/// <param name="Group">The group of the pack.</param>
/// <param name="Reasons">The reason codes of the rules that saw it.</param>
/// <param name="Signal">The signal's number in the journal.</param>
/// <param name="SeenAt">When that happened.</param>
/// <param name="Due">Until when the person should be reached.</param>
/// <param name="PayingMember">The member that asked about the person's payment, where that was the signal.</param>
[EventName("warning.proposed")]
public sealed record WarningProposed(
    Instant At, Guid Warning, string Number, [property: Personal] PhoneNumber Line, string Group, string Reasons, long Signal, Instant SeenAt, Instant Due,
    MemberCode? PayingMember = null) : WarningEvent(At);

/// <summary>Further signals show the same.</summary>
/// <param name="At">When.</param>
/// <param name="Signals">How many.</param>
[EventName("warning.seen-again")]
public sealed record WarningSeenAgain(Instant At, int Signals) : WarningEvent(At);

/// <summary>Somebody or something tried to warn.</summary>
/// <param name="At">When.</param>
/// <param name="Channel">How.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="By">Who tried.</param>
/// <param name="Note">What was said.</param>
/// <param name="Suffices">Whether that is all that is done: a message to somebody of a group that is warned by messages.</param>
[EventName("warning.attempted")]
public sealed record WarningAttempted(Instant At, WarningChannel Channel, AttemptOutcome Outcome, string By, [property: Personal] string? Note, bool Suffices) : WarningEvent(At);

/// <summary>Its time passed and the person was not reached.</summary>
/// <param name="At">When.</param>
/// <param name="Due">Until when.</param>
[EventName("warning.overdue")]
public sealed record WarningOverdue(Instant At, Instant Due) : WarningEvent(At);

/// <summary>It was given up, or there was nobody to warn.</summary>
/// <param name="At">When.</param>
/// <param name="State">Which.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventName("warning.ended")]
public sealed record WarningEnded(Instant At, WarningState State, string Reason, string By) : WarningEvent(At);

/// <summary>The person told of money lost after the first attempt, or a report says otherwise now than before.</summary>
/// <param name="At">When it was found.</param>
/// <param name="Report">The report.</param>
/// <param name="Minor">How much it tells of now, minor units; 0 where it counts no more.</param>
/// <param name="Currency">Its currency.</param>
[EventName("warning.loss-after")]
public sealed record LossAfterWarning(Instant At, Guid Report, long Minor, Currency Currency) : WarningEvent(At);

/// <summary>What can be asked of a warning that exists.</summary>
public abstract record WarningCommand;

/// <summary>Write down an attempt of a person's.</summary>
/// <param name="Channel">How.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Note">What was said, at most 1,000 characters.</param>
public sealed record TellAttempt(WarningChannel Channel, AttemptOutcome Outcome, string? Note = null) : WarningCommand;

/// <summary>Give it up: the person cannot be reached.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record GiveUpWarning(string Reason) : WarningCommand;

/// <summary>There is nobody to warn.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record DismissWarning(string Reason) : WarningCommand;

/// <summary>Look whether its time has passed.</summary>
public sealed record CheckWarning : WarningCommand;

internal sealed class WarningTable : IEntityTypeConfiguration<Warning>
{
    public void Configure(EntityTypeBuilder<Warning> builder)
    {
        builder.ToTable("Warnings");
        builder.HasKey(w => w.Id);
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.Property(w => w.Version).IsConcurrencyToken();
        builder.Ignore(w => w.Stream);
        builder.Ignore(w => w.Open);
        builder.HasIndex(w => w.Number).IsUnique();
        builder.HasIndex(w => new { w.Line, w.ProposedAt });
        builder.HasIndex(w => new { w.State, w.Due });
        builder.HasIndex(w => w.LastLossAt);
        builder.HasIndex(w => new { w.ProposedAt, w.Group });
        builder.Property(w => w.Attempts).HasConversion(
            v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<WarningAttempt>>(v, CaseworkJson.Options));
        builder.Property(w => w.Losses).HasDefaultValueSql("'[]'").HasConversion(
            v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<WarnedLoss>>(v, CaseworkJson.Options));
    }
}
