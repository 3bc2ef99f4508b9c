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
    public void The_newest_calls_of_a_number_are_kept_whatever_the_arrival() =>
        Gen.Select(SignalGen.Call.Array[1, 40], Keys).Sample((told, keys) =>
        {
            const int PerNumber = 3;
            var signals = Numbered(told);
            var register = new CallRegister(PerNumber);
            foreach (var signal in Shuffled(signals, keys)) register.Apply(signal);
            var byCaller = signals.GroupBy(call => call.Caller).ToDictionary(group => group.Key, group => Newest(group, PerNumber));
            var byCallee = signals.GroupBy(call => call.Callee).ToDictionary(group => group.Key, group => Newest(group, PerNumber));
            foreach (var (caller, calls) in byCaller) Assert.Equal(calls, register.From(caller, Instant.Max, TimeSpan.MaxValue));
            foreach (var (callee, calls) in byCallee)
            {
                Assert.Equal(calls, register.To(callee, Instant.Max, TimeSpan.MaxValue));
                Assert.Equal(calls.AsEnumerable().Reverse().Select(call => call.Caller).Distinct(), register.CallersOf(callee, int.MaxValue));
            }
            var kept = byCaller.Values.Sum(calls => calls.Count) + byCallee.Values.Sum(calls => calls.Count);
            Assert.Equal(kept, register.Entries);
            Assert.Equal((2 * signals.Length) - kept, register.DroppedByNumber);
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
    public void A_call_that_its_busy_caller_lost_is_still_found_by_its_callee()
    {
        var scene = new Scene();
        var register = new CallRegister(perNumber: 2);
        var lost = scene.Call("+8613800000001", "+8613900000002");
        register.Apply(lost);
        for (var hour = 1; hour <= 5; hour++) register.Apply(scene.Call("+8613800000001", $"+861390000010{hour}", at: Scene.Noon + TimeSpan.FromHours(hour)));
        Assert.DoesNotContain(lost, register.From(lost.Caller, Instant.Max, TimeSpan.MaxValue));
        Assert.Equal([lost], register.Between(lost.Caller, lost.Callee, Instant.Max, TimeSpan.MaxValue));
    }

    [Fact]
    public void Beyond_the_total_the_oldest_calls_of_all_are_dropped_and_counted()
    {
        var scene = new Scene();
        var register = new CallRegister(perNumber: 64, total: 80);
        for (var n = 0; n < 1_000; n++) register.Apply(scene.Call($"+86138{n:D8}", $"+86139{n:D8}", at: Scene.Noon + TimeSpan.FromSeconds(n)));
        Assert.InRange(register.Entries, 60, 80);
        Assert.Equal(2_000, register.Entries + register.DroppedByTotal);
        Assert.Single(register.From(Scene.Phone("+8613800000999"), Instant.Max, TimeSpan.MaxValue));
        Assert.Empty(register.From(Scene.Phone("+8613800000900"), Instant.Max, TimeSpan.MaxValue));
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
