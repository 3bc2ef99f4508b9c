using System.Collections.Immutable;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>One rule of a rulebook: what it is, without its code.</summary>
/// <param name="Id">Its id, unique in the rulebook.</param>
/// <param name="Kind">The kind of signal it judges.</param>
/// <param name="When">Its condition as it was written.</param>
/// <param name="Action">What it asks for when it speaks; Allow where it speaks for the signal.</param>
/// <param name="Hold">How long a held signal waits; null for other actions.</param>
/// <param name="Priority">Reasons of a higher priority are told first.</param>
/// <param name="ReasonCode">A stable code, for example <c>call.spoofed-origin</c>.</param>
/// <param name="Reason">The reason for people.</param>
/// <param name="Duty">The id of the duty it serves.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Cost">What its condition costs at the very most, in steps.</param>
public sealed record Rule(
    string Id, SignalKind Kind, string When, VerdictAction Action, TimeSpan? Hold, int Priority, string ReasonCode, LocalText Reason,
    string Duty, RuleBasis Basis, string Author, double Cost);

/// <summary>What came of reading a rulebook: the rulebook, or everything that is wrong with it.</summary>
/// <param name="Rulebook">Null where there are faults.</param>
/// <param name="Faults">In the order of files and lines.</param>
public sealed record RulebookCompilation(Rulebook? Rulebook, ImmutableArray<RulebookFault> Faults);

/// <summary>
/// An immutable, checked and compiled set of rules with the windows, lists and parameters they use,
/// known by the hash of its content.
/// </summary>
public sealed class Rulebook
{
    /// <summary>A condition that could cost more than so many steps is refused.</summary>
    public const double MostSteps = 10_000;

    private readonly KindPlan?[] plans;
    private readonly ImmutableSortedDictionary<string, ParameterRow> regions;

    internal Rulebook(
        string name, string hash, Currency currency, ImmutableArray<Rule> rules, ImmutableArray<Window> windows, IEnumerable<KindPlan> kinds,
        ImmutableSortedDictionary<string, ParameterRow> regions)
    {
        (Name, Hash, Currency, Rules, Windows, this.regions) = (name, hash, currency, rules, windows, regions);
        plans = new KindPlan?[(int)SignalKind.TransferCorrection + 1];
        foreach (var plan in kinds) plans[(int)plan.Kind] = plan;
    }

    /// <summary>A rulebook without rules: everything passes.</summary>
    public static Rulebook Empty { get; } = new("empty", new string('0', 64), Currency.Cny, [], [], [], ImmutableSortedDictionary<string, ParameterRow>.Empty.Add("", ParameterRow.None));

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of its content, 64 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The currency of money in it.</summary>
    public Currency Currency { get; }

    /// <summary>The rules, in the order in which they were written.</summary>
    public ImmutableArray<Rule> Rules { get; }

    /// <summary>The windows.</summary>
    internal ImmutableArray<Window> Windows { get; }

    /// <summary>Checks and compiles a rulebook; it is taken whole or refused whole, with every fault.</summary>
    /// <param name="source">What was written.</param>
    /// <param name="hash">The hash of its content, 64 hexadecimal digits.</param>
    public static RulebookCompilation Compile(RulebookSource source, string hash) => new RulebookCompiler(source, hash).Compile();

    /// <summary>What is done with signals of a kind; null where nothing is.</summary>
    internal KindPlan? PlanOf(SignalKind kind) => plans[(int)kind];

    /// <summary>The parameters of a region: its own, else those of the region above it (<c>cn-33</c> above <c>cn-33-01</c>), else the usual ones.</summary>
    internal ParameterRow ParametersOf(string region)
    {
        for (var name = region; name.Length > 0; name = name.Contains('-') ? name[..name.LastIndexOf('-')] : "")
            if (regions.TryGetValue(name, out var row)) return row;
        return regions[""];
    }

    /// <summary>The parameters of some region that have these values; null where none has.</summary>
    internal ParameterRow? ParametersLike(ReadOnlySpan<long> numbers, ReadOnlySpan<string> texts)
    {
        foreach (var row in regions.Values)
        {
            if (!row.Numbers.AsSpan().SequenceEqual(numbers)) continue;
            var same = row.Texts.Length == texts.Length;
            for (var i = 0; same && i < texts.Length; i++) same = (row.Texts[i] ?? "") == texts[i];
            if (same) return row;
        }
        return null;
    }
}
