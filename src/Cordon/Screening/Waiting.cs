using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Screening;

/// <summary>
/// One signal that waits for its verdict or its deadline, whichever comes first. The request is answered once; what the journal says
/// after the deadline only gives the place back. Used again when both are done with it.
/// </summary>
internal sealed class Waiting : IValueTaskSource<Answered>, IThreadPoolWorkItem
{
    private readonly ScreeningDesk desk;
    private readonly Action done;
    private readonly Lock gate = new();
    private ManualResetValueTaskSourceCore<Answered> core;
    private ConfiguredValueTaskAwaitable<SubmitOutcome>.ConfiguredValueTaskAwaiter journaled;
    private Signal signal = null!;
    private Answered degraded;
    private long deadline;
    private bool open;
    private int holders;

    public Waiting(ScreeningDesk desk)
    {
        this.desk = desk;
        done = Done;
    }

    /// <summary>Begins to wait.</summary>
    public ValueTask<Answered> Begin(Signal told, ValueTask<SubmitOutcome> submitted, long until)
    {
        core.Reset();
        holders = 2;
        lock (gate) (signal, deadline, open) = (told, until, true);
        journaled = submitted.ConfigureAwait(false).GetAwaiter();
        var token = core.Version;
        journaled.UnsafeOnCompleted(done);
        return new ValueTask<Answered>(this, token);
    }

    /// <summary>Answers as declared where the deadline has passed.</summary>
    public void Expire(long now)
    {
        if (!Volatile.Read(ref open)) return;
        lock (gate)
        {
            if (!open || deadline > now) return;
            open = false;
            degraded = desk.Degrade(signal, NoAnswer.Deadline);
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute() => core.SetResult(degraded);

    public Answered GetResult(short token)
    {
        try
        {
            return core.GetResult(token);
        }
        finally
        {
            LetGo();
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);

    private void Done()
    {
        var (answer, fault) = desk.Conclude(signal, journaled);
        journaled = default;
        bool first;
        lock (gate)
        {
            first = open;
            open = false;
        }
        if (first && fault is not null) core.SetException(fault);
        else if (first) core.SetResult(answer.IsDegraded ? desk.Degrade(signal, answer.Cause) : desk.Count(answer));
        LetGo();
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref holders) > 0) return;
        signal = null!;
        degraded = default;
        desk.Return(this);
    }
}
