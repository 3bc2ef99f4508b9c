using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Controls;
using Cordon.Casework.Leads;
using Cordon.Casework.Members;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;
using Cordon.Tests.Duties;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;

namespace Cordon.Tests.Measures;

/// <summary>The controls over a journal.</summary>
public sealed class ControlDeskTests
{
    private const int Lines = 25_000;
    private static readonly Actor Office = new("person:anna", null, new HashSet<string> { Roles.Administrator, Roles.DutyOfficer });
    private static readonly MemberCode Telco = MemberCode.Parse("tel-a");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_start_the_desk_answers_with_what_it_has_calls_upon_nobody_before_all_is_counted_and_ends_with_the_same_figures()
    {
        await using var database = await CaseworkDatabase.CreateAsync(Provider.Sqlite);
        var folder = Directory.CreateTempSubdirectory("cordon-controls-");
        try
        {
            await using var engine = JournaledEngine.Open(folder.FullName, JournalOptions.Default, null, out _);
            await new RegionRegister(database.Store).TellAsync(Office, new RegionFacts("33", RegionLevel.Province, null, "省", "Province"), Cancel);
            await new MemberRegister(database.Store).EnrolAsync(Office, new MemberFacts(Telco, "运营商", "Telco", Sector.TelecomOperator, "33", true, []), Cancel);
            // Half of those told first have no name behind them, and none of the others: half a journal would show more than twice the share of faults.
            foreach (var batch in Enumerable.Range(0, Lines).Select(n => Opened(database, n)).Chunk(JournalOptions.Default.BatchRecords))
                await engine.SubmitAsync([.. batch.Select(s => new SignalAccepted(s))], Cancel);

            using var desk = Desk(database, engine, batches: 1);
            var partly = Assert.Single(await desk.StandingsAsync(Office, cancel: Cancel), s => s.Subject is { Duty: "cn.atf.9.real-name-line", Unit: null });
            Assert.InRange(partly.Occasions, 1, Lines - 1);
            Assert.Equal(Lines - partly.Occasions, desk.Behind);

            var burnt = Assert.Single(await desk.BurntAsync(Cancel));
            Assert.Equal((0L, Lines, 2_500L), (desk.Behind, burnt.Occasions, burnt.Faults));

            using var again = Desk(database, engine, batches: 20);
            Assert.Equal(await ToldAsync(again), await ToldAsync(desk));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Subscription Opened(CaseworkDatabase database, int n) => new(
        new SignalId($"s{n}"), Telco, Instant.From(database.Time.GetUtcNow()) - TimeSpan.FromHours(3), new PhoneNumber(86_130_0000_0000 + n), LineKind.Mobile,
        n < 5_000 && n % 2 == 0 ? IdentityCheck.NotVerified : IdentityCheck.Verified, null, "shop", null);

    private static ControlDesk Desk(CaseworkDatabase database, JournaledEngine engine, int batches) => new(
        ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn), engine, database.Store, ShippedOrders.Desk(database.Store),
        new LeadDesk(database.Store, LeadPlan.None(ShippedPack.Cn)), database.Time) { Batches = batches };

    private static async Task<string> ToldAsync(ControlDesk desk) => JsonSerializer.Serialize(await desk.StandingsAsync(Office, cancel: Cancel), CaseworkJson.Options);
}
