using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cordon.Tests.Rulebooks;

/// <summary>
/// Checks a YAML tree against as much of JSON Schema 2020-12 as our schemas use. A keyword that it does not know is an error,
/// so that a schema can never say more than is checked.
/// </summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly HashSet<string> Silent = ["$schema", "title", "description", "$defs", "then", "else"];

    public List<string> Faults { get; } = [];

    public void Check(YamlNode node) => Faults.AddRange(Judge(node, root, ""));

    private string[] Judge(YamlNode node, JsonElement schema, string path)
    {
        if (schema.ValueKind == JsonValueKind.False) return [$"{path}: has no place here"];
        if (schema.ValueKind == JsonValueKind.True) return [];
        return [.. schema.EnumerateObject().SelectMany(keyword => Judge(node, schema, keyword, path))];
    }

    private IEnumerable<string> Judge(YamlNode node, JsonElement schema, JsonProperty keyword, string path)
    {
        var (map, list, text) = (node as YamlMappingNode, node as YamlSequenceNode, (node as YamlScalarNode)?.Value);
        return keyword.Name switch
        {
            _ when Silent.Contains(keyword.Name) => [],
            "$ref" => Judge(node, root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]), path),
            "type" => When(!Types(node).Intersect(Words(keyword.Value)).Any(), $"{path}: is no {keyword.Value}"),
            "enum" => When(!Words(keyword.Value).Contains(text), $"{path}: '{text}' is none of {keyword.Value}"),
            "const" => When(keyword.Value.GetString() != text, $"{path}: '{text}' is not {keyword.Value}"),
            "pattern" => When(text is not null && !Regex.IsMatch(text, keyword.Value.GetString()!), $"{path}: '{text}' does not match {keyword.Value}"),
            "maxLength" => When(text?.Length > keyword.Value.GetInt32(), $"{path}: is too long"),
            "minimum" => When(decimal.TryParse(text, CultureInfo.InvariantCulture, out var low) && low < keyword.Value.GetDecimal(), $"{path}: {text} is too little"),
            "maximum" => When(decimal.TryParse(text, CultureInfo.InvariantCulture, out var high) && high > keyword.Value.GetDecimal(), $"{path}: {text} is too much"),
            "minItems" => When(list?.Children.Count < keyword.Value.GetInt32(), $"{path}: has too few"),
            "maxItems" => When(list?.Children.Count > keyword.Value.GetInt32(), $"{path}: has too many"),
            "uniqueItems" => When(list is not null && list.Children.Distinct().Count() < list.Children.Count, $"{path}: has one twice"),
            "maxProperties" => When(map?.Children.Count > keyword.Value.GetInt32(), $"{path}: has too many keys"),
            "format" when keyword.Value.GetString() == "date" => When(text is not null && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), $"{path}: '{text}' is no date"),
            "items" => list?.Children.SelectMany((item, i) => Judge(item, keyword.Value, $"{path}[{i}]")) ?? [],
            "required" => map is null ? [] : Words(keyword.Value).Except(Keys(map)).Select(key => $"{path}: '{key}' is missing"),
            "properties" => map is null ? [] : keyword.Value.EnumerateObject().SelectMany(p => Child(map, p.Name) is { } child ? Judge(child, p.Value, $"{path}.{p.Name}") : []),
            "additionalProperties" => map is null ? [] : Keys(map).Where(key => !IsProperty(schema, key)).SelectMany(key => Judge(Child(map, key)!, keyword.Value, $"{path}.{key}")),
            "allOf" => keyword.Value.EnumerateArray().SelectMany(part => Judge(node, part, path)),
            "if" => schema.TryGetProperty(Judge(node, keyword.Value, path).Length > 0 ? "else" : "then", out var branch) ? Judge(node, branch, path) : [],
            _ => throw new NotSupportedException($"The keyword '{keyword.Name}' is not checked here."),
        };
    }

    private static string[] When(bool wrong, string fault) => wrong ? [fault] : [];

    private static IEnumerable<string> Types(YamlNode node) => node switch
    {
        YamlMappingNode => ["object"],
        YamlSequenceNode => ["array"],
        // What YAML's core schema takes an unquoted scalar for.
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } => ["boolean"],
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => ["integer", "number"],
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => ["number"],
        _ => ["string"],
    };

    private static IEnumerable<string> Words(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(e => e.GetString()!) : [element.GetString()!];

    private static IEnumerable<string> Keys(YamlMappingNode map) => map.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value!);

    private static YamlNode? Child(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static bool IsProperty(JsonElement schema, string key) => schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(key, out _);
}
