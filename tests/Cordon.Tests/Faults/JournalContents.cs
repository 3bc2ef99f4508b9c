using Cordon.Casework.Rulebooks;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Program;

namespace Cordon.Tests.Faults;

/// <summary>What stands in the journal of a home, read when no process has it.</summary>
/// <param name="Signals">Every signal in the order of the journal.</param>
/// <param name="TransfersInGraph">Transfers that the money graph rebuilt from it.</param>
internal sealed record JournalContents(IReadOnlyList<Signal> Signals, int TransfersInGraph)
{
    private const int Page = 10_000;

    public static async Task<JournalContents> ReadAsync(CordonHome home)
    {
        var library = new RulebookLibrary(Path.Combine(home.Data, "rulebooks"), Path.Combine(RepositoryFolder.Root, "packs", "cn", "rulebook"));
        await using var engine = JournaledEngine.Open(home.Journal, JournalOptions.Default, null, out var report, library: hash => library.Find(hash)?.Compiled);
        Assert.Equal(0, report.TruncatedBytes);
        var signals = new List<Signal>();
        var after = 0L;
        while (engine.ReadFrom(after, Page) is { Count: > 0 } records)
        {
            signals.AddRange(records.Select(r => r.Record).OfType<SignalAccepted>().Select(a => a.Signal));
            after = records[^1].Sequence;
        }
        return new JournalContents(signals, (int)engine.Read(e => e.Known.Money.TransferCount));
    }

    /// <summary>No signal stands twice, and every one is in the graph once.</summary>
    public void AssertWhole(int transfers)
    {
        Assert.Equal(transfers, Signals.Count);
        Assert.Equal(transfers, Signals.Select(s => (s.Member, s.Kind, s.Id)).Distinct().Count());
        Assert.Equal(transfers, TransfersInGraph);
    }
}
