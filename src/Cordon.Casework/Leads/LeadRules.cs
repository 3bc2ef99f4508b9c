using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Leads;

/// <summary>A lead as somebody sends it.</summary>
/// <param name="Key">The sender's own key, 1 to 100 characters: the same key with the same body is the same lead.</param>
/// <param name="Kind">Its kind, by the pack's file of leads.</param>
/// <param name="Subjects">What it is about, 1 to 50.</param>
/// <param name="Reason">Why it is sent, 1 to 4,000 characters.</param>
/// <param name="Records">The records that it rests on, up to 50 of 1 to 200 characters.</param>
/// <param name="Receiver">To which authority; null for the one that the file names.</param>
/// <param name="Case">The case that it is of; for the centre alone.</param>
public sealed record LeadDraft(
    string Key, string Kind, ImmutableArray<LeadSubject> Subjects, string Reason, ImmutableArray<string> Records = default, MemberCode? Receiver = null, Guid? Case = null);

/// <summary>A command to a lead.</summary>
public abstract record LeadCommand;

/// <summary>A person of the centre sends what was proposed.</summary>
/// <param name="Reason">Why, up to 4,000 characters; null for the words of the rule that saw it.</param>
/// <param name="Receiver">To which authority; null for the one proposed.</param>
public sealed record ConfirmLead(string? Reason = null, MemberCode? Receiver = null) : LeadCommand;

/// <summary>A person of the centre finds that what was proposed is none.</summary>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record DismissLead(string Reason) : LeadCommand;

/// <summary>The authority acknowledges it.</summary>
public sealed record AcknowledgeLead : LeadCommand;

/// <summary>The authority passes it on to another. The date of feedback stays.</summary>
/// <param name="To">To which.</param>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record PassOnLead(MemberCode To, string Reason) : LeadCommand;

/// <summary>The authority tells what came of it.</summary>
/// <param name="Result">What.</param>
/// <param name="Text">In words, 1 to 4,000 characters.</param>
/// <param name="Records">Records that it names, up to 50 of 1 to 200 characters; at least one where it became a case.</param>
public sealed record FeedBackLead(LeadResult Result, string Text, ImmutableArray<string> Records = default) : LeadCommand;

/// <summary>The sender finds that the feedback does not say enough.</summary>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record ReturnLead(string Reason) : LeadCommand;

/// <summary>The sender takes it back before it was acknowledged.</summary>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record WithdrawLead(string Reason) : LeadCommand;

/// <summary>The clock is looked at. For Cordon itself.</summary>
internal sealed record TickLead : LeadCommand;

/// <summary>The guards of a lead: pure, in ladders, the first failing rung answers.</summary>
public static class LeadRules
{
    internal const int ReasonLength = 4_000;
    private const int ShortLength = 2_000;
    private const int KeyLength = 100;
    private const int MostSubjects = 50;
    private const int MostRecords = 50;
    private const int RecordLength = 200;

    /// <summary>Who works on leads for a member or an authority.</summary>
    private static readonly string[] Workers = [Roles.MemberClerk, Roles.Regulator, Roles.PoliceOfficer, Roles.DutyOfficer, Roles.Supervisor];

    /// <summary>Why a draft cannot be sent, as far as it tells by itself; null where it can.</summary>
    internal static Refusal? Fault(LeadDraft draft, Actor actor, LeadPlan plan)
    {
        if (!MaySend(actor)) return LeadRefusal.NotSender;
        if (string.IsNullOrWhiteSpace(draft.Key) || draft.Key.Length > KeyLength) return LeadRefusal.BadKey;
        if (plan.Find(draft.Kind) is not { } kind) return LeadRefusal.NoKind(plan);
        if (draft.Subjects.IsDefaultOrEmpty || draft.Subjects.Length > MostSubjects || draft.Subjects.Any(s => !s.IsValid)) return LeadRefusal.BadSubjects;
        if (!draft.Subjects.Any(s => kind.About.Contains(s.Kind))) return LeadRefusal.OtherSubjects(kind);
        if (!IsText(draft.Reason, ReasonLength)) return LeadRefusal.NoReason;
        return AreRecords(draft.Records) ? null : LeadRefusal.BadRecords;
    }

    /// <summary>Whether somebody may send leads: who works for the centre, a member or an authority, and a member's system.</summary>
    public static bool MaySend(Actor actor) => Roles.Centre.Any(actor.Is) || (actor.Member is not null && (actor.IsSystemOfMember || Workers.Any(actor.Is)));

