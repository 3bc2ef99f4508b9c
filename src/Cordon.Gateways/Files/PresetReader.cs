using System.Collections.Immutable;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cordon.Gateways.Files;

/// <summary>Reads a preset from YAML and says line and column of whatever it cannot take.</summary>
internal sealed class PresetReader
{
    private static readonly string[] TopKeys = ["name", "description", "format", "delimiter", "encoding", "rounding", "layouts"];
    private static readonly string[] LayoutKeys = ["as", "rows"];
    private static readonly string[] RowKeys = ["when", "signal", "fields"];
    private static readonly string[] ValueKeys = ["column", "values", "prefix", "otherwise", "daysSince", "constant", "hash", "member", "number"];

    private readonly List<PresetFault> faults = [];

    public PresetReading Read(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            return new PresetReading(null, [new PresetFault(e.Start.Line, e.Start.Column, $"This is not YAML: {e.Message}")]);
        }
        catch (InvalidOperationException)
        {
            // The parser loses its state over a list or mapping that is opened and never closed.
            return new PresetReading(null, [new PresetFault(1, 1, "This is not YAML: a bracket or brace is not closed.")]);
        }
        if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
            return new PresetReading(null, [new PresetFault(1, 1, "A preset is one mapping with name, format and layouts.")]);
        var preset = Top(root);
        return faults.Count == 0 ? new PresetReading(preset, []) : new PresetReading(null, [.. faults]);
    }

    private Preset Top(YamlMappingNode root)
    {
        Known(root, TopKeys);
        var format = Choice(root, "format", PresetFormat.Csv);
        var layouts = ImmutableArray<Layout>.Empty;
        if (format != PresetFormat.Cordon) layouts = [.. Items(root, "layouts").Select(Layout).OfType<Layout>()];
        else if (Child(root, "layouts") is { } needless) Fault(needless, "The format 'cordon' is its own layout.");
        var delimiter = Scalar(root, "delimiter", required: false) ?? ",";
        if (delimiter.Length != 1 || !char.IsAscii(delimiter[0]) || delimiter[0] is '"' or '\r' or '\n') Fault(root, "A delimiter is one ASCII character.");
        var encoding = Scalar(root, "encoding", required: false) ?? "utf-8";
        if (FileText.EncodingOf(encoding) is null) Fault(Child(root, "encoding")!, $"'{encoding}' is no encoding that is known here.");
        return new Preset(Scalar(root, "name", required: true) ?? "", Scalar(root, "description", required: false) ?? "")
        {
            Format = format,
            Delimiter = delimiter.Length > 0 ? delimiter[0] : ',',
            Encoding = encoding,
            Rounding = Rounding(root),
            Layouts = layouts,
        };
    }

    private AmountRounding Rounding(YamlMappingNode root)
    {
        switch (Scalar(root, "rounding", required: false))
        {
            case null or "refuse": return AmountRounding.Refuse;
            case "half-even": return AmountRounding.HalfEven;
            case var other:
                Fault(Child(root, "rounding")!, $"'{other}' is none of refuse, half-even.");
                return AmountRounding.Refuse;
        }
    }

    private Layout? Layout(YamlNode node)
    {
        if (!IsMapping(node, out var map)) return null;
        Known(map, LayoutKeys);
        var content = Choice(map, "as", FileContent.Transfers);
        if (content == FileContent.Reports) Fault(map, "Reports are taken in Cordon's own form only (preset cordon).");
        var rows = Items(map, "rows").Select(Row).OfType<RowRule>().ToImmutableArray();
        return new Layout(content, rows);
    }

    private RowRule? Row(YamlNode node)
    {
        if (!IsMapping(node, out var map)) return null;
        Known(map, RowKeys);
        var signal = Choice(map, "signal", SignalKind.Transfer);
        if (Child(map, "fields") is not YamlMappingNode fields)
        {
            Fault(map, "A row needs 'fields': a mapping of field to column.");
            return null;
        }
        var specs = SignalFields.Of(signal);
        var rules = ImmutableArray.CreateBuilder<FieldRule>();
        foreach (var (key, value) in fields.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (specs.FirstOrDefault(spec => spec.Name == name) is not { } spec)
                Fault(key, $"{Wire.NameOf(signal)} has no field '{name}'{NearestName.Hint(name, SignalFields.Names(signal))}");
            else if (Value(value, spec.Field) is { } rule)
                rules.Add(new FieldRule(spec.Field, rule));
        }
        foreach (var spec in specs)
            if (spec.Required && rules.All(rule => rule.Field != spec.Field)) Fault(fields, $"{Wire.NameOf(signal)} needs the field '{spec.Name}'.");
        return new RowRule(signal, Conditions(map), rules.ToImmutable());
    }

    private ImmutableArray<RowCondition> Conditions(YamlMappingNode row)
    {
        if (Child(row, "when") is not { } when) return [];
        if (!IsMapping(when, out var map)) return [];
        return [.. map.Children.Select(pair => new RowCondition(Text(pair.Key), pair.Value is YamlSequenceNode any ? [.. any.Select(Text)] : [Text(pair.Value)]))];
    }

    private ValueRule? Value(YamlNode node, SignalField field)
    {
        if (node is YamlScalarNode scalar) return new ColumnValue(scalar.Value ?? "", ImmutableDictionary<string, string?>.Empty, "", null);
        if (!IsMapping(node, out var map)) return null;
        if (Child(map, "constant") is { } constant) return Alone(map, "constant") ? new ConstantValue(Text(constant)) : null;
        if (Child(map, "hash") is { } hash)
        {
            if (field != SignalField.Id) Fault(hash, "Only 'id' can be a hash.");
            if (Text(hash) != "row") Fault(hash, "A hash is taken of the row: write 'hash: row'.");
            return Alone(map, "hash") ? new HashValue() : null;
        }
        return Child(map, "number") is not null || Child(map, "member") is not null ? Account(map, field) : Column(map, field);
    }

    private AccountValue? Account(YamlMappingNode map, SignalField field)
    {
        if (field is not (SignalField.Account or SignalField.Payer or SignalField.Payee)) Fault(map, "Only an account is joined of member and number.");
        Known(map, ["member", "number"]);
        var member = Child(map, "member") is { } m ? Value(m, SignalField.Member) : null;
        var number = Child(map, "number") is { } n ? Value(n, SignalField.Member) : null;
        if (member is not null && number is not null) return new AccountValue(member, number);
        Fault(map, "An account needs both 'member' and 'number'.");
        return null;
    }

    private ValueRule? Column(YamlMappingNode map, SignalField field)
    {
        Known(map, ValueKeys);
        if (Scalar(map, "column", required: true) is not { } column) return null;
        if (Child(map, "daysSince") is { } epoch)
        {
            if (field != SignalField.At) Fault(epoch, "Only 'at' counts days.");
            if (map.Children.Count > 2) Fault(map, "A count of days has 'column' and 'daysSince' only.");
            if (Instant.TryParse(Text(epoch), out var day)) return new DayValue(column, day);
            Fault(epoch, $"'{Text(epoch)}' is no date: write 2020-01-01.");
            return null;
        }
        var values = ImmutableDictionary<string, string?>.Empty;
        if (Child(map, "values") is YamlMappingNode table)
            foreach (var (key, value) in table.Children)
                values = values.SetItem(Text(key), IsNull(value) ? null : Text(value));
        else if (Child(map, "values") is { } other) Fault(other, "'values' is a mapping of text to text, or to ~ for nothing.");
        var otherwise = Child(map, "otherwise") is { } next ? Value(next, field) : null;
        return new ColumnValue(column, values, Scalar(map, "prefix", required: false) ?? "", otherwise);
    }

    private bool Alone(YamlMappingNode map, string key)
    {
        if (map.Children.Count == 1) return true;
        Fault(map, $"'{key}' stands alone.");
        return false;
    }

    private T Choice<T>(YamlMappingNode map, string key, T fallback) where T : struct, Enum
    {
        if (Scalar(map, key, required: true) is not { } text) return fallback;
        if (WireNames<T>.TryRead(text, out var value)) return value;
        Fault(Child(map, key)!, $"'{text}' is none of {string.Join(", ", WireNames<T>.Names)}{NearestName.Hint(text, WireNames<T>.Names)}");
        return fallback;
    }

    private IEnumerable<YamlNode> Items(YamlMappingNode map, string key)
    {
        if (Child(map, key) is YamlSequenceNode { Children.Count: > 0 } list) return list.Children;
        Fault(map, $"'{key}' must be a list with at least one entry.");
        return [];
    }

    private void Known(YamlMappingNode map, IReadOnlyList<string> keys)
    {
        foreach (var (key, _) in map.Children)
        {
            var text = (key as YamlScalarNode)?.Value ?? "";
            if (!keys.Contains(text)) Fault(key, $"'{text}' is not known here{NearestName.Hint(text, keys)}");
        }
    }

    private bool IsMapping(YamlNode node, out YamlMappingNode map)
    {
        map = (node as YamlMappingNode)!;
        if (map is null) Fault(node, "A mapping is expected here.");
        return map is not null;
    }

    private string Text(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text }) return text;
        Fault(node, "Plain text is expected here.");
        return "";
    }

    private string? Scalar(YamlMappingNode map, string key, bool required)
    {
        if (Child(map, key) is { } node) return Text(node);
        if (required) Fault(map, $"'{key}' is needed here.");
        return null;
    }

    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static YamlNode? Child(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private void Fault(YamlNode node, string message) => faults.Add(new PresetFault(node.Start.Line, node.Start.Column, message));
}
