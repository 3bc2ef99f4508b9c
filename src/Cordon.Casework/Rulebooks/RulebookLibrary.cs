using System.Collections.Concurrent;
using System.Collections.Immutable;
using Cordon.Engine.Rules;

namespace Cordon.Casework.Rulebooks;

/// <summary>A rulebook with all that is known of it: as files, as it is written, and compiled.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Source">What they say.</param>
/// <param name="Compiled">What judges.</param>
public sealed record KeptRulebook(ImmutableArray<RulebookFile> Files, RulebookSource Source, Rulebook Compiled)
{
    /// <summary>The hash of its content, by which journals name it.</summary>
    public string Hash => Compiled.Hash;
}

/// <summary>What came of reading rulebook files: a rulebook that can judge, or every fault of form and of meaning.</summary>
/// <param name="Rulebook">Null where there are faults.</param>
/// <param name="Faults">By file, line and column.</param>
public sealed record RulebookCheck(KeptRulebook? Rulebook, ImmutableArray<RulebookFault> Faults);

/// <summary>
/// The rulebooks of a data folder, one folder each, named by the hash of its content. A rulebook is written here before the journal
/// names it, so that whoever reads the journal again finds every rulebook that ever judged.
/// </summary>
/// <param name="folder">Where they are kept; made when the first is.</param>
/// <param name="shipped">The rulebook that comes with the program: a file or folder.</param>
public sealed class RulebookLibrary(string folder, string shipped)
{
    private readonly ConcurrentDictionary<string, KeptRulebook> read = new(StringComparer.Ordinal);
    private readonly Lazy<KeptRulebook> shippedBook = new(() => LoadShipped(shipped));

    /// <summary>The rulebook that comes with the program.</summary>
    /// <exception cref="InvalidDataException">It has faults; they are told.</exception>
    public KeptRulebook Shipped => shippedBook.Value;

    /// <summary>Checks files as they are, the examples of their rules left aside.</summary>
    public static RulebookCheck Check(IReadOnlyList<RulebookFile> files)
    {
        var reading = RulebookReader.Read(files);
        if (reading.Source is not { } source) return new RulebookCheck(null, reading.Faults);
        var compiled = Rulebook.Compile(source, RulebookHash.Of(source));
        return compiled.Rulebook is { } rulebook ? new RulebookCheck(new KeptRulebook([.. files], source, rulebook), []) : new RulebookCheck(null, compiled.Faults);
    }

    /// <summary>The rulebook of a hash; null where neither the folder nor the program has it.</summary>
    public KeptRulebook? Find(string hash)
    {
        if (read.TryGetValue(hash, out var known)) return known;
        var at = Path.Combine(folder, hash);
        if (!Directory.Exists(at)) return Shipped.Hash == hash ? Shipped : null;
        var files = Directory.GetFiles(at, "*.yaml");
        Array.Sort(files, StringComparer.Ordinal);
        var check = Check([.. files.Select(f => new RulebookFile(Path.GetFileName(f), File.ReadAllText(f)))]);
        if (check.Rulebook is not { } rulebook) throw new InvalidDataException($"The rulebook in {at} does not check any more: {string.Join("; ", check.Faults)}");
        if (rulebook.Hash != hash) throw new InvalidDataException($"The rulebook in {at} was altered: its content has the hash {rulebook.Hash}.");
        return read.GetOrAdd(hash, rulebook);
    }

    /// <summary>Keeps a rulebook. When this returns it is on the disk, whole.</summary>
    public void Keep(KeptRulebook rulebook)
    {
        var at = Path.Combine(folder, rulebook.Hash);
        if (Directory.Exists(at)) return;
        var half = Path.Combine(folder, $".{rulebook.Hash}.half");
        if (Directory.Exists(half)) Directory.Delete(half, recursive: true);
        Directory.CreateDirectory(half);
        foreach (var file in rulebook.Files)
        {
            using var stream = new FileStream(Path.Combine(half, file.Name), FileMode.CreateNew, FileAccess.Write);
            using (var writer = new StreamWriter(stream, leaveOpen: true)) writer.Write(file.Text);
            stream.Flush(flushToDisk: true);
        }
        // What was interrupted before this line left no folder of the hash, and is written again.
        Directory.Move(half, at);
        read.TryAdd(rulebook.Hash, rulebook);
    }

    private static KeptRulebook LoadShipped(string path)
    {
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml") : [path];
        Array.Sort(files, StringComparer.Ordinal);
        var check = Check([.. files.Select(f => new RulebookFile(Path.GetFileName(f), File.ReadAllText(f)))]);
        return check.Rulebook ?? throw new InvalidDataException($"{path} is no rulebook: {string.Join("; ", check.Faults)}");
    }
}
