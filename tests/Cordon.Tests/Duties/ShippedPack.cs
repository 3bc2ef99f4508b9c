using Cordon.Casework.Duties;

namespace Cordon.Tests.Duties;

/// <summary>The packs as they lie in the repository.</summary>
internal static class ShippedPack
{
    private static readonly Lazy<DutyPack> China = new(() =>
    {
        var reading = DutyPack.Load(PathOf("packs", "cn", "duties.yaml"));
        return reading.Pack ?? throw new InvalidOperationException(string.Join('\n', reading.Faults));
    });

    public static DutyPack Cn => China.Value;

    public static string PathOf(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cordon.slnx"))) folder = folder.Parent;
        return Path.Combine([folder?.FullName ?? throw new InvalidOperationException("Cordon.slnx is in no folder above."), .. parts]);
    }
}
