using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>That something happened which may lead a subject on.</summary>
/// <param name="Subject">Whom.</param>
/// <param name="Member">The member that answers: the subject itself, or a region's government; null where the region has none.</param>
/// <param name="Unit">The reseller or branch; null for none.</param>
/// <param name="Trigger">What.</param>
/// <param name="Occurred">When: the event, or the deadline that passed.</param>
/// <param name="Behind">The rectifications behind it.</param>
/// <param name="Record">The record behind it, for the reason: a rectification's or a document's number.</param>
/// <param name="Note">What the person says who told it; null where it is measured.</param>
public sealed record LadderCall(
    LadderSubject Subject, MemberCode? Member, string? Unit, LadderTrigger Trigger, Instant Occurred, ImmutableArray<Guid> Behind, string? Record, string? Note = null);

/// <summary>What a trigger comes to.</summary>
public enum LadderMoveKind
{
    /// <summary>No rung answers to it where the subject stands.</summary>
    Nothing,

    /// <summary>A draft waits for its decision; it is decided first.</summary>
    Waiting,

    /// <summary>A step stands and is not taken again; it stands longer.</summary>
    Prolong,

    /// <summary>The next rung.</summary>
    Climb,
}

/// <summary>What a trigger comes to.</summary>
/// <param name="Kind">What.</param>
/// <param name="Rung">The rung to be climbed; null of another kind.</param>
/// <param name="Step">The step that is prolonged, or that waits; of a veto that is climbed while one stands, that one.</param>
public sealed record LadderMove(LadderMoveKind Kind, LadderRung? Rung, LadderStep? Step);

/// <summary>What a drafted step needs from outside.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Officers">The responsible officers of the subject.</param>
public sealed record StepDraft(Guid Id, string Number, ImmutableArray<Officer> Officers);

/// <summary>Which rung comes next. Pure: the same steps and trigger give the same move.</summary>
public static class LadderRules
{
    private static readonly LadderMove Idle = new(LadderMoveKind.Nothing, null, null);

    /// <summary>The trigger that an event of a rectification is; null where it is none.</summary>
    public static (LadderTrigger Trigger, Instant Occurred)? TriggerOf(RectificationEvent happened) => happened switch
    {
        RectificationOverdue { Count: 1 } e => (LadderTrigger.Overdue, e.Deadline),
        RectificationOverdue e => (LadderTrigger.OverdueAgain, e.Deadline),
        RectificationRefuted e => (LadderTrigger.Refuted, e.At),
        RectificationRelapsed e => (LadderTrigger.Relapsed, e.At),
        _ => null,
    };

    /// <summary>
    /// What a trigger comes to: at most one rung above the one that stands, and none while a draft waits. A grave event and a missed target lead to the veto
    /// from wherever the subject stands.
    /// </summary>
    /// <param name="pack">The ladder.</param>
    /// <param name="steps">All steps of the subject there ever were.</param>
    /// <param name="trigger">What happened.</param>
    /// <param name="now">The present instant.</param>
    public static LadderMove Next(LadderPack pack, IReadOnlyCollection<LadderStep> steps, LadderTrigger trigger, Instant now)
    {
        if (pack.Find(Rung.Veto) is { } veto && veto.Triggers.Contains(trigger)) return ToVeto(veto, steps, trigger, now);
        if (pack.Find(Rung.Admonition) is { } beside && beside.Triggers.Contains(trigger)) return Take(beside, steps, now);
        // The veto overrides: nothing lower is taken while it stands or is about to be decided.
        if (steps.Any(s => s.Rung == Rung.Veto && s.Stands(now))) return Idle;
        if (steps.FirstOrDefault(s => s.Waits && s.Rung != Rung.Admonition) is { } waiting) return new LadderMove(LadderMoveKind.Waiting, null, waiting);
        var standing = Highest(pack, steps, now);
        var next = pack.Order.IndexOf(standing?.Rung ?? (Rung)(-1)) + 1;
        if (next < pack.Order.Length && pack.Find(pack.Order[next]) is { } rung && rung.Triggers.Contains(trigger)) return new LadderMove(LadderMoveKind.Climb, rung, null);
        return standing is not null && pack.Find(standing.Rung)!.Triggers.Contains(trigger) ? new LadderMove(LadderMoveKind.Prolong, null, standing) : Idle;
    }

    /// <summary>The highest step of the ladder that stands at an instant; null where none does.</summary>
    /// <param name="pack">The ladder.</param>
    /// <param name="steps">All steps of the subject.</param>
    /// <param name="at">The instant.</param>
    public static LadderStep? Highest(LadderPack pack, IEnumerable<LadderStep> steps, Instant at) => steps
        .Where(s => pack.Order.Contains(s.Rung) && s.Stands(at)).MaxBy(s => pack.Order.IndexOf(s.Rung));

