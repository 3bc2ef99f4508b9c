using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Series;

/// <summary>What two cases can have in common.</summary>
public enum MarkKind
{
    /// <summary>A number that called or wrote.</summary>
    Phone,

    /// <summary>An account the money went to or through.</summary>
    Account,

    /// <summary>A handset that the calls were made from.</summary>
    Device,

    /// <summary>A domain.</summary>
    Domain,

    /// <summary>The fingerprint of the words.</summary>
    Script,
}

/// <summary>Something that two cases have in common.</summary>
/// <param name="Kind">What.</param>
/// <param name="Value">Which: the number, account, handset or domain; of scripts how many of the bands are alike, as 7/16.</param>
/// <param name="Cases">In how many cases it stands; of a script the rarest band.</param>
/// <param name="Weight">How much it says by itself, 0 to 1.</param>
public sealed record SharedMark(MarkKind Kind, string Value, int Cases, double Weight);

/// <summary>
/// How strongly what two cases share links them. An identifier says the more the rarer it is; what stands in more cases than a gang
/// leaves behind is a hub and says nothing. All figures are ours. Pure.
/// </summary>
public static class SeriesRules
{
    /// <summary>From this strength on two cases are linked.</summary>
    public const double Linked = 0.5;

    private const char Separator = ':';

    /// <summary>In how many cases an identifier may stand to say anything; what stands in more is a hub.</summary>
    public static int MostCases(MarkKind kind) => kind switch
    {
        MarkKind.Domain => 40,
        MarkKind.Script => 60,
        _ => 30,
    };

    /// <summary>How much a shared identifier says by itself: fully where two cases have it, nothing where a hub's number do.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="cases">In how many cases it stands, both counted.</param>
    public static double Weight(MarkKind kind, int cases)
    {
        if (cases < 2 || cases > MostCases(kind)) return 0;
        var spread = Math.Log(cases - 1) / Math.Log(MostCases(kind));
        return Base(kind) * (1 - (spread * spread));
    }

    /// <summary>How strongly two cases are linked by all that they share: what none of it being chance would mean, as if each were independent of the others.</summary>
    public static double Strength(IEnumerable<SharedMark> shared) => 1 - shared.Aggregate(1.0, (miss, mark) => miss * (1 - mark.Weight));

    /// <summary>Puts the marks of two cases together that are the same; bands of a script become one.</summary>
    /// <param name="values">The marks that both have.</param>
    /// <param name="cases">In how many cases each stands.</param>
    public static ImmutableArray<SharedMark> Shared(IEnumerable<string> values, IReadOnlyDictionary<string, int> cases)
    {
        var marks = ImmutableArray.CreateBuilder<SharedMark>();
        var (bands, rarest) = (0, int.MaxValue);
        foreach (var value in values)
        {
            var (kind, text) = Read(value);
            var of = cases.GetValueOrDefault(value, 2);
            if (kind != MarkKind.Script) marks.Add(new SharedMark(kind, text, of, Weight(kind, of)));
            else (bands, rarest) = (bands + 1, Math.Min(rarest, of));
        }
        if (bands > 0)
        {
            var alike = Math.Min(1, 2.0 * bands / ScriptPrint.Bands);
            marks.Add(new SharedMark(MarkKind.Script, string.Create(CultureInfo.InvariantCulture, $"{bands}/{ScriptPrint.Bands}"), rarest, alike * Weight(MarkKind.Script, rarest)));
        }
        return [.. marks.OrderByDescending(m => m.Weight).ThenBy(m => m.Kind).ThenBy(m => m.Value, StringComparer.Ordinal)];
    }

    /// <summary>Whether a number is a service's, which many victims name and no gang owns: 95 and 96, 400 and 800, emergencies, the operators' own.</summary>
    public static bool IsHub(PhoneNumber number)
    {
        var text = number.ToString();
        if (!text.StartsWith("+86", StringComparison.Ordinal)) return false;
        var national = text.AsSpan(3);
        return national.Length <= 6 || (national.Length == 10 && (national.StartsWith("400") || national.StartsWith("800")));
    }

    /// <summary>Whether accounts of a kind belong to everybody: pools, and merchants that people pay.</summary>
    public static bool IsHub(AccountKind kind) => kind is AccountKind.Pool or AccountKind.Merchant;

    internal static string Of(PhoneNumber number) => $"phone:{number}";

    internal static string Of(AccountNumber account) => $"account:{account}";

    internal static string Of(Device device) => $"device:{device}";

    internal static string OfDomain(string domain) => $"domain:{domain}";

    internal static IEnumerable<string> OfScript(string? words) =>
        words is null ? [] : ScriptPrint.Of(words).Select((band, i) => string.Create(CultureInfo.InvariantCulture, $"script:{i:x}{band:x16}"));

    internal static (MarkKind Kind, string Text) Read(string value)
    {
        var at = value.IndexOf(Separator, StringComparison.Ordinal);
        return (Enum.Parse<MarkKind>(value.AsSpan(0, at), ignoreCase: true), value[(at + 1)..]);
    }

    private static double Base(MarkKind kind) => kind switch
    {
        MarkKind.Account or MarkKind.Device => 0.95,
        MarkKind.Phone => 0.8,
        MarkKind.Domain => 0.7,
        // One script is sold to many gangs: alike words support, and link nobody by themselves.
        _ => 0.35,
    };
}
