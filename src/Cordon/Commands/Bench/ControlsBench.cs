using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Controls;
using Cordon.Commands.Assess;
using Cordon.Demo;
using Cordon.Simulator.Year;
using Spectre.Console;

namespace Cordon.Commands.Bench;

/// <summary>What measuring duties costs.</summary>
/// <param name="Signals">Signals taken.</param>
/// <param name="Subjects">Members and units that have figures.</param>
/// <param name="MicrosPerSignal">Microseconds a signal takes on one core.</param>
/// <param name="BytesAllocatedPerSignal">Bytes allocated for each signal.</param>
/// <param name="StandingsP50Ms">Milliseconds to tell where everybody stands, the median.</param>
/// <param name="StandingsP95Ms">The same, the 95th percentile.</param>
/// <param name="RecomputedSame">Whether a second board that took the same signals tells the same, byte for byte.</param>
internal sealed record ControlsBenchReport(
    long Signals, int Subjects, double MicrosPerSignal, double BytesAllocatedPerSignal, double StandingsP50Ms, double StandingsP95Ms, bool RecomputedSame)
{
    public void Print(IAnsiConsole console)
    {
        console.WriteLine($"{Signals:N0} signals, {Subjects:N0} members and units with figures");
        console.WriteLine($"taken         {MicrosPerSignal:0.00} µs a signal, {BytesAllocatedPerSignal:0} bytes allocated");
        console.WriteLine($"standings     p50 {StandingsP50Ms:0.0} ms, p95 {StandingsP95Ms:0.0} ms");
        console.WriteLine($"recomputed    {(RecomputedSame ? "the same, byte for byte" : "DIFFERENT")}");
    }
}

/// <summary>Lives simulated years one after another and times how the board takes their signals; making them is not counted.</summary>
internal sealed class ControlsBench(ulong seed, long signals, AssessPacks packs, TimeProvider time)
{
    private const int Reads = 200;

    public ControlsBenchReport Run(Action<double, long> tell, CancellationToken cancel)
    {
        var (board, taken, ticks, bytes) = Fill(share => tell(share / 2, 0), cancel);
        var waits = new double[Reads];
        for (var i = 0; i < Reads; i++)
        {
            var from = time.GetTimestamp();
            _ = board.Standings(board.Now).Count();
            waits[i] = time.GetElapsedTime(from).TotalMilliseconds;
        }
        Array.Sort(waits);
        var again = Fill(share => tell(0.5 + (share / 2), 0), cancel).Board;
        return new ControlsBenchReport(
            taken, board.Standings(board.Now).Count(), ticks.TotalMicroseconds / taken, (double)bytes / taken, waits[Reads / 2], waits[Reads * 95 / 100], Tell(board).AsSpan().SequenceEqual(Tell(again)));
    }

    private (ControlBoard Board, long Taken, TimeSpan Took, long Bytes) Fill(Action<double> tell, CancellationToken cancel)
    {
        var sectors = new YearWorld(seed).Members.ToDictionary(m => m.Code, m => DemoPeople.SectorOf(m.Sector));
        var board = new ControlBoard(packs.Plan, code => sectors.TryGetValue(code, out var sector) ? sector : null);
        var (taken, took, bytes) = (0L, TimeSpan.Zero, 0L);
        for (var year = 0; taken < signals; year++)
        {
            var world = new YearWorld(unchecked(seed + (ulong)year));
            var shift = TimeSpan.FromDays(365 * year);
            for (var day = 0; day < YearWorld.Days && taken < signals; day++)
            {
                cancel.ThrowIfCancellationRequested();
                var told = world.Live().Signals.Select(s => s with { At = s.At + shift }).ToArray();
                var (from, before) = (time.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
                foreach (var signal in told) board.Take(signal);
                took += time.GetElapsedTime(from);
                bytes += GC.GetAllocatedBytesForCurrentThread() - before;
                taken += told.Length;
                tell(Math.Min(1, (double)taken / signals));
            }
        }
        return (board, taken, took, bytes);
    }

    private static byte[] Tell(ControlBoard board) => JsonSerializer.SerializeToUtf8Bytes(board.Standings(board.Now).ToList(), CaseworkJson.Options);
}
