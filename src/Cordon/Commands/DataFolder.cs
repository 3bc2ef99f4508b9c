using System.Security.Cryptography;
using System.Text.Json;
using Cordon.Casework.Rulebooks;
using HostOptions = Cordon.Hosting.HostOptions;

namespace Cordon.Commands;

/// <summary>What a running server writes into the lock file, so that other commands find it.</summary>
/// <param name="Process">Its process id.</param>
/// <param name="Server">Where it answers; null while no server runs over the folder.</param>
/// <param name="Token">Lets commands of this machine's user in; it lives as long as the server does.</param>
internal sealed record LockNote(int Process, Uri? Server, string? Token);

/// <summary>
/// The folder where state lives, owned by one process at a time. The lock is the operating system's: it ends with the
/// process, however that ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "cordon.lock";
    private const string InstanceName = "instance";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly FileStream held;
    private readonly FileStream note;

    private DataFolder(string path, FileStream held, FileStream note)
    {
        Path = path;
        this.held = held;
        this.note = note;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The journal's folder.</summary>
    public string Journal => System.IO.Path.Combine(Path, "journal");

    /// <summary>The rulebooks that judge or judged, and the one that comes with the program.</summary>
    public RulebookLibrary Rulebooks => new(System.IO.Path.Combine(Path, "rulebooks"), HostOptions.DefaultRulebook);

    /// <summary>The SQLite file.</summary>
    public string Database => DatabaseOf(Path);

    /// <summary>Where rows go that an import could not read.</summary>
    public string Quarantine => System.IO.Path.Combine(Path, "quarantine");

    /// <summary>The default: cordon-data in the user's data folder.</summary>
    public static string Default => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "cordon-data");

    /// <summary>Where keys live by default: apart from the data, because together they would undo the hashing.</summary>
    public static string DefaultKeys => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "cordon");

    /// <summary>The SQLite file of a folder.</summary>
    public static string DatabaseOf(string path) => System.IO.Path.Combine(path, "cordon.db");

    /// <summary>
    /// The name of the folder's audit log. It holds a random part, made with the folder: two logs of one machine
    /// must never pass for two histories of one.
    /// </summary>
    public static string OriginOf(string path)
    {
        var file = System.IO.Path.Combine(path, InstanceName);
        if (!File.Exists(file)) File.WriteAllText(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        return "cordon.local/" + File.ReadAllText(file).Trim();
    }

    /// <summary>The file of the audit key of a folder, in the user's key folder.</summary>
    public static string AuditKeyOf(string path) => System.IO.Path.Combine(DefaultKeys, $"audit-{OriginOf(path)["cordon.local/".Length..]}.key");

    /// <summary>Takes the folder, making it where it is absent; null where another process has it.</summary>
    public static DataFolder? TryTake(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(path);
        FileStream? held = null;
        try
        {
            held = new FileStream(System.IO.Path.Combine(path, LockName + ".held"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
            var folder = new DataFolder(path, held, new FileStream(System.IO.Path.Combine(path, LockName), options));
            folder.Write(new LockNote(Environment.ProcessId, null, null));
            return folder;
        }
        catch (IOException) when (held is null)
        {
            return null;
        }
    }

    /// <summary>What the process that has the folder says of itself; null where nothing readable stands there.</summary>
    public static LockNote? ReadNote(string path)
    {
        try
        {
            using var file = new FileStream(System.IO.Path.Combine(path, LockName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize<LockNote>(file);
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What casework over this folder is made of; keys lie in the user's key folder.</summary>
    public HostOptions Options(string? database, TimeProvider time) => new()
    {
        DataFolder = Path,
        KeyFolder = DefaultKeys,
        AuditOrigin = OriginOf(Path),
        AuditKeyFile = AuditKeyOf(Path),
        Postgres = database,
        Time = time,
    };

    /// <summary>Says where this process can be reached.</summary>
    public void Announce(Uri server, string token) => Write(new LockNote(Environment.ProcessId, server, token));

    /// <summary>Lets the folder go.</summary>
    public void Dispose()
    {
        note.SetLength(0);
        note.Dispose();
        held.Dispose();
    }

    private void Write(LockNote text)
    {
        note.SetLength(0);
        note.Position = 0;
        JsonSerializer.Serialize(note, text);
        note.Flush();
    }
}
