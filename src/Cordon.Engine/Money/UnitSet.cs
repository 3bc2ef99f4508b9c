namespace Cordon.Engine.Money;

/// <summary>Part of a transfer's money, in minor units from its first on.</summary>
internal readonly record struct UnitSpan(long From, long To, bool InSet)
{
    public long Length => To - From;
}

/// <summary>A set of minor units of one transfer, as intervals in order that do not touch.</summary>
internal sealed class UnitSet
{
    private readonly List<(long From, long To)> spans = [];

    /// <summary>Cuts an interval into the parts that are in the set and those that are not, in order.</summary>
    public void Split(long from, long to, List<UnitSpan> parts)
    {
        parts.Clear();
        var at = from;
        for (var i = FirstPast(from); i < spans.Count && spans[i].From < to; i++)
        {
            if (spans[i].From > at) parts.Add(new UnitSpan(at, spans[i].From, false));
            var start = Math.Max(at, spans[i].From);
            at = Math.Min(to, spans[i].To);
            parts.Add(new UnitSpan(start, at, true));
        }
        if (at < to) parts.Add(new UnitSpan(at, to, false));
    }

    /// <summary>Keeps of some intervals what is in the set, or what is not.</summary>
    public List<UnitSpan> Sift(List<UnitSpan> spans, bool inSet)
    {
        var kept = new List<UnitSpan>(spans.Count);
        var cut = new List<UnitSpan>();
        foreach (var span in spans)
        {
            Split(span.From, span.To, cut);
            kept.AddRange(cut.Where(c => c.InSet == inSet));
        }
        return kept;
    }

    /// <summary>Adds units of which none is in the set yet.</summary>
    public void Add(long from, long to)
    {
        if (from == to) return;
        var i = FirstPast(from);
        var joinsLeft = i > 0 && spans[i - 1].To == from;
        var joinsRight = i < spans.Count && spans[i].From == to;
        if (joinsLeft && joinsRight)
        {
            spans[i - 1] = (spans[i - 1].From, spans[i].To);
            spans.RemoveAt(i);
        }
        else if (joinsLeft) spans[i - 1] = (spans[i - 1].From, to);
        else if (joinsRight) spans[i] = (from, spans[i].To);
        else spans.Insert(i, (from, to));
    }

    /// <summary>The first interval that ends after a unit.</summary>
    private int FirstPast(long unit)
    {
        var (low, high) = (0, spans.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (spans[middle].To <= unit) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
