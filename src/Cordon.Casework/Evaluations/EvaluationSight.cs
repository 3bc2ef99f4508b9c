using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Evaluations;

/// <summary>What figures come to before the result is there.</summary>
/// <param name="At">When that was.</param>
/// <param name="Behind">Records of the journal that were not counted.</param>
/// <param name="Members">The results as they are now, as the actor may see them.</param>
public sealed record Provisional(Instant At, long Behind, ImmutableArray<EvaluatedMember> Members);

/// <summary>An evaluation as somebody may see it.</summary>
/// <param name="Evaluation">The evaluation; its versions and contests are those below.</param>
/// <param name="Versions">The versions, with the members that are shown.</param>
/// <param name="Contests">The contests that are shown.</param>
/// <param name="Hidden">How many members of the last version are not shown.</param>
public sealed record EvaluationFile(Evaluation Evaluation, ImmutableArray<EvaluationVersion> Versions, ImmutableArray<ValueContest> Contests, int Hidden)
{
    /// <summary>The version that holds; null while there is none.</summary>
    public EvaluationVersion? Result => Versions.IsEmpty ? null : Versions[^1];
}

/// <summary>Who sees what of an evaluation: the centre, auditors and regulators all; a member itself, and its peers by name once they are published.</summary>
internal static class EvaluationSight
{
    public static EvaluationFile Of(Evaluation evaluation, Actor actor)
    {
        var published = evaluation.State == EvaluationState.Published;
        // Who decides contests sees what they are about.
        if (Sight.SeesAll(actor) || actor.Is(Roles.AppealDecider)) return new EvaluationFile(evaluation, evaluation.Versions, evaluation.Contests, 0);
        var versions = evaluation.Versions.Select(v => v with { Members = Of(v.Members, actor, published) }).ToImmutableArray();
        return new EvaluationFile(
            evaluation, versions, published ? evaluation.Contests : [.. evaluation.Contests.Where(c => c.Member == actor.Member)],
            versions.IsEmpty ? 0 : evaluation.Versions[^1].Members.Length - versions[^1].Members.Length);
    }

    // What a peer's figures were counted from are the peer's own records.
    public static ImmutableArray<EvaluatedMember> Of(ImmutableArray<EvaluatedMember> members, Actor actor, bool published) => Sight.SeesAll(actor)
        ? members
        : [.. members.Where(m => published || m.Member == actor.Member).Select(m => m.Member == actor.Member ? m : m with { Values = [] })];
}
