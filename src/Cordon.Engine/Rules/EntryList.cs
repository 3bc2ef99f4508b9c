using System.Collections.Frozen;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>A list that conditions ask: one that comes with the rulebook, or one that casework keeps.</summary>
internal sealed class EntryList
{
    private readonly ListName? live;
    private readonly FrozenSet<long> numbers = FrozenSet<long>.Empty;
    private readonly FrozenSet<(int Digits, long Prefix)> prefixes = FrozenSet<(int, long)>.Empty;
    private readonly int[] prefixLengths = [];
    private readonly FrozenSet<string> texts = FrozenSet<string>.Empty;
    private readonly Instant? expires;

    /// <summary>A list that casework keeps.</summary>
    public EntryList(ListName live) => this.live = live;

    /// <summary>A list of telephone numbers and prefixes of them, or of devices.</summary>
    public EntryList(IEnumerable<long> numbers, IReadOnlyCollection<(int Digits, long Prefix)> prefixes, Instant? expires)
    {
        this.numbers = numbers.ToFrozenSet();
        this.prefixes = prefixes.ToFrozenSet();
        prefixLengths = [.. prefixes.Select(p => p.Digits).Distinct().Order()];
        this.expires = expires;
    }

    /// <summary>A list of accounts or domains by their written forms.</summary>
    public EntryList(IEnumerable<string> texts, Instant? expires)
    {
        this.texts = texts.ToFrozenSet(StringComparer.Ordinal);
        this.expires = expires;
    }

    public bool Has(PhoneNumber number, WatchLists lists, Instant at)
    {
        if (live is { } name) return lists.Has(name, number, at);
        return number.Digits > 0 && IsAlive(at) && (numbers.Contains(number.Digits) || HasPrefixOf(number.Digits));
    }

    public bool Has(AccountNumber account, WatchLists lists, Instant at) =>
        live is { } name ? lists.Has(name, account, at) : IsAlive(at) && texts.Count > 0 && texts.Contains(account.ToString());

    public bool Has(Device device, WatchLists lists, Instant at) => live is not null ? lists.Has(device, at) : IsAlive(at) && numbers.Contains(device.Imei);

    /// <summary>Only casework keeps a list of people: a rulebook is read by too many to name anybody.</summary>
    public bool Has(PersonToken person, WatchLists lists, Instant at) => live is not null && lists.Has(person, at);

    public bool Has(Domain domain, WatchLists lists, Instant at)
    {
        if (live is not null) return lists.Has(domain, at);
        if (!IsAlive(at) || domain.Name is not { Length: > 0 } name) return false;
        var lookup = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var rest = name.AsSpan(); ; rest = rest[(rest.IndexOf('.') + 1)..])
        {
            if (lookup.Contains(rest)) return true;
            if (!rest.Contains('.')) return false;
        }
    }

    private bool IsAlive(Instant at) => expires is not { } end || at < end;

    private bool HasPrefixOf(long digits)
    {
        var length = (int)IdentifierVocabulary.Digits(new PhoneNumber(digits));
        for (var i = prefixLengths.Length - 1; i >= 0; i--)
        {
            if (prefixLengths[i] > length) continue;
            for (; length > prefixLengths[i]; length--) digits /= 10;
            if (prefixes.Contains((length, digits))) return true;
        }
        return false;
    }
}
