using Cordon.Casework.Answers;
using Cordon.Casework.Members;
using Microsoft.AspNetCore.Authorization;

namespace Cordon.Access;

/// <summary>Who may call an endpoint. A person needs one of the roles, a key the scope; neither needs both.</summary>
/// <param name="Roles">Roles of people; empty for no person.</param>
/// <param name="Scope">The scope of a key; null for no key.</param>
/// <param name="Open">Anybody, signed in or not.</param>
internal sealed record Entry(IReadOnlyList<string> Roles, string? Scope = null, bool Open = false)
{
    public static Entry Anybody { get; } = new([], Open: true);

    public static Entry KeyOnly(string scope) => new([], scope);

    public static Entry For(params string[] roles) => new(roles);

    public Entry OrKey(string scope) => this with { Scope = scope };
}

/// <summary>
/// The one table of who may call what. An endpoint of Cordon that is missing here stops the program at its start, and
/// everything else (the console's pages and its circuit) needs a person who is signed in.
/// </summary>
internal static class Policies
{
    /// <summary>Everybody who works for the centre; the pages about cases need one of these.</summary>
    public const string Centre = "centre";

    /// <summary>Those who may see duties and findings.</summary>
    public const string Findings = "findings";

    /// <summary>Those with an inbox of orders: the centre and clerks.</summary>
    public const string Orders = "orders";

    private static readonly Entry Office = Entry.For([.. Roles.Centre]);
    private static readonly Entry Everybody = Entry.For([.. Roles.All.Where(r => r != Roles.System)]);
    private static readonly Entry Administrators = Entry.For(Roles.Administrator);
    private static readonly Entry OrderReaders = Entry.For([.. Roles.Centre, Roles.MemberClerk]);
    private static readonly Entry AppealReaders = Entry.For([.. Roles.Centre, Roles.AppealDecider, Roles.MemberClerk]).OrKey(KeyScopes.OrdersRead);
    private static readonly Entry RestrictionReaders = Entry.For([.. Roles.Centre, Roles.Regulator, Roles.Auditor, Roles.MemberClerk]).OrKey(KeyScopes.OrdersRead);
    private static readonly Entry FindingReaders = Entry.For([.. Roles.Centre, Roles.Regulator, Roles.Auditor, Roles.MemberClerk]);
    private static readonly Entry LadderReaders = Entry.For([.. FindingReaders.Roles, Roles.AppealDecider]);
    private static readonly Entry VerdictReaders = Entry.For([.. Roles.Centre, Roles.RuleAuthor, Roles.MemberClerk]).OrKey(KeyScopes.VerdictsRead);
    private static readonly Entry AuditReaders = Entry.For(Roles.Auditor, Roles.Supervisor, Roles.Regulator, Roles.MemberClerk).OrKey(KeyScopes.AuditRead);
    // Members, authorities and the centre itself sit at the conference as departments.
    private static readonly Entry Departments = Entry.For([.. Roles.Centre, Roles.MemberClerk, Roles.Regulator]);
    private static readonly Entry Addressees = Entry.For(Roles.MemberClerk).OrKey(KeyScopes.OrdersWrite);

    // The centre, members and authorities hand leads to each other; auditors read them.
    private static readonly Entry LeadWorkers = Entry.For([.. Roles.Centre, Roles.MemberClerk, Roles.Regulator]).OrKey(KeyScopes.LeadsWrite);
    private static readonly Entry LeadReaders = Entry.For([.. Roles.Centre, Roles.MemberClerk, Roles.Regulator, Roles.Auditor]).OrKey(KeyScopes.LeadsRead);

    private static readonly Entry EndpointReaders = Entry.For([.. Roles.Centre, Roles.Administrator, Roles.MemberClerk]);

    private static readonly Entry RuleAuthors = Entry.For(Roles.RuleAuthor);
    private static readonly Entry RuleDeciders = Entry.For(Roles.RuleAuthor, Roles.Supervisor);
    private static readonly Entry RuleReaders = Entry.For([.. Roles.Centre, Roles.RuleAuthor, Roles.Regulator, Roles.Auditor]);

    private static readonly Entry IndicatorReaders = Entry.For([.. RuleReaders.Roles, Roles.MemberClerk]).OrKey(KeyScopes.IndicatorsRead);

