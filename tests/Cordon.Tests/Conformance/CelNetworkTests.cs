using System.Text;
using Cordon.Engine.Rules.Cel;
using Cordon.Tests.Rules.Cel;

namespace Cordon.Tests.Conformance;

/// <summary>
/// The specification's cases of IP addresses and CIDR ranges. They are in its binary files alone, of which this reads
/// what they use: SimpleTestFile, its sections and tests with a name, an expression and a value or an error (simple.proto).
/// </summary>
public sealed class CelNetworkTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_case_of_the_network_extension_passes()
    {
        var file = File.ReadAllBytes(RepositoryFolder.Shared("conformance", "cel-spec", "json", "network_ext.binpb"));
        List<string> faults = [];
        var count = 0;
        foreach (var test in Fields(file).Where(f => f.Number == 3).SelectMany(s => Fields(s.Content)).Where(f => f.Number == 3))
        {
            count++;
            var fields = Fields(test.Content);
            var expression = Encoding.UTF8.GetString(fields.First(f => f.Number == 3).Content);
            var fault = Run(expression, fields);
            if (fault is not null) faults.Add($"{expression}: {fault}");
        }
        output.WriteLine($"{count} cases of the network extension.");
        Assert.True(count > 50, "the reader finds too few cases to be trusted");
        Assert.Empty(faults);
    }

    private static string? Run(string expression, List<(int Number, ulong Varint, byte[] Content)> fields)
    {
        var wantsError = fields.Any(f => f.Number == 9);
        var reading = CelEnvironment.Standard.Check(expression);
        if (reading.Checked is null) return wantsError ? null : string.Join("; ", reading.Faults);
        var outcome = Spoken.Evaluate(reading.Checked, []);
        if (wantsError) return outcome.Error is null ? "answers a value, not an error" : null;
        var (number, varint, content) = Fields(fields.First(f => f.Number == 8).Content).Single();
        // Of cel.expr.Value: bool_value is field 2, int64_value 3, string_value 6.
        object expected = number switch
        {
            2 => varint != 0,
            3 => (long)varint,
            _ => Encoding.UTF8.GetString(content),
        };
        return CelCase.Same(expected, outcome.Value) ? null : $"answers {CelCase.Show(outcome)}, not {expected}";
    }

    private static List<(int Number, ulong Varint, byte[] Content)> Fields(ReadOnlySpan<byte> wire)
    {
        var fields = new List<(int, ulong, byte[])>();
        while (!wire.IsEmpty)
        {
            var tag = Varint(ref wire);
            var number = Varint(ref wire);
            var length = (tag & 7) == 2 ? (int)number : 0;
            fields.Add(((int)(tag >> 3), number, wire[..length].ToArray()));
            wire = wire[length..];
        }
        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> wire)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = wire[0];
            wire = wire[1..];
            value |= (next & 0x7FUL) << shift;
            if (next < 0x80) return value;
        }
    }
}
