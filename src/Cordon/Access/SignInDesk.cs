using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Identity;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Cordon.Access;

/// <summary>Signs people in and out, and writes each into the audit log: a session that is not recorded does not begin.</summary>
internal sealed class SignInDesk(SignInManager<Person> door, UserManager<Person> users, SignInLog log, IHttpContextAccessor context)
{
    private string? From => context.HttpContext?.Connection.RemoteIpAddress?.ToString();

    /// <summary>The first step.</summary>
    public async Task<SignInResult> PasswordAsync(Person person, string password)
    {
        var before = await users.IsLockedOutAsync(person);
        var result = await door.PasswordSignInAsync(person, password, isPersistent: false, lockoutOnFailure: true);
        return await RecordAsync(person, SignInStep.Password, before, result);
    }

    /// <summary>The second step: a one-time code of six digits, or a recovery code.</summary>
    public async Task<SignInResult> CodeAsync(Person person, string code)
    {
        if (await users.IsLockedOutAsync(person)) return SignInResult.LockedOut;
        if (code.Length == 6 && code.All(char.IsAsciiDigit))
            return await RecordAsync(person, SignInStep.Code, false, await door.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false));
        var result = await door.TwoFactorRecoveryCodeSignInAsync(code);
        // Identity does not count these; a guess is a guess.
        if (!result.Succeeded && !result.IsLockedOut)
        {
            await users.AccessFailedAsync(person);
            if (await users.IsLockedOutAsync(person)) result = SignInResult.LockedOut;
        }
        return await RecordAsync(person, SignInStep.Code, false, result);
    }

    /// <summary>The demo's click.</summary>
    public async Task DemoAsync(Person person)
    {
        if ((await log.SignedInAsync(person.Id, SignInStep.Demo, From)).Succeeded) await door.SignInAsync(person, isPersistent: false);
    }

    public async Task SignOutAsync()
    {
        if (Guid.TryParse(users.GetUserId(context.HttpContext!.User), out var id)) await log.SignedOutAsync(id);
        await door.SignOutAsync();
    }

    private async Task<SignInResult> RecordAsync(Person person, SignInStep step, bool wasLocked, SignInResult result)
    {
        if (result.Succeeded)
        {
            if ((await log.SignedInAsync(person.Id, step, From)).Succeeded) return result;
            await door.SignOutAsync();
            return SignInResult.Failed;
        }
        // Nobody can fill the log with tries on one who is locked out or disabled: what counts is written before that.
        if (wasLocked || result.RequiresTwoFactor || result.IsNotAllowed) return result;
        Instant? until = result.IsLockedOut && await users.GetLockoutEndDateAsync(person) is { } end ? Instant.From(end) : null;
        await log.FailedAsync(person.Id, step, From, until);
        return result;
    }
}
