using System.Runtime.InteropServices;
using Cordon.Engine.Patterns;
using Cordon.Engine.Signals;
using Cordon.Gateways.Files;

namespace Cordon.Commands.Detect;

/// <summary>Feeds the signals of a file to a watch for each currency.</summary>
/// <param name="byMember">Whether the same number at two members is two accounts.</param>
/// <param name="keepNames">Whether transfers keep their ids, for alerts or scores of transfers.</param>
/// <param name="keepTransfers">Whether transfers between accounts are kept, to be scored.</param>
internal sealed class DetectRun(bool byMember, bool keepNames, bool keepTransfers)
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly Dictionary<Currency, List<PatternTransfer>> taken = [];
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

    /// <summary>Hands the transfers to a watch for each currency, in the order of their time: a file may have another.</summary>
    public long Look(Action<double, long> tell, CancellationToken cancel)
    {
        const int Stretch = 1 << 14;
        long done = 0;
        NumberByName();
        foreach (var (currency, transfers) in taken)
        {
            var watch = new PatternWatch(new PatternOptions(), Told);
            watches.Add(currency, watch);
            watch.Know(names.Count - 1);
            transfers.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Number.CompareTo(b.Number));
            foreach (var transfer in transfers)
            {
                watch.Add(transfer);
                if (++done % Stretch != 0) continue;
                cancel.ThrowIfCancellationRequested();
                tell((double)done / Transfers, done);
            }
            watch.CloseAll();
        }
        return done;
    }

    // Numbers in the order of the rows would let that order into what is worked off first within an instant.
    private void NumberByName()
    {
        var order = Enumerable.Range(0, names.Count).OrderBy(i => names[i], StringComparer.Ordinal).ToArray();
        var ranks = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++) ranks[order[rank]] = rank;
        names.Sort(StringComparer.Ordinal);
        foreach (var transfers in taken.Values.Append(Kept))
            foreach (ref var transfer in CollectionsMarshal.AsSpan(transfers))
                transfer = transfer with { Payer = RankOf(transfer.Payer), Payee = RankOf(transfer.Payee) };

        int RankOf(int number) => number < 0 ? number : ranks[number];
    }

    private void Take(Transfer transfer)
    {
        if (!taken.TryGetValue(transfer.Amount.Currency, out var transfers)) taken.Add(transfer.Amount.Currency, transfers = []);
        var facts = new PatternTransfer(
            Transfers, transfer.Payer is { } payer ? NumberOf(payer) : PatternTransfer.Outside, transfer.Payee is { } payee ? NumberOf(payee) : PatternTransfer.Outside,
            transfer.Amount.Minor, transfer.At, transfer.Means == TransferMeans.CashWithdrawal);
        if (keepNames) transferNames.Add(transfer.Id.Text);
        if (keepTransfers && facts is { Payer: >= 0, Payee: >= 0 }) Kept.Add(facts);
        Transfers++;
        transfers.Add(facts);
    }

    private void Told(PatternAlert alert)
    {
        if (alert.Closed) Alerts.Add(alert);
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
