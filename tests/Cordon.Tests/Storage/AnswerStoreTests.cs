using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Tests.Storage;

/// <summary>The answers kept for repeats, on every provider.</summary>
public sealed class AnswerStoreTests
{
    private const string Caller = "person:x";

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_key_runs_is_answered_and_after_a_day_is_new_again(Provider provider)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var answers = new AnswerStore(database.Store);
        Assert.Equal(RepeatFinding.New, await FindAsync());
        Assert.Equal(RepeatFinding.Running, await FindAsync());
        database.Time.Advance(TimeSpan.FromMinutes(1));
        var (finding, row) = (await answers.BeginAsync(Caller, "k", [1], cancel)).Value;
        Assert.Equal(RepeatFinding.New, finding);
        await answers.CompleteAsync(row, 200, "text/plain", "yes");
        Assert.Equal("yes", (await answers.BeginAsync(Caller, "k", [1], cancel)).Value.Row.Body);
        Assert.Equal(RepeatFinding.OtherRequest, (await answers.BeginAsync(Caller, "k", [2], cancel)).Value.Finding);
        database.Time.Advance(AnswerStore.Lasts);
        Assert.Equal(RepeatFinding.New, await FindAsync());
        database.Time.Advance(AnswerStore.Lasts + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await answers.PurgeAsync(cancel));
        Assert.Equal(0, await database.Store.ReadAsync(db => db.Set<StoredAnswer>().CountAsync(cancel)));

        async Task<RepeatFinding> FindAsync() => (await answers.BeginAsync(Caller, "k", [1], cancel)).Value.Finding;
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Of_eight_at_once_one_gets_the_key(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var answers = new AnswerStore(database.Store);
        using var start = new Barrier(8);
        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            return answers.BeginAsync(Caller, "k", [1]);
        }, TaskCreationOptions.LongRunning).Unwrap()));
        Assert.Single(found, f => f.Succeeded && f.Value.Finding == RepeatFinding.New);
        Assert.All(found.Where(f => !f.Succeeded), f => Assert.True(f.Refusal!.Retryable));
    }
}
