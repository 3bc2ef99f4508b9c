using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Duties;

/// <summary>
/// The duties of one jurisdiction. Immutable; its <see cref="Hash"/> is its version, so that a finding made by it can
/// always be read against the very text that judged.
/// </summary>
/// <param name="Id">The pack's id: <c>cn</c>.</param>
/// <param name="Title">Its name.</param>
/// <param name="Currency">The currency of its thresholds and fines.</param>
/// <param name="UtcOffset">The offset in which its dates begin at midnight.</param>
/// <param name="Instruments">What it cites, by id.</param>
/// <param name="Sanctions">What follows breaches, by id.</param>
/// <param name="Duties">The duties, by id, then beginning of their term.</param>
/// <param name="Liability">Who answers for a victim's loss, by beginning of the term; empty where the jurisdiction's model is not told.</param>
public sealed record DutyPack(
    string Id, Wording Title, Currency Currency, TimeSpan UtcOffset, ImmutableArray<Instrument> Instruments,
    ImmutableArray<Sanction> Sanctions, ImmutableArray<Duty> Duties, ImmutableArray<LiabilityTerms> Liability)
{
    /// <summary>
    /// SHA-256 over the canonical form, 64 hexadecimal digits. Comments, order and spacing, and how the duties lie in
    /// files, do not enter it; everything a duty says does. Computed at each call.
    /// </summary>
    public string Hash => DutyPackHash.Of(this);

    /// <summary>The duties in force at an instant, by id.</summary>
    public IEnumerable<Duty> DutiesInForce(Instant at) => Duties.Where(d => d.Term.Covers(at));

    /// <summary>The version of a duty in force at an instant; null where there is none.</summary>
    public Duty? Find(string id, Instant at) => DutiesInForce(at).FirstOrDefault(d => d.Id == id);

    /// <summary>The day that an instant belongs to where the law holds.</summary>
    public DateOnly DayOf(Instant at) => DateOnly.FromDateTime((at + UtcOffset).ToDateTimeOffset().UtcDateTime);

    /// <summary>The first instant of a day where the law holds.</summary>
    public Instant AtMidnight(DateOnly day) => AtMidnight(day, UtcOffset);

    /// <summary>The first instant of a day by a clock.</summary>
    internal static Instant AtMidnight(DateOnly day, TimeSpan utcOffset) => Instant.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)) - utcOffset;

    /// <summary>
    /// Reads a pack: a file, or a folder whose <c>*.yaml</c> together are one (UTF-8, 4 MB in all). Every fault in them
    /// is told at once with its file and line; what cannot be opened is a fault too, at line 0.
    /// </summary>
    public static DutyPackReading Load(string path)
    {
        try
        {
            var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml") : [path];
            if (files.Length == 0) return Refused("", "The folder holds no .yaml file.");
            if (files.Sum(f => new FileInfo(f) is { Exists: true } file ? file.Length : 0) > DutyPackReader.MaxBytes)
                return Refused(files.Length == 1 ? Path.GetFileName(path) : "", "A pack is 4 MB at most.");
            return DutyPackReader.Read([.. files.Select(f => new DutyPackFile(Path.GetFileName(f), File.ReadAllText(f)))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused(Path.GetFileName(path), e.Message);
        }
    }

    private static DutyPackReading Refused(string file, string message) =>
        DutyPackReading.Refused(new DutyPackFault(file, 0, "", DutyPackFaultKind.Unreadable, message));
}

/// <summary>One file of a pack.</summary>
/// <param name="Name">Its name, as faults tell it; no path.</param>
/// <param name="Text">Its YAML.</param>
public sealed record DutyPackFile(string Name, string Text);

/// <summary>What is wrong with a pack, by kind.</summary>
public enum DutyPackFaultKind
{
    /// <summary>The file cannot be opened, or is not YAML.</summary>
    Unreadable,

    /// <summary>Something that must be there is not.</summary>
    Missing,

    /// <summary>A key that means nothing here.</summary>
    UnknownKey,

    /// <summary>A value of the wrong shape.</summary>
    WrongShape,

    /// <summary>A word outside its closed set: sector, link, control, tier, mark.</summary>
    UnknownWord,

    /// <summary>A reference to an instrument or sanction that the pack does not list.</summary>
    UnknownReference,

    /// <summary>Not a date, or a term that ends before it begins.</summary>
    BadDate,

    /// <summary>A number outside its limits.</summary>
    OutOfRange,

    /// <summary>Two things of one id, or two versions of one duty in force at once.</summary>
    Duplicate,

    /// <summary>A time between two versions of one duty at which none is in force.</summary>
    Gap,

    /// <summary>Two statements that cannot both hold, such as a link that the control does not look at.</summary>
    Contradiction,
}

/// <summary>One fault of a pack.</summary>
/// <param name="File">The file's name; empty where the pack as a whole is meant.</param>
/// <param name="Line">The line of the file, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Path">Where in the pack: <c>duties[3].threshold.lines</c>.</param>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
public sealed record DutyPackFault(string File, int Line, string Path, DutyPackFaultKind Kind, string Message)
{
    /// <summary>As compilers write it: <c>lines.yaml:12: duties[3].threshold.lines: 0 lies outside 1 to 1000.</c></summary>
    public override string ToString() => string.Concat(
        File, Line == 0 ? "" : $":{Line.ToString(CultureInfo.InvariantCulture)}", File.Length == 0 && Line == 0 ? "" : ": ",
        Path, Path.Length == 0 ? "" : ": ", Message);
}

/// <summary>A pack, or every fault that keeps it from being one.</summary>
/// <param name="Pack">The pack; null where there are faults.</param>
/// <param name="Faults">The faults by file and line; empty where there is a pack.</param>
public sealed record DutyPackReading(DutyPack? Pack, ImmutableArray<DutyPackFault> Faults)
{
    internal static DutyPackReading Refused(params IEnumerable<DutyPackFault> faults) =>
        new(null, [.. faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Message, StringComparer.Ordinal)]);
}
