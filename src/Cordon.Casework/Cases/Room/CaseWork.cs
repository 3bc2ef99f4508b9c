using Cordon.Engine.Signals;

namespace Cordon.Casework.Cases.Room;

/// <summary>How a case ended.</summary>
public enum CaseEnd
{
    /// <summary>All that was lost went back.</summary>
    Returned,

    /// <summary>A part of it went back; no more can be reached.</summary>
    PartlyReturned,

    /// <summary>Nothing could be reached.</summary>
    NothingReached,

    /// <summary>There was no fraud.</summary>
    NoFraud,

    /// <summary>Another authority goes on with it.</summary>
    GivenOver,
}

/// <summary>That somebody says a case is over, and who agreed.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so.</param>
/// <param name="At">When.</param>
/// <param name="ApprovedBy">The second person; null while nobody agreed.</param>
/// <param name="ApprovedAt">When it was closed.</param>
public sealed record CaseClosing(CaseEnd End, string Reason, string By, Instant At, string? ApprovedBy = null, Instant? ApprovedAt = null);

/// <summary>Somebody works on the case from now on, or nobody.</summary>
/// <param name="At">When.</param>
/// <param name="To">Who; null for nobody.</param>
/// <param name="By">Who said so.</param>
[EventName("case.assigned")]
public sealed record CaseAssigned(Instant At, string? To, string By) : CaseEvent(At);

/// <summary>Another region works on the case from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Region">The region's code.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who handed it over.</param>
[EventName("case.handed-over")]
public sealed record CaseHandedOver(Instant At, string Region, string Reason, string By) : CaseEvent(At);

/// <summary>Somebody says that the case is over.</summary>
/// <param name="At">When.</param>
/// <param name="End">How it ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventName("case.closing-proposed")]
public sealed record ClosingProposed(Instant At, CaseEnd End, string Reason, string By) : CaseEvent(At);

/// <summary>The second person wants it worked on.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventName("case.closing-refused")]
public sealed record ClosingRefused(Instant At, string Reason, string By) : CaseEvent(At);

/// <summary>The second person agreed: the case is closed, and its money is not pursued any more.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
[EventName("case.closed")]
public sealed record CaseClosed(Instant At, string By) : CaseEvent(At);

/// <summary>A closed case is worked on again.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventName("case.reopened")]
public sealed record CaseReopened(Instant At, string Reason, string By) : CaseEvent(At);

/// <summary>What can be asked of a case as a piece of work.</summary>
public abstract record CaseWorkCommand;

/// <summary>Give it to somebody.</summary>
/// <param name="To">A person of the centre, as <c>person:…</c>; null for nobody.</param>
public sealed record AssignCase(string? To) : CaseWorkCommand;

/// <summary>Hand it over to another region.</summary>
/// <param name="Region">The region's code.</param>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record HandOverCase(string Region, string Reason) : CaseWorkCommand;

/// <summary>Say that it is over.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record ProposeClosing(CaseEnd End, string Reason) : CaseWorkCommand;

/// <summary>Agree, as the second person.</summary>
public sealed record CloseCase : CaseWorkCommand;

/// <summary>Do not agree.</summary>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record RefuseClosing(string Reason) : CaseWorkCommand;

/// <summary>Work on it again.</summary>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record ReopenCase(string Reason) : CaseWorkCommand;

/// <summary>What the guards must know beside the case.</summary>
/// <param name="Orders">Orders of it that run, are drafted or wait for a second officer.</param>
/// <param name="Tasks">Tasks of it that are open.</param>
/// <param name="Appeals">Appeals against its orders that wait.</param>
/// <param name="Ledgers">Ledgers of money held in it that are not settled.</param>
/// <param name="Reports">Strangers' reports of it that no clerk has looked at.</param>
/// <param name="Known">Whether the person or region that a command names exists and may have it.</param>
public sealed record CaseWorkFacts(int Orders, int Tasks, int Appeals, int Ledgers, int Reports, bool Known)
{
    /// <summary>What is not done yet, in words; empty where all is.</summary>
    public string Undone => string.Join(", ", new[] { Words(Orders, "order"), Words(Tasks, "task"), Words(Appeals, "appeal"), Words(Ledgers, "ledger"), Words(Reports, "unread report") }.Where(w => w.Length > 0));

