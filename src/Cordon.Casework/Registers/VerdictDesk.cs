using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Registers;

/// <summary>Which verdicts are looked for; what is null does not narrow.</summary>
public sealed record VerdictFilter
{
    /// <summary>Signals of this instant or later.</summary>
    public Instant? From { get; init; }

    /// <summary>Signals before this instant.</summary>
    public Instant? To { get; init; }

    /// <summary>Of a kind.</summary>
    public SignalKind? Kind { get; init; }

    /// <summary>With an action.</summary>
    public VerdictAction? Action { get; init; }

    /// <summary>With a reason code.</summary>
    public string? Reason { get; init; }

    /// <summary>On signals of a member.</summary>
    public MemberCode? Member { get; init; }

    /// <summary>With an identifier in the signal, in its written form, or with its id.</summary>
    public string? Identifier { get; init; }

    /// <summary>Below a sequence: the page after the one that ended there.</summary>
    public long? Before { get; init; }

    /// <summary>How many, 1 to 500.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A verdict with its signal and explanation.</summary>
/// <param name="Alert">As stored.</param>
/// <param name="Signal">The signal, from the journal.</param>
/// <param name="Rules">Why, as the reader may see it.</param>
public sealed record VerdictFound(Alert Alert, Signal Signal, IReadOnlyList<ExplainedRule> Rules);

/// <summary>The signals behind a window.</summary>
/// <param name="Window">How the condition asked it.</param>
/// <param name="Value">What it answered; <c>hidden</c> where the reader may not see it.</param>
/// <param name="Kind">The kind of signal it counts.</param>
/// <param name="After">What happened after this instant counts.</param>
/// <param name="Until">Up to this one.</param>
/// <param name="Signals">The signals, the newest first: at most 100. A member is shown its own.</param>
/// <param name="Cut">Whether there are more, or the search ended at its bound before the window's beginning.</param>
public sealed record WindowSignals(string Window, string Value, SignalKind Kind, Instant After, Instant Until, IReadOnlyList<SignalName> Signals, bool Cut);

/// <summary>A signal by its name.</summary>
/// <param name="Sequence">Its place in the journal.</param>
/// <param name="Member">Who told it.</param>
/// <param name="Id">Its id.</param>
/// <param name="At">When it happened.</param>
public sealed record SignalName(long Sequence, MemberCode Member, SignalId Id, Instant At);

/// <summary>The façade of verdicts: the centre and its authors of rules see all, a member those on its own signals.</summary>
/// <param name="store">The database.</param>
/// <param name="engine">The engine and its journal.</param>
public sealed class VerdictDesk(CaseworkStore store, JournaledEngine engine)
{
    private const int MostIds = 100;
    private const int Chunk = 4_096;
    private const int MostChunks = 64;
    private const string Hidden = "hidden";

    /// <summary>Whether an actor sees the verdicts on everybody's signals, and all that explains them.</summary>
    public static bool SeesAll(Actor actor) => actor.SeesAll || actor.Is(Roles.RuleAuthor);

