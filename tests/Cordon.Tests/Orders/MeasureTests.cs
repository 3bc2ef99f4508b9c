using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Storage;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Orders;

/// <summary>Orders about numbers and domains, and the end of a freeze.</summary>
public sealed class MeasureTests
{
    private static readonly PhoneNumber Caller = new(8617012345678);
    private static readonly MemberCode Telco = MemberCode.Parse("telco-a");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task The_chain_drafts_a_suspension_and_a_take_down_that_go_to_their_owners(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var id = await CalledAsync(centre);
        var measures = Measures(centre);
        var drafts = (await measures.DraftFromChainAsync(Office, id, Cancel)).Value;
        Assert.Equal([OrderKind.SuspendNumber, OrderKind.TakeDown], drafts.Select(d => d.Kind));
        Assert.Equal((Telco, Caller, null, null), (drafts[0].Member, drafts[0].Line, drafts[0].Account, drafts[0].Domain));
        Assert.Equal((MemberCode.Parse("web-a"), new Domain("bad.example.com"), 'D'), (drafts[1].Member, drafts[1].Domain, drafts[1].Number[0]));
        Assert.Empty((await measures.DraftFromChainAsync(Office, id, Cancel)).Value);

        var sent = (await centre.Orders.IssueByTwoAsync(Li, drafts[0].Id, "Anti-Telecom-Fraud Law, art. 11", Cancel)).Value;
        Assert.Equal((sent.IssuedAt + TimeSpan.FromMinutes(30), sent.IssuedAt + TimeSpan.FromHours(2), null), (sent.AcknowledgeBy, sent.AnswerBy, sent.ExpiresAt));
        Assert.Equal("order/not-found", await centre.RefusedAsync(Clerk(MemberCode.Parse("bank-a")), sent.Id, new AcknowledgeOrder()));
        Assert.Equal("order/wrong-state", await centre.RefusedAsync(Clerk(Telco), sent.Id, new ReportCarriedOut(null)));
        var had = (await centre.Orders.ActAsync(Clerk(Telco), sent.Id, new AcknowledgeOrder(), Cancel)).Value;
        Assert.Equal(had.AcknowledgedAt + TimeSpan.FromDays(30), had.ExpiresAt);
        Assert.Equal("order/other-kind", await centre.RefusedAsync(Clerk(Telco), sent.Id, new ReportHeld(Yuan(1))));
        var done = (await centre.Orders.ActAsync(Clerk(Telco), sent.Id, new ReportCarriedOut("Cut off."), Cancel)).Value;
        Assert.Equal((OrderState.Executed, false, done.ExecutedAt), (done.State, done.Holds, had.AcknowledgedAt));
        Assert.Equal(done.Version, (await centre.Orders.ActAsync(Clerk(Telco), sent.Id, new ReportCarriedOut(null), Cancel)).Value.Version);

        centre.Advance(TimeSpan.FromDays(30));
        Assert.Equal(1, await centre.Orders.CheckClocksAsync(Cancel));
        Assert.Equal(OrderState.Expired, (await centre.FindAsync(sent.Id)).State);
    }

