namespace Cordon.Tests;

/// <summary>What <c>./test --long</c> asks for: more moments, more cases, more rounds of what each run shows in small.</summary>
internal static class Long
{
    /// <summary>Whether it was asked for.</summary>
    public static bool Asked { get; } = Environment.GetEnvironmentVariable("CORDON_TEST_LONG") is { Length: > 0 };

    /// <summary>One of two sizes.</summary>
    public static int Or(int most, int usual) => Asked ? most : usual;
}
