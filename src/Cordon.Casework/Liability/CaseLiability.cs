using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>Makes the facts of a statement from a case's chain and its attribution.</summary>
public static class CaseLiability
{
    /// <summary>
    /// The facts as the chain and its judgement tell them. The victim's payments are the transfers of the first layer, each with the stolen
    /// money in it. What the chain does not tell (report, papers, circumstances) stays unknown; the findings' model asks for none of it.
    /// </summary>
    /// <param name="chain">The chain.</param>
    /// <param name="result">Its attribution.</param>
    public static LiabilityFacts FactsOf(FraudChain chain, AttributionResult result)
    {
        var sectors = SectorsOf(chain);
        var moments = chain.Links.ToDictionary(l => l.Id, l => l.At, StringComparer.Ordinal);
        var statements = result.Findings.ToDictionary(f => (f.Duty, f.Member, f.Link), f => f.Statement);
        return new LiabilityFacts
        {
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
                .. result.Assessments.GroupBy(a => a.Member).Where(g => sectors.ContainsKey(g.Key)).Select(g => new LiableMember
                {
                    Member = g.Key,
                    Sector = sectors[g.Key],
                    Answers =
                    [
                        .. g.Select(a => new DutyAnswer
                        {
                            Duty = a.Duty,
                            Standing = a.Standing,
                            At = moments[a.Link],
                            Link = a.Link,
                            Shows = statements.GetValueOrDefault((a.Duty, a.Member, a.Link)) ?? Missing(a),
                            Evidence = Texts(a.Evidence),
                        }),
                    ],
                }),
            ],
        };
    }

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
