using Cordon.Engine.Rules;

namespace Cordon.Tests.Rules;

public sealed class FormulaTests
{
    private static readonly FormulaName[] Names = [new("a.kept"), new("b.kept"), new("b.told", IsTruth: true), new("late")];

    [Fact]
    public void A_formula_tells_its_number_its_parts_and_the_names_it_uses()
    {
        var formula = Read("60.0 * a.kept + (b.told ? 40.0 * b.kept : 40.0) - 5.0 * late");
        Assert.Equal(["a.kept", "b.kept", "b.told", "late"], formula.Names);
        var result = formula.Evaluate(Told(("a.kept", 0.5, 0.4, 0.6), ("b.told", 1, 1, 1), ("b.kept", 1, 0.9, 1), ("late", 2, 2, 2)));
        Assert.Equal(new FormulaValue(60, 50, 66), Rounded(result.Value));
        Assert.Equal(["60 * a.kept", "b.told ? 40 * b.kept : 40", "- 5 * late"], result.Parts.Select(p => p.Text));
        Assert.Equal([30, 40, -10], result.Parts.Select(p => p.Value));
    }

    [Fact]
    public void What_was_not_told_is_named_where_it_was_wanted_and_nowhere_else()
    {
        var formula = Read("60.0 * a.kept + (b.told ? 40.0 * b.kept : 40.0)");
        Assert.Equal(["a.kept"], formula.Evaluate(Told(("b.told", 0, 0, 0))).Untold);
        var guarded = formula.Evaluate(Told(("a.kept", 1, 1, 1), ("b.told", 0, 0, 0)));
        Assert.Equal((100.0, true), (guarded.Value!.Value.Value, guarded.Untold.IsEmpty));
        Assert.Empty(Read("b.told && b.kept > 0.5 ? 1.0 : 0.0").Evaluate(Told(("b.told", 0, 0, 0))).Untold);
    }

    [Theory]
    [InlineData("60.0 * a.kpet", "1:10: The name 'a.kpet' is not known here. a.kept")]
    [InlineData("60 * a.kept", null)]
    [InlineData("1 + 2", "1:1: A formula gives a double, and this gives int; whole numbers are written with a point: 40.0. ")]
    [InlineData("double(size('abc'))", null)]
    [InlineData("[1.0, 2.0].map(x, x)[0]", null)]
    [InlineData("double(7 / 2)", null)]
    [InlineData("1.0 +", null)]
    public void What_is_no_formula_is_refused_at_its_place(string source, string? said)
    {
        var reading = Formula.Read(source, Names);
        Assert.Null(reading.Formula);
        Assert.NotEmpty(reading.Faults);
        Assert.All(reading.Faults, f => Assert.True(f.Line >= 1 && f.Column >= 1 && f.Message.Length > 0));
        if (said is not null) Assert.Equal(said, string.Join("|", reading.Faults.Select(f => $"{f.Line}:{f.Column}: {f.Message} {f.Suggestion}")));
    }

    [Fact]
    public void Division_by_what_may_be_nothing_gives_no_number()
    {
        Assert.True(Read("1.0 / late").Evaluate(Told(("late", 1, 0, 2))).Unbounded);
        Assert.True(Read("1.0 / late").Evaluate(Told(("late", 0, 0, 0))).Unbounded);
        Assert.Equal(new FormulaValue(1, 0.5, 2), Read("1.0 / late").Evaluate(Told(("late", 1, 0.5, 2))).Value);
    }

    [Fact]
    public void Bounds_hold_for_every_value_within_the_bounds_of_the_names()
    {
        string[] sources =
        [
            "60.0 * a.kept + 40.0 * b.kept", "a.kept * (1.0 - a.kept) - late * b.kept", "a.kept < 0.5 ? 10.0 * b.kept : -b.kept", "math.least(a.kept, b.kept, 0.5) + math.greatest(late, 2.0)",
            "math.abs(a.kept - b.kept) * 3.0", "cel.bind(x, a.kept - 0.5, x * x * x)", "b.told && a.kept >= b.kept || !(late == 1.0) ? 1.0 : 0.0", "a.kept / (1.0 + late) - (late != 2.0 ? 1.0 : 0.0)",
        ];
        for (var seed = 0; seed < 300; seed++)
        {
            var dice = new Random(seed);
            var bounds = Names.ToDictionary(n => n.Name, n => n.IsTruth ? Truth(dice) : Some(dice, n.Name == "late" ? 3 : 1));
            foreach (var formula in sources.Select(Read))
            {
                var told = formula.Evaluate(name => bounds[name]).Value!.Value;
                Assert.InRange(told.Value, told.Low, told.High);
                for (var i = 0; i < 20; i++)
                {
                    var at = bounds.ToDictionary(b => b.Key, b => FormulaValue.Exactly(b.Value.Low + (dice.NextDouble() * (b.Value.High - b.Value.Low))));
                    var one = formula.Evaluate(name => at[name]).Value!.Value.Value;
                    Assert.True(one >= told.Low - 1e-9 && one <= told.High + 1e-9, $"seed {seed}: {formula.Source} is {one}, outside {told.Low} to {told.High}");
                }
            }
        }
    }

    private static FormulaValue Truth(Random dice) => FormulaValue.Of(dice.Next(2) == 0);

    private static FormulaValue Some(Random dice, double most)
    {
        var sorted = new[] { dice.NextDouble() * most, dice.NextDouble() * most, dice.NextDouble() * most }.Order().ToArray();
        return new FormulaValue(sorted[1], sorted[0], sorted[2]);
    }

    private static Formula Read(string source)
    {
        var reading = Formula.Read(source, Names);
        Assert.Empty(reading.Faults);
        return reading.Formula!;
    }

    private static FormulaValue Rounded(FormulaValue? value) => new(Math.Round(value!.Value.Value, 9), Math.Round(value.Value.Low, 9), Math.Round(value.Value.High, 9));

    private static Func<string, FormulaValue?> Told(params (string Name, double Value, double Low, double High)[] told) =>
        name => told.FirstOrDefault(t => t.Name == name) is { Name: not null } t ? new FormulaValue(t.Value, t.Low, t.High) : null;
}
