using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Cordon.Casework;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Cordon.Tests.Deliveries.DeliveryRig;

namespace Cordon.Tests.Deliveries;

/// <summary>What is queued with which event, who may set up what, and receipts that are signed.</summary>
public sealed class DeliveryDeskTests
{
    private static readonly Uri Url = new("https://hooks.bank-b.test/cordon");
    private static readonly Actor Machine = new("key:7", BankB, new HashSet<string> { Roles.System });
    private static readonly Actor Stranger = new("key:8", BankA, new HashSet<string> { Roles.System });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Every_event_that_the_member_must_hear_of_is_queued_with_it_and_no_other(Provider provider)
    {
        await using var rig = await OpenAsync(provider);
        var orders = rig.Centre.Orders;
        await rig.RegisterAsync(Url);
        var draft = await rig.DraftAsync();
        Assert.Empty(await rig.AllAsync());
        await orders.IssueAsync(OrderCentre.Li, draft.Id, OrderCentre.Basis, Cancel);
        Assert.Empty(await rig.AllAsync());
        await orders.ApproveAsync(OrderCentre.Wang, draft.Id, Cancel);
        Assert.Equal(["order.issued"], await TypesAsync(rig, draft.Id));
        rig.Centre.Advance(TimeSpan.FromMinutes(31));
        await orders.CheckClocksAsync(Cancel);
        await rig.Centre.HoldAsync(draft, 50_00);
        await orders.ActAsync(OrderCentre.Li, draft.Id, new ReleaseOrder("A mistake."), Cancel);
        await orders.ActAsync(OrderCentre.Clerk(BankB), draft.Id, new ReportLetGo(), Cancel);
        Assert.Equal(["order.issued", "order.overdue", "order.released"], await TypesAsync(rig, draft.Id));

        var alone = await rig.DraftAsync();
        await orders.IssueInEmergencyAsync(OrderCentre.Li, alone.Id, OrderCentre.Basis, OrderCentre.WhyNow, Cancel);
        await orders.ApproveAsync(OrderCentre.Wang, alone.Id, Cancel);
        Assert.Equal(["order.issued", "order.approved"], await TypesAsync(rig, alone.Id));
        var lapses = await rig.DraftAsync();
        await orders.IssueInEmergencyAsync(OrderCentre.Li, lapses.Id, OrderCentre.Basis, OrderCentre.WhyNow, Cancel);
        await orders.ActAsync(OrderCentre.Clerk(BankB), lapses.Id, new AcknowledgeOrder(), Cancel);
        rig.Centre.Advance(TimeSpan.FromMinutes(121));
        await orders.CheckClocksAsync(Cancel);
        Assert.Equal(["order.issued", "order.lapsed"], await TypesAsync(rig, lapses.Id));
        var dropped = await rig.DraftAsync();
        await orders.ActAsync(OrderCentre.Li, dropped.Id, new WithdrawOrder("No need."), Cancel);
        Assert.Empty(await TypesAsync(rig, dropped.Id));
        // A member without an endpoint pulls; nothing is queued for it.
        var pulled = await rig.IssueAsync("bank-a");
        Assert.Empty(await TypesAsync(rig, pulled.Id));
    }

