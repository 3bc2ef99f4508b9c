using Cordon.Casework.Members;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Indicators;

/// <summary>The guards of indicators: pure, in ladders, first failing rung answers. What is "ours" no source fixes.</summary>
internal static class IndicatorRules
{
    /// <summary>Screening uses what its source holds for at least as likely as not; below, members are told and judge themselves. Ours.</summary>
    public const int ScreenedFrom = 50;

    /// <summary>So many members that say it hits honest people suspend an indicator. One alone does not: it may be the bank of the mule. Ours.</summary>
    public const int VotesToDispute = 2;

    /// <summary>Whoever was told of an indicator drops it within so long of its recall. Ours.</summary>
    public static readonly TimeSpan RecallTerm = TimeSpan.FromHours(24);

    /// <summary>Carriers give numbers to somebody else after some months, accounts are closed and reopened. Ours, as for the live lists.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>How sure an indicator is that an order of two officers names. Ours.</summary>
    public const int OrderConfidence = 90;

    /// <summary>How sure one is that the proven chain of a case names, before somebody looked. Ours.</summary>
    public const int CaseConfidence = 75;

    private const int ReasonLength = 500;
    private const int MostSightings = 1_000_000;

    /// <summary>The usual term of a kind: numbers change hands soonest. Ours.</summary>
    public static TimeSpan TermOf(IndicatorKind kind) => TimeSpan.FromDays(kind == IndicatorKind.Number ? 90 : 180);

    /// <summary>Whether a sector can act on such a thing: for them is what is shared under amber-strict.</summary>
    public static bool ActsOn(Sector sector, IndicatorKind kind) => sector switch
    {
        Sector.TelecomOperator or Sector.VirtualOperator => kind is IndicatorKind.Number or IndicatorKind.Device or IndicatorKind.Domain,
        Sector.Bank or Sector.PaymentInstitution => kind == IndicatorKind.Account,
        Sector.InternetPlatform => kind == IndicatorKind.Domain,
        Sector.Police or Sector.JointOffice => true,
        _ => false,
    };

    /// <summary>Whether a member may be told.</summary>
    public static bool IsFor(Tlp tlp, IndicatorKind kind, Sector sector) => tlp switch
    {
        Tlp.Red => false,
        Tlp.AmberStrict => ActsOn(sector, kind),
        _ => true,
    };

    /// <summary>Why it cannot be proposed; null where it can.</summary>
    /// <param name="known">The indicator of that identifier; null where there is none.</param>
    /// <param name="asked">What is proposed.</param>
    /// <param name="actor">Who proposes.</param>
    /// <param name="neverBlocked">Whether it is a number that no rule may block.</param>
    /// <param name="now">When.</param>
    public static Refusal? Fault(Indicator? known, ProposedIndicator asked, Actor actor, bool neverBlocked, Instant now)
    {
        if (!actor.SeesAll && !actor.Is(Roles.RuleAuthor) && actor.Member is null) return IndicatorRefusal.NotGiver;
        if (!WatchLists.IsEntry(Indicator.ListOf(asked.Kind), asked.Value)) return IndicatorRefusal.BadValue;
        if (asked.Confidence is < 0 or > 100) return IndicatorRefusal.BadConfidence;
        if (!IsReason(asked.Reason)) return IndicatorRefusal.NoReason;
        if (asked.Until is { } until && !IsEnd(until, now)) return IndicatorRefusal.BadEnd;
        if (neverBlocked) return IndicatorRefusal.NeverBlocked;
        return known is null || known.EndedAt is not null || (known.State == IndicatorState.Active && !known.Counts(now)) ? null : IndicatorRefusal.Exists;
    }

