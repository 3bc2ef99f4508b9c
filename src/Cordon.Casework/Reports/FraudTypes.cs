using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Answers;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>A type of fraud of the tree.</summary>
/// <param name="Code">Its code, a-z, 0-9 and '-', as reports and cases carry it.</param>
/// <param name="Parent">The type that it is a kind of; null at the top.</param>
/// <param name="Title">Its name in both languages.</param>
/// <param name="Words">The words that point to it and how strongly, 1 to 10; none on a type that has kinds of its own.</param>
public sealed record FraudType(string Code, string? Parent, Wording Title, ImmutableArray<FraudWord> Words);

/// <summary>A word that points to a type of fraud.</summary>
/// <param name="Word">The word, small letters.</param>
/// <param name="Weight">How strongly, 1 to 10.</param>
public readonly record struct FraudWord(string Word, int Weight);

/// <summary>A word that was found in a text.</summary>
/// <param name="Span">Where it stands first.</param>
/// <param name="Word">The word as the tree has it.</param>
/// <param name="Weight">What it counts.</param>
public sealed record FraudWordFound(TextSpan Span, string Word, int Weight);

/// <summary>A type that a text may tell of.</summary>
/// <param name="Type">The type.</param>
/// <param name="Score">The weights of the words found, each word counted once.</param>
/// <param name="Found">The words, in the order of the text.</param>
public sealed record FraudGuess(FraudType Type, int Score, ImmutableArray<FraudWordFound> Found);

/// <summary>
/// The tree of types of fraud, read from a data file, and the guess which of them a text tells of. The guess is made by
/// counted words, so that a clerk can read why; it is the same for the same text and file.
/// </summary>
public sealed class FraudTypes
{
    private const int MostBytes = 1 << 20;
    private const int MostTypes = 500;
    private const int LongestCode = 40;
    private const int LongestWord = 40;
    private const int HeaviestWord = 10;

    // By the first character, longest word first: at a place one word of a type is enough.
    private readonly FrozenDictionary<char, (FraudType Type, FraudWord Word)[]> index;
    private readonly FrozenDictionary<string, FraudType> byCode;

