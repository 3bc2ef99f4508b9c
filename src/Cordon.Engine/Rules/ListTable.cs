using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>The lists that conditions may ask: those casework keeps, and those that come with the rulebook.</summary>
internal sealed class ListTable
{
    private static readonly ImmutableArray<(string Id, CelType Entry, ListName List)> Kept =
    [
        ("fraud_numbers", SignalVocabulary.Phone, ListName.FraudNumbers),
        ("never_block_numbers", SignalVocabulary.Phone, ListName.NeverBlockNumbers),
        ("fraud_accounts", SignalVocabulary.Account, ListName.FraudAccounts),
        ("stopped_accounts", SignalVocabulary.Account, ListName.StoppedAccounts),
        ("fraud_domains", SignalVocabulary.Domain, ListName.FraudDomains),
        ("fraud_devices", SignalVocabulary.Device, ListName.FraudDevices),
        ("restricted_persons", SignalVocabulary.Person, ListName.RestrictedPersons),
        ("living_accounts", SignalVocabulary.Account, ListName.LivingAccounts),
    ];

    private readonly RulebookFaults faults;
    private readonly Dictionary<string, EntryList> all = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CelType> types = new(StringComparer.Ordinal);

    public ListTable(ImmutableArray<ListSource> sources, RulebookFaults faults)
    {
        this.faults = faults;
        foreach (var (id, entry, list) in Kept) Live(id, entry, list);
        foreach (var source in sources) Take(source);
    }

    /// <summary>The lists that casework keeps, with the type of their entries.</summary>
    public static IEnumerable<(string Name, CelType Entry)> LiveTypes => Kept.Select(k => ("lists." + k.Id, k.Entry));

    public IReadOnlyDictionary<string, EntryList> All => all;

    public void AddTo(CelEnvironmentBuilder words)
    {
        foreach (var (name, entry) in types) words.Variable(name, RegisterVocabulary.ListOf(entry));
    }

    private void Live(string id, CelType entry, ListName list)
    {
        all.Add("lists." + id, new EntryList(list));
        types.Add("lists." + id, entry);
    }

    private void Take(ListSource source)
    {
        var name = "lists." + source.Id.Text;
        if (all.ContainsKey(name))
        {
            faults.Add(source.Id, $"Two lists have the id '{source.Id.Text}'.");
            return;
        }
        if (source.Role.Text is not ("deny" or "allow" or "never-block")) faults.Add(source.Role, "A list's role is deny, allow or never-block.");
        var (type, list) = source.Of.Text switch
        {
            "phone" => (SignalVocabulary.Phone, Phones(source)),
            "account" => (SignalVocabulary.Account, Texts(source, IsAccount, "an account, member:number")),
            "domain" => (SignalVocabulary.Domain, Texts(source, text => Domain.IsValid(text), "a domain in small letters")),
            "device" => (SignalVocabulary.Device, Devices(source)),
            _ => (null, null),
        };
        if (type is null || list is null) faults.Add(source.Of, "A list is of phone, account, domain or device.");
        else
        {
            all.Add(name, list);
            types.Add(name, type);
        }
    }

    private EntryList Phones(ListSource source)
    {
        var numbers = new List<long>();
        var prefixes = new List<(int, long)>();
        foreach (var entry in source.Entries)
        {
            var isPrefix = entry.Text.EndsWith('*');
            var digits = isPrefix ? entry.Text[..^1] : entry.Text;
            // A prefix may be shorter than any number: padded, it is read by the same reader.
            var padded = isPrefix ? digits.PadRight(5, '0') : digits;
            if (digits.Length < 2 || !PhoneNumber.TryParse(padded, out var number)) faults.Add(entry, $"'{entry.Text}' is no telephone number with its plus sign, nor the beginning of one with a * at its end.");
            else if (!isPrefix) numbers.Add(number.Digits);
            else
            {
                var prefix = number.Digits;
                for (var surplus = padded.Length - digits.Length; surplus > 0; surplus--) prefix /= 10;
                prefixes.Add((digits.Length - 1, prefix));
            }
        }
        return new EntryList(numbers, prefixes, source.Expires);
    }

    private EntryList Devices(ListSource source)
    {
        var devices = new List<long>();
        foreach (var entry in source.Entries)
        {
            if (Device.TryParse(entry.Text, out var device)) devices.Add(device.Imei);
            else faults.Add(entry, $"'{entry.Text}' is no IMEI.");
        }
        return new EntryList(devices, [], source.Expires);
    }

    private EntryList Texts(ListSource source, Func<string, bool> isEntry, string what)
    {
        foreach (var entry in source.Entries.Where(e => !isEntry(e.Text))) faults.Add(entry, $"'{entry.Text}' is not {what}.");
        return new EntryList(source.Entries.Select(e => e.Text), source.Expires);
    }

    private static bool IsAccount(string text) => AccountNumber.TryParse(text, out var account) && account.ToString() == text;
}
