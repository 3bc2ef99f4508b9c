using Cordon.Casework;
using Cordon.Casework.Conferences;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Browser;

/// <summary>A conference that sits: one item adopted with dissent and a task, one voted down, the others open.</summary>
internal static class ConsoleConference
{
    public const string Title = "联席会议第一次全体会议";

    public static async Task SitAsync(ConsoleHost host)
    {
        var desk = host.Get<ConferenceDesk>();
        var id = await ConveneAsync(host, Title);
        await DoAsync(host, id, ConsoleLadder.Supervisor, new AddItem("跨行拦截时限：夜间由值班席直接签收。", null));
        await DoAsync(host, id, ConsoleLadder.Supervisor, new AddItem("A shared list of resellers who lost their contract.", null));
        var last = (await desk.FindAsync(ConsoleLadder.Supervisor, id))!.Items[^1].Number;
        await DoAsync(host, id, Clerk("bank-a"), new GivePosition(last - 1, "夜间由总行值班席签收可行，需两周准备。"));
        await DoAsync(host, id, Clerk("bank-b"), new GivePosition(last - 1, "We can from next month on."));
        await DoAsync(host, id, ConsoleLadder.Supervisor, new OpenConference([.. (await desk.FindAsync(ConsoleLadder.Supervisor, id))!.Participants.Select(p => p.Member)]));
        await DoAsync(host, id, ConsoleLadder.Supervisor, new ProposeResolution(last - 1, "Stop orders are acknowledged by the duty desk itself at night, from the first of next month."));
        await DoAsync(host, id, Clerk("bank-a"), new CastVote(last - 1, VoteKind.For, null));
        await DoAsync(host, id, Clerk("bank-b"), new CastVote(last - 1, VoteKind.Against, "Our duty desk has no second officer before May."));
        await DoAsync(host, id, Clerk("bank-c"), new CastVote(last - 1, VoteKind.For, null));
        await DoAsync(host, id, ConsoleLadder.Supervisor, new DecideResolution(last - 1));
        await DoAsync(host, id, ConsoleLadder.Supervisor, new SetTask(last - 1, MemberCode.Parse("bank-a"), "Tell the centre the numbers of its duty desk.", host.Get<Casework.Storage.CaseworkStore>().Now + TimeSpan.FromDays(2)));
        await DoAsync(host, id, ConsoleLadder.Supervisor, new ProposeResolution(last, "Operators tell the centre of every reseller whose contract ended for a breach."));
    }

    public static async Task<Guid> FindAsync(ConsoleHost host) => (await host.Get<ConferenceDesk>().ListAsync(ConsoleLadder.Supervisor)).Single(c => c.Title == Title).Id;

    /// <summary>Convenes one of three banks that sits at once.</summary>
    public static async Task<Guid> ConveneAsync(ConsoleHost host, string title)
    {
        var now = host.Get<Casework.Storage.CaseworkStore>().Now;
        var convened = await host.Get<ConferenceDesk>().ConveneAsync(
            ConsoleLadder.Supervisor, new ConveneForm(title, now, "Hall 3", [.. ((string[])["bank-a", "bank-b", "bank-c"]).Select(MemberCode.Parse)], "Losses at night doubled within a week."));
        Assert.True(convened.Succeeded, convened.Refusal?.Message);
        return convened.Value.Id;
    }

    public static Actor Clerk(string member) => ConsoleLadder.Clerk(MemberCode.Parse(member)) with { Id = "person:clerk-" + member };

    private static async Task DoAsync(ConsoleHost host, Guid id, Actor actor, ConferenceCommand command)
    {
        var done = await host.Get<ConferenceDesk>().ActAsync(actor, id, command);
        Assert.True(done.Succeeded, done.Refusal?.Message);
    }
}
