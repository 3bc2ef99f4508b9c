namespace Cordon.Casework.Members;

/// <summary>The roles of people and of systems. A person may hold several.</summary>
public static class Roles
{
    /// <summary>Takes reports, runs cases, proposes orders.</summary>
    public const string DutyOfficer = "duty-officer";

    /// <summary>Issues and releases orders.</summary>
    public const string PoliceOfficer = "police-officer";

    /// <summary>Sees all cases, findings and clocks of the centre.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>Sees duties and findings of all members of its sector.</summary>
    public const string Regulator = "regulator";

    /// <summary>Decides appeals.</summary>
    public const string AppealDecider = "appeal-decider";

    /// <summary>Works a member's inbox: acknowledges orders, reports what was held.</summary>
    public const string MemberClerk = "member-clerk";

    /// <summary>Writes rules.</summary>
    public const string RuleAuthor = "rule-author";

    /// <summary>Reads the audit log and verifies it.</summary>
    public const string Auditor = "auditor";

    /// <summary>Keeps members, people and keys; sees no case.</summary>
    public const string Administrator = "administrator";

    /// <summary>A member's system, signed in by its API key.</summary>
    public const string System = "system";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [DutyOfficer, PoliceOfficer, Supervisor, Regulator, AppealDecider, MemberClerk, RuleAuthor, Auditor, Administrator, System];

    /// <summary>Those who work for the centre and may see every case.</summary>
    public static IReadOnlyList<string> Centre { get; } = [DutyOfficer, PoliceOfficer, Supervisor];
}
