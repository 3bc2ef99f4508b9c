using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>
/// The values of one signal of an example, read one by one as docs/reference/signals.md writes them. Two things are easier here:
/// a person may be any name of small letters, and an amount without a currency is in the rulebook's.
/// </summary>
internal sealed class SignalValues(PackMap map, Currency money)
{
    private const int LongestDuration = 7 * 24 * 3600;

    private string counter = "";
    private string count = "";

    /// <summary>Whether any value could not be read.</summary>
    public bool Failed { get; private set; }

    /// <summary>Sets what the counter stands for.</summary>
    public void Number(string name, string value) => (counter, count) = (name, value);

    /// <summary>A value's text with its place; null where it is not there.</summary>
    public SourceText? Text(string key)
    {
        if (!map.Has(key)) return null;
        if (map.Placed(key) is not { } text)
        {
            Failed = true;
            return null;
        }
        return counter.Length > 0 && text.Text.Contains(counter, StringComparison.Ordinal) ? text with { Text = text.Text.Replace(counter, count, StringComparison.Ordinal) } : text;
    }

    public void Fault(SourceText at, string message, string? suggestion = null)
    {
        Failed = true;
        map.NoteAt(at, "", DutyPackFaultKind.WrongShape, message, suggestion);
    }

    /// <summary>Says that a value is missing.</summary>
    public T Needed<T>(string key)
        where T : struct
    {
        if (!map.Has(key)) map.Note(key, DutyPackFaultKind.Missing, $"'{key}' is missing.");
        Failed = true;
        return default;
    }

    public SignalId Id(string otherwise)
    {
        if (Text("id") is not { } text) return new SignalId(otherwise);
        if (!SignalId.IsValid(text.Text)) Fault(text, $"'{text.Text}' is no id: 1 to 64 visible ASCII characters.");
        return new SignalId(text.Text);
    }

    public MemberCode Member(string otherwise)
    {
        var text = Text("member");
        if (MemberCode.TryParse(text?.Text ?? otherwise, out var member)) return member;
        if (text is not null) Fault(text, $"'{text.Text}' is no member code.");
        return default;
    }

    public PhoneNumber Phone(string key) => PhoneOrNull(key) ?? Needed<PhoneNumber>(key);

    public PhoneNumber? PhoneOrNull(string key)
    {
        if (Text(key) is not { } text) return null;
        if (PhoneNumber.TryParse(text.Text, out var phone)) return phone;
        Fault(text, $"'{text.Text}' is no telephone number: '+' and 4 to 15 digits.");
        return null;
    }

    public AccountNumber? AccountOrNull(string key)
    {
        if (Text(key) is not { } text) return null;
        if (AccountNumber.TryParse(text.Text, out var account)) return account;
        Fault(text, $"'{text.Text}' is no account: member:number.");
        return null;
    }

    public Amount? AmountOrNull(string key, string? currencyKey)
    {
        if (Text(key) is not { } text) return null;
        var currency = money;
        if (currencyKey is not null && Text(currencyKey) is { } code && !Currency.TryParse(code.Text, out currency)) Fault(code, $"'{code.Text}' is not an ISO 4217 code.");
        var fault = AmountText.Read(text.Text, currency, AmountRounding.Refuse, out var amount, out _);
        if (fault == AmountFault.None && (amount.Minor > 0 || currencyKey is null)) return amount;
        Fault(text, fault == AmountFault.None ? "An amount of nothing cannot have moved." : $"'{text.Text}' is no amount: decimal digits alone.");
        return null;
    }

    public Domain? DomainOrNull(string key)
    {
        if (Text(key) is not { } text) return null;
        if (!Domain.IsValid(text.Text) || !text.Text.Contains('.')) Fault(text, $"'{text.Text}' is no domain name in small letters.");
        return new Domain(text.Text);
    }

    public Trunk? TrunkOrNull(string key) => CodeOrNull(key) is { } name ? new Trunk(name) : null;

    public string? CodeOrNull(string key)
    {
        if (Text(key) is not { } text) return null;
        if (!Trunk.IsValid(text.Text)) Fault(text, $"'{text.Text}' is no code: 1 to 64 visible ASCII characters.");
        return text.Text;
    }

    public Device? DeviceOrNull(string key)
    {
        if (Text(key) is not { } text) return null;
        if (Device.TryParse(text.Text, out var device)) return device;
        Fault(text, $"'{text.Text}' is no IMEI: 14 digits, or 15 with the right check digit.");
        return null;
    }

    /// <summary>A token, or a name of small letters alone that stands for a person made up for the example.</summary>
    public PersonToken? PersonOrNull(string key)
    {
        if (Text(key) is not { } text) return null;
        if (PersonOf(text.Text) is { } person) return person;
        Fault(text, $"'{text.Text}' is neither a token nor a name of small letters, which may end in digits.");
        return null;
    }

    /// <summary>The person whom an example means by a token or a name of its own; null for neither.</summary>
    public static PersonToken? PersonOf(string text)
    {
        if (PersonToken.TryParse(text, out var person)) return person;
        // The counter's digits tell the persons of a repetition apart.
        return text.Length is > 0 and <= 40 && char.IsAsciiLetterLower(text[0]) && text.AsSpan().TrimEnd("0123456789").IndexOfAnyExceptInRange('a', 'z') < 0
            ? new PersonToken(1, BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)))) : null;
    }

    public T Word<T>(string key)
        where T : struct, Enum
    {
        if (Text(key) is not { } text) return default;
        if (Words.TryRead<T>(text.Text, out var value)) return value;
        Fault(text, $"'{text.Text}' is not one of {string.Join(", ", Words.All<T>())}.", NearestName.Of(text.Text, Words.All<T>()));
        return default;
    }

    public bool Truth(string key)
    {
        if (Text(key) is not { } text) return false;
        if (text.Text is not ("true" or "false")) Fault(text, $"'{text.Text}' is neither true nor false.");
        return text.Text == "true";
    }

    public int Seconds(string key)
    {
        if (Text(key) is not { } text) return 0;
        if (int.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestDuration) return seconds;
        Fault(text, $"'{text.Text}' is no number of seconds from 0 to {LongestDuration} (a week).");
        return 0;
    }
}
