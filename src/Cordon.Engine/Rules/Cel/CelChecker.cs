namespace Cordon.Engine.Rules.Cel;

internal sealed class CelChecker(CelEnvironment environment, bool loose)
{
    public List<CelFault> Faults { get; } = [];

    public CelNode Check(CelNode root) => throw new InvalidOperationException($"Being written. {environment} {loose}");
}
