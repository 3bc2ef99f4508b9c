using Cordon.Gateways.Files;

namespace Cordon.Tests.Gateways;

public sealed class PresetTests
{
    private const string Sound = """
        name: own
        format: csv
        layouts:
          - as: transfers
            rows:
              - signal: transfer
                fields:
                  id: { hash: row }
                  member: { constant: bank-a }
                  at: { column: day, daysSince: 2020-01-01 }
                  payer: { member: { constant: bank-a }, number: from }
                  amount: value
                  currency: { constant: CNY }
        """;

    [Fact]
    public void Every_shipped_preset_is_sound()
    {
        Assert.Equal(["amlgentex", "amlsim", "cordon"], Preset.Shipped);
        foreach (var name in Preset.Shipped)
        {
            var reading = Preset.Load(name);
            Assert.Empty(reading.Faults);
            Assert.Equal(name, reading.Preset!.Name);
        }
    }

    [Fact]
    public void A_sound_preset_reads() => Assert.Empty(Preset.Parse(Sound).Faults);

    [Theory]
    [InlineData("layouts:", "layuots:", 3, 1, "did you mean 'layouts'?")]
    [InlineData("format: csv", "format: cvs", 2, 9, "did you mean 'csv'?")]
    [InlineData("amount: value", "amout: value", 12, 11, "did you mean 'amount'?")]
    [InlineData("as: transfers", "as: transfer", 4, 9, "did you mean 'transfers'?")]
    [InlineData("daysSince: 2020-01-01", "daysSince: 2020-13-01", 10, 41, "is no date")]
    [InlineData("hash: row", "hash: rows", 8, 23, "hash: row")]
    [InlineData("{ constant: CNY }", "{ konstant: CNY }", 13, 23, "did you mean 'constant'?")]
    [InlineData("currency: { constant: CNY }", "means: kind", 8, 11, "needs the field 'currency'")]
    [InlineData("number: from", "numbr: from", 11, 50, "did you mean 'number'?")]
    [InlineData("name: own", "name: [", 1, 1, "not YAML")]
    [InlineData("format: csv", "format: csv\nrounding: up", 3, 11, "half-even")]
    [InlineData("format: csv", "format: csv\nencoding: utf-9", 3, 11, "no encoding")]
    public void A_fault_is_told_with_line_column_and_what_was_likely_meant(string good, string bad, int line, int column, string words)
    {
        Assert.Contains(good, Sound, StringComparison.Ordinal);
        var faults = Preset.Parse(Sound.Replace(good, bad, StringComparison.Ordinal)).Faults;
        Assert.Contains(faults, fault => (fault.Line, fault.Column) == (line, column) && fault.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void A_misspelt_preset_is_answered_with_the_nearest_one() =>
        Assert.Contains("did you mean 'amlgentex'?", Assert.Single(Preset.Load("amlgentx").Faults).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Rows_that_no_rule_takes_are_quarantined()
    {
        using var rig = new ImportRig();
        var summary = await rig.ImportAsync("txId,step,type,amount,nameOrig,nameDest,bankOrig,bankDest\n1,0,BARTER,5,1,2,bank_a,bank_a\n", "amlgentex");
        Assert.Equal(1, summary.Quarantined["not-mapped"]);
    }
}
