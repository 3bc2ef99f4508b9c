using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Controls;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Duties;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using static Cordon.Tests.Evaluations.ComputationTests;

namespace Cordon.Tests.Evaluations;

/// <summary>Four banks over a month: from a frozen formula to a league that is contested, corrected and published.</summary>
public sealed class EvaluationDeskTests
{
    private static readonly Actor Administrator = Person("anna", null, Roles.Administrator);
    private static readonly Actor Li = Person("li", null, Roles.Supervisor);
    private static readonly Actor Wang = Person("wang", null, Roles.Supervisor);
    private static readonly Actor Decider = Person("decider", null, Roles.AppealDecider);
    private static readonly Actor Regulator = Person("reg", "reg", Roles.Regulator);
    private static readonly Actor Auditor = Person("lu", null, Roles.Auditor);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_month_is_frozen_before_it_begins_counted_from_records_and_published_with_its_lineage(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        var id = await centre.FreezeAsync();
        await centre.TellAsync("bank-a", 400, 4);
        await centre.TellAsync("bank-b", 400, 160);
        await centre.TellAsync("bank-c", 12, 6);
        Assert.Null(await centre.Desk.ProvisionalAsync(Li, id, Cancel));

        centre.GoTo("2026-04-20T08:00:00Z");
        var provisional = (await centre.Desk.ProvisionalAsync(Clerk("bank-a"), id, Cancel))!;
        Assert.Equal(["bank-a"], provisional.Members.Select(m => m.Member.ToString()));
        Assert.Equal(0, await centre.Desk.CheckClocksAsync(Cancel));

        centre.GoTo("2026-05-07T16:00:00Z");
        Assert.Equal((1, 0), (await centre.Desk.CheckClocksAsync(Cancel), await centre.Desk.CheckClocksAsync(Cancel)));
        var computed = (await centre.Desk.FindAsync(Regulator, id, Cancel))!;
        Assert.Equal(
            [("bank-a", LeagueStanding.Ranked), ("bank-b", LeagueStanding.Ranked), ("bank-c", LeagueStanding.TooFew), ("bank-d", LeagueStanding.TooFew)],
            computed.Result!.Members.Select(m => (m.Member.ToString(), m.Standing)));
        var first = computed.Result.Members[0];
        Assert.Equal((new RankSpan(1, 1, 2), 75_000L - 250), (first.Rank!.Value, first.Score!.Value.Milli));
        var value = first.Values.Single(v => v.Measure == "accountIdentityVerified");
        Assert.Equal((400L, 4L, 4, "cn.atf.15.customer-due-diligence"), (value.Occasions, value.Faults, value.Records.Length, value.Duties.Single()));
        Assert.All(value.Records, r => Assert.StartsWith("signal:bank-a/", r, StringComparison.Ordinal));
        Assert.Equal((ShippedPack.Cn.Hash, computed.Result.Hash), (computed.Result.Pack, Computation.HashOf(computed.Result.Members)));
        Assert.Equal((400L, 0L), (first.Values.Single(v => v.Measure == "cleanAccounts").Occasions, first.Values.Single(v => v.Measure == "cleanAccounts").Faults));

        // Read from the journal by another desk, the same records give the same bytes.
        await using var again = centre.Anew();
        Assert.Equal("evaluation/not-supervisor", (await again.Desk.ReadAgainAsync(Regulator, id, Cancel)).Refusal!.Code);
        Assert.Single((await again.Desk.ReadAgainAsync(Li, id, Cancel)).Value.Versions);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_member_sees_itself_and_its_peers_by_name_only_once_they_are_published(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        var draft = (await centre.Desk.DraftAsync(Li, "cn.bank.month", null, new DateOnly(2026, 5, 1), null, Cancel)).Value.Id;
        Assert.Null(await centre.Desk.FindAsync(Clerk("bank-a"), draft, Cancel));
        Assert.Equal("evaluation/not-found", (await centre.Desk.ActAsync(Clerk("bank-a"), draft, new FreezeEvaluation(), Cancel)).Refusal!.Code);
        var id = await centre.FreezeAsync();
        Assert.Equal([id], (await centre.Desk.ListAsync(Clerk("bank-a"), new EvaluationFilter())).Select(e => e.Id));
        await centre.TellAsync("bank-a", 400, 4);
        await centre.TellAsync("bank-b", 400, 160);
        centre.GoTo("2026-05-08T08:00:00Z");
        await centre.Desk.CheckClocksAsync(Cancel);

        var own = (await centre.Desk.FindAsync(Clerk("bank-b"), id, Cancel))!;
        Assert.Equal(("bank-b", 3), (own.Result!.Members.Single().Member.ToString(), own.Hidden));
        Assert.NotEmpty(own.Result.Members[0].Values);
        Assert.Empty((await centre.Desk.FindAsync(Clerk("tel-a"), id, Cancel))!.Result!.Members);
        foreach (var all in (Actor[])[Li, Regulator, Auditor, Decider])
            Assert.Equal(4, (await centre.Desk.FindAsync(all, id, Cancel))!.Result!.Members.Length);

        Assert.True((await centre.Desk.ActAsync(Clerk("bank-b"), id, new ContestValue("accountIdentityVerified", "均已补核"), Cancel)).Succeeded);
        Assert.Empty((await centre.Desk.FindAsync(Clerk("bank-a"), id, Cancel))!.Contests);
        Assert.Equal("evaluation/party", (await centre.Desk.ActAsync(Person("own", "bank-a", Roles.Supervisor), id, new DecideContest(1, null, "x"), Cancel)).Refusal!.Code);
        Assert.True((await centre.Desk.ActAsync(Decider, id, new DecideContest(1, new Correction(400, 150, 0), "Ten were verified within the hour."), Cancel)).Succeeded);
        await centre.Desk.ActAsync(Li, id, new PublishEvaluation(), Cancel);
        await centre.Desk.ActAsync(Wang, id, new PublishEvaluation(), Cancel);

        var open = (await centre.Desk.FindAsync(Clerk("bank-a"), id, Cancel))!;
        Assert.Equal((EvaluationState.Published, 4, 0, 2, 1), (open.Evaluation.State, open.Result!.Members.Length, open.Hidden, open.Versions.Length, open.Contests.Length));
        Assert.All(open.Result.Members, m => Assert.Equal(m.Member.ToString() == "bank-a", m.Values.Length > 0));
        Assert.Equal([160L, 150L], (await centre.Desk.FindAsync(Clerk("bank-b"), id, Cancel))!.Versions.Select(v => v.Members.Single(m => m.Member.ToString() == "bank-b").Values.Single(x => x.Measure == "accountIdentityVerified").Faults));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_veto_in_the_period_and_a_region_that_is_another_s_are_found_in_the_records(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        var id = await centre.FreezeAsync("33");
        await centre.TellAsync("bank-a", 400, 0);
        await centre.TellAsync("bank-b", 400, 160);
        await centre.TellAsync("bank-d", 400, 0);
        centre.GoTo("2026-04-10T08:00:00Z");
        var step = (await centre.Ladder.RaiseAsync(Li, LadderSubject.Of(MemberCode.Parse("bank-a")), LadderTrigger.GraveEvent, centre.Now, "三百名受害人", Cancel)).Value;
        step = (await centre.Ladder.DecideAsync(Wang, step.Id, true, "The circular says why.", Cancel)).Value;
        Assert.Equal(StepState.Issued, step.State);
        centre.GoTo("2026-05-08T08:00:00Z");
        await centre.Desk.CheckClocksAsync(Cancel);
        var result = (await centre.Desk.FindAsync(Li, id, Cancel))!.Result!;
        // bank-d answers to another province; bank-c lies in a city of this one.
        Assert.Equal([("bank-b", LeagueStanding.Ranked), ("bank-a", LeagueStanding.Vetoed), ("bank-c", LeagueStanding.TooFew)], result.Members.OrderByDescending(m => m.SizeClass).ThenBy(m => m.Standing == LeagueStanding.TooFew).ThenByDescending(m => m.Standing == LeagueStanding.Ranked).Select(m => (m.Member.ToString(), m.Standing)));
        var vetoed = result.Members.Single(m => m.Standing == LeagueStanding.Vetoed);
        Assert.Equal((step.Number, 75_000L, null), (vetoed.Vetoes.Single(), vetoed.Score!.Value.Milli, vetoed.Rank));
        Assert.Equal(1, vetoed.Values.Single(v => v.Measure == "ladder.steps").Amount);
    }

    [Fact]
    public async Task One_sector_and_region_is_evaluated_once_in_a_period_and_what_is_unknown_is_refused_by_name()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        var id = await centre.FreezeAsync();
        async Task<string?> Drafted(string scheme, string? region, DateOnly from, Actor? actor = null, string? formula = null) =>
            (await centre.Desk.DraftAsync(actor ?? Li, scheme, region, from, formula, Cancel)).Refusal?.Code;
        Assert.Equal("evaluation/exists", await Drafted("cn.bank.month", null, new DateOnly(2026, 4, 1)));
        Assert.Equal("evaluation/unknown-scheme", await Drafted("cn.bank.year", null, new DateOnly(2026, 4, 1)));
        Assert.Equal("evaluation/unknown-region", await Drafted("cn.bank.month", "44", new DateOnly(2026, 4, 1)));
        Assert.Equal("evaluation/bad-period", await Drafted("cn.bank.month", null, new DateOnly(2026, 4, 2)));
        Assert.Equal("evaluation/period-begun", await Drafted("cn.bank.month", null, new DateOnly(2026, 3, 1)));
        Assert.Equal("evaluation/not-supervisor", await Drafted("cn.bank.month", "33", new DateOnly(2026, 4, 1), Clerk("bank-a")));
        Assert.Equal("evaluation/bad-formula", await Drafted("cn.bank.month", "33", new DateOnly(2026, 4, 1), formula: "kept"));
        Assert.Null(await Drafted("cn.bank.month", "33", new DateOnly(2026, 4, 1), formula: "10.0"));
        await centre.Desk.ActAsync(Wang, id, new WithdrawEvaluation("Another month."), Cancel);
        Assert.Null(await Drafted("cn.bank.month", null, new DateOnly(2026, 4, 1)));
        Assert.Equal("evaluation/none", (await new EvaluationDesk(centre.Database.Store, ShippedPack.Cn, new EvaluationsInForce(null), centre.Controls).DraftAsync(Li, "cn.bank.month", null, new DateOnly(2026, 9, 1), null, Cancel)).Refusal!.Code);
    }

    private static Actor Clerk(string member) => Person("clerk-" + member, member, Roles.MemberClerk);

    private static Actor Person(string name, string? member, params string[] roles) => new("person:" + name, member is null ? null : MemberCode.Parse(member), roles.ToImmutableHashSet());

    private sealed class Centre : IAsyncDisposable
    {
        private readonly DirectoryInfo? folder;
        private readonly JournaledEngine engine;
        private int told;

        private Centre(CaseworkDatabase database, JournaledEngine engine, DirectoryInfo? folder)
        {
            (Database, this.engine, this.folder) = (database, engine, folder);
            var plan = ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn);
            Controls = new ControlDesk(plan, engine, database.Store, ShippedOrders.Desk(database.Store), new LeadDesk(database.Store, LeadPlan.None(ShippedPack.Cn)), database.Time);
            var ladder = new LadderInForce(LadderPack.Load(ShippedPack.PathOf("packs", "cn", "ladder.yaml")), plan);
            Ladder = new LadderDesk(database.Store, ladder);
            Desk = new EvaluationDesk(database.Store, ShippedPack.Cn, new EvaluationsInForce(EvaluationPack.Load(ShippedPack.PathOf("packs", "cn", "evaluation.yaml"), ShippedPack.Cn)), Controls);
        }

        public CaseworkDatabase Database { get; }

        public ControlDesk Controls { get; }

        public LadderDesk Ladder { get; }

        public EvaluationDesk Desk { get; }

        public Instant Now => Database.Store.Now;

        public static async Task<Centre> OpenAsync(Provider provider)
        {
            var database = await CaseworkDatabase.CreateAsync(provider);
            var folder = Directory.CreateTempSubdirectory("cordon-evaluation-");
            var engine = JournaledEngine.Open(folder.FullName, JournalOptions.Default, null, out _);
            var regions = new RegionRegister(database.Store);
            foreach (var facts in (RegionFacts[])[new("33", RegionLevel.Province, null, "省", "Province"), new("3301", RegionLevel.City, "33", "市", "City"), new("32", RegionLevel.Province, null, "邻省", "Next")])
                Assert.True((await regions.TellAsync(Administrator, facts, Cancel)).Succeeded);
            var members = new MemberRegister(database.Store);
            foreach (var (code, sector, region) in new[] { ("bank-a", Sector.Bank, "33"), ("bank-b", Sector.Bank, "33"), ("bank-c", Sector.Bank, "3301"), ("bank-d", Sector.Bank, "32"), ("tel-a", Sector.TelecomOperator, "33"), ("reg", Sector.Regulator, "33") })
                Assert.True((await members.EnrolAsync(Administrator, new MemberFacts(MemberCode.Parse(code), code, code, sector, region, true, []), Cancel)).Succeeded);
            return new Centre(database, engine, folder);
        }

        /// <summary>The same records, counted by nobody yet.</summary>
        public Centre Anew() => new(Database, engine, null);

        public async Task<Guid> FreezeAsync(string? region = null)
        {
            // Names alone are told here; the rest of the shipped formula has no occasions.
            var drafted = await Desk.DraftAsync(Li, "cn.bank.month", region, new DateOnly(2026, 4, 1), "25.0 * accountIdentityVerified.kept + 50.0 * (returnInTime.told ? returnInTime.kept : 1.0)", Cancel);
            Assert.True((await Desk.ActAsync(Wang, drafted.Value.Id, new FreezeEvaluation(), Cancel)).Succeeded);
            return drafted.Value.Id;
        }

        /// <summary>A bank opens accounts in April, the first of them unchecked.</summary>
        public async Task TellAsync(string bank, int accounts, int unnamed)
        {
            var at = At("2026-04-03T02:00:00Z");
            var member = MemberCode.Parse(bank);
            var signals = Enumerable.Range(0, accounts).Select(n => new SignalAccepted(new AccountOpening(
                new SignalId($"o{++told}"), member, at + TimeSpan.FromMinutes(n), AccountNumber.Parse($"{bank}:62{told:D6}"), AccountKind.Merchant,
                n < unnamed ? IdentityCheck.NotVerified : IdentityCheck.Verified, null, null, null, null)));
            foreach (var batch in signals.Chunk(JournalOptions.Default.BatchRecords)) await engine.SubmitAsync([.. batch], Cancel);
        }

        public void GoTo(string at) => Database.Time.SetUtcNow(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));

        public async ValueTask DisposeAsync()
        {
            Controls.Dispose();
            if (folder is null) return;
            await engine.DisposeAsync();
            folder.Delete(recursive: true);
            await Database.DisposeAsync();
        }
    }
}
