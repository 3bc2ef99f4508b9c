using System.Globalization;
using System.Text.Json;
using Cordon.Engine.Rules.Cel;

namespace Cordon.Tests.Conformance;

/// <summary>Reads the values and types of the specification's cases.</summary>
internal static class CelValueJson
{
    private const string Prefix = "type.googleapis.com/google.protobuf.";

    /// <summary>Thrown where a case speaks of a message type the profile leaves out.</summary>
    internal sealed class MessageTypeException(string name) : Exception(name);

    public static object? Value(JsonElement value)
    {
        var property = value.EnumerateObject().First();
        var content = property.Value;
        switch (property.Name)
        {
            case "nullValue": return null;
            case "boolValue": return content.GetBoolean();
            case "int64Value": return long.Parse(content.GetString()!, CultureInfo.InvariantCulture);
            case "uint64Value": return ulong.Parse(content.GetString()!, CultureInfo.InvariantCulture);
            case "doubleValue": return Double(content);
            case "stringValue": return content.GetString();
            case "bytesValue": return new CelBytes([.. content.GetBytesFromBase64()]);
            case "listValue": return CelList.Of(Items(content, "values").Select(Value).ToList());
            case "mapValue":
                CelError? error = null;
                return CelMap.Of(Items(content, "entries").Select(e => new KeyValuePair<object?, object?>(Value(e.GetProperty("key")), Value(e.GetProperty("value")))).ToList(), ref error);
            case "typeValue": return CelEnvironment.Standard.Constants.TryGetValue(content.GetString()!, out var type) ? type.Value : throw new MessageTypeException(content.GetString()!);
            case "objectValue": return Message(content);
            default: throw new MessageTypeException(property.Name);
        }
    }

    private static double Double(JsonElement content) => content.ValueKind == JsonValueKind.Number ? content.GetDouble() : content.GetString() switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        var other => double.Parse(other!, CultureInfo.InvariantCulture),
    };

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;

    private static object? Message(JsonElement message)
    {
        var type = message.GetProperty("@type").GetString()!;
        if (!type.StartsWith(Prefix, StringComparison.Ordinal)) throw new MessageTypeException(type);
        var value = message.TryGetProperty("value", out var v) ? v : default;
        switch (type[Prefix.Length..])
        {
            case "BoolValue": return value.GetBoolean();
            case "Int32Value": return (long)value.GetInt32();
            case "Int64Value": return long.Parse(value.GetString()!, CultureInfo.InvariantCulture);
            case "UInt32Value": return (ulong)value.GetUInt32();
            case "UInt64Value": return ulong.Parse(value.GetString()!, CultureInfo.InvariantCulture);
            case "FloatValue" or "DoubleValue": return Double(value);
            case "StringValue": return value.GetString();
            case "BytesValue": return new CelBytes([.. value.GetBytesFromBase64()]);
            case "Timestamp": return CelTimestamp.TryParse(value.GetString(), out var at) ? at : throw new FormatException();
            case "Duration": return CelDuration.TryParse(value.GetString(), out var span) ? span : throw new FormatException();
            case "Struct" or "ListValue" or "Value": return Json(value);
            case "Any": return Message(value);
            default: throw new MessageTypeException(type);
        }
    }

    private static object? Json(JsonElement json)
    {
        CelError? error = null;
        return json.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Array => CelList.Of(json.EnumerateArray().Select(Json).ToList()),
            JsonValueKind.Object => CelMap.Of(json.EnumerateObject().Select(p => new KeyValuePair<object?, object?>(p.Name, Json(p.Value))).ToList(), ref error),
            _ => null,
        };
    }

    public static CelType Type(JsonElement type)
    {
        var property = type.EnumerateObject().First();
        var content = property.Value;
        return property.Name switch
        {
            "dyn" => CelType.Dyn,
            "null" => CelType.Null,
            "primitive" => Primitive(content.GetString()!),
            "wrapper" => CelType.Wrapper(Primitive(content.GetString()!)),
            "wellKnown" => content.GetString() switch { "TIMESTAMP" => CelType.Timestamp, "DURATION" => CelType.Duration, _ => CelType.Dyn },
            "listType" => CelType.List(content.TryGetProperty("elemType", out var element) ? Type(element) : CelType.Dyn),
            "mapType" => CelType.Map(Type(content.GetProperty("keyType")), Type(content.GetProperty("valueType"))),
            "type" => CelType.Type(content.EnumerateObject().Any() ? Type(content) : CelType.Dyn),
            "typeParam" => CelType.Parameter(content.GetString()!),
            "messageType" => Named(content.GetString()!),
            "abstractType" => Abstract(content),
            _ => throw new MessageTypeException(property.Name),
        };
    }

    private static CelType Abstract(JsonElement type)
    {
        var name = type.GetProperty("name").GetString()!;
        var parameters = Items(type, "parameterTypes").Select(Type).ToList();
        return name == "optional_type" ? CelType.Optional(parameters[0]) : CelType.Opaque(name, typeof(object), [.. parameters]);
    }

    private static CelType Primitive(string name) => name switch
    {
        "BOOL" => CelType.Bool,
        "INT64" => CelType.Int,
        "UINT64" => CelType.UInt,
        "DOUBLE" => CelType.Double,
        "STRING" => CelType.String,
        "BYTES" => CelType.Bytes,
        _ => throw new MessageTypeException(name),
    };

    private static CelType Named(string name) => name switch
    {
        "google.protobuf.Timestamp" => CelType.Timestamp,
        "google.protobuf.Duration" => CelType.Duration,
        "google.protobuf.BoolValue" => CelType.Wrapper(CelType.Bool),
        "google.protobuf.Int32Value" or "google.protobuf.Int64Value" => CelType.Wrapper(CelType.Int),
        "google.protobuf.UInt32Value" or "google.protobuf.UInt64Value" => CelType.Wrapper(CelType.UInt),
        "google.protobuf.FloatValue" or "google.protobuf.DoubleValue" => CelType.Wrapper(CelType.Double),
        "google.protobuf.StringValue" => CelType.Wrapper(CelType.String),
        "google.protobuf.BytesValue" => CelType.Wrapper(CelType.Bytes),
        "google.protobuf.Struct" => CelType.Map(CelType.String, CelType.Dyn),
        "google.protobuf.ListValue" => CelType.AnyList,
        "google.protobuf.Value" or "google.protobuf.Any" => CelType.Dyn,
        _ => throw new MessageTypeException(name),
    };
}
