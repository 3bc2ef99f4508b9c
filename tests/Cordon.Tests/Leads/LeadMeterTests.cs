using Cordon.Casework.Cases;
using Cordon.Casework.Controls;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Leads;

/// <summary>The figure of the control against a count that looks at every lead by itself.</summary>
public sealed class LeadMeterTests
{
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_figure_is_that_of_a_slow_count_however_often_and_in_what_order_leads_are_told(int seed)
    {
        var random = new Random(seed);
        var board = new ControlBoard(ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn), SectorOf);
        var facts = Enumerable.Range(0, 400).Select(n => Fact(n, random)).ToList();
        // Each is told as it was sent, and again when something happened; the clock is looked at in between.
        var tellings = facts.Select(f => (At: f.From, Fact: f with { FedBackAt = null, EndedAt = null })).Concat(facts.Select(f => (At: f.FedBackAt ?? f.EndedAt ?? f.From, Fact: f)));
        foreach (var (at, fact) in tellings.OrderBy(t => t.At).ThenBy(_ => random.Next()))
        {
            board.Take(fact, at);
            if (random.Next(5) == 0) board.Advance(at);
        }
        var now = Start + TimeSpan.FromDays(50);
        board.Advance(now);
        foreach (var code in new[] { "police-a", "regulator-a", "government-a" }.Select(MemberCode.Parse))
        {
            var own = facts.Where(f => f.Authority == code && SectorOf(code) is Sector.Police or Sector.Regulator && f.Authority == code).ToList();
            var late = own.Count(f => f.FedBackAt is { } told ? told > f.Due : f.Due < now && !(f.EndedAt <= f.Due));
            var kept = own.Count(f => f.FedBackAt <= f.Due);
            var standing = board.Standings(now, code).SingleOrDefault(s => s.Subject.Duty == "cn.atf.26.lead-feedback");
            var ninety = standing?.Burns.Single(b => b.Days == 90);
            Assert.Equal((kept + late, late), ((int)(ninety?.Occasions ?? 0), (int)(ninety?.Faults ?? 0)));
            if (standing is not null)
                Assert.Equal(
                    own.Where(f => f.FedBackAt is { } told ? told > f.Due : f.Due < now && !(f.EndedAt <= f.Due)).Select(f => $"lead:{f.Lead}").Order(StringComparer.Ordinal),
                    board.Faults(standing.Subject, Start, Instant.Max, 1_000).Order(StringComparer.Ordinal));
        }
    }

    private static LeadFact Fact(int n, Random random)
    {
        var from = Start + TimeSpan.FromHours(random.Next(24 * 40));
        var due = from + TimeSpan.FromDays(random.Next(3, 20));
        var authority = MemberCode.Parse(random.Next(5) switch { 0 => "government-a", 1 or 2 => "regulator-a", _ => "police-a" });
        var told = random.Next(10) < 7 ? from + TimeSpan.FromHours(random.Next(1, 24 * 25)) : (Instant?)null;
        if (told > Start + TimeSpan.FromDays(50)) told = null;
        var ended = told is null && random.Next(4) == 0 ? from + TimeSpan.FromHours(random.Next(1, 72)) : (Instant?)null;
        return new LeadFact($"lead-{n}", $"L-{n}", 1, authority, from, due, told, ended);
    }

    private static Sector? SectorOf(MemberCode code) => code.ToString() switch { "police-a" => Sector.Police, "regulator-a" => Sector.Regulator, _ => Sector.Government };
}
