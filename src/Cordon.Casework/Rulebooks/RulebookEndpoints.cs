using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Rulebooks;

/// <summary>Rulebooks in the API: writing, checking, looking. Who may call which is declared in one table with all other endpoints.</summary>
internal static class RulebookEndpoints
{
    private const int MostFiles = RulebookReader.MaxFiles;

    public static void Map(RouteGroupBuilder api)
    {
        var books = api.MapGroup("/rulebooks").WithTags("Rulebooks");
        books.MapGet("/", ListAsync).WithName("rulebooks.list").WithSummary("Rulebooks in every state, the newest first.");
        books.MapPost("/", BeginAsync).WithName("rulebooks.begin").WithMetadata(new RepeatMark(RepeatRule.Required))
            .WithSummary("Begins a draft: from files, from the shipped rulebook, the active one, or one of a hash. Needs an Idempotency-Key.");
        books.MapGet("/{id:guid}", FindAsync).WithName("rulebooks.get").WithSummary("One rulebook.");
        books.MapGet("/{id:guid}/files", FilesAsync).WithName("rulebooks.files").WithSummary("The files of a rulebook with their texts.");
        books.MapPut("/{id:guid}/files", WriteAsync).WithName("rulebooks.write")
            .WithSummary("Changes all files of a draft. What was found of it counts no more. Send the version you saw: a draft changed meanwhile is not overwritten.");
        books.MapPost("/try", TryAsync).WithName("rulebooks.try").WithSummary("Tries files as a rulebook and stores nothing: faults with file, line, column and suggestion, or every example.");
        books.MapPost("/{id:guid}/check", CheckAsync).WithName("rulebooks.check")
            .WithSummary("Checks a draft and runs its examples. Where there is no fault and every example passes, the draft is checked.");
        books.MapGet("/{id:guid}/history", HistoryAsync).WithName("rulebooks.history").WithSummary("What happened to a rulebook, in order.");
        books.MapGet("/diff", DiffAsync).WithName("rulebooks.diff").WithSummary("What differs between two rulebooks, by the hashes of their content: rules, windows, parameters and lists by id.");
        books.MapGet("/active", ActiveAsync).WithName("rulebooks.active").WithSummary("Which rulebook judges, and which one click brings back.");
    }

    private static async Task<Results<Ok<Page<RulebookView>>, Refused>> ListAsync(RulebookDesk desk, RulebookState? state, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var before) is { } fault) return new Refused(fault);
        var rows = await desk.ListAsync(new RulebookFilter { State = state, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, d => d.Number, RulebookView.Of));
    }

    private static async Task<Results<Ok<RulebookView>, Refused>> BeginAsync(Caller caller, RulebookDesk desk, BeginForm form, CancellationToken cancel) =>
        form.Files is { Count: > MostFiles }
            ? new Refused(RulebookRefusal.BadFiles)
            : (await desk.BeginAsync(caller.Actor, form.Purpose, form.From, form.Files, cancel)).Answer(RulebookView.Of);

    private static async Task<Results<Ok<RulebookView>, Refused>> FindAsync(RulebookDesk desk, Guid id) =>
        (await desk.FindAsync(id) is { } draft ? RulebookView.Of(draft) : null).AnswerOr(RulebookRefusal.NotFound);

    private static async Task<Results<Ok<FilesView>, Refused>> FilesAsync(RulebookDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.FindAsync(id) is { } draft ? new FilesView(draft.Version, await desk.FilesAsync(draft, cancel)) : null).AnswerOr(RulebookRefusal.NotFound);

    private static async Task<Results<Ok<RulebookView>, Refused>> WriteAsync(Caller caller, RulebookDesk desk, Guid id, FilesForm form, CancellationToken cancel) =>
        form.Files.Count > MostFiles
            ? new Refused(RulebookRefusal.BadFiles)
            : (await desk.WriteAsync(caller.Actor, id, form.Files, form.Version, cancel)).Answer(RulebookView.Of);

    private static async Task<Results<Ok<RulebookTrial>, Refused>> TryAsync(TryForm form, CancellationToken cancel) => form.Files.Count > MostFiles
        ? new Refused(RulebookRefusal.BadFiles)
        : TypedResults.Ok(await Task.Run(() => RulebookTrial.Of(form.Files, form.Examples), cancel));

    private static async Task<Results<Ok<RulebookTrial>, Refused>> CheckAsync(Caller caller, RulebookDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.CheckAsync(caller.Actor, id, cancel)).Answer(t => t);

    private static async Task<Results<Ok<HistoryView>, Refused>> HistoryAsync(RulebookDesk desk, Guid id) =>
        (await desk.FindAsync(id) is null ? null : new HistoryView([.. await desk.HistoryAsync(id)])).AnswerOr(RulebookRefusal.NotFound);

    private static async Task<Results<Ok<DiffView>, Refused>> DiffAsync(RulebookDesk desk, string from, string to, CancellationToken cancel) =>
        (await desk.DiffAsync(from, to, cancel)).Answer(changes => new DiffView(changes));

    private static async Task<Ok<StandingView>> ActiveAsync(RulebookDesk desk) => TypedResults.Ok(StandingView.Of(await desk.StandingAsync()));

    /// <param name="Purpose">What it changes and why, 1 to 500 characters.</param>
    /// <param name="From"><c>files</c>, <c>shipped</c>, <c>active</c>, or the hash of a rulebook.</param>
    /// <param name="Files">Its files, where it is from files.</param>
    internal sealed record BeginForm(string Purpose, string From, IReadOnlyList<RulebookFile>? Files = null);

    /// <param name="Version">The version of the draft that was changed.</param>
    /// <param name="Files">All files; one that is missing is removed.</param>
    internal sealed record FilesForm(int Version, IReadOnlyList<RulebookFile> Files);

    /// <param name="Files">The files.</param>
    /// <param name="Examples">False for faults alone.</param>
    internal sealed record TryForm(IReadOnlyList<RulebookFile> Files, bool Examples = true);

    /// <param name="Version">The version of the draft that has these files.</param>
    /// <param name="Files">The files.</param>
    internal sealed record FilesView(int Version, ImmutableArray<RulebookFile> Files);

    /// <param name="Steps">The steps, in order.</param>
    internal sealed record HistoryView(ImmutableArray<RulebookStep> Steps);

    /// <param name="Changes">What differs; empty where both say the same.</param>
    internal sealed record DiffView(ImmutableArray<RulebookChange> Changes);
}
