using System.Collections.Immutable;
using Cordon.Engine.Signals;
using Cordon.Simulator.Institutions;

namespace Cordon.Simulator.Year;

/// <summary>Orders of the police and how members answer them.</summary>
internal sealed class YearOrders(ImmutableArray<YearMember> members, YearLoopholes loopholes, Dice dice)
{
    private readonly ImmutableArray<YearMember> banks = [.. members.Where(m => m.Sector == ProvinceSector.Bank)];
    private readonly ImmutableArray<YearMember> institutions = [.. members.Where(m => m.Sector == ProvinceSector.PaymentInstitution)];
    private readonly YearPen pen = new(dice.Fork(1));

    public IEnumerable<YearOrder> Live(int day)
    {
        foreach (var member in banks.Concat(institutions))
            for (var n = dice.Between(0, 3); n > 0; n--)
                yield return Order(YearOrderKind.Stop, YearDuties.StopAnswer, member.Code, day, TimeSpan.FromMinutes(30), TimeSpan.FromHours(5));
        foreach (var member in institutions)
            for (var n = dice.Between(0, 2); n > 0; n--)
                yield return Order(YearOrderKind.Enquiry, YearDuties.EnquiryAnswer, member.Code, day, TimeSpan.FromHours(24), TimeSpan.FromHours(90));
        foreach (var member in banks)
            for (var n = dice.Between(0, 2); n > 0; n--)
                yield return Order(YearOrderKind.Return, YearDuties.ReturnPaid, member.Code, day, TimeSpan.FromDays(3), TimeSpan.FromDays(9));
    }

    private YearOrder Order(YearOrderKind kind, string duty, MemberCode member, int day, TimeSpan time, TimeSpan late)
    {
        var at = pen.At(day);
        var due = at + time;
        // Withdrawn before anything was owed: nobody's fault, however long it stays unanswered.
        if (dice.Chance(30)) return new YearOrder(pen.Order(), kind, member, at, due, null, at + (time / 3));
        var fault = pen.Happens(loopholes.RateOf(duty, member, null, day, 50_000));
        Instant? answered = !fault ? at + (time * dice.Between(5, 90) / 100) : dice.Chance(250) ? null : due + (late * dice.Between(5, 100) / 100);
        return new YearOrder(pen.Order(), kind, member, at, due, answered, null);
    }
}