    private static string Words(int count, string what) => count switch { 0 => "", 1 => $"1 {what}", _ => $"{count} {what}s" };
}

/// <summary>The guards of a case as a piece of work: pure, in ladders, first failing rung answers.</summary>
internal static class CaseWorkRules
{
    /// <summary>Texts that people write about a case. Ours.</summary>
    public const int TextLength = 2_000;

    public static Decision<CaseEvent> Decide(Case of, CaseWorkCommand command, Actor actor, CaseWorkFacts facts, Instant now)
    {
        if (!actor.SeesAll) return CaseRefusal.NotFound;
        return command switch
        {
            AssignCase c => Assign(of, c, actor, facts, now),
            HandOverCase c => HandOver(of, c, actor, facts, now),
            ProposeClosing c => Propose(of, c, actor, facts, now),
            CloseCase => Close(of, actor, facts, now),
            RefuseClosing c => Refuse(of, c, actor, now),
            ReopenCase c => Reopen(of, c, actor, now),
            _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
        };
    }

    public static bool IsText(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= TextLength;

    private static Decision<CaseEvent> Assign(Case of, AssignCase command, Actor actor, CaseWorkFacts facts, Instant now)
    {
        if (of.State == CaseState.Closed) return RoomRefusal.Closed;
        if (command.To is not null && !facts.Known) return RoomRefusal.NoSuchPerson;
        return command.To == of.AssignedTo ? Decision<CaseEvent>.Nothing : new CaseAssigned(now, command.To, actor.Id);
    }

    private static Decision<CaseEvent> HandOver(Case of, HandOverCase command, Actor actor, CaseWorkFacts facts, Instant now)
    {
        if (!IsText(command.Reason)) return RoomRefusal.NoReason;
        if (of.State == CaseState.Closed) return RoomRefusal.Closed;
        if (!facts.Known) return RoomRefusal.NoSuchRegion;
        return command.Region == of.Region ? Decision<CaseEvent>.Nothing : new CaseHandedOver(now, command.Region, command.Reason.Trim(), actor.Id);
    }

    private static Decision<CaseEvent> Propose(Case of, ProposeClosing command, Actor actor, CaseWorkFacts facts, Instant now)
    {
        if (!IsText(command.Reason)) return RoomRefusal.NoReason;
        if (of.State == CaseState.Closed) return RoomRefusal.Closed;
        if (of.Closing is not null) return RoomRefusal.ClosingWaits;
        if (facts.Undone.Length > 0) return RoomRefusal.Undone(facts.Undone);
        return new ClosingProposed(now, command.End, command.Reason.Trim(), actor.Id);
    }

    private static Decision<CaseEvent> Close(Case of, Actor actor, CaseWorkFacts facts, Instant now)
    {
        if (of.State == CaseState.Closed) return RoomRefusal.Closed;
        if (of.Closing is not { } closing) return RoomRefusal.NothingWaits;
        if (closing.By == actor.Id) return RoomRefusal.SamePerson;
        // Money may have moved and orders been drafted since it was proposed.
        if (facts.Undone.Length > 0) return RoomRefusal.Undone(facts.Undone);
        return new CaseClosed(now, actor.Id);
    }

    private static Decision<CaseEvent> Refuse(Case of, RefuseClosing command, Actor actor, Instant now)
    {
        if (!IsText(command.Reason)) return RoomRefusal.NoReason;
        if (of.State == CaseState.Closed) return RoomRefusal.Closed;
        return of.Closing is null ? RoomRefusal.NothingWaits : new ClosingRefused(now, command.Reason.Trim(), actor.Id);
    }

    private static Decision<CaseEvent> Reopen(Case of, ReopenCase command, Actor actor, Instant now)
    {
        if (!IsText(command.Reason)) return RoomRefusal.NoReason;
        return of.State == CaseState.Open ? RoomRefusal.NotClosed : new CaseReopened(now, command.Reason.Trim(), actor.Id);
    }
}
