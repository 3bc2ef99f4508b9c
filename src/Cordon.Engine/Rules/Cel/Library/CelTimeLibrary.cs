namespace Cordon.Engine.Rules.Cel.Library;

internal static class CelTimeLibrary
{
    public static void AddZoned(CelEnvironmentBuilder builder, CelZoneOffset zones) => throw new InvalidOperationException($"Being written. {builder} {zones}");
}
