using System.Text.Json.Nodes;
using Cordon.Access;
using Cordon.Casework.Answers;
using Cordon.Engine.Signals;
using Cordon.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Cordon.Api;

/// <summary>The OpenAPI 3.1 document.</summary>
internal static class ApiDocument
{
    public const string Path = "/openapi/v1.json";
    public const string ReferencePath = "/reference";
    private const string KeyScheme = "key";
    private const string SessionScheme = "session";

    private const string About = """
        The API of a Cordon joint centre.

        Lists come in pages: send `next` of one page as `cursor` of the following request.
        Every error is a problem document (RFC 9457) with a stable `code`, a `nextStep` and `retryable`.
        A POST may carry `Idempotency-Key`: the same request with the same key is carried out once and answered the same for 24 hours, with `Idempotency-Replayed: true`.
        Instants are RFC 3339 in UTC to the microsecond. Amounts are decimal text with an ISO 4217 currency.
        """;

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(DescribeOperation);
        options.AddSchemaTransformer(DescribeSchema);
    });

    /// <summary>The document for programs, and the same as a page for people who are signed in.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi().AllowAnonymous();
        routes.MapScalarApiReference(ReferencePath, Shape).RequireAuthorization();
    }

    // All that the page needs comes from this server; what its makers offer beside it is turned off.
    private static void Shape(ScalarOptions page, HttpContext context) => page
        .WithTitle("Cordon API").WithOpenApiRoutePattern(Path).WithNonce(SecurityHeaders.NonceOf(context))
        .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools();

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo { Title = "Cordon", Version = "v1", Description = About, License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" } };
        // Where the server answers is the reader's business, and differs from one start to the next.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "ck_<id>_<secret>", Description = "An API key of a member; it acts for that member only, within its scopes." },
            [SessionScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "cordon-session", Description = "The session of a person who is signed in." },
        };
        return Task.CompletedTask;
    }

    private static Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var name = metadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName;
        if (name is null || !Policies.Table.TryGetValue(name, out var entry)) return Task.CompletedTask;
        operation.Security = [];
        if (entry.Roles.Count > 0) operation.Security.Add(Requirement(SessionScheme, entry.Roles, context.Document));
        if (entry.Scope is { } scope) operation.Security.Add(Requirement(KeyScheme, [scope], context.Document));
        if (context.Description.HttpMethod == "POST" && Repeats(metadata) is var rule && rule != RepeatRule.ByItem)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = RepeatedPosts.Header,
                In = ParameterLocation.Header,
                Required = rule is RepeatRule.Required or RepeatRule.RequiredSecret,
                Description = "Makes a repeat of this request safe.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 64 },
            });
        }
        return Task.CompletedTask;
    }

    // OpenAPI 3.1 lets any scheme list what it needs, so roles and scopes both stand in the document.
    private static OpenApiSecurityRequirement Requirement(string scheme, IEnumerable<string> needs, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [.. needs] };

    private static RepeatRule Repeats(IList<object> metadata) => metadata.OfType<RepeatMark>().LastOrDefault()?.Rule ?? RepeatRule.Optional;

    private static Task DescribeSchema(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var text = schema.Type & JsonSchemaType.Null | JsonSchemaType.String;
        if (type == typeof(Instant)) (schema.Type, schema.Format) = (text, "date-time");
        else if (type == typeof(MemberCode)) (schema.Type, schema.Pattern) = (text, "^[a-z0-9._-]{1,32}$");
        else if (type == typeof(AccountNumber)) (schema.Type, schema.Pattern) = (text, "^[a-z0-9._-]{1,32}:[!-~]{1,40}$");
        else if (type == typeof(PhoneNumber)) (schema.Type, schema.Pattern) = (text, "^\\+[1-9][0-9]{3,14}$");
        else if (type == typeof(SignalId)) (schema.Type, schema.Pattern) = (text, "^[!-~]{1,64}$");
        else if (type == typeof(Currency)) (schema.Type, schema.Pattern) = (text, "^[A-Z]{3}$");
        else if (type == typeof(PersonToken)) (schema.Type, schema.Pattern) = (text, "^p[0-9]{1,3}-[0-9a-f]{32}$");
        else if (type == typeof(Device)) (schema.Type, schema.Pattern) = (text, "^[0-9]{14,15}$");
        else if (type == typeof(Trunk) || type == typeof(Domain)) schema.Type = text;
        else if (type == typeof(Amount))
        {
            schema.Type = (schema.Type & JsonSchemaType.Null) | JsonSchemaType.Object;
            schema.Required = new HashSet<string> { "amount", "currency" };
            schema.Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["amount"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Decimal text.", Examples = [JsonValue.Create("48000.00")] },
                ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Z]{3}$" },
            };
        }
        return Task.CompletedTask;
    }
}
