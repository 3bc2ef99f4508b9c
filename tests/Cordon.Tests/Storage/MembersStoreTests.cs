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
        await new RegionRegister(database.Store).TellAsync(Office, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), Cancel);
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

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Regions_form_a_tree_and_a_member_answers_to_one_of_them(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var (regions, members) = (new RegionRegister(database.Store), new MemberRegister(database.Store));
        var facts = new MemberFacts(Bank, "甲", "A", Sector.Bank, "330102", true, []);
        Assert.Equal("member/no-region", (await members.EnrolAsync(Office, facts, Cancel)).Refusal?.Code);
        Assert.Equal("region/bad-parent", await TellAsync("330102", RegionLevel.County, "3301"));
        Assert.Null(await TellAsync("33", RegionLevel.Province, null));
        Assert.Equal("region/bad-parent", await TellAsync("330102", RegionLevel.County, "33"));
        Assert.Equal("region/bad-parent", await TellAsync("34", RegionLevel.Province, "33"));
        Assert.Null(await TellAsync("3301", RegionLevel.City, "33"));
        Assert.Null(await TellAsync("330102", RegionLevel.County, "3301"));
        Assert.Null(await TellAsync("330102", RegionLevel.County, "3301"));
        Assert.Equal("region/other-level", await TellAsync("3301", RegionLevel.Province, null));
        Assert.Equal("region/bad-code", await TellAsync("33 01", RegionLevel.City, "33"));
        Assert.True((await members.EnrolAsync(Office, facts, Cancel)).Succeeded);
        Assert.Equal([("33", null), ("3301", "33"), ("330102", "3301")], (await regions.ListAsync()).Select(r => (r.Code, r.Parent)));
        Assert.Equal(3, await database.Store.ReadAsync(db => db.Set<EventRow>().CountAsync(e => e.Name == "region.told", Cancel)));

        async Task<string?> TellAsync(string code, RegionLevel level, string? parent) =>
            (await regions.TellAsync(Office, new RegionFacts(code, level, parent, "区", "Region"), Cancel)).Refusal?.Code;
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Officers_are_named_anew_and_their_names_stand_outside_the_leaf(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        await new RegionRegister(database.Store).TellAsync(Office, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), Cancel);
        var members = new MemberRegister(database.Store);
        Officer[] first = [new(OfficerRank.Direct, "孙七", "Sun Qi"), new(OfficerRank.Principal, "赵一", "Zhao Yi"), new(OfficerRank.InCharge, "钱二", "Qian Er")];
        Assert.Equal("member/not-found", (await members.NameOfficersAsync(Office, Bank, first, Cancel)).Refusal?.Code);
        await members.EnrolAsync(Office, new MemberFacts(Bank, "甲", "A", Sector.Bank, "33", true, []), Cancel);
        Assert.Equal("member/bad-officers", (await members.NameOfficersAsync(Office, Bank, first[..1], Cancel)).Refusal?.Code);
        Assert.Equal("member/bad-officers", (await members.NameOfficersAsync(Office, Bank, [.. first, first[0]], Cancel)).Refusal?.Code);
        Assert.Equal("member/bad-officer-name", (await members.NameOfficersAsync(Office, Bank, [first[1] with { NameEn = " " }], Cancel)).Refusal?.Code);
        Officer[] second = [first[1] with { NameEn = "Zhao Yi (acting)" }, first[2], new(OfficerRank.Direct, "周八", "Zhou Ba"), new(OfficerRank.Direct, "吴九", "Wu Jiu")];
        foreach (var named in new[] { first, first, second })
            Assert.True((await members.NameOfficersAsync(Office, Bank, named, Cancel)).Succeeded);
        var clerk = new Actor("person:clerk", Bank, new HashSet<string> { Roles.MemberClerk });
        Assert.Equal([second[0], second[1], second[3], second[2]], await members.OfficersAsync(clerk, Bank));
        Assert.Null(await members.OfficersAsync(clerk with { Member = MemberCode.Parse("bank-b") }, Bank));
        Assert.Null(await members.OfficersAsync(new Actor("person:a", null, new HashSet<string> { Roles.Auditor }), Bank));
        var events = await database.Store.ReadAsync(db => db.Set<EventRow>().Where(e => e.Name == "member.officers-named").OrderBy(e => e.Version).ToListAsync(Cancel));
        Assert.Equal(2, events.Count);
        Assert.All(events, e => Assert.DoesNotContain("Zhao", e.Body, StringComparison.Ordinal));
        Assert.Contains("acting", events[1].Personal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task What_happens_at_the_door_is_an_event_and_the_address_stands_outside_the_leaf(Provider provider)
    {
        await using var database = await CaseworkDatabase.CreateAsync(provider);
        var log = new SignInLog(database.Store);
        var id = (await People(database).AddAsync(Office, Facts("anna", Roles.Auditor), Cancel)).Value;
        Assert.True((await log.FailedAsync(id, SignInStep.Password, "192.0.2.7", null, Cancel)).Succeeded);
        Assert.True((await log.FailedAsync(id, SignInStep.Code, "192.0.2.7", database.Store.Now + TimeSpan.FromMinutes(15), Cancel)).Succeeded);
        Assert.True((await log.SignedInAsync(id, SignInStep.Code, null, Cancel)).Succeeded);
        Assert.True((await log.SecondStepAsync(id, on: false, Cancel)).Succeeded);
        Assert.True((await log.SignedOutAsync(id, Cancel)).Succeeded);
        Assert.Equal("person/not-found", (await log.SignedOutAsync(Guid.Empty, Cancel)).Refusal?.Code);
        var events = await database.Store.ReadAsync(db => db.Set<EventRow>().Where(e => e.Stream == $"person/{id}").OrderBy(e => e.Version).ToListAsync(Cancel));
        Assert.Equal(["person.added", "person.sign-in-failed", "person.sign-in-failed", "person.locked-out", "person.signed-in", "person.second-step-set", "person.signed-out"], events.Select(e => e.Name));
        Assert.Equal(["system:test", "system:sign-in", "system:sign-in", "system:sign-in", $"person:{id}", $"person:{id}", $"person:{id}"], events.Select(e => e.Actor));
        Assert.All(events, e => Assert.DoesNotContain("192.0.2.7", e.Body, StringComparison.Ordinal));
        Assert.Contains("192.0.2.7", events[1].Personal, StringComparison.Ordinal);
    }

    private static PeopleRegister People(CaseworkDatabase database) => new(database.Store, Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));

    private static PersonFacts Facts(string user, params string[] roles) => new(user, $"Name of {user}", null, roles, Password);

    private static Task<string?> StampAsync(CaseworkDatabase database, Guid id) =>
        database.Store.ReadAsync(db => db.Users.Where(u => u.Id == id).Select(u => u.SecurityStamp).SingleAsync(Cancel));
}
