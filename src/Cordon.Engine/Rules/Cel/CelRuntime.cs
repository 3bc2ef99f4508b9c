namespace Cordon.Engine.Rules.Cel;

/// <summary>What compiled and explaining evaluation share about values of types known only at run time.</summary>
internal static class CelRuntime
{
    /// <summary>Whether a value is of a type, as far as values show theirs: the elements of lists are not looked at.</summary>
    public static bool Is(object? value, CelType type) => type.Kind switch
    {
        CelKind.Dyn or CelKind.Parameter => true,
        CelKind.Null => value is null,
        CelKind.Wrapper => value is null || Is(value, type.Parameters[0]),
        _ => value is not null && value.GetType() == type.Clr,
    };
}
