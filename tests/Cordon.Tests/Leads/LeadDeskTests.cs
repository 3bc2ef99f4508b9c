using Cordon.Casework;
using Cordon.Casework.Controls;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Duties;
using Cordon.Tests.Screening;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Leads;

/// <summary>Leads over a database: who sees them, one key one lead, silence that becomes a finding and a figure, and what screening proposes.</summary>
public sealed class LeadDeskTests
{
    private static readonly MemberCode Telco = MemberCode.Parse("telco-a");
    private static readonly MemberCode BankB = MemberCode.Parse("bank-b");
    private static readonly MemberCode Police = MemberCode.Parse("police-a");
    private static readonly Actor Auditor = new("person:audit", null, new HashSet<string> { Roles.Auditor });
    private static readonly LeadSubject Box = new(LeadSubjectKind.Device, "35000000000001");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_lead_goes_to_the_police_and_its_sender_hears_what_came_of_it(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var desk = new LeadDesk(centre.Store, ShippedLeads.Plan);
        var draft = new LeadDraft("k1", "illicit-devices", [Box], "Nine cards in a day.", ["log 17"]);
        var sent = await SentAsync(desk, Clerk(Telco), draft);
        Assert.Equal(("L-2026-000001", LeadState.Sent, Telco, Police), (sent.Number, sent.State, sent.Sender!.Value, sent.Receiver!.Value));
        // The same again is the same lead; another body under its key is refused, and another sender's key is another.
        Assert.Equal(sent.Id, (await SentAsync(desk, Clerk(Telco), draft)).Id);
        Assert.Equal("lead/other-body", (await desk.SendAsync(Clerk(Telco), draft with { Reason = "Ten." }, Cancel)).Refusal?.Code);
        Assert.NotEqual(sent.Id, (await SentAsync(desk, Clerk(BankB), draft)).Id);
        Assert.Equal("lead/not-competent", (await desk.SendAsync(Clerk(Telco), draft with { Key = "k2", Receiver = BankB }, Cancel)).Refusal?.Code);
        Assert.Equal("lead/no-case", (await desk.SendAsync(Clerk(Telco), draft with { Key = "k2", Case = sent.Id }, Cancel)).Refusal?.Code);
        Assert.Equal("lead/no-record", (await desk.SendAsync(Clerk(Telco), draft with { Key = "k2", Records = [$"order:{sent.Id}"] }, Cancel)).Refusal?.Code);

        // The sender, who has it, the centre and auditors see it; another member does not.
        foreach (var (actor, sees) in new[] { (Clerk(Telco), true), (Clerk(Police), true), (Office, true), (Auditor, true), (Clerk(BankB), false), (Clerk(MemberCode.Parse("bank-a")), false) })
        {
            Assert.Equal(sees, await desk.FindAsync(actor, sent.Id, Cancel) is not null);
            Assert.Equal(sees, (await desk.ListAsync(actor, new LeadFilter { Member = Telco })).Count == 1);
        }
        Assert.Equal("lead/not-found", (await desk.ActAsync(Clerk(BankB), sent.Id, new WithdrawLead("x"), Cancel)).Refusal?.Code);

        await DoAsync(desk, Clerk(Police), sent.Id, new AcknowledgeLead());
        centre.Advance(TimeSpan.FromDays(3));
        await DoAsync(desk, Clerk(Police), sent.Id, new FeedBackLead(LeadResult.OpenedAsCase, "Seized at 3 Renmin Road.", ["A330-17"]));
        var told = (await desk.FindAsync(Clerk(Telco), sent.Id, Cancel))!;
        Assert.Equal((LeadState.FedBack, "Seized at 3 Renmin Road.", Police), (told.State, told.Feedbacks[0].Text, told.Feedbacks[0].Authority));
        Assert.Equal(["A330-17"], told.Feedbacks[0].Records);
        await DoAsync(desk, Clerk(Telco), sent.Id, new ReturnLead("Which cards were in it?"));
        Assert.Equal([sent.Id], (await desk.ListAsync(Office, new LeadFilter { Open = true, ByClock = true, Receiver = Police, State = LeadState.Acknowledged })).Select(l => l.Id));
        var row = await centre.Store.ReadAsync(db => db.Set<EventRow>().Where(e => e.Name == "lead.sent").OrderBy(e => e.Position).FirstAsync(Cancel));
        Assert.DoesNotContain(Box.Value, row.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_a_finding_of_the_authority_in_the_case_and_counts_in_its_control()
    {
        await using var centre = await OpenAsync();
        var desk = new LeadDesk(centre.Store, ShippedLeads.Plan);
        using var controls = new ControlDesk(
            ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn), centre.Engine, centre.Store, centre.Orders, centre.Database.Time, facts: [new LeadFacts(desk)]);
        await centre.TellAsync(Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0));
        var caseId = await centre.ReportAsync();
        var draft = new LeadDraft("k1", "account-trade", [new LeadSubject(LeadSubjectKind.Account, "bank-b:m")], "Sold.", [$"case:{caseId}"], Police, caseId);
        var silent = await SentAsync(desk, Office, draft);
        var told = await SentAsync(desk, Office, draft with { Key = "k2" });
        Assert.Empty(await controls.StandingsAsync(Office, Police, Cancel));
        await DoAsync(desk, Clerk(Police), told.Id, new FeedBackLead(LeadResult.ActedUpon, "Two arrested."));
        centre.Advance(silent.FeedbackBy!.Value - centre.Store.Now + TimeSpan.FromSeconds(1));
        Assert.Equal([caseId], await desk.CheckClocksAsync(Cancel));
        Assert.Empty(await desk.CheckClocksAsync(Cancel));
        await centre.FollowAsync(caseId);
        var finding = Assert.Single(await centre.Findings.ListAsync(Office, caseId), f => f.Duty == "cn.atf.26.lead-feedback");
        Assert.Equal((Police, $"lead:{silent.Number}"), (finding.Member, finding.Link));
        Assert.Contains($"lead:{silent.Id}", finding.Evidence);
        Assert.Contains(silent.Number, finding.StatementEn, StringComparison.Ordinal);
        var standing = Assert.Single(await controls.StandingsAsync(Office, Police, Cancel), s => s.Subject.Duty == "cn.atf.26.lead-feedback");
        Assert.Equal((2L, 1L), (standing.Burns[^1].Occasions, standing.Burns[^1].Faults));
        // Late feedback undoes neither.
        await DoAsync(desk, Clerk(Police), silent.Id, new FeedBackLead(LeadResult.NothingFound, "Nothing."));
        await centre.FollowAsync(caseId);
        Assert.Single(await centre.Findings.ListAsync(Office, caseId), f => f.Duty == "cn.atf.26.lead-feedback");
        Assert.Equal(1L, Assert.Single(await controls.StandingsAsync(Office, Police, Cancel)).Burns[^1].Faults);
    }

