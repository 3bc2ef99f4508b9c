using Cordon.Casework.Rulebooks;
using Cordon.Engine.Rules;

namespace Cordon.Tests.Screening;

/// <summary>The rulebook that comes with the program, read from the packs of this checkout.</summary>
internal static class ShippedRulebook
{
    public static RulebookLibrary Library { get; } = new(Path.Combine(Path.GetTempPath(), "cordon-no-such-folder"), Path.Combine(RepositoryFolder.Root, "packs", "cn", "rulebook"));

    public static KeptRulebook Kept => Library.Shipped;

    public static Rulebook China => Kept.Compiled;
}
