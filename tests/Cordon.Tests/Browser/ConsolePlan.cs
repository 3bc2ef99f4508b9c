using Cordon.Casework.Objectives;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Browser;

/// <summary>The shipped plan in force, with a difficulty that a bank raised and a target of early in the year that is late.</summary>
internal static class ConsolePlan
{
    public static async Task AdoptAsync(ConsoleHost host)
    {
        var (desk, now) = (host.Get<ObjectiveDesk>(), host.Get<CaseworkStore>().Now);
        // The day of one target lies behind, so that its delay has climbed.
        var text = desk.ShippedFor(now.ToDateTimeOffset().Year)!.Replace("due: 06-30\n    measure: spoofedCallsLetIn", "due: 01-31\n    measure: spoofedCallsLetIn", StringComparison.Ordinal);
        var drafted = await desk.DraftAsync(ConsoleLadder.Supervisor, text);
        Assert.True(drafted.Succeeded, drafted.Refusal?.Message);
        var adopted = await desk.AdoptAsync(ConsoleLadder.SecondSupervisor, drafted.Value.Id);
        Assert.True(adopted.Succeeded, adopted.Refusal?.Message);
        var bank = adopted.Value.Tree.First(o => o.Id.StartsWith("stops/", StringComparison.Ordinal) && o.Owner.Member == MemberCode.Parse("bank-a"));
        Assert.True((await desk.ActAsync(ConsoleLadder.Clerk(MemberCode.Parse("bank-a")), adopted.Value.Id, new RaiseDifficulty(bank.Id, "夜间止付指令由总行集中签收，系统升级期间需人工转办，请协调延长签收时限。"))).Succeeded);
        await desk.CheckClocksAsync();
    }
}
