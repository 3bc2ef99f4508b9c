using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Signals;
using CsCheck;

namespace Cordon.Tests.Screening;

public sealed class ScreeningEngineTests
{
    private readonly Scene scene = new();

    [Fact]
    public void A_signal_is_new_once_then_a_repeat_and_with_other_values_a_conflict()
    {
        var transfer = scene.Transfer("bank-a:1", "bank-a:2");
        Assert.Equal(Admission.New, scene.Engine.Admit(transfer));
        scene.Tell(transfer);
        Assert.Equal(Admission.Repeat, scene.Engine.Admit(transfer with { }));
        Assert.Equal(Admission.Conflict, scene.Engine.Admit(transfer with { Amount = new Amount(101, Currency.Cny) }));
        Assert.Equal(Admission.Conflict, scene.Engine.Admit(transfer with { At = transfer.At + TimeSpan.FromMicroseconds(1) }));
        Assert.Equal(Admission.New, scene.Engine.Admit(transfer with { Member = MemberCode.Parse("bank-b") }));
        Assert.Equal(Admission.New, scene.Engine.Admit(transfer with { Id = new SignalId("other") }));
        Assert.Equal(Admission.New, scene.Engine.Admit(new WebVisit(transfer.Id, transfer.Member, transfer.At, Scene.Phone("+8613800000001"), new Domain("a.cn"))));
    }

    [Fact]
    public void A_record_that_is_not_new_takes_a_sequence_and_changes_nothing()
    {
        var transfer = scene.Transfer("bank-a:1", "bank-a:2");
        scene.Tell(transfer);
        Assert.Null(scene.Engine.Step(new SignalAccepted(transfer)));
        Assert.Null(scene.Engine.Step(new SignalAccepted(transfer with { Amount = new Amount(5, Currency.Cny) })));
        Assert.Equal(3, scene.Engine.Sequence);
        Assert.Equal(1, scene.Engine.Known.Money.TransferCount);
    }

    [Fact]
    public void A_list_command_that_comes_twice_acts_once()
    {
        var on = new ListChanged(new Guid(1, 0, 0, new byte[8]), ListName.FraudNumbers, "+8613800000001", true, Scene.Noon);
        var off = new ListChanged(new Guid(2, 0, 0, new byte[8]), ListName.FraudNumbers, "+8613800000001", false, Scene.Noon);
        scene.Engine.Step(on);
        scene.Engine.Step(off);
        scene.Engine.Step(on);
        Assert.False(scene.Engine.Known.Lists.Has(ListName.FraudNumbers, Scene.Phone("+8613800000001")));
    }

    [Fact]
    public void A_record_that_no_journal_can_hold_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => scene.Engine.Step(new SignalAccepted(scene.Transfer("bank-a:1", "bank-a:2", minor: 0))));

    [Fact]
    public void Alerts_are_read_by_sequence_in_pages()
    {
        scene.Put(ListName.FraudAccounts, "bank-a:9");
        var expected = new List<long>();
        for (var n = 0; n < 20; n++)
        {
            var fraud = n % 3 == 0;
            scene.Tell(scene.Transfer("bank-a:1", fraud ? "bank-a:9" : "bank-a:2"));
            if (fraud) expected.Add(scene.Engine.Sequence);
        }
        var read = new List<long>();
        while (scene.Engine.AlertsAfter(read.LastOrDefault(), 2) is { Count: > 0 } page) read.AddRange(page.Select(alert => alert.Sequence));
        Assert.Equal(expected, read);
        Assert.Equal(expected.Count, scene.Engine.AlertCount);
    }

    [Fact]
    public void The_same_records_give_the_same_verdicts_to_the_letter() => SignalGen.Record.Array[0, 200].Sample(records =>
    {
        var first = new ScreeningEngine(ShippedRulebook.China, _ => ShippedRulebook.China);
        var second = new ScreeningEngine(ShippedRulebook.China, _ => ShippedRulebook.China);
        var verdicts = records.Select(record => Scene.Written(first.Step(record))).ToList();
        Assert.Equal(verdicts, records.Select(record => Scene.Written(second.Step(record))));
        Assert.Equal(Scene.Written(first), Scene.Written(second));
    }, iter: 200);

    [Fact]
    public void How_records_are_cut_into_batches_changes_no_verdict() => Gen.Select(SignalGen.Record.Array[0, 400], Gen.Int[1, 90].Array[1, 8]).Sample((records, cuts) =>
    {
        var first = new ScreeningEngine(ShippedRulebook.China, _ => ShippedRulebook.China);
        var second = new ScreeningEngine(ShippedRulebook.China, _ => ShippedRulebook.China);
        var oneByOne = records.Select(record => Scene.Written(first.Step(record))).ToList();
        var together = new List<string>();
        for (var (from, cut) = (0, 0); from < records.Length; cut++)
        {
            var batch = records.Skip(from).Take(cuts[cut % cuts.Length]).ToArray();
            var verdicts = new Verdict?[batch.Length];
            second.Step(batch, batch.Select(ScreeningEngine.Fingerprint).ToArray(), verdicts);
            together.AddRange(verdicts.Select(Scene.Written));
            from += batch.Length;
        }
        Assert.Equal(oneByOne, together);
        Assert.Equal(Scene.Written(first), Scene.Written(second));
    }, iter: 200);
}
