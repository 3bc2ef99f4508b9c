using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Rectifications;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Restrictions;

/// <summary>Where a restriction stands; drawn in this module's README.</summary>
public enum RestrictionState
{
    /// <summary>Put forward by one; it binds nobody.</summary>
    Proposed,

    /// <summary>Approved by a second; members apply it.</summary>
    InForce,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Lifted before its time, on appeal or by the authority.</summary>
    Lifted,

    /// <summary>Not approved.</summary>
    Refused,
}

/// <summary>A ground on which somebody is restricted, as one put it forward and a second judged it.</summary>
/// <param name="Ground">The ground of the pack, by its key.</param>
/// <param name="Years">Its term, as the pack had it then.</param>
/// <param name="Reason">What the person did; personal, erasable.</param>
/// <param name="Items">How many lines and accounts.</param>
/// <param name="Times">How often.</param>
/// <param name="Buyers">To how many.</param>
/// <param name="Evidence">What shows it: <c>case:id</c>, <c>finding:id</c>, <c>order:id</c>, <c>signal:member/id</c>, <c>line:+86…</c>, <c>account:bank-a:…</c>, <c>document:…</c>.</param>
/// <param name="Authority">The authority.</param>
/// <param name="Issuer">Who put it forward.</param>
/// <param name="GivenAt">When.</param>
/// <param name="Approver">Who approved it; null while it waits and where it was refused.</param>
/// <param name="ApprovedAt">When.</param>
/// <param name="Refused">Why it was not approved; null where it was or waits.</param>
public sealed record GivenGround(
    string Ground, int Years, string? Reason, int Items, int Times, int Buyers, ImmutableArray<string> Evidence, MemberCode Authority, string Issuer, Instant GivenAt, string? Approver,
    Instant? ApprovedAt, string? Refused)
{
    /// <summary>Whether a second person has not judged it yet.</summary>
    public bool Waits => ApprovedAt is null && Refused is null;
}

/// <summary>A member that applies a restriction because the person is its customer.</summary>
/// <param name="Member">The member.</param>
/// <param name="ReachedAt">When it was told.</param>
/// <param name="ApplyBy">By when it confirms that it applies it.</param>
/// <param name="AppliedAt">When it did.</param>
/// <param name="LetGoAt">When it confirmed that it let go.</param>
public sealed record ReachedMember(MemberCode Member, Instant ReachedAt, Instant ApplyBy, Instant? AppliedAt, Instant? LetGoAt);

