using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Casework.Deliveries;

namespace Cordon.Api;

/// <summary>
/// Keeps what a signature of RFC 9421 covers, before the body is read for another purpose; it is judged where the member's keys are known. Only of
/// endpoints that take a signed answer: to all others the header means nothing.
/// </summary>
internal static class SignedReceipts
{
    /// <summary>An answer to an enquiry names every transfer asked about, some 200 bytes each: this is twenty thousand of them. Ours.</summary>
    internal const int MostBody = 4 * 1024 * 1024;

    private const int Part = 16 * 1024;

    private static readonly Refusal TooLarge = new(SignedReceipt.RefusedAs + "too-large", RefusalKind.Invalid,
        "A signed answer has at most 4 MiB.", "Answer in fewer words, or sign in and answer without a signature.");

    public static async Task ReadAsync(HttpContext context, Func<Task> next)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<SignedReceiptMark>() is null || !request.Headers.TryGetValue(SignedReceipt.InputHeader, out var input))
        {
            await next();
            return;
        }
        if (await BodyAsync(request) is not { } body)
        {
            await Problem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, TooLarge, retryable: false);
            return;
        }
        using (body)
        {
            var fields = SignedReceipt.Coverable.Where(f => request.Headers.ContainsKey(f))
                .ToImmutableDictionary(f => f, f => string.Join(", ", request.Headers[f].Select(v => v?.Trim())));
            context.Features.Set(new SignedReceipt(
                request.Method, request.Path.ToUriComponent(), request.Host.Value ?? "", input.ToString(), request.Headers[SignedReceipt.SignatureHeader].ToString(),
                fields, [.. body.GetBuffer().AsSpan(0, (int)body.Length)]));
            request.Body = body;
            await next();
        }
    }

    // In memory only: a temporary file would keep what must not be kept.
    private static async Task<MemoryStream?> BodyAsync(HttpRequest request)
    {
        if (request.ContentLength > MostBody) return null;
        var (body, part, aborted) = (new MemoryStream(), new byte[Part], request.HttpContext.RequestAborted);
        int read;
        while ((read = await request.Body.ReadAsync(part, aborted)) > 0)
        {
            if (body.Length + read > MostBody) return null;
            body.Write(part, 0, read);
        }
        body.Position = 0;
        return body;
    }
}
