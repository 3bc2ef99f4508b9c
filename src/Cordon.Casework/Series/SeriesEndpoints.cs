using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Cases;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Series;

/// <summary>Which cases hang together; only the centre has any.</summary>
internal static class SeriesEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases/{id:guid}").WithTags("Series");
        cases.MapGet("/linked", LinkedAsync).WithName("series.linked").WithSummary("The cases linked with one, and why; weaker likenesses, cut links and hubs are told too.");
        cases.MapGet("/series", SeriesAsync).WithName("series.get").WithSummary("All cases that hang together with one by links that hold, at most 200.");
        cases.MapPost("/linked/{other:guid}", DecideAsync).WithName("series.decide")
            .WithSummary("Cuts a link for good, makes one by hand, or leaves it to what the cases share again. Nothing is lost by either.");
    }

    private static async Task<Results<Ok<LinkedView>, Refused>> LinkedAsync(Caller caller, SeriesDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.LinkedAsync(caller.Actor, id, cancel) is { } linked
            ? new LinkedView([.. linked.Links.Select(LinkView.Of)], [.. linked.Hubs]) : null).AnswerOr(CaseRefusal.NotFound);

    private static async Task<Results<Ok<SeriesAnswer>, Refused>> SeriesAsync(Caller caller, SeriesDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.SeriesOfAsync(caller.Actor, id, cancel) is { } series
            ? new SeriesAnswer([.. series.Cases.Select(CaseLine.Of)], [.. series.Links], series.Cut) : null).AnswerOr(CaseRefusal.NotFound);

    private static async Task<Results<Ok<LinkStandingView>, Refused>> DecideAsync(Caller caller, SeriesDesk desk, Guid id, Guid other, LinkForm form, CancellationToken cancel) =>
        (await desk.DecideAsync(caller.Actor, id, other, form.Standing, form.Reason, cancel)).Answer(d => new LinkStandingView(d.Standing, d.By, d.At, d.Reason));

    /// <param name="Standing">What shall hold: cut, made, or byEvidence.</param>
    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record LinkForm(LinkStanding Standing, string Reason);
}

/// <summary>The cases linked with one.</summary>
/// <param name="Links">The links, those that hold first.</param>
/// <param name="Hubs">What the case has in common with so many that it links none.</param>
internal sealed record LinkedView(IReadOnlyList<LinkView> Links, IReadOnlyList<SharedMark> Hubs);

/// <summary>A link and why.</summary>
/// <param name="Case">The other case.</param>
/// <param name="Links">Whether both are of one series.</param>
/// <param name="Strength">How strongly what they share links them, 0 to 1.</param>
/// <param name="Shared">What they share.</param>
/// <param name="Decision">What a person said last; absent where nobody did.</param>
internal sealed record LinkView(CaseLine Case, bool Links, double Strength, ImmutableArray<SharedMark> Shared, LinkStandingView? Decision)
{
    public static LinkView Of(CaseLink l) => new(
        CaseLine.Of(l.Other), l.Links, l.Strength, l.Shared, l.Decision is { } d ? new LinkStandingView(d.Standing, d.By, d.At, d.Reason) : null);
}

/// <summary>What a person said of a link.</summary>
/// <param name="Standing">What holds.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
internal sealed record LinkStandingView(LinkStanding Standing, string By, Instant At, string Reason);

/// <summary>A series.</summary>
/// <param name="Cases">Its cases, the oldest first.</param>
/// <param name="Links">Their links.</param>
/// <param name="Cut">Whether there are more cases than are shown.</param>
internal sealed record SeriesAnswer(IReadOnlyList<CaseLine> Cases, IReadOnlyList<SeriesLink> Links, bool Cut);
