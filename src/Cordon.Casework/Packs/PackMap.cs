using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cordon.Casework.Packs;

/// <summary>A mapping of a pack file, read key by key. What is wrong is noted with its line, and reading goes on.</summary>
internal sealed class PackMap
{
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly PackFaults faults;
    private readonly string path;
    private readonly YamlMappingNode node;

    private PackMap(YamlMappingNode node, string path, PackFaults faults, string[] keys)
    {
        this.path = path;
        this.faults = faults;
        this.node = node;
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || !keys.Contains(name))
                Note(key, Shown(key), DutyPackFaultKind.UnknownKey, $"'{Shown(key)}' means nothing here; known are {string.Join(", ", keys)}.", NearestName.Of(Shown(key), keys));
            else if (value is not YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or null })
                values[name] = value;
        }
    }

    /// <summary>Where the mapping begins.</summary>
    public int Line => LineOf(node);

    /// <summary>The keys that are there, with a value.</summary>
    public IEnumerable<string> Keys => values.Keys;

    public static PackMap? From(YamlNode node, string path, PackFaults faults, params string[] keys)
    {
        if (node is YamlMappingNode mapping) return new PackMap(mapping, path, faults, keys);
        faults.Add(node, path, DutyPackFaultKind.WrongShape, "A mapping of keys is expected here.");
        return null;
    }

    public bool Has(string key) => values.ContainsKey(key);

    public int LineAt(string key) => LineOf(values.GetValueOrDefault(key, node));

    /// <summary>Where a key's value stands, for a fault elsewhere that names it: <c>lines.yaml:12</c>, or <c>line 12</c> of a pack in one file.</summary>
    public string PlaceOf(string key) => string.Create(CultureInfo.InvariantCulture, $"{(faults.File.Length == 0 ? "line " : faults.File + ":")}{LineAt(key)}");

    public void Note(string key, DutyPackFaultKind kind, string message, string? suggestion = null) =>
        Note(values.GetValueOrDefault(key, node), key, kind, message, suggestion);

    /// <summary>A text that must be there, with its place.</summary>
    public SourceText? Placed(string key) => Text(key) is { } text ? Place(values[key], text) : null;

    /// <summary>A text that may be absent, with its place.</summary>
    public SourceText? PlacedOrNull(string key) => Has(key) ? Placed(key) : null;

    /// <summary>A word of a closed set, with its place.</summary>
    public SourceText? OneOf(string key, IReadOnlyCollection<string> words)
    {
        if (Placed(key) is not { } word) return null;
        if (words.Contains(word.Text)) return word;
        Note(key, DutyPackFaultKind.UnknownWord, $"'{word.Text}' is not one of {string.Join(", ", words)}.", NearestName.Of(word.Text, words));
        return null;
    }

    /// <summary>A list of texts with their places; the list must be there and not be empty.</summary>
    public IEnumerable<SourceText> PlacedList(string key)
    {
        foreach (var (item, index) in Items(key).Select((item, index) => (item, index)))
        {
            if (item is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)) yield return Place(item, text.Trim());
            else Note(item, Indexed(key, index), DutyPackFaultKind.WrongShape, "A text is expected here.");
        }
    }

    /// <summary>The entries of a mapping whose keys are the author's own: each key and its value, with its place. Absent is empty.</summary>
    public IEnumerable<(string Key, SourceText Value)> PlacedEntries(string key)
    {
        foreach (var (name, value) in Open(key))
        {
            if (value is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)) yield return (name, Place(value, text.Trim()));
            else Note(value, key + "." + name, DutyPackFaultKind.WrongShape, "A text is expected here.");
        }
    }

    /// <summary>A mapping whose keys are the author's own. Absent is null.</summary>
    public PackMap? OpenMap(string key) => Has(key) ? Map(key, [.. Open(key).Select(entry => entry.Key)]) : null;

    /// <summary>Notes a fault at a text that was read before.</summary>
    public void NoteAt(SourceText at, string key, DutyPackFaultKind kind, string message, string? suggestion = null) =>
        faults.Add(at.Line, at.Column, Path(key), kind, message, suggestion);

    /// <summary>A text that must be there.</summary>
    public string? Text(string key)
    {
        if (Required(key) is not { } found) return null;
        if (found is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)) return text.Trim();
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

    /// <summary>A text that may be absent and may stand in one language for both.</summary>
    public Wording? WordingOrNull(string key)
    {
        if (!Has(key)) return null;
        if (values[key] is YamlMappingNode) return Wording(key);
        return Text(key) is { } text ? new Wording(text, text) : null;
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
            var at = Indexed(key, index);
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

    /// <summary>How far a clock is ahead of UTC.</summary>
    public TimeSpan? Offset(string key)
    {
        if (Text(key) is not { } text) return null;
        if (text.Length == 6 && text[0] is '+' or '-' && TimeSpan.TryParseExact(text[1..], "hh\\:mm", CultureInfo.InvariantCulture, out var span) && span <= TimeSpan.FromHours(14))
            return text[0] == '-' ? -span : span;
        Note(key, DutyPackFaultKind.WrongShape, $"'{text}' is not an offset of the form +08:00.");
        return null;
    }

    /// <summary>A mapping that must be there.</summary>
    public PackMap? Map(string key, params string[] keys) => Required(key) is { } found ? From(found, Path(key), faults, keys) : null;

    /// <summary>The mappings of a list that must be there and not be empty.</summary>
    public IEnumerable<PackMap> Maps(string key, params string[] keys)
    {
        foreach (var (item, index) in Items(key).Select((item, index) => (item, index)))
            if (From(item, Path(Indexed(key, index)), faults, keys) is { } map)
                yield return map;
    }

    private IEnumerable<YamlNode> Items(string key)
    {
        if (Required(key) is not { } found) return [];
        if (found is not YamlSequenceNode sequence) Note(key, DutyPackFaultKind.WrongShape, "A list is expected here.");
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
        if (values.TryGetValue(key, out var found)) return found;
        Note(key, DutyPackFaultKind.Missing, $"'{key}' is missing.");
        return null;
    }

    private IEnumerable<(string Key, YamlNode Value)> Open(string key)
    {
        if (!values.TryGetValue(key, out var found)) yield break;
        if (found is not YamlMappingNode mapping)
        {
            Note(key, DutyPackFaultKind.WrongShape, "A mapping of keys is expected here.");
            yield break;
        }
        foreach (var (name, value) in mapping.Children)
        {
            if (name is YamlScalarNode { Value: { Length: > 0 } text }) yield return (text, value);
            else Note(name, key, DutyPackFaultKind.WrongShape, "A key is a text.");
        }
    }

    private void Note(YamlNode at, string key, DutyPackFaultKind kind, string message, string? suggestion = null) =>
        faults.Add(at, Path(key), kind, message, suggestion);

    /// <summary>Where the text itself begins: behind a quote; below the sign of a block, as far in as the block is.</summary>
    private SourceText Place(YamlNode at, string text)
    {
        var (line, column) = (LineOf(at), checked((int)at.Start.Column));
        if (at is YamlScalarNode { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted }) column++;
        else if (at is YamlScalarNode { Style: ScalarStyle.Literal or ScalarStyle.Folded }) (line, column) = faults.BlockAfter(line) ?? (line, column);
        return new SourceText(text, faults.File, line, column);
    }

    // A key may be a whole structure, and a message must stay a sentence.
    private static string Shown(YamlNode key) => key is YamlScalarNode { Value: { } text } ? text.Length <= 64 ? text : text[..64] + "…" : "(a structure)";

    private static string Indexed(string key, int index) => $"{key}[{index.ToString(CultureInfo.InvariantCulture)}]";

    private string Path(string key) => path.Length == 0 ? key : path + "." + key;

    private static int LineOf(YamlNode node) => checked((int)node.Start.Line);
}
