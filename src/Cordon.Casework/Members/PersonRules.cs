using Cordon.Engine.Signals;

namespace Cordon.Casework.Members;

/// <summary>A person as an administrator tells of one.</summary>
/// <param name="UserName">The name to sign in with: 3 to 64 letters, digits or <c>. - _ @</c>.</param>
/// <param name="DisplayName">The name colleagues see, 1 to 100 characters.</param>
/// <param name="Member">The member the person works for; null for the joint office.</param>
/// <param name="Roles">At least one.</param>
/// <param name="Password">12 to 256 characters of any sort.</param>
public sealed record PersonFacts(string UserName, string DisplayName, MemberCode? Member, IReadOnlyList<string> Roles, string Password);

/// <summary>The guards of people.</summary>
internal static class PersonRules
{
    /// <summary>Length is what makes a password strong; rules of composition only make it predictable (NIST SP 800-63B, 5.1.1.2).</summary>
    public const int LeastPassword = 12;

    public const int MostPassword = 256;

    public static Refusal? Fault(PersonFacts facts, Member? member)
    {
        if (facts.UserName.Length is < 3 or > 64 || !facts.UserName.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@')) return PersonRefusal.BadUserName;
        if (facts.DisplayName.Trim().Length is 0 or > 100) return PersonRefusal.BadName;
        if (facts.Member is not null && member is null) return MemberRefusal.NotFound;
        return PasswordFault(facts.Password, facts.UserName) ?? RolesFault(facts.Roles, member);
    }

    public static Refusal? PasswordFault(string password, string userName)
    {
        if (password.Length is < LeastPassword or > MostPassword) return PersonRefusal.BadPassword;
        return string.Equals(password, userName, StringComparison.OrdinalIgnoreCase) ? PersonRefusal.BadPassword : null;
    }

    /// <summary>A role goes with the institution: a bank's clerk must not hold a role that sees every case.</summary>
    public static Refusal? RolesFault(IReadOnlyList<string> roles, Member? member)
    {
        if (roles.Count == 0 || roles.Except(Roles.All).Any() || roles.Contains(Roles.System)) return PersonRefusal.BadRoles;
        foreach (var role in roles)
        {
            var fits = role switch
            {
                Roles.MemberClerk => member is not null,
                Roles.Regulator => member?.Sector == Sector.Regulator,
                Roles.PoliceOfficer => member is null || member.Sector is Sector.Police or Sector.JointOffice,
                Roles.DutyOfficer or Roles.Supervisor => member is null || member.Sector is Sector.Police or Sector.JointOffice,
                _ => member is null || member.Sector is Sector.JointOffice or Sector.Police or Sector.Regulator,
            };
            if (!fits) return PersonRefusal.RoleMisfit(role);
        }
        return null;
    }
}

internal static class PersonRefusal
{
    public static readonly Refusal NotFound = new("person/not-found", RefusalKind.NotFound,
        "There is no such person.", "List the people.");

    public static readonly Refusal BadUserName = new("person/bad-user-name", RefusalKind.Invalid,
        "A user name has 3 to 64 letters, digits or . - _ @.", "Send another userName.");

    public static readonly Refusal BadName = new("person/bad-name", RefusalKind.Invalid,
        "A display name has 1 to 100 characters.", "Send displayName.");

    public static readonly Refusal BadPassword = new("person/bad-password", RefusalKind.Invalid,
        $"A password has {PersonRules.LeastPassword} to {PersonRules.MostPassword} characters and is not the user name.", "Choose a longer one; a sentence is good.");

    public static readonly Refusal BadRoles = new("person/bad-roles", RefusalKind.Invalid,
        $"A person has at least one role, and only these: {string.Join(", ", Roles.All.Where(r => r != Roles.System))}.", "Send roles from that list.");

    public static readonly Refusal NameTaken = new("person/name-taken", RefusalKind.Conflict,
        "Another person signs in with this name.", "Choose another userName.");

    public static readonly Refusal LastAdministrator = new("person/last-administrator", RefusalKind.Conflict,
        "Nobody else is an administrator who can sign in.", "Make another person an administrator first.");

    public static readonly Refusal BadSetup = new("setup/bad-link", RefusalKind.Invalid,
        "The set-up link is wrong, used or older than 24 hours.", "Restart the server while no person exists: it prints a new link.");

    public static Refusal RoleMisfit(string role) => new("person/role-misfit", RefusalKind.AgainstRule,
        $"The role {role} does not go with that member.", "Clerks belong to a member, regulators to a regulator, the centre's roles to the joint office or police.");
}
