using Cordon.Engine.Patterns;

namespace Cordon.Commands.Detect;

/// <summary>An account of the file with its score.</summary>
/// <param name="Account">As the file names it.</param>
/// <param name="Number">Its number in the run.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Pattern">The kind of its most surprising alert; null where it stands in none.</param>
internal readonly record struct ScoredAccount(string Account, int Number, double Score, PatternKind? Pattern);

/// <summary>The scores of a run: of accounts, and by them of alerts and transfers.</summary>
internal sealed class ScoreBoard
{
    private readonly double[] byNumber;
    private readonly DetectRun run;

    public ScoreBoard(DetectRun run)
    {
        this.run = run;
        var scored = run.Names.Select((name, number) => new ScoredAccount(name, number, 0, null)).ToArray();
        foreach (var watch in run.Watches.Values)
            foreach (var (account, score, standing) in AccountScores.Of(watch))
                // An account in two currencies has the higher of its scores.
                if (score > scored[account].Score || scored[account].Pattern is null)
                    scored[account] = scored[account] with { Score = Math.Max(score, scored[account].Score), Pattern = standing.Foremost ?? scored[account].Pattern };
        byNumber = [.. scored.Select(account => account.Score)];
        Accounts = [.. scored.OrderByDescending(account => account.Score).ThenBy(account => account.Account, StringComparer.Ordinal)];
    }

    /// <summary>Every account, highest score first, equals by name.</summary>
    public IReadOnlyList<ScoredAccount> Accounts { get; }

    /// <summary>The mean score of the accounts of an alert.</summary>
    public double RiskOf(PatternAlert alert) => alert.Parties.Average(party => byNumber[party.Account]);

    /// <summary>
    /// The transfers between accounts, highest score first: the lower of its accounts' scores, less where the two pay each other
    /// more often, because a launderer's daily life goes on beside.
    /// </summary>
    public IReadOnlyList<(PatternTransfer Transfer, double Score)> Transfers()
    {
        var times = run.Kept.CountBy(t => (t.Payer, t.Payee)).ToDictionary();
        return [.. run.Kept.Select(t => (t, Math.Min(byNumber[t.Payer], byNumber[t.Payee]) * Newness(times[(t.Payer, t.Payee)])))
            .OrderByDescending(t => t.Item2).ThenBy(t => t.t.Number)];
    }

    private static double Newness(int times) => times switch { 1 => 1, 2 => 0.3, _ => 0.1 };
}
