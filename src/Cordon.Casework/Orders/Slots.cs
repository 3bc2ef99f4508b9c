namespace Cordon.Casework.Orders;

/// <summary>
/// Who goes when: things that take the same time one after another, each worth another sum at each place in the line. The best order
/// is a linear assignment, solved exactly by augmenting paths with prices (Kuhn 1955, Munkres 1957; Jonker and Volgenant 1987): in
/// time with the third power of their number.
/// </summary>
internal static class Slots
{
    /// <summary>The order with the greatest sum of worths.</summary>
    /// <param name="count">How many things and places.</param>
    /// <param name="worth">What a thing is worth at a place.</param>
    /// <returns>The thing at each place.</returns>
    public static int[] Best(int count, Func<int, int, double> worth)
    {
        var (thingPrice, placePrice) = (new double[count], new double[count + 1]);
        // Place 0 is where a search begins; places count from 1 here, things from 0, and -1 is nobody.
        var holder = new int[count + 1];
        Array.Fill(holder, -1);
        var (least, from, seen) = (new double[count + 1], new int[count + 1], new bool[count + 1]);
        for (var thing = 0; thing < count; thing++)
        {
            holder[0] = thing;
            Array.Fill(least, double.PositiveInfinity);
            Array.Clear(seen);
            var place = 0;
            do
            {
                seen[place] = true;
                place = Nearest(place);
            }
            while (holder[place] >= 0);
            for (; place != 0; place = from[place]) holder[place] = holder[from[place]];
        }
        return holder[1..];

        int Nearest(int place)
        {
            var (at, step, next) = (holder[place], double.PositiveInfinity, 0);
            for (var other = 1; other <= count; other++)
            {
                if (seen[other]) continue;
                var gap = -worth(at, other - 1) - thingPrice[at] - placePrice[other];
                if (gap < least[other]) (least[other], from[other]) = (gap, place);
                if (least[other] < step) (step, next) = (least[other], other);
            }
            for (var other = 0; other <= count; other++)
            {
                if (!seen[other]) least[other] -= step;
                else (thingPrice[holder[other]], placePrice[other]) = (thingPrice[holder[other]] + step, placePrice[other] - step);
            }
            return next;
        }
    }
}
