using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>Takes a condition apart that held: what each part was, and what would have made it not hold.</summary>
internal sealed class RuleExplainer
{
    private const string Hidden = "hidden";
    private const int MostSteps = 64;
    private const int MostCounterfactuals = 5;

    private readonly CompiledRule rule;
    private readonly KindPlan plan;
    private readonly ConditionText text;
    private readonly Audience audience;
    private readonly CelLookup lookup;
    private readonly CelExplanation explained;

    private RuleExplainer(Judgement judgement, CompiledRule rule, Audience audience)
    {
        (this.rule, plan, this.audience) = (rule, judgement.Plan, audience);
        text = new ConditionText(plan.Slots);
        lookup = (string name, out object? value) => plan.Code.TryRead(name, judgement.Signal, judgement.Frame, out value);
        explained = CelExplainer.Explain(rule.Tree, lookup);
    }

    public static RuleExplanation Explain(Judgement judgement, CompiledRule rule, Audience audience)
    {
        var reason = rule.Reason.Fill(judgement.Plan, judgement.Signal, judgement.Frame, audience);
        if (audience == Audience.Public) return new RuleExplanation(rule.Rule, reason, [], []);
        var explainer = new RuleExplainer(judgement, rule, audience);
        return new RuleExplanation(rule.Rule, reason, explainer.Steps(), explainer.Counterfactuals());
    }

    private ImmutableArray<ExplanationStep> Steps()
    {
        var steps = ImmutableArray.CreateBuilder<ExplanationStep>();
        Walk(rule.Tree.Root, 0, steps);
        return steps.ToImmutable();
    }

    private void Walk(CelNode node, int depth, ImmutableArray<ExplanationStep>.Builder steps)
    {
        if (steps.Count == MostSteps || IsBare(node)) return;
        steps.Add(new ExplanationStep(depth, text.Of(node), ValueOf(node), IsRead(node)));
        // Below a read there is nothing that the condition computed.
        if (node is CelCall { Function: "@told" } or CelSelect { Operand: CelVariable }) return;
        foreach (var child in node.Children) Walk(child, depth + 1, steps);
    }

    // A constant says itself, and a signal or register has no value to show but its fields'.
    private bool IsBare(CelNode node) => node is CelConstant || (node is CelVariable variable
        && (variable.Name == SignalVocabulary.NameOf(plan.Kind) || plan.Slots.Any(s => s.Name == variable.Name && s.IsObject)));

    private string ValueOf(CelNode node)
    {
        if (!explained.Nodes.TryGetValue(node.Id, out var outcome)) return "not needed";
        if (outcome.Error is { } error) return error.Message;
        return outcome.Value is not bool && audience == Audience.Member && ReadsOthers(node) ? Hidden : RuleValues.Text(outcome.Value);
    }

    private bool IsRead(CelNode node) => node is CelCall { Function: "@told" } || (node is CelVariable variable && plan.Slots.Any(s => s.Name == variable.Name))
        || (node is CelSelect { Operand: CelVariable root } && plan.Slots.Any(s => s.Name == root.Name));

    private bool ReadsOthers(CelNode node) => new CelChecked("", node).Nodes.Any(IsRead);

    private ImmutableArray<Counterfactual> Counterfactuals()
    {
        var found = new List<(double Distance, Counterfactual Change)>();
        foreach (var node in rule.Tree.Nodes)
        {
            if (!explained.Nodes.TryGetValue(node.Id, out var outcome) || outcome.Value is not bool held) continue;
            if (Change(node, held) is { } change && !HoldsWithout(node, held)) found.Add(change);
        }
        return [.. found.OrderBy(f => f.Distance).Select(f => f.Change).DistinctBy(c => (c.Text, c.Comparison, c.Bound)).Take(MostCounterfactuals)];
    }

    private bool HoldsWithout(CelNode node, bool held)
    {
        var other = new CelConstant(node.Id, node.At, !held) { Type = CelType.Bool };
        var changed = rule.Tree.Rewrite(n => n.Id == node.Id ? other : null);
        return CelExplainer.Explain(changed, lookup).Result.Value is true;
    }

    /// <summary>What a comparison or a plain yes or no would have to be instead; null for parts that are made of others.</summary>
    private (double Distance, Counterfactual Change)? Change(CelNode node, bool held)
    {
        if (node is CelCall { Function: "_<_" or "_<=_" or "_>_" or "_>=_" or "_==_" or "_!=_", Arguments: [var left, var right] } call)
        {
            var (value, bound, sign) = (left, right, call.Function[1..^1]);
            if (IsFixed(left)) (value, bound, sign) = (right, left, Mirror(sign));
            if (IsFixed(value) || !IsFixed(bound)) return null;
            var wanted = held ? Opposite(sign) : sign;
            return (Distance(value, bound), new Counterfactual(text.Of(value), ValueOf(value), wanted, BoundOf(bound)));
        }
        var isAsked = node is CelSelect || (node is CelVariable && IsRead(node)) || node is CelCall { IsMember: true };
        return isAsked ? (1, new Counterfactual(text.Of(node), RuleValues.Text(held), "==", RuleValues.Text(!held))) : null;
    }

    private static bool IsFixed(CelNode node) => node is CelConstant || (node is CelVariable { Name: var name } && name.StartsWith("params.", StringComparison.Ordinal));

    private string BoundOf(CelNode bound) => explained.Nodes.TryGetValue(bound.Id, out var outcome) && outcome.Error is null ? RuleValues.Text(outcome.Value) : text.Of(bound);

    private double Distance(CelNode value, CelNode bound)
    {
        var (a, b) = (NumberOf(value), NumberOf(bound));
        return a is { } was && b is { } limit ? Math.Abs(was - limit) / Math.Max(Math.Abs(limit), 1) : 1;
    }

    private double? NumberOf(CelNode node) => !explained.Nodes.TryGetValue(node.Id, out var outcome) ? null : outcome.Value switch
    {
        long whole => whole,
        ulong whole => whole,
        double real => real,
        Amount amount => amount.Minor,
        CelDuration span => span.Nanos,
        _ => null,
    };

    private static string Mirror(string sign) => sign switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => sign };

    private static string Opposite(string sign) => sign switch { "<" => ">=", "<=" => ">", ">" => "<=", ">=" => "<", "==" => "!=", _ => "==" };
}
