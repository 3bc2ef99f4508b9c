using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>
/// Measures duties over real records, always: it takes each signal and order as it is told and answers at any moment
/// where each member stands. A fold: the same records in the same sequence give the same figures, so that what it says
/// can be computed again from the journal. Not safe for use by several threads at once.
/// </summary>
public sealed class ControlBoard
{
    private static readonly ImmutableArray<int> Windows = [1, 7, 30, 90];

    private readonly ControlTally tally;
    private readonly LineMeter lines;
    private readonly AccountMeter accounts;
    private readonly OrderMeter orders;
    private readonly LeadMeter leads;
    private readonly HoldingCount holdings;
    private readonly TimeSpan offset;
    private int today = int.MinValue;

    /// <summary>A board without counts.</summary>
    /// <param name="plan">What is measured.</param>
    /// <param name="sectorOf">The sector of a member; null where it is not known, and then nothing is counted for it.</param>
    public ControlBoard(ControlPlan plan, Func<MemberCode, Sector?> sectorOf)
    {
        Plan = plan;
        offset = plan.Pack.UtcOffset;
        tally = new ControlTally(plan, sectorOf);
        holdings = new HoldingCount(offset);
        lines = new LineMeter(tally, holdings, DayOf);
        accounts = new AccountMeter(tally, holdings, plan.Pack.Currency, DayOf);
        orders = new OrderMeter(tally);
        leads = new LeadMeter(tally);
    }

    /// <summary>What is measured.</summary>
    public ControlPlan Plan { get; }

    /// <summary>The latest event time of the signals it took. Days begin and end by it, and not by a clock: a journal read again gives the same days.</summary>
    public Instant Now { get; private set; } = Instant.Min;

    /// <summary>Takes a signal.</summary>
    public void Take(Signal signal)
    {
        Pass(signal.At);
        switch (signal)
        {
            case Subscription told: lines.Take(told); break;
            case Call told: lines.Take(told); break;
            case AccountOpening told: accounts.Take(told); break;
            case Transfer told: accounts.Take(told); break;
        }
    }

    /// <summary>Takes an order as it stands; the same order may be told as often as it changes.</summary>
    /// <param name="order">The order.</param>
    /// <param name="now">The instant: what had to be answered by then and was not is a fault.</param>
    public void Take(OrderFact order, Instant now) => orders.Take(order, now);

    /// <summary>Takes feedback owed on a lead as it stands; the same may be told as often as it changes.</summary>
    /// <param name="lead">The feedback owed.</param>
    /// <param name="now">The instant: what was owed by then and was not told is a fault.</param>
    public void Take(LeadFact lead, Instant now) => leads.Take(lead, now);

    /// <summary>The clock of orders and leads moved: what had to be answered by now and was not is a fault.</summary>
    public void Advance(Instant now)
    {
        orders.Advance(now);
        leads.Advance(now);
    }

    /// <summary>Where members stand at an instant, by duty and member: each as a whole, then its units.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="member">Of one member; null for all.</param>
    public IEnumerable<ControlStanding> Standings(Instant now, MemberCode? member = null)
    {
        foreach (var counts in tally.Counts.Where(c => member is null || c.Member == member))
        {
            yield return Standing(counts, null, (from, to) => counts.Sum(from, to), now);
            foreach (var (unit, count) in counts.Units) yield return Standing(counts, unit, count.Sum, now);
        }
    }

    /// <summary>
    /// The loopholes that the records show at an instant. A unit is named where the rest of its member keeps the duty
    /// without it; where the rest does not, the member is named as a whole. While neither shows, a longer window is asked.
    /// </summary>
    public IEnumerable<ControlReading> Burnt(Instant now)
    {
        foreach (var counts in tally.Counts)
            foreach (var days in Windows)
            {
                var found = BurntIn(counts, now - TimeSpan.FromDays(days), now, days == Windows[^1]);
                if (found.Count == 0) continue;
                foreach (var reading in found) yield return reading;
                break;
            }
    }

    /// <summary>Reads a control over a span; TooFew where nothing was counted.</summary>
    public ControlReading Read(ControlSubject subject, Instant from, Instant to)
    {
        var (counts, sum) = Sum(subject, from, to);
        return Reading(subject, counts, sum, from, to, allowed => ControlJudgement.Of(sum, allowed, ControlJudgement.RecheckBar));
    }

    /// <summary>
    /// Reads the same control again after a member said that it mended. Kept means that the faults lie within what is
    /// allowed and that the old loophole, were it still open, would have shown by now.
    /// </summary>
    /// <param name="found">The reading by which the loophole was found.</param>
    /// <param name="from">When the member said so.</param>
    /// <param name="to">The end of the span.</param>
    /// <param name="over">
    /// Whether the span that was set is over. Before that it is read again and again, and so must be as far beyond chance as any reading to be burnt.
    /// </param>
    public ControlReading Recheck(ControlReading found, Instant from, Instant to, bool over)
    {
        var (counts, sum) = Sum(found.Subject, from, to);
        var bar = over ? ControlJudgement.RecheckBar : ControlJudgement.AlertBar;
        return Reading(
            found.Subject, counts, sum, from, to, allowed => ControlJudgement.OfRecheck(sum, new FaultSum(found.Occasions, found.Faults), allowed, bar));
    }

