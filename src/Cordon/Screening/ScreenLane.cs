using Cordon.Access;
using Cordon.Casework.Members;
using Cordon.Hosting;
using Microsoft.AspNetCore.Diagnostics;

namespace Cordon.Screening;

/// <summary>
/// The short way for a member's system that screens one signal. Its key was proven within the last seconds and has the scope, and
/// nothing in the request comes from a browser: then sign-in, policy, cross-site guard and repeat store have nothing left to decide,
/// and the signal goes straight to its endpoint. Every other request goes the way of all.
/// </summary>
internal sealed class ScreenLane(RequestDelegate next, ScreenEndpoints endpoints, ProvenKeys keys, IExceptionHandler faults)
{
    /// <summary>Marks the endpoint that the lane leads to.</summary>
    public static readonly object Mark = new LaneMark();

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<LaneMark>() is null) return next(context);
        var headers = context.Request.Headers;
        if (headers.Origin.Count > 0 || headers.ContainsKey(CrossSiteGuard.SiteHeader)) return next(context);
        if (!KeySignIn.TryToken(headers.Authorization, out var token) || !keys.TryFind(token, out var key) || !key.Has(KeyScopes.SignalsWrite)) return next(context);
        SecurityHeaders.Set(context, SecurityHeaders.PagePolicy);
        var answered = endpoints.OneAsync(context, key.Member);
        return answered.IsCompletedSuccessfully ? Task.CompletedTask : FinishAsync(context, answered);
    }

    private async Task FinishAsync(HttpContext context, Task answered)
    {
        try
        {
            await answered;
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            // What the endpoint had begun to answer is not sent; the headers that keep browsers in bounds are.
            context.Response.Clear();
            SecurityHeaders.Set(context, SecurityHeaders.PagePolicy);
            await faults.TryHandleAsync(context, fault, CancellationToken.None);
        }
    }

    private sealed class LaneMark;
}
