using System.Runtime.InteropServices;
using Cordon.Engine.Money;
using Cordon.Engine.Rules;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// The alerts of all time: the newest whole, of older ones what the answer to a repeat needs. Casework keeps what people read of an alert,
/// so the engine keeps it only as long as casework may be behind.
/// </summary>
internal sealed class AlertLog
{
    /// <summary>So many of the newest alerts are kept whole: at a thousand alerts a minute, what casework can be behind by an hour and a half.</summary>
    public const int MostWhole = 100_000;

    private readonly int most;
    private readonly List<Alert> whole = [];
    private readonly ChunkedList<PastAlert> past = new();
    private readonly List<string> rulebooks = [];
    private int oldest;

    /// <param name="most">How many are kept whole.</param>
    public AlertLog(int most = MostWhole) => this.most = most;

    public int Count => past.Count + whole.Count;

    /// <summary>Adds an alert of a signal later than all before.</summary>
    public void Add(Alert alert)
    {
        NumberOf(alert.Verdict.Rulebook);
        if (whole.Count < most)
        {
            whole.Add(alert);
            return;
        }
        ref var place = ref CollectionsMarshal.AsSpan(whole)[oldest];
        past.Add(new PastAlert(place.Sequence, place.Verdict.HoldUntil?.Micros ?? long.MinValue, (NumberOf(place.Verdict.Rulebook) << 8) | (int)place.Verdict.Action));
        place = alert;
        oldest = (oldest + 1) % most;
    }

    /// <summary>The alerts after a sequence, oldest first.</summary>
    public List<Alert> After(long sequence, int max)
    {
        var first = FirstAfter(sequence);
        var found = new List<Alert>(Math.Min(max, Count - first));
        for (var i = first; i < Count && found.Count < max; i++) found.Add(this[i]);
        return found;
    }

    /// <summary>The alert of a sequence; null where the signal was allowed.</summary>
    public Alert? At(long sequence)
    {
        var place = FirstAfter(sequence - 1);
        return place < Count && SequenceOf(place) == sequence ? this[place] : null;
    }

    public void Save(SnapshotWriter to)
    {
        to.Number(rulebooks.Count);
        foreach (var hash in rulebooks) to.Text(hash);
        past.Save(to);
        to.Number(whole.Count);
        for (var i = 0; i < whole.Count; i++) new SavedAlert(to).Write(whole[(oldest + i) % whole.Count]);
    }

    /// <summary>Fills an empty log.</summary>
    /// <param name="from">The bytes.</param>
    /// <param name="find">Finds a rulebook by its hash, or throws <see cref="FormatException"/>.</param>
    public void Load(ref SnapshotReader from, Func<string, Rulebook> find)
    {
        for (var left = from.Elements(int.MaxValue); left > 0; left--) rulebooks.Add(from.Text(FieldLimits.HashLength));
        past.Load(ref from);
        for (var i = 0; i < past.Count; i++)
            if (past[i].Told < 0 || past[i].Told >> 8 >= rulebooks.Count || (past[i].Told & 0xFF) > (int)VerdictAction.Block) throw new FormatException("A snapshot's alert was judged by no rulebook.");
        for (var left = from.Elements(most); left > 0; left--) whole.Add(SavedAlert.Read(ref from, find));
    }

    private Alert this[int place]
    {
        get
        {
            if (place >= past.Count) return whole[(oldest + place - past.Count) % whole.Count];
            var (sequence, until, told) = past[place];
            return new Alert(sequence, null, new Verdict((VerdictAction)(told & 0xFF), until == long.MinValue ? null : new Instant(until), rulebooks[told >> 8], null));
        }
    }

    private long SequenceOf(int place) => place < past.Count ? past[place].Sequence : whole[(oldest + place - past.Count) % whole.Count].Sequence;

    private int FirstAfter(long sequence)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (SequenceOf(middle) <= sequence) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private int NumberOf(string rulebook)
    {
        var number = rulebooks.LastIndexOf(rulebook);
        if (number >= 0) return number;
        rulebooks.Add(rulebook);
        return rulebooks.Count - 1;
    }

    /// <param name="Sequence">The signal's.</param>
    /// <param name="Until">Until when it was held, in microseconds since the epoch; the smallest number where it was not.</param>
    /// <param name="Told">The action, and above it the number of the rulebook.</param>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct PastAlert(long Sequence, long Until, int Told);
}
