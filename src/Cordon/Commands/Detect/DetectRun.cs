using Cordon.Engine.Patterns;
using Cordon.Engine.Signals;
using Cordon.Gateways.Files;

namespace Cordon.Commands.Detect;

/// <summary>An account of the file with its score.</summary>
/// <param name="Account">As the file names it.</param>
/// <param name="Number">Its number in the run.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Pattern">The kind of its most surprising alert; null where it stands in none.</param>
internal readonly record struct ScoredAccount(string Account, int Number, double Score, PatternKind? Pattern);

/// <summary>Feeds the signals of a file to a watch for each currency.</summary>
/// <param name="byMember">Whether the same number at two members is two accounts.</param>
/// <param name="alertFile">Where closed alerts go.</param>
/// <param name="keepTransfers">Whether transfers between accounts are kept, for a comparison with labels.</param>
internal sealed class DetectRun(bool byMember, AlertFile? alertFile, bool keepTransfers)
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly Dictionary<Currency, PatternWatch> watches = [];
    private readonly List<string> transferNames = [];

    public IReadOnlyList<string> Names => names;

    public IReadOnlyDictionary<Currency, PatternWatch> Watches => watches;

    public SortedDictionary<string, long> Rejected { get; } = new(StringComparer.Ordinal);

    public List<PatternAlert> Alerts { get; } = [];

    public List<PatternTransfer> Kept { get; } = [];

    public string? CutOff { get; set; }

    public long Rows { get; private set; }

    public long Transfers { get; private set; }

    public string NameOf(PatternTransfer transfer) => transferNames[(int)transfer.Number];

    public void Take(FileBatch batch)
    {
        Rows += batch.Rows;
        foreach (var row in batch.Rejected) Rejected[row.Reason] = Rejected.GetValueOrDefault(row.Reason) + 1;
        foreach (var signal in batch.Signals)
        {
            if (signal is Transfer transfer) Take(transfer);
            else if (signal is AccountOpening opening) NumberOf(opening.Account);
        }
    }

    /// <summary>Works off what the watches hold.</summary>
    public void Close()
    {
        foreach (var watch in watches.Values)
        {
            if (names.Count > 0) watch.Know(names.Count - 1);
            watch.CloseAll();
        }
    }

    /// <summary>Every account, highest score first; an account in two currencies has the higher of its scores.</summary>
    public List<ScoredAccount> Scores()
    {
        var scored = names.Select((name, number) => new ScoredAccount(name, number, 0, null)).ToArray();
        foreach (var watch in watches.Values)
            foreach (var (account, score, standing) in AccountScores.Of(watch))
                if (score > scored[account].Score || (scored[account].Pattern is null && standing.Foremost is not null))
                    scored[account] = scored[account] with { Score = Math.Max(score, scored[account].Score), Pattern = standing.Foremost ?? scored[account].Pattern };
        return [.. scored.OrderByDescending(account => account.Score).ThenBy(account => account.Account, StringComparer.Ordinal)];
    }

    private void Take(Transfer transfer)
    {
        if (!watches.TryGetValue(transfer.Amount.Currency, out var watch))
        {
            watch = new PatternWatch(new PatternOptions(), Told);
            watches.Add(transfer.Amount.Currency, watch);
        }
        var taken = new PatternTransfer(
            Transfers, transfer.Payer is { } payer ? NumberOf(payer) : PatternTransfer.Outside, transfer.Payee is { } payee ? NumberOf(payee) : PatternTransfer.Outside,
            transfer.Amount.Minor, transfer.At, transfer.Means == TransferMeans.CashWithdrawal);
        if (keepTransfers || alertFile is not null) transferNames.Add(transfer.Id.Text);
        if (keepTransfers && taken is { Payer: >= 0, Payee: >= 0 }) Kept.Add(taken);
        Transfers++;
        watch.Add(taken);
    }

    private void Told(PatternAlert alert)
    {
        if (!alert.Closed) return;
        alertFile?.Write(alert, this);
        Alerts.Add(alert);
    }

    private int NumberOf(AccountNumber account)
    {
        var name = byMember ? account.ToString() : account.Number;
        if (numbers.TryGetValue(name, out var number)) return number;
        numbers.Add(name, names.Count);
        names.Add(name);
        return names.Count - 1;
    }
}
