using System.Security.Cryptography;
using Cordon.Api;

namespace Cordon.Hosting;

/// <summary>Headers that keep a browser from doing more with a page than Cordon meant.</summary>
internal static class SecurityHeaders
{
    // MudBlazor and the charts style inline; the pages where secrets are typed do not.
    private const string ConsolePolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>For what needs no script and no inline style: pages where secrets are typed, answers to programs.</summary>
    public const string PagePolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly object NonceKey = new();
    private static readonly string[] Plain = ["/sign-in", "/sign-out", "/setup", "/account", "/report", "/api", "/openapi"];

    /// <summary>The nonce of an answer, drawn when it is first asked for.</summary>
    public static string NonceOf(HttpContext context) =>
        (string)(context.Items[NonceKey] ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)));

    public static Task AddAsync(HttpContext context, Func<Task> next)
    {
        var path = context.Request.Path;
        var plain = Plain.Any(p => path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));
        context.Response.OnStarting(() =>
        {
            Set(context, path.StartsWithSegments(ApiDocument.ReferencePath, StringComparison.OrdinalIgnoreCase)
                ? ReferencePolicy(NonceOf(context))
                : plain ? PagePolicy : ConsolePolicy);
            return Task.CompletedTask;
        });
        return next();
    }

    /// <summary>Sets them now.</summary>
    public static void Set(HttpContext context, string policy)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
    }

    // Of the reference's scripts only those run that carry the nonce of this answer.
    private static string ReferencePolicy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
