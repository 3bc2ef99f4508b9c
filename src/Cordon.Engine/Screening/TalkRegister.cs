using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// Who talks with whom: for each line the conversation that began last. A call that is set up lasts until its end is told,
/// or for <see cref="Longest"/> where nobody tells it.
/// </summary>
internal sealed class TalkRegister
{
    /// <summary>A call of which no end is told counts as over after so long (four hours; ours).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    // The two ends of a call are timed by two clocks: an end told within this of a set-up is that set-up's.
    private static readonly long Near = TimeSpan.FromMinutes(2).Ticks / TimeSpan.TicksPerMicrosecond;

    private const long SetUp = (long)CallPhase.SetUp;
    private const long End = (long)CallPhase.End;

    private readonly IdentifierIndex index = new(texts: false);
    private readonly ChunkedList<Talk> talks = new();
    private readonly KeyBatch key = new();

    /// <summary>The other end of the conversation a line is in at an instant; default where it is in none.</summary>
    public PhoneNumber OtherEnd(PhoneNumber line, Instant at)
    {
        key.Clear();
        key.Add(line);
        var row = index.Find(key, 0);
        return row >= 0 && talks[row] is var talk && talk.From <= at.Micros && at.Micros < talk.Until ? new PhoneNumber(talk.Other) : default;
    }

    /// <summary>Brings near the talks of lines.</summary>
    public void LookAheadTo(KeyBatch keys, Span<int> rows)
    {
        index.Find(keys, rows);
        foreach (var row in rows[..keys.Count]) talks.LookAheadTo(row);
    }

    /// <summary>Takes a call.</summary>
    public void Apply(Call call)
    {
        var seconds = call.DurationSeconds * 1_000_000L;
        var at = call.At.Micros;
        var (from, until) = call.Phase switch
        {
            CallPhase.SetUp => (at, (call.At + Longest).Micros),
            CallPhase.End => (at - seconds, at),
            _ => (at, at + seconds),
        };
        if (from == until && call.Phase == CallPhase.Complete) return;
        Begin(call.Caller, new Talk(call.Callee.Digits, from, until, (long)call.Phase));
        Begin(call.Callee, new Talk(call.Caller.Digits, from, until, (long)call.Phase));
    }

    public void Save(SnapshotWriter to)
    {
        index.Save(to);
        talks.Save(to);
    }

    /// <summary>Fills an empty register.</summary>
    public void Load(ref SnapshotReader from)
    {
        index.Load(ref from);
        talks.Load(ref from);
        if (talks.Count != index.Rows || talks.Count != index.Count) throw new FormatException("A snapshot's talks are more or fewer than its lines.");
    }

    private void Begin(PhoneNumber line, in Talk told)
    {
        key.Clear();
        key.Add(line);
        var row = index.Intern(key, 0);
        if (row == talks.Count)
        {
            talks.Add(told);
            return;
        }
        ref var held = ref talks[row];
        if (told.Phase == End && held.Phase == SetUp && held.Other == told.Other && held.From <= told.Until)
            held = held with { Until = told.Until, Phase = End };
        // An end that overtook its own set-up has said all there is to say.
        else if (told.Phase == SetUp && held.Phase == End && held.Other == told.Other && Math.Abs(held.From - told.From) <= Near) return;
        else if (told.From > held.From || (told.From == held.From && told.Until > held.Until)) held = told;
    }

    // Numbers alone, so that all talks are a column of a snapshot.
    private readonly record struct Talk(long Other, long From, long Until, long Phase);
}
