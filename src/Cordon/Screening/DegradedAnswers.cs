using System.Threading.Channels;
using Cordon.Casework;
using Cordon.Engine.Screening;
using Cordon.Journal;

namespace Cordon.Screening;

/// <summary>
/// Writes the answers that were given without a verdict into the journal, when the journal can. Nobody waits for it: an answer that
/// finds no place is counted and not recorded.
/// </summary>
internal sealed class DegradedAnswers(JournaledEngine engine, ScreeningOptions options, ScreeningCounters counters, IIdSource ids, TimeProvider time, ILogger<DegradedAnswers> log)
    : BackgroundService
{
    private const int MostTogether = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Answered> waiting = Channel.CreateBounded<Answered>(new BoundedChannelOptions(options.MostUnwritten) { SingleReader = true });

    /// <summary>How many wait to be written.</summary>
    public int Waiting => waiting.Reader.Count;

    /// <summary>Takes an answer that was given.</summary>
    public void Take(Answered answer)
    {
        if (!waiting.Writer.TryWrite(answer)) counters.AddUnwritten();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<EngineRecord> records = [];
        while (await waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            while (records.Count < MostTogether && waiting.Reader.TryRead(out var answer)) records.Add(RecordOf(answer));
            await WriteAsync(records, stoppingToken);
            records.Clear();
        }
    }

    private AnswerDegraded RecordOf(Answered answer) =>
        new(ids.NewId(answer.At), answer.Signal.Kind, answer.Signal.Member, answer.Signal.Id, answer.Action, answer.At);

    private async Task WriteAsync(List<EngineRecord> records, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                // A copy, because what is cancelled may still be on its way.
                await engine.SubmitAsync([.. records], cancel);
                counters.AddWritten(records.Count);
                return;
            }
            catch (JournalPausedException)
            {
                await Task.Delay(Pause, time, cancel);
            }
            catch (Exception fault) when (Answered.CauseOf(fault) is not null)
            {
                log.LogError(fault, "{Count} degraded answers were not recorded: the journal stopped.", records.Count);
                for (var i = 0; i < records.Count; i++) counters.AddUnwritten();
                return;
            }
        }
    }
}
