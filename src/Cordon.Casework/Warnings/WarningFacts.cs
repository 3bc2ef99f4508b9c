using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Warnings;

/// <summary>
/// Warnings as occasions of two duties. The joint office reaches the person in time, counted from when it knew. And the member that asked about a
/// payment, and was told that its customer is likely being defrauded, lets none through that the victim then reports: a transfer after a warning.
/// </summary>
/// <param name="desk">The warnings.</param>
internal sealed class WarningFacts(WarningDesk desk) : ICaseworkFacts
{
    /// <summary>For so long after a warning a payment of the same person is held against it. Ours.</summary>
    internal static readonly TimeSpan Answerable = TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public event Action<Guid>? Changed
    {
        add => desk.Told += value;
        remove => desk.Told -= value;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<CaseworkFact>> ReadAsync(CaseworkContext db, Guid? id, CancellationToken cancel)
    {
        var office = (await db.Set<Member>().Where(m => m.Sector == Sector.JointOffice).OrderBy(m => m.Code).FirstOrDefaultAsync(cancel))?.Code;
        var warnings = await (id is { } one ? db.Set<Warning>().Where(w => w.Id == one) : db.Set<Warning>()).AsNoTracking().ToListAsync(cancel);
        var reports = await ReportsAsync(db, id, cancel);
        var facts = ImmutableArray.CreateBuilder<CaseworkFact>();
        foreach (var warning in warnings)
        {
            if (office is { } owes) facts.Add(Dissuaded(warning, owes));
            if (warning.PayingMember is { } member)
                facts.Add(new Happened(
                    DutyControl.SuspectAccountsRestricted, $"warning:{warning.Number}", member, warning.SeenAt, reports[warning.Line].Any(r => LetThrough(r, warning, member))));
        }
        return facts.ToImmutable();
    }

    // A message is all that is owed where the plan says no more. Who gave up did not reach the person.
    private static OwedInTime Dissuaded(Warning warning, MemberCode office) => new(
        DutyControl.VictimsDissuaded, $"warning:{warning.Number}", office, warning.ProposedAt, warning.Due + (warning.ProposedAt - warning.SeenAt),
        warning.ReachedAt ?? (warning.State == WarningState.Messaged ? warning.EndedAt : null), warning.State == WarningState.Dismissed ? warning.EndedAt : null);

    private static bool LetThrough(Report report, Warning warning, MemberCode member) =>
        report is { IsVerified: true, Unfounded: null }
        && report.Counted.Select(i => report.Losses[i]).Any(l => (l.Payer?.Member ?? l.Member) == member && l.At >= warning.SeenAt && l.At <= warning.SeenAt + Answerable);

    private static async Task<ILookup<PhoneNumber, Report>> ReportsAsync(CaseworkContext db, Guid? id, CancellationToken cancel)
    {
        var warned = db.Set<Warning>().Where(w => w.PayingMember != null && (id == null || w.Id == id)).Select(w => (PhoneNumber?)w.Line).Distinct();
        var reports = await db.Set<Report>().AsNoTracking().Where(r => r.Phone != null).Join(warned, r => r.Phone, line => line, (r, _) => r).ToListAsync(cancel);
        return reports.ToLookup(r => r.Phone!.Value);
    }
}
