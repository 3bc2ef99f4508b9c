using System.Text;
using Cordon.Engine.Rules.Cel;
using CsCheck;

namespace Cordon.Tests.Rules.Cel;

/// <summary>No text crashes, hangs or overflows the reader; what can be evaluated has one answer in both ways. A failing property prints its seed.</summary>
public sealed class CelFuzzTests
{
    private const double Affordable = 100_000;

    private static readonly CelEnvironment Environment = CelEnvironment.Standard.With(b => b
        .Variable("x", CelType.Int).Variable("s", CelType.String).Variable("l", CelType.List(CelType.Int)).Variable("m", CelType.Map(CelType.String, CelType.Int)).Variable("d", CelType.Dyn));

    private static readonly Dictionary<string, object?> Variables = new()
    {
        ["x"] = 3L,
        ["s"] = "a\ud83d\ude00b",
        ["l"] = CelList.Of([1L, 2L, 0L]),
        ["m"] = One("a", 1L),
        ["d"] = 2.0,
    };

    private static CelMap One(string key, object? value)
    {
        CelError? error = null;
        return CelMap.Of([new(key, value)], ref error)!;
    }

    private static readonly string[] Pieces =
    [
        "x", "s", "l", "m", "d", "a", "v", "1", "0", "-1", "2u", "1.5", "1e308", "9223372036854775807", "'a'", "\"%s\"", "b'\\xff'", "r'\\d'", "true", "false", "null",
        "+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}", " in ", ".?", "[?",
        ".map(v, ", ".filter(v, ", ".exists(v, ", ".all(i, v, ", ".transformMap(k, v, ", "cel.bind(a, ", "has(m.a)", "size(", "type(", "string(", "int(", "timestamp(", "duration('1h')",
        ".format([", ".split(", ".matches(", ".optMap(v, ", "optional.of(", ".orValue(", "math.greatest(", "dyn(", "google.protobuf.Value{", "`q`", "money('1','CNY')", "//", "\n", "'", "ip('::1')",
    ];

    private static readonly string[] Seeds =
    [
        "[1, 2, 3].exists(v, v / x == 1) || size(s) > 3", "{'a': 1, 'b': [1, 2u, 3.0]}.map(k, k + s).join(',')", "l.transformList(i, v, i != 1, v * 2 + i) == [0, 4]",
        "cel.bind(a, l.map(v, v + 1), a.all(v, v > 0) ? a[0] : a[1])", "'%d %s %.3f %x'.format([x, m, 1.5, s])", "has(m.a) && m.?b.orValue(7) == 7",
        "timestamp('2026-03-01T00:00:00Z') + duration('36h') > timestamp(x)", "optional.of(x).optMap(v, v + 1).value() == 4 && dyn(x) == 3.0",
        "type(x) == int && int('12') + int(2.9) - x % 2 < 100", "google.protobuf.Struct{fields: {'a': [1.0, null]}} == {'a': [1.0, null]}", "s.substring(1, 2) + s.charAt(0) in ['a', s]",
    ];

    private static readonly Gen<string> Tokens = OneOf(Pieces).Array[0, 40].Select(p => string.Concat(p));
    private static readonly Gen<string> Characters = Gen.Char.Array[0, 60].Select(c => new string(c));
    private static readonly Gen<string> Mutated = Gen.Select(OneOf(Seeds), Gen.Int[0, 200], Gen.Int[0, 12], OneOf(Pieces), Mutate).Select(Gen.Int[0, 200], Gen.Int[0, 6], OneOf(Pieces))
        .Select((s, at, cut, piece) => Mutate(s, at, cut, piece));

    private static Gen<string> OneOf(string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static string Mutate(string seed, int at, int cut, string piece)
    {
        at %= seed.Length + 1;
        return seed[..at] + piece + seed[Math.Min(seed.Length, at + cut)..];
    }

    [Fact]
    public void No_characters_crash_the_reader() => Characters.Sample(Hold, iter: 10_000, threads: 1);

    [Fact]
    public void No_row_of_tokens_crashes_the_reader() => Tokens.Sample(Hold, iter: 10_000, threads: 1);

    [Fact]
    public void Compiled_code_answers_as_the_explanation_does() => Mutated.Sample(Hold, iter: 2_000, threads: 1);

    [Fact]
    public void Changed_expressions_of_the_specification_are_held_to_the_same()
    {
        var expressions = Conformance.CelConformanceTests.Cases().Select(c => c.Expression).Where(e => e.Length < 400).ToArray();
        Gen.Select(OneOf(expressions), Gen.Int[0, 400], Gen.Int[0, 8], OneOf(Pieces), Mutate).Sample(Hold, iter: 2_000, threads: 1);
    }

    [Fact]
    public void No_bytes_crash_the_reader() =>
        Gen.Byte.Array[0, 200].Select(Encoding.UTF8.GetString).Sample(Hold, iter: 5_000, threads: 1);

    private static void Hold(string source)
    {
        foreach (var reading in (CelReading[])[Environment.Check(source), Environment.CheckLoosely(source)])
        {
            Assert.True(reading.Checked is not null ^ !reading.Faults.IsEmpty);
            if (reading.Checked is null || CelCost.Estimate(reading.Checked, new CelSizes()) > Affordable) continue;
            var outcome = Spoken.Evaluate(reading.Checked, Variables);
            if (reading.Checked.Nodes.Any(n => n is CelVariable v && v.Name.StartsWith('@') || n is CelFailure)) continue;
            var written = CelWriting.Write(reading.Checked.Root);
            var again = Environment.CheckLoosely(written);
            Assert.True(again.Checked is not null, $"{source} was written as {written}: {string.Join("; ", again.Faults)}");
            Assert.Equal(Conformance.CelCase.Show(outcome), Conformance.CelCase.Show(Spoken.Evaluate(again.Checked, Variables)));
        }
    }
}
