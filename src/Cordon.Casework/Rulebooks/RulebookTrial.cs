using System.Collections.Immutable;
using Cordon.Engine.Rules;

namespace Cordon.Casework.Rulebooks;

/// <summary>What became of one example of a rule.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Name">What the example shows.</param>
/// <param name="File">Where it stands.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Expected">The action expected, or <c>none</c>.</param>
/// <param name="Said">What the rule asked for, or <c>none</c>.</param>
/// <param name="Passed">Whether that is what was expected.</param>
/// <param name="Error">The error its condition ended in; absent where it ended in none.</param>
public sealed record ExampleResult(string Rule, string Name, string File, int Line, string Expected, string Said, bool Passed, string? Error);

/// <summary>What came of trying files as a rulebook: every fault, or every example.</summary>
/// <param name="Hash">The hash of its content; absent where there are faults.</param>
/// <param name="Rules">How many rules it has; 0 where there are faults.</param>
/// <param name="Faults">By file, line and column.</param>
/// <param name="Examples">In the order of the rules; empty where there are faults.</param>
public sealed record RulebookTrial(string? Hash, int Rules, ImmutableArray<RulebookFault> Faults, ImmutableArray<ExampleResult> Examples)
{
    /// <summary>Whether it compiles and every example passes.</summary>
    public bool Passed => Faults.IsEmpty && Examples.All(e => e.Passed);

    /// <summary>Tries files: faults of form and meaning first, and where there are none, the examples.</summary>
    /// <param name="files">The files, in the order of their names.</param>
    /// <param name="withExamples">False for faults alone, as while typing.</param>
    public static RulebookTrial Of(IReadOnlyList<RulebookFile> files, bool withExamples = true)
    {
        var check = RulebookLibrary.Check(files);
        if (check.Rulebook is not { } book) return new RulebookTrial(null, 0, check.Faults, []);
        ImmutableArray<ExampleResult> examples = withExamples ? [.. RuleExamples.Run(book.Compiled, book.Source).Select(Result)] : [];
        return new RulebookTrial(book.Hash, book.Compiled.Rules.Length, [], examples);
    }

    private static ExampleResult Result(ExampleOutcome o) => new(
        o.Rule, o.Example.Name.Text, o.Example.Name.File, o.Example.Name.Line, o.Example.Expect.Text, o.Said, o.Passed, o.Error);
}
