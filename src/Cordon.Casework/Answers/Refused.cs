using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Cordon.Casework.Answers;

/// <summary>A refusal as the answer of an endpoint: a problem document.</summary>
/// <param name="refusal">The refusal.</param>
public sealed class Refused(Refusal refusal) : IResult, IEndpointMetadataProvider
{
    // Every endpoint may be refused by these; 401 and 403 come from its policy.
    private static readonly int[] Statuses =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound,
        StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable,
    ];

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => Problem.WriteAsync(httpContext, refusal);

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in Statuses)
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.MediaType]));
    }
}

/// <summary>From outcomes to answers.</summary>
public static class OutcomeAnswers
{
    /// <summary>200 with a view of the value, or the problem of its refusal.</summary>
    public static Results<Ok<TView>, Refused> Answer<T, TView>(this Outcome<T> outcome, Func<T, TView> view) =>
        outcome.Refusal is { } refusal ? new Refused(refusal) : TypedResults.Ok(view(outcome.Value));

    /// <summary>200 with the value where there is one, or the problem.</summary>
    public static Results<Ok<TView>, Refused> AnswerOr<TView>(this TView? found, Refusal refusal)
        where TView : class => found is null ? new Refused(refusal) : TypedResults.Ok(found);
}
