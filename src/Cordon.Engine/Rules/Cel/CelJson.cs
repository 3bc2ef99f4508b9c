using System.Globalization;

namespace Cordon.Engine.Rules.Cel;

/// <summary>Values as JSON holds them. Source: the specification, "JSON Data Conversion".</summary>
internal static class CelJson
{
    private const long LargestExact = 1L << 53;

    /// <summary>The value as Struct, ListValue and Value hold it: numbers become doubles, integers a double cannot hold become text.</summary>
    public static object? From(object? value, ref CelError? error)
    {
        switch (value)
        {
            case null or bool or double or string: return value;
            case long i: return i is >= -LargestExact and <= LargestExact ? (double)i : i.ToString(CultureInfo.InvariantCulture);
            case ulong u: return u <= LargestExact ? (double)u : u.ToString(CultureInfo.InvariantCulture);
            case CelBytes bytes: return Convert.ToBase64String(bytes.Span);
            case CelTimestamp or CelDuration: return value.ToString();
            case CelList list: return From(list, ref error);
            case CelMap map: return From(map, ref error);
        }
        error = CelError.NoSuchOverload;
        return null;
    }

    private static CelList From(CelList list, ref CelError? error)
    {
        var items = new List<object?>(list.Count);
        foreach (var item in list.Items) items.Add(From(item, ref error));
        return CelList.Of(items);
    }

    private static CelMap? From(CelMap map, ref CelError? error)
    {
        var entries = new List<KeyValuePair<object?, object?>>(map.Count);
        foreach (var (key, value) in map.Entries)
        {
            if (key is not string) error = CelError.UnsupportedKey;
            entries.Add(new(key, From(value, ref error)));
        }
        return CelMap.Of(entries, ref error);
    }
}
