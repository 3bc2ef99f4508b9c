using System.Text.Json;
using Cordon.Access;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Microsoft.AspNetCore.Diagnostics;

namespace Cordon.Api;

/// <summary>
/// Turns what is not a refusal into a problem document: a body that cannot be read, an exception, a bare status.
/// Nothing of an exception but its sort leaves the server; the log has the rest under the trace id.
/// </summary>
internal sealed class FaultProblems(ILogger<FaultProblems> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException bad)
        {
            await WriteStatusAsync(httpContext, bad.StatusCode, JsonDetail(bad));
            return true;
        }
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        // The console shows people a page for this, and the middleware behind it logs the fault.
        if (AccessModule.WantsPage(httpContext.Request)) return false;
        log.LogError(exception, "{Method} {Path} failed", httpContext.Request.Method, httpContext.Request.Path);
        await WriteStatusAsync(httpContext, StatusCodes.Status500InternalServerError, null);
        return true;
    }

    /// <summary>Gives a body to an answer that has only an error status.</summary>
    public static async Task FillAsync(HttpContext context, Func<Task> next)
    {
        await next();
        var answer = context.Response;
        if (answer.HasStarted || answer.StatusCode < StatusCodes.Status400BadRequest || answer.ContentType is not null || answer.ContentLength is > 0) return;
        if (AccessModule.WantsPage(context.Request)) return;
        await WriteStatusAsync(context, answer.StatusCode, null);
    }

    private static Task WriteStatusAsync(HttpContext context, int status, string? detail)
    {
        var (refusal, retryable) = Of(status);
        return Problem.WriteAsync(context, status, detail is null ? refusal : refusal with { Message = detail }, retryable);
    }

    private static (Refusal Refusal, bool Retryable) Of(int status) => status switch
    {
        401 => (new("auth/missing", RefusalKind.Forbidden, "Nobody is signed in, or the key is wrong or revoked.", "Send Authorization: Bearer with a key that is good, or sign in."), false),
        403 => (new("auth/forbidden", RefusalKind.Forbidden, "Your roles, or the scopes of your key, do not allow this.", "Ask an administrator for the role or scope that this needs."), false),
        404 => (new("request/no-such-path", RefusalKind.NotFound, "There is nothing at this path.", "See /openapi/v1.json for all paths."), false),
        405 => (new("request/method", RefusalKind.Invalid, "This path does not know the method.", "See the Allow header."), false),
        413 => (new("request/too-large", RefusalKind.Invalid, "The body is larger than the server takes.", "Send it in parts; a batch has at most 5,000 lines and 32 MiB."), false),
        415 => (new("request/media-type", RefusalKind.Invalid, "The body has a media type that this path does not read.", "Send application/json, or application/x-ndjson for batches."), false),
        431 => (new("request/headers-too-large", RefusalKind.Invalid, "The headers are larger than the server takes.", "Send fewer or shorter headers."), false),
        500 => (new("server/fault", RefusalKind.Busy, "The server failed; the fault is on its side.", "Send the same request again later; tell the operator the traceId if it stays."), true),
        503 => (new("server/busy", RefusalKind.Busy, "The server cannot take this now.", "Send the same request again in a moment."), true),
        _ => (new("request/bad", RefusalKind.Invalid, "The request cannot be read.", "Compare it with /openapi/v1.json."), false),
    };

    // A JSON reader's own message may quote what was sent; only the place is told.
    private static string? JsonDetail(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException { Path: { Length: > 0 and < 200 } path } => $"The body does not fit at {path}.",
        JsonException => "The body is not JSON.",
        _ => null,
    };
}
