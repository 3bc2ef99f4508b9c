using System.Security.Claims;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cordon.WebConsole.Shell;

/// <summary>Who sits at the console, asked anew for every action: a role taken away is gone with the next one.</summary>
/// <param name="states">The circuit's authentication.</param>
public sealed class ConsoleActor(AuthenticationStateProvider states)
{
    /// <summary>The actor; null where nobody is signed in.</summary>
    public async Task<Actor?> FindAsync() => Of((await states.GetAuthenticationStateAsync()).User);

    internal static Actor? Of(ClaimsPrincipal user) => user.Identity?.IsAuthenticated == true ? Caller.From(user).Actor : null;
}
