using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Signals;
using Cordon.Simulator.Institutions;

namespace Cordon.Simulator.Year;

/// <summary>
/// A year of three provinces from a seed: 12 banks, 3 operators, 6 virtual operators and 4 payment institutions with
/// their resellers and branches, of whom some have loopholes of known owner. It answers to what is asked of it: a
/// member that is called upon to mend does so, or says so, or does nothing, by its manner. The same seed and the same
/// demands give the same year. Some are innocent and look guilty: a border operator with thousands of proven roamers,
/// a merger that tells six hundred accounts again, a firm with a thousand lines, a reseller with two customers.
/// </summary>
public sealed class YearWorld
{
    private const int MostDays = 366;
    private readonly YearLoopholes loopholes;
    private readonly YearLines lines;
    private readonly YearAccounts accounts;
    private readonly YearOrders orders;
    private int next;

    /// <summary>Makes the year.</summary>
    /// <param name="seed">The seed.</param>
    public YearWorld(ulong seed)
    {
        var dice = new Dice(seed);
        Members = [.. Found()];
        loopholes = new YearLoopholes(Members, dice.Fork(1));
        lines = new YearLines(Members, loopholes, dice.Fork(2));
        accounts = new YearAccounts(Members, loopholes, dice.Fork(3));
        orders = new YearOrders(Members, loopholes, dice.Fork(4));
    }

    /// <summary>The days of a year.</summary>
    public const int Days = 365;

    /// <summary>The first instant: 2026-01-01T00:00:00+08:00.</summary>
    public static Instant Start { get; } = new(1_767_196_800_000_000);

    /// <summary>The institutions.</summary>
    public ImmutableArray<YearMember> Members { get; }

    /// <summary>The loopholes planted: the truth, which no record tells.</summary>
    public ImmutableArray<YearLoophole> Loopholes => loopholes.Planted;

    /// <summary>Whether a loophole is open on a day, as things stand by what was demanded so far.</summary>
    public bool IsOpen(YearLoophole loophole, int day) => loopholes.IsOpen(loophole, day);

    /// <summary>When a loophole was open, as things stand by what was demanded so far.</summary>
    public ImmutableArray<YearSpan> SpansOf(YearLoophole loophole) => loopholes.SpansOf(loophole);

    /// <summary>The first instant of a day.</summary>
    public static Instant StartOf(int day) => Start + TimeSpan.FromDays(day);

    /// <summary>Lives the next day. Throws <see cref="InvalidOperationException"/> after the year's end.</summary>
    public YearDay Live()
    {
        if (next >= MostDays) throw new InvalidOperationException("The year is over.");
        var told = new List<(Instant ToldAt, Signal Signal)>();
        lines.Live(next, told);
        accounts.Live(next, told);
        // Told mostly in the order of happening; a stable sort keeps the rest in the order of making.
        var day = new YearDay(StartOf(next), [.. told.OrderBy(t => t.ToldAt).Select(t => t.Signal)], [.. orders.Live(next)]);
        next++;
        return day;
    }

    /// <summary>A member is called upon to mend, or called upon again.</summary>
    /// <param name="duty">The duty.</param>
    /// <param name="member">The member.</param>
    /// <param name="unit">The unit concerned; null for the whole.</param>
    /// <param name="day">On which day.</param>
    public void Demand(string duty, MemberCode member, string? unit, int day) => loopholes.Demand(duty, member, unit, day);

    /// <summary>Who says on a day that it has mended what.</summary>
    public IEnumerable<(string Duty, MemberCode Member, string? Unit)> ClaimsOn(int day) => loopholes.ClaimsOn(day);

    private static IEnumerable<YearMember> Found()
    {
        for (var i = 0; i < 3; i++) yield return Member("tel", i, ProvinceSector.Telecom, "r", 4);
        for (var i = 0; i < 6; i++) yield return Member("mvno", i, ProvinceSector.VirtualOperator, "r", 3);
        for (var i = 0; i < 12; i++) yield return Member("bank", i, ProvinceSector.Bank, "br", 4);
        for (var i = 0; i < 4; i++) yield return Member("pay", i, ProvinceSector.PaymentInstitution, "", 0);
    }

    private static YearMember Member(string name, int index, ProvinceSector sector, string unit, int units) => new(
        MemberCode.Parse($"{name}-{(char)('a' + index)}"), sector, $"y{(index % 3) + 1}",
        [.. Enumerable.Range(1, units).Select(u => string.Create(CultureInfo.InvariantCulture, $"{unit}{u}"))]);
}

/// <summary>Ids and instants as the year's records need them.</summary>
/// <param name="dice">Chance.</param>
internal sealed class YearPen(Dice dice)
{
    private long written;

    public SignalId Id(char kind) => new(string.Create(CultureInfo.InvariantCulture, $"{kind}{++written}"));

    public string Order() => string.Create(CultureInfo.InvariantCulture, $"o{++written}");

    /// <summary>Saturday or Sunday: the year begins on a Thursday.</summary>
    public static bool IsWeekend(int day) => day % 7 is 2 or 3;

    /// <summary>Somewhere in the waking hours of a day.</summary>
    public Instant At(int day) => YearWorld.StartOf(day) + TimeSpan.FromSeconds(dice.Between(7 * 3600, (23 * 3600) - 1));

    public bool Happens(int perMillion) => dice.Below(1_000_000) < perMillion;
}
