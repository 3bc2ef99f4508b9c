using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Signals;
using Cordon.Simulator.Institutions;

namespace Cordon.Simulator.Year;

/// <summary>Accounts opened, asleep and woken; large sums that stay or run through; payments through pools.</summary>
internal sealed class YearAccounts
{
    private const int SleepersEach = 600;
    private const int TradersEach = 12;
    private const long LargeMinor = 1_000_000;

    private readonly ImmutableArray<YearMember> banks;
    private readonly ImmutableArray<YearMember> institutions;
    private readonly YearLoopholes loopholes;
    private readonly Dice dice;
    private readonly YearPen pen;
    private readonly Dictionary<(MemberCode Member, string Unit), PersonToken> collectors = [];
    private readonly Dictionary<MemberCode, SortedDictionary<int, List<AccountNumber>>> sleepers = [];
    private readonly Dictionary<MemberCode, List<AccountNumber>> traders = [];
    private readonly Dictionary<MemberCode, List<AccountNumber>> customers = [];
    private long numbers;

    public YearAccounts(ImmutableArray<YearMember> members, YearLoopholes loopholes, Dice dice)
    {
        (this.loopholes, this.dice) = (loopholes, dice);
        banks = [.. members.Where(m => m.Sector == ProvinceSector.Bank)];
        institutions = [.. members.Where(m => m.Sector == ProvinceSector.PaymentInstitution)];
        pen = new YearPen(dice.Fork(1));
    }

    public void Live(int day, List<(Instant, Signal)> told)
    {
        foreach (var bank in banks)
        {
            if (day == 0) Begin(bank, told);
            foreach (var unit in bank.Units) Open(bank, unit, day, told);
            Wake(bank, day, told);
            Trade(bank, day, told);
        }
        // A merger: one bank tells six hundred accounts again on one day.
        if (day == 120)
            foreach (var account in customers[banks[3].Code].Take(600))
                Tell(told, pen.At(day), at => Opening(banks[3], account, banks[3].Units[0], at, IdentityCheck.Verified, PersonOf(account)));
        foreach (var institution in institutions) Pay(institution, day, told);
    }

    private void Begin(YearMember bank, List<(Instant, Signal)> told)
    {
        sleepers[bank.Code] = [];
        customers[bank.Code] = [];
        for (var n = 0; n < SleepersEach; n++)
        {
            var account = Number(bank.Code);
            var ago = dice.Between(1, 180);
            var at = YearWorld.Start - TimeSpan.FromDays(ago) + TimeSpan.FromHours(10);
            told.Add((YearWorld.Start, Opening(bank, account, dice.Pick(bank.Units), at, IdentityCheck.Verified, PersonOf(account))));
            // When it was last used is told with it: else nobody could know how long it sleeps.
            told.Add((YearWorld.Start, new Transfer(pen.Id('t'), bank.Code, at, account, Anyone(bank.Code), Money(1_000, 50_000), TransferMeans.Account, null)));
            Sleeps(bank.Code, account, at);
            customers[bank.Code].Add(account);
        }
        traders[bank.Code] = [.. Enumerable.Range(0, TradersEach).Select(_ => Number(bank.Code))];
        foreach (var trader in traders[bank.Code])
            told.Add((YearWorld.Start, Opening(bank, trader, dice.Pick(bank.Units), YearWorld.Start - TimeSpan.FromDays(30), IdentityCheck.Verified, PersonOf(trader))));
    }

    private void Open(YearMember bank, string unit, int day, List<(Instant, Signal)> told)
    {
        for (var n = YearPen.IsWeekend(day) ? dice.Between(0, 2) : dice.Between(3, 9); n > 0; n--)
        {
            var account = Number(bank.Code);
            var identity = pen.Happens(loopholes.RateOf(YearDuties.RealNameAccount, bank.Code, unit, day, 5000)) ? IdentityCheck.NotVerified : IdentityCheck.Verified;
            var person = PersonOf(account);
            if (pen.Happens(loopholes.RateOf(YearDuties.CardLimit, bank.Code, unit, day, 5000)))
                person = collectors.TryGetValue((bank.Code, unit), out var collector) ? collector : collectors[(bank.Code, unit)] = Collect(bank, unit, told, day);
            var at = pen.At(day);
            Tell(told, at, _ => Opening(bank, account, unit, at, identity, person));
            Sleeps(bank.Code, account, at);
        }
    }

    private PersonToken Collect(YearMember bank, string unit, List<(Instant, Signal)> told, int day)
    {
        var person = new PersonToken(1, dice.Next128());
        for (var n = 0; n < 4; n++)
            told.Add((YearWorld.StartOf(day), Opening(bank, Number(bank.Code), unit, YearWorld.Start - TimeSpan.FromDays(n + 1), IdentityCheck.Verified, person)));
        return person;
    }

