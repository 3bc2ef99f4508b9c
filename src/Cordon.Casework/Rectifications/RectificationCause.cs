using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications;

/// <summary>
/// Whose loophole it is. Everything of one cause is one rectification: a reseller that opens lines badly in three ways has one cause, not three.
/// </summary>
/// <param name="Member">The member that answers for it.</param>
/// <param name="Unit">The reseller or branch through which it acts; null for the member as a whole.</param>
/// <param name="Root">With a unit, the place of the chain at which it works: <c>link:line</c>. Without one, the duty: <c>duty:cn.atf.13</c>.</param>
public sealed record RectificationCause(MemberCode Member, string? Unit, string Root)
{
    /// <summary>The cause as one text, the same for the same cause alone: neither a member's code nor a root has a bar in it.</summary>
    public string Key => $"{Member}|{Unit}|{Root}";

    /// <summary>The cause of a duty that was not kept.</summary>
    /// <param name="duty">The duty.</param>
    /// <param name="member">Who owed it.</param>
    /// <param name="unit">Through which reseller or branch; null for none.</param>
    public static RectificationCause Of(Duty duty, MemberCode member, string? unit) =>
        new(member, unit, unit is null ? "duty:" + duty.Id : "link:" + Words.Of(duty.Link));
}

/// <summary>What shows that a loophole is open: a finding of a case, or a control that is burnt.</summary>
/// <param name="Cause">Whose loophole.</param>
/// <param name="Duty">The duty, by its id in the pack.</param>
/// <param name="Measured">Whether a control measures the duty, so that a recheck can be left to it.</param>
/// <param name="What">What is wrong, in one sentence of both languages.</param>
/// <param name="At">When the fault was; of a reading, the beginning of its span: nothing that it says lies before.</param>
/// <param name="Evidence">The records that show it.</param>
/// <param name="Finding">The finding; null of a reading.</param>
/// <param name="Reading">The reading; null of a finding.</param>
public sealed record Shortcoming(
    RectificationCause Cause, string Duty, bool Measured, Wording What, Instant At, ImmutableArray<string> Evidence, Guid? Finding, ControlReading? Reading)
{
    /// <summary>What a burnt control shows.</summary>
    /// <param name="reading">The reading; its verdict is <see cref="ControlVerdict.Burnt"/>.</param>
    /// <param name="duty">The duty that the control measures.</param>
    public static Shortcoming Of(ControlReading reading, Duty duty) => new(
        RectificationCause.Of(duty, reading.Subject.Member, reading.Subject.Unit), duty.Id, true, duty.Title, reading.From, reading.Evidence, null, reading);
}
