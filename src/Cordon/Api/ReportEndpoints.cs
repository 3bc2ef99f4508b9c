using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Casework.Cases;
using Cordon.Casework.Reports;
using Cordon.Gateways.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cordon.Api;

/// <summary>Victims' reports.</summary>
internal static class ReportEndpoints
{
    private static readonly Refusal TooLong = new("report/too-long", RefusalKind.Invalid,
        $"A report has at most {Door.MaxLineBytes} bytes.", "Shorten its text; put longer evidence into the case.");

    public static void Map(RouteGroupBuilder api) => api.MapPost("/reports", ReceiveAsync).WithName("reports.receive").WithTags("Reports")
        .Accepts<string>("application/json")
        .WithSummary("Takes a victim's report, puts it to a case and follows the money at once. The sender's id makes a repeat recognisable.");

    // The body is read by the door, not by the serializer: identity numbers in it are masked before anything else sees them.
    private static async Task<Results<Ok<ReceivedReport>, Refused>> ReceiveAsync(HttpRequest request, Caller caller, CaseDesk desk, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancel)) > 0)
        {
            if (body.Length + read > Door.MaxLineBytes) return new Refused(TooLong);
            body.Write(buffer, 0, read);
        }
        var reading = ReportJson.Read(body.GetBuffer().AsSpan(0, (int)body.Length));
        if (reading.Value is not { } told) return new Refused(Unreadable(reading.Faults));
        return (await desk.ReceiveAsync(caller.Actor, Of(told, caller.Actor), cancel)).Answer(received => received);
    }

    private static Refusal Unreadable(IReadOnlyList<IntakeFault> faults) => new("report/unreadable", RefusalKind.Invalid,
        string.Join(" ", faults.Select(f => f.Field.Length == 0 ? f.Message : $"{f.Field}: {f.Message}")), "Correct these fields; the form of a report is in docs/reference/signals.md.");

    // Two members may both count their reports from 1.
    internal static ReportIntake Of(VictimReport told, Actor actor) =>
        actor.Member is { } member ? told.ToIntake() with { SourceId = $"{member}/{told.Id}" } : told.ToIntake();
}