    public static TheoryData<string> Events => [.. typeof(OrderEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(OrderEvent))).Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void Of_every_event_it_is_decided_whether_and_by_what_type_the_member_hears_of_it(string happened)
    {
        const string Inner = "inside the authority";
        const string Own = "the member's own answer";
        var decided = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [nameof(OrderIssued)] = "order.issued", [nameof(EnquiryIssued)] = "order.issued", [nameof(MeasureIssued)] = "order.issued", [nameof(ReturnOrdered)] = "order.issued",
            [nameof(OrderApproved)] = "order.approved", [nameof(FreezeRenewed)] = "order.renewed", [nameof(OrderOverdue)] = "order.overdue", [nameof(OrderEscalated)] = "order.escalated",
            [nameof(OrderReleased)] = "order.released", [nameof(OrderLiftedOnAppeal)] = "order.released", [nameof(OrderLapsed)] = "order.lapsed", [nameof(OrderExpired)] = "order.expired",
            [nameof(OrderProposed)] = Inner, [nameof(StopRevised)] = Inner, [nameof(MeasureProposed)] = Inner, [nameof(UnfreezeProposed)] = Inner, [nameof(EnquiryProposed)] = Inner,
            [nameof(EnquiryRevised)] = Inner, [nameof(OrderSigned)] = Inner, [nameof(OrderSentBack)] = Inner, [nameof(EmergencyDeclared)] = Inner, [nameof(OrderWithdrawn)] = Inner,
            [nameof(OrderAcknowledged)] = Own, [nameof(OrderExecuted)] = Own, [nameof(MeasureCarriedOut)] = Own, [nameof(OrderLetGo)] = Own, [nameof(EnquiryAnswered)] = Own,
            [nameof(ReturnPaid)] = Own, [nameof(OrderDeclined)] = Own, [nameof(ReceiptSigned)] = Own,
        };
        Assert.True(decided.TryGetValue(happened, out var expected), "A new event: decide here what the member hears of it.");
        var order = new Order();
        order.Apply(new OrderIssued(default, "person:li", null, OrderCentre.Basis, 1, default, default));
        var one = (OrderEvent)RuntimeHelpers.GetUninitializedObject(typeof(OrderEvent).Assembly.GetType($"{typeof(OrderEvent).Namespace}.{happened}", throwOnError: true)!);
        Assert.Equal(expected is Inner or Own ? null : expected, Announcement.TypeOf(order, [one]));
        Assert.Null(Announcement.TypeOf(new Order(), [one]));
    }

    [Fact]
    public async Task An_announcement_holds_the_version_and_digest_that_get_answers_then()
    {
        await using var rig = await OpenAsync();
        await rig.RegisterAsync(Url);
        var order = await rig.IssueAsync();
        var queued = await rig.OneAsync();
        var view = OrderView.Of(await rig.Centre.FindAsync(order.Id));
        Assert.Equal((view.Version, view.Digest), (queued.OrderVersion, queued.Digest));
        Assert.Equal(order.IssuedAt, queued.QueuedAt);
    }

    [Fact]
    public async Task What_does_not_commit_queues_nothing()
    {
        await using var rig = await OpenAsync();
        await rig.RegisterAsync(Url);
        var draft = await rig.DraftAsync();
        await rig.Centre.Orders.IssueAsync(OrderCentre.Li, draft.Id, OrderCentre.Basis, Cancel);
        var told = 0;
        rig.Centre.Store.Announced += () => told++;
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Centre.Store.ChangeAsync<Order>(OrderCentre.Wang, async change =>
        {
            var order = await change.Db.Set<Order>().SingleAsync(o => o.Id == draft.Id, Cancel);
            change.Record(order, new OrderIssued(change.Now, "person:li", null, "basis", 1, change.Now, change.Now));
            throw new InvalidOperationException("The process ends here.");
        }, Cancel));
        var refused = await rig.Centre.Store.ChangeAsync<Order>(OrderCentre.Wang, async change =>
        {
            var order = await change.Db.Set<Order>().SingleAsync(o => o.Id == draft.Id, Cancel);
            change.Record(order, new OrderIssued(change.Now, "person:li", null, "basis", 1, change.Now, change.Now));
            return OrderRefusal.NoReason;
        }, Cancel);
        Assert.False(refused.Succeeded);
        Assert.Empty(await rig.AllAsync());
        Assert.Equal(0, told);
        await rig.Centre.Orders.ApproveAsync(OrderCentre.Wang, draft.Id, Cancel);
        Assert.Equal(DeliveryState.Pending, (await rig.OneAsync()).State);
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task Who_sets_up_what_is_guarded_and_every_slip_has_its_name()
    {
        await using var rig = await OpenAsync();
        async Task<string> RegisterAsync(Actor actor, string member, string url) => (await rig.Desk.RegisterAsync(actor, MemberCode.Parse(member), url, Cancel)).Refusal?.Code ?? "taken";
        Assert.Equal("webhook/no-member", await RegisterAsync(Stranger, "bank-b", Url.OriginalString));
        Assert.Equal("webhook/no-member", await RegisterAsync(OrderCentre.Li, "bank-b", Url.OriginalString));
        Assert.Equal("webhook/no-member", await RegisterAsync(Admin, "bank-z", Url.OriginalString));
        Assert.Equal("webhook/bad-url", await RegisterAsync(Admin, "bank-b", "http://hooks.bank-b.test/"));
        Assert.Equal("webhook/none", (await rig.Desk.DisableAsync(Machine, BankB, "Moved.", Cancel)).Refusal!.Code);
        Assert.Equal("webhook/none", (await rig.Desk.TestAsync(Machine, BankB, Cancel)).Refusal!.Code);
        Assert.Equal("taken", await RegisterAsync(Machine, "bank-b", Url.OriginalString));
        Assert.Equal("taken", await RegisterAsync(OrderCentre.Clerk(BankB), "bank-b", Url.OriginalString));
        Assert.Equal(1, (await rig.Desk.EndpointAsync(Machine, BankB))!.Version);
        Assert.Null(await rig.Desk.EndpointAsync(Stranger, BankB));
        Assert.Equal("webhook/no-reason", (await rig.Desk.DisableAsync(Machine, BankB, "", Cancel)).Refusal!.Code);
        Assert.Equal(EndpointState.Disabled, (await rig.Desk.DisableAsync(Machine, BankB, "Moved.", Cancel)).Value.State);
        Assert.Equal(2, (await rig.Desk.DisableAsync(Machine, BankB, "Moved again.", Cancel)).Value.Version);
        Assert.Equal("webhook/not-in-use", (await rig.Desk.TestAsync(Machine, BankB, Cancel)).Refusal!.Code);
        Assert.Equal("delivery/not-found", (await rig.Desk.SendAgainAsync(Admin, Guid.Empty, Cancel)).Refusal!.Code);
        Assert.Equal("webhook/not-yours", (await rig.Keys.RotateAsync(Machine, Cancel)).Refusal!.Code);
        Assert.Equal("webhook/not-yours", (await rig.Keys.RetireAsync(Machine, Guid.Empty, Cancel)).Refusal!.Code);
        Assert.Equal("webhook-key/not-found", (await rig.Keys.RetireAsync(Admin, Guid.Empty, Cancel)).Refusal!.Code);
        for (var i = 0; i < SigningKeys.MostActive; i++) Assert.True((await rig.Keys.RotateAsync(Admin, Cancel)).Succeeded);
        Assert.Equal("webhook-key/too-many", (await rig.Keys.RotateAsync(Admin, Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task A_stranger_sees_and_sends_nothing_of_another_member()
    {
        await using var rig = await OpenAsync();
        await rig.RegisterAsync(Url);
        await rig.IssueAsync();
        var dead = await rig.OneAsync();
        await rig.Desk.AttemptedAsync(dead.Id, Url, DeliveryFault.Refused, 404, null, Cancel);
        Assert.Empty(await rig.Desk.ListAsync(Stranger, new DeliveryFilter()));
        Assert.Empty(await rig.Desk.StandingAsync(Stranger));
        Assert.Equal("delivery/not-found", (await rig.Desk.SendAgainAsync(Stranger, dead.Id, Cancel)).Refusal!.Code);
        Assert.Single(await rig.Desk.ListAsync(Machine, new DeliveryFilter()));
        Assert.Equal((404, BankB), (Assert.Single(await rig.Desk.StandingAsync(Machine)).Status!.Value, BankB));
        Assert.True((await rig.Desk.SendAgainAsync(OrderCentre.Li, dead.Id, Cancel)).Succeeded);
        // What ended before is written once: a second end of the same attempt changes nothing.
        await rig.Desk.AttemptedAsync(dead.Id, Url, null, 200, null, Cancel);
        await rig.Desk.AttemptedAsync(dead.Id, Url, DeliveryFault.Failed, 500, rig.Now, Cancel);
        Assert.Equal((DeliveryState.Delivered, 2), ((await rig.OneAsync()).State, (await rig.OneAsync()).Attempts));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Once_a_key_is_registered_a_system_signs_its_receipts_and_the_signature_is_kept(Provider provider)
    {
        await using var rig = await OpenAsync(provider);
        using var pair = WebhookSecret.Generate();
        var order = await rig.IssueAsync();
        var key = (await rig.ReceiptKeys.RegisterAsync(OrderCentre.Clerk(BankB), BankB, "Core banking", pair.Public.ToString(), Cancel)).Value;
        async Task<string> AnswerAsync(Actor actor, OrderCommand answer, SignedReceipt? receipt) => (await rig.Centre.Orders.AnswerAsync(actor, order.Id, answer, receipt, Cancel)).Refusal?.Code ?? "taken";
        var path = $"/api/v1/orders/{order.Id}/acknowledge";

        Assert.Equal("receipt/unsigned", await AnswerAsync(Machine, new AcknowledgeOrder(), null));
        using var other = WebhookSecret.Generate();
        Assert.Equal("receipt/wrong-signature", await AnswerAsync(Machine, new AcknowledgeOrder(), Sign(other, key.Id, path, "", rig.Now)));
        Assert.Equal("receipt/other-key", await AnswerAsync(Machine, new AcknowledgeOrder(), Sign(pair, order.Id, path, "", rig.Now)));
        Assert.Equal("receipt/other-time", await AnswerAsync(Machine, new AcknowledgeOrder(), Sign(pair, key.Id, path, "", rig.Now + TimeSpan.FromMinutes(6))));
        Assert.Equal("receipt/bad-signature-form", await AnswerAsync(Machine, new AcknowledgeOrder(), Sign(pair, key.Id, path, "", rig.Now) with { Input = "?" }));
        Assert.Equal(OrderState.Issued, (await rig.Centre.FindAsync(order.Id)).State);
        Assert.Equal("taken", await AnswerAsync(Machine, new AcknowledgeOrder(), Sign(pair, key.Id, path, "", rig.Now)));
        var signed = await rig.Centre.FindAsync(order.Id);
        Assert.Equal((OrderState.Acknowledged, key.Id), (signed.State, signed.SignedBy));
        // The same again is the same answer and no second piece of evidence.
        Assert.Equal("taken", await AnswerAsync(Machine, new AcknowledgeOrder(), Sign(pair, key.Id, path, "", rig.Now)));
        Assert.Equal(signed.Version, (await rig.Centre.FindAsync(order.Id)).Version);
        // A clerk who is signed in is named by the session.
        const string Held = """{"held":{"amount":"50.00","currency":"CNY"}}""";
        Assert.Equal("taken", await AnswerAsync(OrderCentre.Clerk(BankB), new ReportHeld(OrderCentre.Yuan(50_00)), null));
        Assert.Equal("order/not-addressee", await AnswerAsync(OrderCentre.Li, new AcknowledgeOrder(), Sign(pair, key.Id, path, Held, rig.Now)));

        await using var db = rig.Centre.Database.Open();
        var row = await db.Set<Cordon.Casework.Storage.EventRow>().SingleAsync(e => e.Name == "order.receipt-signed", Cancel);
        using var kept = System.Text.Json.JsonDocument.Parse(row.Body);
        var data = kept.RootElement.GetProperty("data");
        Assert.True(pair.Public.Verify(Encoding.UTF8.GetBytes(data.GetProperty("base").GetString()!), Convert.FromBase64String(data.GetProperty("signature").GetString()!)));
        Assert.Contains(path, data.GetProperty("base").GetString(), StringComparison.Ordinal);
        Assert.Equal(Machine.Id, row.Actor);
        Assert.True((await rig.ReceiptKeys.RetireAsync(Admin, BankB, key.Id, Cancel)).Succeeded);
        Assert.Equal("order/wrong-state", await AnswerAsync(Machine, new DeclineOrder("Closed."), null));
    }

    [Fact]
    public async Task Receipt_keys_are_set_up_by_people_of_the_member_alone_and_never_twice()
    {
        await using var rig = await OpenAsync();
        using var pair = WebhookSecret.Generate();
        async Task<string> RegisterAsync(Actor actor, string key, string name = "Core", string member = "bank-b") =>
            (await rig.ReceiptKeys.RegisterAsync(actor, MemberCode.Parse(member), name, key, Cancel)).Refusal?.Code ?? "taken";
        var text = pair.Public.ToString();
        Assert.Equal("webhook/no-member", await RegisterAsync(OrderCentre.Clerk(BankA), text));
        Assert.Equal("webhook/no-member", await RegisterAsync(Admin, text, member: "bank-z"));
        // A system holds a key that may be stolen: it must not bring a receipt key of its own.
        Assert.Equal("webhook/no-member", await RegisterAsync(Machine, text));
        Assert.Equal("receipt-key/bad-name", await RegisterAsync(Admin, text, " "));
        Assert.Equal("receipt-key/bad-key", await RegisterAsync(Admin, pair.Export()));
        Assert.Equal("taken", await RegisterAsync(OrderCentre.Clerk(BankB), text));
        Assert.Equal("receipt-key/known", await RegisterAsync(Admin, text, member: "bank-a"));
        var key = Assert.Single(await rig.ReceiptKeys.ListAsync(OrderCentre.Clerk(BankB), BankB));
        Assert.Empty(await rig.ReceiptKeys.ListAsync(OrderCentre.Clerk(BankA), BankB));
        Assert.Equal("webhook/no-member", (await rig.ReceiptKeys.RetireAsync(Machine, BankB, key.Id, Cancel)).Refusal!.Code);
        Assert.Equal("receipt-key/not-found", (await rig.ReceiptKeys.RetireAsync(Admin, BankA, key.Id, Cancel)).Refusal!.Code);
        for (var i = 1; i < ReceiptKeys.MostActive; i++)
        {
            using var more = WebhookSecret.Generate();
            Assert.Equal("taken", await RegisterAsync(Admin, more.Public.ToString()));
        }
        using var last = WebhookSecret.Generate();
        Assert.Equal("receipt-key/too-many", await RegisterAsync(Admin, last.Public.ToString()));
    }

    internal static SignedReceipt Sign(WebhookSecret key, Guid keyId, string path, string body, Instant now)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var fields = ImmutableDictionary<string, string>.Empty.Add(SignedReceipt.DigestHeader, $"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:");
        var parameters = $"(\"@method\" \"@path\" \"content-digest\");created={now.ToDateTimeOffset().ToUnixTimeSeconds()};keyid=\"{keyId}\";alg=\"ed25519\"";
        var text = $"\"@method\": POST\n\"@path\": {path}\n\"content-digest\": {fields[SignedReceipt.DigestHeader]}\n\"@signature-params\": {parameters}";
        return new SignedReceipt("POST", path, "cordon.example", "sig1=" + parameters, $"sig1=:{Convert.ToBase64String(key.Sign(Encoding.UTF8.GetBytes(text)))}:", fields, [.. bytes]);
    }

    private static async Task<List<string>> TypesAsync(DeliveryRig rig, Guid order) =>
        [.. (await rig.Desk.ListAsync(Admin, new DeliveryFilter { Order = order })).OrderBy(d => d.QueuedAt).ThenBy(d => d.OrderVersion).Select(d => d.Type)];
}
