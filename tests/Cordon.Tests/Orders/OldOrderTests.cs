using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cordon.Tests.Orders;

/// <summary>Orders that were stored before two people decided them.</summary>
public sealed class OldOrderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_stored_before_the_rule_of_two_reads_as_it_did()
    {
        var folder = Directory.CreateTempSubdirectory("cordon-old-");
        try
        {
            var options = new DbContextOptionsBuilder<SqliteCaseworkContext>().UseSqlite($"Data Source={Path.Combine(folder.FullName, "old.db")};Pooling=False").Options;
            await using (var old = new SqliteCaseworkContext(options))
            {
                await old.GetService<IMigrator>().MigrateAsync("Restitution", Cancel);
                await old.Database.ExecuteSqlRawAsync(
                    """
                    INSERT INTO "Orders" ("Id","Version","Number","Kind","CaseId","Member","Account","AmountMinor","Currency","StopOrdinal","State","ProposedAt","Issuer","LegalBasis","IssuedAt","AcknowledgeBy","AcknowledgedAt","ExecutedAt","ExpiresAt","HeldMinor","Asked")
                    VALUES ('00000001-0000-0000-0000-000000000000',4,'S-2026-000001','StopPayment','00000002-0000-0000-0000-000000000000','bank-b','bank-b:m',4800000,'CNY',1,'Executed',1000000,'person:li','Notice 86 of 2016',2000000,3000000,2500000,2600000,9000000,312055,'[]')
                    """, Cancel);
                await old.MigrateAsync(Cancel);
            }
            await using var db = new SqliteCaseworkContext(options);
            var order = await db.Set<Order>().SingleAsync(Cancel);
            Assert.Equal((OrderState.Executed, "person:li", AccountNumber.Parse("bank-b:m"), 312055L, 1), (order.State, order.Issuer, order.Account, order.HeldMinor, order.StopOrdinal));
            Assert.Equal((true, false, null, null, null), (order.Holds, order.Unconfirmed, order.Approver, order.Emergency, order.Line));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