    /// <summary>The records of a subject's faults in a span, oldest first.</summary>
    /// <param name="subject">Whose.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The first instant after.</param>
    /// <param name="most">At most so many.</param>
    public ImmutableArray<string> Faults(ControlSubject subject, Instant from, Instant to, int most) =>
        tally.Find(subject.Duty, subject.Member) is { } counts ? Evidence(Places(counts, subject.Unit), from, to, most) : [];

    /// <summary>What was counted of whole members in a span, by duty and member.</summary>
    /// <param name="from">The first instant; a day's begin where it is longer ago than hours are kept.</param>
    /// <param name="to">The first instant after.</param>
    /// <param name="most">At most so many records of faults each.</param>
    internal IEnumerable<ControlCount> Counts(Instant from, Instant to, int most)
    {
        foreach (var counts in tally.Counts)
        {
            var sum = counts.Sum(from, to);
            yield return new ControlCount(counts.Measure.Terms.Duty, counts.Measure.Terms.Control, counts.Member, sum.Occasions, sum.Faults, Evidence(counts.All, from, to, most));
        }
    }

    /// <summary>The same of resellers and branches.</summary>
    internal IEnumerable<ControlCount> UnitCounts(Instant from, Instant to, int most)
    {
        foreach (var counts in tally.Counts)
            foreach (var (unit, count) in counts.Units)
                if (count.Sum(from, to) is { Occasions: > 0 } sum)
                    yield return new ControlCount(counts.Measure.Terms.Duty, counts.Measure.Terms.Control, counts.Member, sum.Occasions, sum.Faults, Evidence([count], from, to, most), unit);
    }

    /// <summary>How many lines or accounts each member had told of before an instant.</summary>
    internal ImmutableSortedDictionary<MemberCode, long> Holdings(Holding of, Instant before) => holdings.Before(of, before);

    /// <summary>Occasions and faults of a subject day by day.</summary>
    /// <param name="subject">Whose.</param>
    /// <param name="to">The instant to whose day the last entry belongs.</param>
    /// <param name="days">How many days, 1 to 400.</param>
    public ImmutableArray<ControlDay> Daily(ControlSubject subject, Instant to, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(days is >= 1 and <= MostDays, true);
        var counts = tally.Find(subject.Duty, subject.Member);
        var last = DayOf(to);
        var series = ImmutableArray.CreateBuilder<ControlDay>(days);
        for (var day = last - days + 1; day <= last; day++)
        {
            var (from, end) = (StartOf(day), StartOf(day + 1));
            var sum = counts is null ? default : Places(counts, subject.Unit).Aggregate(default(FaultSum), (all, place) => all + place.Sum(from, end));
            series.Add(new ControlDay(Plan.Pack.DayOf(from), sum.Occasions, sum.Faults));
        }
        return series.MoveToImmutable();
    }

    private static List<ControlReading> BurntIn(MemberCounts counts, Instant from, Instant to, bool longest)
    {
        var allowed = counts.Measure.Terms.AllowedPerMillion / 1e6;
        var all = counts.Sum(from, to);
        var active = counts.Units.Select(u => (Unit: u.Key, Sum: u.Value.Sum(from, to))).Where(u => u.Sum.Occasions > 0).ToList();
        var bad = active.Where(u => ControlJudgement.Exceeds(u.Sum, allowed, ControlJudgement.AlertBar)).ToList();
        var inBad = bad.Aggregate(default(FaultSum), (sum, u) => sum + u.Sum);
        var rest = new FaultSum(all.Occasions - inBad.Occasions, all.Faults - inBad.Faults);
        if (bad.Count == 0) return ControlJudgement.Exceeds(all, allowed, ControlJudgement.AlertBar) ? Whole(counts, active, all, from, to, longest) : [];
        // Most units alike, or the rest plainly above what is allowed though it does not stand out by itself: the fault lies with the whole.
        if ((bad.Count > 1 && bad.Count * 2 > active.Count) || ControlJudgement.Exceeds(rest, allowed, ControlJudgement.KeptBar))
            return [Burnt(counts, null, all, from, to)];
        return longest || ControlJudgement.IsOther(rest, inBad) ? bad.ConvertAll(u => Burnt(counts, u.Unit, u.Sum, from, to)) : [];
    }

