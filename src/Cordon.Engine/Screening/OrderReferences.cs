using Cordon.Engine.Money;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>The order references of transfers, by the transfer's number in the graph. Few transfers carry one, so it is kept beside the graph and not in each of its rows.</summary>
internal sealed class OrderReferences
{
    private readonly ChunkedList<Reference> references = new();
    private readonly TextArena texts = new();

    /// <summary>Keeps the reference of a transfer newer than all before.</summary>
    public void Add(int transfer, string reference)
    {
        Span<byte> room = stackalloc byte[TextArena.MaxLength];
        if (TextArena.TryEncode(reference, room, out var length)) references.Add(new Reference(transfer, texts.Add(room[..length])));
    }

    /// <summary>The reference of a transfer; null where it has none.</summary>
    public string? Of(int transfer)
    {
        int low = 0, high = references.Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (references[middle].Transfer < transfer) low = middle + 1;
            else high = middle;
        }
        return low < references.Count && references[low].Transfer == transfer ? texts.GetString(references[low].Text) : null;
    }

    public void Save(SnapshotWriter to)
    {
        texts.Save(to);
        references.Save(to);
    }

    /// <summary>Fills an empty one.</summary>
    public void Load(ref SnapshotReader from)
    {
        texts.Load(ref from);
        references.Load(ref from);
        for (var i = 0; i < references.Count; i++)
            if (!texts.Holds(references[i].Text) || (i > 0 && references[i].Transfer <= references[i - 1].Transfer)) throw new FormatException("A snapshot's order references lead astray.");
    }

    private readonly record struct Reference(int Transfer, uint Text);
}
