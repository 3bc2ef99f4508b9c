using Cordon.Engine.Rules.Cel;

namespace Cordon.Tests.Rules.Cel;

/// <summary>What an author is told about an expression that cannot be used.</summary>
public sealed class CelFaultTests
{
    private static readonly CelEnvironment Environment = CelEnvironment.Standard.With(b => b
        .Variable("amount", CelType.Int).Variable("params.max_lines", CelType.Int)
        .Constant("Origin.Domestic", CelType.Int, 1L));

    [Theory]
    [InlineData("amuont > 5", "1:1: The name 'amuont' is not known here. (did you mean 'amount'?)")]
    [InlineData("params.max_line > 5", "1:8: The name 'params.max_line' is not known here. (did you mean 'params.max_lines'?)")]
    [InlineData("Origin.Domestc == 1", "1:8: The name 'Origin.Domestc' is not known here. (did you mean 'Origin.Domestic'?)")]
    [InlineData("'a'.startWith('b')", "1:5: The function 'startWith' is not known. (did you mean 'startsWith'?)")]
    [InlineData("math.gretest(1, 2)", "1:6: The function 'math.gretest' is not known. (did you mean 'math.greatest'?)")]
    [InlineData("amount > 'x'", "1:8: '>' does not take int and string.")]
    [InlineData("size(5)", "1:1: 'size' does not take (int).")]
    [InlineData("'a'.contains(5)", "1:5: 'contains' of string does not take (int).")]
    [InlineData("amount", "")]
    [InlineData("amount ? 1 : 2", "1:1: A bool is expected, not int.")]
    [InlineData("true ? 1 : 'x'", "1:1: Both sides of '? :' have one type, not int and string.")]
    [InlineData("1 +", "1:4: The expression ends too early.")]
    [InlineData("\n  \"abc", "2:3: The string is not closed.")]
    [InlineData("'a'.matches('(?=b)')", "1:5: '(?=b)' is not a regular expression of the supported kind.")]
    [InlineData("'a'.matches('(a{100}){100}')", "1:5: '(a{100}){100}' is not a regular expression of the supported kind.")]
    [InlineData("9223372036854775808", "1:1: 9223372036854775808 is outside the range of int.")]
    [InlineData("[1].all(5, true)", "1:9: A comprehension's variable is a simple name.")]
    [InlineData("for == 1", "1:1: 'for' is a word of the language and cannot be a name.")]
    [InlineData("{1.5: 2}", "1:2: A key is a bool, int, uint or string, not double.")]
    public void A_fault_says_where_it_is_and_what_was_meant(string source, string expected) =>
        Assert.Equal(expected, Spoken.Faults(source, Environment));

    [Fact]
    public void Every_fault_is_told_not_the_first_alone()
    {
        var faults = Environment.Check("amuont > 5 &&\n size(3) == 1 ||\n   'x'.startWith(1)").Faults;
        Assert.Equal([1, 2, 3], faults.Select(f => f.Line));
        Assert.Equal(["1:7", "1:10"], Environment.Check("size([*, +])").Faults.Select(f => $"{f.Line}:{f.Column}"));
    }

    [Fact]
    public void Values_nested_beyond_the_source_are_still_checked_and_evaluated()
    {
        var deep = string.Concat(Enumerable.Range(0, 50).Select(i => $"cel.bind(x{i}, {new string('[', 8)}{(i == 0 ? "1" : $"x{i - 1}")}{new string(']', 8)}, ")) + "x49 == x49" + new string(')', 50);
        Assert.Equal(true, Spoken.Evaluate(deep).Value);
    }

    [Fact]
    public void A_long_row_of_operands_is_read_and_a_deep_nesting_is_refused()
    {
        Assert.Empty(Environment.Check(string.Join(" || ", Enumerable.Repeat("amount > 1", 2000))).Faults);
        Assert.Contains("nested more than", Spoken.Faults(new string('(', 5000) + "1" + new string(')', 5000)), StringComparison.Ordinal);
        Assert.Contains("nested more than", Spoken.Faults(new string('[', 30_000)), StringComparison.Ordinal);
        Assert.Contains("levels", Spoken.Faults(string.Join(" + ", Enumerable.Repeat("1", 5000))), StringComparison.Ordinal);
        Assert.Contains("levels", Spoken.Faults("amount" + string.Concat(Enumerable.Repeat(".a", 9000)), Environment), StringComparison.Ordinal);
        Assert.Contains("are allowed", Spoken.Faults(new string(' ', CelParser.LongestSource) + "1"), StringComparison.Ordinal);
    }
}
