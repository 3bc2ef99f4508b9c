using System.Text.Json;
using System.Text.Json.Serialization;
using Cordon.Access;
using Cordon.Casework;
using Cordon.Casework.Appeals;
using Cordon.Casework.Audit;
using Cordon.Casework.Cases;
using Cordon.Casework.Conferences;
using Cordon.Casework.Controls;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Findings;
using Cordon.Casework.Indicators;
using Cordon.Casework.Leads;
using Cordon.Casework.Liability;
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
using Cordon.Screening;

namespace Cordon.Api;

/// <summary>Adds the API: its JSON, problems, document and endpoints.</summary>
internal static class ApiModule
{
    public const string Root = "/api/v1";

    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o => Shape(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddExceptionHandler<FaultProblems>();
        services.AddApiDocument();
    }

    /// <summary>A caller's mistake in a name, a missing or a doubled field is told, never guessed over.</summary>
    private static void Shape(JsonSerializerOptions json)
    {
        CaseworkJson.Configure(json);
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.RespectRequiredConstructorParameters = true;
        json.RespectNullableAnnotations = true;
        json.NumberHandling = JsonNumberHandling.Strict;
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root).WithDeclaredPolicies().DisableAntiforgery();
        api.MapOrders();
        api.MapAppeals();
        api.MapRestrictions();
        api.MapDeliveries();
        routes.MapGroup("").WithDeclaredPolicies().MapPublishedKeys();
        api.MapFindings();
        api.MapControls();
        api.MapMembers();
        api.MapDuties();
        api.MapAudit();
        api.MapCases();
        api.MapSeries();
        api.MapLiability();
        api.MapRegisters();
        api.MapLists();
        api.MapIndicators();
        api.MapWarnings();
        api.MapRestitution();
        api.MapQuestions();
        api.MapLeads();
        api.MapRectifications();
        api.MapEvaluations();
        api.MapObjectives();
        api.MapConferences();
        api.MapRulebooks();
        api.MapReports();
        ReportEndpoints.Map(api);
        BulkReportEndpoints.Map(api);
        ReadingEndpoints.Map(api);
        SignalEndpoints.Map(api);
        TraceEndpoints.Map(api);
        ScreenEndpoints.Map(api, routes.ServiceProvider.GetRequiredService<ScreenEndpoints>());
        VerdictEndpoints.Map(api);
        routes.MapApiDocument();
    }
}
