using Cordon.Casework.Deliveries;
using Cordon.Gateways.Events;
using CsCheck;

namespace Cordon.Tests.Gateways.Events;

/// <summary>When a message is tried again.</summary>
public sealed class RetryScheduleTests
{
    private static readonly Gen<Guid> Ids = Gen.Guid;

    [Fact]
    public void Six_attempts_are_made_before_an_order_is_overdue_and_ten_within_a_day() => Ids.Sample(id =>
    {
        var (at, attempts) = (TimeSpan.Zero, new List<TimeSpan> { TimeSpan.Zero });
        for (var failures = 1; RetrySchedule.After(failures, id, DeliveryFault.Failed, null) is { } pause; failures++) attempts.Add(at += pause);
        Assert.Equal(10, attempts.Count);
        Assert.Equal(6, attempts.Count(a => a < TimeSpan.FromMinutes(30)));
        Assert.InRange(attempts[^1], TimeSpan.FromHours(16), TimeSpan.FromHours(26));
    });

    [Fact]
    public void Pauses_grow_and_jitter_stays_within_a_fifth() => Ids.Sample(id =>
    {
        var last = TimeSpan.Zero;
        foreach (var (i, plain) in RetrySchedule.Pauses.Index())
        {
            var pause = RetrySchedule.After(i + 1, id, DeliveryFault.NotReached, null)!.Value;
            Assert.InRange(pause, plain * (1 - RetrySchedule.Jitter), plain * (1 + RetrySchedule.Jitter));
            Assert.True(pause > last);
            last = pause;
        }
    });

    [Fact]
    public void The_same_attempt_has_the_same_pause_and_different_messages_differ()
    {
        var ids = Enumerable.Range(1, 200).Select(i => new Guid(i, 0, 0, new byte[8])).ToList();
        var pauses = ids.ConvertAll(id => RetrySchedule.After(3, id, DeliveryFault.Failed, null)!.Value);
        Assert.Equal(pauses, ids.ConvertAll(id => RetrySchedule.After(3, id, DeliveryFault.Failed, null)!.Value));
        Assert.Equal(200, pauses.Distinct().Count());
        Assert.InRange(pauses.Average(p => p.TotalSeconds), 115, 125);
    }

    [Fact]
    public void An_endpoint_that_asks_for_time_gets_it_within_a_bound_and_only_where_it_may_ask()
    {
        var id = new Guid(1, 2, 3, new byte[8]);
        var plain = RetrySchedule.After(1, id, DeliveryFault.Busy, null);
        Assert.Equal(TimeSpan.FromMinutes(3), RetrySchedule.After(1, id, DeliveryFault.Busy, TimeSpan.FromMinutes(3)));
        Assert.Equal(RetrySchedule.MostAsked, RetrySchedule.After(1, id, DeliveryFault.Busy, TimeSpan.FromDays(30)));
        Assert.Equal(plain, RetrySchedule.After(1, id, DeliveryFault.Busy, TimeSpan.FromSeconds(1)));
        Assert.Equal(plain, RetrySchedule.After(1, id, DeliveryFault.Failed, TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public void What_is_gone_is_not_tried_again() => Assert.Null(RetrySchedule.After(1, Guid.Empty, DeliveryFault.Gone, null));
}
