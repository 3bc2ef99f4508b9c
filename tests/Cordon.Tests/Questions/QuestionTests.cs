using Cordon.Casework.Findings;
using Cordon.Casework.Questions;
using Cordon.Engine.Signals;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Questions;

/// <summary>What a judgement hangs on and nobody told is asked once; the answer judges, and silence is a finding.</summary>
public sealed class QuestionTests
{
    private const string Untold = "account:bank-b:u";
    private static readonly MemberCode BankB = MemberCode.Parse("bank-b");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task What_nobody_told_is_asked_once_and_the_answer_judges(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var (caseId, questions) = await CaseAsync(centre);
        var asked = Assert.Single(await questions.ListAsync(Office, new QuestionFilter { Case = caseId }));
        Assert.Equal((BankB, QuestionCatalogue.Identity, Untold, QuestionState.Asked), (asked.Member, asked.About, asked.Link, asked.State));
        Assert.Equal(["cn.atf.15.customer-due-diligence"], asked.Duties);
        // Ten days by the law's calendar, to the end of the last.
        var now = centre.Store.Now;
        Assert.InRange(asked.AnswerBy - now, TimeSpan.FromDays(10), TimeSpan.FromDays(11));
        Assert.Equal(TimeSpan.Zero, (asked.AnswerBy + TimeSpan.FromHours(8)).ToDateTimeOffset().TimeOfDay);
        await centre.FollowAsync(caseId);
        Assert.Single(await questions.ListAsync(Office, new QuestionFilter { Case = caseId }));

        Assert.Empty(await questions.ListAsync(Clerk(MemberCode.Parse("bank-a")), new QuestionFilter()));
        Assert.Equal("question/not-found", await RefusedAsync(questions, Clerk(MemberCode.Parse("bank-a")), asked, "verified"));
        Assert.Equal("question/not-the-member", await RefusedAsync(questions, Office, asked, "verified"));
        Assert.Equal("question/bad-value", await RefusedAsync(questions, Clerk(BankB), asked, "kept"));
        Assert.Equal("question/no-records", (await questions.AnswerAsync(Clerk(BankB), asked.Id, new AnswerQuestion("verified", null, []), Cancel)).Refusal!.Code);

        Assert.Equal("no refusal", await RefusedAsync(questions, Clerk(BankB), asked, "notVerified"));
        var finding = Assert.Single(await centre.Findings.ListAsync(Office, caseId), f => f.Link == Untold);
        Assert.Equal(("cn.atf.15.customer-due-diligence", BankB), (finding.Duty, finding.Member));
        Assert.Contains($"question:{asked.Id}", finding.Evidence);
        var answered = (await questions.FindAsync(Clerk(BankB), asked.Id, Cancel))!;
        Assert.Equal((QuestionState.Answered, "notVerified", Clerk(BankB).Id), (answered.State, answered.Value, answered.AnsweredBy));
        Assert.Equal("no refusal", await RefusedAsync(questions, Clerk(BankB), asked, "notVerified"));
        Assert.Equal(answered.Version, (await questions.FindAsync(Office, asked.Id, Cancel))!.Version);
        Assert.Equal("question/answered", await RefusedAsync(questions, Clerk(BankB), asked, "verified"));
        Assert.DoesNotContain(await centre.Findings.ListAsync(Office, caseId), f => f.Duty == "cn.ours.question-answered");
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Silence_is_a_finding_and_a_late_answer_does_not_undo_it(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var (caseId, questions) = await CaseAsync(centre);
        var asked = Assert.Single(await questions.ListAsync(Office, new QuestionFilter { Case = caseId }));
        centre.Advance(asked.AnswerBy - centre.Store.Now);
        Assert.Equal(0, await questions.CheckClocksAsync(Cancel));
        centre.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await questions.CheckClocksAsync(Cancel));
        Assert.Equal(0, await questions.CheckClocksAsync(Cancel));
        var silence = Assert.Single(await SilenceAsync(centre, caseId));
        Assert.Equal(BankB, silence.Member);
        Assert.Equal([$"question:{asked.Id}"], silence.Evidence);

        Assert.Equal("no refusal", await RefusedAsync(questions, Clerk(BankB), asked, "verified"));
        Assert.Single(await SilenceAsync(centre, caseId));
        Assert.DoesNotContain(await centre.Findings.ListAsync(Office, caseId), f => f.Link == Untold);
    }

    [Fact]
    public async Task What_a_signal_tells_meanwhile_is_asked_no_more()
    {
        await using var centre = await OpenAsync();
        var (caseId, questions) = await CaseAsync(centre);
        var asked = Assert.Single(await questions.ListAsync(Office, new QuestionFilter { Case = caseId }));
        await centre.TellAsync(Opening(IdentityCheck.Verified, "told"));
        await centre.FollowAsync(caseId);
        Assert.Equal(QuestionState.Told, (await questions.FindAsync(Office, asked.Id, Cancel))!.State);
        Assert.Equal("question/ended", await RefusedAsync(questions, Clerk(BankB), asked, "verified"));
        centre.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await questions.CheckClocksAsync(Cancel));
        Assert.Empty(await SilenceAsync(centre, caseId));
    }

    [Theory]
    [InlineData(QuestionCatalogue.LinesHeld, "7", true)]
    [InlineData(QuestionCatalogue.LinesHeld, "-1", false)]
    [InlineData(QuestionCatalogue.LinesHeld, "seven", false)]
    [InlineData(QuestionCatalogue.LinesHeld, "1000001", false)]
    [InlineData(QuestionCatalogue.Origin, QuestionCatalogue.Roaming, true)]
    [InlineData(QuestionCatalogue.Origin, "abroad", false)]
    [InlineData(QuestionCatalogue.LineKind, "iot", true)]
    [InlineData(QuestionCatalogue.LineKind, "unknown", false)]
    [InlineData("facts:reported", "2026-03-02T04:00:00Z", true)]
    [InlineData("facts:reported", "yes", false)]
    [InlineData("facts:authorised", "no", true)]
    [InlineData("sg.srf.kill-switch", QuestionCatalogue.Kept, true)]
    [InlineData("sg.srf.kill-switch", "yes", false)]
    public void An_answer_is_one_of_the_values_of_what_is_asked(string about, string value, bool takes) =>
        Assert.Equal(takes, QuestionCatalogue.Takes(about, value));

    private static async Task<(Guid Case, QuestionDesk Questions)> CaseAsync(OrderCentre centre)
    {
        await centre.TellAsync(Opening(IdentityCheck.Unknown, "opened"));
        await centre.TellAsync(Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0), Pay("t2", "bank-b:m", "bank-b:u", 47_000_00, 5));
        return (await centre.ReportAsync(), new QuestionDesk(centre.Store, centre.Cases));
    }

    private static AccountOpening Opening(IdentityCheck identity, string id) => new(
        new SignalId(id), BankB, At(-60), AccountNumber.Parse("bank-b:u"), AccountKind.Personal, identity, null, Yuan(0), null, null);

    private static async Task<List<Finding>> SilenceAsync(OrderCentre centre, Guid caseId) =>
        (await centre.Findings.ListAsync(Office, caseId)).FindAll(f => f.Duty == "cn.ours.question-answered");

    private static async Task<string> RefusedAsync(QuestionDesk questions, Casework.Actor actor, Question asked, string value) =>
        (await questions.AnswerAsync(actor, asked.Id, new AnswerQuestion(value, null, ["contract 17"]), Cancel)).Refusal?.Code ?? "no refusal";
}
