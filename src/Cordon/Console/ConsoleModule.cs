using Cordon.Access;
using Cordon.WebConsole.Shell;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using MudBlazor.Services;

namespace Cordon.WebConsole;

/// <summary>The console: what people of the centre and of the members work with.</summary>
public static class ConsoleModule
{
    /// <summary>Which files there are, with their fingerprints; the build lays it beside the program.</summary>
    private const string Assets = "cordon.staticwebassets.endpoints.json";

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
        services.AddScoped<PersonNames>();
        services.AddScoped<Ticker>();
        return services;
    }

    /// <summary>
    /// Maps the pages and their assets. The host has authentication and authorization in its pipeline; call this after
    /// them, for a page that answers an error is reached through what stands behind this.
    /// </summary>
    public static WebApplication MapConsole(this WebApplication app)
    {
        var manifest = Path.Combine(AppContext.BaseDirectory, Assets);
        // People get a page that says what now; programs get problem documents from the host.
        app.UseStatusCodePagesWithReExecute("/answer/{0}", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (!AccessModule.WantsPage(context.Request)) context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
            return next(context);
        });
        app.UseAntiforgery();
        app.MapStaticAssets(manifest).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().WithStaticAssets(manifest);
        return app;
    }
}
