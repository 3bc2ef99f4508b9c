using Cordon.Casework.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Members;

/// <summary>The regions of the API.</summary>
internal static class RegionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var regions = api.MapGroup("/regions").WithTags("Regions");
        regions.MapGet("/", ListAsync).WithName("regions.list").WithSummary("The tree of regions, from the provinces down.");
        regions.MapPost("/", TellAsync).WithName("regions.tell").WithSummary("Puts a region into the tree, or tells its facts again; the same facts again change nothing.");
    }

    private static async Task<Ok<Page<RegionView>>> ListAsync(RegionRegister register) =>
        TypedResults.Ok(new Page<RegionView>([.. (await register.ListAsync()).Select(RegionView.Of)], null));

    private static async Task<Results<Ok<RegionView>, Refused>> TellAsync(Caller caller, RegionRegister register, RegionView form, CancellationToken cancel) =>
        (await register.TellAsync(caller.Actor, new RegionFacts(form.Code, form.Level, form.Parent, form.NameZh, form.NameEn), cancel)).Answer(_ => form);
}

/// <summary>A region, as the API tells and takes it.</summary>
/// <param name="Code">Its code; it never changes.</param>
/// <param name="Level">How far up it stands; it never changes.</param>
/// <param name="NameZh">Its name in Chinese.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Parent">The region above; absent for a province.</param>
internal sealed record RegionView(string Code, RegionLevel Level, string NameZh, string NameEn, string? Parent = null)
{
    public static RegionView Of(Region r) => new(r.Code, r.Level, r.NameZh, r.NameEn, r.Parent);
}
