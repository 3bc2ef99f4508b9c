using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Findings;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Registers;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Duties;
using Cordon.Tests.Storage;

namespace Cordon.Tests.Orders;

/// <summary>Casework over a database and a journal of its own: two banks, an operator, a platform, police, and officers of theirs.</summary>
internal sealed class OrderCentre : IAsyncDisposable
{
    public const string Basis = "Notice 86 of 2016";
    public static FraudTypes Types { get; } = FraudTypes.Load(Path.Combine(RepositoryFolder.Root, "packs", "cn", "fraud-types.yaml"));

    public const string WhyNow = "It leaves within minutes.";

    public static readonly Actor Office = new("person:anna", null, new HashSet<string> { Roles.Administrator, Roles.DutyOfficer });
    public static readonly Actor Li = new("person:li", MemberCode.Parse("police-a"), new HashSet<string> { Roles.PoliceOfficer });
    public static readonly Actor Wang = Li with { Id = "person:wang" };

    private readonly CaseworkDatabase database;
    private readonly DirectoryInfo folder;

    private OrderCentre(CaseworkDatabase database, JournaledEngine engine, DirectoryInfo folder)
    {
        (this.database, Engine, this.folder) = (database, engine, folder);
        Orders = ShippedOrders.Desk(database.Store);
        Cases = new CaseDesk(database.Store, engine, new CaseFollower(database.Store, engine, ShippedPack.Cn, new LadderInForce(null)), Types);
        Findings = new FindingDesk(database.Store);
    }

    public JournaledEngine Engine { get; }

    public OrderDesk Orders { get; }

    public CaseDesk Cases { get; }

    public FindingDesk Findings { get; }

    public CaseworkStore Store => database.Store;

    public CaseworkDatabase Database => database;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<OrderCentre> OpenAsync(Provider provider = Provider.Sqlite)
    {
        var database = await CaseworkDatabase.CreateAsync(provider);
        var folder = Directory.CreateTempSubdirectory("cordon-orders-");
        var centre = new OrderCentre(database, JournaledEngine.Open(folder.FullName, JournalOptions.Default, null, out _), folder);
        await new RegionRegister(database.Store).TellAsync(Office, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), Cancel);
        var members = new MemberRegister(database.Store);
        (string Code, Sector Sector)[] all =
            [("bank-a", Sector.Bank), ("bank-b", Sector.Bank), ("telco-a", Sector.TelecomOperator), ("web-a", Sector.InternetPlatform), ("police-a", Sector.Police), ("police-b", Sector.Police)];
        foreach (var (code, sector) in all)
            Assert.True((await members.EnrolAsync(Office, new MemberFacts(MemberCode.Parse(code), "成员", code, sector, "33", true, []), Cancel)).Succeeded);
        await centre.TellAsync(
        [
            .. ((string[])["bank-a:v", "bank-b:m", "bank-b:n", "bank-a:o"]).Select((account, i) => (Signal)new AccountOpening(
                new SignalId("o" + i), AccountNumber.Parse(account).Member, At(-60), AccountNumber.Parse(account), AccountKind.Personal, IdentityCheck.Verified, null,
                Yuan(account == "bank-a:v" ? 90_000_00 : 0), null, null)),
        ]);
        return centre;
    }

    public static Actor Clerk(MemberCode member) => new("person:clerk", member, new HashSet<string> { Roles.MemberClerk });

    public static Amount Yuan(long minor) => new(minor, Currency.Cny);

    public static Instant At(int minutes) => Instant.From(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero)) + TimeSpan.FromMinutes(minutes);

    public static Transfer Pay(string id, string from, string to, long minor, int minutes) => new(
        new SignalId(id), AccountNumber.Parse(from).Member, At(minutes), AccountNumber.Parse(from), AccountNumber.Parse(to), Yuan(minor), TransferMeans.Account, null);

    public Task<SubmitReceipt> TellAsync(params Signal[] signals) => Engine.SubmitAsync([.. signals.Select(s => new SignalAccepted(s))], Cancel);

    public void Advance(TimeSpan by) => database.Time.Advance(by);

    /// <summary>A victim's payment to the mule at <c>bank-b</c>, reported.</summary>
    public async Task<Guid> ReportAsync(string transfer = "t1", long minor = 48_000_00, Suspects? suspects = null)
    {
        var payee = AccountNumber.Parse("bank-b:m");
        var losses = ImmutableArray.Create(new ReportedLoss(new SignalId(transfer), MemberCode.Parse("bank-a"), null, payee, Yuan(minor), At(0)));
        var intake = new ReportIntake("r-" + transfer, "赵某", new PhoneNumber(8613800138000), "被骗", "fake-police", suspects ?? new Suspects([], [payee], []), losses, At(30));
        var received = await Cases.ReceiveAsync(Office, intake, Cancel);
        Assert.True(received.Succeeded, received.Refusal?.Message);
        return received.Value.Case;
    }

    /// <summary>The one draft of a stop in a case.</summary>
    public async Task<Order> DraftAsync(Guid caseId) =>
        Assert.Single(await Orders.ListAsync(Office, new OrderFilter { Case = caseId, Kind = OrderKind.StopPayment, State = OrderState.Proposed, Limit = 10 }));

    /// <summary>A reported payment's case and its draft.</summary>
    public async Task<Order> DraftedAsync()
    {
        await TellAsync(Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0));
        return await DraftAsync(await ReportAsync());
    }

    public async Task<Order> HoldAsync(Order order, long minor)
    {
        await Orders.ActAsync(Clerk(order.Member), order.Id, new AcknowledgeOrder(), Cancel);
        var held = await Orders.ActAsync(Clerk(order.Member), order.Id, new ReportHeld(Yuan(minor)), Cancel);
        Assert.True(held.Succeeded, held.Refusal?.Message);
        return held.Value;
    }

    public async Task<string> RefusedAsync(Actor actor, Guid id, OrderCommand command) => (await Orders.ActAsync(actor, id, command, Cancel)).Refusal?.Code ?? "no refusal";

    public async Task<Order> FindAsync(Guid id) => (await Orders.FindAsync(Office, id))!;

    public async Task FollowAsync(Guid caseId)
    {
        while (await new Outbox(Engine, database.Store).StepAsync(Cancel) > 0)
        {
            // Until nothing is owed.
        }
        Assert.True((await Cases.FollowAsync(Office, caseId, Cancel)).Succeeded);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await database.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
