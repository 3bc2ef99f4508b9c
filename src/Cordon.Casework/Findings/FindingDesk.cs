using Cordon.Casework.Duties;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Findings;

/// <summary>The façade of the module: duties that failed, with evidence.</summary>
/// <param name="store">The database.</param>
public sealed class FindingDesk(CaseworkStore store)
{
    /// <summary>Findings that an actor may see: centre, regulator and auditor all, a member its own; the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="caseId">Of one case; null for all.</param>
    /// <param name="member">Of one member; null for all.</param>
    /// <param name="after">The place behind which to go on; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    public Task<List<Finding>> ListAsync(Actor actor, Guid? caseId = null, MemberCode? member = null, FindingPlace? after = null, int limit = 200) => store.ReadAsync(db =>
    {
        IQueryable<Finding> findings = db.Set<Finding>();
        if (!Sight.SeesAll(actor)) findings = actor.Member is { } own ? findings.Where(f => f.Member == own) : findings.Where(f => false);
        if (caseId is { } id) findings = findings.Where(f => f.CaseId == id);
        if (member is { } code) findings = findings.Where(f => f.Member == code);
        if (after is { } place) findings = findings.Where(f => f.FoundAt <= place.At);
        return findings.OrderByDescending(f => f.FoundAt).ThenBy(f => f.Duty).ThenBy(f => f.Link).ThenBy(f => f.Id)
            .Skip(after?.Passed ?? 0).Take(limit).ToListAsync();
    });

    /// <summary>Makes a finding within a change of the caller's, and puts it to the rectification of its cause.</summary>
    /// <param name="change">The change.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="proposed">What attribution proposes.</param>
    /// <param name="duty">The duty that was not kept, in the version that judged.</param>
    /// <param name="at">The moment of the link: the fault lies there, not where it was found.</param>
    /// <param name="ladder">The ladder in force; without one there is no rectification.</param>
    /// <param name="cancel">Stops before the commit.</param>
    internal static async Task MakeAsync(Change change, Guid caseId, ProposedFinding proposed, Duty duty, Instant at, LadderInForce ladder, CancellationToken cancel)
    {
        var made = new FindingMade(
            change.Now, change.NewId(), caseId, proposed.Duty, proposed.Pack, proposed.Member, proposed.Agent, proposed.Link,
            proposed.Article.En, proposed.Statement.Zh, proposed.Statement.En, [.. proposed.Evidence.Select(e => e.ToString())], proposed.Loss.Minor);
        change.Begin(new Finding(), made);
        var found = new Shortcoming(
            RectificationCause.Of(duty, made.Member, made.Agent), duty.Id, ladder.Measures(duty), duty.Title, at, made.Evidence, made.Finding, null);
        await RectificationDesk.MeetAsync(change, ladder, found, made.Pack, cancel);
    }
}

/// <summary>A place in the list of findings. One case makes many findings at one instant, so an instant alone would lose some.</summary>
/// <param name="At">The instant of the last finding seen.</param>
/// <param name="Passed">How many findings of that instant were seen.</param>
public sealed record FindingPlace(Instant At, int Passed);
