using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Signals;
using CsCheck;

namespace Cordon.Tests.Screening;

public sealed class EngineLayoutTests
{
    private static readonly EngineLayout[] Layouts = [new(2, 1), new(8, 1), new(2, 2), new(8, 3)];

    [Fact]
    public void Partitions_and_threads_change_no_verdict() => SignalGen.Record.Array[600, 1_200].Sample(records =>
    {
        var one = Told(EngineLayout.One, records);
        foreach (var layout in Layouts) Assert.Equal(one, Told(layout, records));
    }, iter: 12);

    [Fact]
    public void Nor_while_another_rulebook_is_made_ready_and_takes_over() => SignalGen.Record.Array[1_000, 1_400].Sample(records =>
    {
        var hash = ShippedRulebook.China.Hash;
        EngineRecord[] all =
        [
            .. records[..200], new RulebookPrepared(new Guid(1, 0, 0, new byte[8]), hash, Scene.Noon), .. records[200..900],
            new RulebookActivated(new Guid(2, 0, 0, new byte[8]), hash, Scene.Noon), .. records[900..],
        ];
        var one = Told(EngineLayout.One, all);
        foreach (var layout in Layouts) Assert.Equal(one, Told(layout, all));
    }, iter: 4);

    [Fact]
    public void With_one_partition_nothing_is_looked_up_elsewhere_and_with_eight_much_is()
    {
        var (one, eight) = (Engine(EngineLayout.One), Engine(new EngineLayout(8, 2)));
        var records = Enumerable.Range(0, 2_000).Select(n => (EngineRecord)new SignalAccepted(new Call(
            new SignalId($"c{n}"), Scene.Telco, Scene.Noon, new PhoneNumber(8_613_000_000_000 + n), new PhoneNumber(8_613_900_000_000 + n),
            CallOrigin.Domestic, false, null, null, 60))).ToArray();
        one.Step(records, new Verdict?[records.Length]);
        eight.Step(records, new Verdict?[records.Length]);
        Assert.Equal(0, one.CrossPartitionReads);
        Assert.InRange(eight.CrossPartitionReads, 0.2, 0.9);
        Assert.Equal(one.WindowIdentifiers, eight.WindowIdentifiers);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(128, 1)]
    [InlineData(8, 0)]
    [InlineData(8, 65)]
    public void A_layout_that_cannot_be_is_refused(int partitions, int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScreeningEngine(ShippedRulebook.China, layout: new EngineLayout(partitions, threads)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(100, 64)]
    public void Threads_have_at_least_as_many_partitions(int threads, int partitions) => Assert.Equal(partitions, EngineLayout.For(threads).Partitions);

    private static ScreeningEngine Engine(EngineLayout layout) => new(ShippedRulebook.China, _ => ShippedRulebook.China, layout);

    private static string Told(EngineLayout layout, EngineRecord[] records)
    {
        var engine = Engine(layout);
        var verdicts = new Verdict?[records.Length];
        engine.Step(records, verdicts);
        return string.Join('\n', verdicts.Select(Scene.Written)) + Scene.Written(engine) + engine.ConditionErrors;
    }
}
