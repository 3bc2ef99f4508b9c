using System.Buffers;
using System.Buffers.Binary;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Journal.Snapshots;
using Cordon.Tests.Screening;

namespace Cordon.Tests.Journal;

/// <summary>
/// Records that follow from their number, so that an engine's state follows from how many it has taken: its snapshot is that number
/// and some bytes that must come back as they were; or the engine's own.
/// </summary>
internal sealed class Numbered(int filler = 40, bool own = false)
{
    public EngineState State => own ? EngineState.Own : new(Save, Load);

    /// <summary>How many records the engines of this state were loaded with, one number for each loading.</summary>
    public List<long> Loaded { get; } = [];

    public static EngineRecord Record(long n) => n == 1
        ? new ListChanged(new Guid(1, 0, 0, new byte[8]), ListName.FraudAccounts, "bank-a:666", true, Scene.Noon)
        : new SignalAccepted(new Transfer(
            new SignalId($"T{n}"), Scene.Bank, Scene.Noon, AccountNumber.Parse($"bank-a:{n % 7}"), AccountNumber.Parse(n % 5 == 0 ? "bank-a:666" : $"bank-a:{n % 11}"),
            new Amount(n, Currency.Cny), TransferMeans.Account, null));

    public static EngineRecord[] Records(long first, int count) => [.. Enumerable.Range(0, count).Select(i => Record(first + i))];

    /// <summary>What an engine answers that has taken the first so many.</summary>
    public static string Written(long count)
    {
        var engine = new ScreeningEngine(ShippedRulebook.China);
        for (var n = 1; n <= count; n++) engine.Step(Record(n));
        return Scene.Written(engine);
    }

    /// <summary>The journal has the first records in order, each once, and the engine answers as one that took them.</summary>
    public static void AssertHas(JournaledEngine engine, long count)
    {
        Assert.Equal(count, engine.Sequence);
        Assert.Equal(count, engine.Read(e => e.Sequence));
        Assert.Equal(Written(count), engine.Read(Scene.Written));
        var records = engine.ReadFrom(0, int.MaxValue);
        Assert.Equal(count, records.Count);
        for (var n = 1; n <= count; n++) Assert.Equal(Record(n), records[n - 1].Record);
    }

    public JournaledEngine Open(string folder, out RecoveryReport report, JournalOptions? options = null) =>
        JournaledEngine.Open(folder, options ?? JournalOptions.Default, null, out report, ShippedRulebook.China, State);

    private void Save(ScreeningEngine engine, IBufferWriter<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to.GetSpan(8), engine.Sequence);
        to.Advance(8);
        for (var at = 0; at < filler; at++)
        {
            to.GetSpan(1)[0] = Fill(at);
            to.Advance(1);
        }
    }

    private string? Load(ScreeningEngine engine, ref SequenceReader<byte> from)
    {
        if (!from.TryReadLittleEndian(out long count)) return "no number";
        for (var at = 0; at < filler; at++)
            if (!from.TryRead(out var one) || one != Fill(at)) return $"byte {at} is another";
        if (!from.End) return "more than was written";
        for (var n = 1; n <= count; n++) engine.Step(Record(n));
        Loaded.Add(count);
        return null;
    }

    private static byte Fill(int at) => unchecked((byte)((at * 31) + (at >> 8)));
}
