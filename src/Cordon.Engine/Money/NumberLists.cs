using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <summary>A list of numbers in a <see cref="NumberLists"/>: where, and how many.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct NumberList
{
    public int Place;
    public int Count;
}

/// <summary>
/// Very many short lists of numbers, each in one piece, so that it can be searched. A list that is full moves to a piece an eighth larger,
/// and the piece it leaves serves another list; so some twentieth of the room lies idle. A list too long for a page has pages of its own.
/// </summary>
internal sealed class NumberLists
{
    private const int PageBits = 14;
    private const int PageSize = 1 << PageBits;
    // One less than could be numbered: the last number of all would read as none.
    private const int MostPages = (1 << (32 - PageBits)) - 1;

    private static readonly int[] Sizes = [.. SizesTo(PageSize)];
    private static readonly byte[] SizeFor = MakeSizeFor();

    // What is free in each size: its first piece, whose first number leads to the next; -1 ends.
    private readonly int[] free = [.. Enumerable.Repeat(-1, Sizes.Length)];
    private int[][] pages = [];
    private int pageCount;
    private int last = -1;
    private int used = PageSize;

    /// <summary>How much memory they take, what lies idle among it.</summary>
    public long Bytes => pages.Sum(static page => page is null ? 0L : (long)page.Length * sizeof(int));

    /// <summary>The numbers of a list, to read or change where they lie.</summary>
    public Span<int> Of(in NumberList list) => list.Count == 0 ? [] : MemoryMarshal.CreateSpan(ref At(list, 0), list.Count);

    /// <summary>Puts a number at the end of a list.</summary>
    public void Add(ref NumberList list, int number)
    {
        if (list.Count == CapacityOf(list)) Move(ref list);
        At(list, list.Count) = number;
        list.Count++;
    }

    /// <summary>Asks for the end of a list.</summary>
    public void LookAheadToEnd(in NumberList list)
    {
        if (list.Count > 0) LookAhead.To(ref Unsafe.As<int, ulong>(ref At(list, list.Count - 1)));
    }

    /// <summary>Asks for the beginning of a list.</summary>
    public void LookAheadTo(in NumberList list)
    {
        if (list.Count > 0) LookAhead.To(ref Unsafe.As<int, ulong>(ref At(list, 0)));
    }

    // A list lies within its page, whose length is not asked for: it lies with the page, and so costs another wait for memory.
    private ref int At(in NumberList list, int index) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(pages[PageOf(list.Place)]), (list.Place & (PageSize - 1)) + index);

    private static int PageOf(int place) => (int)((uint)place >> PageBits);

    private int CapacityOf(in NumberList list) =>
        list.Count == 0 ? 0 : list.Count <= PageSize ? Sizes[SizeFor[list.Count]] : pages[PageOf(list.Place)].Length;

    private void Move(ref NumberList list)
    {
        var wanted = list.Count + 1;
        if (wanted > PageSize) MoveToOwnPage(ref list);
        else
        {
            var place = Take(SizeFor[wanted]);
            Of(list).CopyTo(pages[PageOf(place)].AsSpan(place & (PageSize - 1)));
            if (list.Count > 0) Free(list.Place, SizeFor[list.Count]);
            list.Place = place;
        }
    }

    private void MoveToOwnPage(ref NumberList list)
    {
        var grown = new int[list.Count + (list.Count / 4)];
        Of(list).CopyTo(grown);
        if (list.Count == PageSize)
        {
            Free(list.Place, SizeFor[PageSize]);
            list.Place = AddPage(grown) << PageBits;
        }
        else pages[PageOf(list.Place)] = grown;
    }

    private void Free(int place, int size)
    {
        pages[PageOf(place)][place & (PageSize - 1)] = free[size];
        free[size] = place;
    }

    private int Take(int size)
    {
        var place = free[size];
        if (place != -1)
        {
            free[size] = pages[PageOf(place)][place & (PageSize - 1)];
            return place;
        }
        if (used + Sizes[size] > PageSize)
        {
            FreeRest();
            last = AddPage(GC.AllocateArray<int>(PageSize, pinned: true));
            used = 0;
        }
        place = (last << PageBits) + used;
        used += Sizes[size];
        return place;
    }

    // What is left of a page serves smaller lists.
    private void FreeRest()
    {
        while (used < PageSize)
        {
            var size = SizeFor[PageSize - used];
            if (Sizes[size] > PageSize - used) size--;
            Free((last << PageBits) + used, size);
            used += Sizes[size];
        }
    }

    private int AddPage(int[] page)
    {
        if (pageCount == MostPages) throw new InvalidOperationException("Lists hold no more than 2^32 numbers.");
        if (pageCount == pages.Length) Array.Resize(ref pages, Math.Max(4, pageCount + (pageCount / 2)));
        pages[pageCount] = page;
        return pageCount++;
    }

    private static IEnumerable<int> SizesTo(int most)
    {
        for (var size = 1; size < most; size += Math.Max(1, size / 8)) yield return size;
        yield return most;
    }

    private static byte[] MakeSizeFor()
    {
        var places = new byte[PageSize + 1];
        for (int count = 1, size = 0; count <= PageSize; count++)
        {
            if (count > Sizes[size]) size++;
            places[count] = (byte)size;
        }
        return places;
    }
}
