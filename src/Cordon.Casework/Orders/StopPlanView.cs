using System.Globalization;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>A plan as the API tells of it.</summary>
/// <param name="Currency">The currency of all its amounts.</param>
/// <param name="SecondsEach">How long issuing one order takes.</param>
/// <param name="Saved">What the plan is expected to hold.</param>
/// <param name="SavedLargestFirst">What the same stops are expected to hold with the largest sum first.</param>
/// <param name="Stops">The stops in the order in which to issue them.</param>
/// <param name="Spent">Accounts that have had both stops the law allows: ask for a freeze.</param>
internal sealed record StopPlanView(
    Currency Currency, double SecondsEach, Amount Saved, Amount SavedLargestFirst, IReadOnlyList<PlannedStopView> Stops, IReadOnlyList<SpentAccountView> Spent)
{
    public static StopPlanView Of(StopPlan plan) => new(
        plan.Currency, plan.Each.TotalSeconds, new Amount(plan.Saved, plan.Currency), new Amount(plan.SavedLargestFirst, plan.Currency),
        [.. plan.Stops.Select(s => PlannedStopView.Of(s, plan.Currency))],
        [.. plan.Spent.Select(s => new SpentAccountView(s.Case, s.Account, new Amount(s.Minor, plan.Currency)))]);
}

/// <summary>A stop at its place.</summary>
/// <param name="Place">From 1: which is issued next.</param>
/// <param name="Case">The case whose money it is.</param>
/// <param name="Account">The account.</param>
/// <param name="Order">The draft; absent where none is drafted yet.</param>
/// <param name="Number">The draft's number.</param>
/// <param name="Here">What lies there now.</param>
/// <param name="SavedNow">What a stop is expected to hold if it is issued now.</param>
/// <param name="Saved">What it is expected to hold at its turn.</param>
/// <param name="HalfLeavesMinutes">Within how many minutes half of it is expected to leave.</param>
/// <param name="MemberActsMinutes">Within how many minutes the member carries out half of its orders.</param>
/// <param name="MemberAnswers">The share of orders that the member carries out at all, 0 to 1.</param>
/// <param name="MemberOrders">How many of its earlier orders that rests on; the rest is the prior.</param>
/// <param name="StopsLeft">Stops left of the two that the law allows, this one among them.</param>
/// <param name="Why">The figures as a sentence.</param>
internal sealed record PlannedStopView(
    int Place, Guid Case, AccountNumber Account, Guid? Order, string? Number, Amount Here, Amount SavedNow, Amount Saved, double HalfLeavesMinutes,
    double MemberActsMinutes, double MemberAnswers, int MemberOrders, int StopsLeft, string Why)
{
    public static PlannedStopView Of(PlannedStop s, Currency currency) => new(
        s.Place, s.Stop.Case, s.Stop.Account, s.Stop.Order, s.Stop.Number, new Amount(s.Stop.Minor, currency), new Amount(s.SavedNow, currency),
        new Amount(s.Saved, currency), Math.Round(s.Stop.Drain.Half.TotalMinutes, 1), Math.Round(s.Stop.Pace.Median.TotalMinutes, 1),
        Math.Round(s.Stop.Pace.Answers, 3), s.Stop.Pace.Measured, s.StopsLeft, StopPlanText.Of(s, currency, s.Stop.Account.Member.ToString()));
}

/// <summary>An account that has had both stops.</summary>
/// <param name="Case">The case whose money it is.</param>
/// <param name="Account">The account.</param>
/// <param name="Here">What lies there now.</param>
internal sealed record SpentAccountView(Guid Case, AccountNumber Account, Amount Here);

/// <summary>The figures of a planned stop as people read them.</summary>
public static class StopPlanText
{
    /// <summary><c>12,000.00 now, half leaves within 9 min, bank-a acts in 6 min (9 of 10 orders): 8,300.00 expected saved; the last of two stops</c>.</summary>
    /// <param name="stop">The stop.</param>
    /// <param name="currency">The currency of its amounts.</param>
    /// <param name="member">The member's name.</param>
    public static string Of(PlannedStop stop, Currency currency, string member)
    {
        var last = stop.StopsLeft == 1 ? "; the last of two stops" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Bare(stop.Stop.Minor, currency)} now, half leaves within {Length(stop.Stop.Drain.Half)}, {member} acts in {Length(stop.Stop.Pace.Median)} ({stop.Stop.Pace.Answers:P0} of orders): {Bare(stop.SavedNow, currency)} expected saved{last}");
    }

    /// <summary>A length in its largest unit: <c>40 s</c>, <c>9 min</c>, <c>3 h</c>, <c>2 d</c>.</summary>
    public static string Length(TimeSpan span) => span switch
    {
        { TotalSeconds: < 90 } => Text($"{span.TotalSeconds:F0} s"),
        { TotalMinutes: < 90 } => Text($"{span.TotalMinutes:F0} min"),
        { TotalHours: < 48 } => Text($"{span.TotalHours:F0} h"),
        _ => Text($"{span.TotalDays:F0} d"),
    };

    private static string Bare(long minor, Currency currency) => new Amount(minor, currency).ToString()[..^4];

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
