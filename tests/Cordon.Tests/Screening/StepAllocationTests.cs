using Cordon.Commands.Bench;
using Cordon.Engine.Screening;

namespace Cordon.Tests.Screening;

/// <summary>A signal that is allowed leaves nothing behind for the collector: what is kept of it lies in chunks that were there before.</summary>
public sealed class StepAllocationTests(ITestOutputHelper output)
{
    // What is kept of a signal lies in chunks, and some list begins one every hundred signals or so. Rounds are so small that most meet none:
    // the median then tells what a signal itself allocates, and that is nothing.
    private const int Signals = 4;
    private const int WarmUp = 30_000;
    private const int Rounds = 8_000;

    // Code that is not yet compiled for good makes boxes the compiled code does not, and beside other tests that takes its time.
    private const int Attempts = 25;

    [Fact]
    public void A_step_of_allowed_signals_by_the_shipped_rulebook_allocates_nothing_but_new_chunks()
    {
        var engine = new ScreeningEngine(ShippedRulebook.China);
        var load = new ScreenLoad(people: 3_000, seed: 11);
        Play(engine, load, WarmUp);
        List<long> quiet;
        var attempt = 0;
        do quiet = Play(engine, load, Rounds);
        while (quiet[quiet.Count / 2] > 0 && ++attempt < Attempts);
        output.WriteLine($"{quiet.Count} quiet rounds of {Signals} after {attempt} noisy attempts: median {quiet[quiet.Count / 2]} B, {quiet.Average() / Signals:F1} B a signal with the chunks, {quiet.Count(b => b == 0)} without any");
        Assert.InRange(quiet.Count, Rounds / 4, Rounds);
        Assert.Equal(0, quiet[quiet.Count / 2]);
        // What is kept for good of a signal: its name, its call or transfer, its place in windows.
        Assert.InRange(quiet.Average() / Signals, 0, 400);
    }

    /// <summary>The bytes allocated in each round of only allowed signals, in rising order.</summary>
    private static List<long> Play(ScreeningEngine engine, ScreenLoad load, int rounds)
    {
        var verdicts = new Verdict?[Signals];
        var quiet = new List<long>();
        for (var round = 0; round < rounds; round++)
        {
            var records = new EngineRecord[Signals];
            load.Fill(records);
            var prepared = ScreeningEngine.Prepare(records);
            var before = GC.GetAllocatedBytesForCurrentThread();
            engine.Step(prepared, verdicts);
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            // An alert keeps what was looked up for it, and that is new.
            if (verdicts.All(v => v!.Action == VerdictAction.Allow)) quiet.Add(bytes);
        }
        quiet.Sort();
        return quiet;
    }
}
