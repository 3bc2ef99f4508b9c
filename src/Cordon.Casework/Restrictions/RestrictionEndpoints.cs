using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Documents;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<Cordon.Casework.Restrictions.RestrictionView>, Cordon.Casework.Answers.Refused>;

namespace Cordon.Casework.Restrictions;

/// <summary>Restrictions on people in the API. Who may call which is declared in one table with all other endpoints.</summary>
internal static class RestrictionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/restrictions").WithTags("Restrictions");
        group.MapGet("/", ListAsync).WithName("restrictions.list")
            .WithSummary("Restrictions on people who sold lines and accounts, by their ends: all for the centre, regulators and auditors, a member those of its own customers. With unconfirmed=true what the member has still to confirm.");
        group.MapGet("/terms", (RestrictionDesk desk) => TypedResults.Ok(TermsView.Of(desk.Terms))).WithName("restrictions.terms").WithSummary("Grounds, terms, what each sector does and what stays for living, with their sources.");
        group.MapGet("/{id:guid}", FindAsync).WithName("restrictions.get").WithSummary("One restriction: grounds, term, members that apply it, notices, appeals. Evidence is for the centre, regulators, auditors and the authority.");
        group.MapGet("/{id:guid}/notice", NoticeAsync).WithName("restrictions.notice").WithSummary("The notice to the person as a PDF of both languages; refused where no font that shows Chinese is installed.")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf");
        group.MapPost("/", ProposeAsync).WithName("restrictions.propose").WithSummary("Police put a person forward by the token; of somebody restricted already, one more ground. It binds nobody before a second officer approves.");
        Act<NoForm>("/{id:guid}/approve", "restrictions.approve", "A second officer of the same authority approves: in force at once, in screening within a second.", _ => new ApproveRestriction());
        Act<ReasonForm>("/{id:guid}/refuse", "restrictions.refuse", "An officer of the same authority does not approve, or takes it back.", f => new RefuseRestriction(f.Reason));
        Act<ReasonForm>("/{id:guid}/lift", "restrictions.lift", "An officer of the authority lifts it before its end.", f => new LiftRestriction(f.Reason));
        Act<KeepForm>("/{id:guid}/keep", "restrictions.keep", "An officer of the authority says which account stays for living.", f => new KeepForLiving(f.Account));
        Act<ServeForm>("/{id:guid}/notice/served", "restrictions.serve", "Police or a member that applies it say that the notice was handed over.", f => new ServeNotice(f.How));
        Act<NoForm>("/{id:guid}/confirm", "restrictions.confirm", "A member confirms that it applies it or, once it ended, that it let go. A repeat changes nothing.", _ => new ConfirmRestriction());

        void Act<TForm>(string route, string name, string summary, Func<TForm, RestrictionCommand> command) => group.MapPost(route,
            async Task<Answer> (Caller caller, RestrictionDesk desk, Guid id, TForm form, CancellationToken cancel) =>
                await AnswerAsync(caller, desk, await desk.ActAsync(caller.Actor, id, command(form), cancel), cancel)).WithName(name).WithSummary(summary);
    }

    private static async Task<Results<Ok<Page<RestrictionLine>>, Refused>> ListAsync(
        Caller caller, RestrictionDesk desk, RestrictionState? state, string? ground, string? person, DateOnly? endsBy, bool? unconfirmed, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var after) is { } fault) return new Refused(fault);
        var rows = await desk.ListAsync(caller.Actor, new RestrictionFilter
        {
            State = state, Ground = ground, Person = person, EndsBefore = endsBy is { } day ? desk.EndOf(day) : null, Unconfirmed = unconfirmed == true, After = after, Limit = take + 1,
        });
        return TypedResults.Ok(rows.Page(take, r => r.Place, r => RestrictionLine.Of(r, caller.Actor, desk.Now)));
    }

    private static async Task<Answer> FindAsync(Caller caller, RestrictionDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.FindAsync(caller.Actor, id, cancel) is { } file ? RestrictionView.Of(file, caller.Actor, desk) : null).AnswerOr(RestrictionRefusal.NotFound);

    private static async Task<Results<FileContentHttpResult, Refused>> NoticeAsync(Caller caller, RestrictionDesk desk, DocumentPrinter printer, Guid id, CancellationToken cancel) =>
        await desk.NoticeAsync(caller.Actor, id, cancel) is { } notice ? printer.Answer(notice) : new Refused(RestrictionRefusal.NotFound);

    private static async Task<Answer> ProposeAsync(Caller caller, RestrictionDesk desk, ProposeForm form, CancellationToken cancel) => await AnswerAsync(
        caller, desk, await desk.ProposeAsync(caller.Actor, new ProposeRestriction(form.Person, form.Ground, form.Reason, form.Items, form.Times, form.Buyers, form.Evidence, form.Keeps), cancel), cancel);

    private static async Task<Answer> AnswerAsync(Caller caller, RestrictionDesk desk, Outcome<Restriction> outcome, CancellationToken cancel) =>
        outcome.Refusal is { } refusal ? new Refused(refusal) : await FindAsync(caller, desk, outcome.Value.Id, cancel);

    /// <param name="Person">The token of the person, as signals carry it.</param>
    /// <param name="Ground">The ground of the pack, by its key.</param>
    /// <param name="Reason">What the person did, 1 to 2,000 characters.</param>
    /// <param name="Evidence">What shows it, 1 to 50 records.</param>
    /// <param name="Items">How many lines and accounts.</param>
    /// <param name="Times">How often.</param>
    /// <param name="Buyers">To how many.</param>
    /// <param name="Keeps">The account that stays for living; absent for none.</param>
    internal sealed record ProposeForm(string Person, string Ground, string Reason, ImmutableArray<string> Evidence, int Items = 0, int Times = 0, int Buyers = 0, AccountNumber? Keeps = null);

    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record ReasonForm(string Reason);

    /// <param name="Account">The account; absent for none.</param>
    internal sealed record KeepForm(AccountNumber? Account = null);

    /// <param name="How">How it was handed over, 1 to 200 characters.</param>
    internal sealed record ServeForm(string How);

    /// <summary>Nothing to say.</summary>
    internal sealed record NoForm;
}

