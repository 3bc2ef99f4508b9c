using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Signals;
using CsCheck;

namespace Cordon.Tests.Screening;

public sealed class RegisterTests
{
    private static readonly Gen<int[]> Keys = Gen.Int.Array[40];

    [Fact]
    public void What_holds_for_a_line_and_how_many_a_person_has_do_not_depend_on_arrival() =>
        Gen.Select(SignalGen.Subscription.Array[1, 40], Keys).Sample((told, keys) =>
        {
            var signals = Numbered(told);
            var register = new LineRegister();
            foreach (var signal in Shuffled(signals, keys)) register.Apply(signal);
            var holding = signals.GroupBy(signal => signal.Line).Select(Latest).ToList();
            Assert.Equal(holding.Count, register.Count);
            Assert.All(holding, signal => Assert.Same(signal, register.Find(signal.Line)));
            var counts = holding.Where(signal => signal.Person is not null && signal.LineKind is LineKind.Mobile or LineKind.Unknown)
                .Where(signal => signal.Person is not null).GroupBy(signal => (signal.Person!.Value, signal.Member)).ToDictionary(group => group.Key, group => group.Count());
            foreach (var signal in signals.Where(signal => signal.Person is not null))
                Assert.Equal(counts.GetValueOrDefault((signal.Person!.Value, signal.Member)), register.CountOf(signal.Person!.Value, signal.Member));
        });

    [Fact]
    public void What_holds_for_an_account_and_whose_it_is_do_not_depend_on_arrival() =>
        Gen.Select(SignalGen.AccountOpening.Array[1, 40], Keys).Sample((told, keys) =>
        {
            var signals = Numbered(told);
            var register = new AccountRegister();
            foreach (var signal in Shuffled(signals, keys)) register.Apply(signal);
            var holding = signals.GroupBy(signal => signal.Account).Select(Latest).ToList();
            Assert.Equal(holding.Count, register.Count);
            Assert.All(holding, signal => Assert.Same(signal, register.Find(signal.Account)));
            foreach (var person in signals.Select(signal => signal.Person).OfType<PersonToken>().Distinct())
                Assert.Equal(
                    holding.Where(signal => signal.Person == person).Select(signal => signal.Account.ToString()).Order(StringComparer.Ordinal),
                    register.Of(person).Select(account => account.ToString()));
        });

    [Fact]
    public void All_calls_of_a_number_are_found_in_the_order_of_their_times_whatever_the_arrival() =>
        Gen.Select(SignalGen.Call.Array[1, 40], Keys).Sample((told, keys) =>
        {
            var signals = Numbered(told).Select(call => call with { Phase = CallPhase.Complete }).ToArray();
            var register = new CallRegister(64);
            foreach (var signal in Shuffled(signals, keys)) register.Apply(signal);
            foreach (var calls in signals.GroupBy(call => call.Caller)) Assert.Equal(Newest(calls, 64), register.From(calls.Key, Instant.Max, TimeSpan.MaxValue));
            foreach (var calls in signals.GroupBy(call => call.Callee))
            {
                Assert.Equal(Newest(calls, 64), register.To(calls.Key, Instant.Max, TimeSpan.MaxValue));
                Assert.Equal(Newest(calls, 64).AsEnumerable().Reverse().Select(call => call.Caller).Distinct(), register.CallersOf(calls.Key, int.MaxValue));
                foreach (var call in calls) Assert.Contains(call, register.Between(call.Caller, call.Callee, Instant.Max, TimeSpan.MaxValue));
            }
            Assert.Equal((signals.Length, 0L), (register.Count, register.Dropped));
        });

    [Fact]
    public void Calls_between_two_numbers_are_found_within_a_span_that_includes_its_ends()
    {
        var scene = new Scene();
        var register = new CallRegister();
        var hours = new[] { 0, 1, 2, 3 }.Select(hour => scene.Call("+8613800000001", "+8613900000002", at: Scene.Noon + TimeSpan.FromHours(hour))).ToList();
        hours.ForEach(register.Apply);
        register.Apply(scene.Call("+8613800000003", "+8613900000002", at: Scene.Noon + TimeSpan.FromHours(1)));
        Assert.Equal(hours[1..3], register.Between(hours[0].Caller, hours[0].Callee, Scene.Noon + TimeSpan.FromHours(2), TimeSpan.FromHours(1)));
        Assert.Equal(3, register.To(hours[0].Callee, Scene.Noon + TimeSpan.FromHours(2), TimeSpan.FromHours(1)).Count);
        Assert.Empty(register.Between(hours[0].Callee, hours[0].Caller, Instant.Max, TimeSpan.MaxValue));
    }

    [Fact]
    public void The_newest_calls_by_arrival_are_kept_and_the_others_counted()
    {
        var scene = new Scene();
        var register = new CallRegister(64);
        for (var n = 0; n < 1_000; n++) register.Apply(scene.Call($"+86138{n:D8}", "+8613900000001", at: Scene.Noon + TimeSpan.FromSeconds(n)));
        Assert.Equal((64, 936L), (register.Count, register.Dropped));
        Assert.Equal(Enumerable.Range(936, 64).Select(n => $"+86138{n:D8}"), register.To(Scene.Phone("+8613900000001"), Instant.Max, TimeSpan.MaxValue).Select(call => call.Caller.ToString()));
        Assert.Single(register.From(Scene.Phone("+8613800000936"), Instant.Max, TimeSpan.MaxValue));
        Assert.Empty(register.From(Scene.Phone("+8613800000935"), Instant.Max, TimeSpan.MaxValue));
    }

