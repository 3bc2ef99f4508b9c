using System.Collections.Concurrent;
using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Controls;

/// <summary>
/// The façade of the module: where members stand under their duties. The figures are folded from the journal, the
/// orders and the leads, kept in memory, and folded anew at each start; every answer first takes in what was told since the last, or as much of it as a second allows.
/// </summary>
public sealed class ControlDesk : IDisposable
{
    private const int BatchRecords = 10_000;

    /// <summary>Who asks waits for so many batches at most, about a second; then he is told how far the figures reach.</summary>
    private const int BatchesAnswered = 20;

    private readonly JournaledEngine engine;
    private readonly CaseworkStore store;
    private readonly OrderDesk orders;
    private readonly LeadDesk leads;
    private readonly TimeProvider time;
    private readonly ControlBoard board;
    private readonly SemaphoreSlim turn = new(1);
    private readonly ConcurrentQueue<Guid> changed = new();
    private readonly ConcurrentQueue<Guid> changedLeads = new();
    private Dictionary<MemberCode, Sector> sectors = [];
    private bool begun;

    /// <summary>A desk that has taken nothing yet.</summary>
    /// <param name="plan">What is measured.</param>
    /// <param name="engine">The engine and its journal.</param>
    /// <param name="store">The database.</param>
    /// <param name="orders">The orders.</param>
    /// <param name="leads">The leads.</param>
    /// <param name="time">The clock of orders and leads.</param>
    public ControlDesk(ControlPlan plan, JournaledEngine engine, CaseworkStore store, OrderDesk orders, LeadDesk leads, TimeProvider time)
    {
        (this.engine, this.store, this.orders, this.leads, this.time) = (engine, store, orders, leads, time);
        board = new ControlBoard(plan, code => sectors.TryGetValue(code, out var sector) ? sector : null);
        orders.Changed += Note;
        leads.Changed += NoteLead;
    }

    /// <summary>What is measured.</summary>
    public ControlPlan Plan => board.Plan;

    /// <summary>How many records of the journal were taken by now.</summary>
    public long Taken { get; private set; }

    /// <summary>How many records of the journal are not counted yet: a start folds them anew, and answers meanwhile with what it has.</summary>
    public long Behind => Math.Max(0, engine.Sequence - Taken);

    /// <summary>Batches for which who asks waits.</summary>
    internal int Batches { get; init; } = BatchesAnswered;

    /// <summary>Where members stand now, by duty and member: centre, regulator and auditor see all, a member itself.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="member">Of one member; null for all.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<ImmutableArray<ControlStanding>> StandingsAsync(Actor actor, MemberCode? member = null, CancellationToken cancel = default)
    {
        var whose = Sight.SeesAll(actor) ? member : actor.Member;
        if (whose is null && !Sight.SeesAll(actor) || (member is { } asked && whose != asked)) return Task.FromResult(ImmutableArray<ControlStanding>.Empty);
        return AskAsync(now => board.Standings(now, whose).ToImmutableArray(), cancel);
    }

    /// <summary>One subject day by day, with the records of its faults; null where the actor may not see it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="subject">Whose keeping of which duty.</param>
    /// <param name="days">How many days up to today, 1 to 400.</param>
    /// <param name="most">At most so many records.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<ControlDetail?> DetailAsync(Actor actor, ControlSubject subject, int days, int most, CancellationToken cancel = default)
    {
        if (!Sight.SeesAll(actor) && actor.Member != subject.Member) return null;
        return await AskAsync(
            now =>
            {
                var from = now - TimeSpan.FromDays(days);
                return board.Standings(now, subject.Member).FirstOrDefault(s => s.Subject == subject) is { } standing
                    ? new ControlDetail(standing, board.Daily(subject, now, days), board.Faults(subject, from, Instant.Max, most))
                    : null;
            },
            cancel);
    }

    /// <summary>Takes in all that was told by now, and tells which loopholes show. Others are answered meanwhile.</summary>
    internal async Task<ImmutableArray<ControlReading>> BurntAsync(CancellationToken cancel)
    {
        // Figures of half a journal call upon nobody. What is told meanwhile is for the next time: under load there is always more.
        var told = engine.Sequence;
        while (true)
            if (await AskAsync(now => Taken >= told ? board.Burnt(now).ToImmutableArray() : default, cancel) is { IsDefault: false } burnt)
                return burnt;
    }

