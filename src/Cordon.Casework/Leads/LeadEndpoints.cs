using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<Cordon.Casework.Leads.LeadView>, Cordon.Casework.Answers.Refused>;

namespace Cordon.Casework.Leads;

/// <summary>The leads of the API.</summary>
internal static class LeadEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/leads").WithTags("Leads");
        group.MapGet("/", ListAsync).WithName("leads.list").WithSummary("Leads, the newest first: all for the centre and auditors, a member or authority those that it sent, has or had.");
        group.MapGet("/kinds", Kinds).WithName("leads.kinds").WithSummary("The kinds of leads: what they are about, to which authorities they go and why, and in how many days feedback is owed.");
        group.MapGet("/{id:guid}", FindAsync).WithName("leads.get").WithSummary("One lead with its history and what came of it.");
        group.MapPost("/", SendAsync).WithName("leads.send").WithMetadata(new RepeatMark(RepeatRule.ByItem))
            .WithSummary("Sends a lead to an authority that may act on it; the same key with the same body is the same lead, with another body it is refused.");
        Act<NoForm>("acknowledge", "leads.acknowledge", "The authority acknowledges it.", _ => new AcknowledgeLead());
        Act<FeedbackForm>("feedback", "leads.feed-back", "The authority tells what came of it.", f => new FeedBackLead(f.Result, f.Text, f.Records ?? []));
        Act<PassOnForm>("pass-on", "leads.pass-on", "The authority passes it on to another that may act on it and never had it; the date of feedback stays.", f => new PassOnLead(f.To, f.Reason));
        Act<ReasonForm>("not-enough", "leads.return", "The sender finds the feedback not enough, once; more is owed within a new, short time.", f => new ReturnLead(f.Reason));
        Act<ReasonForm>("withdraw", "leads.withdraw", "The sender takes it back before it was acknowledged.", f => new WithdrawLead(f.Reason));
        Act<ConfirmForm>("confirm", "leads.confirm", "A person of the centre sends what screening proposed.", f => new ConfirmLead(f.Reason, f.Receiver));
        Act<ReasonForm>("dismiss", "leads.dismiss", "A person of the centre finds that what screening proposed is no lead.", f => new DismissLead(f.Reason));

        void Act<TForm>(string what, string name, string summary, Func<TForm, LeadCommand> command) => group.MapPost($"/{{id:guid}}/{what}",
            async Task<Answer> (Caller caller, LeadDesk desk, Guid id, TForm form, CancellationToken cancel) =>
                (await desk.ActAsync(caller.Actor, id, command(form), cancel)).Answer(LeadView.Of)).WithName(name).WithSummary(summary);
    }

    private static async Task<Results<Ok<Page<LeadView>>, Refused>> ListAsync(
        Caller caller, LeadDesk desk, LeadState? state, bool? open, bool? overdue, string? kind, string? member, Guid? @case, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        MemberCode? of = null;
        if (member is not null)
        {
            if (!MemberCode.TryParse(member, out var code)) return new Refused(RectificationRefusal.BadMember);
            of = code;
        }
        var rows = await desk.ListAsync(
            caller.Actor, new LeadFilter { State = state, Open = open, Overdue = overdue == true, Kind = kind, Member = of, Case = @case, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, l => l.Number, LeadView.Of));
    }

    private static Ok<List<LeadKindView>> Kinds(LeadDesk desk) => TypedResults.Ok(desk.Plan.Kinds.Select(LeadKindView.Of).ToList());

    private static async Task<Answer> FindAsync(Caller caller, LeadDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.FindAsync(caller.Actor, id, cancel) is { } found ? LeadView.Of(found) : null).AnswerOr(LeadRefusal.NotFound);

    private static async Task<Answer> SendAsync(Caller caller, LeadDesk desk, LeadForm form, CancellationToken cancel) =>
        (await desk.SendAsync(caller.Actor, new LeadDraft(form.Key, form.Kind, form.Subjects, form.Reason, form.Records ?? [], form.Receiver, form.Case), cancel)).Answer(LeadView.Of);

    /// <param name="Key">The sender's own key, 1 to 100 characters.</param>
    /// <param name="Kind">One of the kinds that <c>GET /leads/kinds</c> lists.</param>
    /// <param name="Subjects">What it is about, 1 to 50.</param>
    /// <param name="Reason">Why, 1 to 4,000 characters.</param>
    /// <param name="Records">What it rests on, up to 50 of 1 to 200 characters: <c>case:id</c>, <c>order:id</c>, <c>finding:id</c>, <c>indicator:id</c>, <c>verdict:sequence</c>, or the sender's own.</param>
    /// <param name="Receiver">To which authority; absent for the first that may act on it.</param>
    /// <param name="Case">The case that it is of; for the centre.</param>
    internal sealed record LeadForm(
        string Key, string Kind, ImmutableArray<LeadSubject> Subjects, string Reason, ImmutableArray<string>? Records = null, MemberCode? Receiver = null, Guid? Case = null);

    /// <param name="Result">What came of it.</param>
    /// <param name="Text">In words, 1 to 4,000 characters.</param>
    /// <param name="Records">Records that it names, up to 50; at least one where it became a case.</param>
    internal sealed record FeedbackForm(LeadResult Result, string Text, ImmutableArray<string>? Records = null);

    /// <param name="To">To which authority.</param>
    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record PassOnForm(MemberCode To, string Reason);

    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record ReasonForm(string Reason);

    /// <param name="Reason">Why, up to 4,000 characters; absent for the name of its kind.</param>
    /// <param name="Receiver">To which authority; absent for the one proposed.</param>
    internal sealed record ConfirmForm(string? Reason = null, MemberCode? Receiver = null);

    /// <summary>Nothing is told but that it is to be done.</summary>
    internal sealed record NoForm;
}

