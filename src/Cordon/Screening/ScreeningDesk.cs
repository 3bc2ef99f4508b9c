using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using Cordon.Journal;

namespace Cordon.Screening;

/// <summary>
/// Takes signals, and answers each within its deadline: with the verdict once the journal has the signal on the disk, or with what is
/// declared for its kind. What waits is bounded; past that, signals are shed in the declared order.
/// </summary>
internal sealed class ScreeningDesk : IDisposable
{
    private const int Made = 256;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    private readonly JournaledEngine engine;
    private readonly TimeProvider time;
    private readonly ScreeningLine line;
    private readonly DegradedAnswers answers;
    private readonly ConcurrentQueue<Waiting> free = new();
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private Waiting[] all = [];

    public ScreeningDesk(JournaledEngine engine, ScreeningOptions options, DegradedAnswers answers, ScreeningCounters counters, TimeProvider time)
    {
        (this.engine, Options, this.answers, Counters, this.time) = (engine, options, answers, counters, time);
        line = new ScreeningLine(options);
        timer = time.CreateTimer(_ => Expire(), null, Beat, Beat);
    }

    public ScreeningOptions Options { get; }

    public ScreeningCounters Counters { get; }

    /// <summary>How screening is.</summary>
    public ScreeningHealth Health => ScreeningHealth.Of(line, Counters, answers, engine.Health, Options);

    /// <summary>Screens one signal.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="deadline">How long the answer may take.</param>
    public ValueTask<Answered> ScreenAsync(Signal signal, TimeSpan deadline)
    {
        if (!line.TryEnter(signal, IsEmergency(signal))) return ValueTask.FromResult(Degrade(signal, NoAnswer.Overload));
        var submitted = engine.SubmitAsync(new SignalAccepted(signal));
        if (!submitted.IsCompleted) return Rent().Begin(signal, submitted, EndOf(deadline));
        var (answer, fault) = Conclude(signal, submitted.ConfigureAwait(false).GetAwaiter());
        if (fault is not null) return ValueTask.FromException<Answered>(fault);
        return ValueTask.FromResult(answer.IsDegraded ? Degrade(signal, answer.Cause) : Count(answer));
    }

    /// <summary>Screens signals together; one answer each, in their order.</summary>
    public async Task<Answered[]> ScreenAsync(IReadOnlyList<Signal> signals, TimeSpan deadline)
    {
        var answered = new Answered[signals.Count];
        List<EngineRecord> taken = new(signals.Count);
        List<int> places = new(signals.Count);
        for (var i = 0; i < signals.Count; i++)
        {
            if (line.TryEnter(signals[i], IsEmergency(signals[i])))
            {
                taken.Add(new SignalAccepted(signals[i]));
                places.Add(i);
            }
            else answered[i] = Degrade(signals[i], NoAnswer.Overload);
        }
        if (taken.Count == 0) return answered;
        var submitted = engine.SubmitAsync(taken);
        _ = LeaveAfterAsync(submitted, taken.Count);
        var (receipt, cause) = await ReceiveAsync(submitted, deadline);
        for (var i = 0; i < places.Count; i++)
        {
            var signal = signals[places[i]];
            answered[places[i]] = receipt is null ? Degrade(signal, cause) : Count(new Answered(signal, receipt.Outcomes[i], NoAnswer.None, default));
        }
        return answered;
    }

    public void Dispose() => timer.Dispose();

    /// <summary>Gives the declared answer, counts it and hands it on to be recorded.</summary>
    internal Answered Degrade(Signal signal, NoAnswer cause)
    {
        var answer = new Answered(signal, default, cause, Instant.From(time.GetUtcNow()));
        Counters.Count(signal.Kind, cause);
        answers.Take(answer);
        return answer;
    }

    internal Answered Count(Answered answer)
    {
        Counters.Count(answer.Signal.Kind, NoAnswer.None);
        return answer;
    }

    /// <summary>What the journal said, once it did; gives the place back.</summary>
    internal (Answered Answer, Exception? Fault) Conclude(Signal signal, ConfiguredValueTaskAwaitable<SubmitOutcome>.ConfiguredValueTaskAwaiter submitted)
    {
        line.Leave(1);
        try
        {
            return (new Answered(signal, submitted.GetResult(), NoAnswer.None, default), null);
        }
        catch (Exception fault)
        {
            return Answered.CauseOf(fault) is { } cause ? (new Answered(signal, default, cause, default), null) : (default, fault);
        }
    }

    internal void Return(Waiting waiting) => free.Enqueue(waiting);

    private static bool IsEmergency(Signal signal) => signal is Call call && EmergencyNumbers.Has(call.Callee);

    private Waiting Rent()
    {
        if (free.TryDequeue(out var waiting)) return waiting;
        // There are as many as ever waited at once; made some at a time, so that the sweep reads them without a lock.
        var more = new Waiting[Made];
        for (var i = 0; i < Made; i++) more[i] = new Waiting(this);
        lock (gate) Volatile.Write(ref all, [.. all, .. more]);
        foreach (var spare in more.AsSpan(1)) free.Enqueue(spare);
        return more[0];
    }

    private void Expire()
    {
        var now = time.GetTimestamp();
        foreach (var waiting in Volatile.Read(ref all)) waiting.Expire(now);
    }

    private long EndOf(TimeSpan deadline) => time.GetTimestamp() + (long)(deadline.TotalSeconds * time.TimestampFrequency);

    private async Task<(SubmitReceipt? Receipt, NoAnswer Cause)> ReceiveAsync(Task<SubmitReceipt> submitted, TimeSpan deadline)
    {
        try
        {
            return (await submitted.WaitAsync(deadline, time), NoAnswer.None);
        }
        catch (TimeoutException)
        {
            return (null, NoAnswer.Deadline);
        }
        catch (Exception fault) when (Answered.CauseOf(fault) is { } cause)
        {
            return (null, cause);
        }
    }

    private async Task LeaveAfterAsync(Task submitted, int places)
    {
        await submitted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        line.Leave(places);
    }
}
