using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Audit;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Registers;
using Cordon.Engine.Signals;
using Cordon.Gateways.Events;
using Cordon.Tests.Audit;
using Cordon.Tests.Gateways.Events;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cordon.Tests.Deliveries;

/// <summary>A centre with orders, and the parts that deliver them to a real HTTPS server.</summary>
internal sealed class DeliveryRig : IAsyncDisposable
{
    public static readonly MemberCode BankA = MemberCode.Parse("bank-a");
    public static readonly MemberCode BankB = MemberCode.Parse("bank-b");
    public static readonly Actor Admin = new("person:root", null, new HashSet<string> { Roles.Administrator });
    private readonly AuditKey auditKey = AuditKey.FromSeed(SealedLog.Origin, new byte[32]);
    private int drafted;

    private DeliveryRig(OrderCentre centre)
    {
        Centre = centre;
        Desk = new DeliveryDesk(centre.Store);
        Keys = new SigningKeys(centre.Store, Seals);
        ReceiptKeys = new ReceiptKeys(centre.Store);
        Worker = NewWorker();
    }

    public EphemeralDataProtectionProvider Seals { get; } = new();

    public OrderCentre Centre { get; }

    public DeliveryDesk Desk { get; }

    public SigningKeys Keys { get; }

    public ReceiptKeys ReceiptKeys { get; }

    public DeliveryWorker Worker { get; }

    public Instant Now => Centre.Store.Now;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<DeliveryRig> OpenAsync(Provider provider = Provider.Sqlite) => new(await OrderCentre.OpenAsync(provider));

    public DeliveryWorker NewWorker(SigningKeys? keys = null, DeliveryDesk? desk = null, ILogger<DeliveryWorker>? log = null) => new(
        desk ?? Desk, keys ?? Keys, new AuditLog(Centre.Store, auditKey), new WebhookSender(HttpsPeer.Options, Centre.Database.Time, HttpsPeer.ResolveAsync), Centre.Store,
        new StartSignal(), Centre.Database.Time, log ?? NullLogger<DeliveryWorker>.Instance);

    public async Task SealAsync()
    {
        using var sequencer = new AuditSequencer(
            Centre.Database.Open, auditKey, new AuditOptions { Origin = SealedLog.Origin, KeyFile = "unused" }, Centre.Database.Time, NullLogger<AuditSequencer>.Instance);
        await sequencer.SealAsync(Cancel);
    }

    public Task<Outcome<WebhookEndpoint>> RegisterAsync(Uri url, MemberCode? member = null) => Desk.RegisterAsync(Admin, member ?? BankB, url.OriginalString, Cancel);

    /// <summary>A stop that two officers issued.</summary>
    public async Task<Order> IssueAsync(string member = "bank-b") => await IssueAsync((await DraftAsync(member)).Id);

    public async Task<Order> IssueAsync(Guid id) => (await Centre.Orders.IssueByTwoAsync(OrderCentre.Li, id, OrderCentre.Basis, Cancel)).Value;

    public async Task<Order> DraftAsync(string member = "bank-b") => (await Centre.Store.ChangeAsync<Order>(Actor.System("test"), change =>
        OrderDesk.ProposeAsync(change, change.NewId(), AccountNumber.Parse($"{member}:x{++drafted}"), OrderCentre.Yuan(100_00)), Cancel)).Value;

    public Task<List<Delivery>> AllAsync() => Desk.ListAsync(Admin, new DeliveryFilter { Limit = 500 });

    public async Task<Delivery> OneAsync() => Assert.Single(await AllAsync());

    public static JsonElement Read(Came came) => JsonDocument.Parse(came.Body).RootElement;

    /// <summary>Waits until something holds of what is written down, which an attempt is after its answer.</summary>
    public static async Task WrittenAsync(DeliveryDesk desk, Func<Task<bool>> holds)
    {
        var changed = new SemaphoreSlim(1);
        void Tell() => changed.Release();
        desk.Changed += Tell;
        do Assert.True(await changed.WaitAsync(TimeSpan.FromMinutes(1), Cancel));
        while (!await holds());
        desk.Changed -= Tell;
    }

    public async ValueTask DisposeAsync()
    {
        Worker.Dispose();
        auditKey.Dispose();
        await Centre.DisposeAsync();
    }
}
