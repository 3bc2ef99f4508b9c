using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Cordon.Engine.Windows;

/// <summary>
/// Asks the processor to bring a cache line near while other work goes on. It changes nothing but time, so it is left
/// out where the processor has no such instruction.
/// </summary>
internal static unsafe class LookAhead
{
    private const int Line = 64;

    // The collector may move the array between taking the address and fetching it: then a useless line is fetched, no more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void To(ref ulong word)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref word));
    }

    /// <summary>Asks for an object's first two lines, which hold all of a signal that is asked for often.</summary>
    public static void To(object? one)
    {
        if (one is null || !Sse.IsSupported) return;
        var address = *(nint*)Unsafe.AsPointer(ref one);
        Sse.Prefetch0((void*)address);
        Sse.Prefetch0((void*)(address + Line));
    }
}
