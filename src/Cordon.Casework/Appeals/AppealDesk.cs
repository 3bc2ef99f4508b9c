using System.Collections.Immutable;
using Cordon.Casework.Documents;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Restrictions;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Appeals;

/// <summary>An appeal with the order or restriction that it is against.</summary>
/// <param name="Appeal">The appeal.</param>
/// <param name="Order">The order; null of a restriction on a person.</param>
/// <param name="Notice">The notice by which the person was told; null of an order older than notices.</param>
/// <param name="LiftedIn">From receipt until what was ordered was lifted; null where it was not.</param>
/// <param name="LetGoIn">From the decision until the last member told that it let go; null while one has not.</param>
/// <param name="Restriction">The restriction on a person; null of an order.</param>
public sealed record AppealFile(Appeal Appeal, Order? Order, Notice? Notice, TimeSpan? LiftedIn, TimeSpan? LetGoIn, Restriction? Restriction = null);

/// <summary>How people fare who are restricted.</summary>
/// <param name="Restrictions">Stops, freezes, suspensions and blocks that went out, and restrictions on people that came into force.</param>
/// <param name="Wrongful">Of these, lifted because an appeal was upheld.</param>
/// <param name="Open">Appeals that wait.</param>
/// <param name="MedianMinutesToLift">Of upheld appeals, the median of minutes from receipt to lifting; null where there is none.</param>
public sealed record AppealFigures(int Restrictions, int Wrongful, int Open, double? MedianMinutesToLift)
{
    /// <summary>Upheld appeals looked at for the median, the latest. Ours.</summary>
    private const int MostMeasured = 500;

    /// <summary>The share of restrictions that were wrongful, 0 to 1; 0 where there is none.</summary>
    public double WrongfulRate => Restrictions == 0 ? 0 : (double)Wrongful / Restrictions;

    internal static async Task<AppealFigures> TakeAsync(CaseworkContext db)
    {
        var issued = db.Set<Order>().Where(o => o.IssuedAt != null
            && (o.Kind == OrderKind.StopPayment || o.Kind == OrderKind.Freeze || o.Kind == OrderKind.SuspendNumber || o.Kind == OrderKind.BlockNumber));
        var people = db.Set<Restriction>().Where(r => r.BeginsAt != null);
        var upheld = await db.Set<Appeal>().Where(a => a.State == AppealState.Upheld).OrderByDescending(a => a.Number).Take(MostMeasured)
            .Select(a => new { a.ReceivedAt, a.DecidedAt }).ToListAsync();
        var minutes = upheld.Select(a => (a.DecidedAt!.Value - a.ReceivedAt).TotalMinutes).Order().ToList();
        return new AppealFigures(
            await issued.CountAsync() + await people.CountAsync(), await issued.CountAsync(o => o.Appeal != null) + await people.CountAsync(r => r.Appeal != null), await db.Set<Appeal>().CountAsync(a => a.State == AppealState.Received),
            minutes.Count == 0 ? null : Math.Round((minutes[(minutes.Count - 1) / 2] + minutes[minutes.Count / 2]) / 2, 1));
    }
}

