using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Controls;
using Cordon.Casework.Members;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Browser;

/// <summary>What the findings of the province opened, brought into every state that shows itself within minutes: late dates need weeks.</summary>
internal static class ConsoleLadder
{
    public static readonly Actor Supervisor = new("person:Xu Tao", null, new HashSet<string> { Roles.Supervisor });
    public static readonly Actor SecondSupervisor = new("person:Shen Yi", null, new HashSet<string> { Roles.Supervisor });

    public static async Task ClimbAsync(ConsoleHost host, Actor administrator)
    {
        var (desk, ladder) = (host.Get<RectificationDesk>(), host.Get<LadderDesk>());
        foreach (var member in await host.Get<MemberRegister>().ListAsync())
            await host.Get<MemberRegister>().NameOfficersAsync(administrator, member.Code,
                [new Officer(OfficerRank.Principal, "林国栋", "Lin Guodong"), new Officer(OfficerRank.InCharge, "何敏", "He Min"), new Officer(OfficerRank.Direct, "孙磊", "Sun Lei")]);
        var open = (await desk.ListAsync(Supervisor, new RectificationFilter { Limit = 500 })).Where(r => !r.Controls.IsEmpty).OrderBy(r => r.Number, StringComparer.Ordinal)
            .DistinctBy(r => r.Member).ToList();
        Assert.True(open.Count >= 3, $"only {open.Count} members have something to mend");
        // One member claims thrice and is thrice refuted, another once; a third has a plan and contests.
        for (var i = 0; i < 3; i++)
        {
            await RefuteAsync(host, open[0]);
            await DecideAsync(ladder);
        }
        await RefuteAsync(host, open[1]);
        await RefuteAsync(host, open[1]);
        await ActAsync(desk, open[2], Plan(host));
        await ActAsync(desk, open[2], new ContestRectification("该号码在移出我公司后才被使用，请核对携号转网记录。"));
        var region = new LadderSubject(LadderSubjectKind.Region, (await host.Get<RegionRegister>().ListAsync())[^1].Code);
        Assert.True((await ladder.RaiseAsync(Supervisor, region, LadderTrigger.GraveEvent, host.Get<Casework.Storage.CaseworkStore>().Now - TimeSpan.FromDays(3), "一周内三百余人被同一手法骗走养老金。")).Succeeded);
    }

    public static Actor Clerk(MemberCode member) => new("person:clerk", member, new HashSet<string> { Roles.MemberClerk });

    private static PlanRectification Plan(ConsoleHost host) =>
        new("停用该渠道，逐户复核近一年开立的业务，补登真实身份。", "周经理", host.Get<Casework.Storage.CaseworkStore>().Now + TimeSpan.FromDays(10));

    private static async Task RefuteAsync(ConsoleHost host, Rectification one)
    {
        var desk = host.Get<RectificationDesk>();
        await ActAsync(desk, one, Plan(host));
        await ActAsync(desk, one, new ClaimRectified("已全部复核并补登。", ["paper:复核清单.pdf"]));
        var from = host.Get<Casework.Storage.CaseworkStore>().Now;
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var reading = new ControlReading(
            new ControlSubject(one.Controls[0], one.Member, one.Unit), from, from + TimeSpan.FromSeconds(30), 40, 12, 10_000, ControlVerdict.Burnt, ImmutableArray.Create("signal:" + one.Member + "/x1"));
        Assert.True((await desk.RecheckAsync(one.Id, new Recheck([reading]))).Succeeded);
    }

    private static async Task DecideAsync(LadderDesk ladder)
    {
        foreach (var step in await ladder.ListAsync(Supervisor, new LadderFilter { State = StepState.Waiting }))
            Assert.True((await ladder.DecideAsync(Supervisor, step.Id, true, "The recheck shows that nothing was mended.")).Succeeded);
    }

    private static async Task ActAsync(RectificationDesk desk, Rectification one, RectificationCommand command)
    {
        var outcome = await desk.ActAsync(Clerk(one.Member), one.Id, command);
        Assert.True(outcome.Succeeded, outcome.Refusal?.Message);
    }
}
