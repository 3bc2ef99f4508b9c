using System.Numerics;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// Recent calls by caller and by callee: the newest million or so by arrival, whoever made them; what came before is dropped and counted.
/// So how far back the register reaches depends on how much is told, and a call that is told late stays as long as one told at once.
/// A call told when it was set up is one call with what is told at its end, whichever came first; an end alone is no call yet.
/// <para>
/// Calls of one number are chained from the newest to the oldest. A read walks at most <see cref="LongestWalk"/> calls back along a chain,
/// in which numbers of one hash share a place: of a number that makes or takes more, older calls are not found.
/// </para>
/// Not for two threads at once.
/// </summary>
public sealed class CallRegister
{
    /// <summary>A read looks at so many calls of a chain at most.</summary>
    public const int LongestWalk = 65_536;

    private const int Usual = 1 << 20;

    // The other half of a call is looked for among so many of its callee's newest. Two of one call come minutes or hours apart,
    // so only a number that hundreds call meanwhile can be told of calls that are never joined.
    private const int WalkForHalf = 256;

    // The two ends of a call are timed by two clocks, as in the register of talks.
    private static readonly long Near = TimeSpan.FromMinutes(2).Ticks / TimeSpan.TicksPerMicrosecond;

    private readonly CallRing calls;
    private readonly NumberChains byCaller;
    private readonly NumberChains byCallee;
    private readonly MemberTable members;

    /// <param name="size">Calls kept: a power of two. Fewer where ids and trunks are long, because these share 32 bytes a call.</param>
    /// <param name="members">The members, which others may number too.</param>
    internal CallRegister(int size = Usual, MemberTable? members = null)
    {
        if (!BitOperations.IsPow2(size)) throw new ArgumentOutOfRangeException(nameof(size), size, "A ring has a power of two of places.");
        this.members = members ?? new MemberTable();
        calls = new CallRing(size, this.members);
        (byCaller, byCallee) = (new NumberChains(size), new NumberChains(size));
    }

    /// <summary>Calls kept, ends that wait for their set-up among them.</summary>
    public int Count => (int)(calls.Next - calls.First);

    /// <summary>Calls dropped because newer ones came.</summary>
    public long Dropped => calls.First;

    /// <summary>The kept calls of a caller to a callee within a span up to an instant, that instant included, oldest first.</summary>
    public IReadOnlyList<Call> Between(PhoneNumber caller, PhoneNumber callee, Instant until, TimeSpan within)
    {
        var found = new HashSet<long>();
        // A busy caller's chain may end before a call that its quieter callee's still reaches, and the other way about.
        foreach (var call in Walk(byCallee, callee))
            if (Is(call, caller.Digits, callee.Digits)) found.Add(call);
        foreach (var call in Walk(byCaller, caller))
            if (Is(call, caller.Digits, callee.Digits)) found.Add(call);
        return Read(found, until, within);
    }

    /// <summary>The kept calls to a number within a span up to an instant, that instant included, oldest first.</summary>
    public IReadOnlyList<Call> To(PhoneNumber callee, Instant until, TimeSpan within) =>
        Read(Walk(byCallee, callee).Where(call => calls[call].Callee == callee.Digits), until, within);

    /// <summary>The kept calls from a number within a span up to an instant, that instant included, oldest first.</summary>
    public IReadOnlyList<Call> From(PhoneNumber caller, Instant until, TimeSpan within) =>
        Read(Walk(byCaller, caller).Where(call => calls[call].Caller == caller.Digits), until, within);

    /// <summary>Who called a number last, each caller once, the latest first.</summary>
    /// <param name="callee">The number called.</param>
    /// <param name="max">At most so many callers.</param>
    public IReadOnlyList<PhoneNumber> CallersOf(PhoneNumber callee, int max) =>
        [.. To(callee, Instant.Max, TimeSpan.MaxValue).Reverse().Select(call => call.Caller).Distinct().Take(max)];

    /// <summary>Brings near where a call will be put.</summary>
    internal void LookAheadTo(Call call)
    {
        byCaller.LookAheadTo(call.Caller);
        byCallee.LookAheadTo(call.Callee);
    }

    internal void Apply(Call call)
    {
        if (call.Phase != CallPhase.Complete && HalfOf(call) is { } half)
        {
            Join(call, half);
            return;
        }
        var number = calls.Add(call, call.Phase);
        byCaller.Add(number, call.Caller);
        byCallee.Add(number, call.Callee);
    }

    internal void Save(SnapshotWriter to) => calls.Save(to);

    /// <summary>Fills an empty register; its members are there already. The chains follow from the calls.</summary>
    internal void Load(ref SnapshotReader from)
    {
        calls.Load(ref from);
        for (var call = calls.First; call < calls.Next; call++)
        {
            byCaller.Add(call, new PhoneNumber(calls[call].Caller));
            byCallee.Add(call, new PhoneNumber(calls[call].Callee));
        }
    }

    private bool Is(long call, long caller, long callee) => calls[call].Caller == caller && calls[call].Callee == callee;

    /// <summary>The kept half of a call that is told in two: of those that fit in time the newest by arrival.</summary>
    private long? HalfOf(Call call)
    {
        var member = members.Find(call.Member);
        var other = call.Phase == CallPhase.End ? CallPhase.SetUp : CallPhase.End;
        var number = byCallee.Newest(call.Callee);
        for (var left = WalkForHalf; left > 0 && number >= calls.First; left--, number = byCallee.Before(number))
        {
            ref readonly var kept = ref calls[number];
            if (kept.Phase != other || kept.Member != member || !Is(number, call.Caller.Digits, call.Callee.Digits)) continue;
            var (from, until, seconds) = other == CallPhase.SetUp ? (kept.At, call.At.Micros, call.DurationSeconds) : (call.At.Micros, kept.At, kept.Seconds);
            if (Math.Abs(until - (seconds * 1_000_000L) - from) <= Near) return number;
        }
        return null;
    }

    private void Join(Call call, long half)
    {
        ref var kept = ref calls[half];
        if (call.Phase == CallPhase.End)
        {
            kept = kept.As(CallPhase.Complete, call.DurationSeconds);
            return;
        }
        // The set-up tells how the call came in, the end only how long it was.
        var seconds = kept.Seconds;
        kept = kept.As(CallRow.Joined, seconds);
        var number = calls.Add(call, CallPhase.Complete);
        calls[number] = calls[number].As(CallPhase.Complete, seconds);
        byCaller.Add(number, call.Caller);
        byCallee.Add(number, call.Callee);
    }

    private IEnumerable<long> Walk(NumberChains chains, PhoneNumber number)
    {
        var call = chains.Newest(number);
        for (var left = LongestWalk; left > 0 && call >= calls.First; left--, call = chains.Before(call)) yield return call;
    }

    private List<Call> Read(IEnumerable<long> numbers, Instant until, TimeSpan within)
    {
        var read = new List<Call>();
        foreach (var number in numbers)
        {
            var at = new Instant(calls[number].At);
            if (at <= until && until - at <= within && calls[number].Phase is CallPhase.Complete or CallPhase.SetUp) read.Add(calls.Of(number));
        }
        read.Sort(SignalOrder.Compare);
        return read;
    }
}
