using Cordon.Engine.Patterns;

namespace Cordon.Commands.Detect;

/// <summary>How well a ranking tells bad from good.</summary>
/// <param name="Bad">How many bad ones there are.</param>
/// <param name="Of">Of how many.</param>
/// <param name="AveragePrecision">Area under precision by recall, as the step sum; ties count as one step.</param>
/// <param name="Auc">The chance that a bad one stands above a good one.</param>
/// <param name="Precision">Of the first so many as there are bad ones: the share that is bad. Recall is the same there.</param>
internal sealed record RankQuality(int Bad, int Of, double AveragePrecision, double Auc, double Precision);

/// <summary>How well alerts of one kind fit what is known.</summary>
/// <param name="Pattern">The kind.</param>
/// <param name="Alerts">How many were raised.</param>
/// <param name="TrueAlerts">How many are mostly bad: half of their transfers, or, where none is labelled, half of their accounts.</param>
/// <param name="AlertAverage">Average precision of alerts, ranked by the mean score of their accounts.</param>
/// <param name="AccountPrecision">Share of their accounts that are bad.</param>
/// <param name="AccountRecall">Share of the accounts of that type of pattern that stand in one; null where types are not known.</param>
/// <param name="TransferPrecision">Share of their transfers that are bad; null where transfers are not labelled.</param>
/// <param name="TransferRecall">Share of the transfers of that type that stand in one.</param>
/// <param name="AccountAverage">Average precision of the score for accounts of that type against accounts that are not bad.</param>
/// <param name="TransferAverage">The same of transfers.</param>
internal sealed record KindQuality(
    string Pattern, int Alerts, int TrueAlerts, double? AlertAverage, double? AccountPrecision, double? AccountRecall, double? TransferPrecision, double? TransferRecall, double? AccountAverage, double? TransferAverage);

/// <summary>A run beside labels.</summary>
internal sealed record DetectQuality(RankQuality Accounts, RankQuality? Transfers, IReadOnlyList<KindQuality> Patterns)
{
    public static DetectQuality Of(DetectRun run, ScoreBoard scores, LabelSet labels)
    {
        var transfers = scores.Transfers().Select(t => new Ranked(run.NameOf(t.Transfer), t.Score)).ToList();
        var accounts = scores.Accounts.Select(s => new Ranked(s.Account, s.Score)).ToList();
        var kinds = Enum.GetValues<PatternKind>().Select(kind => OfKind(kind, run, scores, labels, accounts, transfers)).ToList();
        return new DetectQuality(
            Rank(accounts, labels.Accounts.Contains), labels.Transfers.Count == 0 ? null : Rank(transfers, labels.Transfers.ContainsKey), kinds);
    }

    private static KindQuality OfKind(
        PatternKind kind, DetectRun run, ScoreBoard scores, LabelSet labels, List<Ranked> accounts, List<Ranked> transfers)
    {
        var name = ScoreFile.NameOf(kind);
        var alerts = run.Alerts.Where(a => a.Kind == kind).ToList();
        var alerted = alerts.SelectMany(a => a.Parties).Select(p => run.Names[p.Account]).ToHashSet(StringComparer.Ordinal);
        var moved = alerts.SelectMany(a => a.Transfers).Select(run.NameOf).ToHashSet(StringComparer.Ordinal);
        labels.AccountsOf.TryGetValue(name, out var members);
        var typed = labels.Transfers.Where(t => t.Value == name).Select(t => t.Key).ToHashSet(StringComparer.Ordinal);
        var known = labels.Transfers.Count > 0;
        var right = alerts.Where(alert => MostlyBad(alert, run, labels)).Select(alert => $"{alert.Number}").ToHashSet(StringComparer.Ordinal);
        return new KindQuality(
            name, alerts.Count, right.Count, right.Count == 0 ? null : Rank([.. alerts.Select(a => new Ranked($"{a.Number}", scores.RiskOf(a)))], right.Contains).AveragePrecision,
            Share(alerted, labels.Accounts.Contains), members is null ? null : Share(members, alerted.Contains),
            known ? Share(moved, labels.Transfers.ContainsKey) : null, Share(typed, moved.Contains),
            members is null ? null : Rank([.. accounts.Where(a => members.Contains(a.Name) || !labels.Accounts.Contains(a.Name))], members.Contains).AveragePrecision,
            typed.Count == 0 ? null : Rank([.. transfers.Where(t => typed.Contains(t.Name) || !labels.Transfers.ContainsKey(t.Name))], typed.Contains).AveragePrecision);
    }

    private static bool MostlyBad(PatternAlert alert, DetectRun run, LabelSet labels) => labels.Transfers.Count > 0
        ? 2 * alert.Transfers.Count(t => labels.Transfers.ContainsKey(run.NameOf(t))) >= alert.Transfers.Length
        : 2 * alert.Parties.Count(p => labels.Accounts.Contains(run.Names[p.Account])) >= alert.Parties.Length;

    private static double? Share(HashSet<string> of, Func<string, bool> such) => of.Count == 0 ? null : (double)of.Count(such) / of.Count;

    private static RankQuality Rank(List<Ranked> ranked, Func<string, bool> isBad)
    {
        var sorted = ranked.OrderByDescending(r => r.Score).Select(r => (r.Score, Bad: isBad(r.Name))).ToList();
        var bad = sorted.Count(r => r.Bad);
        var (average, above, seen, found, atBad) = (0.0, 0.0, 0, 0, 0.0);
        for (var i = 0; i < sorted.Count;)
        {
            var (end, hits) = (i, 0);
            for (; end < sorted.Count && sorted[end].Score == sorted[i].Score; end++) hits += sorted[end].Bad ? 1 : 0;
            var good = end - i - hits;
            above += good * (found + (hits / 2.0));
            if (seen < bad) atBad = found + (hits * Math.Min(1.0, (bad - seen) / (double)(end - i)));
            (seen, found) = (end, found + hits);
            if (bad > 0) average += (double)hits / bad * found / seen;
            i = end;
        }
        var pairs = (double)bad * (sorted.Count - bad);
        return new RankQuality(bad, sorted.Count, average, pairs == 0 ? 0 : above / pairs, bad == 0 ? 0 : atBad / bad);
    }

    private readonly record struct Ranked(string Name, double Score);
}
