using System.Globalization;
using Cordon.Casework;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Screening;
using Cordon.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Cordon.Tests.Screening;

/// <summary>Screening over a journal whose disk the test holds, with a clock that the test moves.</summary>
public sealed class ScreeningDeskTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly MemberCode Member = MemberCode.Parse("member-a");

    private readonly TemporaryFolder folder = new();
    private readonly ManualResetEventSlim open = new(initialState: true);
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly ScreeningOptions options = new() { MostWaiting = 10 };
    private readonly ScreeningCounters counters = new();
    private JournaledEngine engine = null!;
    private DegradedAnswers answers = null!;
    private ScreeningDesk desk = null!;
    private volatile bool full;
    private int next;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var journal = new JournalOptions
        {
            Time = time,
            BeforeStep = step =>
            {
                if (step == JournalStep.Flush) open.Wait(TimeSpan.FromMinutes(10), CancellationToken.None);
                if (full && step is JournalStep.Write or JournalStep.Probe) throw new IOException("No space left on device", 28);
            },
        };
        engine = JournaledEngine.Open(folder.Path, journal, null, out _, SmallRules.Compiled);
        answers = new DegradedAnswers(engine, options, counters, new CountedIds(1), time, NullLogger<DegradedAnswers>.Instance);
        await answers.StartAsync(Cancel);
        desk = new ScreeningDesk(engine, options, answers, counters, time);
    }

    public async ValueTask DisposeAsync()
    {
        open.Set();
        await answers.StopAsync(CancellationToken.None);
        answers.Dispose();
        desk.Dispose();
        await engine.DisposeAsync();
        open.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_signal_gets_its_verdict_when_it_is_durable()
    {
        var visit = Of(SignalKind.WebVisit) with { };
        var answer = await desk.ScreenAsync(visit, Second);
        Assert.Equal((NoAnswer.None, VerdictAction.Allow, 1L), (answer.Cause, answer.Action, answer.Outcome.Sequence));
        var large = await desk.ScreenAsync(new Transfer(Id(), Member, Now, AccountNumber.Parse("member-a:1"), null, new Amount(6_000_000, Currency.Cny), TransferMeans.Account, null), Second);
        Assert.Equal((VerdictAction.Hold, Now + TimeSpan.FromHours(24)), (large.Action, large.HoldUntil));
        Assert.Equal(Admission.Repeat, (await desk.ScreenAsync(visit, Second)).Outcome.Admission);
        Assert.Equal((0, 3L, 0L), (desk.Health.Waiting, desk.Health.Answered, desk.Health.Degraded));
    }

    [Fact]
    public async Task Past_what_may_wait_signals_are_shed_in_the_declared_order_and_calls_for_help_are_not()
    {
        open.Reset();
        var waiting = Enumerable.Range(0, 5).Select(_ => Screen(SignalKind.Transfer)).ToList();
        foreach (var kind in Kinds.InOrderOfShedding)
        {
            // Each kind has room for one more than the kind before it.
            if (kind != SignalKind.WebVisit) waiting.Add(Screen(kind));
            var shed = Screen(kind);
            Assert.True(shed.IsCompleted, $"{kind} waits where it should be shed");
            Assert.Equal((NoAnswer.Overload, ScreeningOptions.WithoutVerdict(kind)), ((await shed).Cause, (await shed).Action));
        }
        Assert.Equal(
            [SignalKind.WebVisit, SignalKind.Message, SignalKind.Call, SignalKind.Subscription, SignalKind.AccountOpening, SignalKind.Transfer], Kinds.InOrderOfShedding);
        Assert.Equal(10, desk.Health.Waiting);
        for (var i = 0; i < 5; i++) waiting.Add(ScreenAsync(Emergency()));
        Assert.All(waiting, w => Assert.False(w.IsCompleted));
        Assert.Equal(VerdictAction.Allow, (await ScreenAsync(Emergency())).Action);
        open.Set();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(NoAnswer.None, answer.Cause));
        await RecordedAsync(7);
        Assert.Equal((15L, 7L), (desk.Health.Answered, desk.Health.Degraded));
    }

    [Fact]
    public async Task At_the_deadline_the_declared_answer_is_given_and_the_signal_is_judged_all_the_same()
    {
        open.Reset();
        var kinds = Kinds.InOrderOfShedding;
        var waiting = kinds.Where(k => k != SignalKind.WebVisit).Select(Screen).ToList();
        var later = ScreenAsync(Of(SignalKind.Transfer), TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromMilliseconds(995));
        Assert.All(waiting, w => Assert.False(w.IsCompleted));
        time.Advance(TimeSpan.FromMilliseconds(10));
        var given = await Task.WhenAll(waiting).WaitAsync(Cancel);
        Assert.All(given, answer => Assert.Equal((NoAnswer.Deadline, ScreeningOptions.WithoutVerdict(answer.Signal.Kind)), (answer.Cause, answer.Action)));
        var hold = given.Single(a => a.Signal.Kind == SignalKind.Transfer);
        Assert.Equal(hold.At + TimeSpan.FromMinutes(30), hold.HoldUntil);
        Assert.False(later.IsCompleted);
        Assert.Equal(6, desk.Health.Waiting);
        open.Set();
        Assert.Equal(NoAnswer.None, (await later).Cause);
        await RecordedAsync(5);
        // Sent again, each gets the verdict that it got after its deadline.
        foreach (var answer in given) Assert.Equal((Admission.Repeat, NoAnswer.None), (await desk.ScreenAsync(answer.Signal, Second)) is var again ? (again.Outcome.Admission, again.Cause) : default);
    }

    [Fact]
    public async Task A_batch_is_answered_by_its_deadline_too()
    {
        open.Reset();
        var batch = desk.ScreenAsync([Of(SignalKind.Call), Of(SignalKind.Transfer), Of(SignalKind.WebVisit)], Second);
        time.Advance(Second);
        var given = await batch.WaitAsync(Cancel);
        Assert.Equal([VerdictAction.Allow, VerdictAction.Hold, VerdictAction.Allow], given.Select(a => a.Action));
        Assert.All(given, a => Assert.Equal(NoAnswer.Deadline, a.Cause));
        open.Set();
        await RecordedAsync(3);
    }

    [Fact]
    public async Task With_the_disk_full_the_declared_answer_is_given_at_once_and_recorded_when_space_returns()
    {
        await desk.ScreenAsync(Of(SignalKind.Call), Second);
        full = true;
        var answer = await desk.ScreenAsync(Of(SignalKind.Transfer), Second);
        Assert.Equal((NoAnswer.JournalPaused, VerdictAction.Hold), (answer.Cause, answer.Action));
        Assert.Equal(JournalState.Full, desk.Health.Journal);
        Assert.Equal(1, engine.Read(e => e.Sequence));
        full = false;
        while (desk.Health.Journal != JournalState.Working)
        {
            time.Advance(Second);
            await Task.Yield();
        }
        var again = await desk.ScreenAsync(answer.Signal, Second);
        Assert.Equal((NoAnswer.None, VerdictAction.Allow), (again.Cause, again.Action));
        await RecordedAsync(1);
    }

    private Instant Now => Instant.From(time.GetUtcNow());

    private Task<Answered> Screen(SignalKind kind) => ScreenAsync(Of(kind));

    private Task<Answered> ScreenAsync(Signal signal, TimeSpan? deadline = null) => desk.ScreenAsync(signal, deadline ?? Second).AsTask();

    /// <summary>Waits until so many degraded answers are in the journal.</summary>
    private async Task RecordedAsync(int count)
    {
        var found = new List<EngineRecord>();
        for (var after = 0L; found.Count < count;)
        {
            while (engine.Sequence == after)
            {
                // What waits a second for the journal waits by this clock.
                Cancel.ThrowIfCancellationRequested();
                time.Advance(Second);
                await Task.Yield();
            }
            foreach (var (sequence, record) in engine.ReadFrom(after, 1_000))
            {
                after = sequence;
                if (record is AnswerDegraded) found.Add(record);
            }
        }
        Assert.Equal(count, found.Count);
        // The last places are given back on other threads.
        Assert.True(SpinWait.SpinUntil(() => desk.Health.Waiting == 0, TimeSpan.FromSeconds(30)));
        Assert.Equal(count, found.Cast<AnswerDegraded>().Select(a => a.SignalId).Distinct().Count());
    }

    private Call Emergency() => (Call)Of(SignalKind.Call) with { Callee = new PhoneNumber(86_110) };

    private SignalId Id() => new(string.Create(CultureInfo.InvariantCulture, $"S{++next}"));

    private Signal Of(SignalKind kind)
    {
        var (phone, account) = (new PhoneNumber(8_613_800_000_000 + next), AccountNumber.Parse("member-a:1"));
        return kind switch
        {
            SignalKind.Call => new Call(Id(), Member, Now, phone, new PhoneNumber(8_613_900_000_000), CallOrigin.Domestic, false, null, null, 0),
            SignalKind.Message => new Message(Id(), Member, Now, phone, phone, null),
            SignalKind.Subscription => new Subscription(Id(), Member, Now, phone, LineKind.Mobile, IdentityCheck.Verified, null, null, null),
            SignalKind.AccountOpening => new AccountOpening(Id(), Member, Now, account, AccountKind.Personal, IdentityCheck.Verified, null, null, null, null),
            SignalKind.Transfer => new Transfer(Id(), Member, Now, account, null, new Amount(100, Currency.Cny), TransferMeans.Account, null),
            _ => new WebVisit(Id(), Member, Now, phone, new Domain("example.org")),
        };
    }
}
