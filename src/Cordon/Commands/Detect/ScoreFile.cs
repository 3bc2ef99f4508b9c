using System.Globalization;
using System.Text;
using Cordon.Engine.Patterns;

namespace Cordon.Commands.Detect;

/// <summary>Writes scores and evidence as CSV.</summary>
internal static class ScoreFile
{
    public static void Write(FileInfo place, IReadOnlyList<ScoredAccount> scores)
    {
        using var file = Open(place);
        file.Write("account,score,pattern\n");
        foreach (var (account, _, score, pattern) in scores)
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{Cell(account)},{score:0.########},{NameOf(pattern)}\n"));
    }

    public static void WriteTransfers(FileInfo place, DetectRun run, ScoreBoard scores)
    {
        using var file = Open(place);
        file.Write("transfer,score\n");
        foreach (var (transfer, score) in scores.Transfers())
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{Cell(run.NameOf(transfer))},{score:0.########}\n"));
    }

    public static void WriteEvidence(FileInfo place, DetectRun run)
    {
        using var file = Open(place);
        file.Write($"account,currency,{string.Join(',', AccountScores.EvidenceNames)}\n");
        foreach (var (currency, watch) in run.Watches)
        {
            var rows = AccountScores.EvidenceOf(watch);
            for (var account = 0; account < rows.Length; account++)
                file.Write($"{Cell(run.Names[account])},{currency.Code},{string.Join(',', rows[account].Select(v => v.ToString("0.######", CultureInfo.InvariantCulture)))}\n");
        }
    }

    /// <summary>The name of a kind in files: <c>fan_in</c>; <c>none</c> where there is no kind.</summary>
    public static string NameOf(PatternKind? pattern)
    {
        if (pattern is not { } kind) return "none";
        var name = new StringBuilder();
        foreach (var letter in kind.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('_');
            name.Append(char.ToLowerInvariant(letter));
        }
        return name.ToString();
    }

    private static StreamWriter Open(FileInfo place) => new(place.FullName, false, new UTF8Encoding(false), 1 << 16);

    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
