using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>A signal that was not simply allowed.</summary>
/// <param name="Sequence">Its place in the journal.</param>
/// <param name="Signal">The signal; null for an alert so old that the engine keeps no more than its action: the journal has the signal.</param>
/// <param name="Verdict">The answer it got; for one so old, without its reasons.</param>
public sealed record Alert(long Sequence, Signal? Signal, Verdict Verdict);
