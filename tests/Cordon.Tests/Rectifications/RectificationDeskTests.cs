using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Controls;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Cordon.Tests.Rectifications.Mending;

namespace Cordon.Tests.Rectifications;

/// <summary>Findings and controls of two banks, what they have to mend, and what follows where they do not.</summary>
public sealed class RectificationDeskTests
{
    private const string DueDiligence = "cn.atf.15.customer-due-diligence";
    private const string AccountLimit = "cn.atf.16.account-limit";
    private static readonly Actor Administrator = new("person:anna", null, new HashSet<string> { Roles.Administrator });
    private static readonly Actor Regulator = new("person:reg", MemberCode.Parse("reg"), new HashSet<string> { Roles.Regulator });
    private static readonly Actor Government = new("person:gov", MemberCode.Parse("gov-33"), new HashSet<string> { Roles.MemberClerk, Roles.Supervisor });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Findings_of_one_cause_open_one_rectification_in_the_change_that_makes_them(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await centre.FindAsync((DueDiligence, "b7"), (AccountLimit, "b7"), (DueDiligence, "b8"), (DueDiligence, null), (AccountLimit, null));
        await centre.FindAsync((AccountLimit, "b7"));
        var all = (await centre.Desk.ListAsync(Li, new RectificationFilter())).OrderBy(r => r.Number, StringComparer.Ordinal).ToList();
        Assert.Equal(
            ["bank-a|b7|link:account", "bank-a|b8|link:account", $"bank-a||duty:{DueDiligence}", $"bank-a||duty:{AccountLimit}"],
            all.Select(r => r.CauseKey));
        Assert.Equal([DueDiligence, AccountLimit], all[0].Basis);
        Assert.Equal((3, "M-2026-000001"), (all[0].Findings.Length, all[0].Number));
        Assert.Equal((At("2026-04-01T16:00:00Z"), ShippedPack.Cn.Hash, "system:findings"), (all[0].Due, all[0].Pack, all[0].OpenedBy));

        Assert.Equal(4, (await centre.Desk.ListAsync(Clerk, new RectificationFilter())).Count);
        Assert.Equal(4, (await centre.Desk.ListAsync(Regulator, new RectificationFilter())).Count);
        Assert.Empty(await centre.Desk.ListAsync(Stranger, new RectificationFilter()));
        Assert.Null(await centre.Desk.FindAsync(Stranger, all[0].Id, Cancel));
        Assert.Equal("rectification/not-found", (await centre.Desk.ActAsync(Stranger, all[0].Id, Planned(20), Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task Without_a_ladder_nothing_is_opened()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite, new LadderInForce(null));
        await centre.FindAsync((DueDiligence, "b7"));
        Assert.Empty(await centre.Desk.ListAsync(Li, new RectificationFilter()));
        Assert.Equal(0, await centre.Ladder.CheckClocksAsync(Cancel));
        Assert.Equal("ladder/none", (await centre.Ladder.RaiseAsync(Li, LadderSubject.Of(BankA), LadderTrigger.GraveEvent, Start, "x", Cancel)).Refusal!.Code);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_burnt_control_opens_refutes_and_shows_a_relapse_and_a_kept_one_mends(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await centre.Desk.TakeAsync([Of(-28, 0, ControlVerdict.Burnt), Of(-28, 0, ControlVerdict.Kept, unit: "b8"), Of(-28, 0, ControlVerdict.TooFew, unit: "b9")], Cancel);
        var id = Assert.Single(await centre.Desk.ListAsync(Li, new RectificationFilter())).Id;
        await centre.ActAsync(id, Planned(20), Clerk, 2);
        await centre.ActAsync(id, Done, Clerk, 10);
        Assert.Equal([id], (await centre.Desk.ToRecheckAsync(Cancel)).Select(r => r.Id));
        centre.GoTo(20);
        await centre.Desk.TakeAsync([Of(-8, 20, ControlVerdict.Burnt)], Cancel);
        Assert.Equal(RectificationState.ClaimedDone, (await centre.FindAsync(id)).State);
        await centre.Desk.TakeAsync([Of(11, 20, ControlVerdict.Burnt)], Cancel);
        Assert.Equal(RectificationState.Refuted, (await centre.FindAsync(id)).State);
        Assert.Equal(Rung.Criticism, Assert.Single(await centre.Ladder.ListAsync(Clerk, new LadderFilter())).Rung);

        await centre.ActAsync(id, Planned(30), Clerk, 21);
        await centre.ActAsync(id, Done, Clerk, 22);
        centre.GoTo(50);
        Assert.Equal(RectificationState.Mended, (await centre.Desk.RecheckAsync(id, new Recheck([Of(22, 50, ControlVerdict.Kept)]), Cancel)).Value.State);
        centre.GoTo(90);
        await centre.Desk.TakeAsync([Of(60, 90, ControlVerdict.Burnt)], Cancel);
        var relapsed = await centre.FindAsync(id);
        Assert.Equal((RectificationState.Relapsed, 1, 1), (relapsed.State, relapsed.RefutedCount, relapsed.RelapsedCount));
        var file = (await centre.Desk.FindAsync(Clerk, id, Cancel))!;
        Assert.Single(file.Steps);
        Assert.Equal([Rung.Interview, Rung.Criticism], (await centre.Desk.FindAsync(Li, id, Cancel))!.Steps.Select(s => s.Rung));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Who_lets_dates_pass_climbs_by_the_clock_from_criticism_to_the_veto_and_is_barred(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await centre.FindAsync((DueDiligence, "b7"));
        var id = (await centre.Desk.ListAsync(Li, new RectificationFilter()))[0].Id;
        centre.GoTo(29);
        Assert.Equal(0, await centre.Desk.CheckClocksAsync(Cancel));
        centre.GoTo(31);
        Assert.Equal((1, 0), (await centre.Desk.CheckClocksAsync(Cancel), await centre.Desk.CheckClocksAsync(Cancel)));
        var criticism = Assert.Single(await centre.Ladder.ListAsync(Clerk, new LadderFilter()));
        Assert.Equal((Rung.Criticism, StepState.Issued, "N-2026-000001", 3), (criticism.Rung, criticism.State, criticism.Number, criticism.Officers.Length));
        Assert.Single(await centre.Desk.ListAsync(Li, new RectificationFilter { Overdue = true }));

        centre.GoTo(46);
        await centre.Desk.CheckClocksAsync(Cancel);
        var interview = await centre.WaitingAsync(Rung.Interview);
        Assert.Single(await centre.Ladder.ListAsync(Clerk, new LadderFilter()));
        Assert.Equal("ladder/not-found", (await centre.Ladder.DecideAsync(Clerk, interview.Id, true, "x", Cancel)).Refusal!.Code);
        Assert.Equal("ladder/own-member", (await centre.Ladder.DecideAsync(Own, interview.Id, true, "x", Cancel)).Refusal!.Code);
        await centre.DecideAsync(interview, Li);
        centre.GoTo(61);
        await centre.Desk.CheckClocksAsync(Cancel);
        var listing = await centre.DecideAsync(await centre.WaitingAsync(Rung.Listing), Wang);
        Assert.Equal([id], listing.Behind);
        Assert.Contains("M-2026-000001", (await centre.Ladder.DelistAsync(Li, listing.Id, Cancel)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await centre.Ladder.BarsAsync(Clerk, null, null)).Length);
        Assert.Empty(await centre.Ladder.BarsAsync(Stranger, null, null));
        Assert.Empty(await centre.Ladder.BarsAsync(Li, LadderSubject.Of(MemberCode.Parse("bank-b")), null));

        centre.GoTo((listing.Limit!.Value - Start).TotalDays);
        Assert.Equal((1, 0), (await centre.Ladder.CheckClocksAsync(Cancel), await centre.Ladder.CheckClocksAsync(Cancel)));
        var veto = await centre.WaitingAsync(Rung.Veto);
        Assert.Equal(StepState.Endorsed, (await centre.DecideAsync(veto, Li)).State);
        veto = await centre.DecideAsync(veto, Zhao);
        Assert.All(veto.Effects, e => Assert.Equal(listing.Limit.Value, e.CountedFrom));
        var bars = await centre.Ladder.BarsAsync(Regulator, LadderSubject.Of(BankA), null);
        Assert.Equal([veto.Number], bars.Select(b => b.Number).Distinct());
        // What was, is still told: at an instant during the listing its own number answers.
        Assert.Equal([listing.Number], (await centre.Ladder.BarsAsync(Regulator, null, Day(70))).Select(b => b.Number).Distinct());
        Assert.Equal([Rung.Veto, Rung.Listing], (await centre.Ladder.BoardAsync(Li)).Select(s => s.Rung));
    }

    [Fact]
    public async Task An_upheld_contest_withdraws_the_order_and_the_draft_that_rests_on_it_alone()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.FindAsync((DueDiligence, "b7"));
        var id = (await centre.Desk.ListAsync(Li, new RectificationFilter()))[0].Id;
        foreach (var day in (double[])[31, 46])
        {
            centre.GoTo(day);
            await centre.Desk.CheckClocksAsync(Cancel);
        }
        var interview = await centre.WaitingAsync(Rung.Interview);
        await centre.ActAsync(id, new ContestRectification("不是我行网点"), Clerk, 47);
        await centre.ActAsync(id, new DecideRectificationContest(1, true, "It is another bank's branch."), Li, 48);
        Assert.Equal(StepState.Dropped, (await centre.Ladder.FindAsync(Li, interview.Id))!.State);

        // The criticism stands until it is appealed: it was a document already.
        var criticism = Assert.Single(await centre.Ladder.ListAsync(Clerk, new LadderFilter()));
        await centre.Ladder.ActAsync(Clerk, criticism.Id, new AppealStep("整改已撤销"), Cancel);
        centre.GoTo(46.5);
        Assert.Equal("ladder/not-found", (await centre.Ladder.ActAsync(Stranger, criticism.Id, new AppealStep("x"), Cancel)).Refusal!.Code);
        await centre.FindAsync((DueDiligence, "b7"));
        Assert.Equal(RectificationState.Withdrawn, Assert.Single(await centre.Desk.ListAsync(Li, new RectificationFilter())).State);
    }

    [Fact]
    public async Task A_region_is_vetoed_for_a_grave_event_and_its_government_answers()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        var region = new LadderSubject(LadderSubjectKind.Region, "33");
        Assert.Equal("ladder/unknown-subject", (await centre.Ladder.RaiseAsync(Li, new LadderSubject(LadderSubjectKind.Region, "44"), LadderTrigger.GraveEvent, Start, "x", Cancel)).Refusal!.Code);
        Assert.Equal("ladder/own-member", (await centre.Ladder.RaiseAsync(Government, region, LadderTrigger.GraveEvent, Start, "x", Cancel)).Refusal!.Code);
        var step = (await centre.Ladder.RaiseAsync(Li, region, LadderTrigger.GraveEvent, Start, "三百名受害人", Cancel)).Value;
        Assert.Equal("ladder/nothing-to-do", (await centre.Ladder.RaiseAsync(Wang, region, LadderTrigger.GraveEvent, Start, "x", Cancel)).Refusal!.Code);
        step = await centre.DecideAsync(step, Wang);
        Assert.Equal((MemberCode.Parse("gov-33"), 1), (step.Member!.Value, step.Officers.Length));
        Assert.Equal("ladder/own-member", (await centre.Ladder.ActAsync(Government, step.Id, new DecideStepAppeal(true, "x"), Cancel)).Refusal!.Code);
        Assert.True((await centre.Ladder.ActAsync(Government, step.Id, new AppealStep("事件不在本区域"), Cancel)).Succeeded);
        Assert.Equal("region:33", (await centre.Ladder.BarsAsync(Government, null, null))[0].Subject.ToString());
        Assert.Equal(StepState.Revoked, (await centre.Ladder.ActAsync(Zhao, step.Id, new DecideStepAppeal(true, "It lay across the border."), Cancel)).Value.State);
        Assert.Empty(await centre.Ladder.BarsAsync(Li, region, null));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Two_changes_that_show_one_loophole_at_once_open_it_once(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => centre.FindAsync((DueDiligence, "b7"))));
        var one = Assert.Single(await centre.Desk.ListAsync(Li, new RectificationFilter()));
        Assert.Equal(6, one.Findings.Length);
    }

    private static ControlReading Of(double from, double to, ControlVerdict verdict, string unit = "b7") => Reading(from, to, verdict, DueDiligence, unit: unit);

    private sealed class Centre(CaseworkDatabase database, LadderInForce ladder) : IAsyncDisposable
    {
        private int cases;

        public RectificationDesk Desk { get; } = new(database.Store, ShippedPack.Cn, ladder);

        public LadderDesk Ladder { get; } = new(database.Store, ladder);

        public static async Task<Centre> OpenAsync(Provider provider, LadderInForce? ladder = null)
        {
            var database = await CaseworkDatabase.CreateAsync(provider);
            await new RegionRegister(database.Store).TellAsync(Administrator, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), Cancel);
            var members = new MemberRegister(database.Store);
            foreach (var (code, sector) in new[] { ("bank-a", Sector.Bank), ("bank-b", Sector.Bank), ("gov-33", Sector.Government), ("reg", Sector.Regulator) })
                Assert.True((await members.EnrolAsync(Administrator, new MemberFacts(MemberCode.Parse(code), code, code, sector, "33", true, []), Cancel)).Succeeded);
            await members.NameOfficersAsync(Administrator, BankA, [new Officer(OfficerRank.Principal, "甲", "A"), new Officer(OfficerRank.InCharge, "乙", "B"), new Officer(OfficerRank.Direct, "丙", "C")], Cancel);
            await members.NameOfficersAsync(Administrator, MemberCode.Parse("gov-33"), [new Officer(OfficerRank.Principal, "丁", "D")], Cancel);
            return new Centre(database, ladder ?? new LadderInForce(Cn));
        }

        public void GoTo(double day)
        {
            if (Day(day) > database.Store.Now) database.Time.SetUtcNow(Day(day).ToDateTimeOffset());
        }

        /// <summary>Has findings made in one change, of faults a day before the beginning.</summary>
        public async Task FindAsync(params (string Duty, string? Unit)[] failed)
        {
            var made = await database.Store.ChangeAsync<bool>(Actor.System("cases"), async change =>
            {
                foreach (var (duty, unit) in failed)
                {
                    var link = $"account:bank-a:{Interlocked.Increment(ref cases)}";
                    var proposed = new ProposedFinding(
                        duty, ShippedPack.Cn.Hash, new Wording("条", "art."), BankA, unit, link, new Wording("未核验", "Unchecked"), [new Evidence(EvidenceKind.AccountOpening, BankA, "s1")], new Amount(1, Currency.Cny));
                    await FindingDesk.MakeAsync(change, NewId(), proposed, ShippedPack.Cn.Find(duty, Day(-1))!, Day(-1), ladder, Cancel);
                }
                return true;
            }, Cancel);
            Assert.True(made.Succeeded, made.Refusal?.Message);
        }

        public async Task ActAsync(Guid id, RectificationCommand command, Actor actor, double day)
        {
            GoTo(day);
            var outcome = await Desk.ActAsync(actor, id, command, Cancel);
            Assert.True(outcome.Succeeded, outcome.Refusal?.Message);
        }

        public async Task<Rectification> FindAsync(Guid id) => (await Desk.FindAsync(Li, id, Cancel))!.Rectification;

        public async Task<LadderStep> WaitingAsync(Rung rung) => Assert.Single(await Ladder.ListAsync(Li, new LadderFilter { State = StepState.Waiting, Rung = rung }));

        public async Task<LadderStep> DecideAsync(LadderStep step, Actor actor)
        {
            var outcome = await Ladder.DecideAsync(actor, step.Id, true, "The circular says why.", Cancel);
            Assert.True(outcome.Succeeded, outcome.Refusal?.Message);
            return outcome.Value;
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
