namespace Cordon.Engine.Patterns;

/// <summary>A transfer that an account remembers.</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Fresh">Whether it was the first between its two accounts.</param>
internal readonly record struct Edge(PatternTransfer Transfer, bool Fresh);

/// <summary>The newest transfers of an account in one direction, in order of time, so many and no more.</summary>
internal struct EdgeLine
{
    private Edge[]? edges;
    private int count;

    /// <summary>Whether older ones were let go.</summary>
    public bool Cut { get; private set; }

    public readonly ReadOnlySpan<Edge> All => edges.AsSpan(0, count);

    /// <summary>Puts one in its place; the oldest is let go where there are too many.</summary>
    public void Add(in Edge edge, int most)
    {
        edges ??= new Edge[2];
        var at = count;
        while (at > 0 && PatternTransfer.Compare(edges[at - 1].Transfer, edge.Transfer) > 0) at--;
        if (count == most)
        {
            Cut = true;
            if (at == 0) return;
            Array.Copy(edges, 1, edges, 0, at - 1);
            edges[at - 1] = edge;
            return;
        }
        if (count == edges.Length) Array.Resize(ref edges, Math.Min(most, count * 2));
        Array.Copy(edges, at, edges, at + 1, count - at);
        edges[at] = edge;
        count++;
    }

    /// <summary>Those at or after an instant and not after another.</summary>
    public readonly ReadOnlySpan<Edge> Between(long from, long to)
    {
        var all = All;
        var end = all.Length;
        while (end > 0 && all[end - 1].Transfer.At.Micros > to) end--;
        var start = end;
        while (start > 0 && all[start - 1].Transfer.At.Micros >= from) start--;
        return all[start..end];
    }
}
