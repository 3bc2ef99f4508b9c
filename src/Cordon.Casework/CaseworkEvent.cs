using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework;

/// <summary>Something that happened in casework. Written once, never changed; the audit tree covers it.</summary>
/// <param name="At">When it was decided.</param>
public abstract record CaseworkEvent(Instant At);

/// <summary>The stable name under which an event is stored and proved: <c>order.issued</c>.</summary>
/// <param name="name">The name.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// Marks a property of an event that tells of a natural person. It is stored beside the audited leaf,
/// which holds only a salted digest, so it can be erased without breaking a proof.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalAttribute : Attribute;

/// <summary>What a pure guard ladder answers: the events to apply, or a refusal.</summary>
/// <typeparam name="TEvent">The module's event.</typeparam>
public readonly struct Decision<TEvent>
    where TEvent : CaseworkEvent
{
    private Decision(ImmutableArray<TEvent> events, Refusal? refusal)
    {
        Events = events;
        Refusal = refusal;
    }

    /// <summary>What happens; empty where the command changes nothing (a repeat).</summary>
    public ImmutableArray<TEvent> Events { get; }

    /// <summary>The refusal; null where the command is accepted.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The command was carried out before and changes nothing.</summary>
    public static Decision<TEvent> Nothing { get; } = new([], null);

    /// <summary>Several events are one decision, in their order.</summary>
    public static Decision<TEvent> Of(params ImmutableArray<TEvent> events) => new(events, null);

    /// <summary>One event is a decision.</summary>
    public static implicit operator Decision<TEvent>(TEvent happened) => new([happened], null);

    /// <summary>A refusal is a decision.</summary>
    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);
}

/// <summary>State folded from events.</summary>
/// <typeparam name="TEvent">The module's event.</typeparam>
public abstract class Folded<TEvent>
    where TEvent : CaseworkEvent
{
    /// <summary>How many events made this state; the optimistic lock of its row.</summary>
    public int Version { get; private set; }

    /// <summary>The name of the stream of its events: <c>order/0199…</c>.</summary>
    public abstract string Stream { get; }

    /// <summary>Applies one event.</summary>
    public void Apply(TEvent happened)
    {
        Fold(happened);
        Version++;
    }

    /// <summary>Changes the state by one event; it never refuses.</summary>
    protected abstract void Fold(TEvent happened);
}
