using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cordon.Casework.Duties;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>Measures lines and calls: how lines are opened, what is let in from abroad, what cards for things do.</summary>
/// <param name="tally">Where it is counted.</param>
/// <param name="holdings">Where new lines are counted.</param>
/// <param name="restricted">Where openings for restricted people are looked at.</param>
/// <param name="dayOf">The day of an instant by the jurisdiction's clock.</param>
internal sealed class LineMeter(ControlTally tally, HoldingCount holdings, RestrictionMeter restricted, Func<Instant, int> dayOf)
{
    private readonly Dictionary<PhoneNumber, Line> lines = [];
    private readonly Dictionary<(PersonToken Person, MemberCode Member), int> held = [];
    private readonly Dictionary<PersonToken, int> heldInAll = [];
    private readonly Dictionary<(MemberCode Member, string? Unit), long> cards = [];

    public void Take(Subscription told)
    {
        ref var line = ref CollectionsMarshal.GetValueRefOrAddDefault(lines, told.Line, out var known);
        // What holds is what was told last by event time; an older fact that comes late opened nothing.
        if (known && told.At < line.At) return;
        if (!known) holdings.Add(Holding.Line, told.Member, told.At);
        var opened = !known || line.Member != told.Member || line.Person != told.Person;
        var unit = opened ? told.Agent : line.Unit;
        if (known) Hold(line, -1);
        line = new Line(told.Member, unit, told.Person, told.LineKind, told.At, known && !opened ? line.FaultDay : int.MinValue);
        Hold(line, 1);
        if (opened) restricted.Opened(told, unit, told.Person is { } holder ? heldInAll.GetValueOrDefault(holder) : 0);
        else restricted.Used(told.Line, told.At);
        if (!opened) return;
        if (told.Identity != IdentityCheck.Unknown)
            tally.Count(DutyControl.LineIdentityVerified, told.Member, unit, told.At, told.Identity == IdentityCheck.NotVerified, told);
        if (told.Person is { } person && LineRegister.Counts(told.LineKind))
        {
            var now = held[(person, told.Member)];
            tally.Count(DutyControl.LinesPerPerson, told.Member, unit, told.At, duty => now > duty.Threshold![ControlCatalogue.Lines], told);
        }
    }

    public void Take(Call told)
    {
        // A call's end is the same call; its beginning was counted.
        if (told.Phase == CallPhase.End) return;
        if (told.Origin == CallOrigin.InternationalTrunk)
        {
            tally.Count(DutyControl.SpoofedCallsLetIn, told.Member, null, told.At, duty => !told.RoamingProven && IsDomestic(told.Caller, duty), told);
            // The number shown may be borrowed: what its line is says nothing of who called.
            return;
        }
        restricted.Used(told.Caller, told.At);
        ref var line = ref CollectionsMarshal.GetValueRefOrNullRef(lines, told.Caller);
        if (Unsafe.IsNullRef(ref line) || line.Kind != LineKind.Iot) return;
        var day = dayOf(told.At);
        if (day <= line.FaultDay) return;
        line.FaultDay = day;
        foreach (var measure in tally.Of(DutyControl.IotCardsUsedForVoice))
            if (measure.At(told.At) is { } duty)
                tally.Place(measure, duty, line.Member, line.Unit)?.Add(told.At, 0, 1, ControlTally.RecordOf(told));
    }

    /// <summary>A day is over: each card for things in use was tested once.</summary>
    public void EndDay(Instant last)
    {
        foreach (var measure in tally.Of(DutyControl.IotCardsUsedForVoice))
            if (measure.At(last) is { } duty)
                foreach (var ((member, unit), count) in cards)
                    if (count > 0)
                        tally.Place(measure, duty, member, unit)?.Add(last, count, 0, null);
    }

    private static bool IsDomestic(PhoneNumber number, Duty duty)
    {
        var code = duty.Threshold![ControlCatalogue.CallingCode];
        var digits = number.Digits;
        while (digits > code) digits /= 10;
        return digits == code;
    }

    private void Hold(in Line line, int more)
    {
        if (line.Person is { } person && LineRegister.Counts(line.Kind))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(held, (person, line.Member), out _) += more;
            CollectionsMarshal.GetValueRefOrAddDefault(heldInAll, person, out _) += more;
        }
        if (line.Kind == LineKind.Iot) CollectionsMarshal.GetValueRefOrAddDefault(cards, (line.Member, line.Unit), out _) += more;
    }

    /// <summary>What holds of a line.</summary>
    /// <param name="Member">The operator.</param>
    /// <param name="Unit">The reseller that opened it.</param>
    /// <param name="Person">The holder.</param>
    /// <param name="Kind">What kind of line.</param>
    /// <param name="At">When that was told for.</param>
    /// <param name="FaultDay">The last day on which it was a fault of the card's.</param>
    private record struct Line(MemberCode Member, string? Unit, PersonToken? Person, LineKind Kind, Instant At, int FaultDay);
}
