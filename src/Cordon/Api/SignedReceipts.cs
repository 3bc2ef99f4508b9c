using System.Collections.Immutable;
using Cordon.Casework.Deliveries;

namespace Cordon.Api;

/// <summary>Keeps what a signature of RFC 9421 covers, before the body is read for another purpose; it is judged where the member's keys are known.</summary>
internal static class SignedReceipts
{
    // An answer to an order is small; what is larger is read by nobody for a signature.
    private const int MostBody = 64 * 1024;

    public static async Task ReadAsync(HttpContext context, Func<Task> next)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.Headers.TryGetValue(SignedReceipt.InputHeader, out var input))
        {
            await next();
            return;
        }
        request.EnableBuffering(MostBody, MostBody);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        request.Body.Position = 0;
        var fields = SignedReceipt.Coverable.Where(f => request.Headers.ContainsKey(f))
            .ToImmutableDictionary(f => f, f => string.Join(", ", request.Headers[f].Select(v => v?.Trim())));
        context.Features.Set(new SignedReceipt(
            request.Method, request.Path.ToUriComponent(), request.Host.Value ?? "", input.ToString(), request.Headers[SignedReceipt.SignatureHeader].ToString(),
            fields, [.. body.GetBuffer().AsSpan(0, (int)body.Length)]));
        await next();
    }
}
