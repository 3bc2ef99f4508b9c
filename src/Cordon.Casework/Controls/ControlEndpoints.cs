using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Controls;

/// <summary>The controls of the API.</summary>
internal static class ControlEndpoints
{
    private const int UsualDays = 90;
    private const int UsualRecords = 100;

    private static readonly Refusal BadMember = new("control/bad-member", RefusalKind.Invalid,
        "The member is not a member code.", "Send a code such as bank-a.");

    private static readonly Refusal OutOfRange = new("control/out-of-range", RefusalKind.Invalid,
        "days is 1 to 400, limit 1 to 20000.", "Send numbers in these ranges, or leave them out.");

    private static readonly Refusal NotFound = new("control/not-found", RefusalKind.NotFound,
        "Nothing was counted for this duty, member and unit, or it is not yours to see.", "Check them against the list of controls.");

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/controls", ListAsync).WithName("controls.list").WithTags("Controls")
            .WithSummary("Where members stand under each measured duty now: attainment, what is left of the month's allowance, how fast it burns. A member sees itself.");
        api.MapGet("/controls/{duty}/{member}", DetailAsync).WithName("controls.detail").WithTags("Controls")
            .WithSummary("One member, or one of its units, under one duty: day by day, with the records of its faults.");
    }

    private static async Task<Results<Ok<ControlsView>, Refused>> ListAsync(Caller caller, ControlDesk desk, string? member, CancellationToken cancel)
    {
        MemberCode? of = null;
        if (member is not null)
        {
            if (!MemberCode.TryParse(member, out var code)) return new Refused(BadMember);
            of = code;
        }
        var standings = await desk.StandingsAsync(caller.Actor, of, cancel);
        return TypedResults.Ok(new ControlsView(desk.Plan.Pack.Hash, desk.Taken, desk.Behind, standings));
    }

    private static async Task<Results<Ok<ControlDetail>, Refused>> DetailAsync(
        Caller caller, ControlDesk desk, string duty, string member, string? unit, int? days, int? limit, CancellationToken cancel)
    {
        if (!MemberCode.TryParse(member, out var code)) return new Refused(BadMember);
        if (days is < 1 or > 400 || limit is < 1 or > FaultCount.FaultsKept) return new Refused(OutOfRange);
        var detail = await desk.DetailAsync(caller.Actor, new ControlSubject(duty, code, unit), days ?? UsualDays, limit ?? UsualRecords, cancel);
        return detail is null ? new Refused(NotFound) : TypedResults.Ok(detail);
    }
}

/// <summary>Where members stand.</summary>
/// <param name="Pack">The hash of the pack of duties.</param>
/// <param name="Sequence">The journal's sequence up to which signals are counted.</param>
/// <param name="Behind">Records of the journal that are not counted yet; above 0 for a while after a start.</param>
/// <param name="Items">By duty, member and unit.</param>
internal sealed record ControlsView(string Pack, long Sequence, long Behind, ImmutableArray<ControlStanding> Items);
