using System.Buffers;
using Cordon.Engine.Money;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Signals;
using CsCheck;

namespace Cordon.Tests.Screening;

/// <summary>An engine that was saved and loaded is the engine that never stopped.</summary>
public sealed class SavedEngineTests
{
    [Fact]
    public void Cut_anywhere_it_goes_on_as_if_it_had_never_stopped() => Gen.Select(SignalGen.Record.Array[0, 300], Gen.Double[0, 1]).Sample((records, share) =>
    {
        var cut = (int)(share * records.Length);
        var (whole, begun) = (New(), New());
        foreach (var record in records.Take(cut)) Assert.Equal(Scene.Written(whole.Step(record)), Scene.Written(begun.Step(record)));
        var bytes = Save(begun);
        var loaded = Load(bytes);
        Assert.Equal(bytes, Save(loaded));
        foreach (var record in records.Skip(cut)) Assert.Equal(Scene.Written(whole.Step(record)), Scene.Written(loaded.Step(record)));
        AssertSame(whole, loaded, records);
        Assert.Equal(Save(whole), Save(loaded));
    }, iter: 150);

    [Fact]
    public void What_was_looked_up_for_an_alert_explains_it_afterwards_too() => SignalGen.Record.Array[100, 300].Sample(records =>
    {
        var engine = New();
        foreach (var record in records) engine.Step(record);
        var loaded = Load(Save(engine));
        foreach (var (was, now) in engine.AlertsAfter(0, int.MaxValue).Zip(loaded.AlertsAfter(0, int.MaxValue)))
        {
            Assert.Equal(was.Signal, now.Signal);
            foreach (var audience in Enum.GetValues<Audience>())
            {
                Assert.Equal(Explained(was, audience), Explained(now, audience));
                Assert.Equal(Explanation.Sentences(was.Verdict, audience), Explanation.Sentences(now.Verdict, audience));
            }
        }
    }, iter: 50);

    [Fact]
    public void Damaged_bytes_are_refused_or_harmless() => Gen.Select(SignalGen.Record.Array[50, 120], Gen.Int[0, int.MaxValue].Array[40], Gen.Byte[1, 255]).Sample((records, places, change) =>
    {
        var engine = New();
        foreach (var record in records) engine.Step(record);
        var bytes = Save(engine);
        foreach (var place in places)
        {
            byte[] damaged = [.. bytes];
            damaged[place % bytes.Length] ^= change;
            AssertRefusedOrRead(damaged);
            AssertRefusedOrRead(bytes[..(place % bytes.Length)]);
        }
    }, iter: 20);

    [Fact]
    public void One_that_names_a_rulebook_nobody_keeps_is_refused_by_its_hash()
    {
        var engine = New();
        engine.Step(new RulebookActivated(new Guid(1, 0, 0, new byte[8]), SmallRules.Compiled.Hash, Scene.Noon));
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(Save(engine)));
        try
        {
            new ScreeningEngine(ShippedRulebook.China).Load(ref reader);
            Assert.Fail("It was taken.");
        }
        catch (FormatException fault)
        {
            Assert.Contains(SmallRules.Compiled.Hash, fault.Message, StringComparison.Ordinal);
        }
    }

    private static ScreeningEngine New() => new(ShippedRulebook.China, Find);

    // Every hash a generator makes up is one of two rulebooks.
    private static Rulebook Find(string hash) =>
        hash == SmallRules.Compiled.Hash || (hash != ShippedRulebook.China.Hash && hash[0] < '8') ? SmallRules.Compiled : ShippedRulebook.China;

    private static byte[] Save(ScreeningEngine engine)
    {
        var bytes = new ArrayBufferWriter<byte>();
        engine.Save(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static ScreeningEngine Load(byte[] bytes)
    {
        var engine = New();
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(bytes));
        engine.Load(ref reader);
        Assert.True(reader.End);
        return engine;
    }

    private static void AssertRefusedOrRead(byte[] bytes)
    {
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(bytes));
        try
        {
            New().Load(ref reader);
        }
        catch (FormatException)
        {
            // Refused by name: the journal is read instead.
        }
    }

    private static string Explained(Alert alert, Audience audience) => string.Join('\n', Explanation.Of(alert.Signal!, alert.Verdict, audience).Rules.Select(rule =>
        $"{rule.Rule.Id} {rule.Text} {string.Join(';', rule.Steps)} {string.Join(';', rule.Otherwise)}"));

    private static void AssertSame(ScreeningEngine whole, ScreeningEngine loaded, EngineRecord[] records)
    {
        Assert.Equal(Scene.Written(whole), Scene.Written(loaded));
        Assert.Equal((whole.Sequence, whole.AlertCount, whole.ConditionErrors, whole.Rulebook.Hash, whole.Prepared?.Hash), (loaded.Sequence, loaded.AlertCount, loaded.ConditionErrors, loaded.Rulebook.Hash, loaded.Prepared?.Hash));
        Assert.Equal((whole.WindowIdentifiers, whole.WindowsEvicted, whole.WindowsTooLate), (loaded.WindowIdentifiers, loaded.WindowsEvicted, loaded.WindowsTooLate));
        foreach (var record in records)
        {
            Assert.Equal(whole.Admit(record), loaded.Admit(record));
            if (record is SignalAccepted { Signal: var signal }) AssertSame(whole.Known, loaded.Known, signal);
        }
    }

    private static void AssertSame(EngineKnowledge whole, EngineKnowledge loaded, Signal signal)
    {
        switch (signal)
        {
            case Call call:
                Assert.Equal(whole.Calls.Between(call.Caller, call.Callee, Instant.Max, TimeSpan.MaxValue), loaded.Calls.Between(call.Caller, call.Callee, Instant.Max, TimeSpan.MaxValue));
                Assert.Equal(whole.Calls.CallersOf(call.Callee, 10), loaded.Calls.CallersOf(call.Callee, 10));
                Assert.Equal(whole.Talks.OtherEnd(call.Caller, call.At), loaded.Talks.OtherEnd(call.Caller, call.At));
                break;
            case Subscription told:
                Assert.Equal(whole.Lines.Find(told.Line), loaded.Lines.Find(told.Line));
                if (told.Person is { } holder) Assert.Equal((whole.Lines.CountOf(holder), whole.Lines.CountOf(holder, told.Member)), (loaded.Lines.CountOf(holder), loaded.Lines.CountOf(holder, told.Member)));
                break;
            case AccountOpening told:
                Assert.Equal(whole.Accounts.Find(told.Account), loaded.Accounts.Find(told.Account));
                if (told.Person is { } person) Assert.Equal(whole.Accounts.Of(person), loaded.Accounts.Of(person));
                break;
            case Transfer transfer:
                Assert.Equal(whole.FindTransfer(transfer.Member, transfer.Id), loaded.FindTransfer(transfer.Member, transfer.Id));
                Assert.Equal(Traced(whole.Money, transfer), Traced(loaded.Money, transfer));
                break;
        }
    }

    private static string Traced(MoneyGraph graph, Transfer transfer) =>
        graph.Trace(new TraceRequest([new TransferSeed(transfer.Member, transfer.Id)], Instant.Max, TraceBounds.Default), out var trace) is { } refusal
            ? refusal.ToString()
            : string.Join('\n', trace!.Least.Flows) + string.Join('\n', trace.Most.Accounts);
}
