using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>
/// The lists that casework keeps: what stands on each now. Of two changes to one entry the later decided holds,
/// whichever came first; of two decided at one instant, the later in the journal.
/// </summary>
public sealed class WatchLists
{
    private readonly Dictionary<(ListName, PhoneNumber), Standing> numbers = [];
    private readonly Dictionary<(ListName, AccountNumber), Standing> accounts = [];

    /// <summary>Whether a number stands on a list.</summary>
    public bool Has(ListName list, PhoneNumber number) => numbers.TryGetValue((list, number), out var standing) && standing.Present;

    /// <summary>Whether an account stands on a list.</summary>
    public bool Has(ListName list, AccountNumber account) => accounts.TryGetValue((list, account), out var standing) && standing.Present;

    /// <summary>Whether a text is the written form of what a list holds: one spelling for each entry.</summary>
    public static bool IsEntry(ListName list, string? entry) => list switch
    {
        ListName.FraudNumbers or ListName.NeverBlockNumbers => PhoneNumber.TryParse(entry, out var number) && number.ToString() == entry,
        ListName.StoppedAccounts or ListName.FraudAccounts => AccountNumber.TryParse(entry, out var account) && account.ToString() == entry,
        _ => false,
    };

    internal void Apply(ListChanged change)
    {
        if (PhoneNumber.TryParse(change.Entry, out var number)) Apply(numbers, (change.List, number), change);
        else Apply(accounts, (change.List, AccountNumber.Parse(change.Entry)), change);
    }

    private static void Apply<T>(Dictionary<(ListName, T), Standing> entries, (ListName, T) key, ListChanged change)
    {
        if (entries.TryGetValue(key, out var standing) && standing.At > change.At) return;
        entries[key] = new Standing(change.Present, change.At);
    }

    private readonly record struct Standing(bool Present, Instant At);
}
