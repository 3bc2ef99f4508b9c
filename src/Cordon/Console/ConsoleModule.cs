using Cordon.Access;
using Cordon.WebConsole.Shell;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using MudBlazor.Services;

namespace Cordon.WebConsole;

/// <summary>The console: what people of the centre and of the members work with.</summary>
public static class ConsoleModule
{
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

    /// <summary>
    /// Maps the pages. The host has authentication, authorization, antiforgery and static assets in its pipeline; call
    /// this after them.
    /// </summary>
    public static WebApplication MapConsole(this WebApplication app)
    {
        // People get a page that says what now; programs get problem documents from the host.
        app.UseStatusCodePagesWithReExecute("/answer/{0}", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (!AccessModule.WantsPage(context.Request)) context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
            return next(context);
        });
        // A page that answers is reached from here again, behind the host's own antiforgery: it wants one of its own.
        app.UseAntiforgery();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
