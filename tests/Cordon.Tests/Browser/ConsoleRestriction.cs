using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Restrictions;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Browser;

/// <summary>Somebody who sold lines, restricted by two officers of the province's police, with a bank and an operator that apply it.</summary>
internal static class ConsoleRestriction
{
    public static async Task PlayAsync(ConsoleHost host)
    {
        var id = await ProposeAsync(host, 901);
        var second = (await PoliceAsync(host)) with { Id = "person:second" };
        await DoAsync(host, second, id, new ApproveRestriction());
        await DoAsync(host, Clerk("bank-a"), id, new ConfirmRestriction());
        await ProposeAsync(host, 902);
    }

    public static async Task<Guid> FindAsync(ConsoleHost host) =>
        (await host.Get<RestrictionDesk>().ListAsync(ConsoleProvince.Police, new RestrictionFilter { Person = Of(901).ToString() })).Single().Id;

    /// <summary>A customer of <c>bank-a</c>, put forward for selling three lines.</summary>
    public static async Task<Guid> ProposeAsync(ConsoleHost host, int person)
    {
        var account = AccountNumber.Parse($"bank-a:62220209{person}");
        await host.TellAsync([new AccountOpening(
            new SignalId($"sold-{person}"), account.Member, Instant.From(host.Time.GetUtcNow()) - TimeSpan.FromDays(3), account, AccountKind.Personal, IdentityCheck.Verified, Of(person), null, null, null)]);
        var proposed = await host.Get<RestrictionDesk>().ProposeAsync(await PoliceAsync(host), new ProposeRestriction(
            Of(person).ToString(), "seller", "向他人出售本人名下电话卡三张。", 3, 1, 1, ["line:+8613300010901", "line:+8613300010902", "line:+8613300010903"], account));
        Assert.True(proposed.Succeeded, proposed.Refusal?.Message);
        return proposed.Value.Id;
    }

    public static PersonToken Of(int person) => new(1, (UInt128)(uint)person);

    /// <summary>An officer of the police of the province or a city.</summary>
    public static async Task<Actor> PoliceAsync(ConsoleHost host)
    {
        var high = (await host.Get<RegionRegister>().ListAsync()).Where(r => r.Level != RegionLevel.County).Select(r => r.Code).ToHashSet();
        var police = (await host.Get<MemberRegister>().ListAsync()).First(m => m.Sector == Sector.Police && high.Contains(m.Region));
        return new Actor("person:first", police.Code, new HashSet<string> { Roles.PoliceOfficer });
    }

    private static Actor Clerk(string member) => ConsoleProvince.Clerk(MemberCode.Parse(member));

    private static async Task DoAsync(ConsoleHost host, Actor actor, Guid id, RestrictionCommand command)
    {
        var done = await host.Get<RestrictionDesk>().ActAsync(actor, id, command);
        Assert.True(done.Succeeded, done.Refusal?.Message);
    }
}
