using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>A signal that was not simply allowed.</summary>
/// <param name="Sequence">Its place in the journal.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Verdict">The answer it got.</param>
public sealed record Alert(long Sequence, Signal Signal, Verdict Verdict);
