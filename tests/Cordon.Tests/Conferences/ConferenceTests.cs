using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Conferences;
using Cordon.Casework.Controls;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Objectives;
using Cordon.Casework.Packs;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Duties;
using Cordon.Tests.Orders;
using Cordon.Tests.Rectifications;
using Cordon.Tests.Storage;

namespace Cordon.Tests.Conferences;

/// <summary>From an agenda that the records give over positions, votes and tasks to minutes that two signed, and on to the next agenda.</summary>
public sealed class ConferenceTests
{
    private static readonly MemberCode Office = MemberCode.Parse("office");
    private static readonly MemberCode BankA = MemberCode.Parse("bank-a");
    private static readonly MemberCode BankB = MemberCode.Parse("bank-b");
    private static readonly MemberCode Telco = MemberCode.Parse("telco-a");
    private static readonly Actor Chair = Person("li", Office, Roles.Supervisor);
    private static readonly Actor Second = Person("wang", null, Roles.Supervisor);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_contest_is_put_to_the_conference_decided_by_the_others_and_its_task_followed_to_the_next(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        var contested = await centre.ContestAsync();
        Assert.Equal("conference/not-supervisor", (await centre.Desk.ConveneAsync(Clerk(BankA), centre.Form(8), Cancel)).Refusal!.Code);
        Assert.Equal("conference/too-soon", (await centre.Desk.ConveneAsync(Chair, centre.Form(6), Cancel)).Refusal!.Code);
        Assert.Equal("conference/bad-participants", (await centre.Desk.ConveneAsync(Chair, centre.Form(8) with { Participants = [BankA, MemberCode.Parse("nobody")] }, Cancel)).Refusal!.Code);
        var convened = (await centre.Desk.ConveneAsync(Chair, centre.Form(8), Cancel)).Value;
        var item = Assert.Single(convened.Items);
        Assert.Equal((ItemOrigin.Contest, $"rectification:{contested}", (MemberCode?)BankA), (item.Origin, item.Source, item.Concerns));

        await DeliberateAsync(centre, convened.Id);
        await SignAsync(centre, convened.Id);
        await FollowAsync(centre, convened.Id);
    }

    private static async Task DeliberateAsync(Centre centre, Guid id)
    {
        // Who is not asked sees nothing of it; positions are given beforehand, and the later one counts.
        Assert.Null(await centre.Desk.FindAsync(Clerk(MemberCode.Parse("bank-c")), id, Cancel));
        Assert.Empty(await centre.Desk.ListAsync(Clerk(MemberCode.Parse("bank-c"))));
        Assert.Equal(id, Assert.Single(await centre.Desk.ListAsync(Clerk(BankA))).Id);
        await centre.DoAsync(id, new GivePosition(1, "We checked every holder."), Clerk(BankA));
        await centre.DoAsync(id, new GivePosition(1, "We checked all but two."), Clerk(BankA));
        Assert.Equal("conference/not-open", await centre.RefusedAsync(id, new ProposeResolution(1, "No."), Chair));
        Assert.Equal("conference/too-early", await centre.RefusedAsync(id, new OpenConference([BankA, BankB, Telco, Office]), Chair));

        centre.Advance(TimeSpan.FromDays(8));
        await centre.DoAsync(id, new OpenConference([BankA, BankB, Telco]), Chair);
        Assert.Equal("conference/nothing-moved", await centre.RefusedAsync(id, new CastVote(1, VoteKind.For, null), Clerk(BankB)));
        await centre.DoAsync(id, new ProposeResolution(1, "The contest is not upheld; the branch is inspected."), Clerk(Telco));
        Assert.Equal("conference/own-matter", await centre.RefusedAsync(id, new CastVote(1, VoteKind.Against, null), Clerk(BankA)));
        Assert.Equal("conference/not-present", await centre.RefusedAsync(id, new CastVote(1, VoteKind.For, null), Chair));
        await centre.DoAsync(id, new CastVote(1, VoteKind.For, null), Clerk(Telco));
        // One of three who may vote is less than half.
        Assert.Equal("conference/no-quorum", await centre.RefusedAsync(id, new DecideResolution(1), Chair));
        Assert.Equal("conference/dissent-without-vote", await centre.RefusedAsync(id, new CastVote(1, VoteKind.For, "But."), Clerk(BankB)));
        await centre.DoAsync(id, new CastVote(1, VoteKind.Against, "Two of a thousand."), Clerk(BankB));
        // A vote that has its quorum is closed before the conference is.
        Assert.Equal("conference/vote-open", await centre.RefusedAsync(id, new CloseConference(), Chair));
        // One for and one against is no majority; what was voted down stays, and another text is put forward.
        var voted = await centre.DoAsync(id, new DecideResolution(1), Chair);
        Assert.False(voted.Item(1)!.Current!.Adopted);
        Assert.Equal("conference/not-adopted", await centre.RefusedAsync(id, new SetTask(1, BankA, "Inspect.", centre.In(10)), Chair));
        await centre.DoAsync(id, new ProposeResolution(1, "The branch is inspected, and the next conference hears of it."), Chair);
        await centre.DoAsync(id, new CastVote(1, VoteKind.Against, "No."), Clerk(BankB));
        await centre.DoAsync(id, new CastVote(1, VoteKind.For, null), Clerk(BankB));
        await centre.DoAsync(id, new CastVote(1, VoteKind.Abstain, null), Clerk(Telco));
        var adopted = await centre.DoAsync(id, new DecideResolution(1), Chair);
        Assert.True(adopted.Item(1)!.Current!.Adopted);
        Assert.Equal("conference/decided", await centre.RefusedAsync(id, new ProposeResolution(1, "Once more."), Chair));
    }

