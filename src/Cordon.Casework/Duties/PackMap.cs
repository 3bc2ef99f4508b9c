using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Cordon.Casework.Duties;

/// <summary>A mapping of the pack file, read key by key. What is wrong is noted with its line, and reading goes on.</summary>
internal sealed class PackMap
{
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly List<DutyPackFault> faults;
    private readonly string path;

    private PackMap(YamlMappingNode node, string path, List<DutyPackFault> faults, string[] keys)
    {
        this.path = path;
        this.faults = faults;
        Line = LineOf(node);
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || !keys.Contains(name))
                Note(key, key.ToString(), DutyPackFaultKind.UnknownKey, $"'{key}' means nothing here; known are {string.Join(", ", keys)}.");
            else if (value is not YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "" or "~" or "null" or null })
                values[name] = value;
        }
    }

    /// <summary>Where the mapping begins.</summary>
    public int Line { get; }

    public static PackMap? From(YamlNode node, string path, List<DutyPackFault> faults, params string[] keys)
    {
        if (node is YamlMappingNode mapping) return new PackMap(mapping, path, faults, keys);
        faults.Add(new DutyPackFault(LineOf(node), path, DutyPackFaultKind.WrongShape, "A mapping of keys is expected here."));
        return null;
    }

    public bool Has(string key) => values.ContainsKey(key);

    public int LineAt(string key) => values.TryGetValue(key, out var node) ? LineOf(node) : Line;

    public void Note(string key, DutyPackFaultKind kind, string message) =>
        faults.Add(new DutyPackFault(LineAt(key), Path(key), kind, message));

    /// <summary>A text that must be there.</summary>
    public string? Text(string key)
    {
        if (Required(key) is not { } node) return null;
        if (node is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)) return text.Trim();
        Note(key, DutyPackFaultKind.WrongShape, "A text is expected here.");
        return null;
    }

    /// <summary>A text that may be absent.</summary>
    public string? TextOrNull(string key) => Has(key) ? Text(key) : null;

    /// <summary>A text in both languages.</summary>
    public Wording? Wording(string key)
    {
        var map = Map(key, "zh-CN", "en");
        var (zh, en) = (map?.Text("zh-CN"), map?.Text("en"));
        return zh is null || en is null ? null : new Wording(zh, en);
    }

    /// <summary>A word of a closed set.</summary>
    public T? Word<T>(string key)
        where T : struct, Enum => Text(key) is { } text ? WordAt<T>(key, text) : null;

    /// <summary>A list of words of a closed set, each once.</summary>
    public List<T> WordList<T>(string key)
        where T : struct, Enum
    {
        var found = new List<T>();
        foreach (var (item, index) in Items(key).Select((item, index) => (item, index)))
        {
            var at = $"{key}[{index.ToString(CultureInfo.InvariantCulture)}]";
            if (item is not YamlScalarNode { Value: { } text }) Note(item, at, DutyPackFaultKind.WrongShape, "A word is expected here.");
            else if (!Words.TryRead<T>(text, out var value)) Note(item, at, DutyPackFaultKind.UnknownWord, Unknown<T>(text));
            else if (found.Contains(value)) Note(item, at, DutyPackFaultKind.Duplicate, $"'{text}' stands here twice.");
            else found.Add(value);
        }
        return found;
    }

    /// <summary>A whole number within limits.</summary>
    public long? Whole(string key, long least, long most)
    {
        if (Text(key) is not { } text) return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            Note(key, DutyPackFaultKind.WrongShape, $"'{text}' is not a whole number.");
        else if (number < least || number > most)
            Note(key, DutyPackFaultKind.OutOfRange, $"{text} lies outside {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}.");
        else
            return number;
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool? Truth(string key)
    {
        if (Text(key) is not { } text) return null;
        if (text is "true" or "false") return text == "true";
        Note(key, DutyPackFaultKind.WrongShape, $"'{text}' is neither true nor false.");
        return null;
    }

    /// <summary>A date alone.</summary>
    public DateOnly? Date(string key)
    {
        if (Text(key) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Note(key, DutyPackFaultKind.BadDate, $"'{text}' is not a date of the form 2022-12-01.");
        return null;
    }

    /// <summary>A mapping that must be there.</summary>
    public PackMap? Map(string key, params string[] keys) => Required(key) is { } node ? From(node, Path(key), faults, keys) : null;

    /// <summary>The mappings of a list that must be there and not be empty.</summary>
    public IEnumerable<PackMap> Maps(string key, params string[] keys)
    {
        foreach (var (item, index) in Items(key).Select((item, index) => (item, index)))
            if (From(item, $"{Path(key)}[{index.ToString(CultureInfo.InvariantCulture)}]", faults, keys) is { } map)
                yield return map;
    }

    private IEnumerable<YamlNode> Items(string key)
    {
        if (Required(key) is not { } node) return [];
        if (node is not YamlSequenceNode sequence) Note(key, DutyPackFaultKind.WrongShape, "A list is expected here.");
        else if (sequence.Children.Count == 0) Note(key, DutyPackFaultKind.Missing, "The list is empty.");
        else return sequence.Children;
        return [];
    }

    private T? WordAt<T>(string key, string text)
        where T : struct, Enum
    {
        if (Words.TryRead<T>(text, out var value)) return value;
        Note(key, DutyPackFaultKind.UnknownWord, Unknown<T>(text));
        return null;
    }

    private static string Unknown<T>(string text)
        where T : struct, Enum => $"'{text}' is not one of {string.Join(", ", Words.All<T>())}.";

    private YamlNode? Required(string key)
    {
        if (values.TryGetValue(key, out var node)) return node;
        Note(key, DutyPackFaultKind.Missing, $"'{key}' is missing.");
        return null;
    }

    private void Note(YamlNode node, string key, DutyPackFaultKind kind, string message) =>
        faults.Add(new DutyPackFault(LineOf(node), Path(key), kind, message));

    private string Path(string key) => path.Length == 0 ? key : path + "." + key;

    private static int LineOf(YamlNode node) => checked((int)node.Start.Line);
}
