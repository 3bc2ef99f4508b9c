using Cordon.Casework.Members;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Cordon.Access;

/// <summary>Answers with the pages, each with a fresh anti-forgery token.</summary>
internal sealed class SignInForms(IAntiforgery antiforgery, PeopleRegister people, AccessOptions options, IPasswordHasher<Person> hasher)
{
    private static string? nobody;

    /// <summary>A hash that no password fits.</summary>
    public string NobodysHash => nobody ??= hasher.HashPassword(new Person(), "nobody");

    public async Task<IResult> SignInAsync(HttpContext context, string? returnUrl, string user, string? fault) =>
        Page<SignInPage>(context, fault, new()
        {
            [nameof(SignInPage.Form)] = Token(context),
            [nameof(SignInPage.To)] = AccessEndpoints.Local(returnUrl),
            [nameof(SignInPage.User)] = user,
            [nameof(SignInPage.Fault)] = fault,
            [nameof(SignInPage.Demo)] = options.Demo ? await people.ListAsync() : null,
        });

    public IResult Code(HttpContext context, string? returnUrl, string? fault) => Page<CodePage>(context, fault, new()
    {
        [nameof(CodePage.Form)] = Token(context),
        [nameof(CodePage.To)] = AccessEndpoints.Local(returnUrl),
        [nameof(CodePage.Fault)] = fault,
    });

    public IResult SignOut(HttpContext context) => Page<SignOutPage>(context, null, new() { [nameof(SignOutPage.Form)] = Token(context) });

    public IResult Setup(HttpContext context, string token, bool good, string user, string name, string? fault) => Page<SetupPage>(context, fault, new()
    {
        [nameof(SetupPage.Form)] = Token(context),
        [nameof(SetupPage.Token)] = token,
        [nameof(SetupPage.Good)] = good,
        [nameof(SetupPage.User)] = user,
        [nameof(SetupPage.Name)] = name,
        [nameof(SetupPage.Fault)] = fault,
    });

    public IResult Totp(HttpContext context, TotpState state, string? fault) => Page<TotpPage>(context, fault, new()
    {
        [nameof(TotpPage.Form)] = Token(context),
        [nameof(TotpPage.State)] = state,
        [nameof(TotpPage.Fault)] = fault,
    });

    private string Token(HttpContext context) => antiforgery.GetAndStoreTokens(context).RequestToken!;

    private static RazorComponentResult<TPage> Page<TPage>(HttpContext context, string? fault, Dictionary<string, object?> values)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<TPage>(values)
        {
            PreventStreamingRendering = true,
            StatusCode = fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
