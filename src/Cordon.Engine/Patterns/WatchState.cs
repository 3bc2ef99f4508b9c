using Cordon.Engine.Signals;

namespace Cordon.Engine.Patterns;

/// <summary>What detectors look at: the accounts, the population's habits, and where alerts go.</summary>
internal sealed class WatchState
{
    private readonly List<AccountTrail> trails = [];
    private long marks;

    public WatchState(PatternOptions options, Action<PatternAlert> told)
    {
        Options = options;
        Window = options.Window.Ticks / TimeSpan.TicksPerMicrosecond;
        PassWithin = options.PassWithin.Ticks / TimeSpan.TicksPerMicrosecond;
        Pairs = new PairTable(options.Pairs);
        Desk = new AlertDesk(options, Trail, told);
    }

    public PatternOptions Options { get; }

    /// <summary>In microseconds.</summary>
    public long Window { get; }

    /// <summary>In microseconds.</summary>
    public long PassWithin { get; }

    public PairTable Pairs { get; }

    public AlertDesk Desk { get; }

    public AlertDraft Draft { get; } = new();

    public AmountSketch Amounts { get; } = new();

    public IReadOnlyList<AccountTrail> Trails => trails;

    /// <summary>First transfers of their pairs.</summary>
    public long FreshTransfers { get; set; }

    public long FirstAt { get; set; } = long.MaxValue;

    public long LastAt { get; set; } = long.MinValue;

    /// <summary>The trail of an account; there is one for every number up to the highest seen.</summary>
    public AccountTrail Trail(int account)
    {
        while (trails.Count <= account) trails.Add(new AccountTrail(trails.Count));
        return trails[account];
    }

    /// <summary>A mark that no account bears.</summary>
    public long NewMark() => ++marks;

    /// <summary>The logarithm of the number of accounts, in 1,024ths of a bit.</summary>
    public int AccountBits => Surprise.Log2(trails.Count);

    /// <summary>How many new counterparties an account usually gets in a window, in 1,024ths.</summary>
    public long FreshPerWindow
    {
        get
        {
            var age = Math.Max(Window, LastAt - FirstAt);
            return trails.Count == 0 ? Surprise.Bit : (long)((Int128)FreshTransfers * Surprise.Bit * Window / age / trails.Count);
        }
    }

    /// <summary>An instant less a span, not before the earliest.</summary>
    public static long Before(long at, long span) => Math.Max(Instant.Min.Micros, at - span);
}
