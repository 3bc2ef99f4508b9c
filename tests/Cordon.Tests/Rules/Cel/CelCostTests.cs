using Cordon.Engine.Rules.Cel;

namespace Cordon.Tests.Rules.Cel;

/// <summary>The most steps an expression takes, told before it runs.</summary>
public sealed class CelCostTests
{
    private static readonly CelEnvironment Environment = CelEnvironment.Standard.With(b => b
        .Variable("text", CelType.String).Variable("list", CelType.List(CelType.Int)).Variable("number", CelType.Int));

    private static double Cost(string source, CelSizes? sizes = null)
    {
        var reading = Environment.Check(source);
        Assert.True(reading.Checked is not null, string.Join("\n", reading.Faults));
        return CelCost.Estimate(reading.Checked, sizes ?? new CelSizes());
    }

    [Fact]
    public void A_usual_condition_costs_little() => Assert.InRange(Cost("number > 5 && number < 10 || text == 'x'"), 5, 100);

    [Fact]
    public void Nested_comprehensions_multiply()
    {
        var one = Cost("list.exists(x, x > 1)");
        var two = Cost("list.exists(x, list.exists(y, x > y))");
        var three = Cost("list.exists(x, list.exists(y, list.exists(z, x > y + z)))");
        Assert.InRange(two / one, 20, 200);
        Assert.InRange(three / two, 20, 200);
    }

    [Fact]
    public void A_pattern_costs_by_itself_and_by_the_text()
    {
        Assert.True(Cost("text.matches('abc')", new CelSizes(TextLength: 1000)) > 3 * Cost("text.matches('abc')", new CelSizes(TextLength: 100)));
        Assert.True(Cost("text.matches('abcabcabcabcabcabc')") > 3 * Cost("text.matches('abc')"));
    }

    [Fact]
    public void What_doubles_at_each_step_is_beyond_any_limit()
    {
        var source = string.Concat(Enumerable.Range(0, 40).Select(i => $"cel.bind(x{i}, {(i == 0 ? "text + text" : $"x{i - 1} + x{i - 1}")}, ")) + "x39 == x39" + new string(')', 40);
        Assert.True(Cost(source) > 1e12);
        var lists = string.Concat(Enumerable.Range(0, 40).Select(i => $"cel.bind(x{i}, {(i == 0 ? "list" : $"[x{i - 1}, x{i - 1}]")}, ")) + "x39 == x39" + new string(')', 40);
        Assert.True(Cost(lists) > 1e12);
    }
}
