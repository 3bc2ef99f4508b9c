using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Findings;

/// <summary>How a duty stands at one link.</summary>
public enum Standing
{
    /// <summary>The facts show it kept.</summary>
    Kept,

    /// <summary>The facts show it breached.</summary>
    Breached,

    /// <summary>The facts do not show which, or do not show it yet; <see cref="Assessment.Reasons"/> say what is missing.</summary>
    Unknown,
}

/// <summary>A fact that a judgement rests on.</summary>
/// <param name="Fact">Its name, stable, in camel case: <c>origin</c>, <c>linesHeld</c>.</param>
/// <param name="Value">What it was; instants in RFC 3339, amounts in decimals with currency; <c>unknown</c> where nobody told.</param>
/// <param name="Limit">The threshold it was held against; null where it has none.</param>
public sealed record Reason(string Fact, string Value, string? Limit = null);

/// <summary>One duty of one member judged at one link.</summary>
/// <param name="Duty">The duty's id.</param>
/// <param name="Pack">The hash of the pack that judged.</param>
/// <param name="Article">The instrument and article of the version in force at the link's time.</param>
/// <param name="Member">Whose duty.</param>
/// <param name="Agent">The reseller or branch through which the member acted, where the member answers for such.</param>
/// <param name="Link">The link, by its id in the chain.</param>
/// <param name="Kind">The place of the link.</param>
/// <param name="Standing">The judgement.</param>
/// <param name="Reasons">The facts it rests on.</param>
/// <param name="Evidence">The records that show them, sorted.</param>
/// <param name="Loss">The stolen money concerned; zero where the duty is not breached.</param>
public sealed record Assessment(
    string Duty, string Pack, Wording Article, MemberCode Member, string? Agent, string Link, LinkKind Kind, Standing Standing,
    ImmutableArray<Reason> Reasons, ImmutableArray<Evidence> Evidence, Amount Loss);

/// <summary>A finding that attribution proposes: a breached duty, said in a sentence.</summary>
/// <param name="Duty">The duty's id.</param>
/// <param name="Pack">The hash of the pack that judged.</param>
/// <param name="Article">The instrument and article.</param>
/// <param name="Member">Whose duty.</param>
/// <param name="Agent">Through whom the member acted.</param>
/// <param name="Link">The link. Duty, member and link together occur once in a case.</param>
/// <param name="Statement">What was found, in one sentence filled with the facts.</param>
/// <param name="Evidence">The records that show it; never empty.</param>
/// <param name="Loss">The stolen money that passed the link.</param>
public sealed record ProposedFinding(
    string Duty, string Pack, Wording Article, MemberCode Member, string? Agent, string Link, Wording Statement,
    ImmutableArray<Evidence> Evidence, Amount Loss);

/// <summary>The judgement of a whole chain. The same chain, pack and instant give the same bytes.</summary>
/// <param name="Case">The case.</param>
/// <param name="Pack">The hash of the pack.</param>
/// <param name="At">The instant of judging: clocks that ran out by then have run out.</param>
/// <param name="Assessments">By place of the link, link, duty, member.</param>
/// <param name="Findings">The breaches, in the same order.</param>
public sealed record AttributionResult(
    string Case, string Pack, Instant At, ImmutableArray<Assessment> Assessments, ImmutableArray<ProposedFinding> Findings)
{
    /// <summary>The result as UTF-8 JSON; equal results give equal bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CaseworkJson.Options);
}
