using Cordon.Casework.Cases;
using Cordon.Casework.Reports;
using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cordon.Tests.Reports;

/// <summary>Reports and cases that were stored before strangers could report.</summary>
public sealed class OldReportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_stored_before_there_were_channels_still_founds_its_case()
    {
        var folder = Directory.CreateTempSubdirectory("cordon-old-");
        try
        {
            var options = new DbContextOptionsBuilder<SqliteCaseworkContext>().UseSqlite($"Data Source={Path.Combine(folder.FullName, "old.db")};Pooling=False").Options;
            await using (var old = new SqliteCaseworkContext(options))
            {
                await old.GetService<IMigrator>().MigrateAsync("Appeals", Cancel);
                await old.Database.ExecuteSqlRawAsync(
                    """
                    INSERT INTO "Cases" ("Id","Version","Number","State","FraudType","OpenedAt","Reports","Seeds","UnmatchedMinor","Currency","Losses")
                    VALUES ('00000002-0000-0000-0000-000000000000',2,'C-2026-000001','Open','fake-police',1000000,1,'[]',4800000,'CNY','{{"least":{{"reported":0,"heldFree":0,"heldStopped":0,"inPool":0,"cashedOut":0,"spent":0,"lostFromSight":0,"returned":0}},"most":{{"reported":0,"heldFree":0,"heldStopped":0,"inPool":0,"cashedOut":0,"spent":0,"lostFromSight":0,"returned":0}},"exact":true,"cut":false}}');
                    INSERT INTO "Reports" ("Id","Version","SourceId","FraudType","Suspects","Losses","ReportedAt","CaseId")
                    VALUES ('00000001-0000-0000-0000-000000000000',1,'r-1','fake-police','{{"phones":[],"accounts":[],"domains":[]}}','[{{"amount":{{"amount":"48000.00","currency":"CNY"}},"at":"2026-03-02T02:00:00Z"}}]',900000,'00000002-0000-0000-0000-000000000000')
                    """, Cancel);
                await old.MigrateAsync(Cancel);
            }
            await using var db = new SqliteCaseworkContext(options);
            var report = await db.Set<Report>().SingleAsync(Cancel);
            Assert.Equal((ReportState.Verified, true, ReportChannel.Api, "fake-police"), (report.State, report.MayAct, report.Channel, report.TypeTold));
            Assert.Equal((48_000_00L, report.ReportedAt), (Assert.Single(report.Told).Amount.Minor, report.ReceivedAt));
            Assert.True((await db.Set<Case>().SingleAsync(Cancel)).Founded);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
