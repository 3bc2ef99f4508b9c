using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Leads;

/// <summary>
/// What leads show of duties: whether feedback came by its date (Anti-Telecom-Fraud Law, art. 26; the dates are ours). Each date that was set is an
/// occasion, at the authority that had the lead when it passed.
/// </summary>
/// <param name="desk">The leads.</param>
internal sealed class LeadFacts(LeadDesk desk) : ICaseworkFacts
{
    public event Action<Guid>? Changed
    {
        add => desk.Changed += value;
        remove => desk.Changed -= value;
    }

    public async Task<ImmutableArray<CaseworkFact>> ReadAsync(CaseworkContext db, Guid? id, CancellationToken cancel)
    {
        var sent = db.Set<Lead>().Where(l => l.SentAt != null);
        if (id is { } one) sent = sent.Where(l => l.Id == one);
        return [.. (await sent.OrderBy(l => l.Number).ToListAsync(cancel)).SelectMany(Of)];
    }

    /// <summary>The occasions of a lead.</summary>
    internal static IEnumerable<CaseworkFact> Of(Lead lead) =>
        lead.Owed().Select(o => new OwedInTime(DutyControl.LeadFeedback, RecordOf(lead, o.Round), o.Authority, o.From, o.Due, o.At, o.EndedAt));

    private static string RecordOf(Lead lead, int round) => round == 1 ? $"lead:{lead.Id}" : string.Create(CultureInfo.InvariantCulture, $"lead:{lead.Id}/{round}");
}