    private static async Task SignAsync(Centre centre, Guid id)
    {
        Assert.Equal("conference/due-in-the-past", await centre.RefusedAsync(id, new SetTask(1, BankA, "Inspect the branch.", centre.In(0)), Chair));
        await centre.DoAsync(id, new SetTask(1, BankA, "Inspect the branch.", centre.In(10)), Chair);
        await centre.DoAsync(id, new SetTask(1, Office, "Report what was found.", centre.In(10)), Chair);
        var closed = await centre.DoAsync(id, new CloseConference(), Chair);
        Assert.Equal("conference/over", await centre.RefusedAsync(id, new GivePosition(1, "Late."), Clerk(BankA)));

        // Signed are the minutes that were read, by the chair and another.
        var minutes = (await centre.Desk.MinutesAsync(Clerk(BankA), id, Cancel))!;
        foreach (var said in new[] { "We checked all but two.", "Two of a thousand.", "not adopted; 1 for, 1 against, 0 abstaining", "adopted; 1 for, 0 against, 1 abstaining", "Task 1: bank-a", "Asked and not there: office", "Not signed by two yet." })
            Assert.Contains(said, minutes.En, StringComparison.Ordinal);
        Assert.DoesNotContain("We checked every holder.", minutes.En, StringComparison.Ordinal);
        Assert.Equal("conference/other-minutes", await centre.RefusedAsync(id, new SignMinutes("00"), Chair));
        var hash = ConferenceMinutes.HashOf(closed);
        await centre.DoAsync(id, new SignMinutes(hash), Second);
        Assert.Equal("conference/same-person", await centre.RefusedAsync(id, new SignMinutes(hash), Second));
        Assert.Equal("conference/chair-signs", await centre.RefusedAsync(id, new SignMinutes(hash), Person("zhao", null, Roles.DutyOfficer)));
        var signed = await centre.DoAsync(id, new SignMinutes(hash), Chair);
        Assert.Equal((ConferenceState.Minuted, hash), (signed.State, signed.MinutesHash));
        var corrected = await centre.DoAsync(id, new CorrectMinutes("bank-b is not of the region."), Second);
        Assert.Equal(hash, ConferenceMinutes.HashOf(corrected));
        Assert.Contains("bank-b is not of the region.", (await centre.Desk.MinutesAsync(Second, id, Cancel))!.En, StringComparison.Ordinal);
    }

