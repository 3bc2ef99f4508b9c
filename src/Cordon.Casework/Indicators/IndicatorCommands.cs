using Cordon.Engine.Signals;

namespace Cordon.Casework.Indicators;

/// <summary>An identifier that somebody proposes.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Value">The identifier in its written form.</param>
/// <param name="Confidence">How sure, 0 to 100.</param>
/// <param name="Tlp">Who may be told.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="Until">From when on it counts no more, within a year; null for the usual term of its kind.</param>
public sealed record ProposedIndicator(IndicatorKind Kind, string Value, int Confidence, Tlp Tlp, string Reason, Instant? Until = null);

/// <summary>What can be asked of an indicator that exists.</summary>
public abstract record IndicatorCommand;

/// <summary>Confirm it, as a second person; or say that a disputed one is right all the same.</summary>
public sealed record ConfirmIndicator : IndicatorCommand;

/// <summary>Do not confirm it.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record DismissIndicator(string Reason) : IndicatorCommand;

/// <summary>Let it count until another day.</summary>
/// <param name="Until">From when on it counts no more, within a year.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record ProlongIndicator(Instant Until, string Reason) : IndicatorCommand;

/// <summary>Take it back: it is wrong.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record RecallIndicator(string Reason) : IndicatorCommand;

/// <summary>Say for a member that it hits somebody honest.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record VoteFalse(string Reason) : IndicatorCommand;

/// <summary>Say for a member that it was seen.</summary>
/// <param name="Count">How often, 1 to 1,000,000.</param>
/// <param name="SeenAt">When last; not ahead.</param>
public sealed record SightIndicator(int Count, Instant SeenAt) : IndicatorCommand;

/// <summary>Look whether its time is over.</summary>
public sealed record CheckIndicator : IndicatorCommand;
