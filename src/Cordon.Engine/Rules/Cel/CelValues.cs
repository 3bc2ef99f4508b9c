using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

// Where a type is known only at run time, values are held as objects: null, bool, long, ulong, double, string,
// CelBytes, CelTimestamp, CelDuration, CelList, CelMap, CelOptional, CelType, and a host's own types boxed.

/// <summary>A string of bytes, compared by content.</summary>
internal sealed class CelBytes(ImmutableArray<byte> content) : IEquatable<CelBytes>
{
    public static readonly CelBytes Empty = new([]);

    public ImmutableArray<byte> Content { get; } = content;

    public ReadOnlySpan<byte> Span => Content.AsSpan();

    public bool Equals(CelBytes? other) => other is not null && Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => Equals(obj as CelBytes);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }
}

/// <summary>An immutable list of values.</summary>
internal sealed class CelList(ImmutableArray<object?> items)
{
    public static readonly CelList Empty = new([]);

    public ImmutableArray<object?> Items { get; } = items;

    public int Count => Items.Length;

    public static CelList Of(IEnumerable<object?> items) => new([.. items]);
}

/// <summary>An immutable map in the order its entries were written; keys are bool, int, uint or string.</summary>
internal sealed class CelMap
{
    public static readonly CelMap Empty = new([]);

    private readonly Dictionary<object, int> places = new(CelKeys.Comparer);

    private CelMap(ImmutableArray<KeyValuePair<object, object?>> entries)
    {
        Entries = entries;
        for (var i = 0; i < entries.Length; i++) places.Add(entries[i].Key, i);
    }

    public ImmutableArray<KeyValuePair<object, object?>> Entries { get; }

    public int Count => Entries.Length;

    /// <summary>Joins entries; refuses a repeated key (1 and 1u are one key) and a key of another type.</summary>
    public static CelMap? Of(IReadOnlyList<KeyValuePair<object?, object?>> entries, ref CelError? error)
    {
        var seen = new HashSet<object>(CelKeys.Comparer);
        var joined = ImmutableArray.CreateBuilder<KeyValuePair<object, object?>>(entries.Count);
        foreach (var (key, value) in entries)
        {
            if (key is not (bool or long or ulong or string)) error = CelError.UnsupportedKey;
            else if (!seen.Add(key)) error = CelError.RepeatedKey;
            if (error is not null) return null;
            joined.Add(new(key!, value));
        }
        return new CelMap(joined.MoveToImmutable());
    }

    /// <summary>Looks up a key of any type; a double finds the integer it equals.</summary>
    public bool TryGet(object? key, out object? value)
    {
        value = null;
        if (key is null || !places.TryGetValue(key, out var place)) return false;
        value = Entries[place].Value;
        return true;
    }
}

/// <summary>A value or its absence.</summary>
internal sealed class CelOptional
{
    public static readonly CelOptional None = new(false, null);

    private CelOptional(bool hasValue, object? value)
    {
        HasValue = hasValue;
        Value = value;
    }

    public bool HasValue { get; }

    public object? Value { get; }

    public static CelOptional Of(object? value) => new(true, value);
}

/// <summary>Keys of maps: numbers are the same key where they are the same number.</summary>
internal sealed class CelKeys : IEqualityComparer<object>
{
    public static readonly CelKeys Comparer = new();

    public new bool Equals(object? x, object? y) => CelEquality.AreEqual(x, y);

    public int GetHashCode(object obj) => obj switch
    {
        // Equal numbers of any types are near the same double.
        long i => ((double)i).GetHashCode(),
        ulong u => ((double)u).GetHashCode(),
        CelList or CelMap or CelOptional or CelType => 0,
        _ => obj.GetHashCode(),
    };
}
