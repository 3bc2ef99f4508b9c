using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Cases;

/// <summary>What may be done on the ground of a case; pure.</summary>
public static class CaseRules
{
    /// <summary>Why nobody may be bound or warned on the ground of a case; null where somebody may. Every module that acts on a case asks it.</summary>
    /// <param name="of">The case.</param>
    public static Refusal? MayAct(Case of) => of.Founded ? null : CaseRefusal.Unfounded;

    /// <summary>Whether an order's case rests on nothing but what strangers told. An order of no case rests on what its issuer knows.</summary>
    internal static async Task<bool> IsUnfoundedAsync(Change change, Guid caseId, CancellationToken cancel) =>
        await change.Db.Set<Case>().SingleOrDefaultAsync(c => c.Id == caseId, cancel) is { } of && MayAct(of) is not null;
}

internal static class CaseRefusal
{
    public static readonly Refusal NotFound = new("case/not-found", RefusalKind.NotFound,
        "There is no such case, or it is not yours to see.", "Check the id against the list of cases.");

    public static readonly Refusal Unfounded = new("case/unfounded", RefusalKind.AgainstRule,
        "The case rests on nothing but what strangers told: no victim is verified whose payment a member told.", "Verify a report of the case and have its payment found first.");
}
