using Cordon.Engine.Signals;
using Cordon.Simulator.People;

namespace Cordon.Simulator.Life;

/// <summary>Honest calls and messages, with the kinds that look like fraud by their counts: call centres, couriers, roaming.</summary>
internal sealed class TalkLife(Census census, Schedule schedule, ProvinceOptions options, Rhythm rhythm, Dice dice)
{
    public void Live()
    {
        for (var day = 0; day < options.Days; day++)
        {
            foreach (var person in census.People) Day(person, day);
            foreach (var centre in census.CallCentres) CallCentre(centre, day);
            for (var i = 0; i < Math.Max(1, options.People / 100); i++) Courier(census.People[i], day);
        }
    }

    private void Day(PersonDraft person, int day)
    {
        for (var n = dice.Below(4); n > 0; n--)
            schedule.Call(rhythm.Waking(day, dice), person.Line, Acquaintance(person).Line.Number, (int)dice.Low(8, 1500));
        if (dice.Chance(300))
            schedule.Text(rhythm.Waking(day, dice), person.Line.Member, person.Line.Number, Acquaintance(person).Line.Number, null);
        if (dice.Chance(60)) Notice(person, day);
        if (dice.Chance(4)) FromAbroad(person, day);
        if (dice.Chance(2)) Roaming(person, day);
    }

    private void Notice(PersonDraft person, int day)
    {
        var firm = dice.Pick(census.Shops);
        schedule.Text(rhythm.Office(day, dice), firm.Line.Member, firm.Line.Number, person.Line.Number, new Domain($"shop{person.Index % census.Shops.Count}.example"));
    }

    private void FromAbroad(PersonDraft person, int day) =>
        schedule.CallFromAbroad(rhythm.Waking(day, dice), Network(person.Line), census.Numbers.Foreign(), person.Line.Number, false, null, (int)dice.Low(60, 1800));

    /// <summary>A subscriber abroad calls home: a domestic number over an international trunk, and rightly so.</summary>
    private void Roaming(PersonDraft person, int day) =>
        schedule.CallFromAbroad(rhythm.Waking(day, dice), Network(person.Line), person.Line.Number, Acquaintance(person).Line.Number, true, person.Line.Device, (int)dice.Low(30, 900));

    private void CallCentre(LineDraft centre, int day)
    {
        for (var n = Math.Max(10, options.People / 8); n > 0; n--)
            schedule.Call(rhythm.Office(day, dice), centre, dice.Pick(census.People).Line.Number, dice.Chance(300) ? 0 : (int)dice.Low(15, 300));
    }

    private void Courier(PersonDraft courier, int day)
    {
        for (var n = dice.Between(25, 45); n > 0; n--)
            schedule.Call(rhythm.Office(day, dice), courier.Line, dice.Pick(census.People).Line.Number, dice.Between(8, 40));
    }

    private PersonDraft Acquaintance(PersonDraft person) =>
        census.People[(person.Index + 1 + (dice.Below(9) * 7)) % census.People.Count];

    private MemberCode Network(LineDraft line) => census.Registry[line.Member].Host ?? line.Member;
}
