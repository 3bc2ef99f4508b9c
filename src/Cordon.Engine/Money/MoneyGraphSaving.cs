using System.Runtime.InteropServices;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <content>The graph as bytes: what was told, in columns; offsets are found again. Members and accounts are saved by whoever shares them.</content>
public sealed partial class MoneyGraph
{
    private const int MostCurrencies = short.MaxValue;
    private const int PieceSize = 2048;

    internal void Save(SnapshotWriter to)
    {
        inSight.Save(to);
        to.Number(currencies.Count);
        foreach (var currency in currencies) to.Text(currency.Code);
        transferNames.Save(to);
        openingIds.Save(to);
        to.Number(transfers.Count);
        foreach (var piece in Told().Chunk(PieceSize)) to.Column<TransferTold>(piece);
        accounts.Save(to);
        facts.Save(to);
        to.Number(lines.Count);
        foreach (var piece in LinesMade().Chunk(PieceSize)) to.Column<LineMade>(piece);
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
        var told = new ChunkedList<TransferTold>();
        told.Load(ref from);
        accounts.Load(ref from);
        facts.Load(ref from);
        var made = new ChunkedList<LineMade>();
        made.Load(ref from);
        if (inSight.Count > members.Count || told.Count != transferNames.Count || accounts.Count > index.Count) throw Astray();
        LoadLines(made);
        CheckAccounts();
        LoadTransfers(told);
        LoadOrders(ref from);
    }

    private static FormatException Astray() => new("A snapshot's graph leads astray.");

    private IEnumerable<TransferTold> Told()
    {
        for (var i = 0; i < transfers.Count; i++)
        {
            var row = Row(i);
            yield return new TransferTold(row.Payer, row.Payee, row.At, MinorOf(i), row.Means);
        }
    }

    private IEnumerable<LineMade> LinesMade()
    {
        for (var i = 0; i < lines.Count; i++) yield return new LineMade(lines[i].Account, lines[i].NextLine, lines[i].Currency);
    }

    // Lines lead to smaller numbers only, so that none of them is a ring.
    private void LoadLines(ChunkedList<LineMade> made)
    {
        for (var i = 0; i < made.Count; i++)
        {
            ref readonly var row = ref made[i];
            if (row.Account < 0 || row.Account >= accounts.Count || !IsPlace(row.NextLine, i) || row.Currency >= currencies.Count) throw Astray();
            lines.Add(new LineRow { Account = row.Account, NextLine = row.NextLine, Currency = row.Currency });
        }
    }

    // Told in the order of before, they stand in the lines as before.
    private void LoadTransfers(ChunkedList<TransferTold> told)
    {
        for (var i = 0; i < told.Count; i++)
        {
            ref readonly var row = ref told[i];
            if (!IsPlace(row.Payer, lines.Count) || !IsPlace(row.Payee, lines.Count) || (row.Payer & row.Payee) == Outside
                || row.Means > TransferMeans.VirtualCurrency || row.Minor <= 0 || row.At < Instant.Min.Micros || row.At > Instant.Max.Micros) throw Astray();
            Put(new TransferRow(row.Payer, row.Payee, new Instant(row.At), row.Means, row.Minor), row.Minor);
        }
    }

    private void CheckAccounts()
    {
        for (var i = 0; i < accounts.Count; i++)
        {
            ref readonly var row = ref accounts[i];
            if (!IsPlace(row.FirstLine, lines.Count) || !IsPlace(row.Facts, facts.Count) || row.Kind > AccountKind.Wallet) throw Astray();
        }
        for (var i = 0; i < facts.Count; i++)
        {
            ref readonly var row = ref facts[i];
            if (row.ToldBy < 0 || row.ToldBy >= members.Count || !IsPlace(row.OpeningCurrency, currencies.Count) || row.Opening < 0 || !openingIds.Holds(row.ToldAs)) throw Astray();
        }
    }

    private static bool IsPlace(int place, int count) => place >= None && place < count;

    /// <summary>A transfer as a snapshot keeps it: what was told. Where it begins on its lines is found again.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct TransferTold(int Payer, int Payee, long At, long Minor, TransferMeans Means);

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct LineMade(int Account, int NextLine, ushort Currency);
}
