using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;

namespace Cordon.Engine.Rules;

/// <summary>Collects what is wrong in a rulebook, each at its place in a file.</summary>
internal sealed class RulebookFaults
{
    private readonly List<RulebookFault> faults = [];

    public bool Any => faults.Count > 0;

    public ImmutableArray<RulebookFault> InOrder() =>
        [.. faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column)];

    public void Add(SourceText at, string message, string? suggestion = null) =>
        faults.Add(new RulebookFault(at.File, at.Line, at.Column, message, suggestion));

    public void AddKind(SourceText at) => Add(at, at.Text == "transfer_correction" ? "A correction of a transfer is not screened: there is nothing to decide." : $"A kind of signal is one of {string.Join(", ", SignalVocabulary.KindNames)}.");

    /// <summary>Reads an expression; null where it has faults, which are kept.</summary>
    public CelChecked? Check(CelEnvironment words, SourceText text)
    {
        var reading = words.Check(text.Text);
        foreach (var fault in reading.Faults) Add(text, fault);
        return reading.Checked;
    }

    /// <summary>Puts slots in the place of reads; null where something cannot be looked up beforehand.</summary>
    public CelChecked? Rewrite(KindPlanBuilder plan, CelChecked expression, SourceText text)
    {
        var found = new List<CelFault>();
        var tree = plan.Rewrite(expression, found);
        foreach (var fault in found) Add(text, fault);
        return found.Count == 0 ? tree : null;
    }

    /// <summary>The identifier that an expression names; null where it names none.</summary>
    public IdentifierPath? PathOf(KindPlanBuilder plan, CelChecked rewritten, SourceText text)
    {
        var found = new List<CelFault>();
        var path = plan.PathOf(rewritten, found);
        foreach (var fault in found) Add(text, fault);
        return path;
    }

    // Only the first line of an expression begins where its text does in the file.
    private void Add(SourceText text, CelFault fault) => faults.Add(new RulebookFault(
        text.File, text.Line + fault.Line - 1, fault.Line == 1 ? text.Column + fault.Column - 1 : fault.Column, fault.Message, fault.Suggestion));
}
