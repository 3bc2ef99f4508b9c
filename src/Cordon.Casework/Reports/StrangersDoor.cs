using Cordon.Casework.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Reports;

/// <summary>How much strangers may leave; ours, and large beside what a province's victims write in a day.</summary>
/// <param name="WaitingOfOrigin">Reports of one address within a day that no clerk has looked at.</param>
/// <param name="Waiting">Reports of all strangers that no clerk has looked at.</param>
/// <param name="ADay">Reports of all strangers within a day.</param>
public sealed record StrangersLimits(int WaitingOfOrigin = 5, int Waiting = 2_000, int ADay = 5_000);

/// <summary>What strangers have left already.</summary>
/// <param name="WaitingOfOrigin">Of this address, within a day, not looked at.</param>
/// <param name="Waiting">Of all, not looked at.</param>
/// <param name="Today">Of all, within a day.</param>
internal readonly record struct StrangersLoad(int WaitingOfOrigin, int Waiting, int Today);

/// <summary>Keeps strangers from filling the database.</summary>
internal static class StrangersDoor
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Why no further report is taken; null where one is.</summary>
    public static Refusal? Judge(StrangersLoad load, StrangersLimits limits) =>
        load.WaitingOfOrigin >= limits.WaitingOfOrigin ? ReportRefusal.FullHere
        : load.Waiting >= limits.Waiting || load.Today >= limits.ADay ? ReportRefusal.FullToday
        : null;

    /// <summary>Counts, in the transaction of the report itself: two at once cannot both be the last.</summary>
    public static async Task<StrangersLoad> LoadAsync(Change change, string origin, CancellationToken cancel)
    {
        var since = change.Now - Day;
        var reports = change.Db.Set<Report>();
        return new StrangersLoad(
            await reports.CountAsync(r => r.Origin == origin && r.ReceivedAt > since && r.State == ReportState.Received, cancel),
            await reports.CountAsync(r => r.State == ReportState.Received, cancel),
            await reports.CountAsync(r => r.Channel == ReportChannel.Public && r.ReceivedAt > since, cancel));
    }
}
