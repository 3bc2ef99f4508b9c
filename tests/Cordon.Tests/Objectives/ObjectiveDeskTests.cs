using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Controls;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Objectives;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Duties;
using Cordon.Tests.Evaluations;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;

namespace Cordon.Tests.Objectives;

/// <summary>A plan from draft to the agenda of the conference: pressure goes down, difficulties go up.</summary>
public sealed class ObjectiveDeskTests
{
    private const string Names = "names-banks/33/bank-a";
    private static readonly Actor Administrator = Person("anna", null, Roles.Administrator);
    private static readonly Actor Li = Person("li", null, Roles.Supervisor);
    private static readonly Actor Wang = Person("wang", null, Roles.Supervisor);
    private static readonly Actor Clerk = Person("clerk", "bank-a", Roles.MemberClerk);
    private static readonly Actor Other = Person("other", "bank-d", Roles.MemberClerk);
    private static readonly Actor Government = Person("gov", "gov-33", Roles.MemberClerk);
    private static readonly Actor Regulator = Person("reg", "reg", Roles.Regulator);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Delay_climbs_day_by_day_to_the_agenda_and_ends_when_the_records_show_it_done(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await centre.TellAsync("bank-a", 200, 40, "2026-03-03T02:00:00Z");
        await centre.TellAsync("bank-d", 200, 0, "2026-03-03T02:00:00Z");
        var id = await centre.AdoptAsync();
        foreach (var (day, step) in ((string, DelayStep?)[])[("2026-06-10", null), ("2026-06-17", DelayStep.Reminder), ("2026-07-01", DelayStep.Urge), ("2026-07-05", DelayStep.Urge), ("2026-07-08", DelayStep.Escalation), ("2026-07-15", DelayStep.Agenda), ("2026-09-01", DelayStep.Agenda)])
        {
            centre.GoTo(day + "T08:00:00Z");
            await centre.Desk.CheckClocksAsync(Cancel);
            Assert.Equal(step, (await centre.LineAsync(Clerk, id, Names)).Delay?.Step);
        }
        // What others own that keep it is not late, and who owns nothing late is told nothing.
        Assert.Null((await centre.LineAsync(Li, id, "names-banks/32/bank-d")).Delay);
        Assert.Equal(0, await centre.Desk.CheckClocksAsync(Cancel));
        var agenda = await centre.Desk.AgendaAsync(Cancel);
        Assert.Equal(["names-banks", "names-banks/33", Names], agenda.Objectives.Select(o => o.Objective.Id));
        Assert.Empty(agenda.Difficulties);
        Assert.Equal(25, (await centre.LineAsync(Clerk, id, Names)).Progress!.Done);

        await centre.TellAsync("bank-a", 9_000, 0, "2026-08-20T02:00:00Z");
        centre.GoTo("2026-09-02T08:00:00Z");
        Assert.Equal(1, await centre.Desk.CheckClocksAsync(Cancel));
        Assert.Empty((await centre.Desk.AgendaAsync(Cancel)).Objectives);
        Assert.Equal((1000, true), ((await centre.LineAsync(Clerk, id, Names)).Progress!.Done, (await centre.LineAsync(Clerk, id, Names)).Progress!.Met));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_difficulty_is_answered_by_the_level_above_or_silence_carries_it_up_to_the_agenda(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        var id = await centre.AdoptAsync();
        Assert.Equal("objectives/not-owner", await centre.RefusedAsync(Other, id, new RaiseDifficulty(Names, "x")));
        Assert.Equal("objectives/unknown-objective", await centre.RefusedAsync(Clerk, id, new RaiseDifficulty("names", "x")));
        Assert.Equal("objectives/no-text", await centre.RefusedAsync(Clerk, id, new RaiseDifficulty(Names, " ")));
        Assert.Null(await centre.RefusedAsync(Clerk, id, new RaiseDifficulty(Names, "公安人口库接口每日限额不足")));
        Assert.Null(await centre.RefusedAsync(Clerk, id, new RaiseDifficulty(Names, "异地开户无法核验")));
        Assert.Equal("objectives/not-level", await centre.RefusedAsync(Clerk, id, new AnswerDifficulty(1, "x")));
        Assert.Equal("objectives/not-level", await centre.RefusedAsync(Other, id, new AnswerDifficulty(1, "x")));
        Assert.Equal("objectives/no-difficulty", await centre.RefusedAsync(Government, id, new AnswerDifficulty(3, "x")));
        Assert.Equal([1, 2], (await centre.Desk.FindAsync(Government, id, Cancel))!.Answerable.Order());
        Assert.Null(await centre.RefusedAsync(Government, id, new AnswerDifficulty(1, "The limit is raised from Monday.")));
        Assert.Equal("objectives/no-difficulty", await centre.RefusedAsync(Government, id, new AnswerDifficulty(1, "again")));
        Assert.Empty((await centre.Desk.FindAsync(Other, id, Cancel))!.Difficulties);

        // Province, centre, conference: a week each. The centre owns all that is above, and waits for itself only once.
        foreach (var (day, level) in ((string, string?)[])[("2026-03-08", "names-banks/33"), ("2026-03-10", "names-banks"), ("2026-03-18", null), ("2026-04-03", null)])
        {
            centre.GoTo(day + "T08:00:00Z");
            await centre.Desk.CheckClocksAsync(Cancel);
            Assert.Equal(level, (await centre.Desk.FindAsync(Clerk, id, Cancel))!.Difficulties.Single(d => d.IsOpen).Level);
        }
        var agenda = await centre.Desk.AgendaAsync(Cancel);
        Assert.Equal((2, 2, Names), (agenda.Difficulties.Single().Difficulty.Number, agenda.Difficulties.Single().Difficulty.Climbed, agenda.Difficulties.Single().Objective.Id));
        Assert.Null(await centre.RefusedAsync(Wang, id, new AnswerDifficulty(2, "The conference opens the interface to all.")));
        Assert.Empty((await centre.Desk.AgendaAsync(Cancel)).Difficulties);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Two_adopt_a_plan_that_leaves_no_duty_without_an_owner_and_each_sees_its_own_part(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        Assert.Equal("objectives/not-supervisor", (await centre.Desk.DraftAsync(Clerk, centre.Text, Cancel)).Refusal!.Code);
        var bad = (await centre.Desk.DraftAsync(Li, centre.Text.Replace("weight: 350", "weight: 351", StringComparison.Ordinal), Cancel)).Refusal!;
        Assert.Equal("objectives/bad-plan", bad.Code);
        Assert.Contains("1001 together", bad.Message, StringComparison.Ordinal);

        var orphan = (await centre.Desk.DraftAsync(Li, centre.Text.Replace("duties: [cn.atf.20.stop-payment]", "", StringComparison.Ordinal), Cancel)).Value;
        Assert.Equal(["cn.atf.20.stop-payment"], (await centre.Desk.FindAsync(Li, orphan.Id, Cancel))!.Orphans);
        Assert.Contains("cn.atf.20.stop-payment", (await centre.Desk.AdoptAsync(Wang, orphan.Id, Cancel)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Null(await centre.Desk.FindAsync(Clerk, orphan.Id, Cancel));

        var id = await centre.AdoptAsync();
        Assert.Equal("objectives/exists", (await centre.Desk.AdoptAsync(Wang, orphan.Id, Cancel)).Refusal!.Code);
        var all = (await centre.Desk.FindAsync(Regulator, id, Cancel))!;
        Assert.All(all.Lines, l => Assert.NotNull(l.Progress));
        var own = (await centre.Desk.FindAsync(Clerk, id, Cancel))!;
        Assert.All(own.Lines.Where(l => l.Progress is not null), l => Assert.Equal("bank-a", l.Objective.Owner.Member?.ToString()));
        Assert.Contains(own.Lines, l => l is { Progress: null, Objective.Id: "contain" });
        Assert.DoesNotContain(own.Lines, l => l.Objective.Owner.Member?.ToString() == "bank-d");
        var region = (await centre.Desk.FindAsync(Government, id, Cancel))!;
        Assert.Contains(region.Lines, l => l.Objective.Id == Names && l.Progress is not null);
        Assert.DoesNotContain(region.Lines, l => l.Objective.Id == "names-banks/32/bank-d");
        Assert.Single(await centre.Desk.ListAsync(Clerk));
        Assert.Equal("objectives/not-measured", await centre.RefusedAsync(Li, id, new TickPlan(ImmutableSortedDictionary<string, Progress>.Empty)));
        Assert.Equal("objectives/no-reason", await centre.RefusedAsync(Li, id, new EndPlan("")));
        Assert.Null(await centre.RefusedAsync(Li, id, new EndPlan("A new plan follows.")));
        Assert.Equal("objectives/wrong-state", await centre.RefusedAsync(Clerk, id, new RaiseDifficulty(Names, "x")));
    }

    [Fact]
    public async Task A_plan_of_next_year_neither_climbs_yet_nor_takes_the_place_of_this_years()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TellAsync("bank-a", 200, 40, "2026-03-03T02:00:00Z");
        var id = await centre.AdoptAsync();
        var next = (await centre.Desk.DraftAsync(Li, centre.Desk.ShippedFor(2027)!, Cancel)).Value;
        Assert.True((await centre.Desk.AdoptAsync(Wang, next.Id, Cancel)).Succeeded);
        centre.GoTo("2026-07-02T08:00:00Z");
        Assert.Equal(1, await centre.Desk.CheckClocksAsync(Cancel));
        Assert.Equal([next.Id, id], (await centre.Desk.ListAsync(Li)).Select(p => p.Id));
        Assert.Equal(id, (await centre.Desk.ListAsync(Li, 1, next.Number)).Single().Id);
        Assert.Equal((0, true), ((await centre.Desk.ListAsync(Li))[0].Delays.Length, (await centre.Desk.ListAsync(Li))[1].Delays.Length > 0));
    }

    private static Actor Person(string name, string? member, params string[] roles) => new("person:" + name, member is null ? null : MemberCode.Parse(member), roles.ToImmutableHashSet());

    private sealed class Centre : IAsyncDisposable
    {
        private readonly CaseworkDatabase database;
        private readonly JournaledEngine engine;
        private readonly ControlDesk controls;
        private readonly DirectoryInfo folder;
        private int told;

        private Centre(CaseworkDatabase database, JournaledEngine engine, DirectoryInfo folder)
        {
            (this.database, this.engine, this.folder) = (database, engine, folder);
            controls = new ControlDesk(ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn), engine, database.Store, ShippedOrders.Desk(database.Store), new LeadDesk(database.Store, LeadPlan.None(ShippedPack.Cn)), database.Time);
            Desk = new ObjectiveDesk(database.Store, ShippedPack.Cn, new ObjectivesShipped(ObjectiveTreeTests.Shipped), new EvaluationDesk(database.Store, ShippedPack.Cn, new EvaluationsInForce(null), controls));
        }

        public ObjectiveDesk Desk { get; }

        public string Text => Desk.ShippedFor(2026)!;

        public static async Task<Centre> OpenAsync(Provider provider)
        {
            var database = await CaseworkDatabase.CreateAsync(provider);
            var folder = Directory.CreateTempSubdirectory("cordon-objectives-");
            var engine = JournaledEngine.Open(folder.FullName, JournalOptions.Default, null, out _);
            foreach (var code in (string[])["33", "32"])
                await new RegionRegister(database.Store).TellAsync(Administrator, new RegionFacts(code, RegionLevel.Province, null, "省", "Province"), Cancel);
            foreach (var (code, sector, region) in new[] { ("bank-a", Sector.Bank, "33"), ("bank-d", Sector.Bank, "32"), ("gov-33", Sector.Government, "33"), ("reg", Sector.Regulator, "33") })
                Assert.True((await new MemberRegister(database.Store).EnrolAsync(Administrator, new MemberFacts(MemberCode.Parse(code), code, code, sector, region, true, []), Cancel)).Succeeded);
            return new Centre(database, engine, folder);
        }

        public async Task<Guid> AdoptAsync()
        {
            var drafted = (await Desk.DraftAsync(Li, Text, Cancel)).Value;
            Assert.Equal("objectives/same-person", (await Desk.AdoptAsync(Li, drafted.Id, Cancel)).Refusal!.Code);
            var adopted = await Desk.AdoptAsync(Wang, drafted.Id, Cancel);
            Assert.True(adopted.Succeeded, adopted.Refusal?.Message);
            return drafted.Id;
        }

        public async Task<ObjectiveLine> LineAsync(Actor actor, Guid id, string objective) => (await Desk.FindAsync(actor, id, Cancel))!.Lines.Single(l => l.Objective.Id == objective);

        public async Task<string?> RefusedAsync(Actor actor, Guid id, PlanCommand command) => (await Desk.ActAsync(actor, id, command, Cancel)).Refusal?.Code;

        public async Task TellAsync(string bank, int accounts, int unnamed, string from)
        {
            var at = ComputationTests.At(from);
            var signals = Enumerable.Range(0, accounts).Select(n => new SignalAccepted(new AccountOpening(
                new SignalId($"o{++told}"), MemberCode.Parse(bank), at + TimeSpan.FromMinutes(n), AccountNumber.Parse($"{bank}:62{told:D6}"), AccountKind.Merchant,
                n < unnamed ? IdentityCheck.NotVerified : IdentityCheck.Verified, null, null, null, null)));
            foreach (var batch in signals.Chunk(JournalOptions.Default.BatchRecords)) await engine.SubmitAsync([.. batch], Cancel);
        }

        public void GoTo(string at) => database.Time.SetUtcNow(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));

        public async ValueTask DisposeAsync()
        {
            controls.Dispose();
            await engine.DisposeAsync();
            folder.Delete(recursive: true);
            await database.DisposeAsync();
        }
    }
}
