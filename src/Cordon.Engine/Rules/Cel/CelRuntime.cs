using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

/// <summary>What compiled and explaining evaluation share about values of types known only at run time.</summary>
internal static class CelRuntime
{
    /// <summary>Whether a value is of a type, as far as values show theirs: the elements of lists are not looked at.</summary>
    public static bool Is(object? value, CelType type) => type.Kind switch
    {
        CelKind.Dyn or CelKind.Parameter => true,
        CelKind.Null => value is null,
        CelKind.Wrapper => value is null || Is(value, type.Parameters[0]),
        _ => value is not null && value.GetType() == type.Clr,
    };

    /// <summary>The value as the type asked for, which it may not be.</summary>
    public static T? As<T>(object? value, ref CelError? error)
    {
        if (value is T typed) return typed;
        error = CelError.NoSuchOverload;
        return default;
    }

    /// <summary>Parts a boxed answer into value and error.</summary>
    public static object? Open(object? answer, ref CelError? error)
    {
        if (answer is not CelError failed) return answer;
        error = failed;
        return null;
    }

    public static CelType TypeOf(object? value) => value switch
    {
        null => CelType.Null,
        bool => CelType.Bool,
        long => CelType.Int,
        ulong => CelType.UInt,
        double => CelType.Double,
        string => CelType.String,
        CelBytes => CelType.Bytes,
        CelTimestamp => CelType.Timestamp,
        CelDuration => CelType.Duration,
        CelList => CelType.AnyList,
        CelMap => CelType.AnyMap,
        CelOptional => CelType.AnyOptional,
        CelType => CelType.AnyType,
        Library.CelIp => Library.CelNetworkLibrary.Ip,
        Library.CelCidr => Library.CelNetworkLibrary.Cidr,
        _ => CelType.Opaque(value.GetType().Name, value.GetType()),
    };

    public static object? Select(object? operand, string field, ref CelError? error)
    {
        switch (operand)
        {
            case CelMap map when map.TryGet(field, out var value): return value;
            case CelOptional: return SelectOptional(operand, field, ref error);
        }
        error = operand is CelMap ? CelError.NoSuchKey : CelError.NoSuchOverload;
        return null;
    }

    public static object? SelectOptional(object? operand, string field, ref CelError? error)
    {
        if (operand is CelOptional optional)
        {
            if (!optional.HasValue) return CelOptional.None;
            operand = optional.Value;
        }
        if (operand is CelMap map) return map.TryGet(field, out var value) ? CelOptional.Of(value) : CelOptional.None;
        error = CelError.NoSuchOverload;
        return null;
    }

    public static bool Has(object? operand, string field, ref CelError? error)
    {
        if (operand is CelOptional optional)
        {
            if (!optional.HasValue) return false;
            operand = optional.Value;
        }
        if (operand is CelMap map) return map.TryGet(field, out _);
        error = CelError.NoSuchOverload;
        return false;
    }

    /// <summary>How many turns a comprehension takes.</summary>
    public static int Turns(object? range, ref CelError? error)
    {
        switch (range)
        {
            case CelList list: return list.Count;
            case CelMap map: return map.Count;
        }
        error = CelError.NoSuchOverload;
        return 0;
    }

    /// <summary>The first variable of a turn: element or key; with two variables index or key.</summary>
    public static object? First(object? range, int turn, bool isPair) => range switch
    {
        CelList list => isPair ? (long)turn : list.Items[turn],
        _ => ((CelMap)range!).Entries[turn].Key,
    };

    /// <summary>The second variable of a turn: element or value.</summary>
    public static object? Second(object? range, int turn) => range switch
    {
        CelList list => list.Items[turn],
        _ => ((CelMap)range!).Entries[turn].Value,
    };

    public static CelList MakeList(object?[] elements) => new(Owned(elements));

    /// <summary>A list some of whose elements are optionals, which fill their place or leave it out.</summary>
    public static CelList? MakeList(object?[] elements, bool[] isOptional, ref CelError? error)
    {
        var kept = ImmutableArray.CreateBuilder<object?>(elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            if (!isOptional[i]) kept.Add(elements[i]);
            else if (elements[i] is not CelOptional optional)
            {
                error = CelError.NoSuchOverload;
                return null;
            }
            else if (optional.HasValue) kept.Add(optional.Value);
        }
        return new CelList(kept.ToImmutable());
    }

    public static CelMap? MakeMap(object?[] parts, bool[] isOptional, ref CelError? error)
    {
        var entries = new List<KeyValuePair<object?, object?>>(isOptional.Length);
        for (var i = 0; i < isOptional.Length; i++)
        {
            var (key, value) = (parts[2 * i], parts[(2 * i) + 1]);
            if (!isOptional[i]) entries.Add(new(key, value));
            else if (value is not CelOptional optional)
            {
                error = CelError.NoSuchOverload;
                return null;
            }
            else if (optional.HasValue) entries.Add(new(key, optional.Value));
        }
        return CelMap.Of(entries, ref error);
    }

    /// <summary>Adds the entries of a map a turn of transformMapEntry made.</summary>
    public static void AddEntries(List<KeyValuePair<object?, object?>> entries, object? made, ref CelError? error)
    {
        if (made is not CelMap map) error = CelError.NoSuchOverload;
        else foreach (var (key, value) in map.Entries) entries.Add(new(key, value));
    }

    public static CelList ToList(List<object?> items) => CelList.Of(items);

    public static CelMap? ToMap(List<KeyValuePair<object?, object?>> entries, ref CelError? error) => CelMap.Of(entries, ref error);

    // The array was made for this list alone.
    private static ImmutableArray<object?> Owned(object?[] elements) =>
        System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(elements);
}
