using System.Net;
using Cordon.Access;
using Cordon.Api;
using Cordon.Casework.Answers;
using Cordon.Casework.Audit;
using Cordon.Casework.Cases;
using Cordon.Casework.Conferences;
using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Indicators;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Objectives;
using Cordon.Casework.Questions;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Registers;
using Cordon.Casework.Restrictions;
using Cordon.Casework.Rulebooks;
using Cordon.Casework.Warnings;
using Cordon.Gateways.Events;
using Cordon.Gateways.Intake;
using Cordon.Journal;
using Cordon.PublicPage;
using Cordon.Screening;
using Cordon.WebConsole;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cordon.Hosting;

/// <summary>Puts the parts of a server together.</summary>
internal static class CordonHost
{
    private const long MostBody = 32 * 1024 * 1024;
    private const int MostHeaders = 16 * 1024;
    private static readonly TimeSpan HeaderWait = TimeSpan.FromSeconds(15);

    /// <summary>Builds a server that is ready to start. Throws <see cref="ArgumentException"/> where the options contradict themselves.</summary>
    public static WebApplication Build(HostOptions options)
    {
        if (options.Fault() is { } fault) throw new ArgumentException(fault, nameof(options));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(CordonHost).Assembly.GetName().Name,
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
        });
        Configure(builder, options);
        AddParts(builder.Services, options);
        var app = builder.Build();
        // What can fail for good fails here, before anything answers.
        app.Services.GetRequiredService<DutyPack>();
        app.Services.GetRequiredService<LadderInForce>();
        app.Services.GetRequiredService<EvaluationsInForce>();
        app.Services.GetRequiredService<JournaledEngine>();
        app.Services.GetRequiredService<AuditKey>();
        Use(app);
        return app;
    }

    private static void Configure(WebApplicationBuilder builder, HostOptions options)
    {
        // A page on the Internet may give its name this machine's address: only names meant for Cordon are answered.
        builder.Configuration["AllowedHosts"] = options.IsLoopback ? "localhost;127.0.0.1;[::1]" : "*";
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => Shape(kestrel, options));
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(options.Log);
        builder.Services.AddSingleton<ILoggerProvider>(s => new ErrorLog(options.Time, s.GetRequiredService<TextMask>(), Console.Error));
        // Keys of cookies lie unencrypted in a folder of the owner's only, as the message on each start would say again.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Anybody can send a form without its token; that is answered, not logged.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Critical);
        // Collections with a converter are immutable arrays: comparing them by identity is right.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Model.Validation", LogLevel.Error);
    }

    private static void Shape(KestrelServerOptions kestrel, HostOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaders;
        kestrel.Limits.RequestHeadersTimeout = HeaderWait;
        if (IPAddress.TryParse(options.Address.Host, out var address)) kestrel.Listen(address, options.Address.Port);
        else if (options.IsLoopback) kestrel.Listen(IPAddress.Loopback, options.Address.Port);
        else kestrel.ListenAnyIP(options.Address.Port);
    }

    private static void AddParts(IServiceCollection services, HostOptions options)
    {
        // Hosted services start in the order they are added: the database is brought up to date before anything reads it.
        services.AddHostedService<DatabaseStart>();
        services.AddCaseworkParts(options, s => OpenJournal(options, s.GetRequiredService<RulebookLibrary>(), s.GetRequiredService<ILogger<JournaledEngine>>()));
        services.AddSingleton(new TextMask(Masking.Mask));
        services.AddSingleton(options.Door with { Time = options.Time });
        services.AddMembers();
        services.AddReleasing();
        if (options.Follows) services.AddFollowing().AddRectificationClocks().AddQuestionClocks().AddLeadClocks().AddIndicatorClocks().AddWarningWatch().AddEvidencePurge().AddEvaluationClocks().AddObjectiveClocks().AddConferenceClocks().AddRestrictionClocks();
        services.AddWebhooks(options.Webhooks, options.Follows);
        services.AddHostedService<AnswerPurge>();
        services.AddConsole();
        services.AddAccess(new AccessOptions { KeyFolder = Path.Combine(options.KeyFolder, "sessions"), Demo = options.Demo, OperatorToken = options.OperatorToken });
        services.AddScoped<SignInForms>();
        services.AddPublicPage(Path.Combine(options.KeyFolder, "origins.key"));
        services.AddApi();
        services.AddScreening(options.Screening);
        services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = options.BehindProxy ? ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedFor : ForwardedHeaders.None;
            foreach (var network in options.Proxies) o.KnownIPNetworks.Add(network);
        });
    }

    private static JournaledEngine OpenJournal(HostOptions options, RulebookLibrary library, ILogger log)
    {
        var kept = options.Journal with { Time = options.Time, OnHealth = now => Tell(log, now) };
        var engine = JournaledEngine.Open(
            options.JournalFolder, kept, options.JournalProgress, out var found, library: hash => library.Find(hash)?.Compiled);
        log.LogInformation("{Beginning}", found.Beginning);
        foreach (var fault in found.SnapshotFaults) log.LogWarning("A snapshot could not be used; the journal has all that it holds: {File}: {Reason}", fault.File, fault.Reason);
        if (found.TruncatedBytes > 0)
            log.LogWarning("The journal ended in {Bytes} torn bytes, written but never acknowledged; they were cut off {File}", found.TruncatedBytes, found.TruncatedFile);
        return engine;
    }

    private static void Tell(ILogger log, JournalHealth now)
    {
        if (now.State == JournalState.Working) log.LogWarning("The journal takes signals again");
        else log.LogError("The journal takes no signals ({State}): {Reason}", now.State, now.Reason);
    }

    private static void Use(WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<ScreenLane>();
        app.Use(SecurityHeaders.AddAsync);
        app.Use(FaultProblems.FillAsync);
        app.UseExceptionHandler(fault => fault.Run(context => context.Response.WriteAsync("The server failed. Load the page again.")));
        app.Use(CrossSiteGuard.CheckAsync);
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseWhen(context => context.Request.Path.StartsWithSegments(ApiModule.Root), api => api.Use(SignedReceipts.ReadAsync).UseMiddleware<RepeatedPosts>());
        app.MapApi();
        PublicEndpoints.Map(app);
        AccessEndpoints.Map(app, app.Services.GetRequiredService<AccessOptions>());
        app.MapConsole();
    }
}