    /// <param name="indicator">The indicator.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="feed">The place in the feed that a change of what members were told takes.</param>
    /// <param name="now">When.</param>
    public static Decision<IndicatorEvent> Decide(Indicator indicator, IndicatorCommand command, Actor actor, long feed, Instant now) => command switch
    {
        ConfirmIndicator => Confirm(indicator, actor, feed, now),
        DismissIndicator c => Dismiss(indicator, c, actor, now),
        ProlongIndicator c => Prolong(indicator, c, actor, feed, now),
        RecallIndicator c => Recall(indicator, c, actor, feed, now),
        VoteFalse c => Vote(indicator, c, actor, feed, now),
        SightIndicator c => Sight(indicator, c, actor, now),
        CheckIndicator => Check(indicator, actor, feed, now),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    private static Decision<IndicatorEvent> Confirm(Indicator indicator, Actor actor, long feed, Instant now)
    {
        if (!actor.SeesAll) return IndicatorRefusal.NotCentre;
        if (indicator.State is not (IndicatorState.Proposed or IndicatorState.Disputed)) return IndicatorRefusal.NotProposed;
        if (actor.Id == (indicator.State == IndicatorState.Proposed ? indicator.ProposedBy : indicator.ConfirmedBy)) return IndicatorRefusal.SamePerson;
        if (now >= indicator.Until) return IndicatorRefusal.BadEnd;
        return new IndicatorConfirmed(now, actor.Id, feed);
    }

    private static Decision<IndicatorEvent> Dismiss(Indicator indicator, DismissIndicator command, Actor actor, Instant now)
    {
        if (!actor.SeesAll) return IndicatorRefusal.NotCentre;
        if (!IsReason(command.Reason)) return IndicatorRefusal.NoReason;
        if (indicator.State != IndicatorState.Proposed) return IndicatorRefusal.NotProposed;
        return new IndicatorEnded(now, IndicatorState.Dismissed, command.Reason, actor.Id, 0);
    }

    private static Decision<IndicatorEvent> Prolong(Indicator indicator, ProlongIndicator command, Actor actor, long feed, Instant now)
    {
        if (!actor.SeesAll) return IndicatorRefusal.NotCentre;
        if (!IsReason(command.Reason)) return IndicatorRefusal.NoReason;
        if (!IsEnd(command.Until, now)) return IndicatorRefusal.BadEnd;
        if (!indicator.Counts(now)) return IndicatorRefusal.NotActive;
        return command.Until == indicator.Until ? Decision<IndicatorEvent>.Nothing : new IndicatorProlonged(now, command.Until, command.Reason, actor.Id, feed);
    }

    private static Decision<IndicatorEvent> Recall(Indicator indicator, RecallIndicator command, Actor actor, long feed, Instant now)
    {
        if (!actor.SeesAll) return IndicatorRefusal.NotCentre;
        if (!IsReason(command.Reason)) return IndicatorRefusal.NoReason;
        // What ran out is recalled too: it stayed with those who were told, and was wrong.
        if (indicator.ConfirmedAt is null || indicator.State is IndicatorState.Recalled or IndicatorState.Proposed) return IndicatorRefusal.NotActive;
        return new IndicatorEnded(now, IndicatorState.Recalled, command.Reason, actor.Id, feed);
    }

    private static Decision<IndicatorEvent> Vote(Indicator indicator, VoteFalse command, Actor actor, long feed, Instant now)
    {
        if (actor.Member is not { } member) return IndicatorRefusal.NotMember;
        if (!IsReason(command.Reason)) return IndicatorRefusal.NoReason;
        if (!indicator.Counts(now) && indicator.State != IndicatorState.Disputed) return IndicatorRefusal.NotActive;
        if (indicator.Votes.Any(v => v.Member == member)) return IndicatorRefusal.Voted;
        var vote = new IndicatorVotedFalse(now, member, command.Reason, actor.Id);
        return indicator.State == IndicatorState.Active && indicator.Votes.Length + 1 >= VotesToDispute ? Decision<IndicatorEvent>.Of(vote, new IndicatorDisputed(now, feed)) : vote;
    }

    private static Decision<IndicatorEvent> Sight(Indicator indicator, SightIndicator command, Actor actor, Instant now)
    {
        if (actor.Member is not { } member) return IndicatorRefusal.NotMember;
        if (command.Count is < 1 or > MostSightings || command.SeenAt > now) return IndicatorRefusal.BadSighting;
        return new IndicatorSighted(now, member, command.Count, command.SeenAt, actor.Id);
    }

    private static Decision<IndicatorEvent> Check(Indicator indicator, Actor actor, long feed, Instant now)
    {
        if (now < indicator.Until || indicator.EndedAt is not null) return Decision<IndicatorEvent>.Nothing;
        return new IndicatorEnded(now, IndicatorState.Expired, "Its time is over.", actor.Id, indicator.ConfirmedAt is null ? 0 : feed);
    }

    private static bool IsEnd(Instant until, Instant now) => until > now && until - now <= Longest;

    private static bool IsReason(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= ReasonLength;
}
