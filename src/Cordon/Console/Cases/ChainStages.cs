using Cordon.Casework.Cases;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;

namespace Cordon.WebConsole.Cases;

/// <summary>A column of the drawn chain: links of one place, or of one layer of accounts.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Links">Its links by time.</param>
internal sealed record ChainStage(string Name, IReadOnlyList<ChainLink> Links);

/// <summary>A chain as stages in order, each with its links by sector.</summary>
/// <param name="Stages">The columns, in the chain's order.</param>
/// <param name="Lanes">The sectors that have a link, in the order in which a stage shows them; null for those who are no member.</param>
/// <param name="Findings">The failed duties by link.</param>
/// <param name="QuietTransfers">Transfers of the chain at which no duty failed; the trace shows them.</param>
internal sealed record ChainStages(
    IReadOnlyList<ChainStage> Stages, List<Sector?> Lanes, ILookup<string, Finding> Findings, int QuietTransfers)
{
    public static ChainStages From(FraudChain chain, IReadOnlyList<Finding> findings)
    {
        var byLink = findings.ToLookup(f => f.Link);
        var shown = chain.Links.Where(l => l is not TransferLink || byLink.Contains(l.Id)).ToList();
        var stages = shown.GroupBy(Place).OrderBy(g => g.Key)
            .Select(g => new ChainStage(Name(g.Key), [.. g.OrderBy(l => l.At).ThenBy(l => l.Id, StringComparer.Ordinal)])).ToList();
        var lanes = shown.Select(l => l.Sector).Distinct().OrderBy(s => s is null).ThenBy(s => s).ToList();
        return new ChainStages(stages, lanes, byLink, chain.Links.Length - shown.Count);
    }

    // A failed transfer stands with the accounts it reached: that is where the reader looks for it.
    private static (LinkKind Kind, int Layer) Place(ChainLink link) => link switch
    {
        AccountLink a => (LinkKind.Account, a.Layer),
        TransferLink t => (LinkKind.Account, t.Layer),
        _ => (link.Kind, 0),
    };

    private static string Name((LinkKind Kind, int Layer) place) => place.Kind switch
    {
        LinkKind.Call => "Call",
        LinkKind.Line => "Line",
        LinkKind.Account => place.Layer == 1 ? "First account" : $"Layer {place.Layer}",
        LinkKind.Pool => "Pool",
        LinkKind.CashOut => "Cash-out",
        LinkKind.Order => "Order",
        _ => place.Kind.ToString(),
    };
}
