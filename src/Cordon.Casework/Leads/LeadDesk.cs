using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cordon.Casework.Cases;
using Cordon.Casework.Findings;
using Cordon.Casework.Indicators;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Registers;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Leads;

/// <summary>Which leads to list.</summary>
public sealed record LeadFilter
{
    /// <summary>In one state.</summary>
    public LeadState? State { get; init; }

    /// <summary>Those on which an authority owes something, or those on which nothing is owed; null for both.</summary>
    public bool? Open { get; init; }

    /// <summary>Those whose date passed.</summary>
    public bool Overdue { get; init; }

    /// <summary>Of one kind.</summary>
    public string? Kind { get; init; }

    /// <summary>That a member sent, has or had.</summary>
    public MemberCode? Member { get; init; }

    /// <summary>That an authority has.</summary>
    public MemberCode? Receiver { get; init; }

    /// <summary>Of one case.</summary>
    public Guid? Case { get; init; }

    /// <summary>By when the next thing is owed, the soonest first, and not by number.</summary>
    public bool ByClock { get; init; }

    /// <summary>Numbers below this one: the cursor of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>The façade of the module: leads to authorities, and what came of them.</summary>
/// <param name="store">The database.</param>
/// <param name="plan">The kinds, to whom they go, and their clocks.</param>
public sealed class LeadDesk(CaseworkStore store, LeadPlan plan)
{
    /// <summary>Raised after a lead changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The kinds, to whom they go, and their clocks.</summary>
    public LeadPlan Plan => plan;

    /// <summary>Sends a lead. The same key with the same body is the same lead; with another body it is refused.</summary>
    /// <param name="actor">Who sends: for its member, or for the centre where it belongs to none.</param>
    /// <param name="draft">The lead.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Lead>> SendAsync(Actor actor, LeadDraft draft, CancellationToken cancel = default)
    {
        if (LeadRules.Fault(draft, actor, plan) is { } fault) return fault;
        ImmutableArray<string> records = draft.Records.IsDefault ? [] : draft.Records;
        var (key, digest) = ($"{actor.Member?.ToString() ?? "centre"}/{draft.Key}", DigestOf(draft, records));
        return Told(await store.ChangeAsync<Lead>(actor, async change =>
        {
            if (await change.Db.Set<Lead>().SingleOrDefaultAsync(l => l.Key == key, cancel) is { } known) return known.Digest == digest ? known : LeadRefusal.OtherBody;
            if (draft.Case is { } of && !(actor.SeesAll && await change.Db.Set<Case>().AnyAsync(c => c.Id == of, cancel))) return LeadRefusal.NoCase;
            foreach (var record in records)
                if (!await SeesAsync(change.Db, actor, record, cancel)) return LeadRefusal.NoRecord(record);
            var kind = plan.Find(draft.Kind)!;
            var able = (await RoutingAsync(change.Db, cancel)).Find(kind, actor.Member, draft.Subjects);
            if (able.IsEmpty || (draft.Receiver is { } named && !able.Contains(named))) return LeadRefusal.NotCompetent(able);
            var lead = new Lead();
            change.Begin(lead, new LeadSent(
                change.Now, change.NewId(), await NumberAsync(change), key, digest, kind.Id, actor.Member, draft.Receiver ?? able[0], draft.Subjects, draft.Reason, records,
                draft.Case, plan.AcknowledgeBy(change.Now), plan.FeedbackBy(kind, change.Now), actor.Id));
            return lead;
        }, cancel));
    }

    /// <summary>Carries out a command.</summary>
    public async Task<Outcome<Lead>> ActAsync(Actor actor, Guid id, LeadCommand command, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<Lead>(actor, async change =>
        {
            var found = await Visible(change.Db.Set<Lead>(), actor).SingleOrDefaultAsync(l => l.Id == id, cancel);
            if (found is null) return LeadRefusal.NotFound;
            // A case is named by whoever sees it; what an authority calls its own case stands as it was written.
            if (command is FeedBackLead { Records: { IsDefault: false } records })
                foreach (var record in records)
                    if (!await SeesAsync(change.Db, actor, record, cancel)) return LeadRefusal.NoRecord(record);
            var able = command is ConfirmLead or PassOnLead && plan.Find(found.Kind) is { } kind
                ? (await RoutingAsync(change.Db, cancel)).Find(kind, found.Sender, found.Subjects) : [];
            return change.Carry(found, LeadRules.Decide(found, command, actor, plan, able, change.Now)) is { } refused ? refused : found;
        }, cancel));

    /// <summary>The authorities that a lead may go to, the one that the file names first; empty where there is none.</summary>
    /// <param name="actor">Who would send it.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="subjects">What it is about; what is none is not looked at.</param>
    public Task<ImmutableArray<MemberCode>> ReceiversAsync(Actor actor, LeadKind kind, ImmutableArray<LeadSubject> subjects) =>
        store.ReadAsync(async db => (await RoutingAsync(db, default)).Find(kind, actor.Member, subjects));

    /// <summary>The authorities that a lead may be passed on to, or confirmed for: those that may act on it and never had it.</summary>
    public Task<ImmutableArray<MemberCode>> OthersAsync(Lead lead) => store.ReadAsync(async db => plan.Find(lead.Kind) is { } kind
        ? (await RoutingAsync(db, default)).Find(kind, lead.Sender, lead.Subjects).RemoveAll(a => lead.State != LeadState.Proposed && lead.WasWith(a)) : []);

