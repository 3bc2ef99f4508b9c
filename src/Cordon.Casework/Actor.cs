using Cordon.Engine.Signals;

namespace Cordon.Casework;

/// <summary>Who acts: a person signed in, a member's system by its key, or Cordon itself.</summary>
/// <param name="Id"><c>person:…</c>, <c>key:…</c> or <c>system:…</c>.</param>
/// <param name="Member">The member it acts for; null for the joint office and for Cordon itself.</param>
/// <param name="Roles">The roles it holds.</param>
public sealed record Actor(string Id, MemberCode? Member, IReadOnlySet<string> Roles)
{
    private const string SystemPrefix = "system:";
    private const string KeyPrefix = "key:";
    private const string PersonPrefix = "person:";

    /// <summary>A part of Cordon acting by itself, for example on a clock.</summary>
    public static Actor System(string part) => new(SystemPrefix + part, null, new HashSet<string>());

    /// <summary>
    /// Whether the actor sees what all members told: Cordon itself, and the officers of the centre. These may belong to a member, as a police
    /// officer does: that their roles go with an authority alone is guarded where people are made.
    /// </summary>
    public bool SeesAll => IsCordon || Members.Roles.Centre.Any(Is);

    /// <summary>Whether it is Cordon itself.</summary>
    public bool IsCordon => Id.StartsWith(SystemPrefix, StringComparison.Ordinal);

    /// <summary>Whether it is a person signed in: what somebody must answer for is decided by nobody else.</summary>
    public bool IsPerson => IsPersonId(Id);

    /// <summary>Whether the actor is a member's system, signed in by its key.</summary>
    public bool IsSystemOfMember => Id.StartsWith(KeyPrefix, StringComparison.Ordinal);

    /// <summary>Whether an id is that of a person.</summary>
    public static bool IsPersonId(string id) => id.StartsWith(PersonPrefix, StringComparison.Ordinal);

    /// <summary>Whether the actor holds a role.</summary>
    public bool Is(string role) => Roles.Contains(role);
}
