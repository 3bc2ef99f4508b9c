using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>
/// What holds for each account: the latest opening or standing fact by event time, whatever the order of arrival;
/// of two at one instant, the one with the larger member and id.
/// </summary>
public sealed class AccountRegister
{
    private readonly Dictionary<AccountNumber, AccountOpening> accounts = [];
    private readonly Dictionary<PersonToken, List<AccountNumber>> byPerson = [];

    /// <summary>How many accounts are known.</summary>
    public int Count => accounts.Count;

    /// <summary>The facts that hold for an account; null where none were told.</summary>
    public AccountOpening? Find(AccountNumber account) => accounts.GetValueOrDefault(account);

    /// <summary>The accounts that a person holds now at all members, in the order of their written forms.</summary>
    public IReadOnlyList<AccountNumber> Of(PersonToken person) => byPerson.TryGetValue(person, out var held)
        ? [.. held.OrderBy(account => account.ToString(), StringComparer.Ordinal)]
        : [];

    internal void Apply(AccountOpening told)
    {
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(accounts, told.Account, out _);
        if (held is not null && SignalOrder.Compare(held, told) >= 0) return;
        if (held?.Person != told.Person)
        {
            if (held?.Person is { } former) byPerson[former].Remove(told.Account);
            if (told.Person is { } person)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(byPerson, person, out _);
                (list ??= []).Add(told.Account);
            }
        }
        held = told;
    }
}
