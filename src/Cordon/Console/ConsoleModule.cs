using Cordon.WebConsole.Shell;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using MudBlazor.Services;

namespace Cordon.WebConsole;

/// <summary>The console: what people of the centre and of the members work with.</summary>
public static class ConsoleModule
{
    private const string Manifest = "cordon.staticwebassets";

    /// <summary>Adds the console's own services; the façades it reads are added by their modules.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services, ConsoleOptions? options = null)
    {
        options ??= new ConsoleOptions();
        options.Check();
        services.AddSingleton(options);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddCascadingAuthenticationState();
        services.AddScoped<ConsoleActor>();
        services.AddScoped<MemberNames>();
        services.AddScoped<Ticker>();
        return services;
    }

    /// <summary>Maps pages and assets. Call it after authentication and authorization are in the pipeline.</summary>
    public static WebApplication MapConsole(this WebApplication app)
    {
        UseBuiltAssets(app);
        // Machines get problem details from the API itself; people get pages.
        app.UseWhen(c => !c.Request.Path.StartsWithSegments("/api"), people =>
        {
            people.UseExceptionHandler("/error", createScopeForErrors: true);
            people.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        });
        app.UseAntiforgery();
        app.MapStaticAssets(Path.Combine(AppContext.BaseDirectory, Manifest + ".endpoints.json")).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    /// <summary>
    /// A program that was built and not published has its assets in package folders, listed in a file beside it.
    /// ASP.NET looks there only in Development; Cordon is run from its build, so it looks always.
    /// </summary>
    private static void UseBuiltAssets(WebApplication app)
    {
        var manifest = Path.Combine(AppContext.BaseDirectory, Manifest + ".runtime.json");
        if (!File.Exists(manifest)) return;
        app.Configuration[WebHostDefaults.StaticWebAssetsKey] = manifest;
        StaticWebAssetsLoader.UseStaticWebAssets(app.Environment, app.Configuration);
    }
}
