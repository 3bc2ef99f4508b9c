using System.Collections.Immutable;
using Cordon.Casework.Rulebooks.Backtests;
using Cordon.Casework.Rulebooks.Shadow;
using Cordon.Casework.Storage;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Journal;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Rulebooks;

/// <summary>The façade of the module: rulebooks from draft to judging and out of it.</summary>
/// <param name="store">The database.</param>
/// <param name="library">Where rulebooks that a journal may name are kept.</param>
/// <param name="engine">The engine that judges.</param>
/// <param name="shadow">What the rulebook in the shadow has found.</param>
/// <param name="options">How rulebooks are released.</param>
public sealed class RulebookDesk(CaseworkStore store, RulebookLibrary library, JournaledEngine engine, ShadowFollower shadow, RulebookOptions options)
{
    /// <summary>Raised after a rulebook changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>How rulebooks are released.</summary>
    public RulebookOptions Options => options;

    /// <summary>Begins a rulebook.</summary>
    /// <param name="actor">A rule author.</param>
    /// <param name="purpose">What it changes and why, 1 to 500 characters.</param>
    /// <param name="from"><c>files</c>, <c>shipped</c>, <c>active</c>, or the hash of a rulebook.</param>
    /// <param name="files">Its files, where it is from files.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<RulebookDraft>> BeginAsync(Actor actor, string purpose, string from, IReadOnlyList<RulebookFile>? files, CancellationToken cancel = default)
    {
        var (source, texts) = from switch
        {
            "files" => ("files", files ?? []),
            "shipped" => ("shipped", library.Shipped.Files),
            "active" => await FilesOfAsync((await StandingAsync()).Active?.Hash, cancel),
            _ => await FilesOfAsync(from, cancel),
        };
        if (texts is null) return RulebookRefusal.UnknownSource;
        var named = RulebookTexts.Name(texts);
        if (RulebookRules.Begin(actor, purpose, named) is { } refusal) return refusal;
        return Told(await store.ChangeAsync<RulebookDraft>(actor, async change =>
        {
            await RulebookTexts.KeepAsync(change, texts, cancel);
            var draft = new RulebookDraft();
            change.Begin(draft, new RulebookDrafted(change.Now, change.NewId(), await NumberAsync(change), purpose, source, named, actor.Id));
            return draft;
        }, cancel));
    }

    /// <summary>Changes the files of a draft.</summary>
    /// <param name="actor">A rule author.</param>
    /// <param name="id">The rulebook.</param>
    /// <param name="files">All its files.</param>
    /// <param name="version">The version of the draft that the writer had before the eyes.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public async Task<Outcome<RulebookDraft>> WriteAsync(Actor actor, Guid id, IReadOnlyList<RulebookFile> files, int version, CancellationToken cancel = default)
    {
        var named = RulebookTexts.Name(files);
        return await ActAsync(actor, id, async (change, _) =>
        {
            await RulebookTexts.KeepAsync(change, files, cancel);
            return new WriteFiles(named, version);
        }, cancel);
    }

