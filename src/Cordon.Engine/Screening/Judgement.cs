using System.Collections.Immutable;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>What a verdict rests on: the signal, the rules that spoke and all that was looked up for them.</summary>
/// <param name="Plan">What the rulebook does with signals of this kind.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Frame">What was looked up, as it was then.</param>
/// <param name="Spoken">The places in the plan of the rules that spoke, in the order of reasons.</param>
internal sealed record Judgement(KindPlan Plan, Signal Signal, RuleFrame Frame, ImmutableArray<int> Spoken)
{
    public ImmutableArray<Reason> Reasons()
    {
        var reasons = ImmutableArray.CreateBuilder<Reason>(Spoken.Length);
        foreach (var place in Spoken)
        {
            var (rule, values) = (Plan.Rules[place].Rule, RuleValues.Of(Plan, Plan.Rules[place], Signal, Frame));
            var text = Plan.Rules[place].Reason.Fill(Plan, Signal, Frame, Audience.Centre);
            reasons.Add(new Reason(rule.Id, rule.Action, rule.ReasonCode, rule.Duty, values, text));
        }
        return reasons.MoveToImmutable();
    }
}
