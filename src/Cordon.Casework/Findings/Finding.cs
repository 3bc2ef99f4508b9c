using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Findings;

/// <summary>A duty that failed in a case, with its evidence.</summary>
public sealed class Finding : Folded<FindingEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The case in which the duty failed.</summary>
    public Guid CaseId { get; private set; }

    /// <summary>The duty, by its id in the pack.</summary>
    public string Duty { get; private set; } = "";

    /// <summary>The content hash of the pack by which it was judged.</summary>
    public string Pack { get; private set; } = "";

    /// <summary>The member whose duty it was.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>The reseller or branch through which the member acted.</summary>
    public string? Agent { get; private set; }

    /// <summary>The link of the chain: <c>line:+86…</c>, <c>account:bank-a:…</c>.</summary>
    public string Link { get; private set; } = "";

    /// <summary>The source: instrument and article.</summary>
    public string Article { get; private set; } = "";

    /// <summary>What was found, in Chinese.</summary>
    public string StatementZh { get; private set; } = "";

    /// <summary>What was found, in English.</summary>
    public string StatementEn { get; private set; } = "";

    /// <summary>The records that show it: <c>signal:member/id</c> or <c>order:id</c>.</summary>
    public ImmutableArray<string> Evidence { get; private set; } = [];

    /// <summary>The stolen money that passed this link, minor units.</summary>
    public long LossMinor { get; private set; }

    /// <summary>When it was found.</summary>
    public Instant FoundAt { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"finding/{Id}";

    /// <inheritdoc/>
    protected override void Fold(FindingEvent happened)
    {
        switch (happened)
        {
            case FindingMade e:
                (Id, CaseId, Duty, Pack, Member, Agent, Link, Article) = (e.Finding, e.Case, e.Duty, e.Pack, e.Member, e.Agent, e.Link, e.Article);
                (StatementZh, StatementEn, Evidence, LossMinor, FoundAt) = (e.StatementZh, e.StatementEn, e.Evidence, e.LossMinor, e.At);
                break;
        }
    }
}

/// <summary>What happens to a finding.</summary>
/// <param name="At">When.</param>
public abstract record FindingEvent(Instant At) : CaseworkEvent(At);

/// <summary>A failed duty was found.</summary>
/// <param name="At">When.</param>
/// <param name="Finding">Its id.</param>
/// <param name="Case">The case.</param>
/// <param name="Duty">The duty.</param>
/// <param name="Pack">The pack's content hash.</param>
/// <param name="Member">Whose duty it was.</param>
/// <param name="Agent">Through whom it acted.</param>
/// <param name="Link">The link of the chain.</param>
/// <param name="Article">Instrument and article.</param>
/// <param name="StatementZh">What was found, in Chinese.</param>
/// <param name="StatementEn">What was found, in English.</param>
/// <param name="Evidence">The records that show it.</param>
/// <param name="LossMinor">The stolen money that passed this link, minor units.</param>
[EventName("finding.made")]
public sealed record FindingMade(
    Instant At, Guid Finding, Guid Case, string Duty, string Pack, MemberCode Member, string? Agent, string Link, string Article,
    string StatementZh, string StatementEn, ImmutableArray<string> Evidence, long LossMinor) : FindingEvent(At);

internal sealed class FindingTable : IEntityTypeConfiguration<Finding>
{
    public void Configure(EntityTypeBuilder<Finding> builder)
    {
        builder.ToTable("Findings");
        builder.HasKey(f => f.Id);
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.Ignore(f => f.Stream);
        builder.HasIndex(f => new { f.CaseId, f.Duty, f.Member, f.Link }).IsUnique();
        builder.HasIndex(f => new { f.Member, f.FoundAt });
        builder.Property(f => f.Evidence).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<string>>(v, CaseworkJson.Options));
    }
}
