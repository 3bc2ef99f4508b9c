using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>Measures accounts and payments: how accounts are opened, which sleep and wake, what runs straight through.</summary>
/// <param name="tally">Where it is counted.</param>
/// <param name="holdings">Where new accounts are counted.</param>
/// <param name="restricted">Where openings for restricted people are looked at.</param>
/// <param name="currency">Thresholds are in this currency; money in others is not held against them.</param>
/// <param name="dayOf">The day of an instant by the jurisdiction's clock.</param>
internal sealed class AccountMeter(ControlTally tally, HoldingCount holdings, RestrictionMeter restricted, Currency currency, Func<Instant, int> dayOf)
{
    private readonly Dictionary<AccountNumber, Account> accounts = [];
    private readonly Dictionary<(PersonToken Person, MemberCode Member), int> held = [];
    private readonly SortedDictionary<int, List<AccountNumber>> asleepFrom = [];
    private readonly Dictionary<MemberCode, Instant> tellsFrom = [];
    private readonly PriorityQueue<AccountNumber, Instant> passing = new();
    private readonly Dictionary<AccountNumber, Flow> flows = [];

    public void Take(AccountOpening told)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(accounts, told.Account, out var known);
        if (known && told.At < account.ToldAt) return;
        if (!known && told.AccountKind != AccountKind.Pool) holdings.Add(Holding.Account, told.Account.Member, told.At);
        var opened = !known || account.Person != told.Person;
        var unit = opened ? told.Branch : account.Unit;
        var member = told.Account.Member;
        if (known) Hold(account, member, -1);
        var moved = known && account.MovedAt > told.At ? account.MovedAt : told.At;
        account = new Account(unit, told.Person, told.AccountKind, told.At, moved, known && account.Watched, false);
        Hold(account, member, 1);
        Watch(told.Account, ref account);
        if (opened) restricted.Opened(told, unit);
        else restricted.Used(told.Account, told.At);
        if (!opened || told.AccountKind == AccountKind.Pool) return;
        if (told.Identity != IdentityCheck.Unknown)
            tally.Count(DutyControl.AccountIdentityVerified, member, unit, told.At, told.Identity == IdentityCheck.NotVerified, told);
        if (told.Person is { } person && told.AccountKind == AccountKind.Personal)
        {
            var now = held[(person, member)];
            tally.Count(DutyControl.DebitCardsPerPerson, member, unit, told.At, duty => now > duty.Threshold!["cards"], told);
        }
    }

    public void Take(Transfer told)
    {
        if (!tellsFrom.TryGetValue(told.Member, out var first) || told.At < first) tellsFrom[told.Member] = told.At;
        if (told.Payer is { } payer) Leave(payer, told);
        if (told.Payee is { } payee) Arrive(payee, told);
        // Anyone can name an account in a payment; that it is there its own member shows.
        if (told.Payer?.Member == told.Member) restricted.Used(told.Payer.Value, told.At);
        if (told.Payee?.Member == told.Member) restricted.Used(told.Payee.Value, told.At);
    }

    /// <summary>The clock moved: sums whose time to leave is over are counted.</summary>
    public void Advance(Instant now)
    {
        while (passing.TryPeek(out var account, out var until) && until < now)
        {
            passing.Dequeue();
            if (flows.TryGetValue(account, out var flow) && flow.Until == until && flows.Remove(account)) Close(account, flow);
        }
    }

    /// <summary>A day begins: accounts without movement for as long as the duty says are asleep, and were to be suspended.</summary>
    public void BeginDay(Instant first)
    {
        var today = dayOf(first);
        while (asleepFrom.Count > 0 && asleepFrom.First() is var (day, candidates) && day <= today)
        {
            asleepFrom.Remove(day);
            foreach (var number in candidates) LookAt(number, first, today);
        }
    }

    private void Leave(AccountNumber payer, Transfer told)
    {
        if (flows.TryGetValue(payer, out var flow) && told.Amount.Currency == currency && told.At <= flow.Until && told.At >= flow.From)
            flows[payer] = flow with { LeftMinor = Math.Min(flow.ArrivedMinor, flow.LeftMinor + told.Amount.Minor), Last = told };
        ref var account = ref CollectionsMarshal.GetValueRefOrNullRef(accounts, payer);
        if (Unsafe.IsNullRef(ref account)) return;
        if (account.Kind == AccountKind.Pool && told.Member == payer.Member) CountReference(payer, told);
        // Cash may have been paid out at a counter, where a sleeping account still serves its holder.
        if (account.Asleep && told.Means == TransferMeans.CashWithdrawal) return;
        if (account.Asleep)
            foreach (var measure in tally.Of(DutyControl.DormantAccountsSuspended))
                if (measure.At(told.At) is { } duty)
                    tally.Place(measure, duty, payer.Member, account.Unit)?.Add(told.At, 0, 1, ControlTally.RecordOf(told));
        account.Asleep = false;
        Move(payer, ref account, told.At);
    }

    private void Arrive(AccountNumber payee, Transfer told)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrNullRef(accounts, payee);
        if (Unsafe.IsNullRef(ref account)) return;
        if (account.Kind == AccountKind.Pool && told.Member == payee.Member) CountReference(payee, told);
        // What comes in does not wake an account: anyone can pay into a forgotten one.
        if (!account.Asleep) Move(payee, ref account, told.At);
        if (told.Amount.Currency != currency || account.Kind is AccountKind.Pool or AccountKind.Merchant) return;
        if (flows.TryGetValue(payee, out var flow) && told.At <= flow.Until)
        {
            if (told.At >= flow.From) flows[payee] = flow with { ArrivedMinor = flow.ArrivedMinor + told.Amount.Minor };
            return;
        }
        foreach (var measure in tally.Of(DutyControl.PassThrough))
        {
            if (measure.At(told.At)?.Threshold is not { } threshold || told.Amount.Minor < threshold[ControlCatalogue.FromMinor]) continue;
            if (flows.Remove(payee, out var over)) Close(payee, over);
            var begun = new Flow(told.At, told.At + TimeSpan.FromMinutes(threshold[ControlCatalogue.Minutes]), told.Amount.Minor, 0, told);
            flows[payee] = begun;
            passing.Enqueue(payee, begun.Until);
            // One sum runs once, however many duties look at it.
            break;
        }
    }

    private void Close(AccountNumber account, Flow flow) => tally.Count(
        DutyControl.PassThrough, account.Member, accounts[account].Unit, flow.From,
        duty => (Int128)flow.LeftMinor * 100 >= (Int128)flow.ArrivedMinor * duty.Threshold![ControlCatalogue.SharePercent], flow.Last);

    private void CountReference(AccountNumber pool, Transfer told) =>
        tally.Count(DutyControl.PoolReferenceGiven, pool.Member, null, told.At, told.OrderReference is null, told);

    private void Move(AccountNumber number, ref Account account, Instant at)
    {
        if (at > account.MovedAt) account.MovedAt = at;
        Watch(number, ref account);
    }

    // An account waits in one place only, from its last look on; whether it moved since is seen when its day comes.
    private void Watch(AccountNumber number, ref Account account)
    {
        if (account.Watched || account.Kind is AccountKind.Pool or AccountKind.Merchant || SleepDay(account.MovedAt) is not { } day) return;
        account.Watched = true;
        if (!asleepFrom.TryGetValue(day, out var list)) asleepFrom.Add(day, list = []);
        list.Add(number);
    }

    private void LookAt(AccountNumber number, Instant now, int today)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrNullRef(accounts, number);
        account.Watched = false;
        // Before its member told of payments nobody knows whether it was used.
        var silent = tellsFrom.TryGetValue(number.Member, out var first) ? first : now;
        if (silent > account.MovedAt) account.MovedAt = silent;
        if (SleepDay(account.MovedAt) is not { } day) return;
        if (day > today)
        {
            Watch(number, ref account);
            return;
        }
        account.Asleep = true;
        foreach (var measure in tally.Of(DutyControl.DormantAccountsSuspended))
            if (measure.At(now) is { } duty)
                tally.Place(measure, duty, number.Member, account.Unit)?.Add(now, 1, 0, null);
    }

    private int? SleepDay(Instant moved)
    {
        foreach (var measure in tally.Of(DutyControl.DormantAccountsSuspended))
            if (measure.At(moved)?.Threshold is { } threshold)
                return dayOf(Instant.From(moved.ToDateTimeOffset().AddMonths((int)threshold["months"]))) + 1;
        return null;
    }

    private void Hold(in Account account, MemberCode member, int more)
    {
        if (account.Person is { } person && account.Kind == AccountKind.Personal)
            CollectionsMarshal.GetValueRefOrAddDefault(held, (person, member), out _) += more;
    }

    /// <summary>What holds of an account.</summary>
    /// <param name="Unit">The branch that opened it.</param>
    /// <param name="Person">The holder.</param>
    /// <param name="Kind">What it is for.</param>
    /// <param name="ToldAt">When that was told for.</param>
    /// <param name="MovedAt">When it was last used, or its facts told again.</param>
    /// <param name="Watched">Whether it waits for its day to fall asleep.</param>
    /// <param name="Asleep">Whether it fell asleep.</param>
    private record struct Account(string? Unit, PersonToken? Person, AccountKind Kind, Instant ToldAt, Instant MovedAt, bool Watched, bool Asleep);

    /// <summary>A sum that came in and may run through.</summary>
    /// <param name="From">When it came.</param>
    /// <param name="Until">Until when what leaves counts.</param>
    /// <param name="ArrivedMinor">How much came by now.</param>
    /// <param name="LeftMinor">How much left by now.</param>
    /// <param name="Last">The last transfer of it: the one in, then those out.</param>
    private sealed record Flow(Instant From, Instant Until, long ArrivedMinor, long LeftMinor, Transfer Last);
}
