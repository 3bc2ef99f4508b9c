using Cordon.Casework.Answers;
using Cordon.Casework.Cases;
using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Liability;

/// <summary>The statement of liability of the API. Whole numbers and accounts stand in it, so only the centre has it.</summary>
internal static class LiabilityEndpoints
{
    private static readonly Refusal NotFollowed = new("liability/not-followed", RefusalKind.Conflict,
        "No payment of the case was found among the signals yet, so there is no loss to answer for.", "Ask the victim's bank to tell the transfers, then follow the case.");

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cases/{id:guid}/liability", StateAsync).WithTags("Cases").WithName("cases.liability")
            .WithSummary("Who answers for the case's loss and why, by the model of the duties in force: each sentence with its law and its records, and what must be asked.");
        api.MapGet("/cases/{id:guid}/liability/pdf", PdfAsync).WithTags("Cases").WithName("cases.liability-pdf")
            .WithSummary("The same statement as a PDF of both languages; refused where no font that shows Chinese is installed.")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf");
    }

    private static async Task<Results<Ok<LiabilityStatement>, Refused>> StateAsync(Caller caller, CaseDesk desk, DutyPack pack, TimeProvider time, Guid id) =>
        (await JudgeAsync(caller.Actor, desk, pack, time, id)).Answer(statement => statement);

    private static async Task<Results<FileContentHttpResult, Refused>> PdfAsync(
        Caller caller, CaseDesk desk, DutyPack pack, TimeProvider time, MemberRegister members, DocumentPrinter printer, Guid id)
    {
        var judged = await JudgeAsync(caller.Actor, desk, pack, time, id);
        return judged.Refusal is { } refusal ? new Refused(refusal) : printer.Answer(StatementDocument.Of(judged.Value, await members.ListAsync(), pack.UtcOffset));
    }

    private static async Task<Outcome<LiabilityStatement>> JudgeAsync(Actor actor, CaseDesk desk, DutyPack pack, TimeProvider time, Guid id)
    {
        if (await desk.ViewAsync(actor, id) is not { } view) return CaseRefusal.NotFound;
        if (view.Chain is not { } chain) return NotFollowed;
        var facts = CaseLiability.FactsOf(chain, Attribution.Attribute(chain, pack, Instant.From(time.GetUtcNow())));
        if (facts.Payments.IsEmpty) return NotFollowed;
        var judgement = LiabilityJudgement.Of(facts, pack);
        return judgement.Statement is { } statement ? statement : NotJudged(judgement);
    }

    private static Refusal NotJudged(LiabilityJudgement judgement) => new("liability/not-judged", RefusalKind.AgainstRule,
        $"The pack's model cannot be applied to what is known of the case: {string.Join("; ", judgement.Faults)}", "Put the missing facts into a file and state the liability with 'cordon liability'.");
}
