namespace Cordon.Commands;

/// <summary>A server to talk to, and what lets a command in.</summary>
/// <param name="Address">Where it answers.</param>
/// <param name="Key">A member's key, or the token of the lock file.</param>
internal sealed record RunningServer(Uri Address, string Key)
{
    /// <summary>The server named, with a key for it; without one, the lock file of the data folder must be that server's.</summary>
    public static RunningServer Named(Uri address, string? key, string folder) =>
        key is not null ? new RunningServer(address, key) : Own(address, folder)
            ?? throw new CommandFault("--server needs a key: give --key or set CORDON_KEY, or name the data folder of that server with --data.", Exit.Usage);

    /// <summary>The server named, which must be that of the data folder: no key lets a command do what its operator may.</summary>
    public static RunningServer Named(Uri address, string folder) =>
        Own(address, folder) ?? throw new CommandFault($"{folder} is not the data folder of a server at {address}. Name its folder with --data.", Exit.Usage);

    /// <summary>The server that has a folder open, as its lock file says; null where none does.</summary>
    public static RunningServer? Of(string folder) => DataFolder.ReadNote(folder) is { Server: { } running, Token: { } token } ? new RunningServer(running, token) : null;

    /// <summary>That another command has the folder, and no server.</summary>
    public static CommandFault InUse(string folder) =>
        new($"{folder} is in use by another command. Wait until it has ended, or name another folder with --data.");

    private static RunningServer? Own(Uri address, string folder) => Of(folder) is { } own && Same(own.Address, address) ? own : null;

    private static bool Same(Uri a, Uri b) => a.Port == b.Port && (a.Host == b.Host || (a.IsLoopback && b.IsLoopback));
}