    /// <summary>Whether somebody acts for the authority that has a lead.</summary>
    public static bool IsReceiver(Lead lead, Actor actor) => lead.Receiver is { } receiver && Works(actor, receiver);

    /// <summary>Whether somebody acts for whoever sent a lead.</summary>
    public static bool IsSender(Lead lead, Actor actor) => lead.Sender is { } sender ? Works(actor, sender) : IsCentre(lead, actor);

    /// <summary>Judges a command.</summary>
    /// <param name="state">The lead.</param>
    /// <param name="command">What is asked of it.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="plan">The kinds and clocks.</param>
    /// <param name="able">The authorities that may act on it, the one that is proposed first.</param>
    /// <param name="now">The present instant.</param>
    internal static Decision<LeadEvent> Decide(Lead state, LeadCommand command, Actor actor, LeadPlan plan, ImmutableArray<MemberCode> able, Instant now) => command switch
    {
        ConfirmLead c => Confirm(state, c, actor, plan, able, now),
        DismissLead c => Dismiss(state, c, actor, now),
        AcknowledgeLead => Acknowledge(state, actor, now),
        PassOnLead c => PassOn(state, c, actor, plan, able, now),
        FeedBackLead c => FeedBack(state, c, actor, now),
        ReturnLead c => Return(state, c, actor, plan, now),
        WithdrawLead c => Withdraw(state, c, actor, now),
        TickLead => Tick(state, plan, now),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    private static Decision<LeadEvent> Confirm(Lead state, ConfirmLead command, Actor actor, LeadPlan plan, ImmutableArray<MemberCode> able, Instant now)
    {
        if (!IsOfficer(actor)) return LeadRefusal.NotCentre;
        if (state.State != LeadState.Proposed) return LeadRefusal.NotProposed;
        if (plan.Find(state.Kind) is not { } kind) return LeadRefusal.NoKind(plan);
        if ((command.Receiver ?? state.Receiver ?? (able.IsEmpty ? null : able[0])) is not { } receiver || !able.Contains(receiver)) return LeadRefusal.NotCompetent(able);
        // Whoever would have to act on it does not decide that it is put to them.
        if (actor.Member == receiver) return LeadRefusal.OwnMatter;
        var reason = command.Reason ?? kind.Title.Zh + " / " + kind.Title.En;
        if (!IsText(reason, ReasonLength)) return LeadRefusal.NoReason;
        return new LeadConfirmed(now, receiver, reason, plan.AcknowledgeBy(now), plan.FeedbackBy(kind, now), actor.Id);
    }

    private static Decision<LeadEvent> Dismiss(Lead state, DismissLead command, Actor actor, Instant now)
    {
        if (!IsOfficer(actor)) return LeadRefusal.NotCentre;
        if (state.State != LeadState.Proposed) return LeadRefusal.NotProposed;
        if (state.Receiver is { } receiver && actor.Member == receiver) return LeadRefusal.OwnMatter;
        return IsText(command.Reason, ShortLength) ? new LeadDismissed(now, command.Reason, actor.Id) : LeadRefusal.NoReason;
    }

    private static Decision<LeadEvent> Acknowledge(Lead state, Actor actor, Instant now)
    {
        if (!IsReceiver(state, actor)) return LeadRefusal.NotReceiver;
        return state.State switch
        {
            LeadState.Sent => new LeadAcknowledged(now, actor.Id),
            LeadState.Acknowledged => Decision<LeadEvent>.Nothing,
            _ => LeadRefusal.NotOpen,
        };
    }

    private static Decision<LeadEvent> PassOn(Lead state, PassOnLead command, Actor actor, LeadPlan plan, ImmutableArray<MemberCode> able, Instant now)
    {
        if (!IsReceiver(state, actor)) return LeadRefusal.NotReceiver;
        if (!state.Open) return LeadRefusal.NotOpen;
        if (!IsText(command.Reason, ShortLength)) return LeadRefusal.NoReason;
        // Once the sender has heard of this authority, another one would owe what this one said.
        if (!state.Feedbacks.IsEmpty) return LeadRefusal.ToldAlready;
        // Whoever let the date pass answers for it, and cannot hand that on.
        if (now > state.FeedbackBy) return LeadRefusal.OverdueStays;
        if (state.WasWith(command.To)) return LeadRefusal.Circle;
        if (!able.Contains(command.To)) return LeadRefusal.NotCompetent(able);
        var acknowledge = plan.AcknowledgeBy(now);
        return new LeadPassedOn(now, command.To, command.Reason, acknowledge < state.FeedbackBy!.Value ? acknowledge : state.FeedbackBy.Value, actor.Id);
    }

    // Feedback that comes late still tells what came of it; that it was late stays.
    private static Decision<LeadEvent> FeedBack(Lead state, FeedBackLead command, Actor actor, Instant now)
    {
        if (!IsReceiver(state, actor)) return LeadRefusal.NotReceiver;
        if (!IsText(command.Text, ReasonLength)) return LeadRefusal.NoReason;
        if (!AreRecords(command.Records)) return LeadRefusal.BadRecords;
        ImmutableArray<string> records = command.Records.IsDefault ? [] : command.Records;
        if (command.Result == LeadResult.OpenedAsCase && records.IsEmpty) return LeadRefusal.NoCaseNamed;
        if (state.State == LeadState.FedBack)
            return state.Feedbacks[^1] is var told && told.Result == command.Result && told.Text == command.Text && told.Records.SequenceEqual(records)
                ? Decision<LeadEvent>.Nothing
                : LeadRefusal.ToldAlready;
        if (!state.Open) return LeadRefusal.NotOpen;
        var fedBack = new LeadFedBack(now, command.Result, command.Text, records, actor.Id);
        // Who tells what came of it has received it.
        return state.State == LeadState.Sent ? Decision<LeadEvent>.Of(new LeadAcknowledged(now, actor.Id), fedBack) : fedBack;
    }

    private static Decision<LeadEvent> Return(Lead state, ReturnLead command, Actor actor, LeadPlan plan, Instant now)
    {
        if (!IsSender(state, actor)) return LeadRefusal.NotOfSender;
        if (!IsText(command.Reason, ShortLength)) return LeadRefusal.NoReason;
        if (state.State != LeadState.FedBack) return LeadRefusal.NotFedBack;
        return state.Feedbacks.Any(f => f.NotEnough is not null) ? LeadRefusal.ReturnedOnce : new LeadReturned(now, command.Reason, plan.AgainBy(now), actor.Id);
    }

    private static Decision<LeadEvent> Withdraw(Lead state, WithdrawLead command, Actor actor, Instant now)
    {
        if (!IsSender(state, actor)) return LeadRefusal.NotOfSender;
        if (!IsText(command.Reason, ShortLength)) return LeadRefusal.NoReason;
        // Whoever passed it on has seen it.
        if (state.State != LeadState.Sent || !state.Hops.IsEmpty) return LeadRefusal.Acknowledged;
        return new LeadWithdrawn(now, command.Reason, actor.Id);
    }

    private static Decision<LeadEvent> Tick(Lead state, LeadPlan plan, Instant now)
    {
        if (!state.Open) return Decision<LeadEvent>.Nothing;
        var events = ImmutableArray.CreateBuilder<LeadEvent>();
        var missed = state.Missed;
        Instant?[] dates = state.State == LeadState.Sent ? [state.AcknowledgeBy, state.FeedbackBy] : [state.FeedbackBy];
        foreach (var due in dates)
            if (due is { } at && now > at && !(missed >= at))
            {
                events.Add(new LeadOverdue(now, at, Next(at, state.Escalation)));
                missed = at;
            }
        // It climbs by the date that passed first and is still open; nothing that is owed later holds it up.
        if (dates.FirstOrDefault(d => d is { } at && now > at) is { } open)
            foreach (var step in plan.Escalation.Where(s => !(s.Rung <= state.Escalation) && now > s.From(open)))
                events.Add(new LeadEscalated(now, open, step.Rung, step.Officer, step.Role, Next(open, step.Rung)));
        return Decision<LeadEvent>.Of(events.ToImmutable());

        Instant? Next(Instant due, EscalationRung? reached) => plan.Escalation.FirstOrDefault(s => !(s.Rung <= reached))?.From(due);
    }

    private static bool Works(Actor actor, MemberCode member) => actor.Member == member && (actor.IsSystemOfMember || Workers.Any(actor.Is));

    // What the centre sent, its people answer for, but not those of the authority that has it.
    private static bool IsCentre(Lead lead, Actor actor) => Roles.Centre.Any(actor.Is) && !(actor.Member is { } own && lead.WasWith(own));

    private static bool IsOfficer(Actor actor) => actor.IsPerson && Roles.Centre.Any(actor.Is);

    private static bool IsText(string? text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;

    private static bool AreRecords(ImmutableArray<string> records) =>
        records.IsDefaultOrEmpty || (records.Length <= MostRecords && records.All(r => !string.IsNullOrWhiteSpace(r) && r.Length <= RecordLength));
}
