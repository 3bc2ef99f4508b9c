using Cordon.Journal;
using Microsoft.Extensions.Time.Testing;

using Cordon.Tests.Screening;

namespace Cordon.Tests.Journal;

/// <summary>A journal that cannot write refuses work, serves reads, and goes on by itself: nothing acknowledged is lost, nothing stands twice.</summary>
public sealed class PausedJournalTests : IDisposable
{
    private const int NoSpace = 28;
    private const int InputOutput = 5;

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly List<JournalState> told = [];
    private (JournalStep Step, int Code)? failing;
    private Action? probing;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private JournalOptions Options => new()
    {
        Time = time,
        SegmentBytes = 4_096,
        OnHealth = health => told.Add(health.State),
        BeforeStep = step =>
        {
            if (failing is { } now && step == now.Step) throw new IOException("The disk said no.", now.Code);
            if (step == JournalStep.Probe) probing?.Invoke();
        },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Write", NoSpace, JournalState.Full)]
    [InlineData("Write", InputOutput, JournalState.Faulty)]
    [InlineData("Flush", NoSpace, JournalState.Full)]
    [InlineData("Flush", InputOutput, JournalState.Faulty)]
    [InlineData("Roll", NoSpace, JournalState.Full)]
    [InlineData("Roll", InputOutput, JournalState.Faulty)]
    public async Task It_refuses_serves_reads_and_goes_on(string step, int code, JournalState expected)
    {
        await using (var engine = Open())
        {
            await engine.SubmitAsync(Numbered.Records(1, 90), Cancel);
            failing = (Enum.Parse<JournalStep>(step), code);
            var follower = engine.WaitForAsync(90, Cancel);
            var refused = await Assert.ThrowsAsync<JournalPausedException>(() => engine.SubmitAsync(Numbered.Records(91, 60), Cancel));
            Assert.Equal((expected, TimeSpan.FromSeconds(1)), (refused.State, refused.RetryAfter));
            Assert.Equal((expected, "The disk said no."), (engine.Health.State, engine.Health.Reason));
            await Assert.ThrowsAsync<JournalPausedException>(async () => await engine.SubmitAsync(Numbered.Record(91), Cancel));
            Numbered.AssertHas(engine, 90);
            Assert.Null(engine.Failure);

            failing = null;
            time.Advance(TimeSpan.FromSeconds(1));
            await engine.UntilAsync(() => engine.Health.State == JournalState.Working);
            Assert.Equal([expected, JournalState.Working], told);
            Assert.False(follower.IsCompleted);
            Assert.Equal(60, (await engine.SubmitAsync(Numbered.Records(91, 60), Cancel)).Accepted);
            await follower;
            Numbered.AssertHas(engine, 150);
        }
        await using var again = Open();
        Numbered.AssertHas(again, 150);
    }

    [Fact]
    public async Task It_looks_again_as_often_as_it_must()
    {
        await using var engine = Open();
        failing = (JournalStep.Write, NoSpace);
        await Assert.ThrowsAsync<JournalPausedException>(() => engine.SubmitAsync(Numbered.Records(1, 3), Cancel));
        var since = engine.Health.Since;
        var looks = 0;
        failing = null;
        probing = () =>
        {
            looks++;
            throw new IOException("Still none.", NoSpace);
        };
        for (var n = 1; n <= 5; n++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await engine.UntilAsync(() => engine.Health.Reason == "Still none." && looks == n);
            Assert.Equal((JournalState.Full, since), (engine.Health.State, engine.Health.Since));
        }
        probing = null;
        await engine.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return engine.Health.State == JournalState.Working;
        });
        Assert.Equal([JournalState.Full, JournalState.Working], told);
        await engine.SubmitAsync(Numbered.Records(1, 3), Cancel);
        Numbered.AssertHas(engine, 3);
    }

    [Fact]
    public async Task After_a_failed_flush_what_comes_goes_into_a_new_file_and_the_unacknowledged_end_is_gone()
    {
        await using var engine = Open();
        await engine.SubmitAsync(Numbered.Records(1, 5), Cancel);
        var acknowledged = new FileInfo(folder.Segments[0]).Length;
        failing = (JournalStep.Flush, InputOutput);
        await Assert.ThrowsAsync<JournalPausedException>(() => engine.SubmitAsync(Numbered.Records(6, 5), Cancel));
        Assert.True(new FileInfo(folder.Segments[0]).Length > acknowledged);
        failing = null;
        time.Advance(TimeSpan.FromSeconds(1));
        await engine.UntilAsync(() => engine.Health.State == JournalState.Working);
        Assert.Equal(acknowledged, new FileInfo(folder.Segments[0]).Length);
        Assert.Equal(SegmentFormat.FileName(6), Path.GetFileName(folder.Segments[1]));
        await engine.SubmitAsync(Numbered.Records(6, 5), Cancel);
        Numbered.AssertHas(engine, 10);
    }

    [Fact]
    public async Task A_first_flush_that_fails_begins_its_file_anew()
    {
        await using (var engine = Open())
        {
            failing = (JournalStep.Flush, InputOutput);
            await Assert.ThrowsAsync<JournalPausedException>(() => engine.SubmitAsync(Numbered.Records(1, 5), Cancel));
            failing = null;
            time.Advance(TimeSpan.FromSeconds(1));
            await engine.UntilAsync(() => engine.Health.State == JournalState.Working);
            await engine.SubmitAsync(Numbered.Records(1, 6), Cancel);
        }
        Assert.Single(folder.Segments);
        await using var again = Open();
        Numbered.AssertHas(again, 6);
    }

    [Fact]
    public async Task Acknowledged_records_that_the_disk_lost_with_a_failed_flush_stop_it_for_good()
    {
        await using var engine = Open();
        await engine.SubmitAsync(Numbered.Records(1, 5), Cancel);
        failing = (JournalStep.Flush, InputOutput);
        await Assert.ThrowsAsync<JournalPausedException>(() => engine.SubmitAsync(Numbered.Records(6, 5), Cancel));
        using (var file = new FileStream(folder.Segments[0], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = SegmentFormat.HeaderBytes + 20;
            file.WriteByte(0xEE);
        }
        failing = null;
        var follower = engine.WaitForAsync(5, Cancel);
        time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<JournalFailedException>(() => follower);
        Assert.Equal(JournalState.Stopped, engine.Health.State);
        Assert.Contains("acknowledged", engine.Failure!.Message, StringComparison.Ordinal);
        Assert.IsNotType<JournalPausedException>(await Assert.ThrowsAnyAsync<JournalFailedException>(() => engine.SubmitAsync(Numbered.Records(6, 5), Cancel)));
    }

    [Fact]
    public async Task A_mark_that_cannot_be_written_costs_no_answer_and_holds_up_what_comes()
    {
        await using (var engine = Open())
        {
            failing = (JournalStep.Mark, NoSpace);
            Assert.Equal(5, (await engine.SubmitAsync(Numbered.Records(1, 5), Cancel)).Accepted);
            Assert.Equal(JournalState.Full, engine.Health.State);
            await Assert.ThrowsAsync<JournalPausedException>(() => engine.SubmitAsync(Numbered.Records(6, 5), Cancel));
            failing = null;
            time.Advance(TimeSpan.FromSeconds(1));
            await engine.UntilAsync(() => engine.Health.State == JournalState.Working);
            Numbered.AssertHas(engine, 5);
        }
        await using var again = Open();
        Numbered.AssertHas(again, 5);
    }

    [Fact]
    public async Task All_that_wait_are_refused_and_can_come_again()
    {
        using var reached = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        var options = Options with
        {
            BeforeStep = step =>
            {
                if (step != JournalStep.Write || failing is null) return;
                reached.Release();
                released.Wait(Cancel);
                throw new IOException("The disk said no.", NoSpace);
            },
        };
        await using var log = folder.Open(out _, options);
        Assert.Equal(1, await log.AppendAsync([1], Cancel));
        failing = (JournalStep.Write, NoSpace);
        var inGroup = log.AppendAsync([2], Cancel).AsTask();
        await reached.WaitAsync(Cancel);
        var queued = Enumerable.Range(0, 20).Select(n => log.AppendAsync([3], Cancel).AsTask()).ToList();
        released.Set();
        await Assert.ThrowsAsync<JournalPausedException>(() => inGroup);
        foreach (var one in queued) await Assert.ThrowsAsync<JournalPausedException>(() => one);
        Assert.Equal([1], log.Read(0, 10).Select(entry => entry.Payload.Span[0]));
        failing = null;
        time.Advance(TimeSpan.FromSeconds(1));
        await log.UntilAsync(() => log.Health.State == JournalState.Working);
        Assert.Equal(2, await log.AppendAsync([2], Cancel));
    }

    [Fact]
    public async Task A_fault_of_the_engine_itself_stops_it_and_says_so()
    {
        await using var engine = JournaledEngine.Open(folder.Path, Options with { BeforeStep = step => { if (step == JournalStep.Write) throw new InvalidOperationException("a bug"); } }, null, out _);
        var failed = await Assert.ThrowsAsync<JournalFailedException>(() => engine.SubmitAsync(Numbered.Records(1, 1), Cancel));
        Assert.Contains("a bug", failed.Message, StringComparison.Ordinal);
        Assert.Equal(JournalState.Stopped, engine.Health.State);
        await Assert.ThrowsAsync<JournalFailedException>(() => engine.SubmitAsync(Numbered.Records(1, 1), Cancel));
        await Assert.ThrowsAsync<JournalFailedException>(() => engine.WaitForAsync(0, Cancel));
    }

    private JournaledEngine Open() => JournaledEngine.Open(folder.Path, Options, null, out _, ShippedRulebook.China, new Numbered().State);
}
