using Cordon.Casework;
using Cordon.Casework.Appeals;
using Cordon.Casework.Members;
using Cordon.Casework.Registers;
using Cordon.Casework.Restrictions;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;
using Cordon.Tests.Orders;
using Cordon.Tests.Rulebooks;
using Cordon.Tests.Storage;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Restrictions;

/// <summary>From a proposal over lists and members to an appeal that lifts it everywhere.</summary>
public sealed class RestrictionDeskTests
{
    private static readonly PersonToken Sun = new(1, 170);
    private static readonly MemberCode BankA = MemberCode.Parse("bank-a");
    private static readonly MemberCode BankB = MemberCode.Parse("bank-b");
    private static readonly MemberCode Telco = MemberCode.Parse("telco-a");
    private static readonly AccountNumber Living = AccountNumber.Parse("bank-a:living");
    private static readonly Actor Decider = new("person:feng", null, new HashSet<string> { Roles.AppealDecider });
    private static readonly Actor Auditor = new("person:lu", null, new HashSet<string> { Roles.Auditor });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_seller_is_restricted_by_two_and_lifted_everywhere_by_an_appeal(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var desk = new RestrictionDesk(centre.Store, centre.Engine, RestrictionTermsTests.Terms, ShippedPack.Cn);
        var appeals = new AppealDesk(centre.Store, centre.Orders, new AppealOptions { NoticeFile = ShippedOrders.NoticeFile }, desk);
        await centre.TellAsync(
            new AccountOpening(new SignalId("l1"), BankA, At(-60), Living, AccountKind.Personal, IdentityCheck.Verified, Sun, null, null, null),
            new Subscription(new SignalId("l2"), Telco, At(-60), new PhoneNumber(8613300010000), LineKind.Mobile, IdentityCheck.Verified, Sun, null, null));
        var command = new ProposeRestriction(Sun.ToString(), "seller", "卖出四张电话卡。", 4, 1, 1, ["line:+8613300010000", $"case:{Guid.Empty}"], Living);
        Assert.Equal("restriction/bad-evidence", (await desk.ProposeAsync(Li, command, Cancel)).Refusal!.Code);
        command = command with { Evidence = ["line:+8613300010000"] };
        Assert.Equal("restriction/living-not-held", (await desk.ProposeAsync(Li, command with { Keeps = AccountNumber.Parse("bank-b:m") }, Cancel)).Refusal!.Code);
        var proposed = (await desk.ProposeAsync(Li, command, Cancel)).Value;
        Assert.Equal(("PR-2026-000001", RestrictionState.Proposed), (proposed.Number, proposed.State));
        Assert.Equal("restriction/waits", (await desk.ProposeAsync(Wang, command, Cancel)).Refusal!.Code);
        await FollowAsync(centre);
        Assert.False(Listed(centre));

        var approved = (await desk.ActAsync(Wang, proposed.Id, new ApproveRestriction(), Cancel)).Value;
        await FollowAsync(centre);
        Assert.True(Listed(centre));
        Assert.True(centre.Engine.Read(e => e.Known.Lists.Has(ListName.LivingAccounts, Living, centre.Store.Now)));
        Assert.False(centre.Engine.Read(e => e.Known.Lists.Has(Sun, approved.EndsAt!.Value)));
        Assert.Equal([BankA, Telco], approved.Members.Select(m => m.Member));
        await SeeAsync(desk, approved.Id);

        Assert.Equal("restriction/not-found", (await desk.ActAsync(Clerk(BankB), approved.Id, new ConfirmRestriction(), Cancel)).Refusal!.Code);
        Assert.Equal(approved.Id, Assert.Single(await desk.ListAsync(Clerk(BankA), new RestrictionFilter { Unconfirmed = true })).Id);
        foreach (var member in new[] { BankA, Telco }) Assert.True((await desk.ActAsync(Clerk(member), approved.Id, new ConfirmRestriction(), Cancel)).Succeeded);
        Assert.Empty(await desk.ListAsync(Clerk(BankA), new RestrictionFilter { Unconfirmed = true }));
        // Who becomes the person's bank later hears of it then.
        await centre.TellAsync(new AccountOpening(new SignalId("l3"), BankB, At(0), AccountNumber.Parse("bank-b:sun"), AccountKind.Personal, IdentityCheck.Verified, Sun, null, null, null));
        Assert.Equal(1, await desk.CheckClocksAsync(Cancel));
        Assert.Equal(0, await desk.CheckClocksAsync(Cancel));
        Assert.Single(await desk.ListAsync(Clerk(BankB), new RestrictionFilter { Unconfirmed = true }));

        await AppealAsync(centre, desk, appeals, approved.Id);
    }