    [Fact]
    public void Where_ids_and_trunks_are_long_fewer_calls_are_kept_and_each_as_it_was_told()
    {
        var scene = new Scene();
        var register = new CallRegister(4_096);
        var told = Enumerable.Range(0, 10_000).Select(n => scene.Call("+8613800000001", $"+86139{n:D8}") with
        {
            Id = new SignalId($"{n:D64}"), Trunk = n % 3 == 0 ? null : new Trunk(new string('t', 1 + (n % 64))), Device = n % 2 == 0 ? null : new Device(n), RoamingProven = n % 5 == 0,
        }).ToList();
        told.ForEach(register.Apply);
        Assert.InRange(register.Count, 1_000, 4_000);
        Assert.Equal(told.Count, register.Count + register.Dropped);
        Assert.Equal(told[^register.Count..], register.From(Scene.Phone("+8613800000001"), Instant.Max, TimeSpan.MaxValue));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_told_at_its_set_up_and_at_its_end_is_one_call_with_its_duration_whichever_comes_first(bool endFirst)
    {
        var scene = new Scene();
        var register = new CallRegister(64);
        var begun = scene.Call("+8613800000001", "+8613900000002") with { Phase = CallPhase.SetUp, DurationSeconds = 0 };
        var other = scene.Call("+8613800000001", "+8613900000003") with { Phase = CallPhase.SetUp, DurationSeconds = 0 };
        var ended = scene.Call("+8613800000001", "+8613900000002", at: Scene.Noon + TimeSpan.FromSeconds(301)) with { Phase = CallPhase.End, DurationSeconds = 300 };
        register.Apply(other);
        register.Apply(endFirst ? ended : begun);
        Assert.Equal(endFirst ? [] : [begun], register.To(begun.Callee, Instant.Max, TimeSpan.MaxValue));
        register.Apply(endFirst ? begun : ended);
        Assert.Equal([begun with { Phase = CallPhase.Complete, DurationSeconds = 300 }], register.To(begun.Callee, Instant.Max, TimeSpan.MaxValue));
        Assert.Equal([other], register.To(other.Callee, Instant.Max, TimeSpan.MaxValue));
        // A later call between the two is none of its halves.
        register.Apply(begun with { Id = new SignalId("later"), At = Scene.Noon + TimeSpan.FromHours(1) });
        Assert.Equal(2, register.Between(begun.Caller, begun.Callee, Instant.Max, TimeSpan.MaxValue).Count);
    }

    [Fact]
    public void Casework_sees_how_long_a_call_was_that_was_told_in_two()
    {
        var scene = new Scene();
        var begun = scene.Call("+8613800000001", "+8613900000002") with { Phase = CallPhase.SetUp, DurationSeconds = 0 };
        scene.Tell(begun);
        scene.Tell(scene.Call("+8613800000001", "+8613900000002", at: Scene.Noon + TimeSpan.FromSeconds(60)) with { Phase = CallPhase.End });
        Assert.Equal(60, Assert.Single(scene.Engine.Known.Calls.Between(begun.Caller, begun.Callee, Instant.Max, TimeSpan.MaxValue)).DurationSeconds);
    }

    [Fact]
    public void A_person_with_many_lines_leaves_them_one_by_one()
    {
        var scene = new Scene();
        var register = new LineRegister();
        for (var n = 0; n < 5_000; n++) register.Apply(scene.Line($"+86138{n:D8}", person: Scene.Person(1)));
        for (var n = 0; n < 5_000; n += 2) register.Apply(scene.Line($"+86138{n:D8}", person: Scene.Person(2), at: Scene.Noon + TimeSpan.FromHours(1)));
        Assert.Equal((2_500, 2_500), (register.CountOf(Scene.Person(1)), register.CountOf(Scene.Person(2), Scene.Telco)));
        Assert.Equal((2_500, 0), (register.CountOf(Scene.Person(1), Scene.Telco, Scene.Noon), register.CountOf(Scene.Person(2), Scene.Telco, Scene.Noon)));
    }

    [Fact]
    public void Of_two_changes_to_a_list_the_later_decided_holds_whichever_came_first()
    {
        var scene = new Scene();
        var account = AccountNumber.Parse("bank-a:1");
        scene.Put(ListName.StoppedAccounts, "bank-a:1", present: false, at: Scene.Noon + TimeSpan.FromHours(1));
        scene.Put(ListName.StoppedAccounts, "bank-a:1", present: true, at: Scene.Noon);
        Assert.False(scene.Engine.Known.Lists.Has(ListName.StoppedAccounts, account));
        scene.Put(ListName.StoppedAccounts, "bank-a:1", present: true, at: Scene.Noon + TimeSpan.FromHours(1));
        Assert.True(scene.Engine.Known.Lists.Has(ListName.StoppedAccounts, account));
        Assert.False(scene.Engine.Known.Lists.Has(ListName.FraudAccounts, account));
    }

    /// <summary>The engine admits an id of a member once; the generators repeat them.</summary>
    private static T[] Numbered<T>(T[] signals) where T : Signal => [.. signals.Select((signal, n) => signal with { Id = new SignalId($"N{n}") })];

    private static IEnumerable<T> Shuffled<T>(T[] signals, int[] keys) => signals.Select((signal, n) => (signal, keys[n])).OrderBy(pair => pair.Item2).Select(pair => pair.signal);

    private static T Latest<T>(IEnumerable<T> signals) where T : Signal => Newest(signals, 1)[0];

    private static List<T> Newest<T>(IEnumerable<T> signals, int count) where T : Signal =>
        [.. signals.OrderBy(signal => signal.At).ThenBy(signal => signal.Member.ToString(), StringComparer.Ordinal).ThenBy(signal => signal.Id.Text, StringComparer.Ordinal).TakeLast(count)];
}
