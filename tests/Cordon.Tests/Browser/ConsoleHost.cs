using System.Security.Claims;
using System.Text.Encodings.Web;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Casework.Appeals;
using Cordon.Casework.Cases;
using Cordon.Casework.Conferences;
using Cordon.Casework.Controls;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Findings;
using Cordon.Casework.Indicators;
using Cordon.Casework.Leads;
using Cordon.Casework.Lists;
using Cordon.Casework.Members;
using Cordon.Casework.Objectives;
using Cordon.Casework.Orders;
using Cordon.Casework.Questions;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Registers;
using Cordon.Casework.Reports;
using Cordon.Casework.Restitution;
using Cordon.Casework.Restrictions;
using Cordon.Casework.Rulebooks;
using Cordon.Casework.Series;
using Cordon.Casework.Warnings;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using Cordon.Journal;
using Cordon.PublicPage;
using Cordon.Screening;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using Cordon.WebConsole;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Cordon.Tests.Browser;

/// <summary>
/// The console over the real façades, a database and a journal of its own, and a clock that the test moves.
/// Only the sign-in is the test's: a cookie tells who one is.
/// </summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    public const string PersonCookie = "test-person";

    private readonly WebApplication app;
    private readonly CaseworkDatabase database;
    private readonly string journal;

    private ConsoleHost(WebApplication app, CaseworkDatabase database, JournaledEngine engine, string journal)
    {
        (this.app, this.database, Engine, this.journal) = (app, database, engine, journal);
        Address = app.Urls.Single();
    }

    public string Address { get; }

    public FakeTimeProvider Time => database.Time;

    public JournaledEngine Engine { get; }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<ConsoleHost> StartAsync()
    {
        var database = await CaseworkDatabase.CreateAsync(Provider.Sqlite);
        var journal = Directory.CreateTempSubdirectory("cordon-journal-").FullName;
        // No waiting for a shadow here; that it lasts its time is tested at the desk.
        var rules = new RulebookOptions
        {
            Folder = Path.Combine(journal, "rulebooks"), Shipped = Path.Combine(RepositoryFolder.Root, "packs", "cn", "rulebook"), ShadowAtLeast = TimeSpan.Zero,
        };
        var library = new RulebookLibrary(rules.Folder, rules.Shipped);
        var engine = JournaledEngine.Open(Path.Combine(journal, "journal"), JournalOptions.Default, null, out _, library.Shipped.Compiled, hash => library.Find(hash)?.Compiled);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ConsoleModule).Assembly.GetName().Name });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TimeProvider>(database.Time).AddSingleton(database.Store).AddSingleton(engine).AddSingleton(Duties())
            .AddSingleton<RegionRegister>().AddSingleton<MemberRegister>().AddOrders(ShippedOrders.CompetenceFile, ShippedOrders.ClockFile).AddAppeals(new AppealOptions { NoticeFile = ShippedOrders.NoticeFile }).AddDeliveries().AddSingleton<FindingDesk>()
            .AddCases(Path.Combine(journal, "evidence")).AddQuestions().AddConferences(null).AddLeads(Path.Combine(RepositoryFolder.Root, "packs", "cn", "leads.yaml")).AddRestrictions(Path.Combine(RepositoryFolder.Root, "packs", "cn", "restrictions.yaml")).AddSeries().AddRegisters().AddLists().AddIndicators()
            .AddWarnings(new WarningOptions { PlanFile = Path.Combine(RepositoryFolder.Root, "packs", "cn", "warnings.yaml"), OutgoingFolder = Path.Combine(journal, "outgoing") })
            .AddControls(Path.Combine(RepositoryFolder.Root, "packs", "cn", "controls.yaml"))
            .AddRestitution(Path.Combine(RepositoryFolder.Root, "packs", "cn", "calendar.yaml"))
            .AddRectifications(Path.Combine(RepositoryFolder.Root, "packs", "cn", "ladder.yaml"))
            .AddEvaluations(Path.Combine(RepositoryFolder.Root, "packs", "cn", "evaluation.yaml"))
            .AddObjectives(Path.Combine(RepositoryFolder.Root, "packs", "cn", "objectives.yaml")).AddRulebooks(rules).AddConsole();
        builder.Services.AddReports(Path.Combine(RepositoryFolder.Root, "packs", "cn", "fraud-types.yaml"));
        builder.Services.AddSingleton(new TextMask(Masking.Mask)).AddPublicPage(Path.Combine(journal, "origins.key"));
        builder.Services.AddSingleton<IIdSource>(new CountedIds(3));
        builder.Services.AddScreening(new ScreeningOptions());
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, CookieTells>("test", null);
        builder.Services.AddAuthorization();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var app = builder.Build();
        // Stricter than any host: neither inline nor evaluated script.
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'";
            return next(context);
        });
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        PublicEndpoints.Map(app);
        app.MapConsole();
        app.MapGet("/sign-in", () => "the sign-in");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ConsoleHost(app, database, engine, journal);
    }

    /// <summary>Submits signals and lets casework catch up.</summary>
    public async Task TellAsync(IEnumerable<Signal> signals)
    {
        foreach (var batch in signals.Chunk(JournalOptions.Default.BatchRecords))
            await Engine.SubmitAsync([.. batch.Select(s => new SignalAccepted(s))]);
        while (await Get<JournalFollower>().StepAsync() > 0)
        {
            // A step takes a bounded batch.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Engine.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(journal, recursive: true);
    }

    private static DutyPack Duties()
    {
        var reading = DutyPack.Load(Path.Combine(RepositoryFolder.Root, "packs", "cn", "duties"));
        return reading.Pack ?? throw new InvalidOperationException(string.Join('\n', reading.Faults));
    }

    /// <summary>The cookie: <c>role+role|member|name</c>.</summary>
    private sealed class CookieTells(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Cookies[PersonCookie] is not { } cookie) return Task.FromResult(AuthenticateResult.NoResult());
            var parts = Uri.UnescapeDataString(cookie).Split('|');
            var claims = parts[0].Split('+').Select(r => new Claim(ClaimTypes.Role, r)).ToList();
            claims.Add(new Claim(Caller.ActorClaim, "person:" + parts[2]));
            claims.Add(new Claim(ClaimTypes.Name, parts[2]));
            if (parts[1].Length > 0) claims.Add(new Claim(Caller.MemberClaim, parts[1]));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "test")), "test")));
        }

        protected override Task HandleChallengeAsync(AuthenticationProperties properties)
        {
            Response.Redirect("/sign-in");
            return Task.CompletedTask;
        }
    }
}
