using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Casework.Cases;
using Cordon.Casework.Reports;
using Cordon.Gateways.Files;
using Cordon.Gateways.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cordon.Api;

/// <summary>What became of a file of reports.</summary>
/// <param name="Lines">Lines that were no header and not blank.</param>
/// <param name="Accepted">Reports that are new.</param>
/// <param name="Repeats">Reports that came again with the same values and changed nothing.</param>
/// <param name="Faults">Lines that were not taken, in their order; all others were.</param>
internal sealed record BulkReportView(int Lines, int Accepted, int Repeats, IReadOnlyList<LineFault> Faults);

/// <summary>Victims' reports by the file.</summary>
internal static class BulkReportEndpoints
{
    public const string Csv = "text/csv";

    private const int MostLines = 5_000;
    private const int MostBytes = 16 * 1024 * 1024;

    private static readonly Refusal TooMany = new("report/too-many-lines", RefusalKind.Invalid,
        "A file has at most 5,000 reports and 16 MB; nothing of it was taken.", "Send it in parts.");

    public static void Map(RouteGroupBuilder api) => api.MapPost("/reports/bulk", SendAsync).WithName("reports.bulk").WithTags("Reports")
        .WithMetadata(new RepeatMark(RepeatRule.ByItem)).Accepts<string>(SignalEndpoints.NdJson, Csv)
        .WithSummary("A file of victims' reports, NDJSON or CSV, at most 5,000. Good lines count, each bad one is told with field and reason. Ids make repeats harmless.");

    private static async Task<Results<Ok<BulkReportView>, Refused>> SendAsync(HttpRequest request, Caller caller, CaseDesk desk, Door door, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancel)) > 0)
        {
            if (body.Length + read > MostBytes) return new Refused(TooMany);
            body.Write(buffer, 0, read);
        }
        body.Position = 0;
        var opening = SignalFile.Open(body, Preset.Load("cordon").Preset!, new SignalFileOptions(null, FileContent.Reports, null, door));
        if (opening.File is not { } file) return new Refused(Unreadable(opening.Refusal!));
        List<(long Line, VictimReport Report)> reports = [];
        List<LineFault> faults = [];
        using (file)
        {
            foreach (var batch in file.Read(cancel))
            {
                reports.AddRange(batch.ReportLines.Zip(batch.Reports));
                faults.AddRange(batch.Rejected.Select(r => new LineFault((int)r.Line, r.Field, r.Reason, r.Message)));
                if (reports.Count + faults.Count > MostLines) return new Refused(TooMany);
            }
            if (file.CutOff is { } cut) return new Refused(Unreadable(cut));
        }
        var lines = reports.Count + faults.Count;
        var (accepted, repeats) = (0, 0);
        foreach (var (line, report) in reports)
        {
            var received = await desk.ReceiveAsync(caller.Actor, ReportEndpoints.Of(report, caller.Actor) with { Channel = ReportChannel.Bulk }, cancel);
            if (received.Refusal is { Retryable: true } busy) return new Refused(busy);
            if (received.Refusal is { } refusal) faults.Add(new LineFault((int)line, FieldOf(refusal), refusal.Code, $"{refusal.Message} {refusal.NextStep}"));
            else if (received.Value.Repeat) repeats++;
            else accepted++;
        }
        return TypedResults.Ok(new BulkReportView(lines, accepted, repeats, [.. faults.OrderBy(f => f.Line)]));
    }

    private static string FieldOf(Refusal refusal) => refusal.Code switch
    {
        "report/other-report" => "id",
        "report/no-loss" or "report/bad-loss" or "report/too-much" => "losses",
        _ => "",
    };

    private static Refusal Unreadable(string why) => new("report/unreadable-file", RefusalKind.Invalid,
        why, "Send NDJSON, one report a line, or CSV whose header names the columns of docs/reference/reports.md.");
}
