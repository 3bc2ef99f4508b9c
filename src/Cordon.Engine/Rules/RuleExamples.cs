using System.Collections.Immutable;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>What became of one example of a rule.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Example">The example.</param>
/// <param name="Said">What the rule asked for on the last signal, or <c>none</c>.</param>
/// <param name="Error">The error its condition ended in; null where it ended in none.</param>
public sealed record ExampleOutcome(string Rule, RuleTest Example, string Said, string? Error)
{
    /// <summary>Whether the rule said what the example expects.</summary>
    public bool Passed => Said == Example.Expect.Text;
}

/// <summary>Runs the examples of a rulebook's rules, each in an engine of its own that knows nothing but the example.</summary>
public static class RuleExamples
{
    private static readonly ImmutableDictionary<string, ListName> LiveLists = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("fraud_numbers", ListName.FraudNumbers), KeyValuePair.Create("never_block_numbers", ListName.NeverBlockNumbers),
        KeyValuePair.Create("fraud_accounts", ListName.FraudAccounts), KeyValuePair.Create("stopped_accounts", ListName.StoppedAccounts),
        KeyValuePair.Create("fraud_domains", ListName.FraudDomains), KeyValuePair.Create("fraud_devices", ListName.FraudDevices),
        KeyValuePair.Create("restricted_persons", ListName.RestrictedPersons), KeyValuePair.Create("living_accounts", ListName.LivingAccounts),
    ]);

    /// <summary>Runs all examples, in the order of the rules.</summary>
    /// <param name="rulebook">The rulebook, compiled from <paramref name="source"/>.</param>
    /// <param name="source">Where the examples are.</param>
    public static IEnumerable<ExampleOutcome> Run(Rulebook rulebook, RulebookSource source) =>
        from rule in source.Rules from example in rule.Tests select Run(rulebook, rule.Id.Text, example);

    /// <summary>Runs one example.</summary>
    public static ExampleOutcome Run(Rulebook rulebook, string rule, RuleTest example)
    {
        var engine = new ScreeningEngine(rulebook);
        var command = 0;
        foreach (var (list, entries) in example.Lists)
            foreach (var entry in entries)
                engine.Step(new ListChanged(new Guid(++command, 0, 0, new byte[8]), LiveLists[list], entry.Text, true, Instant.Min));
        foreach (var signal in example.Given) engine.Step(new SignalAccepted(signal));
        var (spoke, error) = engine.Said(rule);
        var action = rulebook.Rules.First(r => r.Id == rule).Action;
        return new ExampleOutcome(rule, example, spoke ? NameOf(action) : "none", error);
    }

    private static string NameOf(VerdictAction action) => action switch
    {
        VerdictAction.Allow => "allow",
        VerdictAction.Warn => "warn",
        VerdictAction.Hold => "hold",
        _ => "block",
    };
}
