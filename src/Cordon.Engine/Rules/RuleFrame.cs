namespace Cordon.Engine.Rules;

/// <summary>
/// What a rulebook looked up for one signal: a place for each read, filled before any condition runs. Reused from signal to signal.
/// Numbers hold integers, booleans (0 and 1), doubles by their bits, instants and spans in microseconds, money in minor units and telephone numbers by their digits.
/// </summary>
internal sealed class RuleFrame(int numbers, int objects, int rows)
{
    public long[] Numbers { get; } = new long[numbers];

    public object?[] Objects { get; } = new object?[objects];

    /// <summary>The row of each identifier path in its space's windows; -1 where it has none.</summary>
    public int[] Rows { get; } = new int[rows];

    /// <summary>The parameters of the region of the member that told the signal.</summary>
    public ParameterRow Parameters { get; set; } = ParameterRow.None;

    /// <summary>What was looked up, kept for a verdict.</summary>
    public RuleFrame Copy()
    {
        var copy = new RuleFrame(Numbers.Length, Objects.Length, 0) { Parameters = Parameters };
        Numbers.CopyTo(copy.Numbers, 0);
        Objects.CopyTo(copy.Objects, 0);
        return copy;
    }
}

/// <summary>The values of all parameters in one region.</summary>
/// <param name="Numbers">By the parameter's place; as in <see cref="RuleFrame"/>.</param>
/// <param name="Texts">By the parameter's place; null where it is no text.</param>
internal sealed record ParameterRow(long[] Numbers, string?[] Texts)
{
    public static readonly ParameterRow None = new([], []);
}
