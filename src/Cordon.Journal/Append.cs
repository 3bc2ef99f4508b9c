using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace Cordon.Journal;

/// <summary>A batch on its way into the log, and the caller who waits for it. Used again after its answer was taken.</summary>
internal sealed class Append : IValueTaskSource<long>, IThreadPoolWorkItem
{
    private const int MostKept = 4_096;
    private const int LargestKept = 16 << 10;

    private static readonly ConcurrentQueue<Append> Free = new();

    private readonly JournalBatch own = new(capacity: 512);
    private ManualResetValueTaskSourceCore<long> done;
    private Exception? fault;
    private long first;

    private Append() => Batch = own;

    public JournalBatch Batch { get; private set; }

    public ValueTask<long> Task => new(this, done.Version);

    public static Append Of(ReadOnlySpan<byte> payload)
    {
        var append = Rent();
        append.own.Add(payload);
        return append;
    }

    public static Append Of(JournalBatch batch)
    {
        var append = Rent();
        append.Batch = batch;
        return append;
    }

    /// <summary>Answers the caller on a thread of the pool, so that nothing of his runs on the writer's.</summary>
    public void Answer(long sequence)
    {
        first = sequence;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Refuse(Exception why)
    {
        fault = why;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        if (fault is null) done.SetResult(first);
        else done.SetException(fault);
    }

    public long GetResult(short token)
    {
        if (done.GetStatus(token) == ValueTaskSourceStatus.Pending) throw new InvalidOperationException("It is not answered yet: await it.");
        try
        {
            return done.GetResult(token);
        }
        finally
        {
            Return();
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => done.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        done.OnCompleted(continuation, state, token, flags);

    private static Append Rent() => Free.TryDequeue(out var append) ? append : new Append();

    private void Return()
    {
        done.Reset();
        fault = null;
        Batch = own;
        own.Clear();
        if (own.Room <= LargestKept && Free.Count < MostKept) Free.Enqueue(this);
    }
}
