namespace Cordon.Engine.Screening;

/// <summary>
/// One batch in work: pieces that whoever has time takes one after another, first the partitions, then the signals' rules.
/// The caller works too, and finishes all by himself where nobody comes to help: it helps on the thread pool, and owns no thread.
/// </summary>
internal sealed class BatchWork : IThreadPoolWorkItem
{
    // Enough rules for a piece to be worth its taking, few enough that nobody waits long for the last.
    private const int SignalsOfPiece = 64;

    // About twenty microseconds: a batch follows the one before sooner than a thread would be woken.
    private const int Patience = 400;

    private readonly int helpers;
    private BatchJudge judge = null!;
    private SignalBatch batch = null!;
    private (BatchJudge Judge, SignalBatch Batch)? quiet;
    private Exception? fault;
    private int ranges;
    private int counted;
    private int partitions;
    private int left = -1;
    private int unfinished;
    private int helping;

    /// <param name="threads">How many threads work at most, the caller's among them.</param>
    public BatchWork(int threads) => helpers = threads - 1;

    /// <summary>Whether nobody helps.</summary>
    public bool IsAlone => helpers == 0;

    /// <summary>Puts a batch up for work.</summary>
    /// <param name="judging">Who judges it.</param>
    /// <param name="of">The batch.</param>
    /// <param name="besides">Who counts the same signals and judges nothing, and its batch; null where nobody does.</param>
    public void Start(BatchJudge judging, SignalBatch of, (BatchJudge Judge, SignalBatch Batch)? besides)
    {
        (judge, batch, quiet, fault) = (judging, of, besides, null);
        ranges = (of.Count + SignalsOfPiece - 1) / SignalsOfPiece;
        partitions = judging.Windows.Partitions.Length;
        counted = 0;
        var pieces = ranges + (partitions * (besides is null ? 1 : 2));
        unfinished = pieces;
        // Whoever takes a piece has seen all that was written before.
        Interlocked.Exchange(ref left, pieces);
        if (ranges < 2) return;
        for (var more = helpers - Volatile.Read(ref helping); more > 0; more--)
        {
            Interlocked.Increment(ref helping);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Works with the others until the batch is done.</summary>
    public void Finish()
    {
        Work();
        var wait = default(SpinWait);
        while (Volatile.Read(ref unfinished) > 0) wait.SpinOnce(sleep1Threshold: -1);
        if (fault is { } cause) throw new InvalidOperationException("A batch could not be judged.", cause);
    }

    /// <summary>Helps, on a thread of the pool.</summary>
    public void Execute()
    {
        for (var idle = 0; idle < Patience; idle++)
        {
            if (Volatile.Read(ref left) > 0)
            {
                Work();
                idle = 0;
            }
            Thread.SpinWait(8);
        }
        Interlocked.Decrement(ref helping);
    }

    private void Work()
    {
        // A piece is taken by counting down, so that who comes late finds nothing and need not know which batch it was.
        for (var piece = Interlocked.Decrement(ref left); piece >= 0; piece = Interlocked.Decrement(ref left))
        {
            try
            {
                Do(piece);
            }
            catch (Exception cause)
            {
                Interlocked.CompareExchange(ref fault, cause, null);
            }
            Interlocked.Decrement(ref unfinished);
        }
    }

    private void Do(int piece)
    {
        if (piece < ranges) Decide(piece);
        else
        {
            try
            {
                Count(piece - ranges);
            }
            finally
            {
                // Also of a partition that failed: or those who wait for it to decide would wait for ever.
                Interlocked.Increment(ref counted);
            }
        }
    }

    private void Count(int piece)
    {
        if (quiet is not { } beside) judge.Count(batch, piece, ask: true);
        else if (piece < partitions) beside.Judge.Count(beside.Batch, piece, ask: false);
        else judge.Count(batch, piece - partitions, ask: true);
    }

    private void Decide(int piece)
    {
        var wait = default(SpinWait);
        var all = partitions * (quiet is null ? 1 : 2);
        while (Volatile.Read(ref counted) < all) wait.SpinOnce(sleep1Threshold: -1);
        var from = piece * SignalsOfPiece;
        judge.Decide(batch, from, Math.Min(from + SignalsOfPiece, batch.Count));
    }
}
