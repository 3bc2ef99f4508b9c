using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>An immutable, ordered set of rules, known by the hash of its content.</summary>
public sealed class Rulebook
{
    private readonly ImmutableArray<IScreeningRule>[] byKind;

    /// <summary>A rulebook of the given rules, in their order.</summary>
    /// <exception cref="ArgumentException">Two rules have one id.</exception>
    public Rulebook(ImmutableArray<IScreeningRule> rules)
    {
        if (rules.DistinctBy(rule => rule.Id).Count() != rules.Length) throw new ArgumentException("Two rules have one id.", nameof(rules));
        Rules = rules;
        byKind = new ImmutableArray<IScreeningRule>[(int)SignalKind.WebVisit + 1];
        for (var kind = 0; kind < byKind.Length; kind++) byKind[kind] = [.. rules.Where(rule => (int)rule.Kind == kind)];
        Hash = HashOf(rules);
    }

    /// <summary>The rules that Cordon brings along, each of a duty of Chinese law.</summary>
    public static Rulebook China { get; } = new([
        new SpoofedOriginRule(), new IotVoiceRule(), new FraudNumberRule(), new UnverifiedCallerRule(),
        new LineLimitRule(), new UnverifiedLineRule(), new UnverifiedAccountRule(),
        new StoppedAccountRule(), new FraudAccountRule(), new UnverifiedPayeeRule()]);

    /// <summary>The rules, in the order in which their reasons are given.</summary>
    public ImmutableArray<IScreeningRule> Rules { get; }

    /// <summary>SHA-256 over ids and versions of the rules in order, 64 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The reasons of all rules that speak against a signal, in the rulebook's order.</summary>
    public ImmutableArray<Reason> Judge(Signal signal, EngineKnowledge known)
    {
        ImmutableArray<Reason>.Builder? reasons = null;
        // Nobody is ever kept from calling an emergency service, whatever line he calls from; so it is decided here, for all rules.
        var mayBlock = signal is not Call call || !known.Lists.Has(ListName.NeverBlockNumbers, call.Callee);
        foreach (var rule in byKind[(int)signal.Kind])
        {
            if (!mayBlock && rule.Action == VerdictAction.Block) continue;
            if (rule.Judge(signal, known) is { } reason) (reasons ??= ImmutableArray.CreateBuilder<Reason>()).Add(reason);
        }
        return reasons?.ToImmutable() ?? [];
    }

    private static string HashOf(ImmutableArray<IScreeningRule> rules)
    {
        var text = new StringBuilder();
        foreach (var rule in rules) text.Append(CultureInfo.InvariantCulture, $"{rule.Id}@{rule.Version}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
