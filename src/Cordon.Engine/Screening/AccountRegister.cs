using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// What holds for each account: the latest opening or standing fact by event time, whatever the order of arrival;
/// of two at one instant, the one with the larger member and id. And when money last moved on it.
/// Not for two threads at once, reading included.
/// </summary>
public sealed class AccountRegister
{
    private readonly AccountIndex index;
    private readonly ChunkedList<AccountFacts> accounts = new();
    private readonly Holdings holdings = new();

    internal AccountRegister(AccountIndex? index = null) => this.index = index ?? new AccountIndex(new MemberTable());

    /// <summary>How many accounts were told of by an opening.</summary>
    public int Count { get; private set; }

    /// <summary>The facts that hold for an account; null where none were told.</summary>
    public AccountOpening? Find(AccountNumber account) => TryFind(account, out var facts) ? facts.Opening : null;

    /// <summary>The accounts that a person holds now at all members, in the order of their written forms.</summary>
    public IReadOnlyList<AccountNumber> Of(PersonToken person) =>
        [.. holdings.Of(person).Select(account => accounts[account].Opening!.Account).OrderBy(account => account.ToString(), StringComparer.Ordinal)];

    /// <summary>How many accounts a person holds now at all members.</summary>
    public int CountOf(PersonToken person) => holdings.CountOf(person);

    /// <summary>How many accounts a person holds now at one member.</summary>
    public int CountOf(PersonToken person, MemberCode member) => holdings.CountOf(person, index.Members.Find(member));

    internal bool TryFind(AccountNumber account, out AccountFacts facts)
    {
        var number = index.Find(account);
        // The index is shared: what another numbered is nothing that was told here.
        var isTold = number >= 0 && number < accounts.Count;
        facts = isTold ? accounts[number] : AccountFacts.None;
        return isTold;
    }

    /// <summary>Asks for the facts of accounts.</summary>
    internal void LookAheadTo(ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers) accounts.LookAheadTo(number);
    }

    /// <summary>What holds for an account by its number; null where nothing was told.</summary>
    internal AccountOpening? Opening(int number) => number >= 0 && number < accounts.Count ? accounts[number].Opening : null;

    /// <summary>Brings near what is asked of persons.</summary>
    internal void LookAheadTo(KeyBatch persons, Span<int> rows) => holdings.LookAheadTo(persons, rows);

    internal void Apply(AccountOpening told)
    {
        var number = Intern(told.Account);
        ref var facts = ref accounts[number];
        if (facts.Opening is not { } held)
        {
            Count++;
            (facts.Opening, facts.Since) = (told, told.At.Micros);
            Join(number, told);
            return;
        }
        facts.Since = Math.Min(facts.Since, told.At.Micros);
        if (SignalOrder.Compare(held, told) >= 0) return;
        facts.Opening = told;
        if (held.Person == told.Person) return;
        holdings.Leave(number);
        Join(number, told);
    }

    internal void Apply(Transfer told)
    {
        if (told.Payer is { } payer) accounts[Intern(payer)].Move(told.At.Micros);
        if (told.Payee is { } payee && told.Payee != told.Payer) accounts[Intern(payee)].Move(told.At.Micros);
    }

    internal void Save(SnapshotWriter to)
    {
        var signals = new SavedSignals(to);
        to.Number(Count);
        to.Number(accounts.Count);
        for (var number = 0; number < accounts.Count; number++)
        {
            ref readonly var facts = ref accounts[number];
            to.Number(facts.MovedAt);
            to.Number(facts.MovedBefore);
            to.Number(facts.Opening is null ? 0 : 1);
            if (facts.Opening is null) continue;
            to.Number(facts.Since);
            signals.Write(facts.Opening);
        }
        holdings.Save(to);
    }

    /// <summary>Fills an empty register; its index is filled already.</summary>
    internal void Load(ref SnapshotReader from)
    {
        Count = from.Count(int.MaxValue);
        var count = from.Elements(index.Count);
        for (var number = 0; number < count; number++)
        {
            var facts = AccountFacts.None with { MovedAt = from.Number(), MovedBefore = from.Number() };
            if (from.Count(1) == 1)
            {
                facts.Since = from.Number();
                facts.Opening = SavedSignals.Read<AccountOpening>(ref from);
            }
            accounts.Add(facts);
        }
        holdings.Load(ref from, count);
    }

    private int Intern(AccountNumber account)
    {
        var number = index.Intern(account);
        accounts.Ensure(number + 1, AccountFacts.None);
        return number;
    }

    // The member that keeps an account is its bank, whoever told of it.
    private void Join(int number, AccountOpening told)
    {
        if (told.Person is { } person) holdings.Join(number, person, index.MemberOf(number));
    }
}

/// <summary>What was told of one account and when money moved on it. Instants are microseconds since 1970-01-01T00:00:00Z.</summary>
internal record struct AccountFacts
{
    /// <summary>Of an account of which nothing was told.</summary>
    public static readonly AccountFacts None = new() { MovedAt = long.MinValue, MovedBefore = long.MinValue };

    /// <summary>The opening or standing fact that holds; null where only transfers named the account. Immutable: a verdict keeps what it saw.</summary>
    public AccountOpening? Opening { get; set; }

    /// <summary>The earliest instant for which one was told.</summary>
    public long Since { get; set; }

    /// <summary>When money last moved; the smallest number where it never did.</summary>
    public long MovedAt { get; set; }

    /// <summary>When money had last moved before the transfer told last.</summary>
    public long MovedBefore { get; set; }

    public void Move(long at)
    {
        MovedBefore = MovedAt;
        MovedAt = Math.Max(MovedAt, at);
    }
}
