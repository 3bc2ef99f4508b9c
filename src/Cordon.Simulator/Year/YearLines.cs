using System.Collections.Immutable;
using Cordon.Engine.Signals;
using Cordon.Simulator.Institutions;

namespace Cordon.Simulator.Year;

/// <summary>Lines opened, cards for things in use, calls from abroad.</summary>
internal sealed class YearLines(ImmutableArray<YearMember> members, YearLoopholes loopholes, Dice dice)
{
    private const int CardsEach = 400;
    private const long FirstNumber = 86_13_0000_00000;

    private readonly ImmutableArray<YearMember> operators = [.. members.Where(m => m.Sector is ProvinceSector.Telecom or ProvinceSector.VirtualOperator)];
    private readonly YearPen pen = new(dice.Fork(1));
    private readonly Dictionary<(MemberCode Member, string Unit), List<PhoneNumber>> cards = [];
    private readonly Dictionary<(MemberCode Member, string Unit), PersonToken> collectors = [];
    private long numbers;

    public void Live(int day, List<(Instant, Signal)> told)
    {
        for (var i = 0; i < operators.Length; i++)
        {
            var member = operators[i];
            if (day == 0) Begin(member, told);
            foreach (var unit in member.Units) Open(member, unit, day, told);
            foreach (var unit in member.Units) UseCards(member, unit, day, told);
            // The second network lies at a border: many of its calls from abroad are its own people's, roaming.
            if (member.Sector == ProvinceSector.Telecom) CallsFromAbroad(member, day, i == 1 ? 300 : 20, told);
        }
    }

    private void Begin(YearMember member, List<(Instant, Signal)> told)
    {
        foreach (var unit in member.Units)
        {
            var mine = cards[(member.Code, unit)] = [];
            for (var n = 0; n < CardsEach; n++)
            {
                var number = Number();
                mine.Add(number);
                var at = YearWorld.Start - TimeSpan.FromHours(dice.Between(2, 2000));
                told.Add((YearWorld.Start, new Subscription(pen.Id('s'), member.Code, at, number, LineKind.Iot, IdentityCheck.Verified, null, unit, null)));
            }
        }
    }

    private void Open(YearMember member, string unit, int day, List<(Instant, Signal)> told)
    {
        // The last reseller of each virtual operator hardly sells.
        var sells = member.Sector == ProvinceSector.VirtualOperator && unit == member.Units[^1] ? dice.Below(8) == 0 ? 1 : 0
            : YearPen.IsWeekend(day) ? dice.Between(1, 5) : dice.Between(3, 10);
        for (var n = 0; n < sells; n++)
        {
            var at = pen.At(day);
            var identity = pen.Happens(loopholes.RateOf(YearDuties.RealNameLine, member.Code, unit, day, 5000)) ? IdentityCheck.NotVerified : IdentityCheck.Verified;
            var person = Person();
            if (pen.Happens(loopholes.RateOf(YearDuties.LineLimit, member.Code, unit, day, 5000)))
            {
                // Somebody who collects lines: from the sixth on the operator should have refused.
                person = collectors.TryGetValue((member.Code, unit), out var collector) ? collector : collectors[(member.Code, unit)] = Collect(member, unit, at, told);
            }
            Tell(told, at, new Subscription(pen.Id('s'), member.Code, at, Number(), LineKind.Mobile, identity, person, unit, null));
        }
        // A firm's lines stand in no person's name: however many, no person's limit is touched.
        if (day % 30 == 7 && unit == member.Units[0])
            for (var n = 0; n < 40; n++)
                Tell(told, pen.At(day), new Subscription(pen.Id('s'), member.Code, pen.At(day), Number(), LineKind.Mobile, IdentityCheck.Verified, null, unit, null));
    }

    // Five lines are allowed, and were opened before the year began.
    private PersonToken Collect(YearMember member, string unit, Instant before, List<(Instant, Signal)> told)
    {
        var person = Person();
        for (var n = 0; n < 5; n++)
        {
            var at = YearWorld.Start - TimeSpan.FromDays(n + 1);
            told.Add((before, new Subscription(pen.Id('s'), member.Code, at, Number(), LineKind.Mobile, IdentityCheck.Verified, person, unit, null)));
        }
        return person;
    }

    private void UseCards(YearMember member, string unit, int day, List<(Instant, Signal)> told)
    {
        var rate = loopholes.RateOf(YearDuties.IotScope, member.Code, unit, day, 1000);
        var mine = cards[(member.Code, unit)];
        for (var n = 0; n < mine.Count; n++)
        {
            if (!pen.Happens(rate)) continue;
            var at = pen.At(day);
            Tell(told, at, new Call(pen.Id('c'), member.Code, at, mine[n], Number(), CallOrigin.Domestic, false, null, null, dice.Between(5, 300)));
        }
    }

    private void CallsFromAbroad(YearMember member, int day, int roamersPerMille, List<(Instant, Signal)> told)
    {
        var rate = loopholes.RateOf(YearDuties.TrueCaller, member.Code, null, day, 2000);
        for (var n = dice.Between(200, 300); n > 0; n--)
        {
            var at = pen.At(day);
            var spoofed = pen.Happens(rate);
            var roams = !spoofed && dice.Chance(roamersPerMille);
            var caller = spoofed || roams ? Number() : new PhoneNumber(44_20_0000_0000 + dice.Below(10_000_000));
            Tell(told, at, new Call(pen.Id('c'), member.Code, at, caller, Number(), CallOrigin.InternationalTrunk, roams, new Trunk("int-1"), null, dice.Between(5, 900)));
        }
    }

    // One in two hundred is told three hours late.
    private void Tell(List<(Instant, Signal)> told, Instant at, Signal signal) => told.Add((dice.Chance(5) ? at + TimeSpan.FromHours(3) : at, signal));

    private PhoneNumber Number() => new(FirstNumber + ++numbers);

    private PersonToken Person() => new(1, dice.Next128());
}