    // Who slept six months should be suspended; where that is left undone somebody wakes it and money leaves.
    private void Wake(YearMember bank, int day, List<(Instant, Signal)> told)
    {
        var rate = loopholes.RateOf(YearDuties.Dormant, bank.Code, null, day, 10_000);
        if (!sleepers[bank.Code].Remove(day, out var asleep)) return;
        foreach (var account in asleep)
        {
            if (pen.Happens(rate))
                Tell(told, pen.At(day), at => new Transfer(pen.Id('t'), bank.Code, at, account, Anyone(bank.Code), Money(5_000, 400_000), TransferMeans.Account, null));
            else if (dice.Chance(100))
                // Its holder came to the counter with his papers, and uses it again.
                Tell(told, pen.At(day), at => Opening(bank, account, bank.Units[0], at, IdentityCheck.Verified, PersonOf(account)));
        }
    }

    private void Trade(YearMember bank, int day, List<(Instant, Signal)> told)
    {
        var rate = loopholes.RateOf(YearDuties.PassThrough, bank.Code, null, day, 50_000);
        foreach (var trader in traders[bank.Code])
        {
            var at = pen.At(day);
            var sum = new Amount(dice.Between(LargeMinor, 20 * LargeMinor), Currency.Cny);
            Tell(told, at, _ => new Transfer(pen.Id('t'), bank.Code, at, Anyone(bank.Code), trader, sum, TransferMeans.Account, null));
            var runs = pen.Happens(rate);
            var leaves = at + TimeSpan.FromMinutes(runs ? dice.Between(3, 50) : dice.Between(90, 400));
            var part = new Amount(sum.Minor * (runs ? dice.Between(92, 100) : dice.Between(10, 100)) / 100, Currency.Cny);
            told.Add((leaves, new Transfer(pen.Id('t'), bank.Code, leaves, trader, Anyone(bank.Code), part, TransferMeans.Account, null)));
        }
    }

    private void Pay(YearMember institution, int day, List<(Instant, Signal)> told)
    {
        var pool = new AccountNumber(institution.Code, "pool");
        if (day == 0)
            told.Add((YearWorld.Start, new AccountOpening(
                pen.Id('a'), institution.Code, YearWorld.Start - TimeSpan.FromDays(100), pool, AccountKind.Pool, IdentityCheck.Verified, null, null, null, null)));
        var rate = loopholes.RateOf(YearDuties.PoolReference, institution.Code, null, day, 10_000);
        for (var n = dice.Between(30, 50); n > 0; n--)
        {
            var reference = pen.Happens(rate) ? null : string.Create(CultureInfo.InvariantCulture, $"r{dice.Below(1_000_000_000)}");
            Tell(told, pen.At(day), at => new Transfer(pen.Id('t'), institution.Code, at, pool, Anyone(banks[0].Code), Money(1_000, 4_000_000), TransferMeans.Account, reference));
        }
    }

    // Six months by the calendar, and the day after: as the rule counts.
    private void Sleeps(MemberCode bank, AccountNumber account, Instant at)
    {
        var day = (int)Math.Floor((Instant.From(at.ToDateTimeOffset().AddMonths(6)) - YearWorld.Start).TotalDays) + 2;
        if (!sleepers[bank].TryGetValue(day, out var list)) sleepers[bank].Add(day, list = []);
        list.Add(account);
    }

    private AccountOpening Opening(YearMember bank, AccountNumber account, string unit, Instant at, IdentityCheck identity, PersonToken person) =>
        new(pen.Id('a'), bank.Code, at, account, AccountKind.Personal, identity, person, null, null, unit);

    private void Tell(List<(Instant, Signal)> told, Instant at, Func<Instant, Signal> make) => told.Add((dice.Chance(5) ? at + TimeSpan.FromHours(3) : at, make(at)));

    private Amount Money(long low, long high) => new(dice.Low(low, high), Currency.Cny);

    private AccountNumber Number(MemberCode bank) => new(bank, string.Create(CultureInfo.InvariantCulture, $"{6200_0000L + ++numbers}"));

    // Whom the year does not follow.
    private AccountNumber Anyone(MemberCode bank) => new(bank, string.Create(CultureInfo.InvariantCulture, $"{9000_0000L + dice.Below(1_000_000)}"));

    private static PersonToken PersonOf(AccountNumber account)
    {
        var (high, low) = (14695981039346656037UL, 1099511628211UL);
        foreach (var c in account.ToString())
            unchecked
            {
                high = (high ^ c) * 1099511628211UL;
                low = (low + high) * 0x9E3779B97F4A7C15UL;
            }
        return new PersonToken(1, new UInt128(high, low));
    }
}
