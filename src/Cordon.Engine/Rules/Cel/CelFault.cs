namespace Cordon.Engine.Rules.Cel;

/// <summary>Where something stands in a source text: line and column, both counted from 1, columns in UTF-16 units.</summary>
internal readonly record struct CelPosition(int Line, int Column);

/// <summary>Why a text is not an expression that can be used.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1.</param>
/// <param name="Message">What is wrong, for the author.</param>
/// <param name="Suggestion">The known name nearest to a misspelt one; null where there is none.</param>
internal sealed record CelFault(int Line, int Column, string Message, string? Suggestion = null)
{
    public override string ToString() => Suggestion is null ? $"{Line}:{Column}: {Message}" : $"{Line}:{Column}: {Message} (did you mean '{Suggestion}'?)";
}
