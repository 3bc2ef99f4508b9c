using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Registers;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Storage;

/// <summary>The situation, on every provider.</summary>
public sealed class SituationStoreTests
{
    private static readonly Actor Office = Actor.System("test");

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Money_of_several_currencies_is_never_added_up(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        Assert.Empty((await new Situation(database.Store).NowAsync()).Losses);
        await OpenAsync(database, "USD", 7);
        await OpenAsync(database, "CNY", 100);
        await OpenAsync(database, "CNY", 50);
        var losses = (await new Situation(database.Store).NowAsync()).Losses;
        Assert.Equal([("CNY", 2, 150L), ("USD", 1, 7L)], losses.Select(l => (l.Currency.Code, l.Cases, l.Places.Reported)));
        Assert.All(losses, l => Assert.Equal(l.Places.Reported, l.Places.Sum));
    }

    private static async Task OpenAsync(CaseworkDatabase database, string currency, long lost)
    {
        var places = LossPlaces.Empty with { Reported = lost, CashedOut = lost };
        var opened = await database.Store.ChangeAsync<bool>(Office, async change =>
        {
            var made = new Case();
            var number = await change.NextNumberAsync("case");
            change.Begin(made, new CaseOpened(change.Now, change.NewId(), $"C-{number}", "unknown", Currency.Parse(currency)));
            change.Record(made, new MoneyFollowed(change.Now, new LossStatement(places, places, true, false)));
            return true;
        }, TestContext.Current.CancellationToken);
        Assert.True(opened.Succeeded);
    }
}
