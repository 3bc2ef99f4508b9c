using Cordon.Casework.Registers;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Cases.Room;

/// <summary>Deletes, once a day, bytes of evidence that was removed or never became any, where the process was killed before it could.</summary>
internal sealed class EvidencePurge(CaseRoom room, StartSignal start, TimeProvider time, ILogger<EvidencePurge> log)
    : Clockwork(TimeSpan.FromDays(1), start, time, log, "Files of evidence that nothing names were not deleted")
{
    protected override async Task TurnAsync(CancellationToken cancel)
    {
        if (await room.SweepAsync(cancel) is > 0 and var swept) log.LogInformation("{Count} files of evidence that nothing names were deleted", swept);
    }
}
