using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using Cordon.Simulator;
using Cordon.Simulator.Institutions;
using RegionLevel = Cordon.Casework.Members.RegionLevel;

namespace Cordon.Demo;

/// <summary>Enrols a province's members, gives their systems keys, and makes the people who sign in.</summary>
internal static class DemoPeople
{
    private static readonly Actor Self = Actor.System("demo");

    /// <summary>Tells the tree of regions and enrols the members with who answers for them.</summary>
    /// <returns>The key of each connected member's system.</returns>
    public static async Task<Dictionary<MemberCode, string>> EnrolAsync(Province province, IServiceProvider services, CancellationToken cancel)
    {
        var (members, keys) = (services.GetRequiredService<MemberRegister>(), services.GetRequiredService<ApiKeyRegister>());
        var regions = services.GetRequiredService<RegionRegister>();
        foreach (var region in province.Regions.OrderBy(r => r.Level))
            _ = (await regions.TellAsync(Self, new RegionFacts(region.Code, LevelOf(region.Level), region.Parent, region.NameZh, region.Name), cancel)).Value;
        var tokens = new Dictionary<MemberCode, string>();
        foreach (var member in province.Members)
        {
            var facts = new MemberFacts(member.Code, member.NameZh, member.Name, SectorOf(member.Sector), member.Region, member.Connected,
                [.. member.Agents.Select(a => new Agent(a.Code, a.Name))]);
            _ = (await members.EnrolAsync(Self, facts, cancel)).Value;
            var officers = member.Officers.Select(o => new Officer(RankOf(o.Role), o.NameZh, o.Name)).ToList();
            if (officers.Count > 0) _ = (await members.NameOfficersAsync(Self, member.Code, officers, cancel)).Value;
            if (!member.Connected) continue;
            var key = await keys.CreateAsync(Self, member.Code, "gateway", [KeyScopes.SignalsWrite, KeyScopes.OrdersRead, KeyScopes.OrdersWrite, KeyScopes.ReportsWrite], cancel);
            tokens.Add(member.Code, key.Value.Token);
        }
        return tokens;
    }

    /// <summary>Makes one person for each kind of work; the demo's sign-in page lets each in without a password.</summary>
    /// <returns>Their names for signing in, with what they do.</returns>
    public static async Task<IReadOnlyList<(string Name, string Work)>> SignInsAsync(Province province, IServiceProvider services, string password, CancellationToken cancel)
    {
        var people = services.GetRequiredService<PeopleRegister>();
        var bank = await BusiestBankAsync(province, services);
        var police = province.Members.First(m => m.Sector == ProvinceSector.Police).Code;
        var regulator = province.Members.First(m => m.Sector == ProvinceSector.Regulator).Code;
        PersonFacts[] all =
        [
            new("officer", "Duty officer Lin", null, [Roles.DutyOfficer], password),
            new("police", "Police officer Qin", police, [Roles.PoliceOfficer], password),
            new("police2", "Police officer Meng", police, [Roles.PoliceOfficer], password),
            new("supervisor", "Supervisor Wei", null, [Roles.Supervisor], password),
            new("clerk", $"Clerk Zhou of {bank.Name}", bank.Code, [Roles.MemberClerk], password),
            new("appeals", "Appeal decider Feng", null, [Roles.AppealDecider], password),
            new("regulator", "Regulator Xu", regulator, [Roles.Regulator], password),
            new("author", "Rule author He", null, [Roles.RuleAuthor], password),
            new("auditor", "Auditor Sun", null, [Roles.Auditor], password),
            new("admin", "Administrator Gao", null, [Roles.Administrator], password),
        ];
        foreach (var person in all) _ = (await people.AddAsync(Self, person, cancel)).Value;
        return [.. all.Select(p => (p.UserName, p.DisplayName))];
    }

    /// <summary>The bank with the most orders that wait for it: its clerk has something to do.</summary>
    private static async Task<ProvinceMember> BusiestBankAsync(Province province, IServiceProvider services)
    {
        var waiting = await services.GetRequiredService<OrderDesk>().ListAsync(Self, new OrderFilter { State = OrderState.Issued, Limit = 500 });
        return province.Members.Where(m => m is { Sector: ProvinceSector.Bank, Connected: true }).MaxBy(m => waiting.Count(o => o.Member == m.Code))
            ?? throw new InvalidOperationException("The province has no bank.");
    }

    /// <summary>The police officer who decides orders while the province is played.</summary>
    public static Actor PoliceOfficer(Province province) =>
        new("person:police", province.Members.First(m => m.Sector == ProvinceSector.Police).Code, new HashSet<string> { Roles.PoliceOfficer });

    /// <summary>The police officer who decides what another announced.</summary>
    public static Actor SecondPoliceOfficer(Province province) => PoliceOfficer(province) with { Id = "person:police2" };

    private static RegionLevel LevelOf(Simulator.Institutions.RegionLevel level) => level switch
    {
        Simulator.Institutions.RegionLevel.Province => RegionLevel.Province,
        Simulator.Institutions.RegionLevel.City => RegionLevel.City,
        Simulator.Institutions.RegionLevel.County => RegionLevel.County,
        _ => throw new InvalidOperationException($"No level for {level}."),
    };

    private static OfficerRank RankOf(string role) => role switch
    {
        "principal" => OfficerRank.Principal,
        "inCharge" => OfficerRank.InCharge,
        "direct" => OfficerRank.Direct,
        _ => throw new InvalidOperationException($"No rank for {role}."),
    };

    internal static Sector SectorOf(ProvinceSector sector) => sector switch
    {
        ProvinceSector.Telecom => Sector.TelecomOperator,
        ProvinceSector.VirtualOperator => Sector.VirtualOperator,
        ProvinceSector.Bank => Sector.Bank,
        ProvinceSector.PaymentInstitution => Sector.PaymentInstitution,
        ProvinceSector.Platform => Sector.InternetPlatform,
        ProvinceSector.Police => Sector.Police,
        ProvinceSector.Regulator => Sector.Regulator,
        ProvinceSector.Government => Sector.Government,
        ProvinceSector.JointOffice => Sector.JointOffice,
        _ => throw new InvalidOperationException($"No sector for {sector}."),
    };
}
