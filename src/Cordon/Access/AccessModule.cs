using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Cordon.Access;

/// <summary>How people and systems come in.</summary>
internal sealed record AccessOptions
{
    /// <summary>Where the keys lie that seal cookies.</summary>
    public required string KeyFolder { get; init; }

    /// <summary>Whether the sign-in page offers the demo's people without a password.</summary>
    public required bool Demo { get; init; }

    /// <summary>The token of the lock file; null for none.</summary>
    public string? OperatorToken { get; init; }
}

/// <summary>Adds sign-in of people (cookie, second step) and systems (API key), and the policies.</summary>
internal static class AccessModule
{
    public const string SchemeName = "Cordon";
    public const string SignInPath = "/sign-in";
    public const string ReturnParameter = "returnUrl";
    private const int Tries = 5;
    private const int HashRounds = 210_000; // OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA512
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan SessionLasts = TimeSpan.FromHours(12);

    public static void AddAccess(this IServiceCollection services, AccessOptions options)
    {
        Directory.CreateDirectory(options.KeyFolder);
        services.AddDataProtection().SetApplicationName("cordon").PersistKeysToFileSystem(new DirectoryInfo(options.KeyFolder));
        services.AddSingleton(options);
        services.AddSingleton(new OperatorToken(options.OperatorToken));
        services.AddSingleton<ProvenKeys>();
        services.AddHttpContextAccessor();
        AddPeople(services);
        services.AddAuthentication(SchemeName)
            .AddPolicyScheme(SchemeName, null, o => o.ForwardDefaultSelector = context =>
                KeySignIn.Claims(context.Request) ? KeySignIn.SchemeName : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, KeySignIn>(KeySignIn.SchemeName, null)
            .AddIdentityCookies();
        foreach (var scheme in (string[])[IdentityConstants.ApplicationScheme, IdentityConstants.TwoFactorUserIdScheme, IdentityConstants.TwoFactorRememberMeScheme, IdentityConstants.ExternalScheme])
            services.Configure<CookieAuthenticationOptions>(scheme, Harden);
        services.ConfigureApplicationCookie(ShapeSession);
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "cordon-form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddAuthorization(Policies.AddTo);
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
    }

    private static void AddPeople(IServiceCollection services)
    {
        services.AddIdentityCore<Person>(o =>
        {
            o.Lockout.MaxFailedAccessAttempts = Tries;
            o.Lockout.DefaultLockoutTimeSpan = LockedFor;
            o.Password = new PasswordOptions
            {
                RequiredLength = 12,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
                RequiredUniqueChars = 1,
            };
        })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<CaseworkContext>()
            .AddUserStore<PersonStore>()
            .AddSignInManager<PersonSignIn>()
            .AddClaimsPrincipalFactory<PersonClaims>()
            .AddDefaultTokenProviders();
        services.AddScoped<SignInDesk>();
        services.AddScoped(s => (IUserAuthenticatorKeyStore<Person>)s.GetRequiredService<IUserStore<Person>>());
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = HashRounds);
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = CircuitSession.Interval);
    }

    private static void Harden(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        // Plain HTTP is served on loopback only; anywhere else the request is HTTPS and the cookie Secure.
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    private static void ShapeSession(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "cordon-session";
        cookie.LoginPath = SignInPath;
        cookie.ReturnUrlParameter = ReturnParameter;
        cookie.ExpireTimeSpan = SessionLasts;
        cookie.SlidingExpiration = true;
        // A browser is led to the sign-in page; a program gets its status, which becomes a problem document.
        cookie.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (WantsPage(context.Request)) context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Whether a request comes from somebody reading pages, and not from a program.</summary>
    public static bool WantsPage(HttpRequest request) => !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
