using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Rules.Cel.Library;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>The parameters of a rulebook and their values by region.</summary>
internal sealed class ParameterTable
{
    private readonly Currency currency;
    private readonly RulebookFaults faults;
    private readonly List<Parameter> all = [];

    public ParameterTable(ImmutableArray<ParameterSource> sources, Currency currency, RulebookFaults faults)
    {
        (this.currency, this.faults) = (currency, faults);
        var rows = new SortedDictionary<string, ParameterRow>(StringComparer.Ordinal) { [""] = Row(sources.Length) };
        foreach (var region in sources.SelectMany(s => s.Regions.Keys).Distinct(StringComparer.Ordinal)) rows.Add(region, Row(sources.Length));
        for (var place = 0; place < sources.Length; place++)
        {
            var written = sources[place];
            var name = "params." + written.Id.Text;
            if (all.Exists(p => p.Variable == name)) faults.Add(written.Id, $"Two parameters have the id '{written.Id.Text}'.");
            var type = TypeOf(written.Type);
            all.Add(new Parameter(name, type));
            foreach (var (region, row) in rows) Read(written.Regions.GetValueOrDefault(region, written.Value), type, row, place);
        }
        Regions = rows.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>The parameters in the order of their places.</summary>
    public IReadOnlyList<Parameter> All => all;

    /// <summary>The values by region; the usual ones under the empty name.</summary>
    public ImmutableSortedDictionary<string, ParameterRow> Regions { get; }

    public void AddTo(CelEnvironmentBuilder words)
    {
        foreach (var parameter in all) words.Variable(parameter.Variable, parameter.Type);
    }

    private static ParameterRow Row(int length) => new(new long[length], new string?[length]);

    private CelType TypeOf(SourceText type)
    {
        switch (type.Text)
        {
            case "int": return CelType.Int;
            case "double": return CelType.Double;
            case "duration": return CelType.Duration;
            case "string": return CelType.String;
            case "bool": return CelType.Bool;
            case "money": return CelMoney.Of(currency.Code);
            default:
                faults.Add(type, "A parameter's type is int, double, money, duration, string or bool.");
                return CelType.Int;
        }
    }

    private void Read(SourceText value, CelType type, ParameterRow row, int place)
    {
        var (number, text) = (0L, (string?)null);
        var sound = type.Kind switch
        {
            CelKind.Int => long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
            CelKind.Double => TryReadDouble(value.Text, out number),
            CelKind.Duration => TryReadSpan(value.Text, out number),
            CelKind.Bool => TryReadBool(value.Text, out number),
            CelKind.String => (text = value.Text) is not null,
            _ => TryReadMoney(value.Text, out number),
        };
        if (!sound) faults.Add(value, $"'{value.Text}' is no {type}.");
        (row.Numbers[place], row.Texts[place]) = (number, text);
    }

    private static bool TryReadDouble(string text, out long bits)
    {
        var sound = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
        bits = BitConverter.DoubleToInt64Bits(value);
        return sound;
    }

    private static bool TryReadSpan(string text, out long micros)
    {
        var sound = Spans.TryRead(text, out var span);
        micros = span.Ticks / TimeSpan.TicksPerMicrosecond;
        return sound;
    }

    private static bool TryReadBool(string text, out long value)
    {
        value = text == "true" ? 1 : 0;
        return text is "true" or "false";
    }

    private bool TryReadMoney(string text, out long minor)
    {
        var fault = AmountText.Read(text, currency, AmountRounding.Refuse, out var amount, out _);
        minor = amount.Minor;
        return fault == AmountFault.None;
    }
}
