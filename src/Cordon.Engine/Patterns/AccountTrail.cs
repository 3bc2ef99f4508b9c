namespace Cordon.Engine.Patterns;

/// <summary>What the watch remembers of an account.</summary>
internal sealed class AccountTrail(int number)
{
    public EdgeLine In;
    public EdgeLine Out;

    public int Number => number;

    /// <summary>Accounts that paid it, and of these the ones that did so once.</summary>
    public int Payers { get; set; }

    public int OncePayers { get; set; }

    /// <summary>Accounts that it paid, and of these the ones that it paid once.</summary>
    public int Payees { get; set; }

    public int OncePayees { get; set; }

    /// <summary>Credits and debits far below what is usual.</summary>
    public int SmallIn { get; set; }

    public int SmallOut { get; set; }

    public long FirstAt { get; set; } = long.MaxValue;

    public long LastAt { get; set; } = long.MinValue;

    public OutsideHabit? Outside { get; set; }

    public AccountPatterns? Patterns { get; set; }

    /// <summary>The transfer by which money came that went on, and how many accounts deep that is; see <see cref="StackDetector"/>.</summary>
    public Passing? Passing { get; set; }

    /// <summary>A mark of whoever works on the account just now.</summary>
    public long Mark { get; set; }

    /// <summary>With the mark: until when a search may go back from here.</summary>
    public long MarkedUntil { get; set; }

    public void Seen(long at)
    {
        FirstAt = Math.Min(FirstAt, at);
        LastAt = Math.Max(LastAt, at);
    }
}

/// <summary>How an account took part in patterns so far.</summary>
internal sealed class AccountPatterns
{
    public static readonly int Kinds = Enum.GetValues<PatternKind>().Length;

    public int[] Alerts { get; } = new int[Kinds];

    public int[] Strongest { get; } = new int[Kinds];

    public long LastAt { get; set; } = long.MinValue;
}

/// <summary>Money that passed an account.</summary>
/// <param name="Came">By which transfers it came.</param>
/// <param name="Went">By which it went.</param>
/// <param name="Bits">How surprising that was.</param>
/// <param name="Before">The passing by which it had come to the account before; null where that is not known.</param>
internal sealed record Passing(PatternTransfer[] Came, PatternTransfer[] Went, int Bits, Passing? Before)
{
    private const int Deepest = 8;

    /// <summary>How many accounts one after another passed it on, as far as is remembered.</summary>
    public int Depth => 1 + (Before?.Depth ?? 0);

    /// <summary>The same as something before another passing; memory of it ends at some depth.</summary>
    public Passing AsBefore() => Depth < Deepest ? this : this with { Before = null };

    /// <summary>When the last of it came, and when the last of it went.</summary>
    public (long Came, long Went) At => (Came[^1].At.Micros, Went[^1].At.Micros);

    /// <summary>Whether it went on by a transfer.</summary>
    public bool WentBy(PatternTransfer transfer) => Array.IndexOf(Went, transfer) >= 0;
}
