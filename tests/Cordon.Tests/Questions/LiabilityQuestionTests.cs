using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Liability;
using Cordon.Casework.Members;
using Cordon.Casework.Questions;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;
using static Cordon.Tests.Findings.ChainOf;

namespace Cordon.Tests.Questions;

/// <summary>Where a model lays losses on members, what a chain does not tell is asked of them until the statement is decided.</summary>
public sealed class LiabilityQuestionTests
{
    private static readonly DutyPack Sg = ShippedPack.Of("sg");
    private static readonly Instant Paid = At("2026-03-02T04:00:00Z");
    private static readonly Instant Judged = At("2026-03-20T04:00:00Z");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answers_decide_the_waterfall(bool breached)
    {
        var chain = Chain([]);
        var asked = new Dictionary<string, QuestionLink>();
        LiabilityStatement statement;
        while ((statement = Judge(chain)).Outcome == LiabilityOutcome.Undecided)
        {
            var fresh = CaseQuestions.Hanging(chain, Attribution.Attribute(chain, Sg, Judged), Sg, Sg.Liability[^1])
                .Where(h => !asked.ContainsKey($"{h.Member} {h.About}")).ToList();
            Assert.NotEmpty(fresh);
            foreach (var one in fresh) asked.Add($"{one.Member} {one.About}", Answered(asked.Count, one, ValueOf(one.About, breached && one.Member == Member("bank-a"))));
            chain = Chain([.. asked.Values]);
        }
        Assert.Equal(LiabilityOutcome.Decided, statement.Outcome);
        var share = Assert.Single(statement.Shares);
        Assert.Equal(breached ? (Bearer.Sending, (MemberCode?)Member("bank-a")) : (Bearer.Customer, null), (share.As, share.Member));
        Assert.Equal(statement.Loss, share.Bears);
        Assert.Contains(statement.Sentences, s => s.Records.Contains("contract 17"));
        Assert.Equal(statement.ToJson(), Judge(Chain([.. asked.Values.Reverse()])).ToJson());
    }

    [Fact]
    public void Answers_that_contradict_each_other_leave_the_fact_unknown()
    {
        var authorised = new CaseQuestions.HangingOn(Member("bank-a"), null, "facts:authorised", "", [], new("", ""));
        var chain = Chain([Answered(1, authorised, "yes"), Answered(2, authorised with { Member = Member("bank-b") }, "no")]);
        Assert.Null(CaseLiability.FactsOf(chain, Attribution.Attribute(chain, Sg, Judged)).Authorised);
    }

    private static string ValueOf(string about, bool breached) => about switch
    {
        "facts:authorised" or "facts:malware" => "no",
        "facts:reported" => "2026-03-03T04:00:00Z",
        "facts:papers" => "2026-03-04T04:00:00Z",
        _ => breached ? QuestionCatalogue.Breached : QuestionCatalogue.Kept,
    };

    private static LiabilityStatement Judge(FraudChain chain)
    {
        var judgement = LiabilityJudgement.Of(CaseLiability.FactsOf(chain, Attribution.Attribute(chain, Sg, Judged)), Sg);
        return judgement.Statement ?? throw new InvalidOperationException(string.Join("; ", judgement.Faults));
    }

    private static QuestionLink Answered(int number, CaseQuestions.HangingOn one, string value) => new(
        $"question:Q-{number}", one.Member, Sector.Bank, Paid, true, [new Evidence(EvidenceKind.Question, one.Member, $"q{number}")],
        $"Q-{number}", one.About, "", Paid + TimeSpan.FromDays(10), Paid + TimeSpan.FromDays(1), value, ["contract 17"]);

    private static FraudChain Chain(ImmutableArray<ChainLink> questions)
    {
        var sum = new Amount(10_000_00, Currency.Parse("SGD"));
        var (from, to) = (AccountNumber.Parse("bank-a:1"), AccountNumber.Parse("bank-b:2"));
        return new FraudChain("case-1", sum, true, false,
        [
            new CallLink("call:telco-a/c1", Member("telco-a"), Sector.TelecomOperator, Paid, true, [new Evidence(EvidenceKind.Call, Member("telco-a"), "c1")],
                Phone("+6580000001"), Phone("+6580000002"), CallOrigin.Domestic, null, false, new SignalId("c1")),
            new TransferLink("transfer:bank-a/t1", from.Member, Sector.Bank, Paid, true, [new Evidence(EvidenceKind.Transfer, from.Member, "t1")],
                new SignalId("t1"), from, to, sum, sum, sum, 1),
            new AccountLink($"account:{to}", to.Member, Sector.Bank, Paid, true, [new Evidence(EvidenceKind.Transfer, from.Member, "t1")],
                to, AccountKind.Personal, IdentityCheck.Verified, null, null, Paid, 1, sum, sum, sum, TraceOutcome.Held),
            .. questions,
        ]);
    }
}