    /// <summary>What was counted in a period.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The first instant after.</param>
    /// <param name="most">At most so many records of faults for each duty and member.</param>
    /// <param name="units">Whether resellers and branches are counted apart, too.</param>
    /// <param name="whole">Whether to wait until all that was told by now is counted. What is told meanwhile is for the next time.</param>
    /// <param name="cancel">Ends the wait.</param>
    internal async Task<ControlPeriod> PeriodAsync(Instant from, Instant to, int most, bool units, bool whole, CancellationToken cancel)
    {
        var told = engine.Sequence;
        while (true)
            if (await AskAsync(_ => whole && Taken < told ? null : Counted(), cancel) is { } period)
                return period;

        ControlPeriod Counted() => new(
            [.. board.Counts(from, to, most)], units ? [.. board.UnitCounts(from, to, most)] : [], board.Holdings(Holding.Line, to), board.Holdings(Holding.Account, to), Taken, Behind);
    }

    /// <summary>Reads controls again after a member said that it mended.</summary>
    /// <param name="subjects">Whose keeping of which duties.</param>
    /// <param name="found">The readings by which they were found; a subject that a case brought up has none.</param>
    /// <param name="claimed">When the member said so.</param>
    /// <param name="until">The end of the span that was set.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The readings, and whether they are worth telling: the span is over, or one is burnt.</returns>
    internal Task<(ImmutableArray<ControlReading> Readings, bool Tells)> RecheckAsync(
        IReadOnlyList<ControlSubject> subjects, ImmutableArray<ControlReading> found, Instant claimed, Instant until, CancellationToken cancel) => AskAsync(
        now =>
        {
            var over = now >= until;
            var readings = subjects.Select(s => found.FirstOrDefault(f => f.Subject == s) is { } first ? board.Recheck(first, claimed, now, over) : board.Read(s, claimed, now)).ToImmutableArray();
            return (readings, over || readings.Any(r => r.Verdict == ControlVerdict.Burnt));
        },
        cancel);

    /// <summary>Asks the board after it took in what was told, as far as one answer waits for.</summary>
    internal async Task<T> AskAsync<T>(Func<Instant, T> ask, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            await CatchUpAsync(cancel);
            var now = Instant.From(time.GetUtcNow());
            board.Advance(now);
            return ask(now);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        orders.Changed -= Note;
        leads.Changed -= NoteLead;
        turn.Dispose();
    }

    private void Note(Guid caseId) => changed.Enqueue(caseId);

    private void NoteLead(Guid id) => changedLeads.Enqueue(id);

    private async Task CatchUpAsync(CancellationToken cancel)
    {
        // What changes while all orders are read is told twice, which changes nothing.
        if (!begun)
        {
            await TakeOrdersAsync(db => db.Set<Order>(), cancel);
            await TakeLeadsAsync(db => db.Set<Lead>(), cancel);
        }
        begun = true;
        for (; changed.TryPeek(out var id); changed.TryDequeue(out _)) await TakeOrdersAsync(db => db.Set<Order>().Where(o => o.CaseId == id), cancel);
        for (; changedLeads.TryPeek(out var id); changedLeads.TryDequeue(out _)) await TakeLeadsAsync(db => db.Set<Lead>().Where(l => l.Id == id), cancel);
        for (var taken = 0; taken < Batches && engine.ReadFrom(Taken, BatchRecords) is { Count: > 0 } batch; taken++)
        {
            sectors = await store.ReadAsync(db => db.Set<Member>().ToDictionaryAsync(m => m.Code, m => m.Sector, cancel));
            foreach (var (sequence, record) in batch)
            {
                if (record is SignalAccepted accepted) board.Take(accepted.Signal);
                Taken = sequence;
            }
        }
    }

    private async Task TakeOrdersAsync(Func<CaseworkContext, IQueryable<Order>> which, CancellationToken cancel)
    {
        sectors = await store.ReadAsync(db => db.Set<Member>().ToDictionaryAsync(m => m.Code, m => m.Sector, cancel));
        var now = Instant.From(time.GetUtcNow());
        var told = await store.ReadAsync(db => which(db).AsNoTracking().Where(o => o.IssuedAt != null).ToListAsync(cancel));
        foreach (var order in told) board.Take(CaseFollower.Fact(order, now), now);
    }

    private async Task TakeLeadsAsync(Func<CaseworkContext, IQueryable<Lead>> which, CancellationToken cancel)
    {
        sectors = await store.ReadAsync(db => db.Set<Member>().ToDictionaryAsync(m => m.Code, m => m.Sector, cancel));
        var now = Instant.From(time.GetUtcNow());
        var told = await store.ReadAsync(db => which(db).AsNoTracking().Where(l => l.SentAt != null).ToListAsync(cancel));
        foreach (var fact in told.SelectMany(CaseFollower.Facts)) board.Take(fact, now);
    }
}

/// <summary>One subject in detail.</summary>
/// <param name="Standing">Where it stands.</param>
/// <param name="Days">Day by day, the oldest first.</param>
/// <param name="Records">The records of its faults in these days, the oldest first.</param>
public sealed record ControlDetail(ControlStanding Standing, ImmutableArray<ControlDay> Days, ImmutableArray<string> Records);
