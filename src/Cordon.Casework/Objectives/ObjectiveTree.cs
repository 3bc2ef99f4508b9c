using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Objectives;

/// <summary>One thing that is wrong with a tree.</summary>
/// <param name="Objective">The objective's id; empty where the whole is meant.</param>
/// <param name="Key">Which of its keys: <c>weight</c>.</param>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Suggestion">The name that was most likely meant; null where none is near.</param>
internal sealed record TreeFault(string Objective, string Key, DutyPackFaultKind Kind, string Message, string? Suggestion = null);

/// <summary>Who can own an objective, and where they stand.</summary>
/// <param name="Regions">The regions by code, with the region above.</param>
/// <param name="Members">The members.</param>
internal sealed record OwnerRegister(ImmutableSortedDictionary<string, (RegionLevel Level, string? Parent)> Regions, ImmutableArray<RegisteredMember> Members);

/// <summary>A member as the tree sees it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="Region">The region it answers to.</param>
/// <param name="Units">Its resellers and branches.</param>
internal sealed record RegisteredMember(MemberCode Code, Sector Sector, string Region, ImmutableArray<string> Units);

/// <summary>Checks and decomposes trees of objectives. Pure.</summary>
internal static class ObjectiveTree
{
    public const int Whole = 1_000;

    /// <summary>All that is wrong with a tree as it is written: gaps, overlaps, cycles, unknown names, sums. A duty without an owner is no fault of a draft; see <see cref="Orphans"/>.</summary>
    public static IEnumerable<TreeFault> Faults(IReadOnlyList<Objective> tree, DutyPack duties, OwnerRegister owners)
    {
        var known = tree.GroupBy(o => o.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var twice in tree.GroupBy(o => o.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return new TreeFault(twice.Key, "id", DutyPackFaultKind.Duplicate, $"The objective '{twice.Key}' is listed twice.");
        var tops = known.Values.Count(o => o.Parent is null);
        if (tops != 1) yield return new TreeFault("", "tree", DutyPackFaultKind.Contradiction, $"A tree has one objective at its top; this has {tops}.");
        foreach (var one in known.Values)
            foreach (var fault in FaultsOf(one, known, duties, owners))
                yield return fault;
        foreach (var parts in known.Values.Where(o => o.Parent is not null).GroupBy(o => o.Parent!, StringComparer.Ordinal))
            if (parts.Sum(o => o.Weight) is var sum && sum != Whole)
                yield return new TreeFault(parts.Key, "weight", DutyPackFaultKind.Contradiction, $"The weights of the parts of '{parts.Key}' are {sum} together, and must be {Whole}.");
        foreach (var twice in known.Values.SelectMany(o => o.Duties.Select(d => (Duty: d, o.Id))).GroupBy(d => d.Duty, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return new TreeFault(twice.Last().Id, "duties", DutyPackFaultKind.Duplicate, $"The duty '{twice.Key}' has more than one owner: {string.Join(", ", twice.Select(d => d.Id))}.");
    }

    /// <summary>The duties in force in a period that no objective carries, by id. None may be left when a plan is adopted.</summary>
    public static ImmutableArray<string> Orphans(IReadOnlyList<Objective> tree, DutyPack duties, Instant from, Instant to)
    {
        var carried = tree.SelectMany(o => o.Duties).ToHashSet(StringComparer.Ordinal);
        return [.. duties.Duties.Where(d => d.Term.From < to && !(d.Term.To <= from)).Select(d => d.Id).Distinct().Where(id => !carried.Contains(id)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The tree with every part that makes itself: parents before their parts, parts by owner.</summary>
    public static ImmutableArray<Objective> Decompose(IReadOnlyList<Objective> tree, OwnerRegister owners)
    {
        var whole = ImmutableArray.CreateBuilder<Objective>();
        foreach (var one in tree)
        {
            var parts = one.Each is { } each ? Parts(one, each, owners) : [];
            // Nobody is there to take a part: it stays with its owner, who cannot be measured.
            whole.Add(one);
            whole.AddRange(parts);
        }
        return whole.ToImmutable();
    }

    private static IEnumerable<TreeFault> FaultsOf(Objective one, Dictionary<string, Objective> known, DutyPack duties, OwnerRegister owners)
    {
        if (one.Parent is { } above)
        {
            if (!known.TryGetValue(above, out var parent)) yield return new TreeFault(one.Id, "parent", DutyPackFaultKind.UnknownReference, $"There is no objective '{above}'.", NearestName.Of(above, known.Keys));
            else if (IsInRing(one, known)) yield return new TreeFault(one.Id, "parent", DutyPackFaultKind.Contradiction, $"'{one.Id}' lies above itself.");
            else
            {
                if (one.Due > parent.Due) yield return new TreeFault(one.Id, "due", DutyPackFaultKind.Contradiction, $"It is due after '{parent.Id}', of which it is a part.");
                if (one.Owner.Kind < parent.Owner.Kind) yield return new TreeFault(one.Id, "owner", DutyPackFaultKind.Contradiction, $"'{one.Owner}' stands above '{parent.Owner}', who owns the objective above.");
            }
        }
        if (one.Id.Contains('/', StringComparison.Ordinal)) yield return new TreeFault(one.Id, "id", DutyPackFaultKind.WrongShape, "An id has no '/': parts that make themselves are named with it.");
        if (one.Each is { } each)
            foreach (var fault in EachFaults(one, each, owners))
                yield return fault;
        if (!IsKnown(one.Owner, owners)) yield return new TreeFault(one.Id, "owner", DutyPackFaultKind.UnknownReference, $"There is no '{one.Owner}'.");
        foreach (var duty in one.Duties.Where(d => duties.Duties.All(k => k.Id != d)))
            yield return new TreeFault(one.Id, "duties", DutyPackFaultKind.UnknownReference, $"The pack has no duty '{duty}'.", NearestName.Of(duty, duties.Duties.Select(d => d.Id)));
        var parts = known.Values.Any(o => o.Parent == one.Id);
        if (parts && (one.Measure is not null || one.Each is not null)) yield return new TreeFault(one.Id, "measure", DutyPackFaultKind.Contradiction, "What has parts is measured by them.");
        if (!parts && one.Measure is null) yield return new TreeFault(one.Id, "measure", DutyPackFaultKind.Missing, "What has no parts is measured: nobody types progress in.");
        if (one.Measure is { } name)
            foreach (var fault in MeasureFaults(one, name))
                yield return fault;
    }

    // A part lies below its owner, never beside or above it.
    private static IEnumerable<TreeFault> EachFaults(Objective one, Decomposition each, OwnerRegister owners)
    {
        var level = one.Owner.Kind == OwnerKind.Region && owners.Regions.TryGetValue(one.Owner.Code, out var region) ? region.Level : (RegionLevel?)null;
        if (one.Owner.Kind == OwnerKind.Unit || (one.Owner.Kind == OwnerKind.Member && !each.Units))
            yield return new TreeFault(one.Id, "each", DutyPackFaultKind.Contradiction, $"Nothing lies below '{one.Owner}' into which this could be decomposed.");
        else if (each.Regions && one.Owner.Kind != OwnerKind.Centre)
            yield return new TreeFault(one.Id, "each", DutyPackFaultKind.Contradiction, $"No province lies below '{one.Owner}'.");
        else if (each.Cities && (one.Owner.Kind == OwnerKind.Member || level == RegionLevel.City))
            yield return new TreeFault(one.Id, "each", DutyPackFaultKind.Contradiction, $"No city lies below '{one.Owner}'.");
        foreach (var crowded in Parts(one, each, owners).GroupBy(p => p.Parent, StringComparer.Ordinal).Where(g => g.Count() > Whole))
            yield return new TreeFault(one.Id, "each", DutyPackFaultKind.OutOfRange, $"'{crowded.Key}' would have {crowded.Count()} parts, and {Whole} can be weighed: decompose it through provinces and cities.");
    }

    private static IEnumerable<TreeFault> MeasureFaults(Objective one, string name)
    {
        if (MeasureCatalogue.Find(name) is not { } measure)
        {
            yield return new TreeFault(one.Id, "measure", DutyPackFaultKind.UnknownReference, $"There is no measure '{name}'.", NearestName.Of(name, MeasureCatalogue.All.Select(m => m.Name)));
            yield break;
        }
        if (measure.Kind == MeasureKind.Money) yield return new TreeFault(one.Id, "measure", DutyPackFaultKind.Contradiction, $"'{name}' is money, and depends on size: no target can be set for all.");
        if (measure.Kind == MeasureKind.Share != one.AtLeastPerMillion is not null || measure.Kind == MeasureKind.Count != one.AtMost is not null)
            yield return new TreeFault(one.Id, "measure", DutyPackFaultKind.Contradiction, $"A share has 'atLeastPerMillion', a count 'atMost'; '{name}' is a {Words.Of(measure.Kind)}.");
        if (one.Each is null && one.Owner.Kind is not (OwnerKind.Member or OwnerKind.Unit))
            yield return new TreeFault(one.Id, "owner", DutyPackFaultKind.Contradiction, "Members and their units are measured; what the centre or a region owns is decomposed ('each').");
        if ((one.Owner.Kind == OwnerKind.Unit || one.Each is { Units: true }) && !ControlMeasures.Contains(name))
            yield return new TreeFault(one.Id, "measure", DutyPackFaultKind.Contradiction, $"'{name}' is not counted by reseller and branch.");
    }

    /// <summary>The measures that are counted by reseller and branch, too: those of controls.</summary>
    private static readonly HashSet<string> ControlMeasures = [.. Controls.ControlPlan.Measures.Select(Words.Of)];

    private static IEnumerable<Objective> Parts(Objective one, Decomposition each, OwnerRegister owners)
    {
        var members = owners.Members.Where(m => m.Sector == each.Sector && Within(one.Owner, m, owners)).OrderBy(m => m.Code.ToString(), StringComparer.Ordinal).ToList();
        return each.Regions ? ByRegion(one, each, members, RegionLevel.Province, owners) : each.Cities ? ByRegion(one, each, members, RegionLevel.City, owners) : ByMember(one, each, members);
    }

    private static IEnumerable<Objective> ByRegion(Objective above, Decomposition each, List<RegisteredMember> members, RegionLevel level, OwnerRegister owners)
    {
        var regions = members.GroupBy(m => At(m.Region, level, owners) ?? "", StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        // A member that answers to a province has no city: it stays directly below.
        var named = regions.Where(g => g.Key.Length > 0).Select(g => (Owner: new ObjectiveOwner(OwnerKind.Region, g.Key, null), Members: g.ToList())).ToList();
        var direct = regions.Where(g => g.Key.Length == 0).SelectMany(g => g).Select(m => new ObjectiveOwner(OwnerKind.Member, m.Code.ToString(), null)).ToList();
        var weights = LargestRemainder.Divide(Whole, [.. Enumerable.Repeat(1L, named.Count + direct.Count)]);
        foreach (var ((owner, below), i) in named.Select((n, i) => (n, i)))
        {
            var part = Part(above, owner, (int)weights[i]);
            yield return part;
            var deeper = level == RegionLevel.Province && each.Cities ? ByRegion(part, each, below, RegionLevel.City, owners) : ByMember(part, each, below);
            foreach (var inner in deeper) yield return inner;
        }
        foreach (var (owner, i) in direct.Select((o, i) => (o, i)))
            foreach (var inner in OfMember(above, each, members.Single(m => m.Code == owner.Member), (int)weights[named.Count + i]))
                yield return inner;
    }

    private static IEnumerable<Objective> ByMember(Objective above, Decomposition each, List<RegisteredMember> members)
    {
        if (members.Count == 0) yield break;
        var weights = LargestRemainder.Divide(Whole, [.. Enumerable.Repeat(1L, members.Count)]);
        for (var i = 0; i < members.Count; i++)
            foreach (var inner in OfMember(above, each, members[i], (int)weights[i]))
                yield return inner;
    }

    private static IEnumerable<Objective> OfMember(Objective above, Decomposition each, RegisteredMember member, int weight)
    {
        var part = Part(above, new ObjectiveOwner(OwnerKind.Member, member.Code.ToString(), null), weight);
        yield return part;
        if (!each.Units || member.Units.IsEmpty) yield break;
        var weights = LargestRemainder.Divide(Whole, [.. Enumerable.Repeat(1L, member.Units.Length)]);
        foreach (var (unit, i) in member.Units.Order(StringComparer.Ordinal).Select((u, i) => (u, i)))
            yield return Part(part, new ObjectiveOwner(OwnerKind.Unit, member.Code.ToString(), unit), (int)weights[i]);
    }

    private static Objective Part(Objective above, ObjectiveOwner owner, int weight) =>
        above with { Id = $"{above.Id}/{(owner.Unit ?? owner.Code)}", Parent = above.Id, Owner = owner, Weight = weight, Each = null, Duties = [] };

    private static bool Within(ObjectiveOwner owner, RegisteredMember member, OwnerRegister owners)
    {
        if (owner.Kind is OwnerKind.Member or OwnerKind.Unit) return member.Code == owner.Member;
        if (owner.Kind == OwnerKind.Centre) return true;
        for (var at = member.Region; at is not null && owners.Regions.TryGetValue(at, out var region); at = region.Parent)
            if (at == owner.Code)
                return true;
        return false;
    }

    // The region of a level in which a region lies; null where it stands above that level.
    private static string? At(string code, RegionLevel level, OwnerRegister owners)
    {
        for (var at = code; at is not null && owners.Regions.TryGetValue(at, out var region); at = region.Parent)
            if (region.Level == level)
                return at;
        return null;
    }

    private static bool IsKnown(ObjectiveOwner owner, OwnerRegister owners) => owner.Kind switch
    {
        OwnerKind.Centre => true,
        OwnerKind.Region => owners.Regions.ContainsKey(owner.Code),
        OwnerKind.Member => owners.Members.Any(m => m.Code == owner.Member),
        _ => owners.Members.Any(m => m.Code == owner.Member && m.Units.Contains(owner.Unit!)),
    };

    private static bool IsInRing(Objective one, Dictionary<string, Objective> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = one.Parent; at is not null && known.TryGetValue(at, out var above); at = above.Parent)
        {
            if (at == one.Id) return true;
            if (!seen.Add(at)) return false;
        }
        return false;
    }
}
