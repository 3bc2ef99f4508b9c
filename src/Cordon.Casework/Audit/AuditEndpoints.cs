using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Audit;

/// <summary>
/// What members carry away and prove with. Everything here is hashes and signatures: it tells nothing of any case,
/// so every member may have it.
/// </summary>
public static class AuditEndpoints
{
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>Maps <c>/audit/…</c> below the given routes; the caller says who may ask.</summary>
    public static RouteGroupBuilder MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/audit").WithTags("Audit");
        audit.MapGet("/key", (AuditLog log) => TypedResults.Text(log.Key + "\n", Text))
            .WithName("GetAuditKey").WithSummary("The public key of the log, as name+id+base64").Produces<string>(200, "text/plain");
        audit.MapGet("/checkpoint", LatestAsync)
            .WithName("GetAuditCheckpoint").WithSummary("The newest checkpoint, a signed note").Produces<string>(200, "text/plain").ProducesProblem(404);
        audit.MapGet("/checkpoints", CheckpointsAsync)
            .WithName("ListAuditCheckpoints").WithSummary("Checkpoints by size, a page at a time").ProducesProblem(400);
        audit.MapGet("/proof/inclusion", async Task<Results<Ok<InclusionProof>, ProblemHttpResult>> (AuditLog log, long leaf, long size, CancellationToken cancel) =>
                Answer(await log.ProveInclusionAsync(leaf, size, cancel)))
            .WithName("GetAuditInclusionProof").WithSummary("That a leaf is in the tree of a size").ProducesProblem(400).ProducesProblem(404);
        audit.MapGet("/proof/consistency", async Task<Results<Ok<ConsistencyProof>, ProblemHttpResult>> (AuditLog log, long from, long to, CancellationToken cancel) =>
                Answer(await log.ProveConsistencyAsync(from, to, cancel)))
            .WithName("GetAuditConsistencyProof").WithSummary("That one tree is the beginning of another").ProducesProblem(400).ProducesProblem(404);
        return audit;
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> LatestAsync(AuditLog log, CancellationToken cancel) =>
        await log.LatestAsync(cancel) is { } note ? TypedResults.Text(note, Text) : Problem(AuditRefusal.NoCheckpoint);

    private static async Task<Results<Ok<AuditCheckpointPage>, ProblemHttpResult>> CheckpointsAsync(AuditLog log, CancellationToken cancel, long after = 0, int limit = 100)
    {
        var page = await log.CheckpointsAsync(after, limit, cancel);
        if (page.Refusal is { } refusal) return Problem(refusal);
        return TypedResults.Ok(new AuditCheckpointPage(page.Value, page.Value.Count == limit ? page.Value[^1].Size : null));
    }

    private static Results<Ok<T>, ProblemHttpResult> Answer<T>(Outcome<T> outcome) =>
        outcome.Refusal is { } refusal ? Problem(refusal) : TypedResults.Ok(outcome.Value);

    private static ProblemHttpResult Problem(Refusal refusal) => TypedResults.Problem(
        title: refusal.Message,
        detail: refusal.NextStep,
        statusCode: refusal.Kind == RefusalKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest,
        extensions: [new("code", refusal.Code)]);
}

/// <summary>A page of checkpoints.</summary>
/// <param name="Items">By size.</param>
/// <param name="Next">What <c>after</c> is for the next page; null on the last.</param>
public sealed record AuditCheckpointPage(IReadOnlyList<AuditCheckpoint> Items, long? Next);
