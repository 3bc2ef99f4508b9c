using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Leads;

/// <summary>The file of leads routes them, and a wrong file is refused with everything that is wrong.</summary>
public sealed class LeadPlanTests
{
    private static readonly Dictionary<string, string?> Regions = new() { ["33"] = null, ["3301"] = "33", ["330102"] = "3301", ["3302"] = "33", ["44"] = null };

    private static readonly List<LeadAuthority> Authorities =
    [
        Authority("police-33", Sector.Police, "33"), Authority("police-3301", Sector.Police, "3301"), Authority("police-330102", Sector.Police, "330102"),
        Authority("police-3302", Sector.Police, "3302"), Authority("police-44", Sector.Police, "44"), Authority("office-33", Sector.Regulator, "33"), Authority("gov-3301", Sector.Government, "3301"),
    ];

    public static TheoryData<string, string?, string, string> Routes => new(
        // Of one's own region first, then what is above, then what is below; the sector named first first.
        ("illicit-devices", "telco-3301", "device:35000000000001", "police-3301 police-33 police-330102 office-33"),
        ("illicit-devices", "telco-3301", "device:35000000000001 member:bank-3302", "police-3302 police-33 office-33"),
        ("illicit-devices", null, "device:35000000000001", "police-33 police-44 police-3301 police-3302 police-330102 office-33"),
        ("foreign-trunk", "telco-3301", "trunk:T1", "office-33 police-3301 police-33 police-330102"),
        ("account-trade", null, "account:bank-3302:1", "police-3302 police-33"),
        ("account-trade", null, "account:unknown:1", "police-33 police-44 police-3301 police-3302 police-330102"),
        ("scam-site", "telco-44", "domain:x.example", "police-44"),
        ("taken-abroad", "police-3301", "number:+8613800000001", "police-33 police-330102 gov-3301"));

    [Theory]
    [MemberData(nameof(Routes))]
    public void A_lead_goes_to_the_nearest_authority_that_may_act(string kind, string? sender, string subjects, string receivers)
    {
        var about = subjects.Split(' ').Select(s => s.Split(':', 2)).Select(s => new LeadSubject(Enum.Parse<LeadSubjectKind>(s[0], true), s[1]));
        var routing = new LeadRouting(Authorities, Regions, code => code.ToString().Split('-')[^1] is var region && Regions.ContainsKey(region) ? region : null);
        var found = routing.Find(ShippedLeads.Plan.Find(kind)!, sender is null ? null : MemberCode.Parse(sender), [.. about]);
        Assert.Equal(receivers, string.Join(' ', found));
    }

    [Fact]
    public void A_kind_without_days_of_its_own_has_those_of_the_duty_and_days_end_at_midnight()
    {
        var plan = ShippedLeads.Plan;
        Assert.Equal((30, 15), (plan.Find("line-trade")!.FeedbackDays, plan.Find("laundering")!.FeedbackDays));
        var sent = Instant.From(new DateTimeOffset(2026, 3, 2, 15, 30, 0, TimeSpan.Zero));
        Assert.Equal(Instant.From(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.FromHours(8))), plan.AcknowledgeBy(sent));
        Assert.Equal(Instant.From(new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.FromHours(8))), plan.FeedbackBy(plan.Find("line-trade")!, sent));
    }

    [Fact]
    public void Every_fault_of_a_file_is_told_at_once_with_its_line()
    {
        var yaml = File.ReadAllText(ShippedLeads.File)
            .Replace("leads: cn", "leads: sg", StringComparison.Ordinal)
            .Replace("acknowledge: { days: 2", "acknowledge: { days: 7", StringComparison.Ordinal)
            .Replace("to: [police, government]", "to: [police, bank]", StringComparison.Ordinal)
            .Replace("about: [account, person]", "about: [account, passport]", StringComparison.Ordinal)
            .Replace("id: line-trade", "id: illicit-devices", StringComparison.Ordinal)
            .Replace("proposedBy: [call.sim-box, subscription.fraud-device]", "proposedBy: [call.sim-box, call.sim-box]", StringComparison.Ordinal)
            .Replace("article: \"25\"", "artikel: \"25\"", StringComparison.Ordinal);
        var faults = new PackFaults("leads.yaml");
        Assert.Null(LeadPlanReader.Read(yaml, ShippedPack.Cn, faults));
        string[] told = ["The duties are those of 'cn'", "'bank' is no authority", "'passport' is not one of", "Two kinds have the id 'illicit-devices'", "'call.sim-box' stands in", "'artikel' means nothing here", "Feedback is owed later than acknowledgement"];
        Assert.All(told, part => Assert.Contains(faults.Found, f => f.Message.Contains(part, StringComparison.Ordinal) && f.Line > 0));
    }

    [Fact]
    public void What_is_proposed_is_seen_by_rules_that_ship()
    {
        var rules = Directory.EnumerateFiles(ShippedPack.PathOf("packs", "cn", "rulebook"), "*.yaml").SelectMany(File.ReadLines).Select(l => l.Trim()).ToHashSet();
        Assert.All(ShippedLeads.Plan.Kinds.SelectMany(k => k.ProposedBy), code => Assert.Contains($"code: {code}", rules));
    }

    private static LeadAuthority Authority(string code, Sector sector, string region) => new(MemberCode.Parse(code), sector, region);
}
