namespace Cordon.Engine.Patterns;

/// <summary>An account and how much speaks for its being used to launder money.</summary>
/// <param name="Account">The caller's number.</param>
/// <param name="Score">0 to 1; only the order is meant.</param>
/// <param name="Standing">The patterns in which it stands.</param>
public readonly record struct AccountScore(int Account, double Score, PatternStanding Standing);

/// <summary>Scores accounts by the evidence that a watch has gathered.</summary>
public static class AccountScores
{
    /// <summary>The names of the evidence, in the order of <see cref="EvidenceOf"/>.</summary>
    public static IReadOnlyList<string> EvidenceNames => AccountEvidence.Names;

    /// <summary>Every account of the watch, highest score first, equals by number. Goes through all accounts.</summary>
    public static IReadOnlyList<AccountScore> Of(PatternWatch watch)
    {
        var evidence = EvidenceOf(watch);
        var scores = new AccountScore[evidence.Length];
        for (var account = 0; account < evidence.Length; account++)
            scores[account] = new AccountScore(account, AccountScoreTrees.Score(evidence[account]), watch.Standing(account));
        Array.Sort(scores, (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Account.CompareTo(b.Account));
        return scores;
    }

    /// <summary>What the scores are made of, by account: each number is named by <see cref="EvidenceNames"/>. Goes through all accounts.</summary>
    public static double[][] EvidenceOf(PatternWatch watch) => new AccountEvidence(watch.State).All();
}
