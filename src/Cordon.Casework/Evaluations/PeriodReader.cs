using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Conferences;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Evaluations;

/// <summary>Whose figures over which time.</summary>
/// <param name="Sector">Members of one sector; null for all.</param>
/// <param name="Region">Members of one region and all regions in it; null for all.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The first instant after.</param>
/// <param name="Until">What had to be answered by then and was not is a fault.</param>
internal sealed record FigurePeriod(Sector? Sector, string? Region, Instant From, Instant To, Instant Until);

/// <summary>What records tell of members in a period.</summary>
/// <param name="Members">The members, by code.</param>
/// <param name="Units">What controls counted of resellers and branches, by member, unit and measure.</param>
/// <param name="Pack">The hash of the pack of duties whose controls counted.</param>
/// <param name="Sequence">The journal's sequence up to which signals are counted.</param>
/// <param name="Behind">Records of the journal that are not counted yet.</param>
internal sealed record PeriodFigures(ImmutableArray<MeasuredMember> Members, ImmutableDictionary<(MemberCode Member, string Unit, string Measure), MeasuredValue> Units, string Pack, long Sequence, long Behind);

/// <summary>Counts the figures of a period from controls, orders, rectifications and the ladder. The same records give the same figures.</summary>
/// <param name="store">The database.</param>
/// <param name="controls">The controls.</param>
internal sealed class PeriodReader(CaseworkStore store, ControlDesk controls)
{
    private static readonly OrderKind[] OfAccounts = [OrderKind.StopPayment, OrderKind.Freeze];
    private static readonly OrderKind[] OfLines = [OrderKind.SuspendNumber, OrderKind.BlockNumber];
    private static readonly OrderKind[] Restricting = [.. OfAccounts, .. OfLines, OrderKind.TakeDown];

    /// <summary>Reads a period.</summary>
    /// <param name="asked">Whose figures over which time.</param>
    /// <param name="units">Whether resellers and branches are counted apart, too.</param>
    /// <param name="whole">Whether to wait until all that was told is counted.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<PeriodFigures> ReadAsync(FigurePeriod asked, bool units, bool whole, CancellationToken cancel)
    {
        var counted = await controls.PeriodAsync(asked.From, asked.To, MeasuredValue.MostRecords, units, whole, cancel);
        var records = await store.ReadAsync(db => LoadAsync(db, asked, controls.Plan.Pack.Currency, cancel));
        return new PeriodFigures(
            [.. records.Members.OrderBy(m => m.ToString(), StringComparer.Ordinal).Select(m => Of(m, asked, counted, records))],
            counted.Units.GroupBy(u => (u.Member, u.Unit!, Words.Of(u.Control))).ToImmutableDictionary(g => g.Key, g => Joined(g)),
            controls.Plan.Pack.Hash, counted.Sequence, counted.Behind);
    }

    private static MeasuredMember Of(MemberCode member, FigurePeriod asked, ControlPeriod counted, PeriodRecords records)
    {
        var values = ControlValues(member, counted).Concat(OrderValues(member, asked.Until, counted, records)).Concat(RectificationValues(asked, [.. records.Rectifications[member]]));
        var steps = records.Steps[member].Where(s => s.State is StepState.Issued or StepState.Delisted).ToList();
        var issued = steps.Where(s => s.IssuedAt >= asked.From && s.IssuedAt < asked.To).Select(s => s.Number).ToList();
        var late = records.Tasks[member].Where(t => t.Task.Due >= asked.From && t.Task.Due < asked.To && t.Task.IsLate(asked.Until)).Select(t => $"{t.Conference}/{t.Task.Number}");
        var vetoes = steps.Where(s => s.Rung == Rung.Veto && s.Effects.Any(e => e.From < asked.To && e.To > asked.From)).Select(s => s.Number);
        return new MeasuredMember(
            member, [.. vetoes.Order(StringComparer.Ordinal)],
            [.. values.Append(Count(MeasureCatalogue.StepsIssued, issued)).Append(Count(MeasureCatalogue.ResolutionsOverdue, late)).OrderBy(v => v.Measure, StringComparer.Ordinal)]);
    }

    // Several duties may be measured by one control: together they are one figure.
    private static IEnumerable<MeasuredValue> ControlValues(MemberCode member, ControlPeriod counted) => counted.Counts
        .Where(c => c.Member == member && c.Occasions > 0).GroupBy(c => c.Control)
        .Select(Joined);

