using Cordon.Casework;
using Cordon.Casework.Members;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Cordon.Access;

/// <summary>The few pages before and around the console: plain forms, each with an anti-forgery token.</summary>
internal static class AccessEndpoints
{
    public const string Home = "/";
    private const string Wrong = "The name or the password is wrong.";
    private const string Locked = "Too many wrong tries. Wait 15 minutes, or ask an administrator.";
    private const string WrongCode = "The code is wrong or too old.";

    public static void Map(IEndpointRouteBuilder routes, AccessOptions options)
    {
        var access = routes.MapGroup("").ExcludeFromDescription().WithDeclaredPolicies();
        access.MapGet(AccessModule.SignInPath, SignInPageAsync).WithName("access.sign-in");
        access.MapPost(AccessModule.SignInPath, SignInAsync).WithName("access.sign-in.send");
        access.MapGet(AccessModule.SignInPath + "/code", CodePage).WithName("access.code");
        access.MapPost(AccessModule.SignInPath + "/code", SendCodeAsync).WithName("access.code.send");
        access.MapGet("/sign-out", SignOutPage).WithName("access.sign-out");
        access.MapPost("/sign-out", SignOutAsync).WithName("access.sign-out.send");
        access.MapGet("/setup", SetupPageAsync).WithName("access.setup");
        access.MapPost("/setup", SetupAsync).WithName("access.setup.send");
        if (options.Demo) access.MapPost(AccessModule.SignInPath + "/demo", DemoAsync).WithName("access.demo");
        TotpEndpoints.Map(access);
    }

    private static async Task<IResult> SignInPageAsync(HttpContext context, SignInForms forms, string? returnUrl, string? user)
    {
        if (context.User.Identity?.IsAuthenticated == true) return TypedResults.LocalRedirect(Local(returnUrl));
        return await forms.SignInAsync(context, returnUrl, user ?? "", null);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, SignInForms forms, SignInDesk desk, UserManager<Person> users,
        [FromForm] string? user, [FromForm] string? password, [FromForm] string? returnUrl)
    {
        var person = string.IsNullOrWhiteSpace(user) ? null : await users.FindByNameAsync(user.Trim());
        if (person is null)
        {
            // The same work as for a person who exists, so that the time does not tell names.
            users.PasswordHasher.VerifyHashedPassword(new Person(), forms.NobodysHash, password ?? "");
            return await forms.SignInAsync(context, returnUrl, user ?? "", Wrong);
        }
        var result = await desk.PasswordAsync(person, password ?? "");
        if (result.Succeeded) return TypedResults.LocalRedirect(Local(returnUrl));
        if (result.RequiresTwoFactor) return TypedResults.LocalRedirect($"{AccessModule.SignInPath}/code?{AccessModule.ReturnParameter}={Uri.EscapeDataString(Local(returnUrl))}");
        return await forms.SignInAsync(context, returnUrl, user ?? "", result.IsLockedOut ? Locked : Wrong);
    }

    private static IResult CodePage(HttpContext context, SignInForms forms, string? returnUrl) => forms.Code(context, returnUrl, null);

    private static async Task<IResult> SendCodeAsync(
        HttpContext context, SignInForms forms, SignInManager<Person> door, SignInDesk desk, [FromForm] string? code, [FromForm] string? returnUrl)
    {
        if (await door.GetTwoFactorAuthenticationUserAsync() is not { } person) return TypedResults.LocalRedirect(AccessModule.SignInPath);
        var result = await desk.CodeAsync(person, (code ?? "").Replace(" ", "", StringComparison.Ordinal));
        return result.Succeeded ? TypedResults.LocalRedirect(Local(returnUrl)) : forms.Code(context, returnUrl, result.IsLockedOut ? Locked : WrongCode);
    }

    // A link alone must not end a session: any page could hold it.
    private static IResult SignOutPage(HttpContext context, SignInForms forms) =>
        context.User.Identity?.IsAuthenticated == true ? forms.SignOut(context) : TypedResults.LocalRedirect(AccessModule.SignInPath);

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInDesk desk)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return TypedResults.BadRequest();
        await desk.SignOutAsync();
        return TypedResults.LocalRedirect(AccessModule.SignInPath);
    }

    private static async Task<IResult> SetupPageAsync(HttpContext context, SignInForms forms, SetupLinks links, string? token) =>
        forms.Setup(context, token ?? "", await links.IsGoodAsync(token ?? ""), "", "", null);

    private static async Task<IResult> SetupAsync(
        HttpContext context, SignInForms forms, SetupLinks links,
        [FromForm] string? token, [FromForm] string? user, [FromForm] string? name, [FromForm] string? password, [FromForm] string? again)
    {
        Refusal? refusal = null;
        if (password != again) refusal = new Refusal("setup/differs", RefusalKind.Invalid, "The two passwords differ.", "Write them again.");
        else if ((await links.RedeemAsync(token ?? "", (user ?? "").Trim(), name ?? "", password ?? "")) is { Succeeded: false } refused) refusal = refused.Refusal;
        if (refusal is null) return TypedResults.LocalRedirect($"{AccessModule.SignInPath}?user={Uri.EscapeDataString((user ?? "").Trim())}");
        return forms.Setup(context, token ?? "", await links.IsGoodAsync(token ?? ""), user ?? "", name ?? "", $"{refusal.Message} {refusal.NextStep}");
    }

    private static async Task<IResult> DemoAsync(SignInDesk desk, UserManager<Person> users, [FromForm] string? user, [FromForm] string? returnUrl)
    {
        var person = await users.FindByNameAsync(user ?? "");
        if (person is null || person.Disabled) return TypedResults.LocalRedirect(AccessModule.SignInPath);
        await desk.DemoAsync(person);
        return TypedResults.LocalRedirect(Local(returnUrl));
    }

    /// <summary>A place on this site to go to after signing in; anything else leads home.</summary>
    public static string Local(string? returnUrl) =>
        returnUrl is { Length: > 0 and < 2000 } && returnUrl[0] == '/' && (returnUrl.Length == 1 || returnUrl[1] is not ('/' or '\\')) && !returnUrl.Any(char.IsControl) ? returnUrl : Home;
}
