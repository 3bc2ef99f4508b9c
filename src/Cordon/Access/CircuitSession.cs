using Cordon.Casework.Members;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace Cordon.Access;

/// <summary>
/// Looks again and again whether the person behind an open console may still be there. A circuit lives for hours on one
/// sign-in, so without this a revoked role would stay until the window is closed.
/// </summary>
internal sealed class CircuitSession(ILoggerFactory logger, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(logger)
{
    /// <summary>How often; the promise is ten seconds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override TimeSpan RevalidationInterval => Interval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        // A scope of its own: the circuit's context would answer with the person as first loaded.
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignInManager<Person>>().ValidateSecurityStampAsync(authenticationState.User) is not null;
    }

    internal Task<bool> LooksGoodAsync(AuthenticationState state) => ValidateAuthenticationStateAsync(state, CancellationToken.None);
}
