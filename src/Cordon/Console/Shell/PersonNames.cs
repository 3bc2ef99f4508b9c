using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.WebConsole.Shell;

/// <summary>The names of people behind the actors that records name; loaded when a page opens.</summary>
/// <param name="store">The database.</param>
public sealed class PersonNames(CaseworkStore store)
{
    private Dictionary<string, string> names = [];

    /// <summary>Reads the names again.</summary>
    public async Task LoadAsync() => names = await store.ReadAsync(db => db.Users.ToDictionaryAsync(p => $"person:{p.Id}", p => p.DisplayName));

    /// <summary>What people read for an actor: a person's name, or the part of Cordon that acted.</summary>
    public string Of(string? actor) => actor is null ? "" : names.GetValueOrDefault(actor) ?? actor[(actor.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
