using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>A placeholder: counts only.</summary>
public sealed class MoneyGraph
{
    private readonly HashSet<AccountNumber> accounts = [];
    private readonly HashSet<MemberCode> members = [];

    /// <summary>Transfers added.</summary>
    public int TransferCount { get; private set; }

    /// <summary>Accounts seen.</summary>
    public int AccountCount => accounts.Count;

    /// <summary>Adds a transfer.</summary>
    public bool Add(Transfer transfer)
    {
        if (transfer.Payer is { } payer) accounts.Add(payer);
        if (transfer.Payee is { } payee) accounts.Add(payee);
        TransferCount++;
        return true;
    }

    /// <summary>Opens an account.</summary>
    public bool Open(AccountOpening opening) => accounts.Add(opening.Account);

    /// <summary>Sees a member.</summary>
    public void See(MemberCode member) => members.Add(member);
}
