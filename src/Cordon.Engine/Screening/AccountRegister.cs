using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>
/// What holds for each account: the latest opening or standing fact by event time, whatever the order of arrival;
/// of two at one instant, the one with the larger member and id. And when money last moved on it.
/// </summary>
public sealed class AccountRegister
{
    private readonly Dictionary<AccountNumber, AccountFacts> accounts = [];
    private readonly Dictionary<PersonToken, List<AccountNumber>> byPerson = [];
    private readonly Dictionary<(PersonToken, MemberCode), int> byPersonAndMember = [];

    /// <summary>How many accounts were told of by an opening.</summary>
    public int Count { get; private set; }

    /// <summary>The facts that hold for an account; null where none were told.</summary>
    public AccountOpening? Find(AccountNumber account) => accounts.GetValueOrDefault(account)?.Standing?.Opening;

    /// <summary>The accounts that a person holds now at all members, in the order of their written forms.</summary>
    public IReadOnlyList<AccountNumber> Of(PersonToken person) => byPerson.TryGetValue(person, out var held)
        ? [.. held.OrderBy(account => account.ToString(), StringComparer.Ordinal)]
        : [];

    /// <summary>How many accounts a person holds now at all members.</summary>
    public int CountOf(PersonToken person) => byPerson.TryGetValue(person, out var held) ? held.Count : 0;

    /// <summary>How many accounts a person holds now at one member.</summary>
    public int CountOf(PersonToken person, MemberCode member) => byPersonAndMember.GetValueOrDefault((person, member));

    internal AccountFacts? Facts(AccountNumber account) => accounts.GetValueOrDefault(account);

    internal void Apply(AccountOpening told)
    {
        var facts = FactsOf(told.Account);
        if (facts.Standing is not { Opening: var held } standing)
        {
            Count++;
            if (told.Person is { } holder) Join(holder, told.Account);
            facts.Standing = new AccountStandingFacts(told, told.At.Micros);
            return;
        }
        var since = Math.Min(standing.Since, told.At.Micros);
        var isLater = SignalOrder.Compare(held, told) < 0;
        if (isLater && held.Person != told.Person)
        {
            if (held.Person is { } former) Leave(former, told.Account);
            if (told.Person is { } person) Join(person, told.Account);
        }
        if (isLater || since != standing.Since) facts.Standing = new AccountStandingFacts(isLater ? told : held, since);
    }

    internal void Apply(Transfer told)
    {
        if (told.Payer is { } payer) FactsOf(payer).Move(told.At.Micros);
        if (told.Payee is { } payee && told.Payee != told.Payer) FactsOf(payee).Move(told.At.Micros);
    }

    private AccountFacts FactsOf(AccountNumber account)
    {
        ref var facts = ref CollectionsMarshal.GetValueRefOrAddDefault(accounts, account, out _);
        return facts ??= new AccountFacts();
    }

    private void Join(PersonToken person, AccountNumber account)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(byPerson, person, out _);
        (list ??= []).Add(account);
        CollectionsMarshal.GetValueRefOrAddDefault(byPersonAndMember, (person, account.Member), out _)++;
    }

    private void Leave(PersonToken person, AccountNumber account)
    {
        byPerson[person].Remove(account);
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(byPersonAndMember, (person, account.Member), out _);
        if (--count == 0) byPersonAndMember.Remove((person, account.Member));
    }
}

/// <summary>What was told of one account and when money moved on it. Instants are microseconds since 1970-01-01T00:00:00Z.</summary>
internal sealed class AccountFacts
{
    /// <summary>What holds; null where only transfers named the account.</summary>
    public AccountStandingFacts? Standing { get; set; }

    /// <summary>When money last moved; the smallest number where it never did.</summary>
    public long MovedAt { get; private set; } = long.MinValue;

    /// <summary>When money had last moved before the transfer told last.</summary>
    public long MovedBefore { get; private set; } = long.MinValue;

    public void Move(long at)
    {
        MovedBefore = MovedAt;
        MovedAt = Math.Max(MovedAt, at);
    }
}

/// <summary>What holds for one account. Immutable: a verdict keeps what it saw.</summary>
/// <param name="Opening">The opening or standing fact that holds.</param>
/// <param name="Since">The earliest instant for which one was told, in microseconds since the epoch.</param>
internal sealed record AccountStandingFacts(AccountOpening Opening, long Since);