/// <summary>The façade of the module: what people are told whom an order hits, and what they say against it.</summary>
/// <param name="store">The database.</param>
/// <param name="orders">The desk of orders, which lifts what an upheld appeal is against.</param>
/// <param name="options">Where the font of PDFs lies.</param>
/// <param name="restrictions">The desk of restrictions on people; null where there is none.</param>
public sealed class AppealDesk(CaseworkStore store, OrderDesk orders, AppealOptions options, RestrictionDesk? restrictions = null)
{
    /// <summary>Raised after an appeal changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Takes an appeal down.</summary>
    /// <param name="actor">A clerk or system of the member that carries the order out, police, or a duty officer on behalf of the person.</param>
    /// <param name="order">The order.</param>
    /// <param name="from">Who appeals, 1 to 200 characters.</param>
    /// <param name="text">Why, 1 to 4,000 characters.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Appeal>> ReceiveAsync(Actor actor, Guid order, string from, string text, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<Appeal>(actor, async change =>
        {
            var against = await change.Db.Set<Order>().SingleOrDefaultAsync(o => o.Id == order, cancel);
            if (against is null || !(SeesAll(actor) || (actor.Member == against.Member && against.IssuedAt is not null))) return OrderRefusal.NotFound;
            if (actor.Member != against.Member && !actor.Is(Roles.PoliceOfficer) && !actor.Is(Roles.DutyOfficer)) return AppealRefusal.NotTaken;
            var open = await change.Db.Set<Appeal>().AnyAsync(a => a.OrderId == order && a.State == AppealState.Received, cancel);
            if (AppealRules.Fault(against, open, from, text) is { } fault) return fault;
            var year = change.Now.ToDateTimeOffset().Year;
            var appeal = new Appeal();
            change.Begin(appeal, new AppealReceived(
                change.Now, change.NewId(), $"A-{year}-{await change.NextNumberAsync($"appeal-{year}"):D6}", order, against.Number, against.Member, from.Trim(), text.Trim(), actor.Id));
            return appeal;
        }, cancel));

    /// <summary>Takes an appeal against a restriction on a person down.</summary>
    /// <param name="actor">A clerk or system of a member that applies it, police, or a duty officer on behalf of the person.</param>
    /// <param name="restriction">The restriction.</param>
    /// <param name="from">Who appeals, 1 to 200 characters.</param>
    /// <param name="text">Why, 1 to 4,000 characters.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Appeal>> ReceiveAgainstAsync(Actor actor, Guid restriction, string from, string text, CancellationToken cancel = default) =>
        Told(await store.ChangeAsync<Appeal>(actor, async change =>
        {
            var against = await change.Db.Set<Restriction>().SingleOrDefaultAsync(r => r.Id == restriction, cancel);
            var applies = actor.Member is { } own && against?.At(own) is not null;
            if (against is null || !(SeesAll(actor) || applies)) return RestrictionRefusal.NotFound;
            if (!applies && !actor.Is(Roles.PoliceOfficer) && !actor.Is(Roles.DutyOfficer)) return AppealRefusal.NotTaken;
            var open = await change.Db.Set<Appeal>().AnyAsync(a => a.RestrictionId == restriction && a.State == AppealState.Received, cancel);
            if (AppealRules.Fault(against, open, from, text, change.Now) is { } fault) return fault;
            var year = change.Now.ToDateTimeOffset().Year;
            var appeal = new Appeal();
            change.Begin(appeal, new AppealReceived(
                change.Now, change.NewId(), $"A-{year}-{await change.NextNumberAsync($"appeal-{year}"):D6}", Guid.Empty, against.Number, applies ? actor.Member!.Value : against.Grounds[0].Authority,
                from.Trim(), text.Trim(), actor.Id, restriction));
            return appeal;
        }, cancel));

    /// <summary>
    /// Decides an appeal. Upheld, it lifts at once, in the same transaction, every order on the same account or number in all cases, or the
    /// restriction on the person at all members.
    /// </summary>
    /// <param name="actor">One who decides appeals, or police; neither an issuer nor an approver of what it is against.</param>
    /// <param name="id">The appeal.</param>
    /// <param name="command">The decision.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<Appeal>> DecideAsync(Actor actor, Guid id, DecideAppeal command, CancellationToken cancel = default)
    {
        ImmutableArray<Guid> cases = [];
        var outcome = await store.ChangeAsync<Appeal>(actor, async change =>
        {
            var appeal = await change.Db.Set<Appeal>().SingleOrDefaultAsync(a => a.Id == id, cancel);
            if (appeal is null || !MaySee(actor, appeal)) return AppealRefusal.NotFound;
            if (appeal.RestrictionId is not null) return await DecideOnPersonAsync(change, appeal, command, cancel);
            var order = await change.Db.Set<Order>().SingleAsync(o => o.Id == appeal.OrderId, cancel);
            if (change.Carry(appeal, AppealRules.Decide(appeal, order, command, actor, change.Now)) is { } refused) return refused;
            if (!command.Upheld) return appeal;
            var lifted = await OrderDesk.LiftOnAppealAsync(change, order, appeal.Id, $"Appeal {appeal.Number} was upheld. Let go at once.", orders.Clocks, cancel);
            cases = [.. lifted.Select(o => o.CaseId).Distinct()];
            change.Record(appeal, new RestrictionsLifted(change.Now, [.. lifted.Select(o => o.Id)]));
            return appeal;
        }, cancel);
        if (outcome.Succeeded)
            foreach (var of in cases) orders.Tell(of);
        if (outcome is { Succeeded: true, Value: { RestrictionId: { } person, State: AppealState.Upheld } }) restrictions?.Tell(person);
        return Told(outcome);
    }

    /// <summary>Appeals that an actor may see: the centre and who decides them all, a member those against orders that it carries out; those that wait first, then the newest.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="state">In one state; null for all.</param>
    /// <param name="before">Numbers below this one: the cursor of the page before.</param>
    /// <param name="limit">How many at most, 1 to 500.</param>
    public Task<List<AppealFile>> ListAsync(Actor actor, AppealState? state, string? before, int limit) => store.ReadAsync(async db =>
    {
        var appeals = Visible(db.Set<Appeal>(), actor);
        if (state is { } only) appeals = appeals.Where(a => a.State == only);
        if (before is not null) appeals = appeals.Where(a => a.Number.CompareTo(before) < 0);
        return await FilesAsync(db, await appeals.OrderByDescending(a => a.Number).Take(limit).ToListAsync());
    });

    /// <summary>One appeal, where the actor may see it.</summary>
    public Task<AppealFile?> FindAsync(Actor actor, Guid id) => store.ReadAsync(async db =>
        (await FilesAsync(db, await Visible(db.Set<Appeal>(), actor).Where(a => a.Id == id).ToListAsync())).SingleOrDefault());

    /// <summary>Orders that somebody restricted by them could appeal against, where the actor may take an appeal down; the newest first.</summary>
    public Task<List<Order>> RestrictionsAsync(Actor actor, int limit) => store.ReadAsync(db =>
    {
        var running = db.Set<Order>().Where(o => (o.State == OrderState.Issued || o.State == OrderState.Acknowledged || o.State == OrderState.Executed)
            && (o.Kind == OrderKind.StopPayment || o.Kind == OrderKind.Freeze || o.Kind == OrderKind.SuspendNumber || o.Kind == OrderKind.BlockNumber));
        if (!actor.SeesAll) running = actor.Member is { } own ? running.Where(o => o.Member == own) : running.Where(o => false);
        return running.OrderByDescending(o => o.IssuedAt).Take(limit).ToListAsync();
    });

    /// <summary>Restrictions on people that are in force, where the actor may take an appeal down; the newest first.</summary>
    public Task<List<Restriction>> PeopleAsync(Actor actor, int limit) => store.ReadAsync(db =>
    {
        var now = store.Now;
        var running = db.Set<Restriction>().Where(r => r.State == RestrictionState.InForce && r.EndsAt > now);
        if (!actor.SeesAll)
        {
            var part = $";{actor.Member};";
            running = actor.Member is not null ? running.Where(r => r.Concerns.Contains(part)) : running.Where(r => false);
        }
        return running.OrderByDescending(r => r.Number).Take(limit).ToListAsync();
    });

    /// <summary>The notices of an order, where the actor may see it.</summary>
    public Task<List<Notice>> NoticesAsync(Actor actor, Guid order) => store.ReadAsync(db =>
        Visible(db.Set<Notice>(), actor).Where(n => n.OrderId == order).OrderBy(n => n.Number).ToListAsync());

    /// <summary>One notice, where the actor may see it.</summary>
    public Task<Notice?> NoticeAsync(Actor actor, Guid id) => store.ReadAsync(db => Visible(db.Set<Notice>(), actor).SingleOrDefaultAsync(n => n.Id == id));

    /// <summary>A notice as a PDF of both languages.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="id">The notice.</param>
    public async Task<Outcome<byte[]>> PdfAsync(Actor actor, Guid id)
    {
        if (await NoticeAsync(actor, id) is not { } notice) return AppealRefusal.NoNotice;
        return DocumentPdf.FindFont(options.FontFile) is { } font && DocumentPdf.Draw(new DocumentText(notice.Number, notice.GivenAt, notice.TextZh, notice.TextEn), font) is { } drawn ? drawn : AppealRefusal.NoFont;
    }

    /// <summary>How people fare who are restricted, over all cases.</summary>
    public Task<AppealFigures> FiguresAsync() => store.ReadAsync(AppealFigures.TakeAsync);

    private static async Task<Outcome<Appeal>> DecideOnPersonAsync(Change change, Appeal appeal, DecideAppeal command, CancellationToken cancel)
    {
        var against = await change.Db.Set<Restriction>().SingleAsync(r => r.Id == appeal.RestrictionId, cancel);
        if (change.Carry(appeal, AppealRules.Decide(appeal, against, command, change.Actor, change.Now)) is { } refused) return refused;
        if (!command.Upheld || against.StateAt(change.Now) != RestrictionState.InForce) return appeal;
        RestrictionDesk.LiftOnAppeal(change, against, appeal.Id, $"Appeal {appeal.Number} was upheld. Let go at once.");
        return appeal;
    }

    private static async Task<List<AppealFile>> FilesAsync(CaseworkContext db, List<Appeal> appeals)
    {
        var named = appeals.SelectMany(a => a.RestrictionId is null ? a.Lifted.Add(a.OrderId) : a.Lifted).Distinct().ToList();
        var people = appeals.Where(a => a.RestrictionId is not null).Select(a => a.RestrictionId!.Value).Distinct().ToList();
        var restricted = await db.Set<Restriction>().Where(r => people.Contains(r.Id)).ToDictionaryAsync(r => r.Id);
        var toldOf = (await db.Set<Notice>().Where(n => n.RestrictionId != null && people.Contains(n.RestrictionId.Value)).OrderBy(n => n.Number).ToListAsync()).ToLookup(n => n.RestrictionId!.Value);
        var orders = await db.Set<Order>().Where(o => named.Contains(o.Id)).ToDictionaryAsync(o => o.Id);
        var notices = (await db.Set<Notice>().Where(n => named.Contains(n.OrderId)).ToListAsync()).ToLookup(n => n.OrderId);
        return appeals.ConvertAll(a =>
        {
            var upheld = a.State == AppealState.Upheld;
            if (a.RestrictionId is { } id)
            {
                var of = restricted[id];
                return new AppealFile(a, null, toldOf[id].LastOrDefault(), upheld ? a.DecidedAt - a.ReceivedAt : null, upheld && of.Appeal == a.Id ? LetGo(of) - a.DecidedAt : null, of);
            }
            // A member lets go of what it had begun; an unfreeze it carries out.
            var owed = a.Lifted.Select(id => orders[id]).Where(o => o.IssuedAt is not null && (o.Kind == OrderKind.Unfreeze || o.AcknowledgedAt is not null)).ToList();
            var last = owed.Count > 0 && owed.TrueForAll(o => (o.LetGoAt ?? (o.Kind == OrderKind.Unfreeze ? o.ExecutedAt : null)) is not null) ? owed.Max(o => o.LetGoAt ?? o.ExecutedAt) : null;
            return new AppealFile(a, orders[a.OrderId], notices[a.OrderId].LastOrDefault(), upheld ? a.DecidedAt - a.ReceivedAt : null, upheld ? last - a.DecidedAt : null);
        });
    }

    // Who never applied it has nothing to let go of.
    private static Instant? LetGo(Restriction of)
    {
        var owed = of.Members.Where(m => m.AppliedAt is not null).ToList();
        return owed.Count > 0 && owed.TrueForAll(m => m.LetGoAt is not null) ? owed.Max(m => m.LetGoAt) : null;
    }

    private static bool SeesAll(Actor actor) => actor.SeesAll || actor.Is(Roles.AppealDecider);

    private static bool MaySee(Actor actor, Appeal appeal) => SeesAll(actor) || actor.Member == appeal.Member;

    private static IQueryable<Appeal> Visible(IQueryable<Appeal> appeals, Actor actor) =>
        SeesAll(actor) ? appeals : actor.Member is { } own ? appeals.Where(a => a.Member == own) : appeals.Where(a => false);

    private static IQueryable<Notice> Visible(IQueryable<Notice> notices, Actor actor) =>
        SeesAll(actor) ? notices : actor.Member is { } own ? notices.Where(n => n.Member == own) : notices.Where(n => false);

    private Outcome<Appeal> Told(Outcome<Appeal> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.Id);
        return outcome;
    }
}
