using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;
using Cordon.Engine.Rules;

namespace Cordon.Casework.Evaluations;

/// <summary>A scheme as a pack tells it: an evaluation of a period is drafted from it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Sector">Whose members are judged.</param>
/// <param name="Months">How long a period is: 1, 3, 6 or 12 months.</param>
/// <param name="Formula">The formula.</param>
/// <param name="LeastOccasions">A share of fewer occasions says nothing.</param>
/// <param name="ChancePerMillion">The chance that anybody of a league is set apart by chance alone, parts of a million.</param>
/// <param name="Sizes">The least number of occasions of each size class but the first, rising.</param>
/// <param name="SettleDays">Days after the period's end at which it is computed.</param>
/// <param name="ContestDays">Days in which figures can be contested.</param>
/// <param name="Source">Where formula and figures come from.</param>
public sealed record SchemeTemplate(
    string Id, Wording Title, Sector Sector, int Months, string Formula, int LeastOccasions, int ChancePerMillion, ImmutableArray<long> Sizes, int SettleDays, int ContestDays,
    DutySource Source)
{
    /// <summary>The scheme of one period.</summary>
    /// <param name="region">The region; null for all.</param>
    /// <param name="first">The period's first day.</param>
    /// <param name="formula">Another formula; null for that of the pack.</param>
    /// <param name="utcOffset">The clock by which days begin.</param>
    public Scheme Of(string? region, DateOnly first, string? formula, TimeSpan utcOffset) => new(
        Id, Title, Sector, region, DutyPack.AtMidnight(first, utcOffset), DutyPack.AtMidnight(first.AddMonths(Months), utcOffset), formula ?? Formula, LeastOccasions, ChancePerMillion, Sizes, SettleDays, ContestDays);
}

/// <summary>The schemes of evaluation of a jurisdiction.</summary>
/// <param name="Id">The pack's id.</param>
/// <param name="Schemes">The schemes, by id.</param>
public sealed record EvaluationPack(string Id, ImmutableArray<SchemeTemplate> Schemes)
{
    private const int MostBytes = 1 << 20;
    private const int Million = 1_000_000;
    private static readonly string[] Keys =
        ["id", "title", "sector", "months", "formula", "leastOccasions", "chancePerMillion", "sizes", "settleDays", "contestDays", "source"];

    private static readonly long[] Lengths = [1, 3, 6, 12];

    /// <summary>A scheme; null where the pack has none such.</summary>
    public SchemeTemplate? Find(string id) => Schemes.FirstOrDefault(s => s.Id == id);

    /// <summary>Reads <c>evaluation.yaml</c> (UTF-8, 1 MB). Every fault is told at once, with its line; a formula's at its own place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="duties">The duties of the same pack.</param>
    /// <exception cref="InvalidDataException">The file holds no schemes; the message tells all that is wrong.</exception>
    public static EvaluationPack Load(string path, DutyPack duties)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var text = File.ReadAllText(path);
        var faults = new PackFaults(Path.GetFileName(path), text.Split('\n'));
        return Read(text, duties, faults) ?? throw new InvalidDataException(
            $"{path} holds no schemes of evaluation:\n{string.Join('\n', faults.Found.OrderBy(f => f.Line).Select(Told))}");
    }

    internal static EvaluationPack? Read(string yaml, DutyPack duties, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root || PackMap.From(root, "", faults, "evaluation", "instruments", "schemes") is not { } map) return null;
        var id = map.Text("evaluation");
        if (id is not null && id != duties.Id) map.Note("evaluation", DutyPackFaultKind.Contradiction, $"The duties are those of '{duties.Id}'.");
        var sources = new PackSources();
        if (map.Has("instruments")) sources.ReadInstruments(map);
        var schemes = new SortedDictionary<string, SchemeTemplate>(StringComparer.Ordinal);
        foreach (var item in map.Maps("schemes", Keys))
            if (ReadScheme(item, sources) is { } scheme && !schemes.TryAdd(scheme.Id, scheme))
                item.Note("id", DutyPackFaultKind.Duplicate, $"The scheme '{scheme.Id}' is listed twice.");
        return faults.Found.Count > 0 || id is null ? null : new EvaluationPack(id, [.. schemes.Values]);
    }

    private static string Told(PackFault f) => string.Create(
        CultureInfo.InvariantCulture, $"line {f.Line}, column {f.Column}: {f.Path}: {f.Told}");

    private static SchemeTemplate? ReadScheme(PackMap map, PackSources sources)
    {
        var (id, title, sector, source) = (map.Text("id"), map.Wording("title"), map.Word<Sector>("sector"), sources.Read(map));
        var (months, formula, sizes) = (map.Whole("months", 1, 12), ReadFormula(map), ReadSizes(map));
        var (least, chance) = (map.Whole("leastOccasions", 1, Million), map.Whole("chancePerMillion", 1, Million / 2));
        var (settle, contest) = (map.Whole("settleDays", 0, 90), map.Whole("contestDays", 1, 90));
        if (months is { } length && !Lengths.Contains(length)) map.Note("months", DutyPackFaultKind.OutOfRange, "A period has 1, 3, 6 or 12 months.");
        if (id is null || title is null || sector is null || source is null || months is null || formula is null || least is null || chance is null || settle is null || contest is null) return null;
        return new SchemeTemplate(id, title, sector.Value, (int)months, formula, (int)least, (int)chance, sizes, (int)settle, (int)contest, source);
    }

    private static string? ReadFormula(PackMap map)
    {
        if (map.Placed("formula") is not { } text) return null;
        foreach (var fault in Formula.Read(text.Text, MeasureCatalogue.Names).Faults)
        {
            // All lines of a block stand as far in as its first.
            var at = text with { Line = text.Line + fault.Line - 1, Column = text.Column + fault.Column - 1 };
            map.NoteAt(at, "formula", fault.Suggestion is null ? DutyPackFaultKind.WrongShape : DutyPackFaultKind.UnknownReference, fault.Message, fault.Suggestion);
        }
        return text.Text;
    }

    private static ImmutableArray<long> ReadSizes(PackMap map)
    {
        if (!map.Has("sizes")) return [];
        var sizes = ImmutableArray.CreateBuilder<long>();
        foreach (var item in map.PlacedList("sizes"))
        {
            if (!long.TryParse(item.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size < 1) map.NoteAt(item, "sizes", DutyPackFaultKind.WrongShape, $"'{item.Text}' is not a whole number above zero.");
            else if (sizes.Count > 0 && size <= sizes[^1]) map.NoteAt(item, "sizes", DutyPackFaultKind.Contradiction, "Sizes rise.");
            else sizes.Add(size);
        }
        return sizes.ToImmutable();
    }
}
