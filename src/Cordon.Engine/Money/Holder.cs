namespace Cordon.Engine.Money;

/// <summary>An account that a replay plays: what is claimed of the money in it, and how far its debits are played.</summary>
internal sealed class Holder(FifoLine layout)
{
    public FifoLine Layout => layout;

    public Claims Claims { get; } = new();

    /// <summary>The first transfer by which claimed money came, in the order of transfers; -1 where none did. What rests here is told of its payee.</summary>
    public int First { get; private set; } = -1;

    /// <summary>The smallest layer by which claimed money came.</summary>
    public int Layer { get; private set; } = int.MaxValue;

    /// <summary>The debit to be played next.</summary>
    public int Next { get; private set; }

    /// <summary>Whether it waits for its next debit.</summary>
    public bool IsDue { get; set; }

    /// <summary>Whether a bound kept something in it that would have left.</summary>
    public bool IsCut { get; set; }

    /// <summary>Passes over debits before an instant.</summary>
    public void SkipTo(long at) => Next = Math.Max(Next, layout.FirstDebitFrom(at));

    /// <summary>Whether a debit of an instant is still to be played.</summary>
    public bool Pays(long at) => Next < layout.DebitCount && layout.DebitAt(Next) == at;

    public void Played() => Next++;

    /// <summary>Plays the debits of an instant once more.</summary>
    public void Again(long at) => Next = layout.FirstDebitFrom(at);

    public void Arrived(int transfer, int layer, MoneyGraph graph)
    {
        Layer = Math.Min(Layer, layer);
        if (First < 0 || graph.Compare(transfer, First) < 0) First = transfer;
    }
}
