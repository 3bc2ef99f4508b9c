using System.Net;
using System.Text;
using System.Text.Json;
using Cordon.Access;
using Cordon.Casework.Members;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Tests.Api;

/// <summary>
/// Every endpoint is tried by every role, by a key of every scope, by the operator's token and by nobody, and what
/// happens is compared with a table that is written here a second time, by hand.
/// </summary>
public sealed class AccessMatrixTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Nobody = "nobody";
    private const string Operator = "operator";
    private const string Centre = "duty-officer police-officer supervisor";
    private const string Everybody = Centre + " regulator appeal-decider member-clerk rule-author auditor administrator";
    private const string Anybody = Everybody + " nobody operator signals:write orders:read orders:write reports:write findings:read verdicts:read audit:read indicators:read indicators:write leads:read leads:write webhooks:write";
    private const string Audit = "auditor supervisor regulator member-clerk audit:read";

    private const string RuleReaders = Centre + " rule-author regulator auditor";

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["screen.one"] = "signals:write operator",
        ["screen.batch"] = "signals:write operator",
        ["screen.health"] = Centre + " rule-author administrator signals:write operator",
        ["verdicts.list"] = Centre + " rule-author member-clerk verdicts:read",
        ["verdicts.get"] = Centre + " rule-author member-clerk verdicts:read",
        ["verdicts.signals"] = Centre + " rule-author member-clerk verdicts:read",
        ["signals.send"] = "signals:write operator",
        ["reports.receive"] = "duty-officer police-officer reports:write operator",
        ["reports.bulk"] = "duty-officer police-officer reports:write operator",
        ["reports.list"] = Centre,
        ["reports.types"] = Centre,
        ["reports.get"] = Centre,
        ["reports.verify"] = "duty-officer police-officer",
        ["reports.choose-type"] = "duty-officer police-officer",
        ["reports.unfounded"] = "duty-officer police-officer",
        ["reports.refute-duplicate"] = "duty-officer police-officer",
        ["cases.list"] = Centre,
        ["cases.get"] = Centre,
        ["cases.trace"] = Centre,
        ["cases.plan"] = Centre,
        ["cases.measure"] = "duty-officer police-officer",
        ["cases.measures"] = "duty-officer police-officer",
        ["cases.liability"] = Centre,
        ["cases.liability-pdf"] = Centre,
        ["orders.plan"] = Centre,
        ["reports.read"] = "duty-officer police-officer",
        ["series.linked"] = Centre,
        ["series.get"] = Centre,
        ["series.decide"] = "duty-officer police-officer",
        ["cases.follow"] = "duty-officer police-officer",
        ["cases.room"] = Centre,
        ["cases.assign"] = Centre,
        ["cases.hand-over"] = Centre,
        ["cases.propose-closing"] = Centre,
        ["cases.close"] = Centre,
        ["cases.refuse-closing"] = Centre,
        ["cases.reopen"] = Centre,
        ["cases.set-task"] = Centre,
        ["cases.end-task"] = Centre,
        ["cases.write-note"] = Centre,
        ["cases.add-evidence"] = Centre,
        ["cases.get-evidence"] = Centre,
        ["cases.remove-evidence"] = Centre,
        ["situation.now"] = Centre + " regulator",
        ["traces.follow"] = Centre + " operator",
        ["traces.origins"] = Centre + " operator",
        ["orders.list"] = Centre + " member-clerk orders:read",
        ["orders.get"] = Centre + " member-clerk orders:read",
        ["orders.issue"] = "police-officer",
        ["orders.approve"] = "police-officer",
        ["orders.send-back"] = "police-officer",
        ["orders.unfreeze"] = "duty-officer police-officer",
        ["orders.carried-out"] = "member-clerk orders:write",
        ["orders.let-go"] = "member-clerk orders:write",
        ["orders.acknowledge"] = "member-clerk orders:write",
        ["orders.held"] = "member-clerk orders:write",
        ["orders.answer"] = "member-clerk orders:write",
        ["orders.decline"] = "member-clerk orders:write",
        ["orders.freeze"] = "duty-officer police-officer",
        ["orders.renew"] = "police-officer",
        ["orders.paid"] = "member-clerk orders:write",
        ["appeals.list"] = Centre + " appeal-decider member-clerk orders:read",
        ["appeals.get"] = Centre + " appeal-decider member-clerk orders:read",
        ["appeals.receive"] = "duty-officer police-officer member-clerk orders:write",
        ["appeals.decide"] = "appeal-decider police-officer",
        ["notices.list"] = Centre + " appeal-decider member-clerk orders:read",
        ["notices.get"] = Centre + " appeal-decider member-clerk orders:read",
        ["notices.pdf"] = Centre + " appeal-decider member-clerk orders:read",
        ["webhooks.get"] = Centre + " administrator member-clerk webhooks:write",
        ["webhooks.register"] = "administrator member-clerk webhooks:write",
        ["webhooks.disable"] = "administrator member-clerk webhooks:write",
        ["webhooks.test"] = "administrator member-clerk webhooks:write",
        ["receipt-keys.list"] = Centre + " administrator member-clerk",
        ["receipt-keys.register"] = "administrator member-clerk",
        ["receipt-keys.retire"] = "administrator member-clerk",
        ["deliveries.list"] = Centre + " administrator member-clerk orders:read",
        ["deliveries.standing"] = Centre + " administrator member-clerk",
        ["deliveries.send-again"] = Centre + " administrator member-clerk webhooks:write",
        ["webhook-keys.rotate"] = "administrator",
        ["webhook-keys.retire"] = "administrator",
        ["webhook-keys.published"] = Anybody,
        ["restitutions.list"] = Centre,
        ["restitutions.get"] = Centre,
        ["restitutions.open"] = "duty-officer police-officer",
        ["restitutions.object"] = "duty-officer police-officer",
        ["restitutions.announce"] = "police-officer",
        ["restitutions.settle"] = "police-officer",
        ["restitutions.decide"] = "police-officer",
        ["restitutions.reopen"] = "police-officer",
        ["orders.release"] = "police-officer",
        ["orders.withdraw"] = "duty-officer police-officer",
        ["findings.list"] = Centre + " regulator auditor member-clerk findings:read",
        ["controls.list"] = Centre + " regulator auditor member-clerk findings:read",
        ["controls.detail"] = Centre + " regulator auditor member-clerk findings:read",
        ["questions.list"] = Centre + " regulator auditor member-clerk findings:read",
        ["questions.get"] = Centre + " regulator auditor member-clerk findings:read",
        ["questions.answer"] = "member-clerk orders:write",
        ["rectifications.list"] = Centre + " regulator auditor member-clerk findings:read",
        ["rectifications.get"] = Centre + " regulator auditor member-clerk findings:read",
        ["rectifications.plan"] = "member-clerk",
        ["rectifications.claim"] = "member-clerk",
        ["rectifications.contest"] = "member-clerk",
        ["rectifications.decide-contest"] = Centre,
        ["rectifications.inspect"] = Centre,
        ["ladder.list"] = Centre + " regulator auditor appeal-decider member-clerk findings:read",
        ["ladder.get"] = Centre + " regulator auditor appeal-decider member-clerk findings:read",
        ["ladder.pdf"] = Centre + " regulator auditor appeal-decider member-clerk findings:read",
        ["ladder.raise"] = "supervisor",
        ["ladder.decide"] = "supervisor",
        ["ladder.delist"] = "supervisor",
        ["ladder.appeal"] = "member-clerk",
        ["ladder.decide-appeal"] = "supervisor appeal-decider",
        ["objectives.list"] = Centre + " regulator auditor member-clerk findings:read",
        ["objectives.get"] = Centre + " regulator auditor member-clerk findings:read",
        ["objectives.agenda"] = Centre + " regulator auditor",
        ["objectives.draft"] = "supervisor",
        ["objectives.adopt"] = "supervisor",
        ["objectives.end"] = "supervisor",
        ["objectives.raise"] = "member-clerk supervisor",
        ["objectives.answer"] = "member-clerk supervisor",
        ["evaluations.list"] = Centre + " regulator auditor appeal-decider member-clerk findings:read",
        ["evaluations.schemes"] = Centre + " regulator auditor appeal-decider member-clerk findings:read",
        ["evaluations.get"] = Centre + " regulator auditor appeal-decider member-clerk findings:read",
        ["evaluations.provisional"] = Centre + " regulator auditor appeal-decider member-clerk findings:read",
        ["evaluations.draft"] = "supervisor",
        ["evaluations.change"] = "supervisor",
        ["evaluations.freeze"] = "supervisor",
        ["evaluations.withdraw"] = "supervisor",
        ["evaluations.read-again"] = "supervisor",
        ["evaluations.publish"] = "supervisor",
        ["evaluations.contest"] = "member-clerk",
        ["evaluations.decide-contest"] = "supervisor appeal-decider",
        ["bars.list"] = Centre + " regulator auditor appeal-decider member-clerk findings:read",
        ["rulebooks.list"] = RuleReaders,
        ["rulebooks.get"] = RuleReaders,
        ["rulebooks.files"] = RuleReaders,
        ["rulebooks.history"] = RuleReaders,
        ["rulebooks.diff"] = RuleReaders,
        ["rulebooks.active"] = RuleReaders,
        ["rulebooks.begin"] = "rule-author",
        ["rulebooks.write"] = "rule-author",
        ["rulebooks.try"] = "rule-author",
        ["rulebooks.check"] = "rule-author",
        ["rulebooks.attach"] = "rule-author",
        ["rulebooks.withdraw"] = "rule-author",
        ["rulebooks.shadow"] = RuleReaders,
        ["rulebooks.shadow-start"] = "rule-author",
        ["rulebooks.shadow-stop"] = "rule-author",
        ["rulebooks.approve"] = "rule-author supervisor",
        ["rulebooks.send-back"] = "rule-author supervisor",
        ["rulebooks.activate"] = "rule-author supervisor",
        ["rulebooks.roll-back"] = "rule-author supervisor",
        ["rulebooks.confirm"] = "rule-author supervisor",
        ["backtests.list"] = RuleReaders,
        ["backtests.get"] = RuleReaders,
        ["backtests.start"] = "rule-author",
        ["backtests.stop"] = "rule-author",
        ["lists.list"] = RuleReaders,
        ["lists.put"] = "rule-author supervisor",
        ["lists.take-off"] = "rule-author supervisor",
        ["warnings.list"] = Centre,
        ["warnings.get"] = Centre,
        ["warnings.plan"] = Centre,
        ["warnings.review"] = Centre + " regulator",
        ["warnings.attempt"] = Centre,
        ["warnings.give-up"] = Centre,
        ["warnings.dismiss"] = Centre,
        ["indicators.list"] = RuleReaders + " member-clerk indicators:read",
        ["indicators.get"] = RuleReaders + " member-clerk indicators:read",
        ["indicators.propose"] = Centre + " rule-author member-clerk indicators:write",
        ["indicators.propose-from-case"] = Centre,
        ["indicators.confirm"] = Centre,
        ["indicators.dismiss"] = Centre,
        ["indicators.prolong"] = Centre,
        ["indicators.recall"] = Centre,
        ["indicators.vote"] = "member-clerk indicators:write",
        ["indicators.sight"] = "member-clerk indicators:write",
        ["indicators.feed"] = "member-clerk indicators:read",
        ["indicators.receive"] = "member-clerk indicators:read",
        ["duties.list"] = Everybody,
        ["restrictions.list"] = Centre + " regulator auditor member-clerk orders:read",
        ["restrictions.get"] = Centre + " regulator auditor member-clerk orders:read",
        ["restrictions.terms"] = Centre + " regulator auditor member-clerk orders:read",
        ["restrictions.notice"] = Centre + " regulator auditor member-clerk orders:read",
        ["restrictions.propose"] = "police-officer",
        ["restrictions.approve"] = "police-officer",
        ["restrictions.refuse"] = "police-officer",
        ["restrictions.lift"] = "police-officer",
        ["restrictions.keep"] = "police-officer",
        ["restrictions.serve"] = "police-officer member-clerk",
        ["restrictions.confirm"] = "member-clerk orders:write",
        ["leads.list"] = Centre + " member-clerk regulator auditor leads:read",
        ["leads.kinds"] = Centre + " member-clerk regulator auditor leads:read",
        ["leads.get"] = Centre + " member-clerk regulator auditor leads:read",
        ["leads.send"] = Centre + " member-clerk regulator leads:write",
        ["leads.acknowledge"] = Centre + " member-clerk regulator leads:write",
        ["leads.feed-back"] = Centre + " member-clerk regulator leads:write",
        ["leads.pass-on"] = Centre + " member-clerk regulator leads:write",
        ["leads.return"] = Centre + " member-clerk regulator leads:write",
        ["leads.withdraw"] = Centre + " member-clerk regulator leads:write",
        ["leads.confirm"] = Centre,
        ["leads.dismiss"] = Centre,
        ["conferences.list"] = Centre + " regulator auditor member-clerk findings:read",
        ["conferences.get"] = Centre + " regulator auditor member-clerk findings:read",
        ["conferences.minutes"] = Centre + " regulator auditor member-clerk findings:read",
        ["conferences.add-item"] = "supervisor",
        ["conferences.strike-item"] = "supervisor",
        ["conferences.open"] = "supervisor",
        ["conferences.decide"] = "supervisor",
        ["conferences.set-task"] = "supervisor",
        ["conferences.judge-task"] = "supervisor",
        ["conferences.close"] = "supervisor",
        ["conferences.correct"] = "supervisor",
        ["conferences.convene"] = "supervisor",
        ["conferences.position"] = Centre + " member-clerk regulator",
        ["conferences.propose"] = Centre + " member-clerk regulator",
        ["conferences.vote"] = Centre + " member-clerk regulator",
        ["conferences.finish-task"] = Centre + " member-clerk regulator",
        ["conferences.sign"] = Centre,
        ["regions.list"] = Everybody,
        ["regions.tell"] = "administrator",
        ["officers.list"] = Centre + " regulator administrator member-clerk",
        ["officers.name"] = "administrator",
        ["members.list"] = Everybody,
        ["members.enrol"] = "administrator",
        ["keys.list"] = "administrator",
        ["keys.create"] = "administrator",
        ["keys.revoke"] = "administrator",
        ["people.list"] = "administrator",
        ["people.add"] = "administrator",
        ["people.set-roles"] = "administrator",
        ["people.disable"] = "administrator",
        ["people.enable"] = "administrator",
        ["people.set-password"] = "administrator",
        ["audit.key"] = Audit,
        ["audit.checkpoint"] = Audit,
        ["audit.checkpoints"] = Audit,
        ["audit.prove-inclusion"] = Audit,
        ["audit.prove-consistency"] = Audit,
        ["public.report"] = Anybody,
        ["public.report.send"] = Anybody,
        ["public.state"] = Anybody,
        ["public.state.send"] = Anybody,
        ["access.sign-in"] = Anybody,
        ["access.sign-in.send"] = Anybody,
        ["access.code"] = Anybody,
        ["access.code.send"] = Anybody,
        ["access.sign-out"] = Anybody,
        ["access.sign-out.send"] = Anybody,
        ["access.setup"] = Anybody,
        ["access.setup.send"] = Anybody,
        ["access.totp"] = Everybody,
        ["access.totp.confirm"] = Everybody,
        ["access.totp.end"] = Everybody,
        ["/openapi/{documentName}.json"] = Anybody,
        ["/"] = Everybody,
        ["/reports"] = Everybody,
        ["/reports/new"] = Everybody,
        ["/reports/{Id:guid}"] = Everybody,
        ["/cases"] = Everybody,
        ["/cases/{Id:guid}"] = Everybody,
        ["/cases/{Id:guid}/trace"] = Everybody,
        ["/cases/{Id:guid}/series"] = Everybody,
        ["/orders"] = Everybody,
        ["/deliveries"] = Everybody,
        ["/ladder"] = Everybody,
        ["/evaluations"] = Everybody,
        ["/objectives"] = Everybody,
        ["/conferences"] = Everybody,
        ["/leads"] = Everybody,
        ["/leads/{Id:guid}"] = Everybody,
        ["/conferences/{Id:guid}"] = Everybody,
        ["/evaluations/{Id:guid}"] = Everybody,
        ["/rectifications"] = Everybody,
        ["/rectifications/{Id:guid}"] = Everybody,
        ["/appeals"] = Everybody,
        ["/restrictions"] = Everybody,
        ["/restrictions/{Id:guid}"] = Everybody,
        ["/restitutions"] = Everybody,
        ["/restitutions/{Id:guid}"] = Everybody,
        ["/members"] = Everybody,
        ["/members/{Code}"] = Everybody,
        ["/duties"] = Everybody,
        ["/controls"] = Everybody,
        ["/verdicts"] = Everybody,
        ["/verdicts/{Sequence:long}"] = Everybody,
        ["/rulebooks"] = Everybody,
        ["/rulebooks/{Id:guid}"] = Everybody,
        ["/lists"] = Everybody,
        ["/indicators"] = Everybody,
        ["/warnings"] = Everybody,
        ["/reference/{documentName?}"] = Everybody,
        ["/reference/scalar.js"] = Anybody,
        ["/reference/scalar.aspnetcore.js"] = Anybody,
        ["/reference/favicon.svg"] = Anybody,
        ["/not-found"] = Everybody,
        ["/answer/{Status:int}"] = Anybody,
        ["{**path:file}"] = Anybody,
        ["/_framework/opaque-redirect"] = Everybody,
        ["/_blazor"] = Everybody,
        ["/_blazor/negotiate"] = Everybody,
        ["/_blazor/disconnect/"] = Everybody,
        ["/_blazor/initializers/"] = Everybody,
    };

    [Fact]
    public async Task Every_endpoint_lets_in_exactly_whom_the_table_says()
    {
        var callers = await CallersAsync();
        var faults = new List<string>();
        var seen = new HashSet<string>();
        foreach (var endpoint in Endpoints())
        {
            var name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.RoutePattern.RawText!;
            if (!seen.Add(name)) continue;
            if (!Expected.TryGetValue(name, out var expected))
            {
                faults.Add($"{name} is not in the table");
                continue;
            }
            var allowed = new List<string>();
            foreach (var (caller, client) in callers)
                if (await IsLetInAsync(client, endpoint)) allowed.Add(caller);
            var wanted = expected.Split(' ').Order(StringComparer.Ordinal).ToList();
            if (!wanted.SequenceEqual(allowed.Order(StringComparer.Ordinal)))
                faults.Add($"{name}: more {string.Join(' ', allowed.Except(wanted))}; less {string.Join(' ', wanted.Except(allowed))}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(Expected.Keys.Except(seen));
    }

    [Fact]
    public void The_table_of_policies_names_no_endpoint_that_is_not_there()
    {
        var names = Endpoints().Select(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).ToHashSet();
        // The demo's sign-in is mapped under demo only.
        Assert.Equal(["access.demo"], Policies.Table.Keys.Where(k => !names.Contains(k)));
    }

    [Fact]
    public async Task A_path_that_nothing_declares_needs_a_person_too()
    {
        using var nobody = host.Client();
        using var refused = await nobody.GetAsync("/no/such/page", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var key = await host.KeyAsync(ApiHost.BankA, [.. KeyScopes.All]);
        using var forbidden = await key.GetAsync("/no/such/page", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    /// <summary>All endpoints but the files that pages are made of.</summary>
    private List<RouteEndpoint> Endpoints() => [.. host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => !e.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor"))];

    private async Task<List<(string Name, HttpClient Client)>> CallersAsync()
    {
        List<(string, HttpClient)> callers = [(Nobody, host.Client()), (Operator, host.Client(ApiHost.OperatorToken))];
        foreach (var role in Roles.All.Where(r => r != Roles.System)) callers.Add((role, await host.PersonAsync(role)));
        foreach (var scope in KeyScopes.All) callers.Add((scope, await host.KeyAsync(ApiHost.BankA, scope)));
        return callers;
    }

    private static async Task<bool> IsLetInAsync(HttpClient client, RouteEndpoint endpoint)
    {
        var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
        var path = new StringBuilder();
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
                path.Append(part switch
                {
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" or "Id" or "other" } => "01900000-0000-7000-8000-000000000001",
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "documentName" } => "v1",
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "Status" } => "404",
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "path" } => "access.css",
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "kind" } => "nothing",
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "sequence" or "Sequence" or "number" or "loss" } => "1",
                    _ => "bank-a:1",
                });
        }
        using var request = new HttpRequestMessage(new HttpMethod(method), path.ToString());
        if (method is "POST" or "PUT")
        {
            var types = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes;
            request.Content = new StringContent("[]", Encoding.UTF8, types is null || types.Contains("application/json") ? "application/json" : types[^1]);
        }
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode < 500, $"{method} {path}: {(int)answer.StatusCode}");
        if (answer.StatusCode == HttpStatusCode.Unauthorized) return false;
        if (answer.StatusCode != HttpStatusCode.Forbidden) return true;
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return problem.RootElement.GetProperty("code").GetString() != "auth/forbidden";
    }
}
