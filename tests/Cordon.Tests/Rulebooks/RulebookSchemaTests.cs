using System.Text.Json;
using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Packs;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Casework.Rulebooks;
using Cordon.Tests.Duties;
using Cordon.Tests.Objectives;
using YamlDotNet.RepresentationModel;

namespace Cordon.Tests.Rulebooks;

public sealed class RulebookSchemaTests
{
    private static readonly JsonElement Schema = Load("rulebook.schema.json");

    [Fact]
    public void Every_file_of_the_shipped_rulebook_has_the_shape_of_the_schema()
    {
        foreach (var file in Directory.EnumerateFiles(ShippedRulebook.Folder, "*.yaml"))
            Assert.Empty(Faults(Schema, File.ReadAllText(file)).Select(f => $"{Path.GetFileName(file)}{f}"));
    }

    [Theory]
    [MemberData(nameof(ShippedPack.Jurisdictions), MemberType = typeof(ShippedPack))]
    public void The_shipped_duties_have_the_shape_of_theirs(string jurisdiction)
    {
        foreach (var file in Directory.EnumerateFiles(ShippedPack.FolderOf(jurisdiction), "*.yaml"))
            Assert.Empty(Faults(Load("duties.schema.json"), File.ReadAllText(file)).Select(f => $"{Path.GetFileName(file)}{f}"));
    }

    [Fact]
    public void The_shipped_ladder_has_the_shape_of_its_schema() =>
        Assert.Empty(Faults(Load("ladder.schema.json"), File.ReadAllText(ShippedPack.PathOf("packs", "cn", "ladder.yaml"))));

    [Fact]
    public void The_shipped_schemes_of_evaluation_have_the_shape_of_theirs() =>
        Assert.Empty(Faults(Load("evaluation.schema.json"), File.ReadAllText(ShippedPack.PathOf("packs", "cn", "evaluation.yaml"))));

    [Fact]
    public void The_shipped_objectives_have_the_shape_of_theirs() =>
        Assert.Empty(Faults(Load("objectives.schema.json"), ObjectiveTreeTests.Shipped));

    [Theory]
    [InlineData("year: 2026", "year: soon")]
    [InlineData("    due: 06-30\n", "    due: 2026-06-30\n")]
    [InlineData("    owner: centre\n", "    owner: the centre\n")]
    [InlineData("  answerDays:", "  answerDay:")]
    [InlineData("    atMost: 0\n", "    atMost: -1\n")]
    [InlineData("each: { sector: bank, provinces: true, cities: true, units: true }", "each: { provinces: true }")]
    public void What_the_loader_of_objectives_refuses_by_its_shape_the_schema_refuses_too(string was, string becomes)
    {
        Assert.Contains(was, ObjectiveTreeTests.Shipped, StringComparison.Ordinal);
        var wrong = ObjectiveTreeTests.Shipped.Replace(was, becomes, StringComparison.Ordinal);
        Assert.NotEmpty(Faults(Load("objectives.schema.json"), wrong));
        Assert.Null(ObjectiveTreeTests.Read(wrong, new PackFaults("objectives.yaml")));
    }

    [Theory]
    [InlineData("    months: 1\n", "    months: 13\n")]
    [InlineData("sector: bank", "sector: banks")]
    [InlineData("leastOccasions: 30", "leastOccasions: 0")]
    [InlineData("settleDays: 7", "settleDay: 7")]
    [InlineData("sizes: [300, 3000, 30000]", "sizes: []")]
    public void What_the_loader_of_schemes_refuses_by_its_shape_the_schema_refuses_too(string was, string becomes)
    {
        var text = File.ReadAllText(ShippedPack.PathOf("packs", "cn", "evaluation.yaml"));
        Assert.Contains(was, text, StringComparison.Ordinal);
        var wrong = text.Replace(was, becomes, StringComparison.Ordinal);
        Assert.NotEmpty(Faults(Load("evaluation.schema.json"), wrong));
        Assert.Null(EvaluationPack.Read(wrong, ShippedPack.Cn, new PackFaults("evaluation.yaml")));
    }

    [Theory]
    [InlineData("triggers: [overdue, refuted, relapsed]", "triggers: [overdue, forgotten]")]
    [InlineData("  watchDays:", "  watchDay:")]
    [InlineData("issue: byTwo", "issue: byDecree")]
    [InlineData("bars: [honours]", "bars: [holidays]")]
    [InlineData("tier: ours, note: { zh-CN: 申诉期十五日, en: fifteen days to appeal }", "tier: ours")]
    [InlineData("rungs: [criticism, interview", "rungs: [admonition, interview")]
    public void What_the_loader_of_a_ladder_refuses_by_its_shape_the_schema_refuses_too(string was, string becomes)
    {
        var text = File.ReadAllText(ShippedPack.PathOf("packs", "cn", "ladder.yaml"));
        Assert.Contains(was, text, StringComparison.Ordinal);
        var wrong = text.Replace(was, becomes, StringComparison.Ordinal);
        Assert.NotEmpty(Faults(Load("ladder.schema.json"), wrong));
        Assert.Null(LadderPackReader.Read(wrong, new PackFaults("ladder.yaml")));
    }

