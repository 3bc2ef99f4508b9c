using System.Globalization;
using Cordon.Casework.Members;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Cordon.Access;

/// <summary>What the page of the second step shows.</summary>
/// <param name="Enabled">Whether a code is asked for at sign-in.</param>
/// <param name="Key">The secret to put into an authenticator, in groups of four; null once enabled.</param>
/// <param name="Address">The same as an otpauth URI.</param>
/// <param name="Codes">New recovery codes, shown this once.</param>
/// <param name="CodesLeft">How many recovery codes are unused.</param>
public sealed record TotpState(bool Enabled, string? Key, string? Address, IReadOnlyList<string> Codes, int CodesLeft);

/// <summary>The second step of sign-in by time-based one-time codes (RFC 6238), which each person may set up.</summary>
internal static class TotpEndpoints
{
    private const string Path = "/account/totp";
    private const int RecoveryCodes = 10;
    private const string WrongCode = "The code is wrong or too old.";

    public static void Map(IEndpointRouteBuilder access)
    {
        access.MapGet(Path, PageAsync).WithName("access.totp");
        access.MapPost(Path, ConfirmAsync).WithName("access.totp.confirm");
        access.MapPost(Path + "/end", EndAsync).WithName("access.totp.end");
    }

    private static async Task<IResult> PageAsync(HttpContext context, SignInForms forms, UserManager<Person> users, IUserAuthenticatorKeyStore<Person> keys) =>
        await users.GetUserAsync(context.User) is { } person
            ? forms.Totp(context, await StateAsync(users, keys, person, []), null)
            : TypedResults.LocalRedirect(AccessModule.SignInPath);

    private static async Task<IResult> ConfirmAsync(
        HttpContext context, SignInForms forms, UserManager<Person> users, SignInManager<Person> door,
        SignInLog log, IUserAuthenticatorKeyStore<Person> keys, [FromForm] string? code)
    {
        if (await users.GetUserAsync(context.User) is not { } person) return TypedResults.LocalRedirect(AccessModule.SignInPath);
        if (person.TwoFactorEnabled) return forms.Totp(context, await StateAsync(users, keys, person, []), null);
        if (!await FitsAsync(users, person, code)) return forms.Totp(context, await StateAsync(users, keys, person, []), WrongCode);
        await users.SetTwoFactorEnabledAsync(person, true);
        await log.SecondStepAsync(person.Id, on: true);
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes);
        // Turning it on changes the security stamp, which ends every session; this one goes on.
        await door.RefreshSignInAsync(person);
        return forms.Totp(context, await StateAsync(users, keys, person, [.. codes ?? []]), null);
    }

    private static async Task<IResult> EndAsync(
        HttpContext context, SignInForms forms, UserManager<Person> users, SignInManager<Person> door,
        SignInLog log, IUserAuthenticatorKeyStore<Person> keys, [FromForm] string? code)
    {
        if (await users.GetUserAsync(context.User) is not { } person) return TypedResults.LocalRedirect(AccessModule.SignInPath);
        if (!person.TwoFactorEnabled) return forms.Totp(context, await StateAsync(users, keys, person, []), null);
        if (!await FitsAsync(users, person, code)) return forms.Totp(context, await StateAsync(users, keys, person, []), WrongCode);
        await users.SetTwoFactorEnabledAsync(person, false);
        await log.SecondStepAsync(person.Id, on: false);
        await users.ResetAuthenticatorKeyAsync(person);
        await door.RefreshSignInAsync(person);
        return forms.Totp(context, await StateAsync(users, keys, person, []), null);
    }

    private static Task<bool> FitsAsync(UserManager<Person> users, Person person, string? code) =>
        users.VerifyTwoFactorTokenAsync(person, users.Options.Tokens.AuthenticatorTokenProvider, (code ?? "").Replace(" ", "", StringComparison.Ordinal));

    private static async Task<TotpState> StateAsync(UserManager<Person> users, IUserAuthenticatorKeyStore<Person> keys, Person person, IReadOnlyList<string> codes)
    {
        if (person.TwoFactorEnabled) return new TotpState(true, null, null, codes, await users.CountRecoveryCodesAsync(person));
        var key = await users.GetAuthenticatorKeyAsync(person);
        if (string.IsNullOrEmpty(key))
        {
            // Not by ResetAuthenticatorKeyAsync, which ends every session of the person: a look at this page changes nothing yet.
            await keys.SetAuthenticatorKeyAsync(person, key = users.GenerateNewAuthenticatorKey(), CancellationToken.None);
            await users.UpdateAsync(person);
        }
        var address = string.Create(CultureInfo.InvariantCulture, $"otpauth://totp/Cordon:{Uri.EscapeDataString(person.UserName!)}?secret={key}&issuer=Cordon&digits=6&period=30");
        return new TotpState(false, string.Join(' ', key!.Chunk(4).Select(c => new string(c))), address, codes, 0);
    }
}
