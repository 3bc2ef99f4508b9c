using Cordon.Casework;
using Cordon.Casework.Appeals;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Casework.Restitution;
using Cordon.Engine.Signals;
using Cordon.Simulator;
using Cordon.Simulator.Institutions;

namespace Cordon.Tests.Browser;

/// <summary>A simulated province played into a console: members, signals, reports, and orders in every state.</summary>
internal static class ConsoleProvince
{
    public static readonly Actor Police = new("person:wu", null, new HashSet<string> { Roles.PoliceOfficer });
    public static readonly Actor SecondPolice = Police with { Id = "person:zheng" };
    public static readonly Actor Decider = new("person:feng", null, new HashSet<string> { Roles.AppealDecider });
    private static readonly Actor Office = new("person:office", null, new HashSet<string> { Roles.Administrator, Roles.DutyOfficer });

    public static async Task PlayAsync(ConsoleHost host)
    {
        var midnight = new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.FromHours(8));
        var province = Province.Make(7, new ProvinceOptions { People = 400, Days = 6, Victims = 14, Gangs = 3, Start = Instant.From(midnight) });
        host.Time.SetUtcNow(province.Options.Start.ToDateTimeOffset());
        foreach (var region in province.Regions.OrderBy(r => r.Level))
            Assert.True((await host.Get<RegionRegister>().TellAsync(Office, new RegionFacts(region.Code, Enum.Parse<Casework.Members.RegionLevel>(region.Level.ToString()), region.Parent, region.NameZh, region.Name))).Succeeded);
        foreach (var member in province.Members)
        {
            var facts = new MemberFacts(member.Code, member.NameZh, member.Name, Of(member.Sector), member.Region, member.Connected,
                [.. member.Agents.Select(a => new Agent(a.Code, a.Name))]);
            var enrolled = await host.Get<MemberRegister>().EnrolAsync(Office, facts);
            Assert.True(enrolled.Succeeded, enrolled.Refusal?.Message);
        }
        await ConsoleRules.BeginAsync(host);
        var play = province.Play();
        while (play.NextReportAt is { } at)
        {
            var step = play.AdvanceTo(at);
            host.Time.SetUtcNow(at.ToDateTimeOffset());
            await host.TellAsync(step.Signals);
            foreach (var report in step.Reports) await ReceiveAsync(host, report);
        }
        var rest = play.AdvanceTo(province.Options.Start + TimeSpan.FromDays(province.Options.Days));
        host.Time.SetUtcNow(rest.Until.ToDateTimeOffset());
        await host.TellAsync(rest.Signals);
        await host.Get<CaseDesk>().FollowOpenAsync();
        await OrderAsync(host);
        await ConsoleLadder.ClimbAsync(host, Office);
        await ConsoleLeague.PlayAsync(host);
        await ConsolePlan.AdoptAsync(host);
        await ConsoleConference.SitAsync(host);
        await ConsoleRestriction.PlayAsync(host);
    }

    /// <summary>A victim's payment to a mule of the test's own, an hour ago, of which nobody reported.</summary>
    /// <param name="host">The console.</param>
    /// <param name="people">Five digits that no other test takes.</param>
    /// <param name="minor">How much, fen.</param>
    public static async Task<Transfer> PaidAsync(ConsoleHost host, string people, long minor)
    {
        var (victim, mule) = (AccountNumber.Parse($"bank-a:6222020000{people}1"), AccountNumber.Parse($"bank-b:6222020000{people}2"));
        var now = Instant.From(host.Time.GetUtcNow());
        AccountOpening Opening(AccountNumber account, long opened) => new(
            new SignalId("open-" + account.Number), account.Member, now - TimeSpan.FromDays(3), account, AccountKind.Personal, IdentityCheck.Verified, null, new Amount(opened, Currency.Cny), null, null);
        var paid = new Transfer(new SignalId("pay-" + people), victim.Member, now - TimeSpan.FromMinutes(60), victim, mule, new Amount(minor, Currency.Cny), TransferMeans.Account, null);
        await host.TellAsync([Opening(victim, 90_000_00), Opening(mule, 0), paid]);
        return paid;
    }

    public static Actor Clerk(MemberCode member) => new("person:clerk", member, new HashSet<string> { Roles.MemberClerk });

    /// <summary>Brings drafted orders into every state, so that each shows its clock.</summary>
    private static async Task OrderAsync(ConsoleHost host)
    {
        var desk = host.Get<OrderDesk>();
        var drafts = (await desk.ListAsync(Police, new OrderFilter { Kind = OrderKind.StopPayment, State = OrderState.Proposed, Limit = 500 })).OrderBy(o => o.Number).ToList();
        for (var i = 0; i < drafts.Count; i++)
        {
            var order = drafts[i];
            var clerk = Clerk(order.Member);
            if (i % 6 == 5) continue;
            await desk.IssueInEmergencyAsync(Police, order.Id, "Anti-Telecom-Fraud Law, art. 20; Notice 86 of 2016", "The money moves on within minutes.");
            host.Time.Advance(TimeSpan.FromMinutes(2));
            // Every other one still waits for the second officer.
            if (i % 6 is 0 or 2 or 4) await desk.ApproveAsync(SecondPolice, order.Id);
            if (i % 6 == 4) await desk.ActAsync(clerk, order.Id, new DeclineOrder("The account was closed before the order came."));
            if (i % 6 is 0 or 1 or 2) await desk.ActAsync(clerk, order.Id, new AcknowledgeOrder());
            if (i % 6 is 0 or 1) await desk.ActAsync(clerk, order.Id, new ReportHeld(new Amount(order.AmountMinor - (i % 6 * order.AmountMinor / 3), order.Currency)));
        }
        await AskAsync(desk);
        await AppealAsync(host);
        await DivideAsync(host);
        await desk.CheckClocksAsync();
        await host.Get<CaseDesk>().FollowOpenAsync();
    }

    /// <summary>Three holders appeal: one waits, one is told no, one is let go.</summary>
    private static async Task AppealAsync(ConsoleHost host)
    {
        var appeals = host.Get<AppealDesk>();
        var running = (await appeals.RestrictionsAsync(Police, 500)).OrderBy(o => o.Number).DistinctBy(o => o.Account).Take(3).ToList();
        string[] said = ["这是我的工资，单位可以证明。", "货款，合同附后。", "我卖了一部旧手机，这是买家付的钱。"];
        foreach (var (i, order) in running.Index())
        {
            var appeal = (await appeals.ReceiveAsync(Clerk(order.Member), order.Id, "持有人 " + (i + 1), said[i])).Value;
            host.Time.Advance(TimeSpan.FromMinutes(25));
            if (i > 0) await appeals.DecideAsync(Decider, appeal.Id, new DecideAppeal(i == 2, i == 2 ? "买卖记录与聊天记录一致。" : "合同晚于转账日期。"));
        }
    }

    /// <summary>Issues all enquiries but the first, and has every third answered.</summary>
    private static async Task AskAsync(OrderDesk desk)
    {
        var drafts = (await desk.ListAsync(Police, new OrderFilter { Kind = OrderKind.Enquiry, State = OrderState.Proposed, Limit = 500 })).OrderBy(o => o.Number).ToList();
        foreach (var (i, enquiry) in drafts.Index().Skip(1))
        {
            await desk.IssueAsync(Police, enquiry.Id, "Anti-Telecom-Fraud Law, art. 19");
            await desk.ApproveAsync(SecondPolice, enquiry.Id);
            if (i % 3 == 2) await desk.ActAsync(Clerk(enquiry.Member), enquiry.Id, new AnswerEnquiry([], "The money lies in the pool; nothing left under this order."));
        }
    }

    /// <summary>Opens the ledger of the largest sum held, and announces how it is divided.</summary>
    private static async Task DivideAsync(ConsoleHost host)
    {
        var (orders, ledgers) = (host.Get<OrderDesk>(), host.Get<RestitutionDesk>());
        var held = (await orders.ListAsync(Police, new OrderFilter { State = OrderState.Executed, Limit = 500 })).Where(o => o.Holds).OrderByDescending(o => o.HeldMinor).Take(2);
        foreach (var order in held)
        {
            var ledger = (await ledgers.OpenAsync(Police, order.Id)).Value;
            var view = await ledgers.ViewAsync(Police, ledger.Id);
            await ledgers.AnnounceAsync(Police, ledger.Id, view!.Divisions[0].Method, null, "Rules 41 of 2016, art. 8");
        }
    }

    private static async Task ReceiveAsync(ConsoleHost host, ProvinceReport report)
    {
        var intake = new ReportIntake(
            report.Id, "报案人 " + report.Id, report.Phone, report.Text, report.FraudType,
            new Suspects(report.Suspects.Phones, report.Suspects.Accounts, [.. report.Suspects.Domains.Select(d => d.Name)]),
            [.. report.Losses.Select(l => new Casework.Reports.ReportedLoss(l.TransferId, l.Member, l.Payer, l.Payee, l.Amount, l.At))], report.ReportedAt);
        var received = await host.Get<CaseDesk>().ReceiveAsync(Office, intake);
        Assert.True(received.Succeeded, received.Refusal?.Message);
    }

    private static Sector Of(ProvinceSector sector) => sector switch
    {
        ProvinceSector.Telecom => Sector.TelecomOperator,
        ProvinceSector.VirtualOperator => Sector.VirtualOperator,
        ProvinceSector.Bank => Sector.Bank,
        ProvinceSector.PaymentInstitution => Sector.PaymentInstitution,
        ProvinceSector.Platform => Sector.InternetPlatform,
        ProvinceSector.Police => Sector.Police,
        ProvinceSector.Regulator => Sector.Regulator,
        ProvinceSector.Government => Sector.Government,
        _ => Sector.JointOffice,
    };
}
