using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Orders;
using Cordon.Casework.Restrictions;
using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Appeals;

/// <summary>
/// Appeals as occasions of a duty: the authority that ordered or restricted decides within the hours of the duty. What ended before that by itself
/// left nothing to decide.
/// </summary>
/// <param name="desk">The appeals.</param>
internal sealed class AppealFacts(AppealDesk desk) : ICaseworkFacts
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
        var appeals = id is { } one ? db.Set<Appeal>().Where(a => a.Id == one) : db.Set<Appeal>();
        var restricted = await appeals.Join(db.Set<Restriction>(), a => a.RestrictionId, r => (Guid?)r.Id, (a, r) => new { a.Number, a.ReceivedAt, a.DecidedAt, Of = r }).AsNoTracking().ToListAsync(cancel);
        var told = await appeals.Join(db.Set<Order>(), a => a.OrderId, o => o.Id, (a, o) => new { a.Number, a.ReceivedAt, a.DecidedAt, o.Authority, o.EndedAt }).ToListAsync(cancel);
        return
        [
            .. told.Where(a => a.Authority is not null)
                .Select(a => new OwedInTime(DutyControl.UnfrozenInTime, $"appeal:{a.Number}", a.Authority!.Value, a.ReceivedAt, null, a.DecidedAt, a.EndedAt)),
            .. restricted.Select(a => new OwedInTime(
                DutyControl.AppealChannelKept, $"appeal:{a.Number}", a.Of.Grounds.First(g => g.ApprovedAt is not null).Authority, a.ReceivedAt, null, a.DecidedAt, a.Of.EndedAt)),
        ];
    }
}
