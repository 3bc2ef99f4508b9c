using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>A rectification behind a listing, as it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ClaimedAt">When the claim that counts was made; null while none does.</param>
public sealed record BehindListing(Guid Id, string Number, RectificationState State, Instant? ClaimedAt)
{
    /// <summary>Of a rectification.</summary>
    public static BehindListing Of(Rectification rectification) => new(rectification.Id, rectification.Number, rectification.State, rectification.ClaimedAt);
}

/// <summary>What can be asked of a step that was drafted.</summary>
public abstract record StepCommand;

/// <summary>Decide a draft. A supervisor, not of the subject's member; a veto wants two, and none who drafted it decides it.</summary>
/// <param name="Issue">Whether it comes into force.</param>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
/// <param name="Behind">Further rectifications of the subject that stand behind a listing: all that are late or came back.</param>
public sealed record DecideStep(bool Issue, string Reason, ImmutableArray<Guid> Behind) : StepCommand;

/// <summary>Appeal. The subject's own people only, once.</summary>
/// <param name="Text">What the subject says, 1 to 4,000 characters.</param>
public sealed record AppealStep(string Text) : StepCommand;

/// <summary>Decide an appeal. A supervisor or decider of appeals, not of the subject's member, and nobody who had a hand in the step.</summary>
/// <param name="Upheld">Whether the subject is right.</param>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record DecideStepAppeal(bool Upheld, string Reason) : StepCommand;

/// <summary>End a listing. A supervisor, not of the subject's member; only with the measured result.</summary>
/// <param name="Behind">The rectifications behind it as they stand, by the desk's own count in the same transaction.</param>
public sealed record DelistSubject(ImmutableArray<BehindListing> Behind) : StepCommand;

/// <summary>Look at the limit of a listing. It does nothing before it passed.</summary>
/// <param name="Behind">The rectifications behind it as they stand, by the desk's own count in the same transaction.</param>
public sealed record CheckListing(ImmutableArray<BehindListing> Behind) : StepCommand;

/// <summary>Let a step stand longer, as <see cref="LadderRules.Next"/> says.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Record">The record behind it: a rectification's number.</param>
public sealed record ProlongStep(LadderTrigger Trigger, string? Record) : StepCommand;

/// <summary>Drop a draft that rests on nothing any more: the one rectification behind it was withdrawn.</summary>
/// <param name="Rectification">Its id.</param>
/// <param name="Number">Its number.</param>
public sealed record DropFallenStep(Guid Rectification, string Number) : StepCommand;
