using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>One rule on signals of one kind. A pure function of the signal and of what is known, that signal included.</summary>
public interface IScreeningRule
{
    /// <summary>The rule's id; it never changes.</summary>
    string Id { get; }

    /// <summary>Raised with every change of what the rule does: it is what tells two rulebooks apart.</summary>
    int Version { get; }

    /// <summary>Which signals it judges; it is never asked about others.</summary>
    SignalKind Kind { get; }

    /// <summary>What it asks for when it speaks.</summary>
    VerdictAction Action { get; }

    /// <summary>Its stable reason code.</summary>
    string ReasonCode { get; }

    /// <summary>The id of the duty that it serves.</summary>
    string Duty { get; }

    /// <summary>Its reason against a signal; null where it has none.</summary>
    Reason? Judge(Signal signal, EngineKnowledge known);
}
