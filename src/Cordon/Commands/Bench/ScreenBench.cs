using Cordon.Casework.Rulebooks;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;

namespace Cordon.Commands.Bench;

/// <summary>How fast the engine judges with some number of rules and threads.</summary>
/// <param name="Rules">Rules of the rulebook, its windows all kept. More than it has are the same again under other ids.</param>
/// <param name="Threads">Threads that worked.</param>
/// <param name="PerSecond">Signals stepped a second; encoding and hashing left out, which submitters do.</param>
/// <param name="NanosEach">Nanoseconds a signal.</param>
/// <param name="AllocatedEach">Bytes allocated a signal while stepping, by the stepping thread.</param>
/// <param name="Stopped">The share of signals that were not simply let pass.</param>
/// <param name="Crossed">The share of identifiers that lay in another partition than their signal's first.</param>
internal sealed record ScreenStep(int Rules, int Threads, double PerSecond, double NanosEach, double AllocatedEach, double Stopped, double Crossed);

/// <summary>What was measured.</summary>
/// <param name="Signals">Signals of each part; the last quarter is measured.</param>
/// <param name="People">People they come from.</param>
/// <param name="Identifiers">Identifiers with windows at the end.</param>
/// <param name="WindowBytesEach">Bytes of windows and index an identifier.</param>
/// <param name="HeapBytesEach">Bytes of all that the engine keeps, registers and money graph among it, an identifier.</param>
/// <param name="Evicted">Identifiers let go because they were idle.</param>
/// <param name="EncodeNanosEach">Nanoseconds to encode and hash a signal, on the submitter's thread.</param>
/// <param name="Steps">One for each number of rules, then one for each further number of threads with all rules.</param>
internal sealed record ScreenBenchReport(
    int Signals, int People, long Identifiers, double WindowBytesEach, double HeapBytesEach, long Evicted, double EncodeNanosEach, IReadOnlyList<ScreenStep> Steps);

/// <summary>Steps engines through generated signals.</summary>
/// <param name="book">The rulebook.</param>
/// <param name="people">People the signals come from.</param>
/// <param name="signals">Signals of each part.</param>
/// <param name="time">The clock.</param>
internal sealed class ScreenBench(KeptRulebook book, int people, int signals, TimeProvider time)
{
    private const int Batch = 4_096;
    private const ulong Seed = 20_260_302;

    private double encodeNanos;
    private (long Identifiers, long Bytes, long Evicted, long Heap) kept;

    /// <summary>Measures with each number of rules on one thread, then with all rules on each further number of threads.</summary>
    /// <param name="rules">How many rules; the largest of an integer means all.</param>
    /// <param name="threads">Further numbers of threads.</param>
    /// <param name="tell">Told the share done and the signals stepped.</param>
    /// <param name="cancel">Ends it between two batches.</param>
    public ScreenBenchReport Run(IReadOnlyList<int> rules, IReadOnlyList<int> threads, Action<double, long> tell, CancellationToken cancel)
    {
        var all = book.Source.Rules.Length;
        var parts = rules.Select(count => (Rules: count == int.MaxValue ? all : count, Threads: 1)).Concat(threads.Select(count => (Rules: all, Threads: count))).ToList();
        var steps = new List<ScreenStep>();
        foreach (var (count, workers) in parts)
        {
            var part = steps.Count;
            steps.Add(Run(count, workers, done => tell((part + ((double)done / signals)) / parts.Count, ((long)part * signals) + done), cancel));
        }
        var each = (long bytes) => kept.Identifiers == 0 ? 0 : (double)bytes / kept.Identifiers;
        return new ScreenBenchReport(signals, people, kept.Identifiers, each(kept.Bytes), each(kept.Heap), kept.Evicted, encodeNanos, steps);
    }

    private ScreenStep Run(int rules, int threads, Action<long> tell, CancellationToken cancel)
    {
        var load = new ScreenLoad(people, Seed);
        var rulebook = WithRules(rules);
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        var engine = new ScreeningEngine(rulebook, library: null, threads == 1 ? EngineLayout.One : EngineLayout.For(threads));
        var records = new EngineRecord[Batch];
        var verdicts = new Verdict?[Batch];
        var (stepped, encoded, allocated, measured, stopped) = (TimeSpan.Zero, TimeSpan.Zero, 0L, 0L, 0L);
        for (long done = 0; done < signals; done += Batch)
        {
            cancel.ThrowIfCancellationRequested();
            load.Fill(records);
            var started = time.GetTimestamp();
            var prepared = ScreeningEngine.Prepare(records);
            var between = time.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            engine.Step(prepared, verdicts);
            var ended = time.GetTimestamp();
            tell(done);
            // The windows fill in the first three quarters; what comes then is the steady state.
            if (done < signals / 4L * 3) continue;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            encoded += time.GetElapsedTime(started, between);
            stepped += time.GetElapsedTime(between, ended);
            measured += Batch;
            stopped += verdicts.Count(v => v is { Action: not VerdictAction.Allow });
        }
        encodeNanos = encoded.TotalNanoseconds / measured;
        Array.Clear(records);
        kept = (engine.WindowIdentifiers, engine.WindowBytes, engine.WindowsEvicted, GC.GetTotalMemory(forceFullCollection: true) - empty);
        GC.KeepAlive(engine);
        return new ScreenStep(
            rules, threads, measured / stepped.TotalSeconds, stepped.TotalNanoseconds / measured, (double)allocated / measured, (double)stopped / measured, engine.CrossPartitionReads);
    }

    private Rulebook WithRules(int count)
    {
        var rules = book.Source.Rules;
        if (count == rules.Length) return book.Compiled;
        var taken = Enumerable.Range(0, count).Select(i => i < rules.Length
            ? rules[i]
            : rules[i % rules.Length] with { Id = rules[i % rules.Length].Id with { Text = $"{rules[i % rules.Length].Id.Text}-{i / rules.Length}" } });
        var source = book.Source with { Rules = [.. taken] };
        return Rulebook.Compile(source, RulebookHash.Of(source)).Rulebook!;
    }
}