    /// <summary>Checks a draft and runs its examples. Where all passes, that is noted.</summary>
    public async Task<Outcome<RulebookTrial>> CheckAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        if (await FindAsync(id) is not { } draft) return RulebookRefusal.NotFound;
        var files = await FilesAsync(draft, cancel);
        var trial = await Task.Run(() => RulebookTrial.Of(files), cancel);
        if (!trial.Passed || draft.State != RulebookState.Draft) return trial;
        var noted = await ActAsync(actor, id, new NoteCheck(draft.Files, trial.Hash!, trial.Rules, trial.Examples.Length), cancel);
        return noted.Refusal is { } refusal ? refusal : trial;
    }

    /// <summary>Attaches a finished backtest.</summary>
    public Task<Outcome<RulebookDraft>> AttachAsync(Actor actor, Guid id, Guid backtest, CancellationToken cancel = default) => ActAsync(actor, id, async (change, _) =>
    {
        var run = await change.Db.Set<BacktestRun>().SingleOrDefaultAsync(b => b.Id == backtest && b.Rulebook == id, cancel);
        return run is null ? RulebookRefusal.BacktestNotFound : new AttachBacktest(run.Id, run.Hash, run.Report?.Found);
    }, cancel);

    /// <summary>Lets a rulebook judge live traffic beside the active one, without effect.</summary>
    public async Task<Outcome<RulebookDraft>> StartShadowAsync(Actor actor, Guid id, CancellationToken cancel = default)
    {
        if (await CompiledAsync(id, cancel) is { Succeeded: true } book) library.Keep(book.Value);
        return await ActAsync(actor, id, async (change, _) =>
        {
            var running = await change.Db.Set<RulebookDraft>()
                .Where(d => d.Id != id && d.State == RulebookState.Shadow && d.ShadowStoppedAt == null).Select(d => d.Number).SingleOrDefaultAsync(cancel);
            return new StartShadow(engine.Sequence, running);
        }, cancel);
    }

    /// <summary>Ends that, and keeps the sums.</summary>
    public Task<Outcome<RulebookDraft>> StopShadowAsync(Actor actor, Guid id, CancellationToken cancel = default) => ActAsync(actor, id, new StopShadow(FoundOf(id)), cancel);

    /// <summary>What the shadow of a rulebook has found so far; null where it does not run.</summary>
    public ShadowReport? Shadow(Guid id) => shadow.Find(id);

    /// <summary>Agrees to a rulebook, as a second person.</summary>
    /// <remarks>From here on its windows count beside those of the active one, so that they are not empty when it is put to work.</remarks>
    public async Task<Outcome<RulebookDraft>> ApproveAsync(Actor actor, Guid id, string note, CancellationToken cancel = default)
    {
        var command = new ApproveRulebook(note, FoundOf(id), options.ShadowAtLeast);
        return Told(await store.ChangeAsync<RulebookDraft>(actor, async change =>
        {
            if (await change.Db.Set<RulebookDraft>().SingleOrDefaultAsync(d => d.Id == id, cancel) is not { } draft) return RulebookRefusal.NotFound;
            if (change.Carry(draft, RulebookRules.Decide(draft, command, actor, change.Now)) is { } refused) return refused;
            change.Tell(new RulebookPrepared(change.NewId(), draft.Hash!, change.Now));
            return draft;
        }, cancel));
    }

    /// <summary>Sends a rulebook back to its author, as a second person.</summary>
    public Task<Outcome<RulebookDraft>> SendBackAsync(Actor actor, Guid id, string reason, CancellationToken cancel = default) => ActAsync(actor, id, new SendBack(reason), cancel);

    /// <summary>Drops a rulebook before it judges.</summary>
    public Task<Outcome<RulebookDraft>> WithdrawAsync(Actor actor, Guid id, string reason, CancellationToken cancel = default) => ActAsync(actor, id, new WithdrawRulebook(reason), cancel);

    /// <summary>Makes an approved rulebook the one that judges. The engine is told by the outbox and needs no restart.</summary>
    public Task<Outcome<RulebookDraft>> PutToWorkAsync(Actor actor, Guid id, string reason, CancellationToken cancel = default) =>
        ReplaceAsync(actor, id, _ => new PutToWork(reason), cancel);

    /// <summary>One click back: the rulebook that judged before judges again, at once. A second person owes a confirmation.</summary>
    public async Task<Outcome<RulebookDraft>> BringBackAsync(Actor actor, string reason, CancellationToken cancel = default)
    {
        if ((await StandingAsync()).Previous is not { } previous) return RulebookRefusal.NoPrevious;
        return await ReplaceAsync(actor, previous.Id, active =>
            new BringBack(reason, active is { OwesConfirmation: true } ? active.ActivatedBy : null, options.ConfirmWithin), cancel);
    }

    /// <summary>Confirms, as a second person, that it was right to bring a rulebook back.</summary>
    public Task<Outcome<RulebookDraft>> ConfirmAsync(Actor actor, Guid id, CancellationToken cancel = default) => ActAsync(actor, id, new ConfirmBringingBack(), cancel);

    /// <summary>Notes confirmations that were not there in time.</summary>
    internal async Task CheckConfirmationsAsync(CancellationToken cancel)
    {
        var now = store.Now;
        var due = await store.ReadAsync(db => db.Set<RulebookDraft>()
            .Where(d => d.State == RulebookState.Active && d.ConfirmBy < now && d.ConfirmedBy == null && d.OverdueAt == null).Select(d => d.Id).ToListAsync(cancel));
        foreach (var id in due) await ActAsync(Actor.System("clocks"), id, new CheckConfirmation(), cancel);
    }

    /// <summary>
    /// Sees to it that some rulebook judges, and where none was ever put to work here, takes the one that judges into the records:
    /// so the way back has a beginning.
    /// </summary>
    /// <returns>The rulebook adopted; null where there was one already.</returns>
    public async Task<Outcome<RulebookDraft?>> AdoptAsync(CancellationToken cancel = default)
    {
        await FirstRulebook.ActivateAsync(engine, library, store.Now);
        var hash = engine.Read(e => e.Rulebook.Hash);
        var book = library.Find(hash) ?? throw new InvalidDataException($"The rulebook {hash} judges and is not in the library.");
        var adopted = await store.ChangeAsync<RulebookDraft?>(Actor.System("cordon"), async change =>
        {
            if (await change.Db.Set<RulebookDraft>().AnyAsync(d => d.ActivatedAt != null, cancel)) return (RulebookDraft?)null;
            await RulebookTexts.KeepAsync(change, book.Files, cancel);
            var draft = new RulebookDraft();
            change.Begin(draft, new RulebookAdopted(
                change.Now, change.NewId(), await NumberAsync(change), "Comes with the program: " + book.Source.Title.En, RulebookTexts.Name(book.Files), book.Hash, book.Compiled.Rules.Length));
            return draft;
        }, cancel);
        if (adopted is { Succeeded: true, Value: { } made }) Changed?.Invoke(made.Id);
        return adopted;
    }

    /// <summary>Rulebooks, the newest first.</summary>
    public Task<List<RulebookDraft>> ListAsync(RulebookFilter filter) => store.ReadAsync(db =>
    {
        IQueryable<RulebookDraft> all = db.Set<RulebookDraft>();
        if (filter.State is { } state) all = all.Where(d => d.State == state);
        if (filter.Before is { } before) all = all.Where(d => d.Number.CompareTo(before) < 0);
        return all.OrderByDescending(d => d.Number).Take(filter.Limit).ToListAsync();
    });

    /// <summary>One rulebook; null where there is none of that id.</summary>
    public Task<RulebookDraft?> FindAsync(Guid id) => store.ReadAsync(db => db.Set<RulebookDraft>().SingleOrDefaultAsync(d => d.Id == id));

    /// <summary>The files of a rulebook with their texts.</summary>
    public Task<ImmutableArray<RulebookFile>> FilesAsync(RulebookDraft draft, CancellationToken cancel = default) =>
        store.ReadAsync(db => RulebookTexts.LoadAsync(db, draft.Files, cancel));

    /// <summary>Which rulebook judges, and which judged before it.</summary>
    public Task<RulebookStanding> StandingAsync() => store.ReadAsync(async db => new RulebookStanding(
        await db.Set<RulebookDraft>().SingleOrDefaultAsync(d => d.State == RulebookState.Active),
        await db.Set<RulebookDraft>().Where(d => d.State == RulebookState.Superseded).OrderByDescending(d => d.SupersededAt).FirstOrDefaultAsync(),
        engine.Read(e => e.Rulebook.Hash)));

    /// <summary>What happened to a rulebook, in order.</summary>
    public Task<List<RulebookStep>> HistoryAsync(Guid id) => store.ReadAsync(db =>
        db.Set<EventRow>().Where(e => e.Stream == $"rulebook/{id}").OrderBy(e => e.Version).Select(e => new RulebookStep(e.At, e.Actor, e.Name, e.Version)).ToListAsync());

    /// <summary>What differs between two rulebooks, by the hashes of their content.</summary>
    public async Task<Outcome<ImmutableArray<RulebookChange>>> DiffAsync(string from, string to, CancellationToken cancel = default)
    {
        if (await SourceOfAsync(from, cancel) is not { } before || await SourceOfAsync(to, cancel) is not { } after) return RulebookRefusal.NothingToDiffer;
        return RulebookDiff.Between(before, after);
    }

    /// <summary>A rulebook as it judges; a refusal where it does not check.</summary>
    public async Task<Outcome<KeptRulebook>> CompiledAsync(Guid id, CancellationToken cancel = default)
    {
        if (await FindAsync(id) is not { } draft) return RulebookRefusal.NotFound;
        if (draft.Hash is not { } hash) return RulebookRefusal.DoesNotCheck;
        // What was kept is compiled already; a draft that only checks is compiled anew.
        if (library.Find(hash) is { } kept) return kept;
        var files = await FilesAsync(draft, cancel);
        return RulebookLibrary.Check(files).Rulebook is { } book ? book : RulebookRefusal.DoesNotCheck;
    }

    private static async Task<string> NumberAsync(Change change)
    {
        var year = change.Now.ToDateTimeOffset().Year;
        return $"R-{year}-{await change.NextNumberAsync($"rulebook-{year}"):D6}";
    }

    private static void TellEngine(Change change, string hash) =>
        change.Tell(new RulebookActivated(change.NewId(), hash, change.Now));

    private ShadowTally FoundOf(Guid id) => shadow.Find(id)?.Found ?? ShadowTally.None;

    private async Task<(string Source, IReadOnlyList<RulebookFile>? Files)> FilesOfAsync(string? hash, CancellationToken cancel) =>
        hash is null || await OfHashAsync(hash, cancel) is not { } draft ? ("", null) : (hash, await FilesAsync(draft, cancel));

    private async Task<RulebookSource?> SourceOfAsync(string hash, CancellationToken cancel) =>
        await OfHashAsync(hash, cancel) is { } draft ? RulebookReader.Read(await FilesAsync(draft, cancel)).Source : null;

    private Task<RulebookDraft?> OfHashAsync(string hash, CancellationToken cancel) =>
        store.ReadAsync(db => db.Set<RulebookDraft>().Where(d => d.Hash == hash).OrderBy(d => d.Number).FirstOrDefaultAsync(cancel));

    private async Task<Outcome<RulebookDraft>> ReplaceAsync(Actor actor, Guid id, Func<RulebookDraft?, RulebookCommand> command, CancellationToken cancel)
    {
        // On the disk before any journal can name it.
        if (await CompiledAsync(id, cancel) is { Succeeded: true } book) library.Keep(book.Value);
        return Told(await store.ChangeAsync<RulebookDraft>(actor, async change =>
        {
            var drafts = await change.Db.Set<RulebookDraft>().Where(d => d.Id == id || d.State == RulebookState.Active).ToListAsync(cancel);
            if (drafts.Find(d => d.Id == id) is not { } draft) return RulebookRefusal.NotFound;
            var active = drafts.Find(d => d.State == RulebookState.Active);
            var decided = RulebookRules.Decide(draft, command(active), actor, change.Now);
            if (decided.Refusal is { } no) return no;
            if (active is not null && active.Id != id)
            {
                if (change.Carry(active, RulebookRules.Decide(active, new Supersede(id), actor, change.Now)) is { } kept) return kept;
                // Only one may judge at any time, and the database holds to that within a transaction too: the old one goes first.
                await change.Db.SaveChangesAsync(cancel);
            }
            if (change.Carry(draft, decided) is { } refused) return refused;
            TellEngine(change, draft.Hash!);
            return draft;
        }, cancel));
    }

    private Task<Outcome<RulebookDraft>> ActAsync(Actor actor, Guid id, RulebookCommand command, CancellationToken cancel) =>
        ActAsync(actor, id, (_, _) => Task.FromResult<Outcome<RulebookCommand>>(command), cancel);

    private async Task<Outcome<RulebookDraft>> ActAsync(Actor actor, Guid id, Func<Change, RulebookDraft, Task<Outcome<RulebookCommand>>> command, CancellationToken cancel) =>
        Told(await store.ChangeAsync<RulebookDraft>(actor, async change =>
        {
            var draft = await change.Db.Set<RulebookDraft>().SingleOrDefaultAsync(d => d.Id == id, cancel);
            if (draft is null) return RulebookRefusal.NotFound;
            var asked = await command(change, draft);
            if (asked.Refusal is { } no) return no;
            return change.Carry(draft, RulebookRules.Decide(draft, asked.Value, actor, change.Now)) is { } refused ? refused : draft;
        }, cancel));

    private Outcome<RulebookDraft> Told(Outcome<RulebookDraft> outcome)
    {
        if (outcome.Succeeded) Changed?.Invoke(outcome.Value.Id);
        return outcome;
    }
}
