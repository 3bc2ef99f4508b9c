namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>The standard library and extensions.</summary>
internal static class CelLibrary
{
    public static CelEnvironment Build() => new(new CelEnvironmentBuilder(null));
}
