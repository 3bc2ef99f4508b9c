using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Screening;

/// <summary>How much screening takes on, and what it answers where there is no verdict in time. The values are ours.</summary>
internal sealed record ScreeningOptions
{
    /// <summary>The usual deadline where a request names none.</summary>
    public static readonly TimeSpan UsualDeadline = TimeSpan.FromSeconds(1);

    /// <summary>The shortest deadline.</summary>
    public static readonly TimeSpan ShortestDeadline = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest deadline.</summary>
    public static readonly TimeSpan LongestDeadline = TimeSpan.FromSeconds(10);

    /// <summary>So many signals may wait for their verdict; 8 to 1,000,000.</summary>
    public int MostWaiting { get; init; } = 16_384;

    /// <summary>So many degraded answers may wait to be written into the journal; 8 to 10,000,000.</summary>
    public int MostUnwritten { get; init; } = 65_536;

    /// <summary>
    /// The order of shedding: a signal of a kind is taken while fewer wait than its share of <see cref="MostWaiting"/>. What does the least
    /// harm unjudged goes first: visits and messages can be judged later, a call soon, a line or an account is opened once, and
    /// stolen money is gone.
    /// </summary>
    public static int PercentOf(SignalKind kind) => kind switch
    {
        SignalKind.WebVisit => 50,
        SignalKind.Message => 60,
        SignalKind.Call => 70,
        SignalKind.Subscription => 80,
        SignalKind.AccountOpening => 90,
        _ => 100,
    };

    /// <summary>Calls to emergency numbers are taken while fewer wait than this share: past what fills the line for all others.</summary>
    public const int EmergencyPercent = 150;

    /// <summary>What is answered without a verdict: what cannot wait passes, what can be undone only while it waits is held.</summary>
    public static VerdictAction WithoutVerdict(SignalKind kind) => kind switch
    {
        SignalKind.Transfer or SignalKind.Subscription or SignalKind.AccountOpening => VerdictAction.Hold,
        _ => VerdictAction.Allow,
    };

    /// <summary>How long such a hold lasts: long enough to ask again, short enough that an honest payment arrives the same hour.</summary>
    public static TimeSpan HoldOf(SignalKind kind) => kind == SignalKind.Transfer ? TimeSpan.FromMinutes(30) : TimeSpan.FromHours(2);

    /// <summary>What is wrong; null where nothing is.</summary>
    public string? Fault() => MostWaiting is < 8 or > 1_000_000 ? "Screening lets 8 to 1,000,000 signals wait."
        : MostUnwritten is < 8 or > 10_000_000 ? "Screening lets 8 to 10,000,000 degraded answers wait to be written." : null;
}