    /// <summary>Leads that an actor may see: the centre and auditors all, a member or authority those that it sent, has or had; the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Which.</param>
    public Task<List<Lead>> ListAsync(Actor actor, LeadFilter filter) => store.ReadAsync(db =>
    {
        var found = Visible(db.Set<Lead>(), actor);
        if (filter.State is { } state) found = found.Where(l => l.State == state);
        if (filter.Open is { } open) found = open ? found.Where(l => l.Due != null) : found.Where(l => l.Due == null && l.State != LeadState.Proposed);
        if (filter.Overdue) found = found.Where(l => l.Due < store.Now);
        if (filter.Kind is { } kind) found = found.Where(l => l.Kind == kind);
        if (filter.Member is { } member) found = Of(found, member);
        if (filter.Receiver is { } receiver) found = found.Where(l => l.Receiver == receiver);
        if (filter.Case is { } of) found = found.Where(l => l.CaseId == of);
        if (filter.Before is { } before) found = found.Where(l => l.Number.CompareTo(before) < 0);
        return (filter.ByClock ? found.OrderBy(l => l.Due == null).ThenBy(l => l.Due).ThenBy(l => l.Number) : found.OrderByDescending(l => l.Number)).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One lead; null where there is none or the actor may not see it.</summary>
    public Task<Lead?> FindAsync(Actor actor, Guid id, CancellationToken cancel = default) =>
        store.ReadAsync(db => Visible(db.Set<Lead>(), actor).SingleOrDefaultAsync(l => l.Id == id, cancel));

    /// <summary>Notes the dates that passed and lets what is overdue climb.</summary>
    /// <returns>The cases of those whose feedback is overdue since: silence is a finding there.</returns>
    public async Task<IReadOnlyList<Guid>> CheckClocksAsync(CancellationToken cancel = default)
    {
        var now = store.Now;
        var due = await store.ReadAsync(db => db.Set<Lead>().Where(l => l.NextClock < now).OrderBy(l => l.Number).Select(l => l.Id).ToListAsync(cancel));
        var cases = new HashSet<Guid>();
        foreach (var id in due)
            if (await ActAsync(Actor.System("clocks"), id, new TickLead(), cancel) is { Succeeded: true, Value: { FeedbackMissed: true, CaseId: { } of } }) cases.Add(of);
        return [.. cases];
    }

    internal static async Task<LeadRouting> RoutingAsync(CaseworkContext db, CancellationToken cancel)
    {
        var members = await db.Set<Member>().Select(m => new { m.Code, m.Sector, m.Region }).ToListAsync(cancel);
        var parents = await db.Set<Region>().ToDictionaryAsync(r => r.Code, r => r.Parent, cancel);
        var regions = members.ToDictionary(m => m.Code, m => m.Region);
        return new LeadRouting(
            [.. members.Where(m => LeadPlan.Authorities.Contains(m.Sector)).Select(m => new LeadAuthority(m.Code, m.Sector, m.Region))], parents, code => regions.GetValueOrDefault(code));
    }

    internal static async Task<string> NumberAsync(Change change)
    {
        var year = change.Now.ToDateTimeOffset().Year;
        return $"L-{year}-{await change.NextNumberAsync($"lead-{year}"):D6}";
    }

    internal void Tell(Guid id) => Changed?.Invoke(id);

    private Outcome<Lead> Told(Outcome<Lead> outcome)
    {
        if (outcome.Succeeded) Tell(outcome.Value.Id);
        return outcome;
    }

    private static IQueryable<Lead> Visible(IQueryable<Lead> found, Actor actor) =>
        actor.SeesAll || actor.Is(Roles.Auditor) ? found : actor.Member is { } own ? Of(found, own).Where(l => l.State != LeadState.Proposed && l.State != LeadState.Dismissed) : found.Where(l => false);

    private static IQueryable<Lead> Of(IQueryable<Lead> found, MemberCode member)
    {
        var part = $";{member};";
        return found.Where(l => l.Parties.Contains(part));
    }

    private static string DigestOf(LeadDraft draft, ImmutableArray<string> records) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(draft with { Key = "", Records = records }, CaseworkJson.Options)));

    /// <summary>Whether a record that a lead names is there and its sender sees it; what has no known beginning is the sender's own and not looked at.</summary>
    private static async Task<bool> SeesAsync(CaseworkContext db, Actor actor, string record, CancellationToken cancel)
    {
        var colon = record.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon < 0 ? ("", record) : (record[..colon], record[(colon + 1)..]);
        if (kind == "verdict")
            return long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
                && await db.Set<Alert>().AnyAsync(a => a.Sequence == sequence && (actor.SeesAll || a.Member == actor.Member), cancel);
        if (kind is not ("case" or "order" or "indicator" or "finding")) return true;
        if (!Guid.TryParseExact(rest, "D", out var id)) return false;
        return kind switch
        {
            "case" => actor.SeesAll && await db.Set<Case>().AnyAsync(c => c.Id == id, cancel),
            "order" => await db.Set<Order>().AnyAsync(o => o.Id == id && (actor.SeesAll || o.Member == actor.Member), cancel),
            "finding" => await db.Set<Finding>().AnyAsync(f => f.Id == id && (actor.SeesAll || f.Member == actor.Member), cancel),
            _ => await db.Set<Indicator>().AnyAsync(i => i.Id == id && (actor.SeesAll || i.Giver == actor.Member || i.ConfirmedAt != null), cancel),
        };
    }
}
