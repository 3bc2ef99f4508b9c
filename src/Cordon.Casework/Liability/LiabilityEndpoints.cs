using Cordon.Casework.Answers;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Liability;

/// <summary>The statement of liability of the API. Whole numbers and accounts stand in it, so only the centre has it.</summary>
internal static class LiabilityEndpoints
{
    private static readonly Refusal NotFollowed = new("liability/not-followed", RefusalKind.Conflict,
        "No payment of the case was found among the signals yet, so there is no loss to answer for.", "Ask the victim's bank to tell the transfers, then follow the case.");

    public static void Map(RouteGroupBuilder api) => api.MapGet("/cases/{id:guid}/liability", StateAsync).WithTags("Cases").WithName("cases.liability")
        .WithSummary("Who answers for the case's loss and why, by the model of the duties in force: each sentence with its law and its records, and what must be asked.");

    private static async Task<Results<Ok<LiabilityStatement>, Refused>> StateAsync(Caller caller, CaseDesk desk, DutyPack pack, TimeProvider time, Guid id)
    {
        if (await desk.ViewAsync(caller.Actor, id) is not { } view) return new Refused(CaseRefusal.NotFound);
        if (view.Chain is not { } chain) return new Refused(NotFollowed);
        var facts = CaseLiability.FactsOf(chain, Attribution.Attribute(chain, pack, Instant.From(time.GetUtcNow())));
        if (facts.Payments.IsEmpty) return new Refused(NotFollowed);
        var judgement = LiabilityJudgement.Of(facts, pack);
        return judgement.Statement is { } statement ? TypedResults.Ok(statement) : new Refused(NotJudged(judgement));
    }

    private static Refusal NotJudged(LiabilityJudgement judgement) => new("liability/not-judged", RefusalKind.AgainstRule,
        $"The pack's model cannot be applied to what is known of the case: {string.Join("; ", judgement.Faults)}", "Put the missing facts into a file and state the liability with 'cordon liability'.");
}
