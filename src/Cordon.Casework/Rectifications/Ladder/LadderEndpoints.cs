using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>The ladder of the API.</summary>
internal static class LadderEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/ladder").WithTags("Ladder");
        group.MapGet("/", ListAsync).WithName("ladder.list").WithSummary("Steps of the ladder, the newest first: all for the centre, regulators and auditors, a subject's own once in force.");
        group.MapGet("/{id:guid}", FindAsync).WithName("ladder.get").WithSummary("One step: its document with reason, basis, officers, effects and appeal.");
        group.MapGet("/{id:guid}/pdf", PdfAsync).WithName("ladder.pdf").WithSummary("The step's document as a PDF of both languages; refused where no font that shows Chinese is installed.")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf");
        group.MapPost("/", RaiseAsync).WithName("ladder.raise").WithSummary("A supervisor takes down a grave event, or the first place on the list of involved accounts in two months running; a step is drafted.");
        group.MapPost("/{id:guid}/decide", DecideAsync).WithName("ladder.decide").WithSummary("A supervisor who is not of the subject decides a draft; a veto wants a second one.");
        group.MapPost("/{id:guid}/appeal", AppealAsync).WithName("ladder.appeal").WithSummary("The subject appeals, once.");
        group.MapPost("/{id:guid}/appeal/decide", DecideAppealAsync).WithName("ladder.decide-appeal").WithSummary("Another person decides the appeal; where it is upheld, the step is revoked.");
        group.MapPost("/{id:guid}/delist", DelistAsync).WithName("ladder.delist").WithSummary("A supervisor ends a listing; only with the measured result.");
        api.MapGet("/bars", BarsAsync).WithName("bars.list").WithTags("Ladder").WithSummary("Who is barred from what until when, by which document, at an instant.");
    }

    private static async Task<Results<Ok<Page<StepView>>, Refused>> ListAsync(
        Caller caller, LadderDesk desk, string? subject, StepState? state, Rung? rung, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        LadderSubject? of = null;
        if (subject is not null && !LadderSubject.TryParse(subject, out of)) return new Refused(StepRefusal.BadSubject);
        var rows = await desk.ListAsync(caller.Actor, new LadderFilter { Subject = of, State = state, Rung = rung, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, s => s.Number, StepView.Of));
    }

    private static async Task<Results<Ok<StepView>, Refused>> FindAsync(Caller caller, LadderDesk desk, Guid id) =>
        (await desk.FindAsync(caller.Actor, id) is { } step ? StepView.Of(step) : null).AnswerOr(StepRefusal.NotFound);

    private static async Task<Results<FileContentHttpResult, Refused>> PdfAsync(Caller caller, LadderDesk desk, MemberRegister members, DocumentPrinter printer, Guid id)
    {
        if (await desk.FindAsync(caller.Actor, id) is not { } step) return new Refused(StepRefusal.NotFound);
        var named = step.Member is { } code ? (await members.ListAsync()).Find(m => m.Code == code) : null;
        return printer.Answer(StepDocument.Of(step, named is null ? new Wording(step.Subject.ToString(), step.Subject.ToString()) : new Wording(named.NameZh, named.NameEn)));
    }

    private static async Task<Results<Ok<StepView>, Refused>> RaiseAsync(Caller caller, LadderDesk desk, RaiseForm form, CancellationToken cancel) =>
        LadderSubject.TryParse(form.Subject, out var subject)
            ? (await desk.RaiseAsync(caller.Actor, subject, form.Trigger, form.Occurred, form.Reason, cancel)).Answer(StepView.Of)
            : new Refused(StepRefusal.BadSubject);

    private static async Task<Results<Ok<StepView>, Refused>> DecideAsync(Caller caller, LadderDesk desk, Guid id, StepDecisionForm form, CancellationToken cancel) =>
        (await desk.DecideAsync(caller.Actor, id, form.Issue, form.Reason, cancel)).Answer(StepView.Of);

    private static async Task<Results<Ok<StepView>, Refused>> AppealAsync(Caller caller, LadderDesk desk, Guid id, AppealForm form, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new AppealStep(form.Text), cancel)).Answer(StepView.Of);

    private static async Task<Results<Ok<StepView>, Refused>> DecideAppealAsync(Caller caller, LadderDesk desk, Guid id, AppealDecisionForm form, CancellationToken cancel) =>
        (await desk.ActAsync(caller.Actor, id, new DecideStepAppeal(form.Upheld, form.Reason), cancel)).Answer(StepView.Of);

    private static async Task<Results<Ok<StepView>, Refused>> DelistAsync(Caller caller, LadderDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.DelistAsync(caller.Actor, id, cancel)).Answer(StepView.Of);

    private static async Task<Results<Ok<BarsAnswer>, Refused>> BarsAsync(Caller caller, LadderDesk desk, TimeProvider time, string? subject, string? at)
    {
        LadderSubject? of = null;
        if (subject is not null && !LadderSubject.TryParse(subject, out of)) return new Refused(StepRefusal.BadSubject);
        var when = Instant.From(time.GetUtcNow());
        if (at is not null && !Instant.TryParse(at, out when)) return new Refused(StepRefusal.BadInstant);
        return TypedResults.Ok(new BarsAnswer(when, [.. (await desk.BarsAsync(caller.Actor, of, when)).Select(BarView.Of)]));
    }

    /// <param name="Subject"><c>member:bank-a</c> or <c>region:330100</c>.</param>
    /// <param name="Trigger">A grave event, or the first place on the list of involved accounts in two months running.</param>
    /// <param name="Occurred">When it was.</param>
    /// <param name="Reason">What happened, 1 to 2,000 characters.</param>
    internal sealed record RaiseForm(string Subject, LadderTrigger Trigger, Instant Occurred, string Reason);

    /// <param name="Issue">Whether it comes into force.</param>
    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record StepDecisionForm(bool Issue, string Reason);

    /// <param name="Text">What the subject says, 1 to 4,000 characters.</param>
    internal sealed record AppealForm(string Text);

    /// <param name="Upheld">Whether the subject is right.</param>
    /// <param name="Reason">Why, 1 to 2,000 characters.</param>
    internal sealed record AppealDecisionForm(bool Upheld, string Reason);
}

