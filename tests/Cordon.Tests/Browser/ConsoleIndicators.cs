using Cordon.Casework.Indicators;
using Cordon.Casework.Members;

namespace Cordon.Tests.Browser;

/// <summary>Indicators in every state that the page shows.</summary>
internal static class ConsoleIndicators
{
    public static async Task PrepareAsync(ConsoleHost host)
    {
        var desk = host.Get<IndicatorDesk>();
        var members = await host.Get<MemberRegister>().ListAsync();
        var clerks = members.Where(m => m.Sector is Sector.TelecomOperator or Sector.Bank).Take(3).Select(m => ConsoleLadder.Clerk(m.Code)).ToList();
        var bank = ConsoleLadder.Clerk(members.First(m => m.Sector == Sector.Bank).Code);
        await desk.ProposeAsync(bank, new ProposedIndicator(IndicatorKind.Account, $"{bank.Member}:6290990000001111", 60, Tlp.AmberStrict, "三天内收到十一个陌生人的转账，随即转出。"));
        var recalled = await ActiveAsync(desk, new ProposedIndicator(IndicatorKind.Number, "+8617000007777", 80, Tlp.Green, "Called three victims as a customer service."));
        var disputed = await ActiveAsync(desk, new ProposedIndicator(IndicatorKind.Domain, "kefu-tuikuan.example", 70, Tlp.Clear, "Copies the page of a shop."));
        await ActiveAsync(desk, new ProposedIndicator(IndicatorKind.Device, "35291800110022", 95, Tlp.Amber, "SIM box found in a rented flat, 64 cards."));
        foreach (var clerk in clerks)
        {
            var stretch = (await desk.FeedAsync(clerk, 0, 100)).Value;
            await desk.ReceiveAsync(clerk, stretch.Next);
        }
        await desk.ActAsync(ConsoleProvince.Police, recalled.Id, new RecallIndicator("The number is the new line of a clinic."));
        foreach (var (i, clerk) in clerks.Take(2).Index()) await desk.ActAsync(clerk, disputed.Id, new VoteFalse(i == 0 ? "该域名属于本行合作商户。" : "Our customers pay there without complaint."));
        await desk.ReceiveAsync(clerks[0], (await desk.FeedAsync(clerks[0], 0, 100)).Value.Next);
    }

    private static async Task<Indicator> ActiveAsync(IndicatorDesk desk, ProposedIndicator proposal)
    {
        var proposed = (await desk.ProposeAsync(ConsoleProvince.Police, proposal)).Value;
        return (await desk.ActAsync(ConsoleProvince.SecondPolice, proposed.Id, new ConfirmIndicator())).Value;
    }
}
