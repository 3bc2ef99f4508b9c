using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Reports;

/// <summary>One payment that a victim tells of.</summary>
/// <param name="Transfer">The bank's receipt number, where the victim has it.</param>
/// <param name="Member">The bank that gave it.</param>
/// <param name="Payer">The victim's account.</param>
/// <param name="Payee">The account paid to.</param>
/// <param name="Amount">How much.</param>
/// <param name="At">When, as the victim remembers.</param>
public sealed record ReportedLoss(SignalId? Transfer, MemberCode? Member, AccountNumber? Payer, AccountNumber? Payee, Amount Amount, Instant At);

/// <summary>Numbers and names that a report points at.</summary>
/// <param name="Phones">Who called or wrote.</param>
/// <param name="Accounts">Where the money was to go.</param>
/// <param name="Domains">Pages the victim was led to.</param>
public sealed record Suspects(ImmutableArray<PhoneNumber> Phones, ImmutableArray<AccountNumber> Accounts, ImmutableArray<string> Domains);

/// <summary>What a victim, or a member for one, tells.</summary>
public sealed class Report : Folded<ReportEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The sender's own id, which makes a repeat recognisable.</summary>
    public string SourceId { get; private set; } = "";

    /// <summary>The victim's name; personal, erasable.</summary>
    public string? Reporter { get; private set; }

    /// <summary>The victim's number; personal, erasable.</summary>
    public PhoneNumber? Phone { get; private set; }

    /// <summary>What was told, with identity numbers masked; personal, erasable.</summary>
    public string? Text { get; private set; }

    /// <summary>The type of fraud, by its code in the tree of types.</summary>
    public string FraudType { get; private set; } = "";

    /// <summary>Who and where to, as told.</summary>
    public Suspects Suspects { get; private set; } = new([], [], []);

    /// <summary>The payments told of.</summary>
    public ImmutableArray<ReportedLoss> Losses { get; private set; } = [];

    /// <summary>When the victim reported.</summary>
    public Instant ReportedAt { get; private set; }

    /// <summary>The case it belongs to.</summary>
    public Guid CaseId { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"report/{Id}";

    /// <inheritdoc/>
    protected override void Fold(ReportEvent happened)
    {
        switch (happened)
        {
            case ReportReceived e:
                (Id, SourceId, Reporter, Phone, Text) = (e.Report, e.SourceId, e.Reporter, e.Phone, e.Text);
                (FraudType, Suspects, Losses, ReportedAt, CaseId) = (e.FraudType, e.Suspects, e.Losses, e.ReportedAt, e.Case);
                break;
        }
    }
}

/// <summary>What happens to reports.</summary>
/// <param name="At">When.</param>
public abstract record ReportEvent(Instant At) : CaseworkEvent(At);

/// <summary>A report came in and was put to a case.</summary>
/// <param name="At">When it came in.</param>
/// <param name="Report">Its id.</param>
/// <param name="SourceId">The sender's own id.</param>
/// <param name="Reporter">The victim's name.</param>
/// <param name="Phone">The victim's number.</param>
/// <param name="Text">What was told, masked.</param>
/// <param name="FraudType">The type of fraud.</param>
/// <param name="Suspects">Who and where to.</param>
/// <param name="Losses">The payments told of.</param>
/// <param name="ReportedAt">When the victim reported.</param>
/// <param name="Case">The case it belongs to.</param>
[EventName("report.received")]
public sealed record ReportReceived(
    Instant At, Guid Report, string SourceId, [property: Personal] string? Reporter, [property: Personal] PhoneNumber? Phone,
    [property: Personal] string? Text, string FraudType, Suspects Suspects, ImmutableArray<ReportedLoss> Losses, Instant ReportedAt, Guid Case) : ReportEvent(At);

internal static class ReportRefusal
{
    public static readonly Refusal NoLoss = new("report/no-loss", RefusalKind.Invalid,
        "A report tells of at least one payment and at most 200.", "Send losses with amount, currency and time.");

    public static readonly Refusal BadLoss = new("report/bad-loss", RefusalKind.Invalid,
        "Each payment has an amount above zero, and all are in one currency.", "Correct the amounts; report other currencies separately.");

    public static readonly Refusal TooMuch = new("report/too-much", RefusalKind.Invalid,
        "A report claims more than a loss can be.", "Look whether the amounts are in the right unit.");

    public static readonly Refusal TooLong = new("report/too-long", RefusalKind.Invalid,
        "A report's text has at most 20,000 characters, its name 200, its lists 200 entries.", "Shorten it; put longer evidence into the case.");

    public static readonly Refusal OtherReport = new("report/other-report", RefusalKind.Conflict,
        "A report with this id and other contents was received before.", "Use a new id for a new report.");
}

internal sealed class ReportTable : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> builder)
    {
        builder.ToTable("Reports");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Ignore(r => r.Stream);
        builder.HasIndex(r => r.SourceId).IsUnique();
        builder.HasIndex(r => r.CaseId);
        builder.Property(r => r.Suspects).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<Suspects>(v, CaseworkJson.Options)!);
        builder.Property(r => r.Losses).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<ReportedLoss>>(v, CaseworkJson.Options));
    }
}
