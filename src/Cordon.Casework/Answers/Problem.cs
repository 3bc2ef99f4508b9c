using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Answers;

/// <summary>A problem document (RFC 9457). <see cref="Code"/> is stable and meant for machines; the texts are for people and may change.</summary>
/// <param name="Type">A URI made of the code.</param>
/// <param name="Title">The phrase of the HTTP status.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong, in one sentence, with identity numbers masked.</param>
/// <param name="Code">Stable: <c>order/stop-limit</c>.</param>
/// <param name="NextStep">What the caller can do now.</param>
/// <param name="Retryable">Whether the same request may succeed later without any change to it.</param>
/// <param name="TraceId">The id under which the server's log tells of this request.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, string Code, string NextStep, bool Retryable, string TraceId)
{
    /// <summary>The media type of problem documents.</summary>
    public const string MediaType = "application/problem+json";

    private const int RetryAfterSeconds = 1;

    /// <summary>The one table from the sort of a refusal to an HTTP status.</summary>
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.AgainstRule => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => throw new InvalidOperationException($"No status for {kind}."),
    };

    /// <summary>Answers a request with a refusal.</summary>
    public static Task WriteAsync(HttpContext context, Refusal refusal) => WriteAsync(context, StatusOf(refusal.Kind), refusal, refusal.Retryable);

    /// <summary>Answers a request with a problem whose status HTTP itself sets (401, 405, 413 …).</summary>
    public static async Task WriteAsync(HttpContext context, int status, Refusal refusal, bool retryable)
    {
        var mask = context.RequestServices.GetService<TextMask>() ?? TextMask.None;
        var problem = new Problem(
            "urn:cordon:problem:" + refusal.Code, ReasonPhrases.GetReasonPhrase(status), status, mask.Apply(refusal.Message),
            refusal.Code, refusal.NextStep, retryable, Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);
        // Whoever keeps answers sees by it what was refused.
        context.Features.Set(refusal);
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        if (retryable) context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, CaseworkJson.Options), context.RequestAborted);
    }
}

/// <summary>Masks identity numbers in text that leaves by a side door: problem documents, logs, stored answers.</summary>
/// <param name="Apply">Gives the text with identity numbers masked.</param>
public sealed record TextMask(Func<string, string> Apply)
{
    /// <summary>Changes nothing.</summary>
    public static TextMask None { get; } = new(text => text);
}
