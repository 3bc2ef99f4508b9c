using System.Diagnostics;
using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Tests.Cases;

/// <summary>What is found in the list of cases, and how it is found among many.</summary>
public sealed class CaseListTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_case_is_found_by_its_number_by_what_it_is_about_and_by_its_type(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        await centre.TellAsync(OrderCentre.Pay("t1", "bank-a:v", "bank-b:m", 48_000_00, 0));
        var first = await ReceiveAsync(centre, "r-1", 8613800138000, "fake-police", new Suspects([new PhoneNumber(8617012345678)], [AccountNumber.Parse("bank-b:62220200001")], ["licai.example"]), "t1");
        var second = await ReceiveAsync(centre, "r-2", 8613800138001, "fake-loan", new Suspects([], [], []), null);
        foreach (var (text, found) in new[]
        {
            ("C-2026-000001", first), ("c-2026-000002", second), ("1", first), ("000002", second), ("17012345678", first), ("+86 170 1234 5678", first), ("13800138001", second),
            ("bank-b:62220200001", first), ("6222 0200 001", first), ("LICAI.example", first), ("fake police", first), ("贷款", second), ("fake-loan", second), ("bank-b:m", first),
        })
            Assert.Equal((text, found), (text, Assert.Single(await FindAsync(centre, text)).Id));
        Assert.Equal([second, first], (await FindAsync(centre, "C-2026")).Select(c => c.Id));
        Assert.Equal([second, first], (await FindAsync(centre, " ")).Select(c => c.Id));
        foreach (var nothing in (string[])["C-2025", "3", "13900000000", "bank-a:62220200001", "other.example", "no such thing", "%", "'"]) Assert.Empty(await FindAsync(centre, nothing));
        Assert.Empty(await centre.Cases.ListAsync(OrderCentre.Clerk(MemberCode.Parse("bank-a")), new CaseFilter { Text = "1" }));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Lists_and_searches_give_whole_pages_among_many(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        await centre.DraftedAsync();
        var (cases, orders) = (Long.Or(1_000_000, 4_000), Long.Or(5_000_000, 20_000));
        await FillAsync(centre.Store, provider, cases, orders);
        var middle = $"C-2020-{cases / 2 % 1_000_000:D6}";
        await MeasureAsync($"the newest 50 of {cases:N0} cases", () => centre.Cases.ListAsync(OrderCentre.Office, new CaseFilter { Limit = 51 }), 51);
        await MeasureAsync("closed ones from the middle", () => centre.Cases.ListAsync(OrderCentre.Office, new CaseFilter { State = CaseState.Closed, Before = middle, Limit = 51 }), 51);
        await MeasureAsync("a rare type", () => centre.Cases.ListAsync(OrderCentre.Office, new CaseFilter { Text = "rental", Limit = 51 }), null);
        await MeasureAsync("a number", () => centre.Cases.ListAsync(OrderCentre.Office, new CaseFilter { Text = middle, Limit = 51 }), 1);
        await MeasureAsync("the beginning of a number", () => centre.Cases.ListAsync(OrderCentre.Office, new CaseFilter { Text = middle[..10], Limit = 51 }), 51);
        await MeasureAsync("a phone", () => centre.Cases.ListAsync(OrderCentre.Office, new CaseFilter { Text = "13800138000", Limit = 51 }), 1);
        await MeasureAsync($"the newest 50 of {orders:N0} orders", () => centre.Orders.ListAsync(OrderCentre.Office, new OrderFilter { Limit = 51 }), 51);
        await MeasureAsync("executed ones from the middle", () => centre.Orders.ListAsync(OrderCentre.Office, new OrderFilter { State = OrderState.Executed, Before = $"S-2020-{orders / 2:D7}", Limit = 51 }), 51);
        await MeasureAsync("of one member", () => centre.Orders.ListAsync(OrderCentre.Office, new OrderFilter { Member = MemberCode.Parse("bank-b"), Limit = 51 }), 51);
        await MeasureAsync("a member's inbox", () => centre.Orders.ListAsync(OrderCentre.Clerk(MemberCode.Parse("bank-b")), new OrderFilter { State = OrderState.Issued, Limit = 51 }), 51);

        async Task MeasureAsync<T>(string what, Func<Task<List<T>>> ask, int? count)
        {
            var times = new List<double>();
            for (var i = 0; i < Long.Or(40, 3); i++)
            {
                var start = Stopwatch.GetTimestamp();
                var found = await ask();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (count is { } wanted) Assert.Equal((what, wanted), (what, found.Count));
                else Assert.NotEmpty(found);
            }
            TestContext.Current.SendDiagnosticMessage($"{provider}: {what}: p50 {times.Order().ElementAt(times.Count / 2):F1} ms, p95 {times.Order().ElementAt((times.Count * 95) / 100):F1} ms");
        }
    }

    // Copies of one case and one order with other ids, numbers, states and members: past the doors of the modules, which would take hours.
    private static Task<int> FillAsync(CaseworkStore store, Provider provider, int cases, int orders) => store.ReadAsync(async db =>
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        // Case 0 has the first number of all; the template stays the only one of its own.
        await CopyAsync("Cases", cases, new()
        {
            ["Number"] = "'C-2020-' || " + Padded("n", 6), ["State"] = "CASE WHEN n % 20 = 0 THEN 'Open' ELSE 'Closed' END",
            ["FraudType"] = "CASE WHEN n % 500 = 0 THEN 'rental' WHEN n % 3 = 0 THEN 'fake-loan' ELSE 'fake-police' END",
        });
        await CopyAsync("Orders", orders, new()
        {
            ["Number"] = "'S-2020-' || " + Padded("n", 7), ["Serial"] = "'2020-' || " + Padded("n", 7), ["Member"] = "CASE WHEN n % 40 = 0 THEN 'bank-b' ELSE 'bank-' || (n % 40) END",
            ["State"] = "CASE WHEN n % 7 = 0 THEN 'Executed' WHEN n % 2 = 0 THEN 'Issued' ELSE 'Released' END", ["StopOrdinal"] = "0",
            ["Line"] = "CASE WHEN n % 9 = 0 THEN 8610000000000 + n END", ["Account"] = "'bank-b:62' || " + Padded("n", 8),
        });
        return 0;

        async Task CopyAsync(string table, int count, Dictionary<string, string> own)
        {
            own["Id"] = provider == Provider.Postgres ? "md5(n::text || '" + table + "')::uuid" : "printf('%08X-0000-7000-8000-%012X', n, " + table.Length + ")";
            var type = db.Model.GetEntityTypes().Single(t => t.GetTableName() == table);
            var columns = type.GetProperties().Select(p => p.GetColumnName()).ToList();
            var series = provider == Provider.Postgres
                ? $"generate_series(0, {count - 1}) AS s(n)"
                : $"(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n + 1 < {count}) SELECT n FROM s)";
            var sql = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", columns.Select(c => own.GetValueOrDefault(c, $"t.\"{c}\"")))} FROM (SELECT * FROM \"{table}\" LIMIT 1) t CROSS JOIN {series}";
            await db.Database.ExecuteSqlRawAsync(sql, Cancel);
            await db.Database.ExecuteSqlRawAsync(provider == Provider.Postgres ? $"ANALYZE \"{table}\"" : "ANALYZE", Cancel);
        }

        string Padded(string what, int digits) => provider == Provider.Postgres ? $"lpad(({what})::text, {digits}, '0')" : $"printf('%0{digits}d', {what})";
    });

    private static async Task<Guid> ReceiveAsync(OrderCentre centre, string id, long phone, string type, Suspects suspects, string? transfer)
    {
        var loss = new ReportedLoss(transfer is null ? null : new SignalId(transfer), transfer is null ? null : MemberCode.Parse("bank-a"), null, null, OrderCentre.Yuan(transfer is null ? 1_000_00 : 48_000_00), OrderCentre.At(0));
        var received = await centre.Cases.ReceiveAsync(OrderCentre.Office, new ReportIntake(id, null, new PhoneNumber(phone), null, type, suspects, [loss], OrderCentre.At(30)), Cancel);
        Assert.True(received.Succeeded, received.Refusal?.Message);
        return received.Value.Case;
    }

    private static Task<List<Case>> FindAsync(OrderCentre centre, string text) => centre.Cases.ListAsync(OrderCentre.Office, new CaseFilter { Text = text });
}
