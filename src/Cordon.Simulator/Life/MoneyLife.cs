using Cordon.Engine.Signals;
using Cordon.Simulator.People;

namespace Cordon.Simulator.Life;

/// <summary>What honest money does: salaries, rent, purchases, families, cash, firms.</summary>
internal sealed class MoneyLife(Census census, Schedule schedule, ProvinceOptions options, Rhythm rhythm, Dice dice)
{
    private const long Yuan = Census.Yuan;

    public void Live()
    {
        foreach (var person in census.People)
        {
            Salary(person);
            Rent(person);
        }
        for (var day = 0; day < options.Days; day++)
        {
            foreach (var person in census.People) Day(person, day);
            Trade(day);
            Escrow(day);
        }
    }

    private void Salary(PersonDraft person)
    {
        if (dice.Chance(200)) return;
        var firm = census.Firms[person.Index % census.Firms.Count];
        var salary = dice.Low(4_200 * Yuan, 24_000 * Yuan);
        // Each firm has its pay day, the same every thirty days.
        for (var day = person.Index % census.Firms.Count % Math.Min(options.Days, 30); day < options.Days; day += 30)
            schedule.Pay(rhythm.Office(day, dice), firm.Account, person.Account, salary, TransferMeans.Account);
    }

    private void Rent(PersonDraft person)
    {
        if (!dice.Chance(300)) return;
        var landlord = dice.Pick(census.People);
        if (landlord == person) return;
        var rent = dice.Low(900 * Yuan, 5_000 * Yuan) / (50 * Yuan) * (50 * Yuan);
        for (var day = dice.Below(Math.Min(options.Days, 30)); day < options.Days; day += 30)
            schedule.Pay(rhythm.Waking(day, dice), person.Account, landlord.Account, rent, TransferMeans.Account);
    }

    private void Day(PersonDraft person, int day)
    {
        if (dice.Chance(220)) Purchase(person, day);
        if (person.Wallet is { } wallet)
        {
            if (dice.Chance(110)) TopUp(person, wallet, day);
            if (dice.Chance(450)) WalletPurchase(person, wallet, day);
            if (dice.Chance(15)) Withdraw(person, wallet, day);
        }
        if (dice.Chance(60)) Family(person, day);
        if (dice.Chance(45)) schedule.Pay(rhythm.Waking(day, dice), person.Account, null, dice.Low(2, 40) * 100 * Yuan, TransferMeans.CashWithdrawal);
        if (dice.Chance(10)) schedule.Pay(rhythm.Office(day, dice), null, person.Account, dice.Low(5, 150) * 100 * Yuan, TransferMeans.CashDeposit);
        if (dice.Below(5000) == 0) schedule.Pay(rhythm.Office(day, dice), person.Account, null, dice.Low(5_000 * Yuan, 30_000 * Yuan), TransferMeans.CrossBorder);
    }

    private void Purchase(PersonDraft person, int day) =>
        schedule.Pay(rhythm.Waking(day, dice), person.Account, Shop(person).Account, dice.Low(800, 90_000), TransferMeans.Purchase);

    private void TopUp(PersonDraft person, AccountDraft wallet, int day) =>
        schedule.PayThroughPool(rhythm.Waking(day, dice), person.Account, Pool(wallet), wallet, dice.Low(2, 12) * 100 * Yuan, TransferMeans.Account, Withheld(wallet));

    private void WalletPurchase(PersonDraft person, AccountDraft wallet, int day) =>
        schedule.PayThroughPool(rhythm.Waking(day, dice), wallet, Pool(wallet), Shop(person).Account, dice.Low(300, 15_000), TransferMeans.Purchase, Withheld(wallet));

    private void Withdraw(PersonDraft person, AccountDraft wallet, int day) =>
        schedule.PayThroughPool(rhythm.Waking(day, dice), wallet, Pool(wallet), person.Account, dice.Low(1, 10) * 100 * Yuan, TransferMeans.Account, Withheld(wallet));

    private void Family(PersonDraft person, int day)
    {
        var relative = census.People[(person.Index ^ (1 << dice.Below(3))) % census.People.Count];
        if (relative == person) return;
        var wallets = dice.Chance(400) && person.Wallet is not null && relative.Wallet is not null && person.Wallet.Member == relative.Wallet.Member;
        var amount = wallets ? dice.Low(50 * Yuan, 600 * Yuan) : dice.Low(2, 80) * 100 * Yuan;
        schedule.Pay(rhythm.Waking(day, dice), wallets ? person.Wallet : person.Account, wallets ? relative.Wallet : relative.Account, amount, TransferMeans.Account);
    }

    private void Trade(int day)
    {
        foreach (var firm in census.Firms)
        {
            if (!dice.Chance(600)) continue;
            var supplier = dice.Pick(census.Firms);
            if (supplier != firm) schedule.Pay(rhythm.Office(day, dice), firm.Account, supplier.Account, dice.Low(2_000 * Yuan, 120_000 * Yuan), TransferMeans.Account);
        }
        foreach (var shop in census.Shops)
            if (dice.Chance(250))
                schedule.Pay(rhythm.Office(day, dice), shop.Account, dice.Pick(census.Firms).Account, dice.Low(1_000 * Yuan, 12_000 * Yuan), TransferMeans.Account);
    }

    /// <summary>Honest money that passes straight through: an agency takes a buyer's payment and pays the seller within the hour.</summary>
    private void Escrow(int day)
    {
        for (var i = 0; i < Math.Max(1, options.People / 400); i++)
        {
            var agency = census.Firms[i % census.Firms.Count];
            var (buyer, seller) = (dice.Pick(census.People), dice.Pick(census.People));
            var (at, amount) = (rhythm.Office(day, dice), dice.Low(3_000 * Yuan, 40_000 * Yuan));
            if (buyer == seller) continue;
            var paid = schedule.Pay(at, buyer.Account, agency.Account, amount, TransferMeans.Account);
            schedule.Pay(at + dice.Seconds(300, 3000), agency.Account, seller.Account, amount, TransferMeans.Account, cause: paid);
        }
    }

    // People buy near home: each keeps to a handful of shops.
    private FirmDraft Shop(PersonDraft person) => census.Shops[(person.Index + dice.Below(8)) % census.Shops.Count];

    private AccountDraft Pool(AccountDraft wallet) => census.Pools[wallet.Member];

    /// <summary>Even the withholding institution gives most honest references; the other one gives all.</summary>
    private bool Withheld(AccountDraft wallet) => wallet.Member == census.Registry.WithholdingInstitution.Code && dice.Chance(20);
}
