using System.Text;
using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Liability;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Liability;

/// <summary>
/// Worked cases after the rules of Singapore and the United Kingdom, with our own numbers: facts in <c>Worked/*.facts.json</c>,
/// the whole statement beside them. What each comes to is worked out here by hand; the statement's bytes hold the reasons too.
/// CORDON_APPROVE=1 writes the present statements, to be read in the diff.
/// </summary>
public sealed class WorkedCaseTests
{
    private static readonly JsonSerializerOptions Indented = new(CaseworkJson.Options) { WriteIndented = true };

    /// <summary>File, outcome, and who bears what by hand, in minor units.</summary>
    public static TheoryData<string, LiabilityOutcome, string> Cases { get; } = new()
    {
        // S$52,000.00 of an account of S$60,000.00 left in one night without a hold: the bank, although the operator let the messages through.
        { "sg-drained-account", LiabilityOutcome.Decided, "Sending bank-a 5200000" },
        // The bank kept all five; a message under a bank's name came another way than an aggregator's: the operator.
        { "sg-spoofed-sender", LiabilityOutcome.Decided, "Operator telco-a 880050" },
        // Both kept all: the customer.
        { "sg-all-kept", LiabilityOutcome.Decided, "Customer  880050" },
        // Nobody told whether alerts went out: not decided, the bank is asked.
        { "sg-alerts-unknown", LiabilityOutcome.Undecided, "" },
        // £120,000.00: capped at 85,000.00, less 100.00; halves of 42,450.00; 35,100.00 stays. 10,000.00 back: halves again.
        { "uk-above-the-cap", LiabilityOutcome.Decided, "Sending bank-a 4245000, Receiving bank-b 4245000, Customer  3510000" },
        // £3,333.33 by a vulnerable customer: no excess; 1,666.67 and 1,666.66, of which bank-b received 2/3 and bank-c 1/3 of it.
        { "uk-vulnerable", LiabilityOutcome.Decided, "Sending bank-a 166667, Receiving bank-b 111111, Receiving bank-c 55555" },
        // The customer took part.
        { "uk-first-party-fraud", LiabilityOutcome.Outside, "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_worked_case_comes_to_what_was_worked_out_by_hand(string name, LiabilityOutcome outcome, string borne)
    {
        var statement = Judge(name);
        Assert.Equal(outcome, statement.Outcome);
        Assert.Equal(borne, string.Join(", ", statement.Borne().Select(b => $"{b.As} {b.Member} {b.Minor}")));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_statement_is_the_approved_one_to_the_byte(string name, LiabilityOutcome outcome, string borne)
    {
        _ = (outcome, borne);
        using var json = JsonDocument.Parse(Judge(name).ToJson());
        var text = JsonSerializer.Serialize(json.RootElement, Indented).ReplaceLineEndings("\n") + "\n";
        // The hash changes with every word of the pack and is tested for itself.
        text = text.Replace(ShippedPack.Of(name[..2]).Hash, "(hash)", StringComparison.Ordinal);
        var file = Path.Combine(Folder, name + ".statement.json");
        if (Environment.GetEnvironmentVariable("CORDON_APPROVE") == "1") File.WriteAllText(file, text);
        Assert.Equal(File.ReadAllText(file), text);
    }

    [Fact]
    public void The_guide_shows_the_very_facts_and_text_of_a_worked_case()
    {
        var guide = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "guides", "liability.md"));
        Assert.Contains(File.ReadAllText(Path.Combine(Folder, "sg-drained-account.facts.json")).Trim(), guide, StringComparison.Ordinal);
        Assert.All(Judge("sg-drained-account").Sentences, s => Assert.Contains(s.Text.En, guide, StringComparison.Ordinal));
    }

    private static string Folder => Path.Combine(RepositoryFolder.Root, "tests", "Cordon.Tests", "Liability", "Worked");

    internal static LiabilityStatement Judge(string name)
    {
        var reading = LiabilityFactsReader.Read(Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(Folder, name + ".facts.json"))));
        Assert.Empty(reading.Faults);
        return reading.Facts!.Judged(name[..2]);
    }
}
