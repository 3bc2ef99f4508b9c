using System.Collections.Immutable;
using System.Text;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Cases;

/// <summary>A measure about a number or a domain that somebody asks for.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Line">The number to suspend or block.</param>
/// <param name="Domain">The domain to take down.</param>
/// <param name="Member">Whose it is; null where the centre knows.</param>
public sealed record MeasureAsked(OrderKind Kind, PhoneNumber? Line = null, Domain? Domain = null, MemberCode? Member = null);

/// <summary>The façade for what a case asks of operators and platforms: lines to suspend or block, domains to take down.</summary>
/// <param name="store">The database.</param>
/// <param name="engine">The engine, which knows whose a line is.</param>
/// <param name="orders">The desk of orders.</param>
public sealed class CaseMeasures(CaseworkStore store, JournaledEngine engine, OrderDesk orders)
{
    /// <summary>Drafts a measure by hand.</summary>
    /// <param name="actor">A duty officer or police.</param>
    /// <param name="id">The case.</param>
    /// <param name="asked">What is asked.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Order>> DraftAsync(Actor actor, Guid id, MeasureAsked asked, CancellationToken cancel = default)
    {
        var outcome = await store.ChangeAsync<Order>(actor, async change =>
            await FindAsync(change, actor, id, cancel) is { } of ? await DraftAsync(change, of, asked, await SectorsAsync(change, cancel)) : CaseRefusal.NotFound, cancel);
        if (outcome.Succeeded) orders.Tell(id);
        return outcome;
    }

    /// <summary>
    /// Drafts a suspension of every line that the chain proves to have called the victim, and a take-down of every domain that a report names; of what
    /// has one already, belongs to nobody known or must not be cut off, none.
    /// </summary>
    /// <param name="actor">A duty officer or police.</param>
    /// <param name="id">The case.</param>
    /// <param name="cancel">Stops before the commit.</param>
    /// <returns>The new drafts.</returns>
    public async Task<Outcome<ImmutableArray<Order>>> DraftFromChainAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        var outcome = await store.ChangeAsync<ImmutableArray<Order>>(actor, async change =>
        {
            if (await FindAsync(change, actor, id, cancel) is not { } of) return CaseRefusal.NotFound;
            var stored = await change.Db.Set<CaseChain>().FindAsync([id], cancel);
            var chain = stored is null ? null : FraudChain.FromJson(Encoding.UTF8.GetBytes(stored.Json));
            if (CaseRules.MayAct(of) is { } unfounded) return unfounded;
            // What a stranger points at is no ground: it would have anybody's number cut off.
            var reports = (await change.Db.Set<Report>().Where(r => r.CaseId == id).ToListAsync(cancel)).FindAll(r => r.MayAct);
            var victims = reports.Select(r => r.Phone).OfType<PhoneNumber>().ToHashSet();
            var known = await change.Db.Set<Order>().Where(o => o.CaseId == id && (o.Line != null || o.Domain != null)).ToListAsync(cancel);
            var lines = (chain?.Links.OfType<LineLink>() ?? []).Where(l => l is { Proven: true, CallsMade: > 0 } && !victims.Contains(l.Line)).Select(l => l.Line).Distinct()
                .Where(l => !known.Exists(o => o.Line == l)).Select(l => new MeasureAsked(OrderKind.SuspendNumber, l, null, null));
            var domains = reports.SelectMany(r => r.Suspects.Domains).Where(d => Domain.IsValid(d)).Select(d => new Domain(d)).Distinct()
                .Where(d => !known.Exists(o => o.Domain == d)).Select(d => new MeasureAsked(OrderKind.TakeDown, null, d, null));
            var (sectors, drafted) = (await SectorsAsync(change, cancel), ImmutableArray.CreateBuilder<Order>());
            foreach (var asked in lines.Concat(domains).ToList())
                if (await DraftAsync(change, of, asked, sectors) is { Succeeded: true } draft) drafted.Add(draft.Value);
            return drafted.ToImmutable();
        }, cancel);
        if (outcome is { Succeeded: true, Value.IsEmpty: false }) orders.Tell(id);
        return outcome;
    }

    private async Task<Outcome<Order>> DraftAsync(Change change, Case of, MeasureAsked asked, Dictionary<MemberCode, Sector> sectors)
    {
        if (OrderDesk.SubjectFault(asked.Kind, asked.Line, asked.Domain) is { } wrong) return wrong;
        if (CaseRules.MayAct(of) is { } unfounded) return unfounded;
        if (asked.Line is { } number && engine.Read(e => e.Known.Lists.Has(ListName.NeverBlockNumbers, number))) return OrderRefusal.NeverBlocked;
        var owner = OwnerOf(asked, sectors);
        return owner.Succeeded ? await OrderDesk.ProposeMeasureAsync(change, of.Id, of.Currency, asked.Kind, owner.Value, asked.Line, asked.Domain) : owner.Refusal!;
    }

    /// <summary>Whose the number or domain is: the operator that told the line; of a domain the one platform there is, unless another is named.</summary>
    private Outcome<MemberCode> OwnerOf(MeasureAsked asked, Dictionary<MemberCode, Sector> sectors)
    {
        var told = asked.Line is { } line ? engine.Read(e => e.Known.Lines.Find(line)?.Member) : null;
        if (told is not null && asked.Member is not null && told != asked.Member) return OrderRefusal.OtherOwner;
        var platforms = sectors.Where(s => s.Value == Sector.InternetPlatform).Select(s => s.Key).ToList();
        if ((told ?? asked.Member ?? (asked.Domain is not null && platforms.Count == 1 ? platforms[0] : (MemberCode?)null)) is not { } owner) return OrderRefusal.UnknownOwner;
        var fits = sectors.TryGetValue(owner, out var sector)
            && (sector is Sector.TelecomOperator or Sector.VirtualOperator || (asked.Domain is not null && sector == Sector.InternetPlatform));
        return fits ? owner : OrderRefusal.OtherOwner;
    }

    private static async Task<Case?> FindAsync(Change change, Actor actor, Guid id, CancellationToken cancel) =>
        actor.SeesAll ? await change.Db.Set<Case>().SingleOrDefaultAsync(c => c.Id == id, cancel) : null;

    private static Task<Dictionary<MemberCode, Sector>> SectorsAsync(Change change, CancellationToken cancel) =>
        change.Db.Set<Member>().ToDictionaryAsync(m => m.Code, m => m.Sector, cancel);
}
