using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Controls;
using Cordon.Casework.Members;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Reports;
using Cordon.Casework.Rulebooks;
using Cordon.Casework.Storage;
using Cordon.Casework.Warnings;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Duties;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Tests.Warnings;

/// <summary>From a verdict to somebody who is warned, and to what came of it; under the shipped rulebook and plan.</summary>
public sealed class WarningTests
{
    private static readonly Actor Anna = new("person:anna", null, new HashSet<string> { Roles.DutyOfficer });
    private static readonly Actor Clerk = new("person:clerk", MemberCode.Parse("bank-a"), new HashSet<string> { Roles.MemberClerk });
    private static readonly PhoneNumber Victim = new(8613800138000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string PlanFile => Path.Combine(RepositoryFolder.Root, "packs", "cn", "warnings.yaml");

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Who_looks_at_a_scams_page_is_texted_at_once_and_only_once_a_day(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await centre.VisitAsync("v1", Victim);
        Assert.Equal(1, await centre.Follower.StepAsync(Cancel));
        var warning = Assert.Single(await centre.Desk.ListAsync(Anna, new WarningFilter()));
        Assert.Equal(("W-2026-000001", "on-scam-page", "web.scam-domain", WarningState.Messaged), (warning.Number, warning.Group, warning.Reasons, warning.State));
        Assert.Equal((warning.SeenAt + TimeSpan.FromMinutes(30), AttemptOutcome.Sent), (warning.Due, Assert.Single(warning.Attempts).Outcome));
        var sent = Assert.Single(centre.Sent());
        Assert.Equal((warning.Id, Victim.ToString(), "sms"), (sent.GetProperty("warning").GetGuid(), sent.GetProperty("line").GetString(), sent.GetProperty("channel").GetString()));
        Assert.Contains("96110", sent.GetProperty("textZh").GetString(), StringComparison.Ordinal);

        // Nobody has to do more, and it pushes nobody off the list of those who wait; a person can call all the same.
        Assert.Empty(await centre.Desk.ListAsync(Anna, new WarningFilter { Open = true }));

        // The same again counts on the one that is there; a day later it is news.
        await centre.VisitAsync("v2", Victim);
        await centre.VisitAsync("v3", new PhoneNumber(8613800138001));
        Assert.Equal(1, await centre.Follower.StepAsync(Cancel));
        Assert.Equal(2, (await centre.Desk.FindAsync(Anna, warning.Id))!.Signals);
        centre.Time.Advance(TimeSpan.FromHours(25));
        await centre.VisitAsync("v4", Victim);
        Assert.Equal(1, await centre.Follower.StepAsync(Cancel));
        Assert.Equal(3, centre.Sent().Count);
        Assert.Equal(0, await centre.Follower.StepAsync(Cancel));
        // A follower that knows nothing goes on from the cursor.
        Assert.Equal(0, await centre.Again().StepAsync(Cancel));
        Assert.Equal(3, centre.Sent().Count);
        var row = await centre.Store.ReadAsync(db => db.Set<EventRow>().Where(e => e.Name == "warning.proposed").OrderBy(e => e.Position).FirstAsync(Cancel));
        Assert.DoesNotContain(Victim.ToString(), row.Body, StringComparison.Ordinal);
        centre.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await centre.Desk.CheckAsync(Cancel));
        Assert.Equal(WarningState.Reached, (await centre.Desk.ActAsync(Anna, warning.Id, new TellAttempt(WarningChannel.Call, AttemptOutcome.Reached), Cancel)).Value.State);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Who_is_about_to_pay_is_called_by_a_person_who_tells_what_came_of_it_and_losses_after_it_are_counted(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await centre.PayAsync("p1");
        Assert.Equal(1, await centre.Follower.StepAsync(Cancel));
        var warning = Assert.Single(await centre.Desk.ListAsync(Anna, new WarningFilter { Open = true }));
        Assert.Equal(("about-to-pay", Victim, WarningState.Proposed, warning.SeenAt + TimeSpan.FromMinutes(10)), (warning.Group, warning.Line, warning.State, warning.Due));
        Assert.Empty(centre.Sent());
        Assert.Empty(await centre.Desk.ListAsync(Clerk, new WarningFilter()));
        Assert.Equal("warning/not-found", (await centre.Desk.ActAsync(Clerk, warning.Id, new DismissWarning("x"), Cancel)).Refusal?.Code);

        centre.Time.Advance(TimeSpan.FromMinutes(4));
        await centre.Desk.ActAsync(Anna, warning.Id, new TellAttempt(WarningChannel.Call, AttemptOutcome.NotReached, "忙音"), Cancel);
        Assert.Equal("warning/nobody-answers", (await centre.Desk.ActAsync(Anna, warning.Id, new TellAttempt(WarningChannel.Sms, AttemptOutcome.Reached), Cancel)).Refusal?.Code);
        Assert.Equal(0, await centre.Desk.CheckAsync(Cancel));
        centre.Time.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal(1, await centre.Desk.CheckAsync(Cancel));
        Assert.Equal(0, await centre.Desk.CheckAsync(Cancel));
        var reached = (await centre.Desk.ActAsync(Anna, warning.Id, new TellAttempt(WarningChannel.Call, AttemptOutcome.Reached, "答应不再转账"), Cancel)).Value;
        Assert.Equal((WarningState.Reached, 2), (reached.State, reached.Attempts.Length));
        Assert.NotNull(reached.OverdueAt);
        Assert.Equal("warning/ended", (await centre.Desk.ActAsync(Anna, warning.Id, new GiveUpWarning("x"), Cancel)).Refusal?.Code);

        var now = centre.Store.Now;
        var review = await centre.Desk.ReviewAsync(now - TimeSpan.FromDays(1), now);
        var figures = Assert.Single(review.ByGroup);
        Assert.Equal((1, 1, 1, 0, 11.0, 0), (figures.Proposed, figures.Tried, figures.Reached, figures.InTime, figures.MedianMinutesToReach, figures.Lost));
        Assert.Null(review.DaysWithoutLoss);

        // Of what the victim reports later, what was paid before the first attempt was not lost in spite of a warning.
        var before = now - TimeSpan.FromMinutes(9);
        var received = (await centre.Cases.ReceiveAsync(Anna, Report("r1", (before, 5_000_00), (now + TimeSpan.FromMinutes(1), 20_000_00)), Cancel)).Value;
        for (var i = 0; i < 2; i++) await centre.Desk.FollowReportsAsync(received.Case, Cancel);
        var lost = (await centre.Desk.FindAsync(Anna, warning.Id))!;
        Assert.Equal((20_000_00, Currency.Cny, received.Report), (lost.LossMinor, lost.LossCurrency, Assert.Single(lost.Losses).Report));
        centre.Time.Advance(TimeSpan.FromDays(3));
        review = await centre.Desk.ReviewAsync(now - TimeSpan.FromDays(1), centre.Store.Now);
        Assert.Equal((0, 1), ((await centre.Desk.ListAsync(Anna, new WarningFilter { Open = true })).Count, (await centre.Desk.ListAsync(Anna, new WarningFilter { Open = false })).Count));
        Assert.Equal((1, 20_000_00, 3), (review.ByGroup[0].Lost, review.ByGroup[0].LostMinor, review.DaysWithoutLoss));

        // What the report tells no more was not lost.
        await centre.RejectAsync(received.Report);
        await centre.Desk.FollowReportsAsync(received.Case, Cancel);
        lost = (await centre.Desk.FindAsync(Anna, warning.Id))!;
        Assert.Equal((0L, null, 0), (lost.LossMinor, lost.LossCurrency, lost.Losses.Length));
        Assert.Null((await centre.Desk.ReviewAsync(now - TimeSpan.FromDays(1), centre.Store.Now)).DaysWithoutLoss);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_payment_let_through_after_its_bank_was_told_is_held_against_the_bank_and_a_late_call_against_the_office(Provider provider)
    {
        await using var centre = await Centre.OpenAsync(provider);
        await centre.EnrolAsync(("office-a", Sector.JointOffice), ("bank-a", Sector.Bank), ("telco-a", Sector.TelecomOperator));
        using var controls = centre.Controls();
        await centre.PayAsync("p1");
        await centre.VisitAsync("v1", new PhoneNumber(8613800138009));
        Assert.Equal(2, await centre.Follower.StepAsync(Cancel));
        // What was texted is done with; what the telephone has to do runs.
        centre.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([("bank-a", "cn.atf.18.restrict-suspects", 1, 0), ("office-a", "cn.atf.34.dissuaded", 1, 0)], await CountedAsync(controls));
        centre.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([("bank-a", "cn.atf.18.restrict-suspects", 1, 0), ("office-a", "cn.atf.34.dissuaded", 2, 1)], await CountedAsync(controls));

        // A day later it is another payment; and what nobody vouches for any more was never let through.
        var now = centre.Store.Now;
        var late = (await centre.Cases.ReceiveAsync(Anna, Report("r0", (now + TimeSpan.FromHours(24), 1_000_00)), Cancel)).Value;
        await centre.Desk.FollowReportsAsync(late.Case, Cancel);
        Assert.Equal(0, (await CountedAsync(controls))[0].Faults);
        var received = (await centre.Cases.ReceiveAsync(Anna, Report("r1", (now, 20_000_00)), Cancel)).Value;
        await centre.Desk.FollowReportsAsync(received.Case, Cancel);
        Assert.Equal(("bank-a", "cn.atf.18.restrict-suspects", 1, 1), (await CountedAsync(controls))[0]);
        using var again = centre.Controls();
        Assert.Equal(await CountedAsync(controls), await CountedAsync(again));
        await centre.RejectAsync(received.Report);
        await centre.Desk.FollowReportsAsync(received.Case, Cancel);
        Assert.Equal(0, (await CountedAsync(controls))[0].Faults);
    }

    private static async Task<List<(string Member, string Duty, long Occasions, long Faults)>> CountedAsync(ControlDesk controls) =>
        (await controls.StandingsAsync(Anna, cancel: Cancel)).Where(s => s.Subject.Duty is "cn.atf.18.restrict-suspects" or "cn.atf.34.dissuaded")
            .Select(s => (s.Subject.Member.ToString(), s.Subject.Duty, s.Occasions, s.Faults)).ToList();

    [Fact]
    public async Task Nobody_is_warned_of_what_happened_hours_ago_nor_a_number_that_serves_the_public()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.ListAsync(ListName.NeverBlockNumbers, "+8612345678");
        Assert.True(PhoneNumber.TryParse("+8612345678", out var hotline));
        await centre.VisitAsync("v1", hotline);
        await centre.VisitAsync("v2", Victim, centre.Store.Now - TimeSpan.FromHours(3));
        Assert.Equal(0, await centre.Follower.StepAsync(Cancel));
        Assert.Empty(await centre.Desk.ListAsync(Anna, new WarningFilter()));
    }

    [Fact]
    public async Task A_line_is_warned_no_oftener_a_day_than_the_plan_allows_whatever_it_is_in_danger_of()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite, perLineAndDay: 1);
        await centre.VisitAsync("v1", Victim);
        await centre.PayAsync("p1");
        Assert.Equal(1, await centre.Follower.StepAsync(Cancel));
        Assert.Equal(2, Assert.Single(await centre.Desk.ListAsync(Anna, new WarningFilter())).Signals);
    }

    [Fact]
    public async Task Who_was_kept_from_a_call_or_a_message_has_nothing_to_be_warned_of()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.TextAsync("m1", Victim);
        var plan = centre.Desk.Plan with { Groups = [centre.Desk.Plan.Groups[0] with { Reasons = ["message.scam-link"] }] };
        Assert.Equal(VerdictAction.Block, Assert.Single(centre.Engine.Read(e => e.AlertsAfter(0, 10))).Verdict.Action);
        Assert.Equal(0, await centre.Again(new WarningDesk(centre.Store, plan)).StepAsync(Cancel));
    }

    [Fact]
    public async Task Each_guard_says_what_is_wrong()
    {
        await using var centre = await Centre.OpenAsync(Provider.Sqlite);
        await centre.PayAsync("p1");
        await centre.Follower.StepAsync(Cancel);
        var id = (await centre.Desk.ListAsync(Anna, new WarningFilter()))[0].Id;
        async Task<string?> AskAsync(WarningCommand command) => (await centre.Desk.ActAsync(Anna, id, command, Cancel)).Refusal?.Code;
        Assert.Equal("warning/bad-note", await AskAsync(new TellAttempt(WarningChannel.Call, AttemptOutcome.Reached, new string('x', 1001))));
        Assert.Equal("warning/no-reason", await AskAsync(new GiveUpWarning(" ")));
        Assert.Equal("warning/no-reason", await AskAsync(new DismissWarning(new string('x', 501))));
        Assert.Equal("warning/not-found", (await centre.Desk.ActAsync(Anna, Guid.Empty, new CheckWarning(), Cancel)).Refusal?.Code);
        Assert.Null(await AskAsync(new DismissWarning("The payer is the owner of both accounts.")));
        Assert.Equal("warning/ended", await AskAsync(new TellAttempt(WarningChannel.Call, AttemptOutcome.Reached)));
    }

    [Theory]
    [InlineData("first: call", "first: letter", "letter")]
    [InlineData("withinMinutes: 10", "withinMinutes: 0", "0 lies outside 1")]
    [InlineData("- transfer.on-call-iot", "- web.scam-domain", "stands in 'about-to-pay' already")]
    [InlineData("id: on-scam-page", "id: about-to-pay", "Two groups")]
    [InlineData("perLineAndDay: 2", "perLineAndDays: 2", "perLineAndDay")]
    public void A_plan_with_a_fault_is_refused_with_its_place(string from, string to, string told)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, File.ReadAllText(PlanFile).Replace(from, to, StringComparison.Ordinal));
            var fault = Assert.Throws<InvalidDataException>(() => WarningPlan.Load(file));
            Assert.Contains(told, fault.Message, StringComparison.Ordinal);
            Assert.Matches(@"line \d+:", fault.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Every_reason_of_the_shipped_plan_is_one_of_the_shipped_rulebook()
    {
        var plan = WarningPlan.Load(PlanFile);
        var codes = RulebookReader.Load(Path.Combine(RepositoryFolder.Root, "packs", "cn", "rulebook")).Source!.Rules.Select(r => r.ReasonCode).ToHashSet(StringComparer.Ordinal);
        Assert.All(plan.Groups.SelectMany(g => g.Reasons), reason => Assert.Contains(reason, codes));
    }

    private static ReportIntake Report(string id, params (Instant At, long Minor)[] losses) => new(
        id, "赵某", Victim, "被骗", "fake-police", new Suspects([], [AccountNumber.Parse("bank-b:m")], []),
        [.. losses.Select((l, i) => new ReportedLoss(new SignalId($"{id}-{i}"), MemberCode.Parse("bank-a"), null, AccountNumber.Parse("bank-b:m"), new Amount(l.Minor, Currency.Cny), l.At))], losses[^1].At);

    private sealed class Centre : IAsyncDisposable
    {
        private readonly CaseworkDatabase database;
        private readonly DirectoryInfo folder;
        private int commands;

        private Centre(CaseworkDatabase database, JournaledEngine engine, DirectoryInfo folder, int perLineAndDay)
        {
            (this.database, Engine, this.folder) = (database, engine, folder);
            Desk = new WarningDesk(database.Store, WarningPlan.Load(PlanFile) with { PerLineAndDay = perLineAndDay });
            Cases = new CaseDesk(database.Store, engine, new CaseFollower(database.Store, engine, ShippedPack.Cn, new LadderInForce(null)));
            Follower = Again();
        }

        public JournaledEngine Engine { get; }

        public WarningDesk Desk { get; }

        public CaseDesk Cases { get; }

        public WarningFollower Follower { get; }

        public CaseworkStore Store => database.Store;

        public Microsoft.Extensions.Time.Testing.FakeTimeProvider Time => database.Time;

        public static async Task<Centre> OpenAsync(Provider provider, int perLineAndDay = 2)
        {
            var folder = Directory.CreateTempSubdirectory("cordon-warnings-");
            var library = new RulebookLibrary(Path.Combine(folder.FullName, "rulebooks"), Path.Combine(RepositoryFolder.Root, "packs", "cn", "rulebook"));
            var engine = JournaledEngine.Open(Path.Combine(folder.FullName, "journal"), JournalOptions.Default, null, out _, library.Shipped.Compiled);
            var centre = new Centre(await CaseworkDatabase.CreateAsync(provider), engine, folder, perLineAndDay);
            await centre.ListAsync(ListName.FraudDomains, "licai-777.example");
            await centre.ListAsync(ListName.FraudAccounts, "bank-b:m");
            var payer = AccountNumber.Parse("bank-a:v");
            await centre.TellAsync(new AccountOpening(
                new SignalId("o1"), payer.Member, centre.Store.Now - TimeSpan.FromDays(900), payer, AccountKind.Personal, IdentityCheck.Verified, null, new Amount(90_000_00, Currency.Cny), Victim, null));
            return centre;
        }

        public WarningFollower Again(WarningDesk? desk = null) => new(Engine, Store, desk ?? Desk, new WarningFile(Path.Combine(folder.FullName, "outgoing")).SendAsync);

        public ControlDesk Controls() => new(
            ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn), Engine, Store, ShippedOrders.Desk(Store), Time, facts: [new WarningFacts(Desk)]);

        public async Task EnrolAsync(params (string Code, Sector Sector)[] members)
        {
            var administrator = new Actor("person:root", null, new HashSet<string> { Roles.Administrator });
            await new RegionRegister(Store).TellAsync(administrator, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), Cancel);
            foreach (var (code, sector) in members)
                Assert.True((await new MemberRegister(Store).EnrolAsync(administrator, new MemberFacts(MemberCode.Parse(code), code, code, sector, "33", true, []), Cancel)).Succeeded);
        }

        public async Task RejectAsync(Guid report) =>
            Assert.True((await new ReportDesk(Store, Engine, Cases, OrderCentre.Types).ActAsync(OrderCentre.Office, report, new FindUnfounded("No such payment."), Cancel)).Succeeded);

        public Task<SubmitReceipt> ListAsync(ListName list, string entry) => Engine.SubmitAsync([new ListChanged(new Guid(++commands, 0, 0, new byte[8]), list, entry, true, Store.Now - TimeSpan.FromDays(1))], Cancel);

        public Task<SubmitReceipt> VisitAsync(string id, PhoneNumber line, Instant? at = null) =>
            TellAsync(new WebVisit(new SignalId(id), MemberCode.Parse("telco-a"), at ?? Store.Now, line, new Domain("licai-777.example")));

        public Task<SubmitReceipt> TextAsync(string id, PhoneNumber to) =>
            TellAsync(new Message(new SignalId(id), MemberCode.Parse("telco-a"), Store.Now, new PhoneNumber(8617000000001), to, new Domain("licai-777.example")));

        public Task<SubmitReceipt> PayAsync(string id)
        {
            var (payer, payee) = (AccountNumber.Parse("bank-a:v"), AccountNumber.Parse("bank-b:m"));
            return TellAsync(new Transfer(new SignalId(id), payer.Member, Store.Now, payer, payee, new Amount(20_000_00, Currency.Cny), TransferMeans.Account, null));
        }

        public List<JsonElement> Sent() => [.. Directory.Exists(Path.Combine(folder.FullName, "outgoing"))
            ? Directory.GetFiles(Path.Combine(folder.FullName, "outgoing")).Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines).Select(l => JsonDocument.Parse(l).RootElement.Clone()) : []];

        public async ValueTask DisposeAsync()
        {
            await Engine.DisposeAsync();
            await database.DisposeAsync();
            folder.Delete(recursive: true);
        }

        private Task<SubmitReceipt> TellAsync(Signal signal) => Engine.SubmitAsync([new SignalAccepted(signal)], Cancel);
    }
}
