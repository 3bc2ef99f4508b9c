using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Casework.Cases.Room;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Cases;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Worked on; its trace follows every new transfer.</summary>
    Open,

    /// <summary>Over.</summary>
    Closed,
}

/// <summary>Reports of one fraud, the money behind them, and what is done about it.</summary>
public sealed class Case : Folded<CaseEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>C-2026-000003</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public CaseState State { get; private set; }

    /// <summary>The type of fraud, from its first report.</summary>
    public string FraudType { get; private set; } = "";

    /// <summary>When its first report came in.</summary>
    public Instant OpenedAt { get; private set; }

    /// <summary>How many reports it has.</summary>
    public int Reports { get; private set; }

    /// <summary>The payments in it that were found among the signals: where its trace begins.</summary>
    public ImmutableArray<CaseSeed> Seeds { get; private set; } = [];

    /// <summary>How many of its reports vouch for it by themselves: those that a member, clerk or officer told and that are not unfounded.</summary>
    public int Vouched { get; private set; }

    /// <summary>
    /// Whether orders and warnings may rest on it: a member, clerk or officer told a report of it, or a payment that a verified
    /// victim told was found among the transfers of members. What strangers tell alone founds nothing.
    /// </summary>
    public bool Founded => Vouched > 0 || !Seeds.IsEmpty;

    /// <summary>How much victims reported that no signal shows yet, minor units: no trace can begin there.</summary>
    public long UnmatchedMinor { get; private set; }

    /// <summary>The currency of all its amounts.</summary>
    public Currency Currency { get; private set; }

    /// <summary>Where the money is, as last followed.</summary>
    public LossStatement Losses { get; private set; } = LossStatement.Empty;

    /// <summary>When the money was last followed to another result.</summary>
    public Instant? FollowedAt { get; private set; }

    /// <summary>Who works on it, as <c>person:…</c>; null for nobody yet.</summary>
    public string? AssignedTo { get; private set; }

    /// <summary>The region that works on it; null for the centre's own.</summary>
    public string? Region { get; private set; }

    /// <summary>That somebody says it is over, and who agreed; null while nobody says so.</summary>
    public CaseClosing? Closing { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"case/{Id}";

    /// <inheritdoc/>
    protected override void Fold(CaseEvent happened)
    {
        switch (happened)
        {
            case CaseOpened e:
                (Id, Number, FraudType, OpenedAt, Currency, State) = (e.Case, e.Number, e.FraudType, e.At, e.Currency, CaseState.Open);
                break;
            case ReportJoined e:
                Reports++;
                Count(e.Seeds, e.UnmatchedMinor, e.Vouched);
                break;
            case ReportCounted e:
                Count(e.Seeds, e.UnmatchedMinor, e.Vouched);
                break;
            case ReportDiscounted e:
                Seeds = Seeds.RemoveAll(s => s.Report == e.Report && e.Transfers.Contains(s.Transfer));
                UnmatchedMinor = checked(UnmatchedMinor - e.UnmatchedMinor);
                if (e.Vouched) Vouched--;
                break;
            case LossMatched e:
                Seeds = Seeds.Add(e.Seed);
                UnmatchedMinor -= e.Seed.Amount.Minor;
                break;
            case MoneyFollowed e:
                (Losses, FollowedAt) = (e.Losses, e.At);
                break;
            case CaseAssigned e:
                AssignedTo = e.To;
                break;
            case CaseHandedOver e:
                (Region, AssignedTo) = (e.Region, null);
                break;
            case ClosingProposed e:
                Closing = new CaseClosing(e.End, e.Reason, e.By, e.At);
                break;
            case CaseClosed e:
                (State, Closing) = (CaseState.Closed, Closing! with { ApprovedBy = e.By, ApprovedAt = e.At });
                break;
            case ClosingRefused:
                Closing = null;
                break;
            case CaseReopened:
                (State, Closing) = (CaseState.Open, null);
                break;
        }
    }

    private void Count(ImmutableArray<CaseSeed> seeds, long unmatchedMinor, bool vouched)
    {
        Seeds = Seeds.AddRange(seeds);
        UnmatchedMinor = checked(UnmatchedMinor + unmatchedMinor);
        if (vouched) Vouched++;
    }
}

/// <summary>A reported payment that was found among the signals.</summary>
/// <param name="Report">The report that tells of it.</param>
/// <param name="Member">The member that told the transfer.</param>
/// <param name="Transfer">Its id.</param>
/// <param name="Amount">How much.</param>
public sealed record CaseSeed(Guid Report, MemberCode Member, SignalId Transfer, Amount Amount);

/// <summary>What happens to a case.</summary>
/// <param name="At">When.</param>
public abstract record CaseEvent(Instant At) : CaseworkEvent(At);