    private static MeasuredValue Joined(IEnumerable<ControlCount> counts)
    {
        var all = counts.ToList();
        return new MeasuredValue(
            Words.Of(all[0].Control), all.Sum(c => c.Occasions), all.Sum(c => c.Faults), 0, [.. all.Select(c => c.Duty).Order(StringComparer.Ordinal)],
            First(all.SelectMany(c => c.Records).Distinct()));
    }

    private static IEnumerable<MeasuredValue> OrderValues(MemberCode member, Instant until, ControlPeriod counted, PeriodRecords records)
    {
        var own = records.Orders[member].ToList();
        var due = own.Where(o => o.AcknowledgeBy < until && !(o.EndedAt < o.AcknowledgeBy && o.HeardAt is null)).ToList();
        yield return Share(MeasureCatalogue.OrdersAcknowledged, due.Count, due.Where(o => o.HeardAt is not { } heard || heard > o.AcknowledgeBy).Select(o => o.Number));
        // What lapsed for want of a second officer, or that the member could not carry out, restricted nobody.
        var given = records.Given[member].Where(o => Restricting.Contains(o.Kind) && o.State is not (OrderState.Lapsed or OrderState.Declined)).ToList();
        yield return Share(MeasureCatalogue.OrdersUpheld, given.Count, given.Where(o => o.Appeal is not null).Select(o => o.Number));
        var carriedOut = own.Where(o => o.ExecutedAt is not null && o.State != OrderState.Lapsed && o.Appeal is null).ToList();
        var involved = carriedOut.Where(o => OfAccounts.Contains(o.Kind) && o.Account != default).GroupBy(o => o.Account).Select(g => Earliest(g)).ToList();
        yield return Share(MeasureCatalogue.CleanAccounts, Math.Max(involved.Count, counted.Accounts.GetValueOrDefault(member)), involved);
        var lines = carriedOut.Where(o => OfLines.Contains(o.Kind) && o.Line is not null).GroupBy(o => o.Line!.Value).Select(g => Earliest(g)).ToList();
        yield return Share(MeasureCatalogue.CleanLines, Math.Max(lines.Count, counted.Lines.GetValueOrDefault(member)), lines);
        // Sums of two currencies do not exist: those of the jurisdiction's own are told.
        var stops = own.Where(o => o.Kind == OrderKind.StopPayment && o.Currency == records.Currency).ToList();
        yield return Money(MeasureCatalogue.MoneyOrdered, stops, o => o.AmountMinor);
        yield return Money(MeasureCatalogue.MoneyHeld, stops.Where(o => o.HeldMinor > 0).ToList(), o => o.HeldMinor);
    }

    private static IEnumerable<MeasuredValue> RectificationValues(FigurePeriod asked, IReadOnlyCollection<PeriodRectification> own)
    {
        var checks = own.SelectMany(r => r.Checks.Where(c => c.At >= asked.From && c.At < asked.To).Select(c => (r.Number, c.Outcome))).ToList();
        var decided = checks.Where(c => c.Outcome is RecheckOutcome.Mended or RecheckOutcome.Refuted).ToList();
        yield return Share(MeasureCatalogue.ClaimsHeld, decided.Count, decided.Where(c => c.Outcome == RecheckOutcome.Refuted).Select(c => c.Number));
        yield return Count(MeasureCatalogue.RectificationsOpened, own.Where(r => r.OpenedAt >= asked.From).Select(r => r.Number));
        // By the day that passed, not by when the clock was looked at.
        yield return Count(MeasureCatalogue.RectificationsOverdue, own.SelectMany(r => r.Missed.Where(d => d >= asked.From && d < asked.To).Select(_ => r.Number)));
        yield return Count(MeasureCatalogue.RectificationsMended, checks.Where(c => c.Outcome == RecheckOutcome.Mended).Select(c => c.Number));
        yield return Count(MeasureCatalogue.RectificationsRelapsed, checks.Where(c => c.Outcome == RecheckOutcome.Relapsed).Select(c => c.Number));
    }

    private static string Earliest(IEnumerable<PeriodOrder> orders) => orders.MinBy(o => o.Number, StringComparer.Ordinal)!.Number;

    private static MeasuredValue Share(string name, long occasions, IEnumerable<string> faults)
    {
        var all = faults.ToList();
        return new MeasuredValue(name, occasions, all.Count, 0, [], First(all));
    }

    private static MeasuredValue Count(string name, IEnumerable<string> counted)
    {
        var all = counted.ToList();
        return new MeasuredValue(name, 0, 0, all.Count, [], First(all));
    }

    private static MeasuredValue Money(string name, IReadOnlyList<PeriodOrder> orders, Func<PeriodOrder, long> amount) =>
        new(name, 0, 0, orders.Aggregate(0L, (sum, o) => checked(sum + amount(o))), [], First(orders.Select(o => o.Number)));

