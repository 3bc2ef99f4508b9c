using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Screening;

public sealed class AdmittedRecordsTests
{
    private static readonly Gen<RecordFingerprint> Fingerprint = Gen.Select(Gen.Int[0, 60], Gen.ULong[0, 2], (name, content) => new RecordFingerprint((UInt128)name, content));

    [Fact]
    public void A_batch_admits_what_its_records_one_by_one_would() => Gen.Select(Fingerprint.Array[0, 200], Gen.Int[1, 90].Array[1, 8]).Sample((records, cuts) =>
    {
        var (single, batched, plain) = (new AdmittedRecords(), new AdmittedRecords(), new Dictionary<UInt128, (ulong, long)>());
        var expected = records.Select((record, i) => plain.TryAdd(record.Name, (record.Content, i + 1))).ToArray();
        Assert.Equal(expected, records.Select((record, i) => single.TryAdd(record, i + 1)));
        var isNew = new bool[records.Length];
        for (var (from, cut) = (0, 0); from < records.Length; cut++)
        {
            var count = Math.Min(cuts[cut % cuts.Length], records.Length - from);
            batched.TryAdd(records.AsSpan(from, count), from + 1, isNew.AsSpan(from, count));
            from += count;
        }
        Assert.Equal(expected, isNew);
        for (var name = 0; name <= 60; name++)
        {
            var known = plain.TryGetValue((UInt128)name, out var first);
            Assert.Equal((known, first.Item1, first.Item2), (single.TryFind((UInt128)name, out var content, out var sequence), content, sequence));
            Assert.Equal((known, first.Item1, first.Item2), (batched.TryFind((UInt128)name, out content, out sequence), content, sequence));
        }
        Assert.Equal(plain.Count, batched.Count);
    });

    [Fact]
    public void Of_old_alerts_the_action_and_the_end_of_the_hold_are_kept()
    {
        var log = new AlertLog(most: 10);
        var scene = new Scene();
        for (var n = 1; n <= 35; n++)
        {
            var hold = n % 2 == 0;
            log.Add(new Alert(n * 10, scene.Transfer("bank-a:1", "bank-a:2"), new Verdict(hold ? VerdictAction.Hold : VerdictAction.Block, hold ? new Instant(n) : null, n < 9 ? "old" : "new", null)));
        }
        Assert.Equal(35, log.Count);
        Assert.Equal(Enumerable.Range(1, 35).Select(n => n * 10L), log.After(0, 100).Select(a => a.Sequence));
        Assert.Equal([90, 100, 110], log.After(85, 3).Select(a => a.Sequence));
        Assert.All(log.After(0, 100), a => Assert.Equal(a.Sequence > 250, a.Signal is not null));
        for (var n = 1; n <= 35; n++)
        {
            var verdict = log.At(n * 10)!.Verdict;
            Assert.Equal((n % 2 == 0 ? VerdictAction.Hold : VerdictAction.Block, n % 2 == 0 ? new Instant(n) : null, n < 9 ? "old" : "new"), (verdict.Action, verdict.HoldUntil, verdict.Rulebook));
            Assert.Empty(verdict.Reasons);
            Assert.Null(log.At((n * 10) + 1));
        }
    }
}
