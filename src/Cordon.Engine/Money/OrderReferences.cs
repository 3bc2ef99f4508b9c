using System.Runtime.InteropServices;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <summary>
/// The order references of transfers, by the transfer's number in the graph, and the transfers by their references. Few transfers carry one, so
/// they are kept beside the graph and not in each of its rows. A reference that was corrected is in place of the one told with the transfer.
/// </summary>
internal sealed class OrderReferences
{
    private const int None = -1;

    private readonly NameTable texts = new();
    private readonly ChunkedList<Use> told = new();
    private readonly ChunkedList<Reference> references = new();

    // Corrections are rare, and what they say is kept with the corrections: here only what holds of it.
    private readonly Dictionary<int, int> corrected = [];
    private readonly Dictionary<int, List<int>> correctedTo = [];

    /// <summary>Whether no transfer has one.</summary>
    public bool IsEmpty => references.Count == 0;

    /// <summary>Keeps the reference of a transfer newer than all before.</summary>
    public void Add(int transfer, string reference)
    {
        // No reader takes a transfer with another one; it is then one without.
        Span<byte> room = stackalloc byte[TextArena.MaxLength];
        if (!TextArena.TryEncode(reference, room, out _)) return;
        var number = NumberOf(reference);
        ref var row = ref references[number];
        (row.LastUse, row.Uses) = (told.Add(new Use(transfer, number, row.LastUse)), row.Uses + 1);
    }

    /// <summary>Puts a reference in place of the one that a transfer had.</summary>
    public void Correct(int transfer, string reference)
    {
        var number = NumberOf(reference);
        if (corrected.TryGetValue(transfer, out var before))
        {
            if (before == number) return;
            correctedTo[before].Remove(transfer);
            references[before].Uses--;
        }
        corrected[transfer] = number;
        if (!correctedTo.TryGetValue(number, out var transfers)) correctedTo.Add(number, transfers = []);
        transfers.Add(transfer);
        references[number].Uses++;
    }

    /// <summary>The number of a transfer's reference, or -1 where it has none.</summary>
    public int NumberOf(int transfer)
    {
        if (corrected.Count > 0 && corrected.TryGetValue(transfer, out var number)) return number;
        int low = 0, high = told.Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (told[middle].Transfer < transfer) low = middle + 1;
            else high = middle;
        }
        return low < told.Count && told[low].Transfer == transfer ? told[low].Reference : None;
    }

    /// <summary>The reference of a transfer; null where it has none.</summary>
    public string? Of(int transfer) => NumberOf(transfer) is var number and >= 0 ? TextOf(number) : null;

    /// <summary>A reference by its number, as a new text.</summary>
    public string TextOf(int number) => texts.TextOf(number);

    /// <summary>How many transfers have a reference, at most: those of which it was corrected away are counted too.</summary>
    public int UsesOf(int number) => references[number].Uses;

    /// <summary>The transfers that have a reference, in no order.</summary>
    public IEnumerable<int> Using(int number)
    {
        for (var use = references[number].LastUse; use >= 0; use = told[use].Next)
            if (!corrected.ContainsKey(told[use].Transfer)) yield return told[use].Transfer;
        foreach (var transfer in correctedTo.GetValueOrDefault(number) ?? []) yield return transfer;
    }

    public void Save(SnapshotWriter to)
    {
        texts.Save(to);
        told.Save(to);
        references.Save(to);
    }

    /// <summary>Fills an empty one, but for corrections.</summary>
    public void Load(ref SnapshotReader from, int transfers)
    {
        texts.Load(ref from, members: 1);
        told.Load(ref from);
        references.Load(ref from);
        var right = references.Count == texts.Count;
        for (var i = 0; right && i < told.Count; i++)
            right = told[i].Transfer > (i == 0 ? None : told[i - 1].Transfer) && told[i].Transfer < transfers
                && told[i].Reference >= 0 && told[i].Reference < references.Count && told[i].Next >= None && told[i].Next < i;
        for (var i = 0; right && i < references.Count; i++) right = references[i].LastUse >= None && references[i].LastUse < told.Count && references[i].Uses >= 0;
        if (!right) throw new FormatException("A snapshot's order references lead astray.");
        // Those by correction are counted again as the corrections are read.
        for (var i = 0; i < references.Count; i++) references[i].Uses = 0;
        for (var i = 0; i < told.Count; i++) references[told[i].Reference].Uses++;
    }

    private int NumberOf(string reference)
    {
        var number = texts.Intern(0, reference, out var added);
        if (added) references.Add(new Reference { LastUse = None });
        return number;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Use(int Transfer, int Reference, int Next);

    private struct Reference
    {
        /// <summary>The transfer told with it last, or -1.</summary>
        public int LastUse;

        public int Uses;
    }
}
