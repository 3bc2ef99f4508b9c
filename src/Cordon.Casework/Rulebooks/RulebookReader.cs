using System.Collections.Immutable;
using System.Text;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Rules;

namespace Cordon.Casework.Rulebooks;

/// <summary>One file of a rulebook.</summary>
/// <param name="Name">Its name, as faults tell it; no path.</param>
/// <param name="Text">Its YAML.</param>
public sealed record RulebookFile(string Name, string Text);

/// <summary>A rulebook as it is written, or everything that keeps it from being one.</summary>
/// <param name="Source">The rulebook; null where there are faults.</param>
/// <param name="Faults">The faults by file, line and column; empty where there is a rulebook.</param>
public sealed record RulebookReading(RulebookSource? Source, ImmutableArray<RulebookFault> Faults);

/// <summary>
/// Reads rulebooks from YAML: one file, or a folder whose <c>*.yaml</c> are joined in the ordinal order of their names
/// (docs/reference/rulebook.md). What a condition means is not looked at here; everything around it is.
/// </summary>
public static class RulebookReader
{
    /// <summary>A file may be as large, in bytes on disk and in characters of text.</summary>
    public const int MaxFileBytes = 1 << 20;

    /// <summary>A folder may hold as many files.</summary>
    public const int MaxFiles = 64;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file or a folder. What cannot be opened is a fault, not an exception.</summary>
    public static RulebookReading Load(string path)
    {
        try
        {
            if (!Directory.Exists(path)) return Read(path, [path]);
            var files = Directory.GetFiles(path, "*.yaml");
            Array.Sort(files, StringComparer.Ordinal);
            return files.Length == 0 ? Refused(new RulebookFault("", 0, 0, "The folder holds no .yaml file.", null)) : Read(path, files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused(new RulebookFault(Path.GetFileName(path), 0, 0, e.Message, null));
        }
    }

    /// <summary>Reads files that are at hand as text, such as those of an editor, in the order given.</summary>
    public static RulebookReading Read(params IReadOnlyList<RulebookFile> files)
    {
        var builder = new RulebookBuilder();
        var faults = new List<PackFaults>();
        if (files.Count > MaxFiles) return Refused(new RulebookFault("", 0, 0, $"A rulebook has at most {MaxFiles} files.", null));
        foreach (var file in files)
        {
            var found = new PackFaults(file.Name, file.Text.Split('\n'));
            faults.Add(found);
            if (file.Text.Length > MaxFileBytes) found.Add(0, 0, "", DutyPackFaultKind.OutOfRange, "The file is larger than 1 MB.");
            else if (PackText.Load(file.Text, found) is { } root) builder.Add(root, found);
        }
        var source = builder.Finish(faults.Count > 0 ? faults[0] : null);
        var all = faults.SelectMany(f => f.Found).Select(f => new RulebookFault(f.File, f.Line, f.Column, f.Message, f.Suggestion)).ToArray();
        return all.Length == 0 && source is not null ? new RulebookReading(source, []) : Refused(all);
    }

    private static RulebookReading Read(string path, string[] files)
    {
        if (files.Length > MaxFiles) return Refused(new RulebookFault(Path.GetFileName(path), 0, 0, $"A rulebook has at most {MaxFiles} files.", null));
        var texts = new List<RulebookFile>();
        var faults = new List<RulebookFault>();
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            if (new FileInfo(file) is { Exists: true, Length: > MaxFileBytes }) faults.Add(new RulebookFault(name, 0, 0, "The file is larger than 1 MB.", null));
            else if (Decode(File.ReadAllBytes(file)) is { } text) texts.Add(new RulebookFile(name, text));
            else faults.Add(new RulebookFault(name, 0, 0, "The file is not UTF-8.", null));
        }
        return faults.Count == 0 ? Read(texts) : Refused([.. faults, .. Read(texts).Faults]);
    }

    private static string? Decode(byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static RulebookReading Refused(params IEnumerable<RulebookFault> faults) => new(
        null,
        [.. faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column).ThenBy(f => f.Message, StringComparer.Ordinal)]);
}
