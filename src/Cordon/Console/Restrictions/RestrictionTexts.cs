using Cordon.Casework;
using Cordon.Casework.Restrictions;
using Cordon.Engine.Signals;

namespace Cordon.WebConsole.Restrictions;

/// <summary>Restrictions in words.</summary>
internal static class RestrictionTexts
{
    /// <summary>The token, for who may see it.</summary>
    public static string Person(Actor actor, Restriction of) => !RestrictionDesk.SeesPerson(actor, of) ? "not shown" : of.Person ?? "erased";

    /// <summary>The grounds that stand or wait.</summary>
    public static string Grounds(Restriction of, RestrictionTerms terms) =>
        string.Join("; ", of.Grounds.Where(g => g.Refused is null || of.State == RestrictionState.Refused).Select(g => Ground(g.Ground, terms)).Distinct());

    /// <summary>A ground.</summary>
    public static string Ground(string ground, RestrictionTerms terms) => terms.Find(ground)?.Title.En ?? ground;

    /// <summary>How far members are: all of them, or the asker's own.</summary>
    public static string Members(Actor actor, Restriction of, Instant now)
    {
        if (!RestrictionDesk.SeesEvidence(actor, of)) return actor.Member is { } own && of.At(own) is { } standing ? Standing(standing, of, now) : "";
        if (of.Members.IsEmpty) return of.BeginsAt is null ? "" : "customer of none";
        var late = of.Members.Count(m => m.AppliedAt is null && now > m.ApplyBy && of.StateAt(now) == RestrictionState.InForce);
        return $"{of.Members.Count(m => m.AppliedAt is not null)} of {of.Members.Length} confirmed{(late > 0 ? $", {late} late" : "")}";
    }

    /// <summary>Where one member stands.</summary>
    public static string Standing(ReachedMember member, Restriction of, Instant now)
    {
        if (of.StateAt(now) == RestrictionState.InForce) return member.AppliedAt is not null ? "applied" : now > member.ApplyBy ? "late to confirm" : "to confirm";
        return member.LetGoAt is not null ? "let go" : member.AppliedAt is null ? "never applied" : "to let go";
    }

    /// <summary>The tone of a state.</summary>
    public static string Tone(RestrictionState state) => state switch
    {
        RestrictionState.InForce => "c-warn",
        RestrictionState.Lifted => "c-good",
        _ => "c-calm",
    };

    /// <summary>What happened, the first first: when, what and by whom.</summary>
    public static IEnumerable<(Instant At, string What, string? By)> History(Restriction of, RestrictionTerms terms, bool evidence, MemberCode? own)
    {
        var all = new List<(Instant At, string What, string? By)>();
        foreach (var g in of.Grounds.Where(g => evidence || g.ApprovedAt is not null))
        {
            all.Add((g.GivenAt, $"Put forward: {Ground(g.Ground, terms)}", evidence ? g.Issuer : null));
            if (g.ApprovedAt is { } approved) all.Add((approved, approved == of.BeginsAt ? "Approved; in force" : "Approved; prolonged", evidence ? g.Approver : null));
            if (g.Refused is { } why) all.Add((g.GivenAt, $"Not approved: {why}", null));
        }
        foreach (var m in of.Members.Where(m => evidence || m.Member == own))
        {
            all.Add((m.ReachedAt, $"{m.Member} told, for the person is its customer", null));
            if (m.AppliedAt is { } applied) all.Add((applied, $"{m.Member} applies it", null));
            if (m.LetGoAt is { } gone) all.Add((gone, $"{m.Member} let go", null));
        }
        if (of.ServedAt is { } served) all.Add((served, $"Notice handed over: {of.Served}", null));
        if (of.LiftedAt is { } lifted) all.Add((lifted, of.Appeal is null ? $"Lifted: {(evidence ? of.LiftedFor : "by the authority")}" : "Lifted on appeal", null));
        else if (of.State == RestrictionState.Expired) all.Add((of.EndsAt!.Value, "Expired", null));
        return all.OrderBy(h => h.At);
    }
}
