using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Leads;

/// <summary>Leads as occasions of the duty to feed back: one for each date that was set, at whoever had the lead then.</summary>
/// <param name="desk">The leads.</param>
internal sealed class LeadFacts(LeadDesk desk) : ICaseworkFacts
{
    /// <inheritdoc/>
    public event Action<Guid>? Changed
    {
        add => desk.Changed += value;
        remove => desk.Changed -= value;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<CaseworkFact>> ReadAsync(CaseworkContext db, Guid? id, CancellationToken cancel)
    {
        var sent = db.Set<Lead>().AsNoTracking().Where(l => l.SentAt != null);
        var leads = await (id is { } one ? sent.Where(l => l.Id == one) : sent).ToListAsync(cancel);
        return [.. leads.SelectMany(CaseFollower.Facts).Select(Of)];
    }

    internal static OwedInTime Of(LeadFact lead) =>
        new(DutyControl.LeadFeedback, $"lead:{lead.Lead}", lead.Authority, lead.From, lead.Due, lead.FedBackAt, lead.EndedAt) { Part = lead.Round };
}