/// <summary>A restriction in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Person">The token of the person; absent for who need not apply it.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="Grounds">The grounds of the pack, by their keys.</param>
/// <param name="BeginsAt">Since when it is in force.</param>
/// <param name="EndsAt">From when on it binds nobody.</param>
/// <param name="Keeps">The account that stays for living; for police, the authority and the member where it is.</param>
/// <param name="ConfirmBy">By when the asker's member confirms; absent where it owes nothing.</param>
internal sealed record RestrictionLine(
    Guid Id, string Number, string? Person, RestrictionState State, ImmutableArray<string> Grounds, Instant? BeginsAt, Instant? EndsAt, AccountNumber? Keeps, Instant? ConfirmBy)
{
    public static RestrictionLine Of(Restriction r, Actor actor, Instant now)
    {
        var sees = RestrictionDesk.SeesPerson(actor, r);
        return new(
            r.Id, r.Number, sees ? r.Person : null, r.StateAt(now), [.. r.Grounds.Where(g => g.Refused is null).Select(g => g.Ground)], r.BeginsAt, r.EndedAt, RestrictionDesk.SeesKept(actor, r) ? r.Keeps : null,
            actor.Member is { } own && r.At(own) is { AppliedAt: null } standing && r.StateAt(now) == RestrictionState.InForce ? standing.ApplyBy : null);
    }
}

/// <summary>A restriction as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Person">The token of the person; absent for who need not apply it.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="Grounds">The grounds.</param>
/// <param name="BeginsAt">Since when it is in force.</param>
/// <param name="EndsAt">From when on it binds nobody.</param>
/// <param name="LiftedFor">Why it was lifted.</param>
/// <param name="Keeps">The account that stays for living; for police, the authority and the member where it is.</param>
/// <param name="Measures">What applies: to the asker's member by its sector, to others all.</param>
/// <param name="Members">Who applies it; a member sees its own standing.</param>
/// <param name="ServedAt">When the notice was handed over.</param>
/// <param name="Notices">The notices, by their ids.</param>
/// <param name="Appeals">The appeals, by their numbers.</param>
internal sealed record RestrictionView(
    Guid Id, string Number, string? Person, RestrictionState State, ImmutableArray<GroundView> Grounds, Instant? BeginsAt, Instant? EndsAt, string? LiftedFor, AccountNumber? Keeps,
    ImmutableArray<MeasureView> Measures, ImmutableArray<ReachedMember> Members, Instant? ServedAt, ImmutableArray<Guid> Notices, ImmutableArray<string> Appeals)
{
    public static RestrictionView Of(RestrictionFile file, Actor actor, RestrictionDesk desk)
    {
        var (r, evidence, person) = (file.Restriction, RestrictionDesk.SeesEvidence(actor, file.Restriction), RestrictionDesk.SeesPerson(actor, file.Restriction));
        return new(
            r.Id, r.Number, person ? r.Person : null, r.StateAt(desk.Now), [.. r.Grounds.Where(g => evidence || g.ApprovedAt is not null).Select(g => GroundView.Of(g, evidence, person))], r.BeginsAt,
            r.EndedAt, evidence ? r.LiftedFor : null, RestrictionDesk.SeesKept(actor, r) ? r.Keeps : null, [.. desk.Terms.Measures.Where(m => evidence || (file.Sector is { } own && m.Sectors.Contains(own))).Select(MeasureView.Of)],
            [.. r.Members.Where(m => evidence || m.Member == actor.Member)], r.ServedAt, [.. file.Notices.Select(n => n.Id)], [.. file.Appeals.Where(a => evidence || a.Member == actor.Member).Select(a => a.Number)]);
    }
}

