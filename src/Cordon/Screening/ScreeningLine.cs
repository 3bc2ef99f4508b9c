using Cordon.Engine.Signals;

namespace Cordon.Screening;

/// <summary>How many signals wait for their verdict, and who may still join them.</summary>
internal sealed class ScreeningLine
{
    private readonly int[] limits;
    private readonly int emergencyLimit;
    private int waiting;

    public ScreeningLine(ScreeningOptions options)
    {
        limits = [.. Enumerable.Range(0, Kinds.Count).Select(kind => LimitOf(options, ScreeningOptions.PercentOf((SignalKind)kind)))];
        emergencyLimit = LimitOf(options, ScreeningOptions.EmergencyPercent);
    }

    /// <summary>How many wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>While fewer than this wait, a signal of the kind is taken.</summary>
    public int LimitOf(SignalKind kind) => limits[(int)kind];

    /// <summary>Takes a place; false where the signal is shed.</summary>
    public bool TryEnter(Signal signal, bool isEmergency)
    {
        var limit = isEmergency ? emergencyLimit : limits[(int)signal.Kind];
        if (Interlocked.Increment(ref waiting) <= limit) return true;
        Interlocked.Decrement(ref waiting);
        return false;
    }

    /// <summary>Gives places back.</summary>
    public void Leave(int places) => Interlocked.Add(ref waiting, -places);

    private static int LimitOf(ScreeningOptions options, int percent) => Math.Max(1, (int)((long)options.MostWaiting * percent / 100));
}

/// <summary>The kinds of signal that are screened, as places of an array.</summary>
internal static class Kinds
{
    public const int Count = (int)SignalKind.WebVisit + 1;

    /// <summary>Whether signals of a kind are judged. A correction tells of what was judged before.</summary>
    public static bool AreScreened(SignalKind kind) => kind != SignalKind.TransferCorrection;

    /// <summary>All of them, in the order in which they are shed.</summary>
    public static IReadOnlyList<SignalKind> InOrderOfShedding { get; } = [.. Enum.GetValues<SignalKind>().Where(AreScreened).OrderBy(ScreeningOptions.PercentOf)];
}
