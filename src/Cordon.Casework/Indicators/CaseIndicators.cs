using System.Text;
using Cordon.Casework.Cases;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Indicators;

/// <summary>What a case names as used for its fraud.</summary>
internal static class CaseIndicators
{
    /// <summary>A case names at most so many: whoever confirms them looks at each. Ours.</summary>
    private const int Most = 200;

    /// <summary>Proven lines that called the victim, accounts that surely took stolen money in the order of their layers, domains of the reports.</summary>
    public static async Task<IEnumerable<ProposedIndicator>> NamedAsync(CaseworkContext db, Case of, CancellationToken cancel)
    {
        var stored = await db.Set<CaseChain>().FindAsync([of.Id], cancel);
        var chain = stored is null ? null : FraudChain.FromJson(Encoding.UTF8.GetBytes(stored.Json));
        var reports = await db.Set<Report>().Where(r => r.CaseId == of.Id).ToListAsync(cancel);
        // What nobody vouches for names nothing.
        reports.RemoveAll(r => !r.MayAct);
        var victims = reports.Select(r => r.Phone).OfType<PhoneNumber>().ToHashSet();
        var lines = (chain?.Links.OfType<LineLink>() ?? []).Where(l => l is { Proven: true, CallsMade: > 0 } && !victims.Contains(l.Line))
            .Select(l => (IndicatorKind.Number, l.Line.ToString()));
        var accounts = (chain?.Links.OfType<AccountLink>() ?? []).Where(a => a is { Proven: true, SurelyArrived.Minor: > 0 }).OrderBy(a => a.Layer)
            .Select(a => (IndicatorKind.Account, a.Account.ToString()));
        var domains = reports.SelectMany(r => r.Suspects.Domains).Where(d => Domain.IsValid(d)).Select(d => (IndicatorKind.Domain, d));
        return lines.Concat(domains).Concat(accounts).Distinct().Take(Most)
            .Select(named => new ProposedIndicator(named.Item1, named.Item2, IndicatorRules.CaseConfidence, Tlp.Amber, $"Named by case {of.Number}."));
    }
}
