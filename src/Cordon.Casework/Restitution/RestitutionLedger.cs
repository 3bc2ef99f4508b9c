using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Restitution;

/// <summary>Where a ledger stands; the states are drawn in this module's README.</summary>
public enum LedgerState
{
    /// <summary>Claims are gathered.</summary>
    Open,

    /// <summary>A division was announced.</summary>
    Announced,

    /// <summary>It was decided; returns are ordered, and what is left stays frozen.</summary>
    Decided,
}

/// <summary>An objection to a division.</summary>
/// <param name="Number">From 1.</param>
/// <param name="From">Who objects.</param>
/// <param name="Text">What is said.</param>
/// <param name="At">When it came in.</param>
/// <param name="Upheld">How it was settled; null while it is not.</param>
/// <param name="Reason">Why so.</param>
/// <param name="SettledBy">By whom.</param>
public sealed record Objection(int Number, string From, string Text, Instant At, bool? Upheld, string? Reason, string? SettledBy);

/// <summary>The ledger of what is held in one account: whose it is, and how it goes back.</summary>
public sealed class RestitutionLedger : Folded<RestitutionEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>L-2026-000004</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The order by which it was opened.</summary>
    public Guid Hold { get; private set; }

    /// <summary>The case of that order.</summary>
    public Guid CaseId { get; private set; }

    /// <summary>The account that it is held in.</summary>
    public AccountNumber Account { get; private set; }

    /// <summary>The sum as the order's receipt told it, minor units.</summary>
    public long HeldMinor { get; private set; }

    /// <summary>The currency of all amounts.</summary>
    public Currency Currency { get; private set; }

    /// <summary>Where it stands.</summary>
    public LedgerState State { get; private set; }

    /// <summary>When it was opened.</summary>
    public Instant OpenedAt { get; private set; }

    /// <summary>The claims as last announced.</summary>
    public ImmutableArray<VictimClaim> Claims { get; private set; } = [];

    /// <summary>The division as last announced; null before, and after it fell.</summary>
    public Division? Division { get; private set; }

    /// <summary>What that division divided, minor units.</summary>
    public long DividedMinor { get; private set; }

    /// <summary>Why it is not the legal one; null where it is.</summary>
    public string? Reason { get; private set; }

    /// <summary>On what basis.</summary>
    public string? LegalBasis { get; private set; }

    /// <summary>Who announced it.</summary>
    public string? AnnouncedBy { get; private set; }

    /// <summary>When.</summary>
    public Instant? AnnouncedAt { get; private set; }

    /// <summary>Until when it can be objected to; null where it is returned directly.</summary>
    public Instant? ObjectUntil { get; private set; }

    /// <summary>The objections, all there ever were.</summary>
    public ImmutableArray<Objection> Objections { get; private set; } = [];

    /// <summary>Who decided it.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When.</summary>
    public Instant? DecidedAt { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"restitution/{Id}";

    /// <inheritdoc/>
    protected override void Fold(RestitutionEvent happened)
    {
        switch (happened)
        {
            case LedgerOpened e:
                (Id, Number, Hold, CaseId, Account) = (e.Ledger, e.Number, e.Hold, e.Case, e.Account);
                (HeldMinor, Currency, OpenedAt, State) = (e.Held.Minor, e.Held.Currency, e.At, LedgerState.Open);
                break;
            case DivisionAnnounced e:
                (State, Claims, Division, DividedMinor, Reason) = (LedgerState.Announced, e.Claims, e.Division, e.HeldMinor, e.Reason);
                (LegalBasis, AnnouncedBy, AnnouncedAt, ObjectUntil) = (e.LegalBasis, e.By, e.At, e.ObjectUntil);
                (DecidedBy, DecidedAt) = (null, null);
                break;
            case ObjectionReceived e:
                Objections = Objections.Add(new Objection(e.Objection, e.From, e.Text, e.At, null, null, null));
                break;
            case ObjectionSettled e:
                Objections = [.. Objections.Select(o => o.Number == e.Objection ? o with { Upheld = e.Upheld, Reason = e.Reason, SettledBy = e.By } : o)];
                if (e.Upheld) Fall();
                break;
            case DivisionDecided e:
                (State, DecidedBy, DecidedAt, LegalBasis) = (LedgerState.Decided, e.By, e.At, e.LegalBasis);
                break;
            case LedgerReopened:
                Fall();
                break;
        }
    }

    private void Fall() => (State, Division, Claims, ObjectUntil, DividedMinor, Reason) = (LedgerState.Open, null, [], null, 0, null);
}

internal sealed class RestitutionTable : IEntityTypeConfiguration<RestitutionLedger>
{
    public void Configure(EntityTypeBuilder<RestitutionLedger> builder)
    {
        builder.ToTable("RestitutionLedgers");
        builder.HasKey(l => l.Id);
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.Ignore(l => l.Stream);
        builder.HasIndex(l => l.Number).IsUnique();
        // An account has one ledger in a currency: two who open it at once meet here.
        builder.HasIndex(l => new { l.Account, l.Currency }).IsUnique();
        builder.HasIndex(l => l.CaseId);
        builder.Property(l => l.Claims).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<VictimClaim>>(v, CaseworkJson.Options));
        builder.Property(l => l.Division).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<Division>(v, CaseworkJson.Options));
        builder.Property(l => l.Objections).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<Objection>>(v, CaseworkJson.Options));
    }
}
