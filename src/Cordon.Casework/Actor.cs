using Cordon.Engine.Signals;

namespace Cordon.Casework;

/// <summary>Who acts: a person signed in, a member's system by its key, or Cordon itself.</summary>
/// <param name="Id"><c>person:…</c>, <c>key:…</c> or <c>system:…</c>.</param>
/// <param name="Member">The member it acts for; null for the joint office and for Cordon itself.</param>
/// <param name="Roles">The roles it holds.</param>
public sealed record Actor(string Id, MemberCode? Member, IReadOnlySet<string> Roles)
{
    /// <summary>A part of Cordon acting by itself, for example on a clock.</summary>
    public static Actor System(string part) => new("system:" + part, null, new HashSet<string>());

    /// <summary>Whether the actor holds a role.</summary>
    public bool Is(string role) => Roles.Contains(role);
}
