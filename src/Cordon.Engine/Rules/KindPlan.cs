using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>All that a rulebook does with signals of one kind, in the order in which it is done.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Registers">Reads of registers and lists; each may use the slots of those before it.</param>
/// <param name="Paths">The identifiers that windows are kept by.</param>
/// <param name="Before">Windows asked before the signal counts.</param>
/// <param name="Feeds">Windows in which the signal counts.</param>
/// <param name="After">Windows asked after the signal has counted.</param>
/// <param name="Rules">The rules, in the rulebook's order.</param>
/// <param name="Slots">What was looked up, for explaining.</param>
/// <param name="Code">Reads slots for explaining.</param>
internal sealed record KindPlan(
    SignalKind Kind, ImmutableArray<RegisterRead> Registers, ImmutableArray<IdentifierPath> Paths, ImmutableArray<WindowRead> Before,
    ImmutableArray<WindowFeed> Feeds, ImmutableArray<WindowRead> After, ImmutableArray<CompiledRule> Rules, ImmutableArray<Slot> Slots,
    ConditionCode Code)
{
    public int NumberCount { get; } = Slots.Count(s => !s.IsObject);

    public int ObjectCount { get; } = Slots.Count(s => s.IsObject);

    /// <summary>A frame for signals of this kind.</summary>
    public RuleFrame NewFrame() => new(NumberCount, ObjectCount, Paths.Length);
}

/// <summary>A rule with its condition in code.</summary>
/// <param name="Rule">What it is.</param>
/// <param name="Place">Its place in the rulebook.</param>
/// <param name="Condition">Its condition.</param>
/// <param name="Tree">Its condition with reads as slots.</param>
/// <param name="UsesMoney">Whether it speaks of amounts, and so of signals in the rulebook's currency alone.</param>
/// <param name="Reason">Its reason for people.</param>
internal sealed record CompiledRule(
    Rule Rule, int Place, SignalReading<bool> Condition, CelChecked Tree, bool UsesMoney, ReasonTemplates Reason);
