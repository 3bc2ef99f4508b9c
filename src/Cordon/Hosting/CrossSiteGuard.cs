using Cordon.Casework;
using Cordon.Casework.Answers;

namespace Cordon.Hosting;

/// <summary>
/// Refuses a changing request that a browser makes for another site. A SameSite cookie does not tell two ports of one
/// machine apart, and an API call carries no anti-forgery token, so the origin itself is looked at.
/// </summary>
internal static class CrossSiteGuard
{
    /// <summary>By this header a browser tells where a request comes from.</summary>
    public const string SiteHeader = "Sec-Fetch-Site";

    private static readonly Refusal Refusal = new("request/cross-site", RefusalKind.Forbidden,
        "A page of another site made this request.", "Call from the console's own pages, or from a program with a key.");

    public static Task CheckAsync(HttpContext context, Func<Task> next) =>
        IsChange(context.Request.Method) && IsForeign(context.Request) ? Problem.WriteAsync(context, Refusal) : next();

    private static bool IsChange(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method));

    private static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers[SiteHeader].ToString();
        if (site.Length > 0) return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
