using System.Collections.Immutable;
using System.Reflection;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;

namespace Cordon.Gateways.Files;

/// <summary>What a file holds, as <c>import --as</c> names it.</summary>
public enum FileContent
{
    /// <summary>Calls.</summary>
    Calls,

    /// <summary>Text messages.</summary>
    Messages,

    /// <summary>Lines opened or changed.</summary>
    Subscriptions,

    /// <summary>Accounts opened.</summary>
    Accounts,

    /// <summary>Money moved.</summary>
    Transfers,

    /// <summary>Visits to watched pages.</summary>
    Visits,

    /// <summary>Victims' reports.</summary>
    Reports,

    /// <summary>Transfers corrected.</summary>
    Corrections,
}

/// <summary>One thing wrong with a preset file.</summary>
/// <param name="Line">Line from 1; 0 where the file as a whole is meant.</param>
/// <param name="Column">Column from 1.</param>
/// <param name="Message">A sentence.</param>
public sealed record PresetFault(long Line, long Column, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? Message : $"line {Line}, column {Column}: {Message}";
}

/// <summary>What came of reading a preset.</summary>
/// <param name="Preset">The preset; null where there are faults.</param>
/// <param name="Faults">What is wrong.</param>
public sealed record PresetReading(Preset? Preset, ImmutableArray<PresetFault> Faults);

/// <summary>How a source's files are read: which column is which field (docs/reference/presets.md). Immutable.</summary>
public sealed class Preset
{
    private const string Folder = "Cordon.Gateways.Files.Presets.";
    private const string Extension = ".yaml";

    internal Preset(string name, string description) => (Name, Description) = (name, description);

    /// <summary>The name, part of the default name of a data set.</summary>
    public string Name { get; }

    /// <summary>A line for people.</summary>
    public string Description { get; }

    internal PresetFormat Format { get; init; }

    internal char Delimiter { get; init; } = ',';

    internal string Encoding { get; init; } = "utf-8";

    internal AmountRounding Rounding { get; init; }

    internal ImmutableArray<Layout> Layouts { get; init; } = [];

    /// <summary>The presets that are part of Cordon, by name.</summary>
    public static ImmutableArray<string> Shipped =>
        [.. typeof(Preset).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>Takes a shipped preset by name, or reads a file where a path is given (it has a separator or ends in .yaml).</summary>
    public static PresetReading Load(string nameOrPath)
    {
        if (nameOrPath.Contains('/', StringComparison.Ordinal) || nameOrPath.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || nameOrPath.EndsWith(Extension, StringComparison.Ordinal) || nameOrPath.EndsWith(".yml", StringComparison.Ordinal))
            return File.Exists(nameOrPath) ? Parse(File.ReadAllText(nameOrPath)) : Refused($"There is no preset file at {nameOrPath}.");
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + nameOrPath + Extension);
        if (resource is null)
            return Refused($"There is no preset '{nameOrPath}'{NearestName.Hint(nameOrPath, Shipped)} Shipped are {string.Join(", ", Shipped)}; a path to a .yaml file is taken too.");
        using var reader = new StreamReader(resource);
        return Parse(reader.ReadToEnd());
    }

    /// <summary>Reads the text of a preset.</summary>
    public static PresetReading Parse(string yaml) => new PresetReader().Read(yaml);

    private static PresetReading Refused(string message) => new(null, [new PresetFault(0, 0, message)]);
}

/// <summary>What kind of text the file is.</summary>
internal enum PresetFormat
{
    /// <summary>Columns, mapped by layouts.</summary>
    Csv,

    /// <summary>One JSON object a line, its names mapped by layouts as columns are.</summary>
    Ndjson,

    /// <summary>Cordon's own wire form.</summary>
    Cordon,
}

/// <summary>One shape of file, known by its columns.</summary>
/// <param name="As">What such a file holds.</param>
/// <param name="Rows">Rules in order: the first whose conditions hold takes the row.</param>
internal sealed record Layout(FileContent As, ImmutableArray<RowRule> Rows)
{
    /// <summary>Every column that the layout looks at.</summary>
    public ImmutableSortedSet<string> Columns { get; } =
        Rows.SelectMany(row => row.When.Select(when => when.Column).Concat(row.Fields.SelectMany(field => field.Value.Columns))).ToImmutableSortedSet(StringComparer.Ordinal);
}

/// <summary>What a row of some sort becomes.</summary>
internal sealed record RowRule(SignalKind Signal, ImmutableArray<RowCondition> When, ImmutableArray<FieldRule> Fields);

/// <summary>A column must hold one of the texts.</summary>
internal sealed record RowCondition(string Column, ImmutableArray<string> AnyOf);

/// <summary>Where a field's value comes from.</summary>
internal sealed record FieldRule(SignalField Field, ValueRule Value);

/// <summary>How a value is made of a row.</summary>
internal abstract record ValueRule
{
    public abstract IEnumerable<string> Columns { get; }
}

/// <summary>The text of a column, exchanged by a map, with a prefix; where it is empty or mapped to nothing, another rule's value.</summary>
internal sealed record ColumnValue(string Column, ImmutableDictionary<string, string?> Values, string Prefix, ValueRule? Otherwise) : ValueRule
{
    public override IEnumerable<string> Columns => Otherwise is null ? [Column] : [Column, .. Otherwise.Columns];
}

/// <summary>The same text in every row.</summary>
internal sealed record ConstantValue(string Text) : ValueRule
{
    public override IEnumerable<string> Columns => [];
}

/// <summary>Midnight UTC of the day that lies a whole number of days after an epoch.</summary>
internal sealed record DayValue(string Column, Instant Epoch) : ValueRule
{
    public override IEnumerable<string> Columns => [Column];
}

/// <summary>A hash of data set, row values and n-th occurrence of those values.</summary>
internal sealed record HashValue : ValueRule
{
    public override IEnumerable<string> Columns => [];
}

/// <summary>An account, joined of member and number; none where the number is nothing.</summary>
internal sealed record AccountValue(ValueRule Member, ValueRule Number) : ValueRule
{
    public override IEnumerable<string> Columns => [.. Member.Columns, .. Number.Columns];
}
