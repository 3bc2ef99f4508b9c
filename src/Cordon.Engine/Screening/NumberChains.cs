using System.Runtime.CompilerServices;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// Links each call of a ring with the one before it whose number has the same hash. A place names the newest; what is older than the ring
/// is told by its running number, so nothing is ever taken out and adding is two writes. Room comes in pages as it is first used.
/// </summary>
internal sealed class NumberChains(int size)
{
    /// <summary>No call: older than any.</summary>
    public const long None = -1;

    private const int PageBits = 9;
    private const int PageSize = 1 << PageBits;

    // Running numbers one higher than they are, so that fresh memory means none.
    private readonly long[]?[] heads = new long[]?[(size + PageSize - 1) / PageSize];
    private readonly long[]?[] before = new long[]?[(size + PageSize - 1) / PageSize];

    /// <summary>The newest call whose number has this one's hash, or <see cref="None"/>.</summary>
    public long Newest(PhoneNumber number) => Get(heads, PlaceOf(number));

    /// <summary>Asks for the place of a number's newest call.</summary>
    public void LookAheadTo(PhoneNumber number)
    {
        var place = PlaceOf(number);
        if (heads[place >> PageBits] is { } page) LookAhead.To(ref Unsafe.As<long, ulong>(ref page[place & (PageSize - 1)]));
    }

    /// <summary>The call before one in its chain, or <see cref="None"/>; may be older than the ring.</summary>
    public long Before(long call) => Get(before, (int)(call & (size - 1)));

    public void Add(long call, PhoneNumber number)
    {
        ref var head = ref At(heads, PlaceOf(number));
        At(before, (int)(call & (size - 1))) = head;
        head = call + 1;
    }

    private int PlaceOf(PhoneNumber number) => (int)(KeyHash.Of(number) & (uint)(size - 1));

    private static long Get(long[]?[] pages, int place) => pages[place >> PageBits] is { } page ? page[place & (PageSize - 1)] - 1 : None;

    private ref long At(long[]?[] pages, int place) => ref (pages[place >> PageBits] ??= new long[Math.Min(size, PageSize)])[place & (PageSize - 1)];
}
