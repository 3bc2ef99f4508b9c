using Cordon.Casework.Rulebooks;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;

namespace Cordon.Commands.Bench;

/// <summary>How fast the engine judges with some number of rules.</summary>
/// <param name="Rules">Rules of the rulebook, its windows all kept.</param>
/// <param name="PerSecond">Signals stepped a second, on one core; encoding and hashing left out, which submitters do.</param>
/// <param name="NanosEach">Nanoseconds a signal.</param>
/// <param name="AllocatedEach">Bytes allocated a signal while stepping.</param>
/// <param name="Stopped">The share of signals that were not simply let pass.</param>
internal sealed record ScreenStep(int Rules, double PerSecond, double NanosEach, double AllocatedEach, double Stopped);

/// <summary>What was measured.</summary>
/// <param name="Signals">Signals of each part; the last quarter is measured.</param>
/// <param name="People">People they come from.</param>
/// <param name="Identifiers">Identifiers with windows at the end.</param>
/// <param name="WindowBytesEach">Bytes of windows and index an identifier.</param>
/// <param name="Evicted">Identifiers let go because they were idle.</param>
/// <param name="EncodeNanosEach">Nanoseconds to encode and hash a signal, on the submitter's thread.</param>
/// <param name="Steps">One for each number of rules.</param>
internal sealed record ScreenBenchReport(
    int Signals, int People, long Identifiers, double WindowBytesEach, long Evicted, double EncodeNanosEach, IReadOnlyList<ScreenStep> Steps);

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
    private (long Identifiers, long Bytes, long Evicted) windows;

    /// <summary>Measures with each number of rules.</summary>
    /// <param name="rules">How many rules; more than there are means all.</param>
    /// <param name="tell">Told the share done and the signals stepped.</param>
    /// <param name="cancel">Ends it between two batches.</param>
    public ScreenBenchReport Run(IReadOnlyList<int> rules, Action<double, long> tell, CancellationToken cancel)
    {
        var steps = new List<ScreenStep>();
        foreach (var count in rules.Select(r => Math.Min(r, book.Source.Rules.Length)).Distinct())
        {
            var part = steps.Count;
            steps.Add(Run(count, done => tell((part + ((double)done / signals)) / rules.Count, ((long)part * signals) + done), cancel));
        }
        return new ScreenBenchReport(
            signals, people, windows.Identifiers, windows.Identifiers == 0 ? 0 : (double)windows.Bytes / windows.Identifiers, windows.Evicted, encodeNanos, steps);
    }

    private ScreenStep Run(int count, Action<long> tell, CancellationToken cancel)
    {
        var engine = new ScreeningEngine(WithRules(count));
        var load = new ScreenLoad(people, Seed);
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
        windows = (engine.WindowIdentifiers, engine.WindowBytes, engine.WindowsEvicted);
        return new ScreenStep(count, measured / stepped.TotalSeconds, stepped.TotalNanoseconds / measured, (double)allocated / measured, (double)stopped / measured);
    }

    private Rulebook WithRules(int count)
    {
        if (count == book.Source.Rules.Length) return book.Compiled;
        var source = book.Source with { Rules = [.. book.Source.Rules.Take(count)] };
        return Rulebook.Compile(source, RulebookHash.Of(source)).Rulebook!;
    }
}
