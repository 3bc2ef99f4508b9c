using Cordon.Casework.Rulebooks;
using Cordon.Engine.Rules;

namespace Cordon.Tests.Rulebooks;

/// <summary>The rulebook of China as it lies in the repository.</summary>
internal static class ShippedRulebook
{
    private static readonly Lazy<RulebookSource> China = new(() =>
    {
        var reading = RulebookReader.Load(Folder);
        return reading.Source ?? throw new InvalidOperationException(string.Join('\n', reading.Faults));
    });

    public static string Folder => Path.Combine(RepositoryFolder.Root, "packs", "cn", "rulebook");

    public static RulebookSource Cn => China.Value;
}
