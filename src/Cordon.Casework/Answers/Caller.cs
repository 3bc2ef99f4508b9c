using System.Security.Claims;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Http;

namespace Cordon.Casework.Answers;

/// <summary>Who calls an endpoint; endpoints take it as a parameter.</summary>
/// <param name="Actor">The actor of the signed-in person or key.</param>
/// <param name="Scopes">What a key may do; empty for a person.</param>
public sealed record Caller(Actor Actor, IReadOnlySet<string> Scopes)
{
    /// <summary>The claim with the actor's id.</summary>
    public const string ActorClaim = "cordon:actor";

    /// <summary>The claim with the member's code.</summary>
    public const string MemberClaim = "member";

    /// <summary>The claim with one scope of a key.</summary>
    public const string ScopeClaim = "cordon:scope";

    /// <summary>Reads the caller from its claims; somebody not signed in is an actor without roles.</summary>
    public static Caller From(ClaimsPrincipal user) => new(
        new Actor(
            user.FindFirstValue(ActorClaim) ?? "nobody",
            MemberCode.TryParse(user.FindFirstValue(MemberClaim), out var member) ? member : null,
            user.FindAll(ClaimTypes.Role).Select(c => c.Value).ToHashSet(StringComparer.Ordinal)),
        user.FindAll(ScopeClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal));

    /// <summary>Binds the parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(From(context.User));
}