/// <summary>A ground as the API tells of it.</summary>
/// <param name="Ground">The ground of the pack, by its key.</param>
/// <param name="Years">Its term.</param>
/// <param name="Reason">What the person did; absent for members that apply it.</param>
/// <param name="Items">How many lines and accounts.</param>
/// <param name="Times">How often.</param>
/// <param name="Buyers">To how many.</param>
/// <param name="Evidence">What shows it; none for members that apply it.</param>
/// <param name="Authority">The authority.</param>
/// <param name="GivenAt">When it was put forward.</param>
/// <param name="ApprovedAt">When a second officer approved it.</param>
/// <param name="Refused">Why it was not approved.</param>
internal sealed record GroundView(
    string Ground, int Years, string? Reason, int Items, int Times, int Buyers, ImmutableArray<string> Evidence, MemberCode Authority, Instant GivenAt, Instant? ApprovedAt, string? Refused)
{
    // Lines and accounts name the person to a bank that has them among its customers.
    public static GroundView Of(GivenGround g, bool evidence, bool person) => new(
        g.Ground, g.Years, evidence ? g.Reason : null, g.Items, g.Times, g.Buyers, evidence ? [.. g.Evidence.Where(e => person || !(e.StartsWith("line:", StringComparison.Ordinal) || e.StartsWith("account:", StringComparison.Ordinal)))] : [],
        g.Authority, g.GivenAt, g.ApprovedAt, evidence ? g.Refused : null);
}

/// <summary>What members of some sectors do, as the API tells of it.</summary>
/// <param name="Measure">Which measure.</param>
/// <param name="WhatZh">What they do, in Chinese.</param>
/// <param name="WhatEn">The same in English.</param>
/// <param name="KeepsZh">What stays for living, in Chinese.</param>
/// <param name="KeepsEn">The same in English.</param>
/// <param name="Source">Where it stands.</param>
internal sealed record MeasureView(RestrictionMeasure Measure, string WhatZh, string WhatEn, string? KeepsZh, string? KeepsEn, string Source)
{
    public static MeasureView Of(SectorMeasure m) => new(m.Measure, m.What.Zh, m.What.En, m.Keeps?.Zh, m.Keeps?.En, m.Source.Citation.En);
}

/// <summary>The terms of the pack as the API tells of them.</summary>
/// <param name="Grounds">The grounds.</param>
/// <param name="MostYears">Terms that run into one another last no longer.</param>
/// <param name="Measures">What sectors do.</param>
/// <param name="LivingLines">So many mobile lines stay.</param>
/// <param name="LivingDayMinor">What may leave the account that stays within a day away from a counter, minor units of the pack's currency.</param>
/// <param name="NoticeDays">Within so many days the notice is handed over.</param>
/// <param name="ApplyHours">Within so many hours members confirm.</param>
internal sealed record TermsView(
    ImmutableArray<TermsGround> Grounds, int MostYears, ImmutableArray<MeasureView> Measures, int LivingLines, long LivingDayMinor, int NoticeDays, int ApplyHours)
{
    public static TermsView Of(RestrictionTerms t) => new(
        [.. t.Grounds.Select(g => new TermsGround(g.Id, g.Kind, g.Title.Zh, g.Title.En, g.Counts, g.Level, g.Years, g.Source.Citation.En))], t.MostYears, [.. t.Measures.Select(MeasureView.Of)],
        t.Living.Lines, t.Living.DayMinor, t.NoticeDays, t.ApplyHours);
}

/// <summary>A ground of the pack.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Kind">What sort.</param>
/// <param name="TitleZh">What it is called, in Chinese.</param>
/// <param name="TitleEn">The same in English.</param>
/// <param name="Counts">From so many items, times or buyers on.</param>
/// <param name="Level">The least level of the authority's region.</param>
/// <param name="Years">The term in years.</param>
/// <param name="Source">Where it stands.</param>
internal sealed record TermsGround(string Id, GroundKind Kind, string TitleZh, string TitleEn, int? Counts, Members.RegionLevel Level, int Years, string Source);
