using Cordon.Casework.Registers;
using Cordon.Casework.Rulebooks;
using Cordon.Casework.Rulebooks.Backtests;
using Cordon.Casework.Rulebooks.Shadow;
using Cordon.Journal;
using Cordon.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cordon.Tests.Rulebooks;

/// <summary>The rule desk over a database, a journal and a library of its own.</summary>
internal sealed class RuleDeskHost : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cordon-rules-");

    private RuleDeskHost(CaseworkDatabase database, BacktestReplay? replay)
    {
        Database = database;
        Options = new RulebookOptions { Folder = Path.Combine(folder.FullName, "rulebooks"), Shipped = Path.Combine(folder.FullName, "shipped.yaml") };
        File.WriteAllText(Options.Shipped, SmallRulebook.File(most: 5).Text);
        Library = new RulebookLibrary(Options.Folder, Options.Shipped);
        Engine = JournaledEngine.Open(Path.Combine(folder.FullName, "journal"), JournalOptions.Default, null, out _, library: hash => Library.Find(hash)?.Compiled);
        Shadow = new ShadowFollower(Engine, database.Store, Library);
        Desk = new RulebookDesk(database.Store, Library, Engine, Shadow, Options);
        Outbox = new Outbox(Engine, database.Store);
        Backtests = new BacktestDesk(database.Store, Desk, replay ?? new JournalReplay(Engine, database.Time).RunAsync, NullLogger<BacktestDesk>.Instance);
    }

    public CaseworkDatabase Database { get; }

    public RulebookOptions Options { get; }

    public RulebookLibrary Library { get; }

    public JournaledEngine Engine { get; }

    public ShadowFollower Shadow { get; private set; }

    public RulebookDesk Desk { get; }

    public Outbox Outbox { get; }

    public BacktestDesk Backtests { get; }

    public static async Task<RuleDeskHost> StartAsync(Provider provider = Provider.Sqlite, BacktestReplay? replay = null) =>
        new(await CaseworkDatabase.CreateAsync(provider), replay);

    /// <summary>A follower that knows nothing yet, as after a restart.</summary>
    public void ForgetShadow() => Shadow = new ShadowFollower(Engine, Database.Store, Library);

    /// <summary>Begins a draft and takes it through check and backtest.</summary>
    public async Task<RulebookDraft> BacktestedAsync(RulebookFile file)
    {
        var draft = (await Desk.BeginAsync(SmallRulebook.Anna, "a try", "files", [file])).Value;
        Assert.True((await Desk.CheckAsync(SmallRulebook.Anna, draft.Id)).Value.Passed);
        var run = (await Backtests.StartAsync(SmallRulebook.Anna, draft.Id, null, null)).Value;
        await DoneAsync(run.Id);
        var attached = await Desk.AttachAsync(SmallRulebook.Anna, draft.Id, run.Id);
        Assert.True(attached.Succeeded, attached.Refusal?.Message);
        return attached.Value;
    }

    /// <summary>Takes a draft on to approved.</summary>
    public async Task<RulebookDraft> ApprovedAsync(RulebookFile file)
    {
        var draft = await BacktestedAsync(file);
        Assert.True((await Desk.StartShadowAsync(SmallRulebook.Anna, draft.Id)).Succeeded);
        await Engine.SubmitAsync([.. SmallRulebook.Calls($"+86138{NextLine()}", 2)]);
        await FollowAsync();
        Database.Time.Advance(Options.ShadowAtLeast);
        var approved = await Desk.ApproveAsync(SmallRulebook.Chief, draft.Id, "looked at the shadow");
        Assert.True(approved.Succeeded, approved.Refusal?.Message);
        return approved.Value;
    }

    /// <summary>Puts an approved rulebook to work and lets the engine know.</summary>
    public async Task<RulebookDraft> ActiveAsync(RulebookFile file)
    {
        var active = await Desk.PutToWorkAsync(SmallRulebook.Anna, (await ApprovedAsync(file)).Id, "now");
        Assert.True(active.Succeeded, active.Refusal?.Message);
        await Outbox.StepAsync();
        return active.Value;
    }

    public async Task FollowAsync()
    {
        while (await Shadow.StepAsync() > 0)
        {
            // Batch by batch.
        }
    }

    /// <summary>Waits until a backtest has ended.</summary>
    public async Task<BacktestRun> DoneAsync(Guid id)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(Guid changed) => _ = Task.Run(async () =>
        {
            if ((await Backtests.FindAsync(id))!.State != BacktestState.Running) ended.TrySetResult();
        });
        Backtests.Changed += Look;
        Look(id);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Backtests.Changed -= Look;
        return (await Backtests.FindAsync(id))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Backtests.DisposeAsync();
        await Engine.DisposeAsync();
        await Database.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private int lines;

    private string NextLine() => (++lines).ToString("D8", System.Globalization.CultureInfo.InvariantCulture);
}
