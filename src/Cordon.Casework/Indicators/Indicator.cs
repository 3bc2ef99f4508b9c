using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Indicators;

/// <summary>What an indicator names.</summary>
public enum IndicatorKind
{
    /// <summary>A telephone number.</summary>
    Number,

    /// <summary>An account at a member.</summary>
    Account,

    /// <summary>A handset or modem.</summary>
    Device,

    /// <summary>A domain; what lies below it is meant too.</summary>
    Domain,
}

/// <summary>Who may be told of it: the traffic light protocol (FIRST, TLP 2.0), and what each colour means here.</summary>
public enum Tlp
{
    /// <summary>Everybody.</summary>
    Clear,

    /// <summary>All members, and whom they serve.</summary>
    Green,

    /// <summary>All members, for themselves and for those of their customers who must know.</summary>
    Amber,

    /// <summary>Only the members that can act on such a thing, for themselves alone.</summary>
    AmberStrict,

    /// <summary>Nobody but the centre. Screening uses it all the same.</summary>
    Red,
}

/// <summary>Where an indicator stands; drawn in this module's README.</summary>
public enum IndicatorState
{
    /// <summary>Waits for a second person.</summary>
    Proposed,

    /// <summary>Counts: members are told, screening uses it.</summary>
    Active,

    /// <summary>Members say that it hits honest people: it counts no more until somebody of the centre decides.</summary>
    Disputed,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Taken back: it was wrong. Whoever was told of it must tell that they dropped it.</summary>
    Recalled,

    /// <summary>The second person did not confirm it.</summary>
    Dismissed,
}

/// <summary>Where an indicator comes from.</summary>
public enum IndicatorOrigin
{
    /// <summary>A person of the centre.</summary>
    Centre,

    /// <summary>The chain of a case.</summary>
    Case,

    /// <summary>An order about a number or a domain that went out.</summary>
    Order,

    /// <summary>A member.</summary>
    Member,
}

/// <summary>That a member says an indicator hits somebody honest.</summary>
/// <param name="Member">Who says so; each member once.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who of it.</param>
public sealed record FalsePositiveVote(MemberCode Member, Instant At, string Reason, string By);

