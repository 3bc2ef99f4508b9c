using System.Globalization;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

/// <summary>
/// Reads AMLGentex transactions as a graph: a step is a day, -1 and -2 are outside, an INITALBALANCE row is an opening
/// balance, an amount is rounded half to even to the cent and left out where that makes it nothing.
/// </summary>
internal sealed class AmlGenTex
{
    private AmlGenTex()
    {
    }

    public MoneyGraph Graph { get; } = new();

    public int RoundedToNothing { get; private set; }

    public List<Transfer> Suspicious { get; } = [];

    public static AmlGenTex Read()
    {
        var read = new AmlGenTex();
        foreach (var line in SharedData.Lines("amlgentex10k/tx.csv.gz")) read.Take(line.Split(','));
        return read;
    }

    public static AccountNumber Account(string number) => new(MemberCode.Parse("bank_a"), number);

    private void Take(string[] cells)
    {
        if (AmountText.Read(cells[3], Currency.Cny, AmountRounding.HalfEven, out var amount, out _) is not AmountFault.None and var fault)
        {
            Assert.Equal(AmountFault.RoundsToZero, fault);
            RoundedToNothing++;
            return;
        }
        var at = Ladder.Day(int.Parse(cells[1], CultureInfo.InvariantCulture));
        var (id, bank) = (new SignalId(cells[0]), MemberCode.Parse("bank_a"));
        if (cells[2] == "INITALBALANCE")
        {
            Graph.Open(new AccountOpening(
                id, bank, at, Account(cells[5]), AccountKind.Personal, IdentityCheck.Unknown, null, amount, null, null));
            return;
        }
        AccountNumber? payer = cells[4][0] == '-' ? null : Account(cells[4]);
        AccountNumber? payee = cells[5][0] == '-' ? null : Account(cells[5]);
        var means = cells[2] == "CASH" ? TransferMeans.CashWithdrawal : TransferMeans.Account;
        var transfer = new Transfer(id, bank, at, payer, payee, amount, means, null);
        Assert.True(Graph.Add(transfer));
        if (cells[16] == "1") Suspicious.Add(transfer);
    }
}
