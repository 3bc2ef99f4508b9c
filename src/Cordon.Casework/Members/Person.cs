using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Identity;

namespace Cordon.Casework.Members;

/// <summary>A person who signs in to the console.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>The name colleagues see.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The member the person works for; null for the joint office.</summary>
    public MemberCode? Member { get; set; }

    /// <summary>Whether the person may not sign in.</summary>
    public bool Disabled { get; set; }
}
