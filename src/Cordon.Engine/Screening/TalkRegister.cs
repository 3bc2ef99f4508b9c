using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

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

    private readonly Dictionary<PhoneNumber, Talk> talks = [];

    /// <summary>The other end of the conversation a line is in at an instant; default where it is in none.</summary>
    public PhoneNumber OtherEnd(PhoneNumber line, Instant at) =>
        talks.TryGetValue(line, out var talk) && talk.From <= at.Micros && at.Micros < talk.Until ? talk.Other : default;

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
        Begin(call.Caller, new Talk(call.Callee, from, until, call.Phase));
        Begin(call.Callee, new Talk(call.Caller, from, until, call.Phase));
    }

    private void Begin(PhoneNumber line, in Talk told)
    {
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(talks, line, out var known);
        if (!known) held = told;
        else if (told.Phase == CallPhase.End && held.Phase == CallPhase.SetUp && held.Other == told.Other && held.From <= told.Until)
            held = held with { Until = told.Until, Phase = CallPhase.End };
        // An end that overtook its own set-up has said all there is to say.
        else if (told.Phase == CallPhase.SetUp && held.Phase == CallPhase.End && held.Other == told.Other && Math.Abs(held.From - told.From) <= Near) return;
        else if (told.From > held.From || (told.From == held.From && told.Until > held.Until)) held = told;
    }

    private readonly record struct Talk(PhoneNumber Other, long From, long Until, CallPhase Phase);
}
