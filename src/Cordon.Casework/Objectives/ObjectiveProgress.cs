using System.Collections.Immutable;
using Cordon.Casework.Evaluations;

namespace Cordon.Casework.Objectives;

/// <summary>How far an objective is.</summary>
/// <param name="Done">What is reached, per mille.</param>
/// <param name="Unknown">What cannot be told, per mille: too few occasions, or nobody who takes a part.</param>
/// <param name="FallsShort">Whether anything below that can be told falls short of its target.</param>
/// <param name="Value">The figure behind it; null where its parts are.</param>
public sealed record Progress(int Done, int Unknown, bool FallsShort, MeasuredValue? Value)
{
    /// <summary>Whether all of it is reached.</summary>
    public bool Met => Done == ObjectiveTree.Whole;
}

/// <summary>Progress from figures alone, rolled up by weights. Pure.</summary>
internal static class ProgressRules
{
    private const int Million = 1_000_000;

    /// <summary>The progress of every objective of a decomposed tree, by id.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="valueOf">The figure of an objective without parts; null where there is none.</param>
    public static ImmutableSortedDictionary<string, Progress> Of(IReadOnlyList<Objective> tree, ObjectiveTerms terms, Func<Objective, MeasuredValue?> valueOf)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, Progress>(StringComparer.Ordinal);
        var parts = tree.Where(o => o.Parent is not null).ToLookup(o => o.Parent!, StringComparer.Ordinal);
        foreach (var top in tree.Where(o => o.Parent is null)) Tell(top);
        return found.ToImmutable();

        Progress Tell(Objective one)
        {
            var below = parts[one.Id].Select(part => (part.Weight, Of: Tell(part))).ToList();
            var progress = below.Count == 0 ? Measured(one, terms, valueOf(one)) : new Progress(Rolled(below.Select(b => ((long)b.Weight, b.Of.Done))), Rolled(below.Select(b => ((long)b.Weight, b.Of.Unknown))), below.Exists(b => b.Of.FallsShort), null);
            found[one.Id] = progress;
            return progress;
        }
    }

    /// <summary>
    /// A share is as far as its faults allow: at twice the faults that the target leaves it is half done. So what is almost kept by everybody does not pass for almost done.
    /// </summary>
    public static Progress Measured(Objective one, ObjectiveTerms terms, MeasuredValue? value)
    {
        if (one.AtLeastPerMillion is { } least)
        {
            if (value is null || value.Occasions < terms.LeastOccasions) return new Progress(0, ObjectiveTree.Whole, false, value);
            var faults = (Int128)Math.Min(value.Faults, value.Occasions) * Million;
            var left = (Int128)(Million - least) * value.Occasions;
            return faults <= left ? new Progress(ObjectiveTree.Whole, 0, false, value) : new Progress((int)(left * ObjectiveTree.Whole / faults), 0, true, value);
        }
        if (one.AtMost is not { } most || value is null) return new Progress(0, ObjectiveTree.Whole, false, value);
        return value.Amount <= most ? new Progress(ObjectiveTree.Whole, 0, false, value) : new Progress((int)((Int128)most * ObjectiveTree.Whole / value.Amount), 0, true, value);
    }

    private static int Rolled(IEnumerable<(long Weight, int Of)> parts) => (int)(parts.Sum(p => checked(p.Weight * p.Of)) / ObjectiveTree.Whole);
}
