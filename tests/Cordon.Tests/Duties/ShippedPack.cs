using System.Collections.Concurrent;
using Cordon.Casework.Duties;

namespace Cordon.Tests.Duties;

/// <summary>The packs as they lie in the repository.</summary>
internal static class ShippedPack
{
    private static readonly ConcurrentDictionary<string, DutyPack> Read = new(StringComparer.Ordinal);

    /// <summary>Every jurisdiction that ships.</summary>
    public static TheoryData<string> Jurisdictions => [.. Directory.GetDirectories(PathOf("packs")).Where(d => Directory.Exists(Path.Combine(d, "duties"))).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public static DutyPack Cn => Of("cn");

    public static DutyPack Of(string jurisdiction) => Read.GetOrAdd(jurisdiction, static name =>
    {
        var reading = DutyPack.Load(FolderOf(name));
        return reading.Pack ?? throw new InvalidOperationException(string.Join('\n', reading.Faults));
    });

    public static string FolderOf(string jurisdiction) => PathOf("packs", jurisdiction, "duties");

    public static string PathOf(params string[] parts) => Path.Combine([RepositoryFolder.Root, .. parts]);
}
