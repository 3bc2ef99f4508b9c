using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>
/// Recent calls by caller and by callee. Each number keeps its newest calls by event time, whatever the order of arrival;
/// beyond a total the oldest of all are dropped. What was dropped is counted, never silently lost.
/// </summary>
public sealed class CallRegister
{
    private readonly int perNumber;
    private readonly int total;
    private readonly Dictionary<PhoneNumber, List<Call>> byCaller = [];
    private readonly Dictionary<PhoneNumber, List<Call>> byCallee = [];

    internal CallRegister(int perNumber = 64, int total = 2_000_000)
    {
        this.perNumber = perNumber;
        this.total = total;
    }

    /// <summary>Entries kept; a call has one under its caller and one under its callee.</summary>
    public int Entries { get; private set; }

    /// <summary>Entries dropped because a number had newer calls than it may keep.</summary>
    public long DroppedByNumber { get; private set; }

    /// <summary>Entries dropped because all numbers together had newer calls than may be kept.</summary>
    public long DroppedByTotal { get; private set; }

    /// <summary>The kept calls of a caller to a callee within a span up to an instant, that instant included, oldest first.</summary>
    public IReadOnlyList<Call> Between(PhoneNumber caller, PhoneNumber callee, Instant until, TimeSpan within)
    {
        var made = Span(byCaller, caller, until, within).Where(call => call.Callee == callee);
        var taken = Span(byCallee, callee, until, within).Where(call => call.Caller == caller);
        // A busy caller may have lost a call that its quieter callee still has, and the other way about.
        return [.. made.Union(taken, ReferenceEqualityComparer.Instance).Cast<Call>().Order(Comparer<Call>.Create(SignalOrder.Compare))];
    }

    /// <summary>The kept calls to a number within a span up to an instant, that instant included, oldest first.</summary>
    public IReadOnlyList<Call> To(PhoneNumber callee, Instant until, TimeSpan within) => [.. Span(byCallee, callee, until, within)];

    /// <summary>The kept calls from a number within a span up to an instant, that instant included, oldest first.</summary>
    public IReadOnlyList<Call> From(PhoneNumber caller, Instant until, TimeSpan within) => [.. Span(byCaller, caller, until, within)];

    /// <summary>Who called a number last, each caller once, the latest first.</summary>
    /// <param name="callee">The number called.</param>
    /// <param name="max">At most so many callers.</param>
    public IReadOnlyList<PhoneNumber> CallersOf(PhoneNumber callee, int max) => byCallee.TryGetValue(callee, out var calls)
        ? [.. calls.AsEnumerable().Reverse().Select(call => call.Caller).Distinct().Take(max)]
        : [];

    internal void Apply(Call call)
    {
        Insert(byCaller, call.Caller, call);
        Insert(byCallee, call.Callee, call);
        if (Entries > total) DropOldest();
    }

    private static IEnumerable<Call> Span(Dictionary<PhoneNumber, List<Call>> index, PhoneNumber number, Instant until, TimeSpan within) =>
        index.TryGetValue(number, out var calls)
            ? calls.Where(call => call.At <= until && until - call.At <= within)
            : [];

    private void Insert(Dictionary<PhoneNumber, List<Call>> index, PhoneNumber number, Call call)
    {
        ref var calls = ref CollectionsMarshal.GetValueRefOrAddDefault(index, number, out _);
        calls ??= new List<Call>(1);
        var place = calls.Count;
        while (place > 0 && SignalOrder.Compare(calls[place - 1], call) > 0) place--;
        if (calls.Count < perNumber)
        {
            calls.Insert(place, call);
            Entries++;
            return;
        }
        DroppedByNumber++;
        if (place == 0) return;
        calls.RemoveAt(0);
        calls.Insert(place - 1, call);
    }

    /// <summary>Drops about the oldest eighth at once, so that the walk over all numbers is paid for by many calls.</summary>
    private void DropOldest()
    {
        var instants = new long[Entries];
        var next = 0;
        foreach (var calls in byCaller.Values.Concat(byCallee.Values))
            foreach (var call in calls) instants[next++] = call.At.Micros;
        Array.Sort(instants);
        var cut = new Instant(instants[Math.Min(instants.Length - 1, total / 8)]);
        Drop(byCaller, cut);
        Drop(byCallee, cut);
    }

    private void Drop(Dictionary<PhoneNumber, List<Call>> index, Instant cut)
    {
        foreach (var (number, calls) in index)
        {
            var old = calls.FindIndex(call => call.At > cut);
            if (old < 0) old = calls.Count;
            if (old == 0) continue;
            DroppedByTotal += old;
            Entries -= old;
            calls.RemoveRange(0, old);
            if (calls.Count == 0) index.Remove(number);
        }
    }
}