    [Fact]
    public async Task A_measure_not_carried_out_in_time_is_overdue_and_stays_owed()
    {
        await using var centre = await OpenAsync();
        var draft = (await Measures(centre).DraftFromChainAsync(Office, await CalledAsync(centre), Cancel)).Value[0];
        await centre.Orders.IssueInEmergencyAsync(Li, draft.Id, "Anti-Telecom-Fraud Law, art. 11", WhyNow, Cancel);
        await centre.Orders.ApproveAsync(Wang, draft.Id, Cancel);
        await centre.Orders.ActAsync(Clerk(Telco), draft.Id, new AcknowledgeOrder(), Cancel);
        centre.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await centre.Orders.CheckClocksAsync(Cancel));
        Assert.Equal(0, await centre.Orders.CheckClocksAsync(Cancel));
        Assert.NotNull((await centre.FindAsync(draft.Id)).OverdueAt);
        Assert.True((await centre.Orders.ActAsync(Clerk(Telco), draft.Id, new ReportCarriedOut(null), Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_wrong_subject_owner_or_number_is_refused_by_name()
    {
        await using var centre = await OpenAsync();
        var id = await CalledAsync(centre);
        var stranger = new PhoneNumber(8617099999999);
        var domain = new Domain("bad.example.com");
        (MeasureAsked Asked, string Code)[] rows =
        [
            (new(OrderKind.SuspendNumber, null, domain, null), "order/wrong-subject"),
            (new(OrderKind.SuspendNumber, null, null, null), "order/wrong-subject"),
            (new(OrderKind.BlockNumber, Caller, domain, null), "order/wrong-subject"),
            (new(OrderKind.TakeDown, Caller, null, null), "order/wrong-subject"),
            (new(OrderKind.TakeDown, null, new Domain("Bad.Example.com"), null), "order/wrong-subject"),
            (new(OrderKind.TakeDown, null, new Domain("localhost"), null), "order/wrong-subject"),
            (new(OrderKind.StopPayment, Caller, null, null), "order/wrong-subject"),
            (new(OrderKind.SuspendNumber, stranger, null, null), "order/unknown-owner"),
            (new(OrderKind.SuspendNumber, Caller, null, MemberCode.Parse("bank-a")), "order/other-owner"),
            (new(OrderKind.SuspendNumber, stranger, null, MemberCode.Parse("bank-a")), "order/other-owner"),
            (new(OrderKind.SuspendNumber, stranger, null, MemberCode.Parse("web-a")), "order/other-owner"),
            (new(OrderKind.TakeDown, null, domain, MemberCode.Parse("bank-a")), "order/other-owner"),
            (new(OrderKind.TakeDown, null, domain, MemberCode.Parse("nobody")), "order/other-owner"),
        ];
        foreach (var (asked, code) in rows) Assert.Equal(code, (await Measures(centre).DraftAsync(Office, id, asked, Cancel)).Refusal?.Code);
        Assert.Equal("case/not-found", (await Measures(centre).DraftAsync(Clerk(Telco), id, new MeasureAsked(OrderKind.SuspendNumber, Caller, null, null), Cancel)).Refusal?.Code);
        Assert.Equal(Telco, (await Measures(centre).DraftAsync(Office, id, new MeasureAsked(OrderKind.BlockNumber, stranger, null, Telco), Cancel)).Value.Member);
        Assert.Equal("order/already-open", (await Measures(centre).DraftAsync(Office, id, new MeasureAsked(OrderKind.BlockNumber, stranger, null, Telco), Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task A_number_that_is_never_blocked_is_not_cut_off()
    {
        await using var centre = await OpenAsync();
        var id = await CalledAsync(centre);
        await centre.Engine.SubmitAsync([new ListChanged(new Guid(1, 2, 3, new byte[8]), ListName.NeverBlockNumbers, Caller.ToString(), true, At(40))], Cancel);
        Assert.Equal("order/never-blocked", (await Measures(centre).DraftAsync(Office, id, new MeasureAsked(OrderKind.SuspendNumber, Caller, null, null), Cancel)).Refusal?.Code);
        Assert.Equal([OrderKind.TakeDown], (await Measures(centre).DraftFromChainAsync(Office, id, Cancel)).Value.Select(d => d.Kind));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_unfreeze_ends_the_freeze_and_its_stop_at_once(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var stop = await centre.HoldAsync((await centre.Orders.IssueByTwoAsync(Li, (await centre.DraftedAsync()).Id, Basis, Cancel)).Value, 48_000_00);
        Assert.Equal("order/not-frozen", (await centre.Orders.ProposeUnfreezeAsync(Office, stop.Id, Cancel)).Refusal!.Code);
        var freeze = (await centre.Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Value;
        Assert.Equal("order/not-frozen", (await centre.Orders.ProposeUnfreezeAsync(Office, freeze.Id, Cancel)).Refusal!.Code);
        freeze = await centre.HoldAsync((await centre.Orders.IssueByTwoAsync(Li, freeze.Id, Basis, Cancel)).Value, 48_000_00);
        await centre.FollowAsync(stop.CaseId);
        Assert.True(Stopped(centre));

        var unfreeze = (await centre.Orders.ProposeUnfreezeAsync(Office, freeze.Id, Cancel)).Value;
        Assert.Equal((OrderKind.Unfreeze, 48_000_00L, freeze.Id, 'U'), (unfreeze.Kind, unfreeze.AmountMinor, unfreeze.Lifts, unfreeze.Number[0]));
        Assert.Equal("order/already-open", (await centre.Orders.ProposeUnfreezeAsync(Office, freeze.Id, Cancel)).Refusal!.Code);
        Assert.Equal("order/other-basis", (await centre.Orders.IssueAsync(Li, unfreeze.Id, Basis, Cancel)).Refusal!.Code);
        await centre.Orders.IssueAsync(Li, unfreeze.Id, "Anti-Telecom-Fraud Law, art. 20", Cancel);
        Assert.True((await centre.FindAsync(freeze.Id)).Holds);
        await centre.Orders.ApproveAsync(Wang, unfreeze.Id, Cancel);
        Assert.Equal([OrderState.Released, OrderState.Released], [(await centre.FindAsync(freeze.Id)).State, (await centre.FindAsync(stop.Id)).State]);
        await centre.FollowAsync(stop.CaseId);
        Assert.False(Stopped(centre));

        await centre.Orders.ActAsync(Clerk(unfreeze.Member), unfreeze.Id, new AcknowledgeOrder(), Cancel);
        Assert.Equal((OrderState.Done, true), (await centre.Orders.ActAsync(Clerk(unfreeze.Member), unfreeze.Id, new ReportCarriedOut(null), Cancel)).Value is var u ? (u.State, u.Ended) : default);
    }

    private static CaseMeasures Measures(OrderCentre centre) => new(centre.Store, centre.Engine, centre.Orders);

    private static bool Stopped(OrderCentre centre) => centre.Engine.Read(e => e.Known.Lists.Has(ListName.StoppedAccounts, AccountNumber.Parse("bank-b:m")));

    /// <summary>A case whose victim was called by a line of the operator's, and led to a page.</summary>
    internal static async Task<Guid> CalledAsync(OrderCentre centre)
    {
        await centre.TellAsync(
            new Subscription(new SignalId("s1"), Telco, At(-3000), Caller, LineKind.Mobile, IdentityCheck.NotVerified, null, null, null),
            new Call(new SignalId("c1"), Telco, At(-5), Caller, new PhoneNumber(8613800138000), CallOrigin.Domestic, false, null, null, 60),
            Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0));
        return await centre.ReportAsync(suspects: new Suspects([Caller], [AccountNumber.Parse("bank-b:m")], ["bad.example.com"]));
    }
}
