using Cordon.Casework;
using Cordon.Casework.Members;
using MudBlazor;

namespace Cordon.WebConsole.Shell;

/// <summary>A page in the navigation, and the roles it is for. The façades guard the data; this only spares people dead ends.</summary>
/// <param name="Path">Relative to the base.</param>
/// <param name="Name">Its name.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Audience">Who may see it.</param>
/// <param name="Listed">Who has it in the navigation; null for all who may see it. The others come by a link of another page.</param>
public sealed record Place(string Path, string Name, string Icon, IReadOnlyList<string> Audience, IReadOnlyList<string>? Listed = null);

/// <summary>Pages that serve one thing.</summary>
/// <param name="Name">Its name; empty where it needs none.</param>
/// <param name="Places">The pages, in order.</param>
public sealed record PlaceGroup(string Name, IReadOnlyList<Place> Places);

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

    /// <summary>Restrictions on people who sold lines and accounts; a member finds those of its customers.</summary>
    public static Place Restrictions { get; } = new("restrictions", "Restrictions", Icons.Material.Outlined.PersonOff, [.. Roles.Centre, Roles.Regulator, Roles.Auditor, Roles.MemberClerk]);

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

    /// <summary>How members compare over a period, and each evaluation.</summary>
    public static Place Evaluations { get; } = new("evaluations", "Evaluation", Icons.Material.Outlined.Leaderboard, Ladder.Audience);

    /// <summary>Targets from the centre down, and how far each is.</summary>
    public static Place Objectives { get; } = new("objectives", "Objectives", Icons.Material.Outlined.AccountTree, Duties.Audience);

    /// <summary>Joint conferences; a member finds those that it is asked to.</summary>
    public static Place Conferences { get; } = new("conferences", "Conference", Icons.Material.Outlined.Groups, Duties.Audience);

    /// <summary>Leads to authorities, and each of them; a member finds those that it sent, an authority those that it has.</summary>
    public static Place Leads { get; } = new("leads", "Leads", Icons.Material.Outlined.ForwardToInbox, Duties.Audience);

    /// <summary>Verdicts of screening, and each of them.</summary>
    public static Place Verdicts { get; } = new("verdicts", "Verdicts", Icons.Material.Outlined.Gavel, [.. Roles.Centre, Roles.RuleAuthor, Roles.MemberClerk]);

    /// <summary>Rulebooks from draft to judging.</summary>
    public static Place RuleDesk { get; } = new("rulebooks", "Rule desk", Icons.Material.Outlined.EditNote, [.. Roles.Centre, Roles.RuleAuthor, Roles.Regulator, Roles.Auditor]);

    /// <summary>The live lists that rules ask.</summary>
    public static Place Lists { get; } = new("lists", "Lists", Icons.Material.Outlined.PlaylistAddCheck, [.. Roles.Centre, Roles.RuleAuthor, Roles.Regulator, Roles.Auditor]);

    /// <summary>Bad identifiers that members share.</summary>
    public static Place Indicators { get; } = new("indicators", "Indicators", Icons.Material.Outlined.Flag, [.. Roles.Centre, Roles.RuleAuthor, Roles.Regulator, Roles.Auditor, Roles.MemberClerk]);

    /// <summary>People who are likely being defrauded, to be warned.</summary>
    public static Place Warnings { get; } = new("warnings", "Warnings", Icons.Material.Outlined.Campaign, Roles.Centre);

    /// <summary>Webhooks: who is not reached, and a member's endpoint. The centre comes to it from its orders.</summary>
    public static Place Deliveries { get; } = new(
        "deliveries", "Deliveries", Icons.Material.Outlined.Webhook, [.. Roles.Centre, Roles.Administrator, Roles.MemberClerk], [Roles.Administrator, Roles.MemberClerk]);

    // The three things that Cordon does; under their names the pages are found.
    private static readonly PlaceGroup[] Groups =
    [
        new("", [Situation]),
        new("Stop and return", [Reports, Cases, Orders, Appeals, Restrictions, Restitution, Deliveries]),
        new("Hold to account", [Members, Duties, Controls, Rectifications, Ladder, Evaluations, Objectives, Conferences, Leads]),
        new("Screen", [Warnings, Verdicts, RuleDesk, Lists, Indicators]),
    ];

    /// <summary>What an actor may open, in order and by groups; empty for nobody.</summary>
    public static IEnumerable<PlaceGroup> For(Actor? actor) => actor is null ? [] : Groups
        .Select(g => g with { Places = [.. g.Places.Where(p => (p.Listed ?? p.Audience).Any(actor.Is))] }).Where(g => g.Places.Count > 0);
}
