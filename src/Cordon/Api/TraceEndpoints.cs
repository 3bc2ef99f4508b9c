using Cordon.Casework.Answers;
using Cordon.Engine.Money;
using Cordon.Journal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cordon.Api;

/// <summary>Traces that are asked for by a transfer or an account, outside any case.</summary>
internal static class TraceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/" + TraceQuestion.Path, Follow).WithName("traces.follow").WithTags("Traces")
            .WithSummary("Follows money by one method of attribution, FIFO where none is named: that of one transfer, or the first that came into an account at or after an instant, up to an amount.");
        api.MapGet("/" + TraceQuestion.BackPath, FollowBack).WithName("traces.origins").WithTags("Traces")
            .WithSummary("Follows money back by FIFO: who paid a transfer, or what came into an account, and who paid them. An account without at and amount is asked about all that came.");
    }

    private static Results<Ok<Trace>, Refused> Follow([AsParameters] TraceQuestion question, JournaledEngine engine) => question.Ask(engine).Answer(trace => trace);

    private static Results<Ok<BackTrace>, Refused> FollowBack([AsParameters] TraceQuestion question, JournaledEngine engine) => question.AskBack(engine).Answer(trace => trace);
}