    // All together stand out and none by itself: it may yet be one of them.
    private static List<ControlReading> Whole(
        MemberCounts counts, List<(string Unit, FaultSum Sum)> active, FaultSum all, Instant from, Instant to, bool longest)
    {
        if (active.Count == 0) return [Burnt(counts, null, all, from, to)];
        var allowed = counts.Measure.Terms.AllowedPerMillion / 1e6;
        var worst = active.MaxBy(u => u.Sum.Faults);
        var rest = new FaultSum(all.Occasions - worst.Sum.Occasions, all.Faults - worst.Sum.Faults);
        if (longest || ControlJudgement.Exceeds(rest, allowed, ControlJudgement.KeptBar)) return [Burnt(counts, null, all, from, to)];
        return ControlJudgement.IsOther(rest, worst.Sum) ? [Burnt(counts, worst.Unit, worst.Sum, from, to)] : [];
    }

    private static ControlReading Burnt(MemberCounts counts, string? unit, FaultSum sum, Instant from, Instant to) => new(
        new ControlSubject(counts.Measure.Terms.Duty, counts.Member, unit), from, to, sum.Occasions, sum.Faults, counts.Measure.Terms.AllowedPerMillion,
        ControlVerdict.Burnt, Evidence(Places(counts, unit), from, to, EvidenceGiven));

    private (MemberCounts? Counts, FaultSum Sum) Sum(ControlSubject subject, Instant from, Instant to)
    {
        var counts = tally.Find(subject.Duty, subject.Member);
        return (counts, counts is null ? default : Places(counts, subject.Unit).Aggregate(default(FaultSum), (sum, place) => sum + place.Sum(from, to)));
    }

    private static ControlReading Reading(
        ControlSubject subject, MemberCounts? counts, FaultSum sum, Instant from, Instant to, Func<double, ControlVerdict> judge)
    {
        if (counts is null) return new ControlReading(subject, from, to, 0, 0, 0, ControlVerdict.TooFew, []);
        var terms = counts.Measure.Terms;
        return new ControlReading(
            subject, from, to, sum.Occasions, sum.Faults, terms.AllowedPerMillion, judge(terms.AllowedPerMillion / 1e6),
            Evidence(Places(counts, subject.Unit), from, to, EvidenceGiven));
    }

    private ControlStanding Standing(MemberCounts counts, string? unit, Func<Instant, Instant, FaultSum> sumOf, Instant now)
    {
        var terms = counts.Measure.Terms;
        var allowed = terms.AllowedPerMillion / 1e6;
        var day = Plan.Pack.DayOf(now);
        var period = new DateOnly(day.Year, day.Month, 1);
        var month = sumOf(StartOf(period.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber), now);
        var burns = Windows.Select(days =>
        {
            var sum = sumOf(now - TimeSpan.FromDays(days), now);
            return new ControlBurn(days, sum.Occasions, sum.Faults, sum.Rate / allowed, ControlJudgement.Exceeds(sum, allowed, ControlJudgement.AlertBar));
        }).ToImmutableArray();
        var verdict = burns.Any(b => b.Alert) ? ControlVerdict.Burnt : ControlJudgement.Of(new FaultSum(burns[^1].Occasions, burns[^1].Faults), allowed, ControlJudgement.AlertBar);
        return new ControlStanding(
            new ControlSubject(terms.Duty, counts.Member, unit), period, month.Occasions, month.Faults, terms.AllowedPerMillion,
            (long)Math.Floor(month.Occasions * allowed), burns, verdict);
    }

    private static IEnumerable<FaultCount> Places(MemberCounts counts, string? unit) =>
        unit is null ? counts.All : counts.Find(unit) is { } one ? [one] : [];

    private static ImmutableArray<string> Evidence(IEnumerable<FaultCount> places, Instant from, Instant to, int most) =>
    [
        .. places.SelectMany(p => p.Faults(from, to)).OrderBy(f => f.At).ThenBy(f => f.Record, StringComparer.Ordinal).Take(most).Select(f => f.Record),
    ];

    private void Pass(Instant now)
    {
        if (now <= Now) return;
        var day = DayOf(now);
        // What was there when the journal began may be told for long ago; days before the first signal tested nobody.
        if (today == int.MinValue || day - today > MostDays) today = day;
        for (; today < day; today++)
        {
            var next = StartOf(today + 1);
            accounts.Advance(next);
            lines.EndDay(new Instant(next.Micros - 1));
            accounts.BeginDay(next);
            tally.Fold(next);
            holdings.Fold(next);
        }
        Now = now;
        accounts.Advance(now);
    }

    private int DayOf(Instant at) => (int)Math.Floor((at.Micros + (offset.Ticks / 10)) / (double)MicrosPerDay);

    private Instant StartOf(int day) => new((day * MicrosPerDay) - (offset.Ticks / 10));

    /// <summary>A reading carries so many records of faults; all are asked for by <see cref="Faults"/>.</summary>
    public const int EvidenceGiven = 100;

    private const int MostDays = 400;
    private const long MicrosPerDay = 86_400_000_000;
}
