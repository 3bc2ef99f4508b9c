using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cordon.Gateways.Intake;

/// <summary>What came of working with a key file.</summary>
/// <param name="Keys">The keys, where all is well.</param>
/// <param name="Refusal">Why not, as a sentence; null where all is well.</param>
public sealed record TokenKeyReading(TokenKeys? Keys, string? Refusal);

/// <summary>
/// The file that holds the token keys: UTF-8 text, one line a version (<c>1 BASE64</c>), lines that start with # are
/// comments, readable by its owner alone (mode 600).
/// </summary>
public static class TokenKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);

    /// <summary><c>$XDG_CONFIG_HOME/cordon/token.key</c>, or the platform's own folder for a user's settings.</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "cordon", "token.key");

    /// <summary>Makes a file with version 1. Refused where one is already there: a lost key cannot be made again.</summary>
    public static TokenKeyReading Create(string path, string dataFolder)
    {
        if (Misplaced(path, dataFolder) is { } refusal) return new TokenKeyReading(null, refusal);
        if (File.Exists(path)) return new TokenKeyReading(null, $"A key file is already there: {path}. To add a version, rotate it.");
        var keys = new TokenKeys(ImmutableSortedDictionary<byte, byte[]>.Empty.Add(1, RandomNumberGenerator.GetBytes(TokenKeys.KeyBytes)));
        Write(path, keys);
        return new TokenKeyReading(keys, null);
    }

    /// <summary>Reads the file. Refused where it is missing, malformed, open to others, or inside the data folder.</summary>
    public static TokenKeyReading Load(string path, string dataFolder)
    {
        if (Misplaced(path, dataFolder) is { } misplaced) return new TokenKeyReading(null, misplaced);
        if (!File.Exists(path)) return new TokenKeyReading(null, $"There is no key file at {path}.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            return new TokenKeyReading(null, $"The key file {path} can be opened by others: make it mode 600.");
        return Parse(File.ReadAllLines(path), path);
    }

    /// <summary>Adds a version with a fresh key, which new tokens carry from then on; the earlier ones stay for looking up.</summary>
    public static TokenKeyReading Rotate(string path, string dataFolder)
    {
        var reading = Load(path, dataFolder);
        if (reading.Keys is null) return reading;
        var newest = reading.Keys.Versions[^1];
        if (newest == byte.MaxValue) return new TokenKeyReading(null, "Version 255 is the last: a token has one byte for it.");
        var all = reading.Keys.All.ToImmutableSortedDictionary().Add((byte)(newest + 1), RandomNumberGenerator.GetBytes(TokenKeys.KeyBytes));
        var keys = new TokenKeys(all);
        Write(path, keys);
        return new TokenKeyReading(keys, null);
    }

    /// <summary>A refusal where the key file lies inside the data folder, symbolic links resolved; null where it does not.</summary>
    public static string? Misplaced(string path, string dataFolder)
    {
        var file = RealPath(path);
        var folder = RealPath(dataFolder);
        var inside = file.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return inside ? $"The key file {path} lies inside the data folder {dataFolder}: key and data must not lie together." : null;
    }

    internal static TokenKeyReading Parse(string[] lines, string path)
    {
        var keys = ImmutableSortedDictionary<byte, byte[]>.Empty;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var key = new byte[TokenKeys.KeyBytes];
            // The line itself is not shown: it may be a key with a slip in it.
            if (parts.Length != 2 || !byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version == 0
                || !Convert.TryFromBase64String(parts[1], key, out var written) || written != key.Length)
                return new TokenKeyReading(null, $"{path}, line {i + 1}: expected a version from 1 to 255 and {TokenKeys.KeyBytes} bytes in base 64.");
            if (keys.ContainsKey(version)) return new TokenKeyReading(null, $"{path}, line {i + 1}: version {version} stands twice.");
            keys = keys.Add(version, key);
        }
        return keys.IsEmpty ? new TokenKeyReading(null, $"{path} holds no key.") : new TokenKeyReading(new TokenKeys(keys), null);
    }

    private static void Write(string path, TokenKeys keys)
    {
        var text = new StringBuilder("# Cordon token keys: version, key. Keep a copy in a safe place, never with the data.\n");
        foreach (var (version, key) in keys.All)
            text.Append(CultureInfo.InvariantCulture, $"{version} {Convert.ToBase64String(key)}\n");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(fresh, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text.ToString()));
            file.Flush(flushToDisk: true);
        }
        // A rename replaces the old file whole: a rotation that is cut off leaves the keys as they were.
        File.Move(fresh, path, overwrite: true);
    }

    private static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var real = root;
        foreach (var part in full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            FileSystemInfo info = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
            if (info.Exists && info.LinkTarget is not null) real = info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
        }
        return real;
    }
}
