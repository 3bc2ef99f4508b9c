using System.Collections.Immutable;
using Cordon.Casework.Storage;

namespace Cordon.Casework.Controls;

/// <summary>What a module tells the controls of its records.</summary>
public interface ICaseworkFacts
{
    /// <summary>Raised after a record changed, with its id.</summary>
    event Action<Guid>? Changed;

    /// <summary>What the records show as they stand.</summary>
    /// <param name="db">The database, for this read alone.</param>
    /// <param name="id">Of one record; null for all.</param>
    /// <param name="cancel">Ends the read.</param>
    Task<ImmutableArray<CaseworkFact>> ReadAsync(CaseworkContext db, Guid? id, CancellationToken cancel);
}
