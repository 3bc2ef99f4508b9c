using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>Checks one rulebook and turns it into code, collecting every fault on the way.</summary>
internal sealed class RulebookCompiler
{
    private readonly RulebookSource source;
    private readonly string hash;
    private readonly RulebookFaults faults = new();
    private readonly Currency currency;
    private readonly ParameterTable parameters;
    private readonly ListTable lists;
    private readonly WindowDeclarations windows;
    private readonly Dictionary<SignalKind, CelEnvironment> plain = [];
    private readonly Dictionary<SignalKind, CelEnvironment> full = [];
    private readonly Dictionary<SignalKind, KindPlanBuilder> plans = [];
    private readonly List<Rule> rules = [];

    public RulebookCompiler(RulebookSource source, string hash)
    {
        (this.source, this.hash) = (source, hash);
        if (!Currency.TryParse(source.Currency.Text, out currency))
            faults.Add(source.Currency, "A rulebook's currency is three capital letters of ISO 4217.");
        parameters = new ParameterTable(source.Parameters, currency, faults);
        lists = new ListTable(source.Lists, faults);
        windows = new WindowDeclarations(source.Windows, currency, PlainWords, faults);
    }

    public RulebookCompilation Compile()
    {
        foreach (var written in source.Windows)
            if (windows.ByName.TryGetValue(written.Id.Text, out var window)) windows.Feed(written, window, Plan(window.Kind));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in source.Rules)
        {
            if (!ids.Add(rule.Id.Text)) faults.Add(rule.Id, $"Two rules have the id '{rule.Id.Text}'.");
            if (SignalVocabulary.TryReadKind(rule.Of.Text, out var kind)) Take(rule, kind);
            else faults.AddKind(rule.Of);
        }
        if (faults.Any) return new RulebookCompilation(null, faults.InOrder());
        return new RulebookCompilation(
            new Rulebook(source.Name, hash, currency, [.. rules], windows.All, plans.Values.Select(p => p.ToPlan()), parameters.Regions), []);
    }

    private void Take(RuleSource written, SignalKind kind)
    {
        var words = FullWords(kind);
        var action = ReadAction(written, out var hold);
        if (faults.Check(words, written.When) is not { } condition) return;
        if (!condition.Type.Equals(CelType.Bool))
        {
            faults.Add(written.When, $"A condition answers true or false; this one answers a {condition.Type}.");
            return;
        }
        var plan = Plan(kind);
        if (faults.Rewrite(plan, condition, written.When) is not { } tree) return;
        var cost = CelCost.Estimate(tree, new CelSizes());
        if (cost > Rulebook.MostSteps) faults.Add(written.When, $"The condition may cost {cost:N0} steps; {Rulebook.MostSteps:N0} are allowed.");
        var rule = new Rule(
            written.Id.Text, kind, written.When.Text, action, hold, written.Priority, written.ReasonCode, written.Reason, written.Duty,
            written.Basis, written.Author, cost);
        plan.Add(rule, rules.Count, tree, new ReasonTemplates(
            ReasonTemplate.Read(written.Reason.En, kind, words, plan, written.Id, faults),
            written.Reason.ZhCn is { } chinese ? ReasonTemplate.Read(chinese, kind, words, plan, written.Id, faults) : null));
        rules.Add(rule);
    }

    private CelEnvironment PlainWords(SignalKind kind)
    {
        if (!plain.TryGetValue(kind, out var words))
            plain.Add(kind, words = SignalVocabulary.Environment(kind, currency).With(parameters.AddTo).With(lists.AddTo));
        return words;
    }

    private CelEnvironment FullWords(SignalKind kind)
    {
        if (!full.TryGetValue(kind, out var words)) full.Add(kind, words = PlainWords(kind).With(windows.AddTo));
        return words;
    }

    private KindPlanBuilder Plan(SignalKind kind)
    {
        if (!plans.TryGetValue(kind, out var plan)) plans.Add(kind, plan = new KindPlanBuilder(kind, currency, parameters.All, windows.ByName, lists.All));
        return plan;
    }

    private VerdictAction ReadAction(RuleSource written, out TimeSpan? hold)
    {
        hold = null;
        var action = written.Action.Text switch
        {
            "allow" => VerdictAction.Allow,
            "warn" => VerdictAction.Warn,
            "hold" => VerdictAction.Hold,
            "block" => VerdictAction.Block,
            _ => (VerdictAction?)null,
        };
        if (action is null) faults.Add(written.Action, "An action is allow, warn, hold or block.");
        if (action == VerdictAction.Hold)
        {
            if (written.Hold is null) faults.Add(written.Action, "A rule that holds says for how long: hold: 24h.");
            else if (Spans.TryRead(written.Hold.Text, out var span) && span > TimeSpan.Zero) hold = span;
            else faults.Add(written.Hold, "A hold is a span such as 30m, 24h or 3d.");
        }
        else if (written.Hold is not null) faults.Add(written.Hold, "Only a rule that holds says for how long.");
        return action ?? VerdictAction.Allow;
    }
}

/// <summary>Spans as rulebooks write them: a number and s, m, h or d, one or more times.</summary>
internal static class Spans
{
    public static bool TryRead(string text, out TimeSpan span)
    {
        span = default;
        var rest = text.AsSpan();
        long micros = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9) return false;
            var unit = rest[digits] switch { 's' => 1L, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
            if (unit == 0) return false;
            var number = 0L;
            foreach (var c in rest[..digits]) number = (number * 10) + (c - '0');
            micros += number * unit * 1_000_000;
            rest = rest[(digits + 1)..];
        }
        if (text.Length == 0 || micros > 36_500L * 86_400 * 1_000_000) return false;
        span = TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond);
        return true;
    }
}
