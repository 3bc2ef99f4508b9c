using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Screening;
using Cordon.Tests.Signals;
using CsCheck;

namespace Cordon.Tests.Journal;

public sealed class JournaledEngineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Scene scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_receipt_tells_of_each_record_in_order()
    {
        await using var engine = Open();
        var transfer = scene.Transfer("bank-a:1", "bank-a:2");
        var stop = new ListChanged(new Guid(1, 0, 0, new byte[8]), ListName.StoppedAccounts, "bank-a:1", true, Scene.Noon);
        var receipt = await engine.SubmitAsync(
        [
            new SignalAccepted(transfer),
            stop,
            new SignalAccepted(transfer),
            new SignalAccepted(transfer with { Amount = new Amount(7, Currency.Cny) }),
            new SignalAccepted(scene.Transfer("bank-a:1", "bank-a:2", minor: 0)),
            new SignalAccepted(scene.Transfer("bank-a:1", "bank-a:3")),
        ], Cancel);
        Assert.Equal((3, 1, 1, 1), (receipt.Accepted, receipt.Repeats, receipt.Conflicts, receipt.Faults));
        Assert.Equal([1, 2, 1, 1, 0, 3], receipt.Outcomes.Select(outcome => outcome.Sequence));
        Assert.Equal(
            [VerdictAction.Allow, null, VerdictAction.Allow, null, null, VerdictAction.Block],
            receipt.Outcomes.Select(outcome => outcome.Verdict?.Action));
        Assert.Equal(RecordFault.Amount, receipt.Outcomes[4].Fault);
        Assert.Equal(3, receipt.Sequence);
    }

    [Fact]
    public async Task A_repeat_gets_the_verdict_that_it_got_at_first_also_after_opening_again()
    {
        var transfer = new SignalAccepted(scene.Transfer("bank-a:2", "bank-a:1"));
        string first;
        await using (var engine = Open())
        {
            await engine.SubmitAsync([new ListChanged(new Guid(1, 0, 0, new byte[8]), ListName.FraudAccounts, "bank-a:1", true, Scene.Noon)], Cancel);
            first = Scene.Written((await engine.SubmitAsync([transfer], Cancel)).Outcomes[0].Verdict);
            await engine.SubmitAsync([new ListChanged(new Guid(2, 0, 0, new byte[8]), ListName.FraudAccounts, "bank-a:1", false, Scene.Noon)], Cancel);
            Assert.Equal(first, Scene.Written((await engine.SubmitAsync([transfer], Cancel)).Outcomes[0].Verdict));
        }
        await using var again = Open();
        var repeat = (await again.SubmitAsync([transfer], Cancel)).Outcomes[0];
        Assert.Equal((Admission.Repeat, 2L, first), (repeat.Admission, repeat.Sequence, Scene.Written(repeat.Verdict)));
        Assert.Equal(0, again.Flushes);
    }

    [Fact]
    public async Task Repeats_between_batches_that_wait_together_are_taken_once_and_share_one_flush()
    {
        using var reached = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        var options = new JournalOptions
        {
            BeforeStep = step =>
            {
                if (step != JournalStep.Write) return;
                reached.Release();
                released.Wait(Cancel);
            },
        };
        await using var engine = JournaledEngine.Open(folder.Path, options, null, out _);
        var transfer = scene.Transfer("bank-a:1", "bank-a:2");
        var leading = engine.SubmitAsync([new SignalAccepted(scene.Transfer("bank-a:3", "bank-a:4"))], Cancel);
        await reached.WaitAsync(Cancel);
        var same = Enumerable.Range(0, 10).Select(_ => engine.SubmitAsync([new SignalAccepted(transfer)], Cancel)).ToList();
        var other = engine.SubmitAsync([new SignalAccepted(transfer with { Amount = new Amount(9, Currency.Cny) })], Cancel);
        Assert.Equal(0, engine.Sequence);
        released.Set();
        var outcomes = (await Task.WhenAll(same)).Select(receipt => receipt.Outcomes[0]).ToList();
        Assert.Equal(1, outcomes.Count(outcome => outcome.Admission == Admission.New));
        Assert.Equal(9, outcomes.Count(outcome => outcome.Admission == Admission.Repeat));
        Assert.All(outcomes, outcome => Assert.Equal((2L, VerdictAction.Allow), (outcome.Sequence, outcome.Verdict!.Action)));
        Assert.Equal((Admission.Conflict, 2L), ((await other).Outcomes[0].Admission, (await other).Outcomes[0].Sequence));
        await leading;
        Assert.Equal((2L, 2L), (engine.Sequence, engine.Flushes));
    }

    [Fact]
    public async Task Sixty_four_submitters_are_all_acknowledged_without_gaps_in_fewer_flushes()
    {
        const int Submitters = 64, Each = 10;
        await using var engine = Open();
        var receipts = await Task.WhenAll(Enumerable.Range(0, Submitters).Select(submitter => Task.Run(async () =>
        {
            var mine = new List<SubmitReceipt>();
            for (var n = 0; n < Each; n++) mine.Add(await engine.SubmitAsync([Visit(submitter, n), Visit(submitter, n + 1_000)], Cancel));
            return mine;
        }, Cancel)));
        var sequences = receipts.SelectMany(mine => mine).SelectMany(receipt => receipt.Outcomes).Select(outcome => outcome.Sequence).Order();
        Assert.Equal(Enumerable.Range(1, Submitters * Each * 2).Select(n => (long)n), sequences);
        Assert.InRange(engine.Flushes, 1, (Submitters * Each) - 1);
    }

    [Fact]
    public async Task The_journal_gives_the_same_verdicts_again_to_the_letter_however_it_was_submitted() =>
        await Gen.Select(SignalGen.Record.Array[1, 80], Gen.Int[1, 20]).SampleAsync(async (records, size) =>
        {
            using var mine = new TemporaryFolder();
            string written;
            await using (var engine = JournaledEngine.Open(mine.Path, JournalOptions.Default, null, out _, ShippedRulebook.China, _ => ShippedRulebook.China))
            {
                await Task.WhenAll(records.Chunk(size).Select(batch => engine.SubmitAsync(batch, Cancel)));
                written = engine.Read(Scene.Written);
                var reference = new ScreeningEngine(ShippedRulebook.China, _ => ShippedRulebook.China);
                foreach (var (_, record) in engine.ReadFrom(0, int.MaxValue)) reference.Step(record);
                Assert.Equal(Scene.Written(reference), written);
                Assert.Equal(records.DistinctBy(Name).Count(), engine.Sequence);
            }
            await using var again = JournaledEngine.Open(mine.Path, JournalOptions.Default, null, out _, ShippedRulebook.China, _ => ShippedRulebook.China);
            Assert.Equal(written, again.Read(Scene.Written));
        }, iter: 40);

    [Fact]
    public async Task A_follower_waits_for_what_is_new_and_reads_it_judged()
    {
        await using var engine = Open();
        var follower = Task.Run(async () =>
        {
            var read = new List<EngineRecord>();
            while (read.Count < 60)
            {
                await engine.WaitForAsync(read.Count, Cancel);
                foreach (var (sequence, record) in engine.ReadFrom(read.Count, 7))
                {
                    Assert.Equal(read.Count + 1, sequence);
                    Assert.Equal(Admission.Repeat, engine.Read(known => known.Admit(record)));
                    read.Add(record);
                }
            }
            return read;
        }, Cancel);
        var submitted = new List<EngineRecord>();
        for (var n = 0; n < 60; n += 3)
        {
            EngineRecord[] batch = [Visit(1, n), Visit(1, n + 1), Visit(1, n + 2)];
            submitted.AddRange(batch);
            await engine.SubmitAsync(batch, Cancel);
        }
        Assert.Equal(submitted, await follower);
    }

    [Fact]
    public async Task Who_has_a_receipt_finds_his_records_at_once()
    {
        await using var engine = Open();
        for (var n = 0; n < 50; n++)
        {
            var receipt = await engine.SubmitAsync([Visit(1, n)], Cancel);
            Assert.Equal(receipt.Sequence, Assert.Single(engine.ReadFrom(receipt.Sequence - 1, 10)).Sequence);
            Assert.True(engine.WaitForAsync(receipt.Sequence - 1, Cancel).IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task Waiting_ends_by_its_token_and_when_the_engine_closes()
    {
        var engine = Open();
        using var impatient = new CancellationTokenSource();
        var cancelled = engine.WaitForAsync(0, impatient.Token);
        var closed = engine.WaitForAsync(0, Cancel);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await engine.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => closed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.SubmitAsync([Visit(1, 1)], Cancel));
    }

    [Fact]
    public async Task Single_records_get_the_outcomes_that_a_batch_gets()
    {
        await using var engine = Open();
        var transfer = scene.Transfer("bank-a:1", "bank-a:2");
        Assert.Equal((Admission.New, 1L), Of(await engine.SubmitAsync(new SignalAccepted(transfer), Cancel)));
        Assert.Equal((Admission.Repeat, 1L), Of(await engine.SubmitAsync(new SignalAccepted(transfer), Cancel)));
        Assert.Equal((Admission.Conflict, 1L), Of(await engine.SubmitAsync(new SignalAccepted(transfer with { Amount = new Amount(7, Currency.Cny) }), Cancel)));
        Assert.Equal(RecordFault.Amount, (await engine.SubmitAsync(new SignalAccepted(scene.Transfer("bank-a:1", "bank-a:2", minor: 0)), Cancel)).Fault);
        Assert.Equal(1, engine.Sequence);

        static (Admission, long) Of(SubmitOutcome outcome) => (outcome.Admission, outcome.Sequence);
    }

    [Fact]
    public async Task A_repeat_of_what_is_durable_but_not_judged_yet_is_known_as_one()
    {
        using var reached = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        using var second = new SemaphoreSlim(0);
        var groups = 0;
        var options = new JournalOptions
        {
            BeforeStep = step =>
            {
                if (step == JournalStep.Write && ++groups == 2) second.Release();
                if (step != JournalStep.Judge) return;
                reached.Release();
                released.Wait(Cancel);
            },
        };
        await using var engine = JournaledEngine.Open(folder.Path, options, null, out _);
        var transfer = scene.Transfer("bank-a:1", "bank-a:2");
        var first = engine.SubmitAsync([new SignalAccepted(transfer)], Cancel);
        await reached.WaitAsync(Cancel);
        var again = engine.SubmitAsync([new SignalAccepted(transfer), Visit(1, 1)], Cancel);
        await second.WaitAsync(Cancel);
        Assert.Equal(0, engine.Sequence);
        released.Set();
        Assert.Equal(Admission.New, (await first).Outcomes[0].Admission);
        Assert.Equal((Admission.Repeat, 1L, VerdictAction.Allow), ((await again).Outcomes[0].Admission, (await again).Outcomes[0].Sequence, (await again).Outcomes[0].Verdict!.Action));
    }

    [Fact]
    public async Task A_record_of_a_newer_version_is_refused_by_name()
    {
        await folder.WriteAsync([[99, 1, 2, 3]]);
        var damage = Assert.Throws<JournalCorruptException>(Open);
        Assert.Contains("newer version", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_batch_gets_an_empty_receipt_and_one_too_large_is_refused()
    {
        await using var engine = JournaledEngine.Open(folder.Path, new JournalOptions { BatchRecords = 2 }, null, out _);
        Assert.Empty((await engine.SubmitAsync([], Cancel)).Outcomes);
        await Assert.ThrowsAsync<ArgumentException>(() => engine.SubmitAsync([Visit(1, 1), Visit(1, 2), Visit(1, 3)], Cancel));
    }

    private JournaledEngine Open() => JournaledEngine.Open(folder.Path, JournalOptions.Default, null, out _, ShippedRulebook.China, _ => ShippedRulebook.China);

    private static SignalAccepted Visit(int submitter, int n) =>
        new(new WebVisit(new SignalId($"V{submitter}-{n}"), Scene.Telco, Scene.Noon, Scene.Phone("+8613800000001"), new Domain("a.cn")));

    private static object Name(EngineRecord record) => record switch
    {
        SignalAccepted { Signal: var signal } => (signal.Member, signal.Kind, signal.Id),
        ListChanged change => change.CommandId,
        RulebookActivated activated => activated.CommandId,
        RulebookPrepared prepared => prepared.CommandId,
        MemberPlaced placed => placed.CommandId,
        AnswerDegraded answer => answer.CommandId,
        _ => throw new InvalidOperationException(),
    };
}
