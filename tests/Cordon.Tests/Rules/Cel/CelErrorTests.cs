namespace Cordon.Tests.Rules.Cel;

/// <summary>Errors are values: what settles an answer without them drops them.</summary>
public sealed class CelErrorTests
{
    [Theory]
    [InlineData("1 / 0 > 1 || true", true)]
    [InlineData("true || 1 / 0 > 1", true)]
    [InlineData("1 / 0 > 1 && false", false)]
    [InlineData("false && 1 / 0 > 1", false)]
    [InlineData("true ? true : 1 / 0 > 1", true)]
    [InlineData("[1, 0].exists(x, 1 / x == 1)", true)]
    [InlineData("[0, 1].exists(x, 1 / x == 1)", true)]
    [InlineData("[0, 1].all(x, 1 / x == 2)", false)]
    [InlineData("cel.bind(x, 1 / 0, true || x == 1)", true)]
    [InlineData("(1 / 0 > 1 || 2 / 0 > 1) || true", true)]
    [InlineData("!(1 / 0 > 1 && false)", true)]
    [InlineData("[[0, 1], [1]].exists(l, l.all(x, 1 / x == 1))", true)]
    public void An_error_that_does_not_matter_is_dropped(string source, bool expected) => Assert.Equal(expected, Spoken.Evaluate(source).Value);

    [Theory]
    [InlineData("1 / 0 > 1 || false", "divide by zero")]
    [InlineData("1 / 0 > 1 || 1 % 0 > 1", "divide by zero")]
    [InlineData("true && 1 % 0 > 1", "modulus by zero")]
    [InlineData("[0, 1].exists(x, 1 / x == 2)", "divide by zero")]
    [InlineData("[1, 0].map(x, 1 / x)[0] == 1", "divide by zero")]
    [InlineData("[1, 0].exists_one(x, 1 / x == 1)", "divide by zero")]
    [InlineData("9223372036854775807 + 1 > 0", "integer overflow")]
    [InlineData("-9223372036854775808 / -1 > 0", "integer overflow")]
    [InlineData("[1][1] == 1", "index out of range")]
    [InlineData("{'a': 1}['b'] == 1", "no such key")]
    [InlineData("cel.bind(x, 1 / 0, x == 1 || x == 2)", "divide by zero")]
    [InlineData("(1 / 0 > 1 ? 1 : 2) == 1", "divide by zero")]
    [InlineData("dyn('x') && true", "no such overload")]
    [InlineData("[timestamp(0), null][1] == timestamp(0)", "no such overload")]
    [InlineData("[null, timestamp(0)].exists(t, t.getHours() == 3)", "no such overload")]
    [InlineData("(true ? null : timestamp(0)).getHours() == 1", "no such overload")]
    public void An_error_that_matters_is_the_answer(string source, string error) => Assert.Equal(error, Spoken.Evaluate(source).Error?.Message);

    [Theory]
    [InlineData("google.protobuf.Any{type_url: 'type.googleapis.com/google.protobuf.Int64Value', value: b'\\x08\\x05'} == 5")]
    [InlineData("google.protobuf.Any{type_url: 'type.googleapis.com/google.protobuf.StringValue', value: b'\\x0a\\x02hi'} == 'hi'")]
    [InlineData("google.protobuf.Any{type_url: 'type.googleapis.com/google.protobuf.Duration', value: b'\\x08\\x3c'} == duration('1m')")]
    [InlineData("google.protobuf.Struct{fields: {'a': 1}} == {'a': 1.0}")]
    [InlineData("google.protobuf.Timestamp{seconds: 60} == timestamp('1970-01-01T00:01:00Z')")]
    [InlineData("google.protobuf.Duration{seconds: 1, nanos: 5} > duration('1s')")]
    [InlineData("timestamp('2026-03-01T10:00:00+08:00').getHours('+08:00') == 10")]
    [InlineData("'caf\u00e9\ud83d\ude00'.size() == 5 && '\ud83d\ude00a'.charAt(1) == 'a' && '\\uffff' < '\ud83d\ude00'")]
    [InlineData("1.0 == dyn(1) && dyn(1u) in [1, 2] && {1: 'a'}[dyn(1.0)] == 'a'")]
    [InlineData("{'b': 2, 'a': 1} == {'a': 1, 'b': 2}")]
    [InlineData("'a,b,,c'.split(',').filter(x, x != '').join('+') == 'a+b+c'")]
    [InlineData("'%s is %.2f of %d, %x'.format(['a', 1.5, 7, 255]) == 'a is 1.50 of 7, ff'")]
    [InlineData("[1, 2, 3].transformMapEntry(i, v, {string(i): v}) == {'0': 1, '1': 2, '2': 3}")]
    [InlineData("string(1e21) == '1e+21' && string(0.00001) == '1e-05' && string(100000.0) == '100000' && string(0.1) == '0.1'")]
    [InlineData("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].exists(x, x in [11, 12, 13, 14, 15, 16, 17, 18, 10])")]
    public void The_library_answers_as_documented(string source) => Assert.Equal(true, Spoken.Evaluate(source).Value);
}
