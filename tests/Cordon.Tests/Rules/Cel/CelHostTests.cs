using System.Linq.Expressions;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Rules.Cel;

/// <summary>What a host declares: its types, fields, functions, constants, and the reads it puts its own variables in the place of.</summary>
public sealed class CelHostTests
{
    private enum Kind
    {
        Unknown,
        Mobile,
        Fixed,
    }

    private readonly record struct Call(PhoneNumber Caller, long Trunk);

    private delegate bool Condition(Call call, long lines, out CelError? error);

    private delegate bool SureCondition(Call call);

    private static readonly CelType Phone = CelType.Opaque("phone", typeof(PhoneNumber));
    private static readonly CelType KindType = CelType.Opaque("Kind", typeof(Kind));
    private static readonly CelType CallType = CelType.Opaque("call", typeof(Call));
    private static readonly CelType LineType = CelType.Opaque("line", typeof(object));

    private static readonly CelEnvironment Environment = CelEnvironment.Standard.With(b => b
        .TypeName(Phone)
        .Variable("call", CallType)
        .Variable("kind", KindType)
        .Constant("Kind.Mobile", KindType, Kind.Mobile)
        .Field(new CelField(CallType, "caller", Phone, call => Expression.Property(call, nameof(Call.Caller))))
        .Field(new CelField(CallType, "trunk", CelType.Int, call => Expression.Property(call, nameof(Call.Trunk)), call => Expression.NotEqual(Expression.Property(call, nameof(Call.Trunk)), Expression.Constant(0L))))
        .Field(new CelField(LineType, "lines", CelType.Int, null))
        .Function("line", CelOverload.Global("line", [Phone], LineType, null))
        .Function("phone", CelOverload.Of("phone", false, [CelType.String], Phone, Parse))
        .Function("country", CelOverload.Member("country", [Phone], CelType.Int, (x, _) => Expression.Divide(Expression.Property(x[0], "Digits"), Expression.Constant(100L)))));

    private static PhoneNumber Parse(string text, ref CelError? error)
    {
        if (!PhoneNumber.TryParse(text, out var phone)) error = CelError.BadFormat;
        return phone;
    }

    private static readonly Call Sample = new(new PhoneNumber(8612), 0);

    [Theory]
    [InlineData("call.caller == phone('+8612')", true)]
    [InlineData("call.caller in [phone('+8613'), phone('+8612')]", true)]
    [InlineData("call.caller.country() == 86", true)]
    [InlineData("has(call.trunk)", false)]
    [InlineData("kind == Kind.Mobile", true)]
    [InlineData("kind in [Kind.Mobile]", true)]
    [InlineData("type(call.caller) == phone", true)]
    [InlineData("call.?trunk.hasValue()", false)]
    [InlineData("dyn(call.caller) == dyn(phone('+8612'))", true)]
    public void A_condition_reads_the_hosts_types(string condition, bool expected) =>
        Assert.Equal(expected, Spoken.Evaluate(condition, Environment, new() { ["call"] = Sample, ["kind"] = Kind.Mobile }).Value);

    [Fact]
    public void A_misspelt_field_or_constant_gets_a_suggestion()
    {
        Assert.Equal("1:6: call has no field 'callr'. (did you mean 'caller'?)", Spoken.Faults("call.callr == call.caller", Environment));
        Assert.Equal("1:14: The name 'Kind.Mobil' is not known here. (did you mean 'Kind.Mobile'?)", Spoken.Faults("kind == Kind.Mobil", Environment));
        Assert.Contains("has() has nothing to ask", Spoken.Faults("has(call.caller)", Environment), StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_becomes_a_variable_of_the_host()
    {
        var expression = Environment.Check("line(call.caller).lines > 5 && call.caller.country() == 86").Checked!;
        var rewritten = expression.Rewrite(n => n is CelSelect { Declared.Owner.Name: "line" } ? CelChecked.Slot(n, "slot0") : null);
        Assert.Contains(rewritten.Nodes, n => n is CelVariable { Name: "slot0", Type.Kind: CelKind.Int });
        Assert.Equal(expression.Root.Id, rewritten.Root.Id);
        var call = Expression.Parameter(typeof(Call));
        var lines = Expression.Parameter(typeof(long));
        var error = Expression.Parameter(typeof(CelError).MakeByRefType());
        Expression? Bind(string name) => name switch { "call" => call, "slot0" => lines, _ => null };
        var condition = CelCompiler.Compile<Condition>(rewritten, [call, lines, error], Bind);
        Assert.True(condition(Sample, 6, out var none));
        Assert.Null(none);
        Assert.False(condition(Sample, 5, out _));
        Assert.Throws<InvalidOperationException>(() => CelCompiler.Compile<Condition>(expression, [call, lines, error], Bind));
    }

    [Fact]
    public void An_expression_that_can_fail_needs_a_place_for_its_error()
    {
        var call = Expression.Parameter(typeof(Call));
        Expression? Bind(string name) => name == "call" ? call : null;
        var sure = Environment.Check("call.trunk > 5 || has(call.trunk)").Checked!;
        Assert.False(CelCompiler.Compile<SureCondition>(sure, [call], Bind)(Sample));
        var unsure = Environment.Check("call.trunk + 1 > 5").Checked!;
        Assert.Throws<InvalidOperationException>(() => CelCompiler.Compile<SureCondition>(unsure, [call], Bind));
    }

    [Fact]
    public void An_explanation_holds_the_value_at_each_node()
    {
        var expression = Environment.Check("call.trunk + 1 > 5 || call.caller.country() == 86").Checked!;
        var explanation = CelExplainer.Explain(expression, (string name, out object? value) => (value = Sample) is not null && name == "call");
        Assert.Equal(true, explanation.Result.Value);
        var country = expression.Nodes.Single(n => n is CelCall { Function: "country" });
        Assert.Equal(86L, explanation.Nodes[country.Id].Value);
        Assert.Equal(1L, explanation.Nodes[expression.Nodes.Single(n => n is CelCall { Function: "_+_" }).Id].Value);
    }
}
