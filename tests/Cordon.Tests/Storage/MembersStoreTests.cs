using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cordon.Tests.Storage;

/// <summary>People, keys and the set-up link, on every provider.</summary>
public sealed class MembersStoreTests
{
    private const string Password = "a long enough password";
    private static readonly Actor Office = Actor.System("test");
    private static readonly MemberCode Bank = MemberCode.Parse("bank-a");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_change_of_roles_its_event_and_the_new_stamp_commit_together(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var people = People(database);
        var id = (await people.AddAsync(Office, Facts("anna", Roles.Administrator), Cancel)).Value;
        await people.AddAsync(Office, Facts("root", Roles.Administrator), Cancel);
        var before = await StampAsync(database, id);
        Assert.True((await people.SetRolesAsync(Office, id, [Roles.Auditor, Roles.Supervisor], Cancel)).Succeeded);
        Assert.NotEqual(before, await StampAsync(database, id));
        Assert.Equal([Roles.Auditor, Roles.Supervisor], (await people.ListAsync()).Single(p => p.Id == id).Roles);
        Assert.Equal(2, await database.Store.ReadAsync(db => db.UserRoles.CountAsync(r => r.UserId == id, Cancel)));
        var events = await database.Store.ReadAsync(db => db.Set<EventRow>().Where(e => e.Stream == $"person/{id}").OrderBy(e => e.Version).ToListAsync(Cancel));
        Assert.Equal(["person.added", "person.roles-set"], events.Select(e => e.Name));
        Assert.DoesNotContain("anna", events[0].Body, StringComparison.Ordinal);
        Assert.Contains("anna", events[0].Personal, StringComparison.Ordinal);
        Assert.Equal("person/name-taken", (await people.AddAsync(Office, Facts("ANNA", Roles.Auditor), Cancel)).Refusal?.Code);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_key_is_proved_by_its_token_until_it_is_revoked(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var keys = new ApiKeyRegister(database.Store);
        Assert.Equal("member/not-found", (await keys.CreateAsync(Office, Bank, "core", [KeyScopes.OrdersRead], Cancel)).Refusal?.Code);
        await new MemberRegister(database.Store).EnrolAsync(Office, new MemberFacts(Bank, "甲", "A", Sector.Bank, "33", true, []), Cancel);
        Assert.Equal("key/bad-scope", (await keys.CreateAsync(Office, Bank, "core", ["all"], Cancel)).Refusal?.Code);
        var made = (await keys.CreateAsync(Office, Bank, "core", [KeyScopes.OrdersRead, KeyScopes.AuditRead], Cancel)).Value;
        var proved = await keys.ProveAsync(made.Token);
        Assert.Equal((made.Key.Id, Bank), (proved!.Id, proved.Member));
        Assert.Equal([KeyScopes.AuditRead, KeyScopes.OrdersRead], proved.Scopes);
        Assert.NotNull((await keys.ListAsync(Bank)).Single().LastUsedAt);
        Assert.True((await keys.RevokeAsync(Office, Bank, made.Key.Id, Cancel)).Succeeded);
        Assert.True((await keys.RevokeAsync(Office, Bank, made.Key.Id, Cancel)).Succeeded);
        Assert.Null(await keys.ProveAsync(made.Token));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Of_two_who_use_the_set_up_link_at_once_one_succeeds(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var people = People(database);
        var links = new SetupLinks(database.Store, people);
        var token = await links.NewAsync(Cancel);
        using var start = new Barrier(2);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            return links.RedeemAsync(token!, $"root{i}", "Root", Password);
        }, TaskCreationOptions.LongRunning).Unwrap()));
        Assert.Single(outcomes, o => o.Succeeded);
        Assert.Single(await people.ListAsync());
    }

    private static PeopleRegister People(CaseworkDatabase database) => new(database.Store, Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));

    private static PersonFacts Facts(string user, params string[] roles) => new(user, $"Name of {user}", null, roles, Password);

    private static Task<string?> StampAsync(CaseworkDatabase database, Guid id) =>
        database.Store.ReadAsync(db => db.Users.Where(u => u.Id == id).Select(u => u.SecurityStamp).SingleAsync(Cancel));
}
