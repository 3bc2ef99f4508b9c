namespace Cordon.Engine.Patterns;

/// <summary>Turns the evidence of an account into a score: a sum over small decision trees, learned from labelled data.</summary>
internal static partial class AccountScoreTrees
{
    private const int Depth = 3;
    private const int Questions = (1 << Depth) - 1;
    private const int Answers = 1 << Depth;
    private const int Length = (2 * Questions) + Answers;

    /// <summary>From 0 to 1. Only the order is meant: how many of the accounts are bad differs from place to place.</summary>
    public static double Score(ReadOnlySpan<double> evidence)
    {
        var sum = Start;
        for (var tree = Table; !tree.IsEmpty; tree = tree[Length..])
        {
            var at = 0;
            while (at < Questions) at = (2 * at) + (evidence[(int)tree[2 * at]] <= tree[(2 * at) + 1] ? 1 : 2);
            sum += tree[(2 * Questions) + at - Questions];
        }
        return 1 / (1 + Math.Exp(-sum));
    }
}
