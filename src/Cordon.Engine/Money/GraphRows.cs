using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>A whole number from 0 to 2^48 - 1 in six bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct Int48(long value)
{
    public const long Max = (1L << 48) - 1;

    private readonly uint low = (uint)(value & uint.MaxValue);
    private readonly ushort high = (ushort)(value >> 32);

    public long Value => ((long)high << 32) | low;
}

/// <summary>
/// One transfer; its number is also that of its id. Packed, because a graph holds hundreds of millions.
/// What it moves begins at an offset on the payer's line of what went out and on the payee's line of what came in.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct TransferRow
{
    /// <summary>Amounts from here on, some 43 million yuan, are kept beside the rows: so a row is 32 bytes, and two fill a line of the cache.</summary>
    public const long LargeMinor = uint.MaxValue;

    private const int MeansBits = 4;

    /// <summary>The line debited, or <see cref="MoneyGraph.Outside"/>.</summary>
    public int Payer;

    /// <summary>The line credited, or <see cref="MoneyGraph.Outside"/>.</summary>
    public int Payee;

    private readonly long atAndMeans;
    private readonly uint minor;
    private Int48 outAt;
    private Int48 inAt;

    public TransferRow(int payer, int payee, Instant at, TransferMeans means, long minor)
    {
        (Payer, Payee) = (payer, payee);
        atAndMeans = (at.Micros << MeansBits) | (long)means;
        this.minor = (uint)Math.Min(minor, LargeMinor);
    }

    public readonly long At => atAndMeans >> MeansBits;

    public readonly TransferMeans Means => (TransferMeans)(atAndMeans & ((1 << MeansBits) - 1));

    /// <summary>How much, or <see cref="LargeMinor"/> where it is as much or more; see <see cref="MoneyGraph.MinorOf"/>.</summary>
    public readonly long SmallMinor => minor;

    /// <summary>Where it begins on its payer's line of what went out. Holds only while that line is in order.</summary>
    public long OutAt
    {
        readonly get => outAt.Value;
        set => outAt = new Int48(value);
    }

    /// <summary>Where it begins on its payee's line of what came in, the opening balance left out. Holds only while that line is in order.</summary>
    public long InAt
    {
        readonly get => inAt.Value;
        set => inAt = new Int48(value);
    }

    public readonly bool WithinOneLine => Payer == Payee;
}

/// <summary>One account. Its standing facts lie elsewhere, because of many accounts nobody tells any.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct AccountRow
{
    /// <summary>Its first line, or -1.</summary>
    public int FirstLine;

    /// <summary>The facts told last, or -1 where nobody has told any.</summary>
    public int Facts;

    public AccountKind Kind;
}

/// <summary>The standing facts of an account, those told last.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct FactsRow
{
    /// <summary>Who told them.</summary>
    public int ToldBy;

    /// <summary>The id under which they were told, in the arena of opening ids.</summary>
    public uint ToldAs;

    public long ToldAt;

    /// <summary>The opening balance, where its currency is known.</summary>
    public long Opening;

    /// <summary>The currency of the opening balance, or -1 where it is unknown.</summary>
    public short OpeningCurrency;
}

/// <summary>What is not up to date of a line, and is made so when it is next read.</summary>
[Flags]
internal enum LineDebt : byte
{
    None = 0,

    /// <summary>A credit came late: their order and offsets.</summary>
    In = 1,

    /// <summary>A debit came late: their order and offsets.</summary>
    Out = 2,

    /// <summary>A credit and a debit came in another order than they were booked: how far the line falls short.</summary>
    Shortfall = 4,

    /// <summary>Its sums are beyond the offsets of rows. Nothing mends that: it is laid out anew for each trace.</summary>
    Wide = 8,
}

/// <summary>The money of one account in one currency.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct LineRow
{
    public int Account;

    /// <summary>The same account's line in another currency, or -1.</summary>
    public int NextLine;

    /// <summary>The transfers into it, one within the line among them, in its order but for what is owed.</summary>
    public NumberList In;

    /// <summary>The transfers out of it, in its order but for what is owed.</summary>
    public NumberList Out;

    /// <summary>The most by which what went out ever exceeded what had come in, the opening balance left out; 0 where it never did.</summary>
    public Int48 Shortfall;

    public ushort Currency;
    public LineDebt Debt;
}
