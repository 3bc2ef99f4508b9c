using Cordon.Casework;
using Cordon.Casework.Members;
using MudBlazor;

namespace Cordon.WebConsole.Shell;

/// <summary>A page in the navigation, and the roles it is for. The façades guard the data; this only spares people dead ends.</summary>
/// <param name="Path">Relative to the base.</param>
/// <param name="Name">Its name.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Audience">Who may see it.</param>
public sealed record Place(string Path, string Name, string Icon, IReadOnlyList<string> Audience);

/// <summary>All pages of the console.</summary>
public static class Places
{
    /// <summary>Where the centre stands.</summary>
    public static Place Situation { get; } = new("", "Situation", Icons.Material.Outlined.MonitorHeart, [.. Roles.Centre, Roles.Regulator]);

    /// <summary>All cases, and each of them.</summary>
    public static Place Cases { get; } = new("cases", "Cases", Icons.Material.Outlined.Folder, Roles.Centre);

    /// <summary>Victims' reports, and each of them.</summary>
    public static Place Reports { get; } = new("reports", "Reports", Icons.Material.Outlined.Campaign, Roles.Centre);

    /// <summary>Who takes reports down and decides about them.</summary>
    public static IReadOnlyList<string> TakeDown { get; } = [Roles.DutyOfficer, Roles.PoliceOfficer];

    /// <summary>Orders: a member's inbox, the centre's register.</summary>
    public static Place Orders { get; } = new("orders", "Orders", Icons.Material.Outlined.Inbox, [.. Roles.Centre, Roles.MemberClerk]);

    /// <summary>What people say against orders that hit them.</summary>
    public static Place Appeals { get; } = new("appeals", "Appeals", Icons.Material.Outlined.RecordVoiceOver, [.. Roles.Centre, Roles.AppealDecider, Roles.MemberClerk]);

    /// <summary>Ledgers of held money, and each of them.</summary>
    public static Place Restitution { get; } = new("restitutions", "Restitution", Icons.Material.Outlined.Balance, Roles.Centre);

    /// <summary>Duties and findings.</summary>
    public static Place Duties { get; } = new("duties", "Duties", Icons.Material.Outlined.Rule, [.. Roles.Centre, Roles.Regulator, Roles.MemberClerk, Roles.Auditor]);

    /// <summary>Members and where each stands; a member sees its own card.</summary>
    public static Place Members { get; } = new("members", "Members", Icons.Material.Outlined.Badge, Duties.Audience);

    /// <summary>Duties measured over time.</summary>
    public static Place Controls { get; } = new("controls", "Controls", Icons.Material.Outlined.Speed, [.. Roles.Centre, Roles.Regulator, Roles.MemberClerk, Roles.Auditor]);

    /// <summary>Loopholes that members are to mend, and each of them.</summary>
    public static Place Rectifications { get; } = new("rectifications", "Rectifications", Icons.Material.Outlined.Build, Duties.Audience);

    /// <summary>The ladder: who stands on which rung, and is barred from what.</summary>
    public static Place Ladder { get; } = new("ladder", "Ladder", Icons.Material.Outlined.Stairs, [.. Duties.Audience, Roles.AppealDecider]);

    /// <summary>Verdicts of screening, and each of them.</summary>
    public static Place Verdicts { get; } = new("verdicts", "Verdicts", Icons.Material.Outlined.Gavel, [.. Roles.Centre, Roles.RuleAuthor, Roles.MemberClerk]);

    /// <summary>Rulebooks from draft to judging.</summary>
    public static Place RuleDesk { get; } = new("rulebooks", "Rule desk", Icons.Material.Outlined.EditNote, [.. Roles.Centre, Roles.RuleAuthor, Roles.Regulator, Roles.Auditor]);

    /// <summary>The live lists that rules ask.</summary>
    public static Place Lists { get; } = new("lists", "Lists", Icons.Material.Outlined.PlaylistAddCheck, [.. Roles.Centre, Roles.RuleAuthor, Roles.Regulator, Roles.Auditor]);

    private static readonly Place[] All = [Situation, Reports, Cases, Orders, Appeals, Restitution, Members, Duties, Controls, Rectifications, Ladder, Verdicts, RuleDesk, Lists];

    /// <summary>What an actor may open, in order; empty for nobody.</summary>
    public static IEnumerable<Place> For(Actor? actor) => actor is null ? [] : All.Where(p => p.Audience.Any(actor.Is));
}