    [Theory]
    [InlineData("uk", "excess:\n      minor: 10000", "excess:\n      minor: -1")]
    [InlineData("uk", "model: split", "model: thirds")]
    [InlineData("uk", "    cap:\n      minor: 8500000", "    cap:\n      pence: 8500000")]
    [InlineData("sg", "circumstance: malware", "circumstance: weather")]
    [InlineData("sg", "bears: operator", "bears: customer")]
    [InlineData("cn", "    civil:\n", "    claims:\n")]
    [InlineData("cn", "model: findings", "model: split")]
    public void A_model_of_liability_that_the_loader_refuses_the_schema_refuses_too(string jurisdiction, string was, string becomes)
    {
        var text = File.ReadAllText(Path.Combine(ShippedPack.FolderOf(jurisdiction), "pack.yaml"));
        Assert.Contains(was, text, StringComparison.Ordinal);
        var wrong = text.Replace(was, becomes, StringComparison.Ordinal);
        Assert.NotEmpty(Faults(Load("duties.schema.json"), wrong));
        var files = Directory.GetFiles(ShippedPack.FolderOf(jurisdiction), "*.yaml").Where(f => Path.GetFileName(f) != "pack.yaml")
            .Select(f => new DutyPackFile(Path.GetFileName(f), File.ReadAllText(f)));
        Assert.NotEmpty(DutyPackReader.Read([.. files, new DutyPackFile("pack.yaml", wrong)]).Faults);
    }

    [Theory]
    [InlineData("type: int", "type: integer")]
    [InlineData("rulebook: sample", "rulebok: sample")]
    [InlineData("measure: distinct", "measure: count")]
    [InlineData("over: 24h", "over: 24h\n    slice: 10m")]
    [InlineData("action: hold", "action: block")]
    [InlineData("    hold: 2h\n", "")]
    [InlineData("author: Cordon", "auther: Cordon")]
    [InlineData("origin: domestic", "origin: abroad")]
    [InlineData("expect: none", "expect: nothing")]
    [InlineData("times: 81", "times: 5000")]
    [InlineData("id: call.many", "id: Call many")]
    public void What_the_reader_refuses_by_its_shape_the_schema_refuses_too(string was, string becomes)
    {
        Assert.Empty(Faults(Schema, SampleRulebook.Text));
        Assert.NotEmpty(Faults(Schema, SampleRulebook.With(was, becomes)));
        Assert.NotEmpty(SampleRulebook.Reading(SampleRulebook.With(was, becomes)).Faults);
    }

    [Fact]
    public void The_schema_and_the_reader_know_the_same_words()
    {
        var definitions = Schema.GetProperty("$defs");
        Assert.Equal(RulebookWords.Kinds, Words(definitions.GetProperty("kind")));
        Assert.Equal(RulebookWords.Trusts, Words(Property("source", "trust")));
        Assert.Equal(RulebookWords.ParameterTypes, Words(Property("parameter", "type")));
        Assert.Equal(RulebookWords.ListedThings, Words(Property("list", "of")));
        Assert.Equal(RulebookWords.ListRoles, Words(Property("list", "role")));
        Assert.Equal(RulebookWords.Measures, Words(Property("window", "measure")));
        Assert.Equal(RulebookWords.Actions, Words(Property("rule", "action")));
        Assert.Equal(RulebookWords.Expectations, Words(Property("test", "expect")));
        Assert.Equal(RulebookBuilder.MaxParameters, Schema.GetProperty("properties").GetProperty("parameters").GetProperty("maxItems").GetInt32());
        Assert.Equal(RulebookBuilder.MaxWindows, Schema.GetProperty("properties").GetProperty("windows").GetProperty("maxItems").GetInt32());
        Assert.Equal(RulebookBuilder.MaxRules, Schema.GetProperty("properties").GetProperty("rules").GetProperty("maxItems").GetInt32());

        JsonElement Property(string definition, string name) => definitions.GetProperty(definition).GetProperty("properties").GetProperty(name);
        static IEnumerable<string> Words(JsonElement element) => element.GetProperty("enum").EnumerateArray().Select(e => e.GetString()!);
    }

    private static List<string> Faults(JsonElement schema, string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var check = new SchemaCheck(schema);
        check.Check(stream.Documents[0].RootNode);
        return check.Faults;
    }

    private static JsonElement Load(string name)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Root, "packs", name)));
        return schema.RootElement.Clone();
    }
}
