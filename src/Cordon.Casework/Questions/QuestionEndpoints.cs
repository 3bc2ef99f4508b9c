using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Findings;
using Cordon.Casework.Rectifications;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Questions;

/// <summary>The questions of the API.</summary>
internal static class QuestionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/questions").WithTags("Questions");
        group.MapGet("/", ListAsync).WithName("questions.list").WithSummary("What members are asked in cases because a judgement hangs on it, the newest first: a member sees its own.");
        group.MapGet("/{id:guid}", FindAsync).WithName("questions.get").WithSummary("One question with the values that answer it.");
        group.MapPost("/{id:guid}/answer", AnswerAsync).WithName("questions.answer").WithSummary("The member answers with a value and the records that show it; the case is judged anew by it.");
    }

    private static async Task<Results<Ok<Page<QuestionView>>, Refused>> ListAsync(
        Caller caller, QuestionDesk desk, QuestionState? state, Guid? @case, string? member, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        MemberCode? of = null;
        if (member is not null)
        {
            if (!MemberCode.TryParse(member, out var code)) return new Refused(RectificationRefusal.BadMember);
            of = code;
        }
        var rows = await desk.ListAsync(caller.Actor, new QuestionFilter { State = state, Case = @case, Member = of, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, q => q.Number, q => QuestionView.For(caller.Actor, q)));
    }

    private static async Task<Results<Ok<QuestionView>, Refused>> FindAsync(Caller caller, QuestionDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.FindAsync(caller.Actor, id, cancel) is { } found ? QuestionView.For(caller.Actor, found) : null).AnswerOr(QuestionRefusal.NotFound);

    private static async Task<Results<Ok<QuestionView>, Refused>> AnswerAsync(Caller caller, QuestionDesk desk, Guid id, AnswerForm form, CancellationToken cancel) =>
        (await desk.AnswerAsync(caller.Actor, id, new AnswerQuestion(form.Value, form.Words, form.Records), cancel)).Answer(q => QuestionView.For(caller.Actor, q));

    /// <param name="Value">One of the values that the question names, a number, or an instant.</param>
    /// <param name="Records">The member's records that show it, 1 to 20 of 1 to 200 characters.</param>
    /// <param name="Words">What it adds, up to 2,000 characters.</param>
    internal sealed record AnswerForm(string Value, ImmutableArray<string> Records, string? Words = null);
}

/// <summary>A question as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Case">The case.</param>
/// <param name="Member">Who is asked.</param>
/// <param name="Agent">The reseller or branch that it is about.</param>
/// <param name="About">What is asked.</param>
/// <param name="Link">The link of the chain; empty where it is about none.</param>
/// <param name="Duties">The duties whose judgement hangs on it.</param>
/// <param name="TextZh">The question in Chinese.</param>
/// <param name="TextEn">The question in English.</param>
/// <param name="Values">The values that answer it; empty where a number or an instant does.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="AnswerBy">Until when an answer is owed.</param>
/// <param name="OverdueAt">When that time ran out without one.</param>
/// <param name="AnsweredAt">When the member answered.</param>
/// <param name="Value">The answer.</param>
/// <param name="Words">What the member added.</param>
/// <param name="Records">The records that show it.</param>
internal sealed record QuestionView(
    Guid Id, string Number, Guid Case, MemberCode Member, string? Agent, string About, string Link, ImmutableArray<string> Duties, string TextZh, string TextEn,
    ImmutableArray<string> Values, QuestionState State, Instant AskedAt, Instant AnswerBy, Instant? OverdueAt, Instant? AnsweredAt, string? Value, string? Words,
    ImmutableArray<string> Records)
{
    public static QuestionView For(Actor actor, Question q)
    {
        var whole = FindingView.SeesWhole(actor, q.Member);
        return new(
            q.Id, q.Number, q.CaseId, q.Member, q.Agent, q.About, whole ? q.Link : FindingView.Masked(q.Link), q.Duties,
            whole ? q.TextZh : FindingView.Spare(q.TextZh, q.Link), whole ? q.TextEn : FindingView.Spare(q.TextEn, q.Link),
            QuestionCatalogue.ValuesOf(q.About), q.State, q.AskedAt, q.AnswerBy, q.OverdueAt, q.AnsweredAt, q.Value, whole ? q.Words : null, q.Records);
    }
}
