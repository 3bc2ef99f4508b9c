namespace Cordon.Engine.Rules.Cel;

internal enum CelTokenKind
{
    End,

    /// <summary>A name; also the words true, false, null and in.</summary>
    Name,

    /// <summary>A field's name between backticks.</summary>
    QuotedName,
    Int,
    UInt,
    Double,
    String,
    Bytes,

    /// <summary>An operator or bracket, by its text.</summary>
    Sign,
}

/// <summary>A piece of a source text.</summary>
/// <remarks><c>Text</c>: the name, sign, digits (without a suffix), or the value of a string. <c>Value</c>: bytes only.</remarks>
internal readonly record struct CelToken(CelTokenKind Kind, CelPosition At, string Text, CelBytes? Value = null)
{
    public bool Is(string sign) => Kind == CelTokenKind.Sign && Text == sign;

    public override string ToString() => Kind switch
    {
        CelTokenKind.End => "the end",
        CelTokenKind.String or CelTokenKind.Bytes => "a string",
        _ => $"'{Text}'",
    };
}