    private FraudTypes(ImmutableArray<FraudType> all)
    {
        All = all;
        byCode = all.ToFrozenDictionary(t => t.Code, StringComparer.Ordinal);
        index = all.SelectMany(t => t.Words.Select(w => (Type: t, Word: w))).GroupBy(e => e.Word.Word[0])
            .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(e => e.Word.Word.Length).ThenBy(e => e.Word.Word, StringComparer.Ordinal).ToArray());
        var parents = all.Where(t => t.Parent is not null).Select(t => t.Parent!).ToFrozenSet(StringComparer.Ordinal);
        Leaves = [.. all.Where(t => !parents.Contains(t.Code))];
    }

    /// <summary>All types in the order of the file.</summary>
    public ImmutableArray<FraudType> All { get; }

    /// <summary>The types that have no kinds of their own: those that a report can be of.</summary>
    public ImmutableArray<FraudType> Leaves { get; }

    /// <summary>The type of a code; null where the tree has none.</summary>
    public FraudType? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>Reads a tree. Every fault is told at once, with its line.</summary>
    /// <exception cref="InvalidDataException">The file is no tree of types; the message tells all that is wrong.</exception>
    public static FraudTypes Load(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var faults = new PackFaults(Path.GetFileName(path));
        return Read(File.ReadAllText(path), faults) ?? throw new InvalidDataException(
            $"{path} is no tree of fraud types: {string.Join("; ", faults.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Message}")))}");
    }

    /// <summary>
    /// The types that a text may tell of, the likeliest first; of equal ones the earlier in the file. Empty where no word is
    /// found. Only the first <see cref="ReportText.MostText"/> characters are looked at; time is linear in them.
    /// </summary>
    public ImmutableArray<FraudGuess> Guess(string text)
    {
        var read = new FoldedText(text.Length > ReportText.MostText ? text[..ReportText.MostText] : text, TextMask.None);
        var found = new Dictionary<(string Code, string Word), FraudWordFound>();
        for (var i = 0; i < read.Length; i++)
        {
            if (!index.TryGetValue(read[i], out var words)) continue;
            foreach (var (type, word) in words)
                if (read.Starts(i, word.Word) && !(char.IsAsciiLetter(word.Word[0]) && read.IsLetter(i - 1)))
                    found.TryAdd((type.Code, word.Word), new FraudWordFound(new TextSpan(i, word.Word.Length), word.Word, word.Weight));
        }
        var byType = found.ToLookup(f => f.Key.Code, f => f.Value, StringComparer.Ordinal);
        return [.. Leaves.Where(t => byType.Contains(t.Code)).Select(t => Guessed(t, byType[t.Code])).OrderByDescending(g => g.Score)];
    }

    internal static FraudTypes? Read(string yaml, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root || PackMap.From(root, "", faults, "tree", "types") is not { } map) return null;
        map.Text("tree");
        var types = new List<(FraudType Type, PackMap Map)>();
        foreach (var entry in map.Maps("types", "code", "parent", "title", "words"))
            if (ReadType(entry) is { } type) types.Add((type, entry));
        if (types.Count > MostTypes) map.Note("types", DutyPackFaultKind.OutOfRange, $"A tree has at most {MostTypes} types.");
        CheckTogether(types);
        return faults.Found.Count > 0 ? null : new FraudTypes([.. types.Select(t => t.Type)]);
    }

    private static FraudGuess Guessed(FraudType type, IEnumerable<FraudWordFound> found)
    {
        // A word inside a longer one of the same type is that one's part and not counted again.
        var kept = new List<FraudWordFound>();
        foreach (var word in found.OrderBy(f => f.Span.Start).ThenByDescending(f => f.Span.Length))
            if (kept.Count == 0 || word.Span.End > kept[^1].Span.End) kept.Add(word);
        return new FraudGuess(type, kept.Sum(f => f.Weight), [.. kept]);
    }

    private static FraudType? ReadType(PackMap map)
    {
        var (code, parent, title) = (map.Text("code"), map.TextOrNull("parent"), map.Wording("title"));
        if (code is not null && (code.Length > LongestCode || code.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))))
            map.Note("code", DutyPackFaultKind.WrongShape, $"'{code}' is no code: 1 to {LongestCode} characters of a-z, 0-9 and '-'.");
        var words = new List<FraudWord>();
        foreach (var (word, weight) in map.PlacedEntries("words"))
        {
            if (word.Length > LongestWord || word.Any(char.IsAsciiLetterUpper) || word.Trim() != word)
                map.NoteAt(weight, "words", DutyPackFaultKind.WrongShape, $"'{word}' is no word: at most {LongestWord} characters, small letters, no blank at its ends.");
            else if (!int.TryParse(weight.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > HeaviestWord)
                map.NoteAt(weight, "words", DutyPackFaultKind.OutOfRange, $"'{weight.Text}' is no weight: a whole number of 1 to {HeaviestWord}.");
            else words.Add(new FraudWord(word, number));
        }
        return code is null || title is null ? null : new FraudType(code, parent, title, [.. words]);
    }

    private static void CheckTogether(List<(FraudType Type, PackMap Map)> types)
    {
        var byCode = new Dictionary<string, (FraudType Type, PackMap Map)>(StringComparer.Ordinal);
        foreach (var entry in types)
            if (!byCode.TryAdd(entry.Type.Code, entry))
                entry.Map.Note("code", DutyPackFaultKind.Duplicate, $"'{entry.Type.Code}' stands here twice; first at {byCode[entry.Type.Code].Map.PlaceOf("code")}.");
        foreach (var (type, map) in types)
        {
            if (type.Parent is null) continue;
            if (!byCode.TryGetValue(type.Parent, out var parent))
                map.Note("parent", DutyPackFaultKind.UnknownReference, $"There is no type '{type.Parent}'.", NearestName.Of(type.Parent, byCode.Keys));
            // Two levels are all that a report form can show; so a tree has no circle either.
            else if (parent.Type.Parent is not null)
                map.Note("parent", DutyPackFaultKind.Contradiction, $"'{type.Parent}' is itself a kind of another type: a tree has two levels.");
        }
        var parents = types.Select(t => t.Type.Parent).ToHashSet();
        foreach (var (type, map) in types)
            if (parents.Contains(type.Code) && !type.Words.IsEmpty)
                map.Note("words", DutyPackFaultKind.Contradiction, "A type with kinds of its own has no words: they belong to its kinds.");
            else if (!parents.Contains(type.Code) && type.Words.IsEmpty && !map.Has("words"))
                map.Note("words", DutyPackFaultKind.Missing, "'words' is missing: nothing would ever point to this type.");
    }
}
