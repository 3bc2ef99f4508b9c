using Cordon.Gateways.Intake;

namespace Cordon.Commands;

/// <summary>The keys with which a command stands at the door.</summary>
internal static class DoorKeys
{
    /// <summary>
    /// The door with the keys of a file. Without a file named, the default one where it exists; otherwise the door takes
    /// tokens only, and a row with an identity number is quarantined with that reason.
    /// </summary>
    public static Door Open(FileInfo? file, string dataFolder)
    {
        var path = file?.FullName ?? TokenKeyFile.DefaultPath;
        if (file is null && !File.Exists(path)) return new Door(Keys: null);
        var (keys, refusal) = TokenKeyFile.Load(path, dataFolder);
        return keys is null ? throw new CommandFault(refusal!, Exit.Usage) : new Door(keys);
    }
}
