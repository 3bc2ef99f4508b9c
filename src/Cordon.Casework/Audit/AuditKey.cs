using System.Globalization;
using System.Text;
using NSec.Cryptography;

namespace Cordon.Casework.Audit;

/// <summary>
/// The key that signs checkpoints, and its file: one line
/// <c>PRIVATE+KEY+name+hex key id+base64(0x01 ‖ seed)</c>, readable by its owner alone. The file lies outside the
/// data folder: whoever copies the data must not get the power to sign another history of it.
/// </summary>
public sealed class AuditKey : IDisposable
{
    private const string Prefix = "PRIVATE+KEY+";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Key key;

    private AuditKey(string name, Key key)
    {
        this.key = key;
        Verifier = VerifierKey.Of(name, key.PublicKey);
    }

    /// <summary>The public half.</summary>
    public VerifierKey Verifier { get; }

    internal static AuditKey Generate(string name) => new(Named(name), Key.Create(SignatureAlgorithm.Ed25519, Exportable));

    /// <summary>A key from its 32 bytes of seed, for tests, whose keys are fixed and worth nothing.</summary>
    internal static AuditKey FromSeed(string name, ReadOnlySpan<byte> seed) =>
        new(Named(name), Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Exportable));

    /// <summary>
    /// Reads the key file, or makes it where there is none. Throws <see cref="AuditKeyException"/> on a file that
    /// others may read, that is malformed, or that holds the key of another log than <paramref name="name"/>.
    /// </summary>
    public static AuditKey LoadOrCreate(string path, string name) => File.Exists(path) ? Load(path, name) : Create(path, name);

    /// <summary>Reads the key file. Throws as <see cref="LoadOrCreate"/> does, and <see cref="FileNotFoundException"/> where there is none.</summary>
    public static AuditKey Load(string path, string name)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly & ~UnixFileMode.UserExecute) != 0)
            throw new AuditKeyException($"The audit key {path} may be used by others than its owner: set its mode to 600, and replace it if they could have read it.");
        if (!TryParse(File.ReadAllText(path, Encoding.UTF8), out var read))
            throw new AuditKeyException($"The audit key {path} is not a key file.");
        if (read!.Verifier.Name == name) return read;
        var other = read.Verifier.Name;
        read.Dispose();
        throw new AuditKeyException($"The audit key {path} is the key of '{other}', not of '{name}'.");
    }

    /// <summary>Makes a key and its file, mode 600, on the disk before it returns. An existing file is never overwritten.</summary>
    public static AuditKey Create(string path, string name)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        var made = Generate(name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(made.ToFileText()));
        file.Flush(flushToDisk: true);
        return made;
    }

    /// <summary>The Ed25519 signature, 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text) => SignatureAlgorithm.Ed25519.Sign(key, text);

    /// <summary>Wipes the key from memory.</summary>
    public void Dispose() => key.Dispose();

    internal static bool TryParse(string source, out AuditKey? value)
    {
        value = null;
        var line = source.TrimEnd('\n');
        if (!line.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var parts = line[Prefix.Length..].Split('+', 3);
        if (parts.Length != 3 || !VerifierKey.IsName(parts[0])) return false;
        if (!CanonicalBase64.TryDecode(parts[2], out var bytes) || bytes.Length != 33 || bytes[0] != VerifierKey.Ed25519) return false;
        var read = FromSeed(parts[0], bytes.AsSpan(1));
        // The id binds name to key: a renamed or bit-flipped file is found here.
        if (parts[1] == IdText(read)) value = read;
        else read.Dispose();
        return value is not null;
    }

    internal string ToFileText() =>
        $"{Prefix}{Verifier.Name}+{IdText(this)}+{Convert.ToBase64String([VerifierKey.Ed25519, .. key.Export(KeyBlobFormat.RawPrivateKey)])}\n";

    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

    private static string IdText(AuditKey key) => key.Verifier.Id.ToString("x8", CultureInfo.InvariantCulture);

    private static string Named(string name) =>
        VerifierKey.IsName(name) ? name : throw new ArgumentException($"'{name}' cannot name a log: no space, no '+', at most 200 characters.", nameof(name));
}

/// <summary>The key file cannot be used; the message says why and what to do.</summary>
public sealed class AuditKeyException : Exception
{
    /// <summary>Not used: the message is the point.</summary>
    public AuditKeyException() { }

    /// <summary>Says why and what to do.</summary>
    public AuditKeyException(string message) : base(message) { }

    /// <summary>Says why and what to do, and what lay behind it.</summary>
    public AuditKeyException(string message, Exception inner) : base(message, inner) { }
}
