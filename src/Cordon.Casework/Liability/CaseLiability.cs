using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Casework.Questions;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>Makes the facts of a statement from a case's chain and its attribution.</summary>
public static class CaseLiability
{
    /// <summary>
    /// The facts as the chain and its judgement tell them. The victim's payments are the transfers of the first layer, each with the stolen
    /// money in it. What neither the chain nor an answer in it tells (report, papers, circumstances) stays unknown; the findings' model asks for none of it.
    /// </summary>
    /// <param name="chain">The chain.</param>
    /// <param name="result">Its attribution.</param>
    public static LiabilityFacts FactsOf(FraudChain chain, AttributionResult result)
    {
        var sectors = SectorsOf(chain);
        var moments = chain.Links.ToDictionary(l => l.Id, l => l.At, StringComparer.Ordinal);
        var statements = result.Findings.ToDictionary(f => (f.Duty, f.Member, f.Link), f => f.Statement);
        var answers = chain.Links.OfType<QuestionLink>().Where(q => q.Value is not null).ToList();
        return new LiabilityFacts
        {
            Authorised = ShownOf(answers, "facts:authorised"),
            Malware = ShownOf(answers, "facts:malware"),
            FirstPartyFraud = ShownOf(answers, "facts:firstPartyFraud"),
            GrossNegligence = ShownOf(answers, "facts:grossNegligence"),
            Vulnerable = ShownOf(answers, "facts:vulnerable"),
            Reported = MomentOf(answers, "facts:reported"),
            Papers = MomentOf(answers, "facts:papers"),
            Case = result.Case,
            At = result.At,
            Payments =
            [
                .. chain.Links.OfType<TransferLink>().Where(t => t.Layer == 1 && t.Stolen.Minor > 0).Select(t => new VictimPayment
                {
                    Id = t.Id,
                    At = t.At,
                    Amount = t.Stolen,
                    Sending = t.From?.Member,
                    Receiving = t.To?.Member,
                    Evidence = Texts(t.Evidence),
                }),
            ],
            Members =
            [
                .. Parties(chain, result).Where(sectors.ContainsKey).Select(member => new LiableMember
                {
                    Member = member,
                    Sector = sectors[member],
                    Answers =
                    [
                        .. result.Assessments.Where(a => a.Member == member).Select(a => new DutyAnswer
                        {
                            Duty = a.Duty,
                            Standing = a.Standing,
                            At = moments[a.Link],
                            Link = a.Link,
                            Shows = statements.GetValueOrDefault((a.Duty, a.Member, a.Link)) ?? Missing(a),
                            Evidence = Texts(a.Evidence),
                        }),
                        .. answers.Where(q => q.Member == member && q.Value is QuestionCatalogue.Kept or QuestionCatalogue.Breached).Select(q => new DutyAnswer
                        {
                            Duty = q.About,
                            Standing = q.Value == QuestionCatalogue.Kept ? Standing.Kept : Standing.Breached,
                            Shows = new Wording($"{member}在询问{q.Number}中自述。", $"{member} says so itself in question {q.Number}."),
                            Evidence = [.. Texts(q.Evidence), .. q.Records],
                        }),
                    ],
                }),
            ],
        };
    }

    /// <summary>Whose duties were judged, and the institutions and operators that the fraud went through first: of these a model may ask more than a chain tells.</summary>
    private static IEnumerable<MemberCode> Parties(FraudChain chain, AttributionResult result) => result.Assessments.Select(a => a.Member)
        .Concat(chain.Links.OfType<TransferLink>().Where(t => t.Layer == 1).SelectMany(t => new[] { t.From?.Member, t.To?.Member }.OfType<MemberCode>()))
        .Concat(chain.Links.OfType<CallLink>().Select(c => c.Member))
        .Distinct();

    /// <summary>What those asked agree on; null where nobody answered or two contradict each other.</summary>
    private static ShownFact? ShownOf(List<QuestionLink> answers, string about) =>
        answers.FindAll(q => q.About == about) is { Count: > 0 } told && told.TrueForAll(q => q.Value == told[0].Value)
            ? new ShownFact { Is = told[0].Value == "yes", Evidence = RecordsOf(told) }
            : null;

    /// <summary>The earliest moment told.</summary>
    private static ToldAt? MomentOf(List<QuestionLink> answers, string about) =>
        answers.FindAll(q => q.About == about) is { Count: > 0 } told
            ? new ToldAt { At = told.Min(q => Instant.TryParse(q.Value!, out var at) ? at : Instant.Max), Evidence = RecordsOf(told) }
            : null;

    private static ImmutableArray<string> RecordsOf(List<QuestionLink> told) => [.. told.SelectMany(q => Texts(q.Evidence).Concat(q.Records))];

    /// <summary>Which facts nobody told, by their names, where that leaves the answer open.</summary>
    private static Wording? Missing(Assessment assessment)
    {
        var untold = assessment.Reasons.Where(r => r.Value == "unknown").Select(r => r.Fact).ToList();
        if (assessment.Standing != Standing.Unknown || untold.Count == 0) return null;
        return new Wording($"尚未获知{string.Join("、", untold)}。", $"not told: {string.Join(", ", untold)}.");
    }

    private static Dictionary<MemberCode, Sector> SectorsOf(FraudChain chain)
    {
        var found = new Dictionary<MemberCode, Sector>();
        foreach (var link in chain.Links)
        {
            if (link.Sector is { } sector) found.TryAdd(link.Member, sector);
            if (link is OrderLink { Issuer: { } issuer, IssuerSector: { } which }) found.TryAdd(issuer, which);
        }
        return found;
    }

    private static ImmutableArray<string> Texts(ImmutableArray<Evidence> evidence) => [.. evidence.Select(e => e.ToString())];
}
