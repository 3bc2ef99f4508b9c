using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Registers;

/// <summary>A signal that screening did not simply let pass.</summary>
public sealed class Alert
{
    /// <summary>The signal's number in the journal.</summary>
    public required long Sequence { get; init; }

    /// <summary>What kind of signal.</summary>
    public required SignalKind Kind { get; init; }

    /// <summary>The member that told it.</summary>
    public required MemberCode Member { get; init; }

    /// <summary>When it happened.</summary>
    public required Instant At { get; init; }

    /// <summary>The verdict.</summary>
    public required VerdictAction Action { get; init; }

    /// <summary>The reason codes, comma-separated, strictest first.</summary>
    public required string Reasons { get; init; }

    /// <summary>The content hash of the rulebook that judged.</summary>
    public required string Rulebook { get; init; }

    /// <summary>The signal's id.</summary>
    public required SignalId SignalId { get; init; }

    /// <summary>How long a held signal waits; null for other actions.</summary>
    public required Instant? HoldUntil { get; init; }

    /// <summary>The explanation as the centre may see it: an array of <see cref="ExplainedRule"/> in JSON. Rendered when the journal was followed.</summary>
    public required string Explanation { get; init; }

    /// <summary>The same as the member that told the signal may see it.</summary>
    public required string MemberExplanation { get; init; }
}

/// <summary>One thing by which verdicts are found: an identifier of the signal in its written form, its id, or <c>reason:</c> and a code.</summary>
public sealed class AlertMark
{
    /// <summary>What stands before a reason code.</summary>
    public const string ReasonPrefix = "reason:";

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>The verdict's signal.</summary>
    public required long Sequence { get; init; }
}

/// <summary>How many signals of a kind a member told of a UTC day, and how many were not let pass.</summary>
public sealed class SignalTally
{
    /// <summary>The day's number since 1970-01-01.</summary>
    public required int Day { get; init; }

    /// <summary>What kind.</summary>
    public required SignalKind Kind { get; init; }

    /// <summary>Who told them.</summary>
    public required MemberCode Member { get; init; }

    /// <summary>How many.</summary>
    public required long Count { get; set; }

    /// <summary>How many of them drew a verdict other than Allow.</summary>
    public required long Alerts { get; set; }
}

internal sealed class RegisterTables : IEntityTypeConfiguration<Alert>, IEntityTypeConfiguration<AlertMark>, IEntityTypeConfiguration<SignalTally>
{
    // A domain is the longest identifier.
    private const int LongestMark = 260;

    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.ToTable("Alerts");
        builder.HasKey(a => a.Sequence);
        builder.Property(a => a.Sequence).ValueGeneratedNever();
        builder.HasIndex(a => a.At);
        builder.HasIndex(a => new { a.Member, a.Sequence });
    }

    public void Configure(EntityTypeBuilder<AlertMark> builder)
    {
        builder.ToTable("AlertMarks");
        builder.HasKey(m => new { m.Text, m.Sequence });
        builder.Property(m => m.Text).HasMaxLength(LongestMark);
    }

    public void Configure(EntityTypeBuilder<SignalTally> builder)
    {
        builder.ToTable("SignalTallies");
        builder.HasKey(t => new { t.Day, t.Kind, t.Member });
    }
}
