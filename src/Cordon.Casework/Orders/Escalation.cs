using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>How far an order has climbed whose clock ran out.</summary>
public enum EscalationRung
{
    /// <summary>Those who work on it.</summary>
    Clerk,

    /// <summary>Those who are in charge of them.</summary>
    Manager,

    /// <summary>Those who head the member, and the centre's supervisor.</summary>
    Supervisor,
}

/// <summary>Who is told of an overdue order, and when.</summary>
/// <param name="Rung">The rung.</param>
/// <param name="After">How long after it was due; null where at once.</param>
/// <param name="Officer">Who is told at the member.</param>
/// <param name="Role">Who is told at the centre: a role of <see cref="Roles.Centre"/>.</param>
/// <param name="Source">Where that comes from.</param>
public sealed record EscalationStep(EscalationRung Rung, OrderTerm? After, OfficerRank Officer, string Role, DutySource Source)
{
    /// <summary>When the rung is reached by an order that was due at an instant.</summary>
    public Instant From(Instant due) => After switch
    {
        null => due,
        { Unit: TermUnit.Minutes } => due + TimeSpan.FromMinutes(After.Count),
        { Unit: TermUnit.Hours } => due + TimeSpan.FromHours(After.Count),
        _ => due + TimeSpan.FromDays(After.Count),
    };
}

/// <summary>What the clock finds on an order that the member has not answered. Pure.</summary>
internal static class EscalationRules
{
    /// <summary>The clock that ran out; null where none did, or the member has done what it asked.</summary>
    public static Instant? OpenDue(Order order, Instant now)
    {
        if (order.State == OrderState.Issued && now > order.AcknowledgeBy) return order.AcknowledgeBy;
        return order.State is OrderState.Issued or OrderState.Acknowledged && now > order.AnswerBy ? order.AnswerBy : null;
    }

    /// <summary>Notes that it is overdue, once for each clock, and every rung that was reached since.</summary>
    public static ImmutableArray<OrderEvent> Climb(Order order, Instant now, ImmutableArray<EscalationStep> steps)
    {
        if (OpenDue(order, now) is not { } due) return [];
        var events = ImmutableArray.CreateBuilder<OrderEvent>();
        // What was noted before this clock ran out was another one. The rung stays: whoever did in time what was asked stands on none.
        if (!(order.OverdueAt > due)) events.Add(new OrderOverdue(now, due, Next(steps, order.Escalation, due)));
        foreach (var step in steps.Where(s => !(s.Rung <= order.Escalation) && now > s.From(due)))
            events.Add(new OrderEscalated(now, due, step.Rung, step.Officer, step.Role, Next(steps, step.Rung, due)));
        return events.ToImmutable();
    }

    private static Instant? Next(ImmutableArray<EscalationStep> steps, EscalationRung? reached, Instant due) => steps.FirstOrDefault(s => !(s.Rung <= reached))?.From(due);
}

/// <summary>Reads the rungs in the file of times.</summary>
internal static class EscalationReader
{
    public static ImmutableArray<EscalationStep> Read(PackMap owner, PackSources sources, Func<PackMap, string, OrderTerm?> term)
    {
        if (!owner.Has("escalation")) return [];
        var steps = new List<EscalationStep>();
        foreach (var map in owner.Maps("escalation", "rung", "after", "member", "centre", "source"))
        {
            var (rung, officer, role, source) = (map.Word<EscalationRung>("rung"), map.Word<OfficerRank>("member"), map.OneOf("centre", Roles.Centre.ToList()), sources.Read(map));
            var after = map.Has("after") ? term(map, "after") : null;
            if (after is { Unit: TermUnit.Months or TermUnit.WorkingDays }) map.Note("after", DutyPackFaultKind.Contradiction, "A rung is reached after minutes, hours or days.");
            if (rung is null || officer is null || role is null || source is null || (map.Has("after") && after is not { Unit: not (TermUnit.Months or TermUnit.WorkingDays) })) continue;
            var step = new EscalationStep(rung.Value, after, officer.Value, role.Text, source);
            if (steps.Count > 0 && (steps[^1].Rung >= step.Rung || steps[^1].From(default) >= step.From(default)))
                map.Note("rung", DutyPackFaultKind.Contradiction, $"Rungs follow each other from {Words.Of(EscalationRung.Clerk)} to {Words.Of(EscalationRung.Supervisor)}, each later than the one before.");
            steps.Add(step);
        }
        return [.. steps];
    }
}
