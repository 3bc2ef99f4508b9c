using System.Security.Claims;
using Cordon.Casework.Answers;
using Cordon.Casework.Members;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Cordon.Access;

/// <summary>The claims of a person: Identity's own, and the actor, member and name that Cordon reads.</summary>
internal sealed class PersonClaims(UserManager<Person> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Person, IdentityRole<Guid>>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(Caller.ActorClaim, $"person:{user.Id}"));
        // What pages show as the name is the one that colleagues know, not the one to sign in with.
        if (identity.FindFirst(identity.NameClaimType) is { } name) identity.RemoveClaim(name);
        identity.AddClaim(new Claim(identity.NameClaimType, user.DisplayName));
        if (user.Member is { } member) identity.AddClaim(new Claim(Caller.MemberClaim, member.ToString()));
        return identity;
    }
}

/// <summary>Signs people in; one who is disabled is refused at the door and at the next look at the session.</summary>
internal sealed class PersonSignIn(
    UserManager<Person> users, IHttpContextAccessor context, IUserClaimsPrincipalFactory<Person> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Person>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Person> confirmation)
    : SignInManager<Person>(users, context, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(Person user) => !user.Disabled && await base.CanSignInAsync(user);

    public override async Task<Person?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        await base.ValidateSecurityStampAsync(principal) is { Disabled: false } person ? person : null;
}