/// <summary>A restriction on a person who sold, let or lent lines, cards or accounts, or was punished for telecom fraud.</summary>
public sealed class Restriction : Folded<RestrictionEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>PR-2026-000002</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The token of the person; erasable.</summary>
    public string? Person { get; private set; }

    /// <summary>Where it stands, as far as it was noted; see <see cref="StateAt"/>.</summary>
    public RestrictionState State { get; private set; }

    /// <summary>The grounds, in order.</summary>
    public ImmutableArray<GivenGround> Grounds { get; private set; } = [];

    /// <summary>The account that stays for living.</summary>
    public AccountNumber? Keeps { get; private set; }

    /// <summary>Since when it is in force.</summary>
    public Instant? BeginsAt { get; private set; }

    /// <summary>Its end: from then on it binds nobody.</summary>
    public Instant? EndsAt { get; private set; }

    /// <summary>When it was lifted.</summary>
    public Instant? LiftedAt { get; private set; }

    /// <summary>Why it was lifted.</summary>
    public string? LiftedFor { get; private set; }

    /// <summary>The appeal by which it was lifted; null for none.</summary>
    public Guid? Appeal { get; private set; }

    /// <summary>When the notice was handed over.</summary>
    public Instant? ServedAt { get; private set; }

    /// <summary>How.</summary>
    public string? Served { get; private set; }

    /// <summary>The members that apply it.</summary>
    public ImmutableArray<ReachedMember> Members { get; private set; } = [];

    /// <summary>Authorities and members that may see it as one text, <c>;bank-a;police-a;</c>, by which the database finds theirs.</summary>
    public string Concerns { get; private set; } = ";";

    /// <summary>By what it is listed: its end, then its number; what has no end yet comes first.</summary>
    public string Place { get; private set; } = "";

    /// <inheritdoc/>
    public override string Stream => $"restriction/{Id}";

    /// <summary>The ground that waits for a second person; null where none does.</summary>
    public GivenGround? Waiting => Grounds.FirstOrDefault(g => g.Waits);

    /// <summary>Where it stands at an instant: it expires by itself, noted or not.</summary>
    public RestrictionState StateAt(Instant at) => State == RestrictionState.InForce && at >= EndsAt ? RestrictionState.Expired : State;

    /// <summary>When it ended or will; null where it never began.</summary>
    public Instant? EndedAt => LiftedAt is { } lifted && lifted < EndsAt ? lifted : EndsAt;

    /// <summary>How a member stands to it; null where the person is not its customer.</summary>
    public ReachedMember? At(MemberCode member) => Members.FirstOrDefault(m => m.Member == member);

    /// <summary>Whether an authority put forward a ground of it.</summary>
    public bool IsOf(MemberCode authority) => Grounds.Any(g => g.Authority == authority);

    /// <summary>Whether somebody issued or approved a ground of it.</summary>
    public bool HadPart(string person) => Grounds.Any(g => g.Issuer == person || g.Approver == person);

    /// <inheritdoc/>
    protected override void Fold(RestrictionEvent happened)
    {
        switch (happened)
        {
            case RestrictionProposed e:
                (Id, Number, Person, Keeps, State) = (e.Restriction, e.Number, e.Person, e.Keeps, RestrictionState.Proposed);
                break;
            case GroundGiven e:
                Grounds = Grounds.Add(new GivenGround(e.Ground, e.Years, e.Reason, e.Items, e.Times, e.Buyers, e.Evidence.IsDefault ? [] : e.Evidence, e.Authority, e.By, e.At, null, null, null));
                See(e.Authority);
                break;
            case RestrictionApproved e:
                Judge(g => g with { Approver = e.By, ApprovedAt = e.At });
                (State, BeginsAt, EndsAt) = (RestrictionState.InForce, BeginsAt ?? e.At, e.EndsAt);
                break;
            case GroundRefused e:
                Judge(g => g with { Refused = e.Reason });
                if (State == RestrictionState.Proposed) State = RestrictionState.Refused;
                break;
            case RestrictionExpired:
                State = RestrictionState.Expired;
                break;
            case RestrictionLifted e:
                (State, LiftedAt, LiftedFor, Appeal) = (RestrictionState.Lifted, e.At, e.Reason, e.Appeal);
                break;
            case NoticeServed e:
                (ServedAt, Served) = (e.At, e.How);
                break;
            case LivingKept e:
                Keeps = e.Keeps;
                break;
            default:
                FoldMember(happened);
                break;
        }
        Place = string.Create(CultureInfo.InvariantCulture, $"{EndsAt?.Micros ?? 0:D20}-{Number}");
    }

    private void FoldMember(RestrictionEvent happened)
    {
        switch (happened)
        {
            case RestrictionReached e:
                Members = Members.Add(new ReachedMember(e.Member, e.At, e.ApplyBy, null, null));
                See(e.Member);
                break;
            case RestrictionApplied e:
                Change(e.Member, m => m with { AppliedAt = e.At });
                break;
            case RestrictionLetGo e:
                Change(e.Member, m => m with { LetGoAt = e.At });
                break;
        }
    }

    private void See(MemberCode member)
    {
        if (!Concerns.Contains($";{member};", StringComparison.Ordinal)) Concerns += $"{member};";
    }

    private void Judge(Func<GivenGround, GivenGround> change) => Grounds = [.. Grounds.Select(g => g.Waits ? change(g) : g)];

    private void Change(MemberCode member, Func<ReachedMember, ReachedMember> change) => Members = [.. Members.Select(m => m.Member == member ? change(m) : m)];
}

internal sealed class RestrictionTable : IEntityTypeConfiguration<Restriction>
{
    public void Configure(EntityTypeBuilder<Restriction> builder)
    {
        builder.ToTable("Restrictions");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Ignore(r => r.Stream);
        builder.Ignore(r => r.Waiting);
        builder.Ignore(r => r.EndedAt);
        builder.HasIndex(r => r.Number).IsUnique();
        builder.HasIndex(r => new { r.Person, r.State });
        builder.HasIndex(r => new { r.State, r.Place });
        // Two authorities may put the same person forward at once: the database lets one begin, and the other's ground then joins it.
        builder.HasIndex(r => r.Person, "OneOpenOfAPerson").IsUnique().HasFilter("\"State\" IN ('Proposed', 'InForce')");
        builder.Property(r => r.Person).HasMaxLength(40);
        builder.Property(r => r.Place).HasMaxLength(64);
        RectificationTable.Json(builder.Property(r => r.Grounds));
        RectificationTable.Json(builder.Property(r => r.Members));
    }
}
