using System.Collections.Immutable;
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
public sealed record DutyPack(
    string Id, Wording Title, Currency Currency, TimeSpan UtcOffset, ImmutableArray<Instrument> Instruments,
    ImmutableArray<Sanction> Sanctions, ImmutableArray<Duty> Duties)
{
    /// <summary>
    /// SHA-256 over the canonical form, 64 hexadecimal digits. Comments, order and spacing of the file do not enter it;
    /// everything a duty says does. Computed at each call.
    /// </summary>
    public string Hash => DutyPackHash.Of(this);

    /// <summary>The duties in force at an instant, by id.</summary>
    public IEnumerable<Duty> DutiesInForce(Instant at) => Duties.Where(d => d.Term.Covers(at));

    /// <summary>The version of a duty in force at an instant; null where there is none.</summary>
    public Duty? Find(string id, Instant at) => DutiesInForce(at).FirstOrDefault(d => d.Id == id);

    /// <summary>
    /// Reads a pack file (YAML, UTF-8, at most 4 MB). Every fault in it is told at once; a file that cannot be opened
    /// is a fault too, at line 0.
    /// </summary>
    public static DutyPackReading Load(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > DutyPackReader.MaxBytes })
                return DutyPackReading.Refused(new DutyPackFault(0, "", DutyPackFaultKind.Unreadable, "The file is larger than 4 MB."));
            return DutyPackReader.Read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DutyPackReading.Refused(new DutyPackFault(0, "", DutyPackFaultKind.Unreadable, e.Message));
        }
    }
}

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
/// <param name="Line">The line of the file, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Path">Where in the pack: <c>duties[3].threshold.lines</c>.</param>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
public sealed record DutyPackFault(int Line, string Path, DutyPackFaultKind Kind, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line}: {Path}: {Message}";
}

/// <summary>A pack, or every fault that keeps it from being one.</summary>
/// <param name="Pack">The pack; null where there are faults.</param>
/// <param name="Faults">The faults by line; empty where there is a pack.</param>
public sealed record DutyPackReading(DutyPack? Pack, ImmutableArray<DutyPackFault> Faults)
{
    internal static DutyPackReading Refused(params IEnumerable<DutyPackFault> faults) =>
        new(null, [.. faults.OrderBy(f => f.Line).ThenBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Message, StringComparer.Ordinal)]);
}
