using System.Globalization;
using Cordon.Casework.Controls;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Leads;

/// <summary>The figure of the control against a count that looks at every date by itself.</summary>
public sealed class LeadFactsTests
{
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
    private static readonly Instant End = Start + TimeSpan.FromDays(60);
    private static readonly MemberCode[] Authorities = [.. ((string[])["police-a", "regulator-a", "government-a"]).Select(MemberCode.Parse)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_figure_is_that_of_a_slow_count_however_often_leads_are_told(int seed)
    {
        var random = new Random(seed);
        var board = new ControlBoard(ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn), SectorOf);
        var slow = new List<(MemberCode Authority, bool Late, string Record)>();
        var happenings = Enumerable.Range(0, 300).SelectMany(n => Life(n, random, slow)).OrderBy(h => h.Happened.At).ToList();
        foreach (var (lead, happened) in happenings)
        {
            lead.Apply(happened);
            foreach (var fact in LeadFacts.Of(lead)) board.Take(fact, happened.At);
            if (random.Next(4) == 0) board.Advance(happened.At);
        }
        board.Advance(End);
        foreach (var code in Authorities)
        {
            // The law has governments neither receive nor answer them under this duty.
            var own = slow.FindAll(s => s.Authority == code && SectorOf(code) != Sector.Government);
            var standing = board.Standings(End, code).SingleOrDefault(s => s.Subject.Duty == "cn.atf.26.lead-feedback");
            Assert.Equal(own.Count > 0, standing is not null);
            if (standing is null) continue;
            var burn = standing.Burns.Single(b => b.Days == 90);
            Assert.Equal((own.Count, own.Count(s => s.Late)), ((int)burn.Occasions, (int)burn.Faults));
            Assert.Equal(own.Where(s => s.Late).Select(s => s.Record).Order(StringComparer.Ordinal), board.Faults(standing.Subject, Start, Instant.Max, 1_000).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>What happens to one lead, in order; what it must count goes to the slow count.</summary>
    private static List<(Lead Lead, LeadEvent Happened)> Life(int n, Random random, List<(MemberCode Authority, bool Late, string Record)> slow)
    {
        var id = new Guid(n + 1, 0, 0, new byte[8]);
        var life = new List<LeadEvent>();
        var at = Start + TimeSpan.FromHours(random.Next(24 * 30));
        var (due, holder) = (at + TimeSpan.FromDays(random.Next(5, 20)), Authorities[random.Next(3)]);
        var number = n.ToString(CultureInfo.InvariantCulture);
        life.Add(new LeadSent(at, id, number, number, "", "illicit-devices", null, holder, [new LeadSubject(LeadSubjectKind.Device, "35000000000001")], "Why.", [], null, due, due, "person:a"));
        var record = $"lead:{id}";
        if (random.Next(8) == 0)
        {
            at += TimeSpan.FromDays(random.Next(1, 25));
            life.Add(new LeadWithdrawn(at, "A mistake.", "person:a"));
            if (at > due) slow.Add((holder, true, record));
            return Lived();
        }
        if (random.Next(4) == 0)
        {
            at += TimeSpan.FromHours(random.Next(1, 90));
            holder = Authorities[(Array.IndexOf(Authorities, holder) + 1) % 3];
            life.Add(new LeadPassedOn(at, holder, "Theirs.", due, "person:b"));
        }
        for (var round = 1; round <= 2; round++)
        {
            if (random.Next(4) == 0)
            {
                if (due < End) slow.Add((holder, true, record));
                break;
            }
            at += TimeSpan.FromHours(random.Next(1, 24 * 12));
            life.Add(new LeadFedBack(at, LeadResult.NothingFound, "Nothing.", [], "person:b"));
            slow.Add((holder, at > due, record));
            if (round == 2 || random.Next(3) > 0) break;
            at += TimeSpan.FromHours(random.Next(1, 48));
            due = at + TimeSpan.FromDays(5);
            record = $"lead:{id}/2";
            life.Add(new LeadReturned(at, "More.", due, "person:a"));
        }
        return Lived();

        List<(Lead, LeadEvent)> Lived()
        {
            var lead = new Lead();
            return life.ConvertAll(h => (lead, h));
        }
    }

    private static Sector? SectorOf(MemberCode code) => code.ToString() switch { "police-a" => Sector.Police, "regulator-a" => Sector.Regulator, _ => Sector.Government };
}
