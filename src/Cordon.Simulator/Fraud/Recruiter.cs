using Cordon.Engine.Signals;
using Cordon.Simulator.People;

namespace Cordon.Simulator.Fraud;

/// <summary>Gives each gang its lines and accounts.</summary>
internal sealed class Recruiter(Census census, Schedule schedule, ProvinceOptions options, Rhythm rhythm, Dice dice)
{
    /// <summary>Lines of one person at one operator; a sixth may not be opened.</summary>
    public const int LineLimit = 5;

    private const long Yuan = Census.Yuan;
    private static readonly TruthLineRole[] AllMeans = [TruthLineRole.Spoofed, TruthLineRole.IotVoice, TruthLineRole.Unverified, TruthLineRole.OverLimit];

    public GangDraft Raise(int index)
    {
        var scripts = FraudScript.All;
        var gang = new GangDraft
        {
            Index = index,
            Script = scripts[(index + dice.Below(2)) % scripts.Length],
            Means = [AllMeans[2 * index % 4], AllMeans[((2 * index) + 1) % 4]],
            Shops = [dice.Pick(census.Shops), dice.Pick(census.Shops)],
            Domain = new Domain($"{dice.Pick<string>(["kefu", "jiaoyi", "renwu", "licai"])}-{dice.Between(100, 999)}.example"),
        };
        foreach (var means in gang.Means)
            if (means != TruthLineRole.Spoofed) gang.Lines[means] = BuyLines(means);
        BuyAccounts(gang);
        return gang;
    }

    /// <summary>Somebody who has no part in a fraud yet.</summary>
    public PersonDraft Uninvolved(bool connectedBank)
    {
        while (true)
        {
            var person = dice.Pick(census.People);
            if (person.Involved || (connectedBank && !census.Registry[person.Account.Member].Connected)) continue;
            person.Involved = true;
            return person;
        }
    }

    private List<LineDraft> BuyLines(TruthLineRole means)
    {
        var lines = new List<LineDraft>();
        // A SIM box shows one device for all its cards.
        var box = census.Numbers.Device();
        var holder = means == TruthLineRole.OverLimit ? Uninvolved(false).Token : census.NewToken();
        var reseller = dice.Below(census.Registry.VirtualOperators.Length);
        var count = means == TruthLineRole.OverLimit ? LineLimit + dice.Between(2, 4) : dice.Between(3, 5);
        var member = dice.Pick(census.Registry.Operators);
        var shop = dice.Pick(member.Agents).Code;
        for (var i = 0; i < count; i++)
        {
            var opened = census.Before(2, 40, dice);
            lines.Add(means switch
            {
                TruthLineRole.IotVoice => census.OpenLine(
                    census.Registry.LaxIotSeller.Code, census.Numbers.Iot(census.Registry.LaxIotSeller.Code), LineKind.Iot, IdentityCheck.Verified, holder, null, box, opened),
                TruthLineRole.OverLimit => census.OpenLine(member.Code, census.Numbers.Mobile(member.Code), LineKind.Mobile, IdentityCheck.Verified, holder, shop, box, opened),
                _ => census.UnverifiedLine(reseller, opened, box),
            });
        }
        return lines;
    }

    private void BuyAccounts(GangDraft gang)
    {
        var depth = dice.Between(options.People < 500 ? 2 : 3, options.People < 500 ? 3 : 5);
        for (var layer = 1; layer <= depth; layer++)
        {
            var accounts = new List<AccountDraft>();
            for (var i = dice.Between(3, options.People < 500 ? 3 : 4); i > 0; i--)
            {
                var origin = dice.Weighted([450, 400, 150]) switch { 0 => TruthMuleOrigin.Sold, 1 => TruthMuleOrigin.FalseName, _ => TruthMuleOrigin.Shell };
                // Every gang has at least one false name in the first layer, so that the lax branch is always in some chain.
                if (layer == 1 && i == 1) origin = TruthMuleOrigin.FalseName;
                accounts.Add(Take(gang, Open(gang, origin), origin, layer));
            }
            gang.Layers.Add(accounts);
        }
        foreach (var institution in census.Registry.PaymentInstitutions)
        {
            var wallet = census.OpenAccount(institution.Code, AccountKind.Wallet, 0, census.NewToken(), BoundLine(gang), census.Before(1, 15, dice));
            gang.Wallets.Add(Take(gang, wallet, TruthMuleOrigin.Wallet, 0));
        }
        for (var i = 0; i < 2; i++)
        {
            var away = census.OpenAccount(dice.Pick(census.Registry.UnconnectedBanks).Code, AccountKind.Personal, 0, census.NewToken(), null, census.Before(5, 60, dice));
            gang.Unconnected.Add(Take(gang, away, TruthMuleOrigin.Unconnected, 0));
        }
    }

    private static AccountDraft Take(GangDraft gang, AccountDraft account, TruthMuleOrigin origin, int layer)
    {
        gang.Mules.Add(new MuleDraft(account, origin, layer));
        return account;
    }

    private AccountDraft Open(GangDraft gang, TruthMuleOrigin origin)
    {
        var bank = dice.Pick(census.Registry.ConnectedBanks).Code;
        if (origin == TruthMuleOrigin.FalseName)
        {
            var (lax, branch) = census.Registry.LaxBranch;
            return census.OpenAccount(
                lax.Code, AccountKind.Personal, dice.Between(0, 50) * Yuan, census.NewToken(), BoundLine(gang), census.Before(2, 25, dice), IdentityCheck.NotVerified, branch.Code, true);
        }
        if (origin == TruthMuleOrigin.Shell)
            return census.OpenAccount(bank, AccountKind.Business, dice.Low(500 * Yuan, 20_000 * Yuan), census.NewToken(), BoundLine(gang), census.Before(20, 120, dice));
        var seller = Uninvolved(false);
        var sold = census.OpenAccount(
            bank, AccountKind.Personal, dice.Low(0, 4_000 * Yuan), seller.Token, seller.Line.Number, census.Before(60, 900, dice), openingKnown: dice.Chance(850));
        // The seller's own money is in it too: a trace has to tell the two apart.
        for (var i = dice.Below(3); i > 0; i--)
            schedule.Pay(rhythm.Waking(dice.Below(options.Days), dice), seller.Account, sold, dice.Low(1, 25) * 100 * Yuan, TransferMeans.Account);
        return sold;
    }

    private PhoneNumber? BoundLine(GangDraft gang)
    {
        if (!dice.Chance(600)) return null;
        foreach (var lines in gang.Lines.Values) return dice.Pick(lines).Number;
        return null;
    }
}
