using System.Buffers;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;

namespace Cordon.Commands.Bench;

/// <summary>What a start after a crash is made of.</summary>
/// <param name="Records">Signals that the engine had taken.</param>
/// <param name="StepPerSecond">Records a second replayed under the shipped rulebook, decoded already.</param>
/// <param name="RebuildPerSecond">The same without rules and windows: what registers and graph alone cost.</param>
/// <param name="SnapshotBytes">Bytes of the engine's state.</param>
/// <param name="SavePerSecond">Bytes a second saved into memory, while judging waits.</param>
/// <param name="LoadPerSecond">Bytes a second loaded from memory.</param>
internal sealed record StartReport(int Records, double StepPerSecond, double RebuildPerSecond, long SnapshotBytes, double SavePerSecond, double LoadPerSecond);

/// <summary>Measures saving, loading and replaying an engine in memory; reading the journal is measured beside it.</summary>
/// <param name="rulebook">The rules.</param>
/// <param name="time">The clock.</param>
internal sealed class StartBench(Rulebook rulebook, TimeProvider time)
{
    private const int Records = 1_000_000;
    private const int People = 200_000;
    private const int Batch = 256;
    private const int Times = 3;

    public StartReport Run(CancellationToken cancel)
    {
        var (_, bare) = Step(Rulebook.Empty, cancel);
        var (engine, step) = Step(rulebook, cancel);
        var (save, load, bytes) = (TimeSpan.MaxValue, TimeSpan.MaxValue, 0L);
        // The best of some: the first time the runtime has not compiled the path for good, and memory is fresh.
        for (var i = 0; i < Times; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var content = new ArrayBufferWriter<byte>(1 << 20);
            var start = time.GetTimestamp();
            engine.Save(content);
            var saved = time.GetElapsedTime(start);
            var again = new ScreeningEngine(rulebook);
            var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(content.WrittenMemory));
            start = time.GetTimestamp();
            again.Load(ref reader);
            var loaded = time.GetElapsedTime(start);
            (save, load, bytes) = (saved < save ? saved : save, loaded < load ? loaded : load, content.WrittenCount);
        }
        return new StartReport(Records, Records / step.TotalSeconds, Records / bare.TotalSeconds, bytes, bytes / save.TotalSeconds, bytes / load.TotalSeconds);
    }

    private (ScreeningEngine Engine, TimeSpan Stepped) Step(Rulebook book, CancellationToken cancel)
    {
        var (engine, load) = (new ScreeningEngine(book), new ScreenLoad(People, seed: 7));
        var (records, verdicts, stepped) = (new EngineRecord[Batch], new Verdict?[Batch], TimeSpan.Zero);
        for (var done = 0; done < Records; done += Batch)
        {
            cancel.ThrowIfCancellationRequested();
            load.Fill(records);
            var prepared = ScreeningEngine.Prepare(records);
            var start = time.GetTimestamp();
            engine.Step(prepared, verdicts);
            stepped += time.GetElapsedTime(start);
        }
        return (engine, stepped);
    }
}
