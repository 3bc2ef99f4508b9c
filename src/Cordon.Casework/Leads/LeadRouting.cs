using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Leads;

/// <summary>An authority that can receive leads.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="Region">Its region.</param>
internal sealed record LeadAuthority(MemberCode Code, Sector Sector, string Region);

/// <summary>Finds the authorities that a lead may go to. Pure.</summary>
/// <param name="authorities">All authorities.</param>
/// <param name="parents">Each region with the one above it; null for a province.</param>
/// <param name="regionOf">The region of a member; null where it is not enrolled.</param>
internal sealed class LeadRouting(IReadOnlyList<LeadAuthority> authorities, IReadOnlyDictionary<string, string?> parents, Func<MemberCode, string?> regionOf)
{
    // Whoever is above answers for what is below; whoever is below comes after all of these.
    private const int Below = 100;
    private const int Elsewhere = 1_000;

    /// <summary>The authorities that may act on a lead, the one that is proposed first.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="sender">Who sends it; null for the centre.</param>
    /// <param name="subjects">What it is about.</param>
    public ImmutableArray<MemberCode> Find(LeadKind kind, MemberCode? sender, ImmutableArray<LeadSubject> subjects)
    {
        var from = PlaceOf(kind, sender, subjects);
        return
        [
            .. authorities.Where(a => kind.To.Contains(a.Sector) && a.Code != sender)
                .Select(a => (a.Code, Order: kind.To.IndexOf(a.Sector), Distance: from is null ? Ancestors(a.Region).Count : Distance(from, a.Region)))
                .Where(a => kind.Region == LeadRegion.Any || a.Distance < Elsewhere)
                .OrderBy(a => a.Order).ThenBy(a => a.Distance).ThenBy(a => a.Code.ToString(), StringComparer.Ordinal).Select(a => a.Code),
        ];
    }

    private string? PlaceOf(LeadKind kind, MemberCode? sender, ImmutableArray<LeadSubject> subjects)
    {
        var about = kind.Region == LeadRegion.Subject ? subjects.Select(s => s.Place is { } member ? regionOf(member) : null).FirstOrDefault(r => r is not null) : null;
        return about ?? (sender is { } code ? regionOf(code) : null);
    }

    private int Distance(string from, string to)
    {
        var (up, down) = (Ancestors(from).IndexOf(to), Ancestors(to).IndexOf(from));
        return up >= 0 ? up : down >= 0 ? Below + down : Elsewhere;
    }

    private List<string> Ancestors(string region)
    {
        var found = new List<string>();
        for (string? at = region; at is not null && !found.Contains(at); at = parents.GetValueOrDefault(at)) found.Add(at);
        return found;
    }
}
