using System.Globalization;
using Cordon.Engine.Signals;

namespace Cordon.Simulator.People;

/// <summary>
/// Hands out numbers once each. Telephone numbers keep the form of the Chinese plan, so that doors that check it let them in,
/// and are otherwise drawn at random; account numbers have 19 digits, so none can be read as an identity number (18).
/// </summary>
internal sealed class NumberPlan(Dice dice)
{
    private readonly HashSet<long> phones = [];
    private readonly HashSet<string> accounts = [];
    private readonly HashSet<long> devices = [];

    private static readonly Dictionary<string, int[]> MobilePrefixes = new()
    {
        ["telecom-a"] = [133, 153, 189],
        ["telecom-b"] = [138, 152, 187],
        ["mvno-a"] = [1700, 1701],
        ["mvno-b"] = [1703, 1705],
    };

    private static readonly Dictionary<string, int> IotPrefixes = new() { ["telecom-a"] = 145, ["telecom-b"] = 147 };

    // Area codes with local numbers of eight digits; spoofers show those of the largest cities instead.
    private static readonly int[] AreaCodes = [731, 851, 871];

    public PhoneNumber Mobile(MemberCode member) => Phone(86, dice.Pick(MobilePrefixes[member.ToString()]), 11);

    public PhoneNumber Iot(MemberCode member) => Phone(86, IotPrefixes[member.ToString()], 11);

    public PhoneNumber Fixed() => Phone(86, (dice.Pick(AreaCodes) * 10) + (dice.Chance(500) ? 6 : 8), 11);

    /// <summary>A number that looks domestic and that nobody in the province has: what a spoofing gateway shows.</summary>
    public PhoneNumber Spoofed() => dice.Below(3) switch
    {
        0 => Phone(86, 108, 10),
        1 => Phone(86, 216, 10),
        _ => Phone(86, dice.Pick<int>([135, 151, 183]), 11),
    };

    public PhoneNumber Foreign() => dice.Below(3) switch
    {
        0 => Phone(44, 7400, 10),
        1 => Phone(61, 412, 9),
        _ => Phone(65, 91, 8),
    };

    public AccountNumber Account(MemberCode bank)
    {
        var name = bank.ToString();
        while (true)
        {
            var body = string.Create(CultureInfo.InvariantCulture, $"629{name[^1] - 'a'}{dice.Below(100_000_000_000_000L):D14}");
            if (accounts.Add(body)) return new AccountNumber(bank, body + LuhnDigit(body));
        }
    }

    public AccountNumber Wallet(MemberCode institution)
    {
        while (true)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"w{dice.Below(1_000_000_000):D9}");
            if (accounts.Add(number)) return new AccountNumber(institution, number);
        }
    }

    public Device Device()
    {
        while (true)
        {
            var imei = 35_000_000_000_000L + dice.Below(1_000_000_000_000L);
            if (devices.Add(imei)) return new Device(imei);
        }
    }

    private PhoneNumber Phone(long country, long prefix, int length)
    {
        var rest = length - prefix.ToString(CultureInfo.InvariantCulture).Length;
        long scale = 1;
        for (var i = 0; i < rest; i++) scale *= 10;
        long whole = 1;
        for (var i = 0; i < length; i++) whole *= 10;
        while (true)
        {
            var digits = (country * whole) + (prefix * scale) + dice.Below(scale);
            if (phones.Add(digits)) return new PhoneNumber(digits);
        }
    }

    private static char LuhnDigit(string body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var d = body[body.Length - 1 - i] - '0';
            if (i % 2 == 0) d = d * 2 > 9 ? (d * 2) - 9 : d * 2;
            sum += d;
        }
        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