    /// <summary>Drafts the step of a move that climbs; one that comes into force by itself is in force at once.</summary>
    /// <param name="pack">The ladder.</param>
    /// <param name="move">The move, of <see cref="Next"/>.</param>
    /// <param name="call">What led to it.</param>
    /// <param name="draft">Its id, number and officers.</param>
    /// <param name="actor">Who drafts it.</param>
    /// <param name="now">The present instant.</param>
    public static Decision<StepEvent> Draft(LadderPack pack, LadderMove move, LadderCall call, StepDraft draft, Actor actor, Instant now)
    {
        if (move is not { Kind: LadderMoveKind.Climb, Rung: { } rung }) return StepRefusal.Idle(move.Kind);
        var effects = rung.Effects.Where(e => e.On is null || e.On == call.Trigger)
            .Select(e => new PlannedEffect(e.Bars, e.Holder, e.For, e.From, CitedSource.Of(e.Source))).ToImmutableArray();
        var terms = new StepTerms(rung.Issue, rung.Stands, rung.Limit, pack.Number("appealDays"), pack.UtcOffset, effects);
        if (effects.Any(e => e.From != CountedFrom.Issue && e.For.After(call.Occurred, pack.UtcOffset) <= now)) return StepRefusal.TooOld;
        var (zh, en) = Reason(call, pack.UtcOffset);
        var byItself = rung.Issue == RungIssue.ByItself;
        var proposed = new StepProposed(
            now, draft.Id, draft.Number, pack.Hash, rung.Rung, call.Subject, call.Member, call.Unit, call.Trigger, call.Occurred, zh, en, CitedSource.Of(rung.Source),
            draft.Officers, call.Behind, terms, byItself ? null : new Term(0, pack.Number("decideDays")).After(now, pack.UtcOffset), move.Step?.Id, actor.Id);
        return byItself ? Decision<StepEvent>.Of([proposed, StepRules.Issued(rung.Rung, terms, call.Occurred, call.Behind, actor.Id, null, now)]) : proposed;
    }

    private static LadderMove ToVeto(LadderRung veto, IReadOnlyCollection<LadderStep> steps, LadderTrigger trigger, Instant now)
    {
        if (steps.FirstOrDefault(s => s.Rung == Rung.Veto && s.Waits) is { } waiting) return new LadderMove(LadderMoveKind.Waiting, null, waiting);
        if (trigger == LadderTrigger.ListedTargetMissed && !steps.Any(s => s.Rung == Rung.Listing && s.Stands(now))) return Idle;
        // A veto that stands is prolonged as it was made: by two persons, in a document of its own.
        return new LadderMove(LadderMoveKind.Climb, veto, steps.Where(s => s.Rung == Rung.Veto && s.Stands(now)).MaxBy(s => s.StandsUntil));
    }

    private static LadderMove Take(LadderRung beside, IReadOnlyCollection<LadderStep> steps, Instant now)
    {
        if (steps.FirstOrDefault(s => s.Rung == beside.Rung && s.Waits) is { } waiting) return new LadderMove(LadderMoveKind.Waiting, null, waiting);
        return steps.FirstOrDefault(s => s.Rung == beside.Rung && s.Stands(now)) is { } standing
            ? new LadderMove(LadderMoveKind.Prolong, null, standing)
            : new LadderMove(LadderMoveKind.Climb, beside, null);
    }

    private static (string Zh, string En) Reason(LadderCall call, TimeSpan offset)
    {
        var day = (call.Occurred + offset).ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (unitZh, unitEn) = call.Unit is { } unit ? ($"（{unit}）", $" ({unit})") : ("", "");
        var (zh, en) = call.Trigger switch
        {
            LadderTrigger.Overdue => ($"整改 {call.Record}{unitZh}于 {day} 到期，未报完成", $"Rectification {call.Record}{unitEn} was due on {day} and was not claimed to be mended"),
            LadderTrigger.OverdueAgain => ($"整改 {call.Record}{unitZh}逾期后至 {day} 仍未报完成", $"Rectification {call.Record}{unitEn} was overdue and on {day} was still not claimed to be mended"),
            LadderTrigger.Refuted => ($"整改 {call.Record}{unitZh}报称完成，{day} 复核不成立", $"Rectification {call.Record}{unitEn} was claimed to be mended; on {day} the recheck showed that it is not"),
            LadderTrigger.Relapsed => ($"整改 {call.Record}{unitZh}完成后于 {day} 复发", $"What rectification {call.Record}{unitEn} had mended was back on {day}"),
            LadderTrigger.ListedTargetMissed => ($"挂牌督办 {call.Record} 至 {day} 期满，未达到整改目标", $"The listing {call.Record} ended on {day} and its target was not reached"),
            LadderTrigger.GraveEvent => ($"{day} 发生危害或影响特别重大的事件", $"An event of especially grave harm or effect on {day}"),
            LadderTrigger.TopOfInvolvedListTwoMonths => ($"至 {day} 连续两个月居涉案账户数首位", $"First on the list of involved accounts in two months running, up to {day}"),
            _ => throw new InvalidOperationException($"No reason for {call.Trigger}."),
        };
        return call.Note is { } note ? ($"{zh}：{note}", $"{en}: {note}") : (zh + "。", en + ".");
    }
}