    /// <summary>Verdicts, the latest first.</summary>
    public Task<List<Alert>> ListAsync(Actor actor, VerdictFilter filter) => store.ReadAsync(db =>
    {
        var alerts = Seen(db.Set<Alert>(), actor);
        if (filter.From is { } from) alerts = alerts.Where(a => a.At >= from);
        if (filter.To is { } to) alerts = alerts.Where(a => a.At < to);
        if (filter.Kind is { } kind) alerts = alerts.Where(a => a.Kind == kind);
        if (filter.Action is { } action) alerts = alerts.Where(a => a.Action == action);
        if (filter.Member is { } member) alerts = alerts.Where(a => a.Member == member);
        if (filter.Before is { } before) alerts = alerts.Where(a => a.Sequence < before);
        if (filter.Reason is { } reason) alerts = Marked(db, alerts, AlertMark.ReasonPrefix + reason);
        if (filter.Identifier is { } identifier) alerts = Marked(db, alerts, identifier);
        return alerts.OrderByDescending(a => a.Sequence).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One verdict; null where there is none that the actor may see.</summary>
    public async Task<VerdictFound?> FindAsync(Actor actor, long sequence)
    {
        var alert = await store.ReadAsync(db => Seen(db.Set<Alert>(), actor).SingleOrDefaultAsync(a => a.Sequence == sequence));
        if (alert is null || SignalAt(sequence) is not { } signal) return null;
        return new VerdictFound(alert, signal, ExplainedRule.Read(SeesAll(actor) ? alert.Explanation : alert.MemberExplanation));
    }

    /// <summary>
    /// The signals behind each window that the rules asked, found by reading the journal backwards, some 260,000 records at most.
    /// Null where there is no such verdict for the actor; empty where no window was asked, or the rulebook that judged is not the one that judges now.
    /// </summary>
    public async Task<IReadOnlyList<WindowSignals>?> SignalsBehindAsync(Actor actor, long sequence, CancellationToken cancel = default)
    {
        if (!await store.ReadAsync(db => Seen(db.Set<Alert>(), actor).AnyAsync(a => a.Sequence == sequence, cancel))) return null;
        var alert = engine.Read(e => e.AlertsAfter(sequence - 1, 1)).SingleOrDefault(a => a.Sequence == sequence);
        var trails = alert is null ? [] : engine.Read(e => WindowTrail.Of(alert.Verdict, e.Rulebook)).Select(t => new Search(t)).ToList();
        if (trails.Count == 0) return [];
        // Reading is bounded, but takes a while: not on the thread that answers others.
        await Task.Run(() => Walk(sequence, trails, cancel), cancel);
        return [.. trails.Select(t => t.Found(actor))];
    }

    private static IQueryable<Alert> Seen(IQueryable<Alert> alerts, Actor actor)
    {
        if (SeesAll(actor)) return alerts;
        return actor.Member is { } own ? alerts.Where(a => a.Member == own) : alerts.Where(a => false);
    }

    private static IQueryable<Alert> Marked(CaseworkContext db, IQueryable<Alert> alerts, string text) =>
        db.Set<AlertMark>().Where(m => m.Text == text).Join(alerts, m => m.Sequence, a => a.Sequence, (m, a) => a);

    private Signal? SignalAt(long sequence) =>
        engine.ReadFrom(sequence - 1, 1) is [{ Record: SignalAccepted { Signal: var signal } }] ? signal : null;

    private void Walk(long sequence, List<Search> trails, CancellationToken cancel)
    {
        var end = sequence;
        for (var chunk = 0; chunk < MostChunks && end > 0 && trails.Exists(t => !t.IsDone); chunk++)
        {
            cancel.ThrowIfCancellationRequested();
            var start = Math.Max(0, end - Chunk);
            var records = engine.ReadFrom(start, (int)(end - start));
            engine.Read(e =>
            {
                foreach (var trail in trails) trail.Take(records, sequence, e.Known);
                return true;
            });
            end = start;
        }
        foreach (var trail in trails) trail.End(end);
    }

    private sealed class Search(WindowTrail trail)
    {
        private readonly List<SignalName> found = [];
        private bool cut;
        private bool passed;

        public bool IsDone => cut || passed;

        public void Take(IReadOnlyList<(long Sequence, EngineRecord Record)> records, long judged, EngineKnowledge known)
        {
            if (IsDone) return;
            var anyAfter = false;
            for (var i = records.Count - 1; i >= 0 && !cut; i--)
            {
                if (records[i].Record is not SignalAccepted { Signal: var signal }) continue;
                anyAfter |= signal.At > trail.After;
                if (!trail.Counts(signal, records[i].Sequence == judged, known)) continue;
                if (found.Count == MostIds) cut = true;
                else found.Add(new SignalName(records[i].Sequence, signal.Member, signal.Id, signal.At));
            }
            // Signals come late by much less than so many records: where all of them lie before the window, what is older does too.
            passed = !anyAfter && records.Count == Chunk;
        }

        /// <summary>The walk ended at a sequence; 0 is the journal's beginning.</summary>
        public void End(long at) => cut |= !passed && at > 0;

        public WindowSignals Found(Actor actor)
        {
            var all = SeesAll(actor);
            return new WindowSignals(trail.Text, all ? trail.Value : Hidden, trail.Kind, trail.After, trail.Until, all ? found : [.. found.Where(f => f.Member == actor.Member)], cut);
        }
    }
}
