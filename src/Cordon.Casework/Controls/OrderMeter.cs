using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>
/// Measures how members answer orders. An order is told whole each time something of it changed; what it counted
/// before is taken back first, so that the order of telling is without meaning.
/// </summary>
/// <param name="tally">Where it is counted.</param>
internal sealed class OrderMeter(ControlTally tally)
{
    private readonly Dictionary<string, Told> orders = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, Instant> waiting = new();

    public void Take(OrderFact fact, Instant now)
    {
        if (ControlOf(fact.Kind) is not { } control) return;
        if (orders.TryGetValue(fact.Order, out var known))
            foreach (var (place, fault) in known.Counted) place.Remove(known.Fact.IssuedAt, 1, fault ? 1 : 0, fault ? RecordOf(fact) : null);
        var told = new Told(fact, []);
        orders[fact.Order] = told;
        foreach (var measure in tally.Of(control))
        {
            if (measure.At(fact.IssuedAt) is not { } duty || DueOf(fact, duty) is not { } due) continue;
            if (IsFault(fact, due, now) is not { } fault)
            {
                if (now <= due) waiting.Enqueue(fact.Order, due);
            }
            else if (tally.Place(measure, duty, fact.Member, null) is { } place)
            {
                place.Add(fact.IssuedAt, 1, fault ? 1 : 0, fault ? RecordOf(fact) : null);
                told.Counted.Add((place, fault));
            }
        }
    }

    /// <summary>The clock moved: what had to be answered by now and was not is a fault.</summary>
    public void Advance(Instant now)
    {
        while (waiting.TryPeek(out var order, out var due) && due < now)
        {
            waiting.Dequeue();
            Take(orders[order].Fact, now);
        }
    }

    private static DutyControl? ControlOf(OrderKind kind) => kind switch
    {
        OrderKind.StopPayment => DutyControl.StopAcknowledged,
        OrderKind.Enquiry => DutyControl.EnquiryAnswered,
        OrderKind.Return => DutyControl.ReturnInTime,
        _ => null,
    };

    private static Instant? DueOf(OrderFact fact, Duty duty) =>
        fact.Kind == OrderKind.StopPayment ? fact.IssuedAt + TimeSpan.FromMinutes(duty.Threshold![ControlCatalogue.Minutes]) : fact.AnswerDue;

    /// <summary>Null while it cannot be told, and where nothing was owed any more when the time was over.</summary>
    private static bool? IsFault(OrderFact fact, Instant due, Instant now)
    {
        if (AnswerOf(fact) is { } answered && answered <= now) return answered > due;
        if (fact.EndedAt is { } ended && ended <= now && (ended <= due || fact.Kind == OrderKind.Return)) return null;
        return now > due ? true : null;
    }

    /// <summary>Of a stop, when the member was first heard of; of others, when they were answered.</summary>
    private static Instant? AnswerOf(OrderFact fact) =>
        fact.Kind == OrderKind.StopPayment ? OrderFact.HeardAtOf(fact.AcknowledgedAt, fact.AnsweredAt) : fact.AnsweredAt;

    private static string RecordOf(OrderFact fact) => $"order:{fact.Order}";

    private sealed record Told(OrderFact Fact, List<(FaultCount Place, bool Fault)> Counted);
}