    [Fact]
    public async Task What_screening_sees_of_a_box_is_proposed_once_and_sent_by_a_person_alone()
    {
        var folder = Directory.CreateTempSubdirectory("cordon-leads-");
        await using var database = await CaseworkDatabase.CreateAsync(Provider.Sqlite);
        await using (var engine = JournaledEngine.Open(Path.Combine(folder.FullName, "journal"), JournalOptions.Default, null, out _, ShippedRulebook.China))
        {
            await new RegionRegister(database.Store).TellAsync(Office, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), Cancel);
            foreach (var (code, sector) in new[] { ("telco-a", Sector.TelecomOperator), ("police-a", Sector.Police) })
                await new MemberRegister(database.Store).EnrolAsync(Office, new MemberFacts(MemberCode.Parse(code), "成员", code, sector, "33", true, []), Cancel);
            var desk = new LeadDesk(database.Store, ShippedLeads.Plan);
            var proposer = new LeadProposer(engine, database.Store, desk);
            Assert.Equal(0, await proposer.StepAsync(Cancel));
            await CallAsync(engine, database, 12);
            Assert.Equal(1, await proposer.StepAsync(Cancel));
            Assert.Equal(0, await new LeadProposer(engine, database.Store, desk).StepAsync(Cancel));
            var proposed = Assert.Single(await desk.ListAsync(Office, new LeadFilter { State = LeadState.Proposed }));
            Assert.Equal((Box, Police, "illicit-devices"), (proposed.Subjects[0], proposed.Receiver!.Value, proposed.Kind));
            Assert.Contains(new LeadSubject(LeadSubjectKind.Member, "telco-a"), proposed.Subjects);
            // Nothing was sent: neither the authority nor the operator sees it.
            Assert.Empty(await desk.ListAsync(Clerk(Police), new LeadFilter()));
            Assert.Empty(await desk.ListAsync(Clerk(Telco), new LeadFilter()));
            await DoAsync(desk, Office, proposed.Id, new DismissLead("A call centre's own test bench."));
            await CallAsync(engine, database, 1, from: 100);
            Assert.Equal(0, await proposer.StepAsync(Cancel));
            // A month later it is news again.
            database.Time.Advance(TimeSpan.FromDays(31));
            await CallAsync(engine, database, 12, from: 200);
            Assert.Equal(1, await proposer.StepAsync(Cancel));
            var again = Assert.Single(await desk.ListAsync(Office, new LeadFilter { State = LeadState.Proposed }));
            await DoAsync(desk, Office, again.Id, new ConfirmLead());
            var received = Assert.Single(await desk.ListAsync(Clerk(Police), new LeadFilter()));
            Assert.Equal((LeadState.Sent, Office.Id), (received.State, received.SentBy));
        }
        folder.Delete(recursive: true);
    }

    private static Task<SubmitReceipt> CallAsync(JournaledEngine engine, CaseworkDatabase database, int cards, int from = 0) => engine.SubmitAsync(
        [
            .. Enumerable.Range(from, cards).Select(n => new Engine.Screening.SignalAccepted(new Call(
                new SignalId($"c{n}"), Telco, Instant.From(database.Time.GetUtcNow()) + TimeSpan.FromSeconds(n), new PhoneNumber(8613700090000 + n), new PhoneNumber(8613800000001),
                CallOrigin.Domestic, false, null, new Device(35000000000001), 40))),
        ],
        Cancel);

    private static async Task<Lead> SentAsync(LeadDesk desk, Actor actor, LeadDraft draft)
    {
        var sent = await desk.SendAsync(actor, draft, Cancel);
        Assert.True(sent.Succeeded, sent.Refusal?.Message);
        return sent.Value;
    }

    private static async Task DoAsync(LeadDesk desk, Actor actor, Guid id, LeadCommand command)
    {
        var done = await desk.ActAsync(actor, id, command, Cancel);
        Assert.True(done.Succeeded, done.Refusal?.Message);
    }
}
