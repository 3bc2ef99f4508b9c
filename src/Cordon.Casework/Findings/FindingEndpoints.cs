using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Answers;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Findings;

/// <summary>The findings of the API.</summary>
internal static class FindingEndpoints
{
    private static readonly Refusal BadMember = new("finding/bad-member", RefusalKind.Invalid,
        "The member of the filter is not a member code.", "Send a code such as bank-a, or leave member out.");

    public static void Map(RouteGroupBuilder api) => api.MapGet("/findings", ListAsync).WithName("findings.list").WithTags("Findings")
        .WithSummary("Failed duties with their evidence, the newest first: a member sees its own; a regulator sees all, with numbers masked.");

    private static async Task<Results<Ok<Page<FindingView>>, Refused>> ListAsync(
        Caller caller, FindingDesk desk, Guid? @case, string? member, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var place) is { } fault) return new Refused(fault);
        var after = ReadPlace(place);
        if (place is not null && after is null) return new Refused(PageQuery.BadCursor);
        MemberCode? of = null;
        if (member is not null)
        {
            if (!MemberCode.TryParse(member, out var code)) return new Refused(BadMember);
            of = code;
        }
        var rows = await desk.ListAsync(caller.Actor, @case, of, after, take + 1);
        return TypedResults.Ok(rows.Page(take, last => Place(rows, take, last, after), f => FindingView.For(caller.Actor, f)));
    }

    private static string Place(List<Finding> rows, int take, Finding last, FindingPlace? after)
    {
        var passed = rows.Take(take).Count(f => f.FoundAt == last.FoundAt) + (after?.At == last.FoundAt ? after.Passed : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{last.FoundAt.Micros}+{passed}");
    }

    private static FindingPlace? ReadPlace(string? place) =>
        place?.Split('+') is [var micros, var passed]
        && long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && int.TryParse(passed, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new FindingPlace(new Instant(at), count)
            : null;
}

/// <summary>A finding as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Case">The case.</param>
/// <param name="Duty">The duty's id in the pack.</param>
/// <param name="Pack">The pack's content hash.</param>
/// <param name="Member">Whose duty it was.</param>
/// <param name="Agent">Through whom it acted.</param>
/// <param name="Link">The link of the chain.</param>
/// <param name="Article">Instrument and article.</param>
/// <param name="StatementZh">What was found, in Chinese.</param>
/// <param name="StatementEn">What was found, in English.</param>
/// <param name="Evidence">The records that show it.</param>
/// <param name="LossMinor">The stolen money that passed this link, minor units.</param>
/// <param name="FoundAt">When it was found.</param>
internal sealed record FindingView(
    Guid Id, Guid Case, string Duty, string Pack, MemberCode Member, string? Agent, string Link, string Article,
    string StatementZh, string StatementEn, ImmutableArray<string> Evidence, long LossMinor, Instant FoundAt)
{
    private const int Shown = 4;

    /// <summary>A regulator judges members, not persons: it gets no whole number or account.</summary>
    public static FindingView For(Actor actor, Finding f)
    {
        var whole = SeesWhole(actor, f.Member);
        return new(
            f.Id, f.CaseId, f.Duty, f.Pack, f.Member, f.Agent, whole ? f.Link : Masked(f.Link), f.Article,
            whole ? f.StatementZh : Spare(f.StatementZh, f.Link), whole ? f.StatementEn : Spare(f.StatementEn, f.Link), f.Evidence, f.LossMinor, f.FoundAt);
    }

    /// <summary>Whether an actor sees numbers and accounts of what concerns a member.</summary>
    internal static bool SeesWhole(Actor actor, MemberCode member) =>
        Roles.Centre.Any(actor.Is) || actor.Is(Roles.Auditor) || (actor.Member == member && !actor.Is(Roles.Regulator));

    /// <summary><c>line:+8613800001234</c> → <c>line:…1234</c>; <c>account:bank-a:6222…7788</c> keeps the member.</summary>
    internal static string Masked(string link) => link[..(link.LastIndexOf(':') + 1)] + Tail(link[(link.LastIndexOf(':') + 1)..]);

    internal static string Spare(string statement, string link)
    {
        var number = link[(link.LastIndexOf(':') + 1)..];
        return number.Length == 0 ? statement : statement.Replace(number, Tail(number), StringComparison.Ordinal);
    }

    private static string Tail(string number) => "…" + (number.Length > Shown * 2 ? number[^Shown..] : "");
}
