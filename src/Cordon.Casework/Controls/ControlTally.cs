using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>One duty as it is measured: its terms, and its versions by the time they are in force.</summary>
/// <param name="terms">How it is measured.</param>
/// <param name="versions">The versions of the duty.</param>
internal sealed class DutyMeasure(ControlTerms terms, Duty[] versions)
{
    public ControlTerms Terms => terms;

    /// <summary>The version in force at an instant; null where none is.</summary>
    public Duty? At(Instant at)
    {
        foreach (var version in versions)
            if (version.Term.Covers(at))
                return version;
        return null;
    }
}

/// <summary>The counts of one member under one duty, by unit.</summary>
/// <param name="measure">The duty.</param>
/// <param name="member">The member.</param>
/// <param name="offset">The jurisdiction's clock.</param>
internal sealed class MemberCounts(DutyMeasure measure, MemberCode member, TimeSpan offset)
{
    private readonly SortedDictionary<string, FaultCount> units = new(StringComparer.Ordinal);

    public DutyMeasure Measure => measure;

    public MemberCode Member => member;

    /// <summary>What the member did itself, or through nobody that was told.</summary>
    public FaultCount Own { get; } = new(offset);

    public IEnumerable<KeyValuePair<string, FaultCount>> Units => units;

    public IEnumerable<FaultCount> All => units.Values.Prepend(Own);

    public FaultCount Of(string? unit)
    {
        if (unit is null) return Own;
        if (!units.TryGetValue(unit, out var count)) units.Add(unit, count = new FaultCount(offset));
        return count;
    }

    /// <summary>The counts of a unit; null where it has none.</summary>
    public FaultCount? Find(string unit) => units.GetValueOrDefault(unit);

    public FaultSum Sum(Instant from, Instant to) => All.Aggregate(default(FaultSum), (sum, count) => sum + count.Sum(from, to));
}

/// <summary>All counts, by duty, member and unit.</summary>
internal sealed class ControlTally
{
    private readonly Dictionary<DutyControl, DutyMeasure[]> measures;
    private readonly Dictionary<(DutyMeasure Measure, MemberCode Member), MemberCounts> counts = [];
    private readonly Func<MemberCode, Sector?> sectorOf;
    private readonly TimeSpan offset;

    public ControlTally(ControlPlan plan, Func<MemberCode, Sector?> sectorOf)
    {
        this.sectorOf = sectorOf;
        offset = plan.Pack.UtcOffset;
        measures = plan.Terms.GroupBy(t => t.Control).ToDictionary(
            g => g.Key, g => g.Select(t => new DutyMeasure(t, [.. plan.Pack.Duties.Where(d => d.Id == t.Duty)])).ToArray());
    }

    /// <summary>The counts there are, by duty and member.</summary>
    public IEnumerable<MemberCounts> Counts => counts.Values
        .OrderBy(c => c.Measure.Terms.Duty, StringComparer.Ordinal).ThenBy(c => c.Member.ToString(), StringComparer.Ordinal);

    /// <summary>The duties that a control measures.</summary>
    public ReadOnlySpan<DutyMeasure> Of(DutyControl control) => measures.TryGetValue(control, out var found) ? found : [];

    /// <summary>The counts of a member; null where it has none.</summary>
    public MemberCounts? Find(string duty, MemberCode member) => counts.Values.FirstOrDefault(c => c.Measure.Terms.Duty == duty && c.Member == member);

    /// <summary>The place to count at; null where the member's sector does not owe the duty then, or the member is not known.</summary>
    public FaultCount? Place(DutyMeasure measure, Duty duty, MemberCode member, string? unit)
    {
        if (!counts.TryGetValue((measure, member), out var found))
        {
            if (sectorOf(member) is not { } sector || !duty.Owes.Sectors.Contains(sector)) return null;
            counts.Add((measure, member), found = new MemberCounts(measure, member, offset));
        }
        return found.Of(duty.Owes.Agents ? unit : null);
    }

    /// <summary>Counts one occasion of a control at each duty that it measures.</summary>
    /// <param name="control">The control.</param>
    /// <param name="member">Whose duty.</param>
    /// <param name="unit">Through whom it acted.</param>
    /// <param name="at">When.</param>
    /// <param name="faulty">Whether the version then in force was not kept.</param>
    /// <param name="fact">What shows it.</param>
    public void Count(DutyControl control, MemberCode member, string? unit, Instant at, Func<Duty, bool> faulty, Signal fact)
    {
        foreach (var measure in Of(control))
        {
            if (measure.At(at) is not { } duty || Place(measure, duty, member, unit) is not { } place) continue;
            var fault = faulty(duty);
            place.Add(at, 1, fault ? 1 : 0, fault ? RecordOf(fact) : null);
        }
    }

    /// <summary>Counts one occasion of a control that has no threshold.</summary>
    public void Count(DutyControl control, MemberCode member, string? unit, Instant at, bool fault, Signal fact)
    {
        foreach (var measure in Of(control))
            if (measure.At(at) is { } duty)
                Place(measure, duty, member, unit)?.Add(at, 1, fault ? 1 : 0, fault ? RecordOf(fact) : null);
    }

    public void Fold(Instant now)
    {
        foreach (var count in counts.Values.SelectMany(c => c.All)) count.Fold(now);
    }

    public static string RecordOf(Signal signal) => $"signal:{signal.Member}/{signal.Id}";
}
