using System.Collections.Immutable;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks.Backtests;

/// <summary>
/// Replays stored history under a rulebook, in an engine of its own.
/// </summary>
/// <param name="order">What to replay, and against what to measure.</param>
/// <param name="progress">Told at least every hundred thousand records.</param>
/// <param name="cancel">Ends the replay between two batches.</param>
public delegate Task<BacktestReport> BacktestReplay(BacktestOrder order, IProgress<BacktestProgress> progress, CancellationToken cancel);

/// <summary>What to replay.</summary>
/// <param name="Rulebook">The rulebook.</param>
/// <param name="From">Signals that happened before this only fill the windows; null to count from the beginning.</param>
/// <param name="To">Signals that happened from this instant on are not counted; null for no end.</param>
/// <param name="Fraud">What cases have confirmed.</param>
public sealed record BacktestOrder(KeptRulebook Rulebook, Instant? From, Instant? To, ConfirmedFraud Fraud);

/// <summary>Numbers and accounts that the reports of cases point at, and the payments that were matched to them.</summary>
/// <param name="Numbers">Who called or wrote.</param>
/// <param name="Accounts">Where the money was to go.</param>
/// <param name="Domains">Pages that victims were led to.</param>
public sealed record ConfirmedFraud(IReadOnlySet<PhoneNumber> Numbers, IReadOnlySet<AccountNumber> Accounts, IReadOnlySet<string> Domains)
{
    /// <summary>How many identifiers there are.</summary>
    public int Count => Numbers.Count + Accounts.Count + Domains.Count;
}

/// <summary>How far a replay is.</summary>
/// <param name="Read">Records read.</param>
/// <param name="Total">Records there were when it began.</param>
/// <param name="PerSecond">Records a second, over the whole replay so far.</param>
public sealed record BacktestProgress(long Read, long Total, double PerSecond);

/// <summary>The sums of a backtest. A signal is stopped where it is held or blocked.</summary>
/// <param name="Signals">Signals judged within the period.</param>
/// <param name="Stopped">Signals stopped.</param>
/// <param name="HonestStopped">Signals stopped that touch nothing any case has confirmed.</param>
/// <param name="Precision">The share of stopped signals that touch something confirmed; null where nothing was stopped.</param>
/// <param name="Recall">The share of what is confirmed, and occurs in the period, that at least one stopped signal touches; null where nothing confirmed occurs.</param>
public sealed record BacktestTally(long Signals, long Stopped, long HonestStopped, double? Precision, double? Recall);

/// <summary>What one rule did.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Kind">The kind of signal it judges.</param>
/// <param name="Action">What it asks for.</param>
/// <param name="Hits">How often it spoke.</param>
/// <param name="Alone">How often no other rule spoke beside it.</param>
/// <param name="Confirmed">How often the signal touches something confirmed.</param>
/// <param name="Steps">What its condition cost at the very most: its bound in steps, times the signals of its kind.</param>
public sealed record BacktestRule(string Rule, SignalKind Kind, VerdictAction Action, long Hits, long Alone, long Confirmed, double Steps);

/// <summary>How often two rules spoke on the same signal.</summary>
/// <param name="First">One rule.</param>
/// <param name="Second">The other.</param>
/// <param name="Both">How often.</param>
public sealed record BacktestOverlap(string First, string Second, long Both);

/// <summary>One UTC day.</summary>
/// <param name="Day">The day's number since 1970-01-01.</param>
/// <param name="Signals">Signals judged.</param>
/// <param name="Stopped">Signals stopped.</param>
/// <param name="HonestStopped">Signals stopped that touch nothing confirmed.</param>
public sealed record BacktestDay(int Day, long Signals, long Stopped, long HonestStopped);

/// <summary>What a rulebook would have done to stored history.</summary>
/// <param name="Found">The sums.</param>
/// <param name="Warned">Signals passed with a warning.</param>
/// <param name="Confirmed">How many identifiers cases have confirmed.</param>
/// <param name="ConfirmedSeen">How many of them occur in the period.</param>
/// <param name="ConfirmedStopped">How many of those at least one stopped signal touches.</param>
/// <param name="HonestPeople">Lines and accounts on whose own acts a stop fell, and which no case has confirmed.</param>
/// <param name="Rules">By rule, the most frequent first.</param>
/// <param name="Overlaps">The pairs of rules that speak together most, at most fifty.</param>
/// <param name="Days">By day, in order.</param>
/// <param name="Seconds">How long the replay took.</param>
public sealed record BacktestReport(
    BacktestTally Found, long Warned, int Confirmed, int ConfirmedSeen, int ConfirmedStopped, long HonestPeople,
    ImmutableArray<BacktestRule> Rules, ImmutableArray<BacktestOverlap> Overlaps, ImmutableArray<BacktestDay> Days, double Seconds);
