using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>One transfer; its number is also that of its id. Packed: a graph holds hundreds of millions.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct TransferRow
{
    /// <summary>The line debited, or <see cref="MoneyGraph.Outside"/>.</summary>
    public int Payer;

    /// <summary>The line credited, or <see cref="MoneyGraph.Outside"/>.</summary>
    public int Payee;

    /// <summary>The transfer into the same payee told of before this one, or -1.</summary>
    public int NextIn;

    /// <summary>The transfer out of the same payer told of before this one, or -1.</summary>
    public int NextOut;

    public long At;
    public long Minor;
    public TransferMeans Means;

    public readonly bool WithinOneLine => Payer == Payee;
}

/// <summary>One account, with the standing facts told last.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct AccountRow
{
    /// <summary>Its first line, or -1.</summary>
    public int FirstLine;

    /// <summary>Who told the facts, or -1 where nobody has.</summary>
    public int ToldBy;

    /// <summary>The id under which they were told, in the arena of opening ids.</summary>
    public uint ToldAs;

    /// <summary>The currency of the opening balance, or -1 where it is unknown.</summary>
    public int OpeningCurrency;

    public long ToldAt;
    public long Opening;
    public AccountKind Kind;
}

/// <summary>The money of one account in one currency.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct LineRow
{
    public int Account;

    /// <summary>The same account's line in another currency, or -1.</summary>
    public int NextLine;

    /// <summary>The transfer into it told of last, or -1.</summary>
    public int LastIn;

    /// <summary>The transfer out of it told of last, or -1.</summary>
    public int LastOut;

    /// <summary>Transfers that touch it.</summary>
    public int Transfers;

    public ushort Currency;
}
