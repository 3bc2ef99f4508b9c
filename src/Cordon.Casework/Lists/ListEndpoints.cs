using Cordon.Casework.Answers;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Lists;

/// <summary>The live lists of the API.</summary>
internal static class ListEndpoints
{
    private static readonly Refusal BadList = new("list/unknown-list", RefusalKind.NotFound,
        "There is no list of that name.", "Use fraudNumbers, neverBlockNumbers, fraudAccounts, fraudDomains or fraudDevices.");

    public static void Map(RouteGroupBuilder api)
    {
        var lists = api.MapGroup("/lists").WithTags("Lists");
        lists.MapGet("/{list}", ListAsync).WithName("lists.list").WithSummary("The entries of a list that count now, by their written form; with ended=true those that ended too.");
        lists.MapPost("/{list}", PutAsync).WithName("lists.put").WithSummary("Puts an entry on a list, or says something else of one that is there. Screening knows within a second.");
        lists.MapPost("/entries/{id:guid}/take-off", TakeOffAsync).WithName("lists.take-off").WithSummary("Takes an entry off its list.");
    }

    private static async Task<Results<Ok<Page<EntryView>>, Refused>> ListAsync(ListDesk desk, string list, string? text, bool? ended, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var after) is { } fault) return new Refused(fault);
        if (Parse(list) is not { } name) return new Refused(BadList);
        var rows = await desk.ListAsync(new ListFilter { List = name, Text = text, Ended = ended == true, After = after, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, e => e.Entry, EntryView.Of));
    }

    private static async Task<Results<Ok<EntryView>, Refused>> PutAsync(Caller caller, ListDesk desk, string list, EntryForm form, CancellationToken cancel) =>
        Parse(list) is { } name
            ? (await desk.PutAsync(caller.Actor, name, form.Entry, form.Owner, form.Reason, form.Until, cancel)).Answer(EntryView.Of)
            : new Refused(BadList);

    private static async Task<Results<Ok<EntryView>, Refused>> TakeOffAsync(Caller caller, ListDesk desk, Guid id, OffForm form, CancellationToken cancel) =>
        (await desk.TakeOffAsync(caller.Actor, id, form.Reason, cancel)).Answer(EntryView.Of);

    private static ListName? Parse(string list) => list switch
    {
        "fraudNumbers" => ListName.FraudNumbers,
        "neverBlockNumbers" => ListName.NeverBlockNumbers,
        "fraudAccounts" => ListName.FraudAccounts,
        "fraudDomains" => ListName.FraudDomains,
        "fraudDevices" => ListName.FraudDevices,
        _ => null,
    };

    /// <param name="Entry">The identifier in its written form.</param>
    /// <param name="Owner">Who answers for it, 1 to 100 characters.</param>
    /// <param name="Reason">Why, 1 to 500 characters.</param>
    /// <param name="Until">From when on it counts no more, within a year; may be absent for numbers that are never blocked.</param>
    internal sealed record EntryForm(string Entry, string Owner, string Reason, Instant? Until = null);

    /// <param name="Reason">Why, 1 to 500 characters.</param>
    internal sealed record OffForm(string Reason);
}

/// <summary>An entry as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="List">Which list.</param>
/// <param name="Entry">The identifier in its written form.</param>
/// <param name="Present">Whether it was not taken off.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why it stands there, or was taken off.</param>
/// <param name="Until">From when on it counts no more.</param>
/// <param name="ChangedBy">Who changed it last.</param>
/// <param name="ChangedAt">When.</param>
internal sealed record EntryView(Guid Id, ListName List, string Entry, bool Present, string Owner, string Reason, Instant? Until, string ChangedBy, Instant ChangedAt)
{
    public static EntryView Of(ListEntry e) => new(e.Id, e.List, e.Entry, e.Present, e.Owner, e.Reason, e.Until, e.ChangedBy, e.ChangedAt);
}
