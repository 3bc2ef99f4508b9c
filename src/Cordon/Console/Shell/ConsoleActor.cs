using System.Security.Claims;
using Cordon.Casework;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cordon.WebConsole.Shell;

/// <summary>Who sits at the console, asked anew for every action: a role taken away is gone with the next one.</summary>
/// <param name="states">The circuit's authentication.</param>
public sealed class ConsoleActor(AuthenticationStateProvider states)
{
    /// <summary>The actor; null where nobody is signed in.</summary>
    public async Task<Actor?> FindAsync() => Of((await states.GetAuthenticationStateAsync()).User);

    internal static Actor? Of(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id) return null;
        MemberCode? member = MemberCode.TryParse(user.FindFirstValue("member"), out var code) ? code : null;
        return new Actor("person:" + id, member, user.FindAll(ClaimTypes.Role).Select(c => c.Value).ToHashSet());
    }
}
