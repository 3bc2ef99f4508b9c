using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// The lists that casework keeps: what stands on each now. Of two changes to one entry the later decided holds,
/// whichever came first; of two decided at one instant, the later in the journal.
/// </summary>
public sealed class WatchLists
{
    private readonly Dictionary<(ListName, PhoneNumber), Standing> numbers = [];
    private readonly Dictionary<(ListName, AccountNumber), Standing> accounts = [];
    private readonly Dictionary<Device, Standing> devices = [];
    private readonly Dictionary<PersonToken, Standing> persons = [];
    private readonly Dictionary<string, Standing> domains = new(StringComparer.Ordinal);

    /// <summary>Whether a number stands on a list.</summary>
    public bool Has(ListName list, PhoneNumber number) => Has(list, number, Instant.Min);

    /// <summary>Whether an account stands on a list.</summary>
    public bool Has(ListName list, AccountNumber account) => Has(list, account, Instant.Min);

    /// <summary>Whether a number stands on a list at an instant.</summary>
    public bool Has(ListName list, PhoneNumber number, Instant at) => numbers.TryGetValue((list, number), out var standing) && standing.Counts(at);

    /// <summary>Whether an account stands on a list at an instant.</summary>
    public bool Has(ListName list, AccountNumber account, Instant at) => accounts.TryGetValue((list, account), out var standing) && standing.Counts(at);

    /// <summary>Whether a device stands on the list of devices at an instant.</summary>
    public bool Has(Device device, Instant at) => devices.TryGetValue(device, out var standing) && standing.Counts(at);

    /// <summary>Whether a person stands on the list of those restricted at an instant.</summary>
    public bool Has(PersonToken person, Instant at) => persons.TryGetValue(person, out var standing) && standing.Counts(at);

    /// <summary>Whether a domain, or one above it, stands on the list of domains at an instant.</summary>
    public bool Has(Domain domain, Instant at)
    {
        if (domains.Count == 0 || domain.Name is not { Length: > 0 } name) return false;
        var lookup = domains.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var rest = name.AsSpan(); ; rest = rest[(rest.IndexOf('.') + 1)..])
        {
            if (lookup.TryGetValue(rest, out var standing) && standing.Counts(at)) return true;
            if (!rest.Contains('.')) return false;
        }
    }

    /// <summary>Whether a text is the written form of what a list holds: one spelling for each entry.</summary>
    public static bool IsEntry(ListName list, string? entry) => list switch
    {
        ListName.FraudNumbers or ListName.NeverBlockNumbers => PhoneNumber.TryParse(entry, out var number) && number.ToString() == entry,
        ListName.StoppedAccounts or ListName.FraudAccounts or ListName.LivingAccounts => AccountNumber.TryParse(entry, out var account) && account.ToString() == entry,
        ListName.FraudDomains => Domain.IsValid(entry),
        ListName.FraudDevices => Device.TryParse(entry, out var device) && device.ToString() == entry,
        ListName.RestrictedPersons => PersonToken.TryParse(entry, out var person) && person.ToString() == entry,
        _ => false,
    };

    internal void Apply(ListChanged change)
    {
        switch (change.List)
        {
            case ListName.FraudDomains: Apply(domains, change.Entry, change); break;
            case ListName.FraudDevices when Device.TryParse(change.Entry, out var device): Apply(devices, device, change); break;
            case ListName.RestrictedPersons when PersonToken.TryParse(change.Entry, out var person): Apply(persons, person, change); break;
            case ListName.FraudNumbers or ListName.NeverBlockNumbers when PhoneNumber.TryParse(change.Entry, out var number): Apply(numbers, (change.List, number), change); break;
            default: Apply(accounts, (change.List, AccountNumber.Parse(change.Entry)), change); break;
        }
    }

    internal void Save(SnapshotWriter to)
    {
        // In an order of their own: that of a dictionary depends on what was taken out of it.
        to.Number(numbers.Count);
        foreach (var ((list, number), standing) in numbers.OrderBy(entry => entry.Key.Item1).ThenBy(entry => entry.Key.Item2.Digits)) Save(to, list, number.ToString(), standing);
        to.Number(accounts.Count);
        foreach (var (key, standing) in accounts.Select(entry => ((entry.Key.Item1, entry.Key.Item2.ToString()), entry.Value)).OrderBy(entry => entry.Item1.Item1).ThenBy(entry => entry.Item1.Item2, StringComparer.Ordinal))
            Save(to, key.Item1, key.Item2, standing);
        to.Number(domains.Count);
        foreach (var (domain, standing) in domains.OrderBy(entry => entry.Key, StringComparer.Ordinal)) Save(to, ListName.FraudDomains, domain, standing);
        to.Number(devices.Count);
        foreach (var (device, standing) in devices.OrderBy(entry => entry.Key.Imei)) Save(to, ListName.FraudDevices, device.ToString(), standing);
        to.Number(persons.Count);
        foreach (var (person, standing) in persons.Select(entry => (entry.Key.ToString(), entry.Value)).OrderBy(entry => entry.Item1, StringComparer.Ordinal)) Save(to, ListName.RestrictedPersons, person, standing);
    }

    /// <summary>Fills lists that are empty.</summary>
    internal void Load(ref SnapshotReader from)
    {
        for (var part = 0; part < 5; part++)
            for (var left = from.Elements(int.MaxValue); left > 0; left--) Apply(LoadChange(ref from));
    }

    private static void Save(SnapshotWriter to, ListName list, string entry, in Standing standing)
    {
        to.Number((long)list);
        to.Text(entry);
        to.Number(standing.Present ? 1 : 0);
        to.Number(standing.At.Micros);
        to.Number(standing.Until is null ? 0 : 1);
        if (standing.Until is { } until) to.Number(until.Micros);
    }

    private static ListChanged LoadChange(ref SnapshotReader from)
    {
        var list = (ListName)from.Count((int)ListName.LivingAccounts);
        var entry = from.Text(FieldLimits.EntryLength);
        if (!IsEntry(list, entry)) throw new FormatException("A snapshot's list has an entry that is none.");
        var present = from.Count(1) == 1;
        var at = new Instant(from.Number());
        return new ListChanged(Guid.Empty, list, entry, present, at, from.Count(1) == 1 ? new Instant(from.Number()) : null);
    }

    private static void Apply<T>(Dictionary<T, Standing> entries, T key, ListChanged change)
        where T : notnull
    {
        if (entries.TryGetValue(key, out var standing) && standing.At > change.At) return;
        entries[key] = new Standing(change.Present, change.At, change.Until);
    }

    private readonly record struct Standing(bool Present, Instant At, Instant? Until)
    {
        public bool Counts(Instant at) => Present && (Until is not { } end || at < end);
    }
}
