using Cordon.Casework.Answers;
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
            .WithName("audit.key").WithSummary("The public key of the log, as name+id+base64").Produces<string>(200, "text/plain");
        audit.MapGet("/checkpoint", LatestAsync)
            .WithName("audit.checkpoint").WithSummary("The newest checkpoint, a signed note").Produces<string>(200, "text/plain");
        audit.MapGet("/checkpoints", CheckpointsAsync)
            .WithName("audit.checkpoints").WithSummary("Checkpoints by size, a page at a time");
        audit.MapGet("/proof/inclusion", async Task<Results<Ok<InclusionProof>, Refused>> (AuditLog log, long leaf, long size, CancellationToken cancel) =>
                (await log.ProveInclusionAsync(leaf, size, cancel)).Answer(proof => proof))
            .WithName("audit.prove-inclusion").WithSummary("That a leaf is in the tree of a size");
        audit.MapGet("/proof/consistency", async Task<Results<Ok<ConsistencyProof>, Refused>> (AuditLog log, long from, long to, CancellationToken cancel) =>
                (await log.ProveConsistencyAsync(from, to, cancel)).Answer(proof => proof))
            .WithName("audit.prove-consistency").WithSummary("That one tree is the beginning of another");
        return audit;
    }

    private static async Task<Results<ContentHttpResult, Refused>> LatestAsync(AuditLog log, CancellationToken cancel) =>
        await log.LatestAsync(cancel) is { } note ? TypedResults.Text(note, Text) : new Refused(AuditRefusal.NoCheckpoint);

    private static async Task<Results<Ok<AuditCheckpointPage>, Refused>> CheckpointsAsync(AuditLog log, CancellationToken cancel, long after = 0, int limit = 100)
    {
        var page = await log.CheckpointsAsync(after, limit, cancel);
        if (page.Refusal is { } refusal) return new Refused(refusal);
        return TypedResults.Ok(new AuditCheckpointPage(page.Value, page.Value.Count == limit ? page.Value[^1].Size : null));
    }
}

/// <summary>A page of checkpoints.</summary>
/// <param name="Items">By size.</param>
/// <param name="Next">What <c>after</c> is for the next page; null on the last.</param>
public sealed record AuditCheckpointPage(IReadOnlyList<AuditCheckpoint> Items, long? Next);
