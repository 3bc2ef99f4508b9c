using Cordon.Engine.Signals;

namespace Cordon.Simulator.Play;

/// <summary>
/// The ledger of every bank and payment institution of the province: real balances, and what of them is held.
/// Money is never made here: the sum of all accounts and of what went outside stays what it was. Amounts are fen (CNY).
/// </summary>
public sealed class Banks
{
    private readonly Dictionary<AccountNumber, Ledger> ledgers;

    internal Banks(IEnumerable<TruthOpening> openings) =>
        ledgers = openings.ToDictionary(o => o.Account, o => new Ledger { Balance = o.Balance.Minor });

    /// <summary>What went outside (cash, abroad) less what came in from there; negative where more came in.</summary>
    public long OutsideFen { get; private set; }

    /// <summary>The sum of all balances and of <see cref="OutsideFen"/>: the same at every instant.</summary>
    public long TotalFen => ledgers.Values.Sum(l => l.Balance) + OutsideFen;

    /// <summary>The accounts it keeps.</summary>
    public IEnumerable<AccountNumber> Accounts => ledgers.Keys;

    /// <summary>Whether it keeps an account: an order may name one that nobody has.</summary>
    public bool Keeps(AccountNumber account) => ledgers.ContainsKey(account);

    /// <summary>What lies in an account, held money among it. Throws <see cref="KeyNotFoundException"/> on an account of no member.</summary>
    public long BalanceFen(AccountNumber account) => ledgers[account].Balance;

    /// <summary>What of it is held.</summary>
    public long HeldFen(AccountNumber account) => ledgers[account].Held;

    /// <summary>What can leave it: nothing while it is stopped.</summary>
    public long AvailableFen(AccountNumber account) => ledgers[account].Available;

    /// <summary>Moves money where the payer has enough of it free. Money from outside always arrives.</summary>
    /// <returns>Whether it moved; otherwise nothing changed.</returns>
    public bool Execute(Transfer transfer)
    {
        var fen = transfer.Amount.Minor;
        if (transfer.Payer is { } payer)
        {
            var from = ledgers[payer];
            if (from.Available < fen) return false;
            from.Balance -= fen;
        }
        else
        {
            OutsideFen -= fen;
        }
        if (transfer.Payee is { } payee) ledgers[payee].Balance += fen;
        else OutsideFen += fen;
        return true;
    }

    /// <summary>Holds money in an account.</summary>
    /// <returns>How much was really held: the amount asked, or what was free where that is less.</returns>
    public long Hold(AccountNumber account, long fen)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fen);
        var ledger = ledgers[account];
        var held = Math.Min(fen, ledger.Balance - ledger.Held);
        ledger.Held += held;
        return held;
    }

    /// <summary>Frees held money. Throws <see cref="InvalidOperationException"/> where less is held.</summary>
    public void Release(AccountNumber account, long fen)
    {
        var ledger = ledgers[account];
        if (fen < 0 || fen > ledger.Held) throw new InvalidOperationException($"{fen} fen cannot be released: {ledger.Held} are held.");
        ledger.Held -= fen;
    }

    /// <summary>Lets nothing leave an account until every stop on it is lifted. Money still comes in.</summary>
    public void Stop(AccountNumber account) => ledgers[account].Stops++;

    /// <summary>Lifts one stop. Throws <see cref="InvalidOperationException"/> where there is none.</summary>
    public void Lift(AccountNumber account)
    {
        var ledger = ledgers[account];
        if (ledger.Stops == 0) throw new InvalidOperationException("No stop lies on the account.");
        ledger.Stops--;
    }

    /// <summary>Pays held money back to another account.</summary>
    internal void Return(AccountNumber from, AccountNumber to, long fen)
    {
        Release(from, fen);
        ledgers[from].Balance -= fen;
        ledgers[to].Balance += fen;
    }

    private sealed class Ledger
    {
        public long Balance { get; set; }
        public long Held { get; set; }
        public int Stops { get; set; }
        public long Available => Stops > 0 ? 0 : Balance - Held;
    }
}
