using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <summary>What one correction says, and who says it.</summary>
/// <param name="By">The number of the member that tells it.</param>
/// <param name="At">When, in microseconds.</param>
/// <param name="Id">Its id.</param>
/// <param name="Reversed">Whether the transfer was reversed; null where it does not say.</param>
/// <param name="Reference">The order reference; null where it does not say.</param>
internal readonly record struct CorrectionTold(int By, long At, string Id, bool? Reversed, string? Reference);

/// <summary>
/// The corrections that hold, by transfer, and those that wait for a transfer not told yet. They are few beside transfers, so they are objects.
/// Nothing here depends on the order of arrival.
/// </summary>
internal sealed class TransferCorrections(MemberTable members)
{
    private readonly Dictionary<int, Holding> holding = [];
    private readonly Dictionary<(int Teller, string Transfer), List<CorrectionTold>> waiting = [];
    private readonly HashSet<int> reversed = [];

    /// <summary>The transfers that are reversed now.</summary>
    public IReadOnlyCollection<int> Reversed => reversed;

    public bool IsReversed(int transfer) => reversed.Count > 0 && reversed.Contains(transfer);

    /// <summary>Whether any correction waits for a transfer.</summary>
    public bool AnyWaiting => waiting.Count > 0;

    /// <summary>Keeps a correction until its transfer is told. Of those that one member tells of one thing, the last is enough.</summary>
    public void Wait(int teller, string transfer, CorrectionTold told)
    {
        if (!waiting.TryGetValue((teller, transfer), out var all)) waiting.Add((teller, transfer), all = []);
        var same = all.FindIndex(one => one.By == told.By && one.Reversed is null == told.Reversed is null && one.Reference is null == told.Reference is null);
        if (same < 0) all.Add(told);
        else if (IsLater(told, all[same])) all[same] = told;
    }

    /// <summary>Takes out what waits for a transfer.</summary>
    public IReadOnlyList<CorrectionTold> TakeWaiting(int teller, string transfer) => waiting.Remove((teller, transfer), out var all) ? all : [];

    /// <summary>Has a reversal, or its taking back, hold where it is the last.</summary>
    public bool Reverse(int transfer, CorrectionTold told)
    {
        var before = Of(transfer);
        if (before.Reversal is { } earlier && !IsLater(told, earlier)) return false;
        before.Reversal = told;
        if (told.Reversed == true) reversed.Add(transfer);
        else reversed.Remove(transfer);
        return true;
    }

    /// <summary>Has a reference hold where it is the last.</summary>
    public bool Refer(int transfer, CorrectionTold told)
    {
        var before = Of(transfer);
        if (before.Reference is { } earlier && !IsLater(told, earlier)) return false;
        before.Reference = told;
        return true;
    }

    public void Save(SnapshotWriter to)
    {
        to.Number(holding.Count);
        foreach (var (transfer, held) in holding.OrderBy(pair => pair.Key))
        {
            to.Number(transfer);
            Save(to, held.Reversal);
            Save(to, held.Reference);
        }
        to.Number(waiting.Count);
        foreach (var (name, all) in waiting.OrderBy(pair => pair.Key.Teller).ThenBy(pair => pair.Key.Transfer, StringComparer.Ordinal))
        {
            to.Number(name.Teller);
            to.Text(name.Transfer);
            to.Number(all.Count);
            foreach (var told in all.OrderBy(one => one.By).ThenBy(one => one.At).ThenBy(one => one.Id, StringComparer.Ordinal)) Save(to, told);
        }
    }

    /// <summary>Fills an empty one.</summary>
    /// <param name="from">What was saved.</param>
    /// <param name="transfers">How many transfers there are.</param>
    /// <param name="references">Told of each reference that holds.</param>
    public void Load(ref SnapshotReader from, int transfers, OrderReferences references)
    {
        for (var left = from.Elements(transfers); left > 0; left--)
        {
            var transfer = from.Count(transfers);
            if (transfer == transfers) throw Astray();
            if (LoadTold(ref from) is { Reversed: not null } reversal) Reverse(transfer, reversal);
            if (LoadTold(ref from) is not { Reference: { } text } reference) continue;
            Refer(transfer, reference);
            references.Correct(transfer, text);
        }
        for (var left = from.Elements(int.MaxValue); left > 0; left--)
        {
            var (teller, transfer) = (Member(from.Number()), Visible(from.Text(FieldLimits.IdLength)));
            for (var words = from.Elements(int.MaxValue); words > 0; words--) Wait(teller, transfer, LoadTold(ref from) ?? throw Astray());
        }
    }

    private static FormatException Astray() => new("A snapshot's corrections lead astray.");

    private static string Visible(string text) => FieldLimits.IsVisible(text, FieldLimits.IdLength) ? text : throw Astray();

    private static void Save(SnapshotWriter to, CorrectionTold? told)
    {
        to.Number(told is null ? 0 : 1 | (told.Value.Reversed is null ? 0 : 2) | (told.Value.Reversed == true ? 4 : 0) | (told.Value.Reference is null ? 0 : 8));
        if (told is not { } word) return;
        to.Number(word.By);
        to.Number(word.At);
        to.Text(word.Id);
        if (word.Reference is { } reference) to.Text(reference);
    }

    private CorrectionTold? LoadTold(ref SnapshotReader from)
    {
        var flags = from.Number();
        if (flags == 0) return null;
        if (flags is < 3 or > 15 || (flags & 1) == 0) throw Astray();
        var (by, at, id) = (Member(from.Number()), from.Number(), from.Text(FieldLimits.IdLength));
        return new CorrectionTold(by, at, Visible(id), (flags & 2) == 0 ? null : (flags & 4) != 0, (flags & 8) == 0 ? null : Visible(from.Text(FieldLimits.OrderReferenceLength)));
    }

    private int Member(long number) => number >= 0 && number < members.Count ? (int)number : throw Astray();

    private Holding Of(int transfer)
    {
        if (!holding.TryGetValue(transfer, out var held)) holding.Add(transfer, held = new Holding());
        return held;
    }

    private bool IsLater(in CorrectionTold told, in CorrectionTold than)
    {
        if (told.At != than.At) return told.At > than.At;
        var byId = string.CompareOrdinal(told.Id, than.Id);
        return byId != 0 ? byId > 0 : string.CompareOrdinal(members[told.By].ToString(), members[than.By].ToString()) > 0;
    }

    private sealed class Holding
    {
        public CorrectionTold? Reversal { get; set; }

        public CorrectionTold? Reference { get; set; }
    }
}