    private static ImmutableArray<string> First(IEnumerable<string> records) => [.. records.Order(StringComparer.Ordinal).Take(MeasuredValue.MostRecords)];

    private static async Task<PeriodRecords> LoadAsync(CaseworkContext db, FigurePeriod asked, Currency currency, CancellationToken cancel)
    {
        var (from, to) = (asked.From, asked.To);
        var regions = asked.Region is { } top ? await RegionsInAsync(db, top, cancel) : null;
        var members = await (asked.Sector is { } sector ? db.Set<Member>().Where(m => m.Sector == sector) : db.Set<Member>()).Select(m => new { m.Code, m.Region }).ToListAsync(cancel);
        var issued = db.Set<Order>().Where(o => o.IssuedAt >= from && o.IssuedAt < to && o.State != OrderState.Withdrawn);
        if (asked.Sector is { } of) issued = issued.Where(o => db.Set<Member>().Any(m => m.Sector == of && (m.Code == o.Member || m.Code == o.Authority)));
        var orders = await issued.Select(o => new PeriodOrder(
            o.Number, o.Kind, o.State, o.Member, o.Authority, o.Subject, o.Line, o.AcknowledgeBy, o.AcknowledgedAt, o.ExecutedAt, o.AnsweredAt, o.PaidAt, o.EndedAt, o.Appeal,
            o.AmountMinor, o.HeldMinor, o.Currency)).ToListAsync(cancel);
        var rectifications = await db.Set<Rectification>().Where(r => r.OpenedAt < to && r.State != RectificationState.Withdrawn)
            .Select(r => new PeriodRectification(r.Member, r.Number, r.OpenedAt, r.Checks, r.Missed)).ToListAsync(cancel);
        var steps = await db.Set<LadderStep>().Where(s => s.IssuedAt < to && s.Member != null).ToListAsync(cancel);
        var tasks = (await db.Set<Conference>().Where(c => c.ConvenedAt < to).Select(c => new { c.Number, c.Tasks }).ToListAsync(cancel)).SelectMany(c => c.Tasks.Select(t => new PeriodTask(c.Number, t)));
        return new PeriodRecords(
            currency, [.. members.Where(m => regions is null || regions.Contains(m.Region)).Select(m => m.Code)], orders.ToLookup(o => o.Member),
            orders.Where(o => o.Authority is not null).ToLookup(o => o.Authority!.Value), rectifications.ToLookup(r => r.Member), steps.ToLookup(s => s.Member!.Value), tasks.ToLookup(t => t.Task.Owner));
    }

    private static async Task<HashSet<string>> RegionsInAsync(CaseworkContext db, string top, CancellationToken cancel)
    {
        var all = await db.Set<Region>().Select(r => new { r.Code, r.Parent }).ToListAsync(cancel);
        HashSet<string> found = [top];
        for (var open = new Queue<string>([top]); open.TryDequeue(out var above);)
            foreach (var below in all.Where(r => r.Parent == above).Select(r => r.Code).Where(found.Add))
                open.Enqueue(below);
        return found;
    }

    private sealed record PeriodRecords(
        Currency Currency, IReadOnlyList<MemberCode> Members, ILookup<MemberCode, PeriodOrder> Orders, ILookup<MemberCode, PeriodOrder> Given,
        ILookup<MemberCode, PeriodRectification> Rectifications, ILookup<MemberCode, LadderStep> Steps, ILookup<MemberCode, PeriodTask> Tasks);

    /// <summary>What figures need of an order; of one about no account, that is empty.</summary>
    private sealed record PeriodOrder(
        string Number, OrderKind Kind, OrderState State, MemberCode Member, MemberCode? Authority, AccountNumber Account, PhoneNumber? Line, Instant? AcknowledgeBy,
        Instant? AcknowledgedAt, Instant? ExecutedAt, Instant? AnsweredAt, Instant? PaidAt, Instant? EndedAt, Guid? Appeal, long AmountMinor, long HeldMinor, Currency Currency)
    {
        public Instant? HeardAt => OrderFact.HeardAtOf(AcknowledgedAt, OrderFact.AnsweredAtOf(Kind, State, ExecutedAt, AnsweredAt, PaidAt, EndedAt));
    }

    /// <summary>A task of a conference, with the number of that.</summary>
    private sealed record PeriodTask(string Conference, ConferenceTask Task);

    /// <summary>What figures need of a rectification.</summary>
    private sealed record PeriodRectification(MemberCode Member, string Number, Instant OpenedAt, ImmutableArray<RectificationCheck> Checks, ImmutableArray<Instant> Missed);
}
