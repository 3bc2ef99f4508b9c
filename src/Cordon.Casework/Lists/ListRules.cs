using Cordon.Casework.Members;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Lists;

/// <summary>The guards of lists: pure, in ladders, first failing rung answers.</summary>
internal static class ListRules
{
    private const int OwnerLength = 100;
    private const int ReasonLength = 500;

    /// <summary>An entry on a list of fraud lasts at most so long (ours): carriers give a number to somebody else after some months.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <param name="entry">The entry; null where there never was one.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">When.</param>
    public static Decision<ListEvent> Decide(ListEntry? entry, ListCommand command, Actor actor, Instant now) => command switch
    {
        PutEntry c => Put(entry, c, actor, now),
        TakeOff c => Off(entry, c, actor, now),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    private static Decision<ListEvent> Put(ListEntry? entry, PutEntry command, Actor actor, Instant now)
    {
        if (Keeper(command.List, actor) is { } refusal) return refusal;
        if (!WatchLists.IsEntry(command.List, command.Entry)) return ListRefusal.BadEntry;
        if (string.IsNullOrWhiteSpace(command.Owner) || command.Owner.Length > OwnerLength) return ListRefusal.NoOwner;
        if (!IsReason(command.Reason)) return ListRefusal.NoReason;
        if (command.Until <= now) return ListRefusal.BadEnd;
        if (entry is { Indicator: not null } && entry.Counts(now)) return ListRefusal.KeptByIndicator;
        if (command.List != ListName.NeverBlockNumbers && (command.Until is not { } until || until - now > Longest)) return ListRefusal.NoEnd;
        if (entry is { Present: true } && (entry.Owner, entry.Reason, entry.Until) == (command.Owner, command.Reason, command.Until)) return Decision<ListEvent>.Nothing;
        return new ListEntryPut(now, entry?.Id ?? command.Id, command.List, command.Entry, command.Owner, command.Reason, command.Until, actor.Id);
    }

    private static Decision<ListEvent> Off(ListEntry? entry, TakeOff command, Actor actor, Instant now)
    {
        if (entry is null) return ListRefusal.NotFound;
        if (Keeper(entry.List, actor) is { } refusal) return refusal;
        if (!IsReason(command.Reason)) return ListRefusal.NoReason;
        if (!entry.Present) return ListRefusal.NotThere;
        if (entry.Indicator is not null) return ListRefusal.KeptByIndicator;
        return new ListEntryTakenOff(now, command.Reason, actor.Id);
    }

    private static Refusal? Keeper(ListName list, Actor actor)
    {
        if (!actor.Is(Roles.RuleAuthor) && !actor.Is(Roles.Supervisor)) return ListRefusal.NotKeeper;
        if (list == ListName.StoppedAccounts) return ListRefusal.KeptByOrders;
        if (list is ListName.RestrictedPersons or ListName.LivingAccounts) return ListRefusal.KeptByRestrictions;
        return list == ListName.NeverBlockNumbers && !actor.Is(Roles.Supervisor) ? ListRefusal.SupervisorOnly : null;
    }

    private static bool IsReason(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= ReasonLength;
}