    private static async Task FollowAsync(Centre centre, Guid id)
    {
        // The bank does its task, it is sent back once and accepted then; the centre lets its own pass.
        Assert.Equal("conference/not-the-owner", await centre.RefusedAsync(id, new FinishTask(1, "Done."), Clerk(BankB)));
        Assert.Equal("conference/not-done", await centre.RefusedAsync(id, new JudgeTask(1, true, null), Second));
        await centre.DoAsync(id, new FinishTask(1, "Inspected."), Clerk(BankA));
        await centre.DoAsync(id, new JudgeTask(1, false, "Where is the report?"), Second);
        await centre.DoAsync(id, new FinishTask(1, "Inspected; report 7."), Clerk(BankA));
        Assert.NotNull((await centre.DoAsync(id, new JudgeTask(1, true, null), Second)).Task(1)!.AcceptedAt);
        Assert.Equal("conference/own-matter", await centre.RefusedAsync(id, new JudgeTask(2, true, null), Chair));
        centre.Advance(TimeSpan.FromDays(11));
        Assert.Equal(1, await centre.Desk.CheckClocksAsync(Cancel));
        Assert.Equal(0, await centre.Desk.CheckClocksAsync(Cancel));
        Assert.NotNull((await centre.Desk.FindAsync(Second, id, Cancel))!.Task(2)!.OverdueAt);
        Assert.Equal(1, await centre.LateAsync(Office));
        Assert.Equal(0, await centre.LateAsync(BankA));
        var next = (await centre.Desk.ConveneAsync(Second, centre.Form(1) with { Urgent = "It is overdue." }, Cancel)).Value;
        Assert.Equal((ItemOrigin.FollowUp, (MemberCode?)Office), (next.Items[0].Origin, next.Items[0].Concerns));
        Assert.Contains("overdue", next.Items[0].TextEn, StringComparison.Ordinal);
        Assert.DoesNotContain(next.Items, i => i.TextEn.Contains("Inspect the branch.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, 0, 0, 4, true)]
    [InlineData(2, 1, 0, 4, true)]
    [InlineData(1, 1, 2, 4, false)]
    [InlineData(0, 0, 4, 4, false)]
    [InlineData(1, 0, 3, 4, true)]
    [InlineData(1, 0, 0, 4, null)]
    public void More_for_than_against_adopts_where_half_of_those_who_may_vote_did(int pro, int contra, int abstain, int asked, bool? adopted)
    {
        var state = Sitting(asked);
        var voters = state.Present.ToList();
        for (var i = 0; i < pro + contra + abstain; i++)
            Do(state, new CastVote(1, i < pro ? VoteKind.For : i < pro + contra ? VoteKind.Against : VoteKind.Abstain, null), Clerk(voters[i]));
        var byClerk = ConferenceRules.Decide(state, new DecideResolution(1), Clerk(voters[0]), Mending.Day(8));
        Assert.Equal("conference/not-supervisor", byClerk.Refusal!.Code);
        var decided = ConferenceRules.Decide(state, new DecideResolution(1), Second, Mending.Day(8));
        if (adopted is null) Assert.Equal("conference/no-quorum", decided.Refusal!.Code);
        else Assert.Equal(adopted, Assert.IsType<ResolutionDecided>(decided.Events.Single()).Adopted);
    }

    [Fact]
    public void A_vote_that_finds_no_quorum_is_left_undecided_and_the_minutes_say_so()
    {
        var state = Sitting(4);
        Do(state, new CastVote(1, VoteKind.For, null), Clerk(state.Present[0]));
        Assert.Equal("conference/no-quorum", Refused(state, new DecideResolution(1), Second));
        Do(state, new CloseConference(), Second);
        Assert.Contains("not decided; 1 for", ConferenceMinutes.Of(state, TimeSpan.Zero, by => by).En, StringComparison.Ordinal);
        Do(state, new SignMinutes(ConferenceMinutes.HashOf(state)), Second);
        Do(state, new SignMinutes(ConferenceMinutes.DigestOf(state)), Chair);
        Assert.Equal(ConferenceState.Minuted, state.State);
    }

    [Fact]
    public void Who_works_for_the_centre_and_belongs_to_no_member_does_its_tasks_and_another_accepts_them()
    {
        var state = Sitting(4, Sector.JointOffice);
        foreach (var member in state.Present.Skip(1)) Do(state, new CastVote(1, VoteKind.For, null), Clerk(member));
        Do(state, new DecideResolution(1), Second);
        Do(state, new SetTask(1, state.Present[0], "Report.", Mending.Day(20)), Second);
        Do(state, new FinishTask(1, "Reported."), Second);
        Assert.Equal("conference/same-person", Refused(state, new JudgeTask(1, true, null), Second));
        Do(state, new JudgeTask(1, true, null), Person("zhao", null, Roles.Supervisor));
        Assert.NotNull(state.Task(1)!.AcceptedAt);
    }

    [Fact]
    public void A_struck_item_and_one_that_was_moved_are_left_as_they_are()
    {
        var state = Sitting(4);
        Assert.Equal("conference/already-moved", Refused(state, new StrikeItem(1, "No."), Second));
        Do(state, new AddItem("Another matter.", null), Second);
        Do(state, new StrikeItem(2, "It was settled."), Second);
        Assert.Equal("conference/struck", Refused(state, new GivePosition(2, "Yes."), Clerk(state.Present[0])));
        Assert.Equal("conference/no-item", Refused(state, new GivePosition(3, "Yes."), Clerk(state.Present[0])));
        Assert.Equal("conference/not-asked", Refused(state, new GivePosition(1, "Yes."), Clerk(MemberCode.Parse("bank-z"))));
        Assert.Equal("conference/not-asked", Refused(state, new AddItem("Theirs.", MemberCode.Parse("bank-z")), Second));
        // A member's system gives no position: somebody answers for it by name.
        Assert.Equal("conference/not-asked", Refused(state, new GivePosition(1, "Yes."), Clerk(state.Present[0]) with { Id = "key:1" }));
    }

    [Fact]
    public void The_shipped_rules_are_read_and_a_number_without_a_source_is_a_fault_with_its_line()
    {
        Assert.Equal(new ConferenceTerms(7, 50, 50), ConferenceTerms.Load(ShippedPack.PathOf("packs", "cn", "conference.yaml")));
        Assert.Equal(ConferenceTerms.Usual, ConferenceTerms.Load("/no/such/conference.yaml"));
        var faults = new PackFaults("conference.yaml");
        const string yaml = "conference: x\nnotice: { days: 7 }\nquorum: { percent: 120, source: { tier: ours, note: { zh-CN: 甲, en: A } } }\nmajority: { percent: 50, source: { tier: ours, note: { zh-CN: 甲, en: A } } }\n";
        Assert.Null(ConferenceTerms.Read(yaml, faults));
        Assert.Equal([2, 3], faults.Found.Select(f => f.Line).Order());
    }

    private static Conference Sitting(int asked, Sector first = Sector.Bank)
    {
        var members = Enumerable.Range(0, asked).Select(i => MemberCode.Parse($"bank-{(char)('a' + i)}")).ToImmutableArray();
        var state = new Conference();
        state.Apply(new ConferenceConvened(
            Mending.Day(0), Mending.NewId(), "C-2026-0001", "T", Mending.Day(7), "P", null, ConferenceTerms.Usual, [.. members.Select((m, i) => new Participant(m, m.ToString(), m.ToString(), i == 0 ? first : Sector.Bank))],
            [new AgendaItem(1, ItemOrigin.Added, "", "甲", "A", null, null, [], [])], Second.Id));
        Do(state, new OpenConference(members), Second);
        Do(state, new ProposeResolution(1, "So be it."), Second);
        return state;
    }

    private static void Do(Conference state, ConferenceCommand command, Actor actor)
    {
        var decision = ConferenceRules.Decide(state, command, actor, Mending.Day(8));
        Assert.Null(decision.Refusal);
        foreach (var happened in decision.Events) state.Apply(happened);
    }

    private static string? Refused(Conference state, ConferenceCommand command, Actor actor) => ConferenceRules.Decide(state, command, actor, Mending.Day(8)).Refusal?.Code;

    private static Actor Person(string name, MemberCode? member, params string[] roles) => new("person:" + name, member, roles.ToImmutableHashSet());

    private static Actor Clerk(MemberCode member) => Person("clerk-" + member, member, Roles.MemberClerk);

    private sealed class Centre : IAsyncDisposable
    {
        private readonly CaseworkDatabase database;
        private readonly JournaledEngine engine;
        private readonly ControlDesk controls;
        private readonly DirectoryInfo folder;
        private readonly EvaluationDesk evaluations;

        private Centre(CaseworkDatabase database, JournaledEngine engine, DirectoryInfo folder)
        {
            (this.database, this.engine, this.folder) = (database, engine, folder);
            controls = new ControlDesk(ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn), engine, database.Store, ShippedOrders.Desk(database.Store), new LeadDesk(database.Store, LeadPlan.None(ShippedPack.Cn)), database.Time);
            evaluations = new EvaluationDesk(database.Store, ShippedPack.Cn, new EvaluationsInForce(null), controls);
            Desk = new ConferenceDesk(database.Store, new ObjectiveDesk(database.Store, ShippedPack.Cn, new ObjectivesShipped(null), evaluations), ConferenceTerms.Usual, ShippedPack.Cn);
        }

        public ConferenceDesk Desk { get; }

        public static async Task<Centre> OpenAsync(Provider provider)
        {
            var database = await CaseworkDatabase.CreateAsync(provider);
            var folder = Directory.CreateTempSubdirectory("cordon-conferences-");
            var engine = JournaledEngine.Open(folder.FullName, JournalOptions.Default, null, out _);
            var administrator = Person("anna", null, Roles.Administrator);
            await new RegionRegister(database.Store).TellAsync(administrator, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), Cancel);
            foreach (var (code, sector) in new[] { (Office, Sector.JointOffice), (BankA, Sector.Bank), (BankB, Sector.Bank), (Telco, Sector.TelecomOperator), (MemberCode.Parse("bank-c"), Sector.Bank) })
                Assert.True((await new MemberRegister(database.Store).EnrolAsync(administrator, new MemberFacts(code, code.ToString(), code.ToString(), sector, "33", true, []), Cancel)).Succeeded);
            return new Centre(database, engine, folder);
        }

        public ConveneForm Form(int days) => new("First of the year", In(days), "Hall 3", [BankA, BankB, Telco, Office]);

        public Instant In(int days) => database.Store.Now + TimeSpan.FromDays(days);

        public void Advance(TimeSpan by) => database.Time.Advance(by);

        /// <summary>A loophole that bank-a is to mend and contests.</summary>
        public async Task<Guid> ContestAsync()
        {
            var ladder = new LadderInForce(Mending.Cn);
            var found = Mending.Found(-1);
            var opened = await database.Store.ChangeAsync<Rectification>(Actor.System("cases"), async change => (await RectificationDesk.MeetAsync(change, ladder, found, ShippedPack.Cn.Hash, Cancel))!, Cancel);
            var contested = await new RectificationDesk(database.Store, ShippedPack.Cn, ladder).ActAsync(Mending.Clerk, opened.Value.Id, new ContestRectification("They were checked."), Cancel);
            Assert.True(contested.Succeeded, contested.Refusal?.Message);
            return opened.Value.Id;
        }

        public async Task<Conference> DoAsync(Guid id, ConferenceCommand command, Actor actor)
        {
            var outcome = await Desk.ActAsync(actor, id, command, Cancel);
            Assert.True(outcome.Succeeded, outcome.Refusal?.Message);
            return outcome.Value;
        }

        public async Task<string?> RefusedAsync(Guid id, ConferenceCommand command, Actor actor) => (await Desk.ActAsync(actor, id, command, Cancel)).Refusal?.Code;

        /// <summary>How many tasks a member let pass in the year, as its evaluation counts them.</summary>
        public async Task<long> LateAsync(MemberCode member)
        {
            var figures = await evaluations.FiguresAsync(Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), Instant.From(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)), whole: false, Cancel);
            return figures.Members.Single(m => m.Member == member).Values.Single(v => v.Measure == "resolutions.overdue").Amount;
        }

        public async ValueTask DisposeAsync()
        {
            controls.Dispose();
            await engine.DisposeAsync();
            folder.Delete(recursive: true);
            await database.DisposeAsync();
        }
    }
}