/// <summary>A kind of lead as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="TitleZh">Its name in Chinese.</param>
/// <param name="TitleEn">Its name in English.</param>
/// <param name="About">A lead names at least one of these.</param>
/// <param name="To">Which authorities may act on it.</param>
/// <param name="Region">By whose region the authority is found.</param>
/// <param name="WhyZh">Why it goes to these, in Chinese.</param>
/// <param name="WhyEn">The same in English.</param>
/// <param name="FeedbackDays">In how many days feedback is owed.</param>
/// <param name="ProposedBy">Reason codes by which screening proposes one.</param>
/// <param name="SourceZh">Where it comes from, in Chinese.</param>
/// <param name="SourceEn">The same in English.</param>
internal sealed record LeadKindView(
    string Id, string TitleZh, string TitleEn, ImmutableArray<LeadSubjectKind> About, ImmutableArray<Sector> To, LeadRegion Region, string WhyZh, string WhyEn, int FeedbackDays,
    ImmutableArray<string> ProposedBy, string SourceZh, string SourceEn)
{
    public static LeadKindView Of(LeadKind k) => new(
        k.Id, k.Title.Zh, k.Title.En, k.About, k.To, k.Region, k.Why.Zh, k.Why.En, k.FeedbackDays, k.ProposedBy, k.Source.Citation.Zh, k.Source.Citation.En);
}

/// <summary>A lead as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Sender">The member that sent it; absent for the centre.</param>
/// <param name="Receiver">The authority that has it, or would get what is proposed.</param>
/// <param name="Subjects">What it is about.</param>
/// <param name="Reason">Why it was sent.</param>
/// <param name="Records">What it rests on.</param>
/// <param name="Case">The case that it is of.</param>
/// <param name="ProposedAt">When screening proposed it.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="AcknowledgeBy">Until when it is acknowledged.</param>
/// <param name="AcknowledgedAt">When it was.</param>
/// <param name="FeedbackBy">Until when feedback is owed.</param>
/// <param name="Overdue">Whether what is owed now is overdue.</param>
/// <param name="Escalation">How far that has climbed.</param>
/// <param name="EscalatedTo">Who is told at the authority.</param>
/// <param name="Hops">From where to where it was passed on.</param>
/// <param name="Feedbacks">What authorities told of it; the last counts.</param>
/// <param name="EndedAt">When it was dismissed or withdrawn.</param>
/// <param name="EndReason">Why.</param>
internal sealed record LeadView(
    Guid Id, string Number, string Kind, LeadState State, MemberCode? Sender, MemberCode? Receiver, ImmutableArray<LeadSubject> Subjects, string Reason, ImmutableArray<string> Records,
    Guid? Case, Instant? ProposedAt, Instant? SentAt, Instant? AcknowledgeBy, Instant? AcknowledgedAt, Instant? FeedbackBy, bool Overdue, EscalationRung? Escalation,
    OfficerRank? EscalatedTo, ImmutableArray<LeadHop> Hops, ImmutableArray<LeadFeedback> Feedbacks, Instant? EndedAt, string? EndReason)
{
    public static LeadView Of(Lead l) => new(
        l.Id, l.Number, l.Kind, l.State, l.Sender, l.Receiver, l.Subjects, l.Reason, l.Records, l.CaseId, l.ProposedAt, l.SentAt, l.AcknowledgeBy, l.AcknowledgedAt, l.FeedbackBy,
        l.Overdue, l.Escalation, l.EscalatedTo, l.Hops, l.Feedbacks, l.EndedAt, l.EndReason);
}