/// <summary>An identifier that was used for fraud, as the members share it.</summary>
public sealed class Indicator : Folded<IndicatorEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>I-2026-000001</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>What it names.</summary>
    public IndicatorKind Kind { get; private set; }

    /// <summary>The identifier in its written form. There is one indicator for each; personal.</summary>
    public string Value { get; private set; } = "";

    /// <summary>Where it comes from.</summary>
    public IndicatorOrigin Origin { get; private set; }

    /// <summary>The member that gave it; null where the centre did.</summary>
    public MemberCode? Giver { get; private set; }

    /// <summary>The case that it was born from.</summary>
    public Guid? CaseId { get; private set; }

    /// <summary>The order that it was born from.</summary>
    public Guid? OrderId { get; private set; }

    /// <summary>How sure its source is, 0 to 100.</summary>
    public int Confidence { get; private set; }

    /// <summary>Who may be told of it.</summary>
    public Tlp Tlp { get; private set; }

    /// <summary>Where it stands.</summary>
    public IndicatorState State { get; private set; }

    /// <summary>Why it is there, or why it ended.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Who proposed it last.</summary>
    public string ProposedBy { get; private set; } = "";

    /// <summary>When.</summary>
    public Instant ProposedAt { get; private set; }

    /// <summary>Who confirmed it last.</summary>
    public string? ConfirmedBy { get; private set; }

    /// <summary>Since when it counts, or counted; null where nobody confirmed it.</summary>
    public Instant? ConfirmedAt { get; private set; }

    /// <summary>From when on it counts no more.</summary>
    public Instant Until { get; private set; }

    /// <summary>When it ended.</summary>
    public Instant? EndedAt { get; private set; }

    /// <summary>Members that say it hits honest people, since it was confirmed last.</summary>
    public ImmutableArray<FalsePositiveVote> Votes { get; private set; } = [];

    /// <summary>How often members told that they saw it, beyond what screening saw.</summary>
    public long SightingsTold { get; private set; }

    /// <summary>When a member saw it last.</summary>
    public Instant? LastSighting { get; private set; }

    /// <summary>The place of its last change in the feed of all indicators; 0 where members were never told.</summary>
    public long Feed { get; private set; }

    /// <summary>The place at which members were first told of it since it was last recalled; 0 where they were not.</summary>
    public long ToldFrom { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"indicator/{Id}";

    /// <summary>Whether it counts at an instant: screening judges its end by the time of each signal.</summary>
    public bool Counts(Instant at) => State == IndicatorState.Active && at < Until;

    /// <summary>Whether screening uses it where it counts.</summary>
    public bool Screens => Confidence >= IndicatorRules.ScreenedFrom;

    /// <summary>The live list of screening that it stands on.</summary>
    public ListName List => ListOf(Kind);

    /// <summary>The live list for a kind.</summary>
    public static ListName ListOf(IndicatorKind kind) => kind switch
    {
        IndicatorKind.Number => ListName.FraudNumbers,
        IndicatorKind.Account => ListName.FraudAccounts,
        IndicatorKind.Device => ListName.FraudDevices,
        _ => ListName.FraudDomains,
    };

    /// <inheritdoc/>
    protected override void Fold(IndicatorEvent happened)
    {
        switch (happened)
        {
            case IndicatorProposed e:
                (Id, Number, Kind, Value, Origin, Giver, CaseId, OrderId) = (e.Indicator, e.Number, e.Kind, e.Value, e.Origin, e.Giver, e.Case, e.Order);
                (Confidence, Tlp, Until, Reason, ProposedBy, ProposedAt) = (e.Confidence, e.Tlp, e.Until, e.Reason, e.By, e.At);
                (State, Votes, EndedAt, ConfirmedBy, ConfirmedAt) = (IndicatorState.Proposed, [], null, null, null);
                break;
            case IndicatorConfirmed e:
                (State, ConfirmedBy, ConfirmedAt, Votes, EndedAt, Feed) = (IndicatorState.Active, e.By, e.At, [], null, e.Feed);
                if (ToldFrom == 0) ToldFrom = e.Feed;
                break;
            case IndicatorProlonged e:
                (Until, Reason, Feed) = (e.Until, e.Reason, e.Feed);
                break;
            case IndicatorVotedFalse e:
                Votes = Votes.Add(new FalsePositiveVote(e.Member, e.At, e.Reason, e.By));
                break;
            case IndicatorDisputed e:
                (State, Feed) = (IndicatorState.Disputed, e.Feed);
                break;
            case IndicatorSighted e:
                (SightingsTold, LastSighting) = (checked(SightingsTold + e.Count), LastSighting is { } last && last > e.SeenAt ? last : e.SeenAt);
                break;
            case IndicatorEnded e:
                (State, Reason, EndedAt) = (e.State, e.Reason, e.At);
                if (e.Feed > 0) Feed = e.Feed;
                // Whoever had it owes a receipt now; who is told of it later begins anew.
                if (e.State == IndicatorState.Recalled) ToldFrom = 0;
                break;
        }
    }
}

internal sealed class IndicatorTable : IEntityTypeConfiguration<Indicator>, IEntityTypeConfiguration<IndicatorReader>, IEntityTypeConfiguration<RecallReceipt>
{
    // A domain is the longest identifier.
    private const int LongestValue = 260;

    public void Configure(EntityTypeBuilder<Indicator> builder)
    {
        builder.ToTable("Indicators");
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.Property(i => i.Value).HasMaxLength(LongestValue);
        builder.Ignore(i => i.Stream);
        builder.Ignore(i => i.Screens);
        builder.Ignore(i => i.List);
        builder.HasIndex(i => i.Number).IsUnique();
        builder.HasIndex(i => new { i.Kind, i.Value }).IsUnique();
        builder.HasIndex(i => new { i.State, i.Until });
        builder.HasIndex(i => i.Feed);
        builder.HasIndex(i => i.CaseId);
        builder.Property(i => i.Votes).HasConversion(
            v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<FalsePositiveVote>>(v, CaseworkJson.Options));
    }

    public void Configure(EntityTypeBuilder<IndicatorReader> builder)
    {
        builder.ToTable("IndicatorReaders");
        builder.HasKey(r => r.Member);
    }

    public void Configure(EntityTypeBuilder<RecallReceipt> builder)
    {
        builder.ToTable("RecallReceipts");
        builder.HasKey(r => new { r.Indicator, r.Feed, r.Member });
        builder.HasIndex(r => new { r.Member, r.ReceivedAt });
    }
}