    private static async Task SeeAsync(RestrictionDesk desk, Guid id)
    {
        var notice = Assert.Single((await desk.FindAsync(Clerk(BankA), id, Cancel))!.Notices);
        Assert.DoesNotContain(Sun.ToString(), notice.TextZh + notice.TextEn, StringComparison.Ordinal);
        foreach (var said in new[] { "第三十一条第二款", "第三十二条第三款", "卖出四张电话卡", "期满自动解除", "尾号ving", "如何申诉" }) Assert.Contains(said, notice.TextZh, StringComparison.Ordinal);
        foreach (var said in new[] { "art. 31(2)", "art. 32(3)", "What stays usable", "One mobile line stays", "How to appeal" }) Assert.Contains(said, notice.TextEn, StringComparison.Ordinal);
        var (bank, auditor, police) = (await ViewAsync(desk, Clerk(BankA), id), await ViewAsync(desk, Auditor, id), await ViewAsync(desk, Li, id));
        Assert.Equal((Sun.ToString(), null, Sun.ToString()), (bank.Person, auditor.Person, police.Person));
        Assert.Equal((Living, null), (bank.Keeps, (await ViewAsync(desk, Clerk(Telco), id)).Keeps));
        Assert.Empty(bank.Grounds.Single().Evidence);
        Assert.Empty(auditor.Grounds.Single().Evidence);
        Assert.Equal([RestrictionMeasure.NonCounterPayments, RestrictionMeasure.NewAccounts], bank.Measures.Select(m => m.Measure));
        Assert.Equal(BankA, Assert.Single(bank.Members).Member);
        Assert.Null(await desk.FindAsync(Clerk(BankB), id, Cancel));
        Assert.Empty(await desk.ListAsync(Clerk(BankB), new RestrictionFilter()));
        Assert.Empty(await desk.ListAsync(Auditor, new RestrictionFilter { Person = Sun.ToString() }));
        Assert.Single(await desk.ListAsync(Li, new RestrictionFilter { Person = Sun.ToString(), Ground = "seller", State = RestrictionState.InForce }));
    }

    private static async Task AppealAsync(OrderCentre centre, RestrictionDesk desk, AppealDesk appeals, Guid id)
    {
        Assert.Equal("restriction/not-found", (await appeals.ReceiveAgainstAsync(Clerk(MemberCode.Parse("web-a")), id, "孙某", "不是我。", Cancel)).Refusal!.Code);
        var appeal = (await appeals.ReceiveAgainstAsync(Clerk(BankA), id, "孙某", "卡是被冒用的。", Cancel)).Value;
        Assert.Equal("appeal/open", (await appeals.ReceiveAgainstAsync(Office, id, "孙某", "再次。", Cancel)).Refusal!.Code);
        centre.Advance(TimeSpan.FromMinutes(25));
        foreach (var own in new[] { Li, Wang }) Assert.Equal("appeal/own-order", (await appeals.DecideAsync(own, appeal.Id, new DecideAppeal(true, "Mine."), Cancel)).Refusal!.Code);
        var told = new List<Guid>();
        desk.Changed += told.Add;
        Assert.True((await appeals.DecideAsync(Decider, appeal.Id, new DecideAppeal(true, "The signature was forged."), Cancel)).Succeeded);
        Assert.Equal([id], told);
        await FollowAsync(centre);
        Assert.False(Listed(centre));
        Assert.False(centre.Engine.Read(e => e.Known.Lists.Has(ListName.LivingAccounts, Living, centre.Store.Now)));
        var lifted = (await desk.FindAsync(Li, id, Cancel))!.Restriction;
        Assert.Equal((RestrictionState.Lifted, (Guid?)appeal.Id), (lifted.State, lifted.Appeal));
        centre.Advance(TimeSpan.FromMinutes(5));
        foreach (var member in new[] { BankA, Telco }) Assert.True((await desk.ActAsync(Clerk(member), id, new ConfirmRestriction(), Cancel)).Succeeded);
        var file = (await appeals.FindAsync(Decider, appeal.Id))!;
        Assert.Equal((TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(5)), (file.LiftedIn, file.LetGoIn));
        var figures = (await new Situation(centre.Store).NowAsync()).Appeals;
        Assert.Equal((1, 1, 1.0), (figures.Restrictions, figures.Wrongful, figures.WrongfulRate));
        // Nothing is left that would keep the person from being restricted anew, on a better finding.
        Assert.True((await desk.ProposeAsync(Li, new ProposeRestriction(Sun.ToString(), "convict", "已判决。", 0, 0, 0, ["document:判决"]), Cancel)).Succeeded);
    }

