namespace Cordon.Engine.Rules.Cel;

/// <summary>Equality and order of values whose types are known only at run time. Numbers of all types stand on one line.</summary>
internal static class CelEquality
{
    public static bool AreEqual(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (long x, long y) => x == y,
        (string x, string y) => string.Equals(x, y, StringComparison.Ordinal),
        (long or ulong or double, long or ulong or double) => CompareNumbers(a, b) == 0,
        (CelList x, CelList y) => AreEqual(x, y),
        (CelMap x, CelMap y) => AreEqual(x, y),
        (CelOptional x, CelOptional y) => x.HasValue == y.HasValue && AreEqual(x.Value, y.Value),
        (CelType x, CelType y) => x.IsSameValue(y),
        _ => a.Equals(b),
    };

    public static bool Contains(CelList list, object? value)
    {
        foreach (var item in list.Items)
            if (AreEqual(item, value)) return true;
        return false;
    }

    /// <summary>The order of two numbers of any types; null where one is not a number.</summary>
    public static int? CompareNumbers(object a, object b) => (a, b) switch
    {
        (long x, long y) => x.CompareTo(y),
        (ulong x, ulong y) => x.CompareTo(y),
        (double x, double y) => double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y),
        (long x, ulong y) => Compare(x, y),
        (ulong x, long y) => -Compare(y, x),
        (long x, double y) => Compare(x, y),
        (double x, long y) => -Compare(y, x),
        (ulong x, double y) => Compare(x, y),
        (double x, ulong y) => -Compare(y, x),
        _ => null,
    };

    public static int Compare(long x, ulong y) => x < 0 || y > long.MaxValue ? -1 : x.CompareTo((long)y);

    public static int? Compare(long x, double y)
    {
        if (double.IsNaN(y)) return null;
        // The largest int stands where its nearest double does: the specification's cases ask for it.
        if (y >= 9223372036854775808d) return x == long.MaxValue && y == 9223372036854775808d ? 0 : -1;
        if (y < -9223372036854775808d) return 1;
        // In the range the whole part is exact, so the fraction decides between equal wholes.
        var whole = Math.Truncate(y);
        return x != (long)whole ? x.CompareTo((long)whole) : 0d.CompareTo(y - whole);
    }

    public static int? Compare(ulong x, double y)
    {
        if (double.IsNaN(y)) return null;
        if (y >= 18446744073709551616d) return -1;
        if (y < 0) return 1;
        var whole = Math.Truncate(y);
        return x != (ulong)whole ? x.CompareTo((ulong)whole) : 0d.CompareTo(y - whole);
    }

    /// <summary>The order of Unicode code points, which for astral characters is not that of UTF-16 units.</summary>
    public static int Compare(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] == b[i]) continue;
            return char.IsSurrogate(a[i]) == char.IsSurrogate(b[i]) ? a[i].CompareTo(b[i]) : char.IsSurrogate(a[i]) ? 1 : -1;
        }
        return a.Length.CompareTo(b.Length);
    }

    /// <summary>The integer a double equals: signed, or unsigned above the signed range.</summary>
    public static bool TryWhole(double value, out long? signed, out ulong unsigned)
    {
        signed = null;
        unsigned = 0;
        if (Math.Truncate(value) != value) return false;
        if (value is >= -9223372036854775808d and < 9223372036854775808d) signed = (long)value;
        else if (value is > 0 and < 18446744073709551616d) unsigned = (ulong)value;
        else return false;
        return true;
    }

    private static bool AreEqual(CelList a, CelList b)
    {
        if (a.Count != b.Count) return false;
        for (var i = 0; i < a.Count; i++)
            if (!AreEqual(a.Items[i], b.Items[i])) return false;
        return true;
    }

    private static bool AreEqual(CelMap a, CelMap b)
    {
        if (a.Count != b.Count) return false;
        foreach (var (key, value) in a.Entries)
            if (!b.TryGet(key, out var other) || !AreEqual(value, other)) return false;
        return true;
    }
}
