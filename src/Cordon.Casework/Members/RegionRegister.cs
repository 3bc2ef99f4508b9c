using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Members;

/// <summary>A region as an administrator tells of it.</summary>
/// <param name="Code">Its code, 1 to 12 of A-Z, a-z, 0-9 and '-'.</param>
/// <param name="Level">How far up it stands.</param>
/// <param name="Parent">The region above; null for a province.</param>
/// <param name="NameZh">Its name in Chinese, 1 to 100 characters.</param>
/// <param name="NameEn">Its name in English, 1 to 100 characters.</param>
public sealed record RegionFacts(string Code, RegionLevel Level, string? Parent, string NameZh, string NameEn)
{
    internal const int MostCode = 12;
    private const int MostName = 100;

    internal Refusal? Fault()
    {
        if (Code.Length is 0 or > MostCode || !Code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) return RegionRefusal.BadCode;
        return NameZh.Length is 0 or > MostName || NameEn.Length is 0 or > MostName ? RegionRefusal.BadName : null;
    }

    internal bool Same(Region r) => (r.Level, r.Parent, r.NameZh, r.NameEn) == (Level, Parent, NameZh, NameEn);
}

/// <summary>The façade of the tree of regions.</summary>
/// <param name="store">The database.</param>
public sealed class RegionRegister(CaseworkStore store)
{
    /// <summary>Puts a region into the tree, or tells its facts again; the same facts again change nothing.</summary>
    public Task<Outcome<string>> TellAsync(Actor actor, RegionFacts facts, CancellationToken cancel = default) =>
        store.ChangeAsync<string>(actor, async change =>
        {
            if (facts.Fault() is { } fault) return fault;
            if (await ParentFaultAsync(change, facts, cancel) is { } misplaced) return misplaced;
            var region = await change.Db.Set<Region>().FindAsync([facts.Code], cancel);
            var told = new RegionTold(change.Now, facts.Code, facts.Level, facts.Parent, facts.NameZh, facts.NameEn);
            if (region is null) change.Begin(new Region(), told);
            else if (region.Level != facts.Level) return RegionRefusal.OtherLevel;
            else if (!facts.Same(region)) change.Record(region, told);
            return facts.Code;
        }, cancel);

    /// <summary>The whole tree: provinces, then cities, then counties, each by code.</summary>
    public Task<List<Region>> ListAsync() => store.ReadAsync(async db =>
        (await db.Set<Region>().ToListAsync()).OrderBy(r => r.Level).ThenBy(r => r.Code, StringComparer.Ordinal).ToList());

    // A parent always stands one level up, so the tree can have no ring.
    private static async Task<Refusal?> ParentFaultAsync(Change change, RegionFacts facts, CancellationToken cancel)
    {
        if (facts.Level == RegionLevel.Province) return facts.Parent is null ? null : RegionRefusal.BadParent;
        var parent = facts.Parent is null ? null : await change.Db.Set<Region>().FindAsync([facts.Parent], cancel);
        return parent is null || parent.Level != facts.Level - 1 ? RegionRefusal.BadParent : null;
    }
}

internal static class RegionRefusal
{
    public static readonly Refusal BadCode = new("region/bad-code", RefusalKind.Invalid,
        $"A region's code has 1 to {RegionFacts.MostCode} letters, digits or '-'.", "Send a code such as 320100.");

    public static readonly Refusal BadName = new("region/bad-name", RefusalKind.Invalid,
        "A region has a name in Chinese and in English, 1 to 100 characters each.", "Send both names.");

    public static readonly Refusal BadParent = new("region/bad-parent", RefusalKind.AgainstRule,
        "A city lies in a province of the tree, a county in a city; a province in nothing.", "Tell the region above first, or correct parent.");

    public static readonly Refusal OtherLevel = new("region/other-level", RefusalKind.Conflict,
        "A region keeps its level: others may lie in it.", "Tell a new region with a code of its own.");
}