/// <summary>A step as the API tells of it: its document.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">The document's number.</param>
/// <param name="Rung">Which rung.</param>
/// <param name="Subject"><c>member:…</c> or <c>region:…</c>.</param>
/// <param name="Unit">The reseller or branch named.</param>
/// <param name="Officers">The responsible officers named.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Trigger">What led to it.</param>
/// <param name="Occurred">When that was.</param>
/// <param name="ReasonZh">The reason in Chinese.</param>
/// <param name="ReasonEn">The reason in English.</param>
/// <param name="Basis">Where the rung stands.</param>
/// <param name="Pack">The hash of the ladder that judged.</param>
/// <param name="Behind">The rectifications behind it.</param>
/// <param name="ProposedAt">When it was drafted.</param>
/// <param name="DecideBy">By when it is to be decided.</param>
/// <param name="Planned">What it bars once in force.</param>
/// <param name="IssuedAt">When it came into force.</param>
/// <param name="Decision">Why it was decided or dropped.</param>
/// <param name="Effects">What it bars.</param>
/// <param name="Limit">The limit of a listing.</param>
/// <param name="MissedAt">When it was noted that the limit was missed.</param>
/// <param name="StandsUntil">Until when it stands; of a listing, until it is delisted.</param>
/// <param name="Prolongs">The veto that it prolongs.</param>
/// <param name="AppealUntil">Until when the subject can appeal.</param>
/// <param name="Appeal">The appeal.</param>
/// <param name="EndedAt">When it was dropped, delisted or revoked.</param>
internal sealed record StepView(
    Guid Id, string Number, Rung Rung, string Subject, string? Unit, ImmutableArray<Officer> Officers, StepState State, LadderTrigger Trigger, Instant Occurred,
    string ReasonZh, string ReasonEn, CitedSource Basis, string Pack, ImmutableArray<Guid> Behind, Instant ProposedAt, Instant? DecideBy, ImmutableArray<PlannedEffect> Planned,
    Instant? IssuedAt, string? Decision, ImmutableArray<StandingEffect> Effects, Instant? Limit, Instant? MissedAt, Instant? StandsUntil, Guid? Prolongs, Instant? AppealUntil,
    StepAppeal? Appeal, Instant? EndedAt)
{
    public static StepView Of(LadderStep s) => new(
        s.Id, s.Number, s.Rung, s.Subject.ToString(), s.Unit, s.Officers, s.State, s.Trigger, s.Occurred, s.ReasonZh, s.ReasonEn, s.Basis, s.Pack, s.Behind, s.ProposedAt, s.DecideBy,
        s.Terms.Effects, s.IssuedAt, s.Decision, s.Effects, s.Limit, s.MissedAt, s.StandsUntil, s.Prolongs, s.AppealUntil, s.Appeal, s.EndedAt);
}

/// <summary>The bars at an instant.</summary>
/// <param name="At">The instant.</param>
/// <param name="Bars">The bars.</param>
internal sealed record BarsAnswer(Instant At, ImmutableArray<BarView> Bars);

/// <summary>One bar.</summary>
/// <param name="Subject"><c>member:…</c> or <c>region:…</c>.</param>
/// <param name="Unit">The reseller or branch that the document names.</param>
/// <param name="Bar">From what.</param>
/// <param name="Holder">Whom.</param>
/// <param name="Officers">The officers named; empty where the unit is barred.</param>
/// <param name="From">From when.</param>
/// <param name="Until">The first instant after.</param>
/// <param name="Rung">The rung.</param>
/// <param name="Number">The document's number.</param>
/// <param name="Source">Where that stands.</param>
internal sealed record BarView(
    string Subject, string? Unit, Bar Bar, BarHolder Holder, ImmutableArray<Officer> Officers, Instant From, Instant Until, Rung Rung, string Number, CitedSource Source)
{
    public static BarView Of(StandingBar b) => new(b.Subject.ToString(), b.Unit, b.Bar, b.Holder, b.Officers, b.From, b.Until, b.Rung, b.Number, b.Source);
}
