using Cordon.Engine.Money;
using CsCheck;

namespace Cordon.Tests.Money;

public sealed class NumberListsTests
{
    [Fact]
    public void Many_lists_hold_what_as_many_lists_would() => Gen.Int[0, 19].Array[0, 2000].Sample(
        into =>
        {
            var lists = new NumberLists();
            var (kept, expected) = (new NumberList[20], Enumerable.Range(0, 20).Select(_ => new List<int>()).ToArray());
            for (var i = 0; i < into.Length; i++)
            {
                // Few lists are long and many short.
                var list = into[i] * into[i] / 20;
                lists.Add(ref kept[list], i);
                expected[list].Add(i);
            }
            for (var i = 0; i < kept.Length; i++) Assert.Equal(expected[i], lists.Of(kept[i]).ToArray());
        },
        iter: 300);

    [Fact]
    public void A_list_longer_than_a_page_goes_on()
    {
        var lists = new NumberLists();
        var (longest, other) = (default(NumberList), default(NumberList));
        for (var i = 0; i < 100_000; i++)
        {
            lists.Add(ref longest, i);
            if (i % 7 == 0) lists.Add(ref other, -i);
        }
        Assert.Equal(Enumerable.Range(0, 100_000), lists.Of(longest).ToArray());
        Assert.Equal(14_286, lists.Of(other).Length);
        // A list that grows alone leaves the pieces in which it was, eight times the last of them together; many lists take each other's.
        Assert.InRange(lists.Bytes, 4 * 114_286, (4 * 114_286) + (2 * 9 * 65_536));
    }

    [Fact]
    public void A_table_of_numbers_is_as_a_dictionary_and_serves_again_when_emptied()
    {
        var table = new NumberTable<long>();
        Gen.Int[0, 5000].Array[0, 3000].Sample(
            keys =>
            {
                var expected = new Dictionary<int, long>();
                lock (table)
                {
                    table.Clear();
                    foreach (var key in keys)
                    {
                        ref var entry = ref table.At(key, out var known);
                        Assert.Equal(expected.ContainsKey(key), known);
                        entry += key + 1;
                        expected[key] = expected.GetValueOrDefault(key) + key + 1;
                    }
                    Assert.Equal(expected.Keys, table.Keys.ToArray());
                    Assert.Equal(expected.Values, table.Entries.ToArray());
                }
            },
            iter: 200);
    }
}