    [Fact]
    public void A_restricted_person_gets_no_wallet_until_the_term_ends_by_itself_and_the_account_for_living_is_not_hit()
    {
        var engine = new ScreeningEngine(Rulebook.Compile(ShippedRulebook.Cn, new string('a', 64)).Rulebook!);
        var ends = At(0) + TimeSpan.FromDays(700);
        engine.Step(new ListChanged(new Guid(1, 0, 0, new byte[8]), ListName.RestrictedPersons, Sun.ToString(), true, At(0), ends));
        engine.Step(new ListChanged(new Guid(2, 0, 0, new byte[8]), ListName.LivingAccounts, Living.ToString(), true, At(0), ends));
        var pay = MemberCode.Parse("pay-a");
        AccountOpening Wallet(string id, Instant at) => new(new SignalId(id), pay, at, AccountNumber.Parse("pay-a:" + id), AccountKind.Wallet, IdentityCheck.Verified, Sun, null, null, null);
        AccountOpening Account(string id, AccountNumber number) => new(new SignalId(id), BankA, At(1), number, AccountKind.Personal, IdentityCheck.Verified, Sun, null, null, null);
        Transfer Paid(string id, AccountNumber from) => new(new SignalId(id), BankA, At(2), from, AccountNumber.Parse("bank-b:shop"), Yuan(300_00), TransferMeans.Account, null);
        Verdict Judge(Signal signal) => engine.Step(new SignalAccepted(signal))!;
        Assert.Equal(VerdictAction.Allow, Judge(Account("a1", Living)).Action);
        var other = AccountNumber.Parse("bank-a:other");
        Assert.Equal((VerdictAction.Hold, VerdictAction.Block), (Judge(Account("a2", other)).Action, Judge(Wallet("w1", At(1))).Action));
        Assert.Equal((VerdictAction.Allow, VerdictAction.Warn), (Judge(Paid("t1", Living)).Action, Judge(Paid("t2", other)).Action));
        Assert.Equal(VerdictAction.Block, Judge(Wallet("w2", ends - TimeSpan.FromMinutes(1))).Action);
        Assert.NotEqual(VerdictAction.Block, Judge(Wallet("w3", ends)).Action);
    }

    private static async Task<RestrictionView> ViewAsync(RestrictionDesk desk, Actor actor, Guid id) => RestrictionView.Of((await desk.FindAsync(actor, id, Cancel))!, actor, desk);

    private static bool Listed(OrderCentre centre) => centre.Engine.Read(e => e.Known.Lists.Has(Sun, centre.Store.Now));

    private static async Task FollowAsync(OrderCentre centre)
    {
        while (await new Outbox(centre.Engine, centre.Store).StepAsync(Cancel) > 0)
        {
            // Until nothing is owed.
        }
    }
}
