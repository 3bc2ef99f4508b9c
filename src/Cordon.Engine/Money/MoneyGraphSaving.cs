using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <content>The graph as bytes: its columns as they lie in memory. Members and accounts are saved by whoever shares them.</content>
public sealed partial class MoneyGraph
{
    private const int MostCurrencies = ushort.MaxValue;

    internal void Save(SnapshotWriter to)
    {
        inSight.Save(to);
        to.Number(currencies.Count);
        foreach (var currency in currencies) to.Text(currency.Code);
        transferNames.Save(to);
        openingIds.Save(to);
        transfers.Save(to);
        accounts.Save(to);
        lines.Save(to);
        SaveOrders(to);
    }

    /// <summary>Fills an empty graph. Throws <see cref="FormatException"/> where a row leads to where nothing is.</summary>
    internal void Load(ref SnapshotReader from)
    {
        inSight.Load(ref from);
        for (var left = from.Elements(MostCurrencies); left > 0; left--)
        {
            if (!Currency.TryParse(from.Text(3), out var currency) || currencyNumbers.ContainsKey(currency)) throw new FormatException("A snapshot's currency is none, or one of before.");
            CurrencyNumber(currency);
        }
        transferNames.Load(ref from, members.Count);
        openingIds.Load(ref from);
        transfers.Load(ref from);
        accounts.Load(ref from);
        lines.Load(ref from);
        if (inSight.Count > members.Count || transfers.Count != transferNames.Count || accounts.Count > index.Count) throw Astray();
        CheckTransfers();
        CheckAccounts();
        CheckLines();
        LoadOrders(ref from);
    }

    private static FormatException Astray() => new("A snapshot's graph leads astray.");

    // Chains lead to smaller numbers only, so that none of them is a ring.
    private void CheckTransfers()
    {
        for (var i = 0; i < transfers.Count; i++)
        {
            ref readonly var row = ref Row(i);
            if (!IsPlace(row.Payer, lines.Count) || !IsPlace(row.Payee, lines.Count) || (row.Payer & row.Payee) == Outside
                || !IsPlace(row.NextIn, i) || !IsPlace(row.NextOut, i) || row.Means > TransferMeans.VirtualCurrency || row.Minor <= 0) throw Astray();
        }
    }

    private void CheckAccounts()
    {
        for (var i = 0; i < accounts.Count; i++)
        {
            ref readonly var row = ref accounts[i];
            if (!IsPlace(row.FirstLine, lines.Count) || !IsPlace(row.ToldBy, members.Count) || !IsPlace(row.OpeningCurrency, currencies.Count)
                || row.Kind > AccountKind.Wallet || row.Opening < 0 || (row.ToldBy >= 0 && !openingIds.Holds(row.ToldAs))) throw Astray();
        }
    }

    private void CheckLines()
    {
        for (var i = 0; i < lines.Count; i++)
        {
            ref readonly var row = ref lines[i];
            if (row.Account < 0 || row.Account >= accounts.Count || !IsPlace(row.NextLine, i) || !IsPlace(row.LastIn, transfers.Count)
                || !IsPlace(row.LastOut, transfers.Count) || row.Currency >= currencies.Count || row.Transfers < 0) throw Astray();
        }
    }

    private static bool IsPlace(int place, int count) => place >= None && place < count;
}
