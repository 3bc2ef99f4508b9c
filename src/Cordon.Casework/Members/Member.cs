using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Members;

/// <summary>A reseller or branch through which a member acts; the member answers for it (Anti-Telecom-Fraud Law, art. 9).</summary>
/// <param name="Code">The member's own code for it.</param>
/// <param name="Name">Its name.</param>
public sealed record Agent(string Code, string Name);

/// <summary>An institution that takes part.</summary>
public sealed class Member : Folded<MemberEvent>
{
    /// <summary>Its code in every signal.</summary>
    public MemberCode Code { get; private set; }

    /// <summary>Its name in Chinese.</summary>
    public string NameZh { get; private set; } = "";

    /// <summary>Its name in English.</summary>
    public string NameEn { get; private set; } = "";

    /// <summary>Its sector.</summary>
    public Sector Sector { get; private set; }

    /// <summary>The region it answers to, by its code in the tree.</summary>
    public string Region { get; private set; } = "";

    /// <summary>Whether it is connected: it tells signals and answers orders.</summary>
    public bool Connected { get; private set; }

    /// <summary>Its resellers and branches.</summary>
    public List<Agent> Agents { get; private set; } = [];

    /// <summary>Who answers for it by name, by rank; personal, erasable.</summary>
    public ImmutableArray<Officer> Officers { get; private set; } = [];

    /// <inheritdoc/>
    public override string Stream => "member/" + Code;

    /// <inheritdoc/>
    protected override void Fold(MemberEvent happened)
    {
        switch (happened)
        {
            case MemberEnrolled e:
                (Code, NameZh, NameEn, Sector, Region, Connected, Agents) = (e.Code, e.NameZh, e.NameEn, e.Sector, e.Region, e.Connected, [.. e.Agents]);
                break;
            case OfficersNamed e:
                Officers = OfficerRules.InOrder(e.Officers);
                break;
        }
    }
}

/// <summary>What happens to members.</summary>
/// <param name="At">When.</param>
public abstract record MemberEvent(Instant At) : CaseworkEvent(At);

/// <summary>An institution joined, or its standing facts were told again.</summary>
/// <param name="At">When.</param>
/// <param name="Code">Its code.</param>
/// <param name="NameZh">Its name in Chinese.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="Region">Its region.</param>
/// <param name="Connected">Whether it is connected.</param>
/// <param name="Agents">Its resellers and branches.</param>
[EventName("member.enrolled")]
public sealed record MemberEnrolled(
    Instant At, MemberCode Code, string NameZh, string NameEn, Sector Sector, string Region, bool Connected, IReadOnlyList<Agent> Agents) : MemberEvent(At);

internal sealed class MemberTable : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable("Members");
        builder.HasKey(m => m.Code);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.OwnsMany(m => m.Agents, agents =>
        {
            agents.ToTable("Agents");
            agents.WithOwner().HasForeignKey("Member");
            agents.HasKey("Member", nameof(Agent.Code));
        });
        // A column, not a table beside that of agents: rows of both would be read as their product.
        builder.Property(m => m.Officers).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<Officer>>(v, CaseworkJson.Options));
        builder.Ignore(m => m.Stream);
    }
}
