using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Liability;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;
using Cordon.Tests.Findings;

namespace Cordon.Tests.Liability;

/// <summary>Mainland China: a case's findings become the regulator's statement.</summary>
public sealed class FindingsForTheRegulatorTests
{
    private static readonly FraudChain Chain = FraudChainBuilder.Build(ProvinceFacts.Of(ProvinceFacts.Calls, ProvinceFacts.Orders, ProvinceFacts.Trace()));
    private static readonly AttributionResult Judged = Attribution.Attribute(Chain, ShippedPack.Cn, ProvinceFacts.After(24 * 60));
    private static readonly LiabilityStatement Statement = CaseLiability.FactsOf(Chain, Judged).Judged("cn");

    /// <summary>The same fraud, of whose calls nobody told where they came in, and of whose money the trace gives an interval.</summary>
    private static readonly FraudChain Doubtful = FraudChainBuilder.Build(ProvinceFacts.Of(
        [.. ProvinceFacts.Calls.Select(c => c with { Origin = CallOrigin.Unknown })], ProvinceFacts.Orders, ProvinceFacts.Trace(certain: false)));

    [Fact]
    public void The_loss_is_that_of_the_chain_and_is_given_to_nobody()
    {
        Assert.Equal(Chain.Loss, Statement.Loss);
        Assert.Equal(Chain.Loss, Statement.Unallocated);
        Assert.Empty(Statement.Shares);
        Assert.Equal(LiabilityModel.Findings, Statement.Model);
    }

    [Fact]
    public void Every_finding_is_stated_with_its_sentence_article_and_records()
    {
        Assert.NotEmpty(Judged.Findings);
        foreach (var finding in Judged.Findings)
        {
            var sentence = Assert.Single(Statement.Sentences, s => s.Text.Zh.EndsWith(finding.Statement.Zh, StringComparison.Ordinal));
            Assert.EndsWith(finding.Statement.En, sentence.Text.En, StringComparison.Ordinal);
            Assert.Contains(sentence.Sources, s => s.Citation == finding.Article);
            Assert.Superset(finding.Evidence.Select(e => e.ToString()).ToHashSet(), sentence.Records.ToHashSet());
            Assert.Contains(finding.Link, sentence.Records);
        }
    }

    [Fact]
    public void What_may_follow_is_told_beside_it_and_the_victims_claim_at_civil_law_at_the_end()
    {
        Assert.Contains(Statement.Sentences, s => s.Text.En.StartsWith("On this, Anti-Telecom and Online Fraud Law (2022), art. 39, item 5", StringComparison.Ordinal));
        var civil = Statement.Sentences.Last(s => s.Sources.Any(c => c.Citation.En.EndsWith("art. 46", StringComparison.Ordinal)));
        Assert.Contains(Chain.Loss.ToString(), civil.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_unknown_is_asked_of_its_member_by_a_day_that_is_marked_ours()
    {
        var judged = Attribution.Attribute(Doubtful, ShippedPack.Cn, ProvinceFacts.After(24 * 60));
        var statement = CaseLiability.FactsOf(Doubtful, judged).Judged("cn");
        var unknown = judged.Assessments.Where(a => a.Standing == Standing.Unknown).Select(a => (a.Member, a.Duty, (string?)a.Link)).ToHashSet();
        Assert.NotEmpty(unknown);
        Assert.Equal(unknown, statement.Open.Select(q => ((MemberCode)q.Member!, q.About, q.Link)).ToHashSet());
        Assert.Equal(LiabilityOutcome.Undecided, statement.Outcome);
        Assert.All(statement.Open, q => Assert.Equal(SourceTier.Ours, q.Source.Tier));
    }

    [Fact]
    public void Without_a_question_the_findings_are_stated_and_without_a_breach_that_is_said()
    {
        var facts = CaseLiability.FactsOf(Chain, Judged);
        var answered = Only(facts, Standing.Kept, Standing.Breached).Judged("cn");
        Assert.Equal((LiabilityOutcome.Stated, 0), (answered.Outcome, answered.Open.Length));
        Assert.Contains(answered.Sentences, s => s.Text.En.StartsWith($"These {Judged.Findings.Length} findings go to the authority", StringComparison.Ordinal));
        Assert.Contains(Only(facts, Standing.Kept).Judged("cn").Sentences, s => s.Text.En == "The records at hand show no breach.");

        static LiabilityFacts Only(LiabilityFacts facts, params Standing[] standings) =>
            facts with { Members = [.. facts.Members.Select(m => m with { Answers = [.. m.Answers.Where(a => standings.Contains(a.Standing))] })] };
    }

    [Fact]
    public void What_is_unknown_says_which_fact_nobody_told()
    {
        var judged = Attribution.Attribute(Doubtful, ShippedPack.Cn, ProvinceFacts.After(24 * 60));
        var statement = CaseLiability.FactsOf(Doubtful, judged).Judged("cn");
        var open = judged.Assessments.Where(a => a.Standing == Standing.Unknown && a.Reasons.Any(r => r.Value == "unknown")).ToList();
        Assert.NotEmpty(open);
        Assert.All(open, a => Assert.Contains(statement.Sentences, s => s.Records.Contains(a.Link) && s.Text.En.EndsWith("not told: " + string.Join(", ", a.Reasons.Where(r => r.Value == "unknown").Select(r => r.Fact)) + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_chain_gives_the_same_bytes_whatever_the_order_of_its_links()
    {
        var turned = Chain with { Links = [.. Chain.Links.Reverse()] };
        var again = CaseLiability.FactsOf(turned, Attribution.Attribute(turned, ShippedPack.Cn, ProvinceFacts.After(24 * 60))).Judged("cn");
        Assert.Equal(Statement.ToJson(), again.ToJson());
    }
}
