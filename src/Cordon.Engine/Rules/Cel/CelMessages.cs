using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

/// <summary>
/// The message types a literal can make: Timestamp, Duration, the wrappers, Struct, Value, ListValue and Any of these.
/// They turn at once into the values of the language they stand for. Source: the specification, "Dynamic Values".
/// </summary>
internal static class CelMessages
{
    private const string Package = "google.protobuf.";

    private static readonly ImmutableDictionary<string, Message> Known = new Dictionary<string, Message>
    {
        [Package + "BoolValue"] = Wrapper(CelType.Bool),
        [Package + "Int32Value"] = Wrapper(CelType.Int),
        [Package + "Int64Value"] = Wrapper(CelType.Int),
        [Package + "UInt32Value"] = Wrapper(CelType.UInt),
        [Package + "UInt64Value"] = Wrapper(CelType.UInt),
        [Package + "FloatValue"] = Wrapper(CelType.Double),
        [Package + "DoubleValue"] = Wrapper(CelType.Double),
        [Package + "StringValue"] = Wrapper(CelType.String),
        [Package + "BytesValue"] = Wrapper(CelType.Bytes),
        [Package + "Timestamp"] = new(CelType.Timestamp, [("seconds", CelType.Int), ("nanos", CelType.Int)]),
        [Package + "Duration"] = new(CelType.Duration, [("seconds", CelType.Int), ("nanos", CelType.Int)]),
        [Package + "Struct"] = new(CelType.Map(CelType.String, CelType.Dyn), [("fields", CelType.Map(CelType.String, CelType.Dyn))]),
        [Package + "ListValue"] = new(CelType.AnyList, [("values", CelType.AnyList)]),
        [Package + "Value"] = new(CelType.Dyn,
        [
            ("null_value", CelType.Dyn), ("number_value", CelType.Double), ("string_value", CelType.String), ("bool_value", CelType.Bool),
            ("struct_value", CelType.Map(CelType.String, CelType.Dyn)), ("list_value", CelType.AnyList),
        ]),
        [Package + "Any"] = new(CelType.Dyn, [("type_url", CelType.String), ("value", CelType.Bytes)]),
    }.ToImmutableDictionary();

    private sealed record Message(CelType Type, ImmutableArray<(string Name, CelType Type)> Fields);

    private static Message Wrapper(CelType type) => new(CelType.Wrapper(type), [("value", type)]);

    /// <summary>Settles a literal's name, fields and type.</summary>
    public static CelNode Check(CelMessageLiteral literal, CelEnvironment environment, CelChecker checker)
    {
        var name = CelNames.Candidates(environment.Container, literal.Name).FirstOrDefault(Known.ContainsKey);
        if (name is null)
            return checker.Refuse(literal, $"'{literal.Name}' is not a message type that can be made here.", CelNames.Nearest(literal.Name, Known.Keys));
        var message = Known[name];
        for (var i = 0; i < literal.Fields.Length; i++)
        {
            var (field, type) = message.Fields.FirstOrDefault(f => f.Name == literal.Fields[i]);
            if (field is null) return checker.Refuse(literal, $"{name} has no field '{literal.Fields[i]}'.", CelNames.Nearest(literal.Fields[i], message.Fields.Select(f => f.Name)));
            var place = literal.Optional[i] ? CelType.Optional(type) : type;
            // A null in a wrapper's or message's place leaves the field unset.
            if (!checker.IsAssignable(literal.Values[i], place) && checker.TypeNow(literal.Values[i]).Kind != CelKind.Null)
                return checker.Refuse(literal.Values[i], $"{name}.{field} takes {place}, not {checker.TypeNow(literal.Values[i])}.");
        }
        return literal with { Name = name, Type = message.Type };
    }

    /// <summary>Makes the value a literal stands for.</summary>
    public static object? Make(string name, string[] fields, object?[] values, bool[] isOptional, ref CelError? error)
    {
        var set = new Dictionary<string, object?>();
        for (var i = 0; i < fields.Length; i++)
        {
            var value = values[i];
            if (isOptional[i])
            {
                if (value is not CelOptional optional) return Fail(ref error, CelError.NoSuchOverload);
                if (!optional.HasValue) continue;
                value = optional.Value;
            }
            var type = Known[name].Fields.First(f => f.Name == fields[i]).Type;
            if (value is null && type.Kind != CelKind.Dyn) continue;
            if (!CelRuntime.Is(value, type)) return Fail(ref error, CelError.NoSuchOverload);
            set[fields[i]] = value;
        }
        return Make(name[Package.Length..], set, ref error);
    }

    private static object? Make(string name, Dictionary<string, object?> set, ref CelError? error)
    {
        var value = set.GetValueOrDefault("value");
        switch (name)
        {
            case "BoolValue": return value ?? false;
            case "StringValue": return value ?? "";
            case "BytesValue": return value ?? CelBytes.Empty;
            case "Int32Value": return value is < int.MinValue or > (long)int.MaxValue ? Fail(ref error, CelError.Range) : value ?? 0L;
            case "UInt32Value": return value is > (ulong)uint.MaxValue ? Fail(ref error, CelError.Range) : value ?? 0UL;
            case "Int64Value": return value ?? 0L;
            case "UInt64Value": return value ?? 0UL;
            case "FloatValue": return (double)(float)(double)(value ?? 0d);
            case "DoubleValue": return value ?? 0d;
            case "Timestamp": return Timestamp(set, ref error);
            case "Duration": return Duration(set, ref error);
            case "Any": return CelAny.Open(set.GetValueOrDefault("type_url") as string ?? "", value as CelBytes ?? CelBytes.Empty, ref error);
            case "Struct": return CelJson.From(set.GetValueOrDefault("fields") ?? CelMap.Empty, ref error);
            case "ListValue": return CelJson.From(set.GetValueOrDefault("values") ?? CelList.Empty, ref error);
            default: return set.Count == 0 || set.ContainsKey("null_value") ? null : CelJson.From(set.Values.Last(), ref error);
        }
    }

    private static object? Timestamp(Dictionary<string, object?> set, ref CelError? error)
    {
        var nanos = set.GetValueOrDefault("nanos") as long? ?? 0;
        var value = new CelTimestamp(set.GetValueOrDefault("seconds") as long? ?? 0, nanos is >= 0 and < CelDuration.PerSecond ? (int)nanos : 0);
        return value.IsInRange && nanos == value.Nanos ? value : Fail(ref error, CelError.Range);
    }

    private static object? Duration(Dictionary<string, object?> set, ref CelError? error)
    {
        var nanos = ((Int128)(set.GetValueOrDefault("seconds") as long? ?? 0) * CelDuration.PerSecond) + (set.GetValueOrDefault("nanos") as long? ?? 0);
        return nanos > long.MaxValue || nanos < long.MinValue ? Fail(ref error, CelError.Range) : new CelDuration((long)nanos);
    }

    private static object? Fail(ref CelError? error, CelError with)
    {
        error = with;
        return null;
    }
}