/// <summary>A case was opened.</summary>
/// <param name="At">When.</param>
/// <param name="Case">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="FraudType">The type of fraud.</param>
/// <param name="Currency">The currency of its amounts.</param>
[EventName("case.opened")]
public sealed record CaseOpened(Instant At, Guid Case, string Number, string FraudType, Currency Currency) : CaseEvent(At);

/// <summary>A report joined it.</summary>
/// <param name="At">When.</param>
/// <param name="Report">The report.</param>
/// <param name="Why">By which shared identifier, or that it opened the case.</param>
/// <param name="Seeds">Its payments found among the signals.</param>
/// <param name="UnmatchedMinor">How much of it was not found.</param>
/// <param name="Vouched">Whether a member, clerk or officer told it.</param>
[EventName("case.report-joined")]
public sealed record ReportJoined(Instant At, Guid Report, string Why, ImmutableArray<CaseSeed> Seeds, long UnmatchedMinor, bool Vouched) : CaseEvent(At);

/// <summary>A report of the case counts, or counts with more than before: its victim was verified, or a payment is a loss of its own after all.</summary>
/// <param name="At">When.</param>
/// <param name="Report">The report.</param>
/// <param name="Seeds">Its payments found among the signals that count now.</param>
/// <param name="UnmatchedMinor">How much counts now that was not found.</param>
/// <param name="Vouched">Whether it vouches for the case by itself, which it did not before.</param>
[EventName("case.report-counted")]
public sealed record ReportCounted(Instant At, Guid Report, ImmutableArray<CaseSeed> Seeds, long UnmatchedMinor, bool Vouched) : CaseEvent(At);

/// <summary>A report of the case counts no more, or with less than before: it is unfounded, or a payment is another report's.</summary>
/// <param name="At">When.</param>
/// <param name="Report">The report.</param>
/// <param name="Transfers">Its payments found among the signals that count no more.</param>
/// <param name="UnmatchedMinor">How much of what was not found counts no more.</param>
/// <param name="Vouched">Whether it vouched for the case by itself until now.</param>
[EventName("case.report-discounted")]
public sealed record ReportDiscounted(Instant At, Guid Report, ImmutableArray<SignalId> Transfers, long UnmatchedMinor, bool Vouched) : CaseEvent(At);

/// <summary>A reported payment that was missing has been told by its bank.</summary>
/// <param name="At">When.</param>
/// <param name="Seed">The payment.</param>
[EventName("case.loss-matched")]
public sealed record LossMatched(Instant At, CaseSeed Seed) : CaseEvent(At);

/// <summary>The money was followed and is elsewhere than before.</summary>
/// <param name="At">When.</param>
/// <param name="Losses">Where it is.</param>
[EventName("case.money-followed")]
public sealed record MoneyFollowed(Instant At, LossStatement Losses) : CaseEvent(At);

/// <summary>An identifier by which cases are found and reports merged.</summary>
internal sealed class CaseIdentifier
{
    public required Guid CaseId { get; init; }

    /// <summary><c>phone</c>, <c>account</c> or <c>transfer</c>.</summary>
    public required string Kind { get; init; }

    public required string Value { get; init; }
}

internal sealed class CaseTable : IEntityTypeConfiguration<Case>, IEntityTypeConfiguration<CaseIdentifier>
{
    public void Configure(EntityTypeBuilder<Case> builder)
    {
        builder.ToTable("Cases");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Ignore(c => c.Stream).Ignore(c => c.Founded);
        builder.HasIndex(c => c.Number).IsUnique();
        // Lists are by number from the newest, whatever they are narrowed by.
        builder.HasIndex(c => new { c.State, c.Number });
        builder.HasIndex(c => new { c.AssignedTo, c.Number });
        builder.HasIndex(c => new { c.Region, c.Number });
        builder.HasIndex(c => new { c.FraudType, c.Number });
        builder.Property(c => c.Closing).HasConversion(v => v == null ? null : JsonSerializer.Serialize(v, CaseworkJson.Options), v => v == null ? null : JsonSerializer.Deserialize<CaseClosing>(v, CaseworkJson.Options));
        builder.Property(c => c.Seeds).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<CaseSeed>>(v, CaseworkJson.Options));
        builder.Property(c => c.Losses).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<LossStatement>(v, CaseworkJson.Options)!);
    }

    public void Configure(EntityTypeBuilder<CaseIdentifier> builder)
    {
        builder.ToTable("CaseIdentifiers");
        builder.HasKey(i => new { i.CaseId, i.Kind, i.Value });
        builder.HasIndex(i => new { i.Kind, i.Value });
    }
}