    /// <summary>By endpoint name.</summary>
    public static IReadOnlyDictionary<string, Entry> Table { get; } = new Dictionary<string, Entry>(StringComparer.Ordinal)
    {
        ["cases.room"] = Office,
        ["cases.assign"] = Office,
        ["cases.hand-over"] = Office,
        ["cases.propose-closing"] = Office,
        ["cases.close"] = Office,
        ["cases.refuse-closing"] = Office,
        ["cases.reopen"] = Office,
        ["cases.set-task"] = Office,
        ["cases.end-task"] = Office,
        ["cases.write-note"] = Office,
        ["cases.add-evidence"] = Office,
        ["cases.get-evidence"] = Office,
        ["cases.remove-evidence"] = Office,
        ["orders.list"] = OrderReaders.OrKey(KeyScopes.OrdersRead),
        ["orders.get"] = OrderReaders.OrKey(KeyScopes.OrdersRead),
        ["orders.issue"] = Entry.For(Roles.PoliceOfficer),
        ["orders.approve"] = Entry.For(Roles.PoliceOfficer),
        ["orders.send-back"] = Entry.For(Roles.PoliceOfficer),
        ["orders.unfreeze"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["orders.carried-out"] = Addressees,
        ["orders.let-go"] = Addressees,
        ["orders.acknowledge"] = Addressees,
        ["orders.held"] = Addressees,
        ["orders.answer"] = Addressees,
        ["orders.decline"] = Addressees,
        ["orders.freeze"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["orders.renew"] = Entry.For(Roles.PoliceOfficer),
        ["orders.paid"] = Addressees,
        ["orders.release"] = Entry.For(Roles.PoliceOfficer),
        ["orders.withdraw"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),

        ["leads.list"] = LeadReaders,
        ["leads.kinds"] = LeadReaders,
        ["leads.get"] = LeadReaders,
        ["leads.send"] = LeadWorkers,
        ["leads.acknowledge"] = LeadWorkers,
        ["leads.feed-back"] = LeadWorkers,
        ["leads.pass-on"] = LeadWorkers,
        ["leads.return"] = LeadWorkers,
        ["leads.withdraw"] = LeadWorkers,
        ["leads.confirm"] = Office,
        ["leads.dismiss"] = Office,

        ["appeals.list"] = AppealReaders,
        ["appeals.get"] = AppealReaders,
        ["appeals.receive"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer, Roles.MemberClerk).OrKey(KeyScopes.OrdersWrite),
        ["appeals.decide"] = Entry.For(Roles.AppealDecider, Roles.PoliceOfficer),
        ["notices.list"] = AppealReaders,
        ["notices.get"] = AppealReaders,
        ["notices.pdf"] = AppealReaders,

        ["restrictions.list"] = RestrictionReaders,
        ["restrictions.get"] = RestrictionReaders,
        ["restrictions.terms"] = RestrictionReaders,
        ["restrictions.notice"] = RestrictionReaders,
        ["restrictions.propose"] = Entry.For(Roles.PoliceOfficer),
        ["restrictions.approve"] = Entry.For(Roles.PoliceOfficer),
        ["restrictions.refuse"] = Entry.For(Roles.PoliceOfficer),
        ["restrictions.lift"] = Entry.For(Roles.PoliceOfficer),
        ["restrictions.keep"] = Entry.For(Roles.PoliceOfficer),
        ["restrictions.serve"] = Entry.For(Roles.PoliceOfficer, Roles.MemberClerk),
        ["restrictions.confirm"] = Addressees,

        ["webhooks.get"] = EndpointReaders.OrKey(KeyScopes.WebhooksWrite),
        ["webhooks.register"] = Entry.For(Roles.Administrator, Roles.MemberClerk).OrKey(KeyScopes.WebhooksWrite),
        ["webhooks.disable"] = Entry.For(Roles.Administrator, Roles.MemberClerk).OrKey(KeyScopes.WebhooksWrite),
        ["webhooks.test"] = Entry.For(Roles.Administrator, Roles.MemberClerk).OrKey(KeyScopes.WebhooksWrite),
        ["receipt-keys.list"] = EndpointReaders,
        ["receipt-keys.register"] = Entry.For(Roles.Administrator, Roles.MemberClerk),
        ["receipt-keys.retire"] = Entry.For(Roles.Administrator, Roles.MemberClerk),
        ["deliveries.list"] = EndpointReaders.OrKey(KeyScopes.OrdersRead),
        ["deliveries.standing"] = EndpointReaders,
        ["deliveries.send-again"] = EndpointReaders.OrKey(KeyScopes.WebhooksWrite),
        ["webhook-keys.rotate"] = Administrators,
        ["webhook-keys.retire"] = Administrators,
        ["webhook-keys.published"] = Entry.Anybody,

        ["restitutions.list"] = Office,
        ["restitutions.get"] = Office,
        ["restitutions.open"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["restitutions.object"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["restitutions.announce"] = Entry.For(Roles.PoliceOfficer),
        ["restitutions.settle"] = Entry.For(Roles.PoliceOfficer),
        ["restitutions.decide"] = Entry.For(Roles.PoliceOfficer),
        ["restitutions.reopen"] = Entry.For(Roles.PoliceOfficer),

        ["reports.receive"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer).OrKey(KeyScopes.ReportsWrite),
        ["reports.bulk"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer).OrKey(KeyScopes.ReportsWrite),
        ["reports.list"] = Office,
        ["reports.types"] = Office,
        ["reports.get"] = Office,
        ["reports.verify"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["reports.choose-type"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["reports.unfounded"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["reports.refute-duplicate"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["reports.read"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["cases.list"] = Office,
        ["cases.get"] = Office,
        ["cases.trace"] = Office,
        ["cases.plan"] = Office,
        ["cases.measure"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["cases.measures"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["cases.liability"] = Office,
        ["cases.liability-pdf"] = Office,
        ["orders.plan"] = Office,
        ["series.linked"] = Office,
        ["series.get"] = Office,
        ["series.decide"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["cases.follow"] = Entry.For(Roles.DutyOfficer, Roles.PoliceOfficer),
        ["situation.now"] = Entry.For([.. Roles.Centre, Roles.Regulator]),

        ["screen.one"] = Entry.KeyOnly(KeyScopes.SignalsWrite),
        ["screen.batch"] = Entry.KeyOnly(KeyScopes.SignalsWrite),
        ["screen.health"] = Entry.For([.. Roles.Centre, Roles.RuleAuthor, Roles.Administrator]).OrKey(KeyScopes.SignalsWrite),
        ["verdicts.list"] = VerdictReaders,
        ["verdicts.get"] = VerdictReaders,
        ["verdicts.signals"] = VerdictReaders,

        ["signals.send"] = Entry.KeyOnly(KeyScopes.SignalsWrite),
        ["traces.follow"] = Office.OrKey(KeySignIn.OperatorScope),
        ["traces.origins"] = Office.OrKey(KeySignIn.OperatorScope),

        ["duties.list"] = Everybody,
        ["audit.key"] = AuditReaders,
        ["audit.checkpoint"] = AuditReaders,
        ["audit.checkpoints"] = AuditReaders,
        ["audit.prove-inclusion"] = AuditReaders,
        ["audit.prove-consistency"] = AuditReaders,

        ["findings.list"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["controls.list"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["controls.detail"] = FindingReaders.OrKey(KeyScopes.FindingsRead),

        ["questions.list"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["questions.get"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["questions.answer"] = Addressees,

        ["rectifications.list"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["rectifications.get"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["rectifications.plan"] = Entry.For(Roles.MemberClerk),
        ["rectifications.claim"] = Entry.For(Roles.MemberClerk),
        ["rectifications.contest"] = Entry.For(Roles.MemberClerk),
        ["rectifications.decide-contest"] = Office,
        ["rectifications.inspect"] = Office,
        ["ladder.list"] = LadderReaders.OrKey(KeyScopes.FindingsRead),
        ["ladder.get"] = LadderReaders.OrKey(KeyScopes.FindingsRead),
        ["ladder.pdf"] = LadderReaders.OrKey(KeyScopes.FindingsRead),
        ["ladder.raise"] = Entry.For(Roles.Supervisor),
        ["ladder.decide"] = Entry.For(Roles.Supervisor),
        ["ladder.delist"] = Entry.For(Roles.Supervisor),
        ["ladder.appeal"] = Entry.For(Roles.MemberClerk),
        ["ladder.decide-appeal"] = Entry.For(Roles.Supervisor, Roles.AppealDecider),
        ["bars.list"] = LadderReaders.OrKey(KeyScopes.FindingsRead),

        ["evaluations.list"] = LadderReaders.OrKey(KeyScopes.FindingsRead),
        ["evaluations.schemes"] = LadderReaders.OrKey(KeyScopes.FindingsRead),
        ["evaluations.get"] = LadderReaders.OrKey(KeyScopes.FindingsRead),
        ["evaluations.provisional"] = LadderReaders.OrKey(KeyScopes.FindingsRead),
        ["evaluations.draft"] = Entry.For(Roles.Supervisor),
        ["evaluations.change"] = Entry.For(Roles.Supervisor),
        ["evaluations.freeze"] = Entry.For(Roles.Supervisor),
        ["evaluations.withdraw"] = Entry.For(Roles.Supervisor),
        ["evaluations.read-again"] = Entry.For(Roles.Supervisor),
        ["evaluations.publish"] = Entry.For(Roles.Supervisor),
        ["evaluations.contest"] = Entry.For(Roles.MemberClerk),
        ["evaluations.decide-contest"] = Entry.For(Roles.Supervisor, Roles.AppealDecider),

        ["objectives.list"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["objectives.get"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["objectives.agenda"] = Entry.For([.. Roles.Centre, Roles.Regulator, Roles.Auditor]),
        ["objectives.draft"] = Entry.For(Roles.Supervisor),
        ["objectives.adopt"] = Entry.For(Roles.Supervisor),
        ["objectives.end"] = Entry.For(Roles.Supervisor),
        ["objectives.raise"] = Entry.For(Roles.MemberClerk, Roles.Supervisor),
        ["objectives.answer"] = Entry.For(Roles.MemberClerk, Roles.Supervisor),

        ["conferences.list"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["conferences.get"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["conferences.minutes"] = FindingReaders.OrKey(KeyScopes.FindingsRead),
        ["conferences.add-item"] = Entry.For(Roles.Supervisor),
        ["conferences.strike-item"] = Entry.For(Roles.Supervisor),
        ["conferences.open"] = Entry.For(Roles.Supervisor),
        ["conferences.decide"] = Entry.For(Roles.Supervisor),
        ["conferences.set-task"] = Entry.For(Roles.Supervisor),
        ["conferences.judge-task"] = Entry.For(Roles.Supervisor),
        ["conferences.close"] = Entry.For(Roles.Supervisor),
        ["conferences.correct"] = Entry.For(Roles.Supervisor),
        ["conferences.convene"] = Entry.For(Roles.Supervisor),
        ["conferences.position"] = Departments,
        ["conferences.propose"] = Departments,
        ["conferences.vote"] = Departments,
        ["conferences.finish-task"] = Departments,
        ["conferences.sign"] = Office,

        ["regions.list"] = Everybody,
        ["regions.tell"] = Administrators,
        ["rulebooks.list"] = RuleReaders,
        ["rulebooks.get"] = RuleReaders,
        ["rulebooks.files"] = RuleReaders,
        ["rulebooks.history"] = RuleReaders,
        ["rulebooks.diff"] = RuleReaders,
        ["rulebooks.active"] = RuleReaders,
        ["rulebooks.begin"] = RuleAuthors,
        ["rulebooks.write"] = RuleAuthors,
        ["rulebooks.try"] = RuleAuthors,
        ["rulebooks.check"] = RuleAuthors,
        ["rulebooks.attach"] = RuleAuthors,
        ["rulebooks.withdraw"] = RuleAuthors,
        ["rulebooks.shadow"] = RuleReaders,
        ["rulebooks.shadow-start"] = RuleAuthors,
        ["rulebooks.shadow-stop"] = RuleAuthors,
        ["rulebooks.approve"] = RuleDeciders,
        ["rulebooks.send-back"] = RuleDeciders,
        ["rulebooks.activate"] = RuleDeciders,
        ["rulebooks.roll-back"] = RuleDeciders,
        ["rulebooks.confirm"] = RuleDeciders,
        ["backtests.list"] = RuleReaders,
        ["backtests.get"] = RuleReaders,
        ["backtests.start"] = RuleAuthors,
        ["backtests.stop"] = RuleAuthors,
        ["lists.list"] = RuleReaders,
        ["lists.put"] = RuleDeciders,
        ["lists.take-off"] = RuleDeciders,

        ["warnings.list"] = Office,
        ["warnings.get"] = Office,
        ["warnings.plan"] = Office,
        ["warnings.review"] = Entry.For([.. Roles.Centre, Roles.Regulator]),
        ["warnings.attempt"] = Office,
        ["warnings.give-up"] = Office,
        ["warnings.dismiss"] = Office,
        ["indicators.list"] = IndicatorReaders,
        ["indicators.get"] = IndicatorReaders,
        ["indicators.propose"] = Entry.For([.. Roles.Centre, Roles.RuleAuthor, Roles.MemberClerk]).OrKey(KeyScopes.IndicatorsWrite),
        ["indicators.propose-from-case"] = Office,
        ["indicators.confirm"] = Office,
        ["indicators.dismiss"] = Office,
        ["indicators.prolong"] = Office,
        ["indicators.recall"] = Office,
        ["indicators.vote"] = Entry.For(Roles.MemberClerk).OrKey(KeyScopes.IndicatorsWrite),
        ["indicators.sight"] = Entry.For(Roles.MemberClerk).OrKey(KeyScopes.IndicatorsWrite),
        ["indicators.feed"] = Entry.For(Roles.MemberClerk).OrKey(KeyScopes.IndicatorsRead),
        ["indicators.receive"] = Entry.For(Roles.MemberClerk).OrKey(KeyScopes.IndicatorsRead),

        ["members.list"] = Everybody,
        ["members.enrol"] = Administrators,
        ["officers.list"] = Entry.For([.. Roles.Centre, Roles.Regulator, Roles.Administrator, Roles.MemberClerk]),
        ["officers.name"] = Administrators,
        ["keys.list"] = Administrators,
        ["keys.create"] = Administrators,
        ["keys.revoke"] = Administrators,
        ["people.list"] = Administrators,
        ["people.add"] = Administrators,
        ["people.set-roles"] = Administrators,
        ["people.disable"] = Administrators,
        ["people.enable"] = Administrators,
        ["people.set-password"] = Administrators,

        ["public.report"] = Entry.Anybody,
        ["public.report.send"] = Entry.Anybody,
        ["public.state"] = Entry.Anybody,
        ["public.state.send"] = Entry.Anybody,

        ["access.sign-in"] = Entry.Anybody,
        ["access.sign-in.send"] = Entry.Anybody,
        ["access.code"] = Entry.Anybody,
        ["access.code.send"] = Entry.Anybody,
        ["access.sign-out"] = Entry.Anybody,
        ["access.sign-out.send"] = Entry.Anybody,
        ["access.setup"] = Entry.Anybody,
        ["access.setup.send"] = Entry.Anybody,
        ["access.demo"] = Entry.Anybody,
        ["access.totp"] = Everybody,
        ["access.totp.confirm"] = Everybody,
        ["access.totp.end"] = Everybody,
    };

    /// <summary>Adds the policies that pages name, and the fallback.</summary>
    public static void AddTo(AuthorizationOptions options)
    {
        // A key has no business on a page, so a bare [Authorize] means a person too.
        options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(c => IsPerson(c.User)).Build();
        options.FallbackPolicy = options.DefaultPolicy;
        options.AddPolicy(Centre, policy => policy.RequireAuthenticatedUser().RequireRole(Office.Roles));
        options.AddPolicy(Findings, policy => policy.RequireAuthenticatedUser().RequireRole(FindingReaders.Roles));
        options.AddPolicy(Orders, policy => policy.RequireAuthenticatedUser().RequireRole(OrderReaders.Roles));
    }

    /// <summary>Gives every endpoint of a group its policy from the table.</summary>
    public static TBuilder WithDeclaredPolicies<TBuilder>(this TBuilder group)
        where TBuilder : IEndpointConventionBuilder
    {
        group.Finally(endpoint =>
        {
            var name = endpoint.Metadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName;
            if (name is null || !Table.TryGetValue(name, out var entry))
                throw new InvalidOperationException($"The endpoint '{name ?? endpoint.DisplayName}' declares no policy in {nameof(Policies)}.");
            if (entry.Open) endpoint.Metadata.Add(new AllowAnonymousAttribute());
            else endpoint.Metadata.Add(Build(entry));
        });
        return group;
    }

    private static AuthorizationPolicy Build(Entry entry) => new AuthorizationPolicyBuilder()
        .RequireAuthenticatedUser()
        .RequireAssertion(context =>
        {
            var caller = Caller.From(context.User);
            return IsPerson(context.User) ? entry.Roles.Any(caller.Actor.Is) : entry.Scope is { } scope && caller.Scopes.Contains(scope);
        })
        .Build();

    private static bool IsPerson(System.Security.Claims.ClaimsPrincipal user) =>
        user.FindFirst(Caller.ActorClaim)?.Value.StartsWith("person:", StringComparison.Ordinal) == true;
}
