using Cordon.Casework.Rulebooks;

namespace Cordon.Tests.Rulebooks;

public sealed class RulebookFaultTests
{
    [Theory]
    [InlineData("rulebook: sample", "rulebook: Sample", 1, 11, "small letters", null)]
    [InlineData("rulebook: sample", "rulebok: sample", 1, 1, "means nothing", "rulebook")]
    [InlineData("title: { en: Sample, zh-CN: 样本 }", "title: { zh-CN: 样本 }", 2, 8, "'en' is missing", null)]
    [InlineData("currency: CNY", "currency: Yuan", 3, 11, "ISO 4217", null)]
    [InlineData("type: int", "type: itn", 6, 11, "not one of", "int")]
    [InlineData("value: 80", "value: eighty", 7, 12, "whole number", null)]
    [InlineData("{ cn-33: 60 }", "{ cn-33: few }", 8, 23, "whole number", null)]
    [InlineData("{ cn-33: 60 }", "{ CN 33: 60 }", 8, 23, "code of a region", null)]
    [InlineData("{ text: chosen, trust: ours }\nlists", "{ text: chosen, trust: rumour }\nlists", 9, 36, "not one of", null)]
    [InlineData("id: desks", "id: Desks", 11, 9, "no name", null)]
    [InlineData("of: phone", "of: phones", 12, 9, "not one of", "phone")]
    [InlineData("role: allow", "role: alow", 13, 11, "not one of", "allow")]
    [InlineData("owner: joint office", "owner:", 11, 5, "'owner' is missing", null)]
    [InlineData("2027-12-31", "31.12.2027", 15, 14, "neither a date", null)]
    [InlineData("\"+86400*\"", "\"86400*\"", 16, 28, "no telephone number", null)]
    [InlineData("\"+86400*\"", "\"+8696110\"", 16, 28, "twice", null)]
    [InlineData("[\"+8696110\", \"+86400*\"]", "[]", 16, 14, "empty", null)]
    [InlineData("of: call\n    by", "of: phonecall\n    by", 19, 9, "not one of", null)]
    [InlineData("measure: distinct", "measure: distinkt", 21, 14, "not one of", "distinct")]
    [InlineData("measure: distinct", "measure: count", 22, 12, "has no value", null)]
    [InlineData("    value: call.callee\n", "", 18, 5, "'value' is missing", null)]
    [InlineData("measure: distinct\n    value: call.callee", "measure: burst", 18, 5, "'slice' is missing", null)]
    [InlineData("over: 24h", "over: 24h\n    slice: 10m", 25, 12, "has no slice", null)]
    [InlineData("over: 24h", "over: 91d", 24, 11, "more than 2160 hours", null)]
    [InlineData("over: 24h", "over: a day", 24, 11, "no length of time", null)]
    [InlineData("lateness: 10m", "lateness: 2h", 25, 15, "more than 1 hours", null)]
    [InlineData("lateness: 10m", "latenes: 10m", 25, 5, "means nothing", "lateness")]
    [InlineData("id: call.many", "id: call..many", 27, 9, "no id", null)]
    [InlineData("action: hold", "action: hodl", 32, 13, "not one of", "hold")]
    [InlineData("action: hold", "action: block", 33, 11, "has no 'hold'", null)]
    [InlineData("    hold: 2h\n", "", 27, 5, "'hold' is missing", null)]
    [InlineData("priority: 5", "priority: first", 34, 15, "whole number", null)]
    [InlineData("code: call.many", "code: Call many", 35, 21, "reason code", null)]
    [InlineData("{caller} calls many", "{caller calls many", 35, 36, "has its '}'", null)]
    [InlineData("duty: cn.atf.11.reverify-lines", "duty:", 27, 5, "'duty' is missing", null)]
    [InlineData("author: Cordon", "auther: Cordon", 38, 5, "means nothing", "author")]
    [InlineData("at: -2h", "at: +2h", 42, 25, "neither a time", null)]
    [InlineData("at: -2h", "at: \"2026-03-02T10:00:00+08:00\"", 42, 11, "none happens after it", null)]
    [InlineData("2026-03-01T10:00:00+08:00", "-1h", 45, 26, "no time with an offset", null)]
    [InlineData("callee: \"+86138{n}0000\"", "calee: \"+86138{n}0000\"", 42, 56, "means nothing", "callee")]
    [InlineData("durationSeconds: 5 ", "durationSeconds: -5 ", 42, 98, "number of seconds", null)]
    [InlineData("origin: domestic", "origin: domestik", 45, 114, "not one of", "domestic")]
    [InlineData("times: 81", "times: 5000", 43, 20, "outside 1 to 2000", null)]
    [InlineData("every: 1m", "every: minute", 44, 20, "no length of time", null)]
    [InlineData("expect: none", "expect: nothing", 51, 17, "not one of", null)]
    [InlineData("{ fraud_numbers: [", "{ Fraud numbers: [", 48, 33, "name of a list", null)]
    [InlineData("rules:\n", "rule:\n", 26, 1, "means nothing", "rules")]
    [InlineData("currency: CNY", "currency: &c CNY\nother: *c", 4, 8, "Aliases", null)]
    [InlineData("currency: CNY", "currency: CNY\ncurrency: CNY", 4, 1, "", null)]
    public void A_fault_is_told_with_its_place_and_what_was_meant(string right, string wrong, int line, int column, string message, string? suggestion)
    {
        var reading = SampleRulebook.Reading(SampleRulebook.With(right, wrong));
        Assert.Null(reading.Source);
        Assert.Contains(reading.Faults, f =>
            f.File == "file1.yaml" && f.Line == line && f.Column == column && f.Message.Contains(message, StringComparison.Ordinal) && f.Suggestion == suggestion);
    }

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_their_places()
    {
        var text = SampleRulebook.With("type: int", "type: integer")
            .Replace("measure: distinct", "measure: distinkt", StringComparison.Ordinal)
            .Replace("hold: 2h", "hold: soon", StringComparison.Ordinal)
            .Replace("expect: none", "expect: nothing", StringComparison.Ordinal);
        Assert.Equal([6, 21, 33, 51], SampleRulebook.Reading(text).Faults.Select(f => f.Line));
    }

    [Fact]
    public void One_id_twice_is_a_fault_that_names_the_first_place()
    {
        const string Second = "rules:\n  - id: call.many\n";
        var faults = SampleRulebook.Reading(SampleRulebook.Text, Second).Faults;
        Assert.Contains(faults, f => f.File == "file2.yaml" && f.Line == 2 && f.Message.Contains("file1.yaml:27", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("currency: EUR", "file1.yaml:3")]
    [InlineData("rulebook: other", "file1.yaml:1")]
    public void What_a_rulebook_has_once_stands_in_one_file(string second, string first) =>
        Assert.Contains(SampleRulebook.Reading(SampleRulebook.Text, second).Faults, f => f.File == "file2.yaml" && f.Message.Contains(first, StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("--- {}\n--- {}\n")]
    [InlineData("just a text")]
    [InlineData("- a\n- b\n")]
    [InlineData("{}")]
    [InlineData("rules: {}\n")]
    [InlineData("\"\\ud800\": 1")]
    [InlineData("? [a, b]\n: c\n")]
    public void What_is_no_rulebook_at_all_is_refused(string text)
    {
        var reading = SampleRulebook.Reading(text);
        Assert.Null(reading.Source);
        Assert.NotEmpty(reading.Faults);
    }

    [Fact]
    public void A_file_of_brackets_is_a_fault_and_does_not_bring_the_process_down() =>
        Assert.NotEmpty(SampleRulebook.Reading(new string('[', 100_000)).Faults);

    [Fact]
    public void An_example_of_too_many_signals_is_refused_without_making_them()
    {
        var group = string.Concat(Enumerable.Repeat("          - call: { at: -2h, caller: \"+8613900000001\", callee: \"+8613800000001\" }\n            times: 2000\n", 50));
        var text = SampleRulebook.With("          - call: { at: -2h", group + "          - call: { at: -2h");
        Assert.Contains(SampleRulebook.Reading(text).Faults, f => f.Message.Contains("at most 2000 signals", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_many_of_anything_is_refused()
    {
        var parameters = string.Concat(Enumerable.Range(0, 600).Select(i => $"  - {{ id: p{i}, type: int, value: 1 }}\n"));
        var text = SampleRulebook.With("parameters:\n", "parameters:\n" + parameters);
        Assert.Contains(SampleRulebook.Reading(text).Faults, f => f.Message == "A rulebook has at most 512 parameters.");
    }

    [Fact]
    public void Faults_without_end_are_cut_off()
    {
        var text = "rules:\n" + string.Concat(Enumerable.Range(0, 900).Select(_ => "  - { ide: x, foo: y }\n"));
        Assert.Equal(1_000, SampleRulebook.Reading(text).Faults.Length);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_faults_and_not_exceptions()
    {
        var folder = Directory.CreateTempSubdirectory("cordon-rulebook-");
        try
        {
            Assert.Contains("no .yaml file", Assert.Single(RulebookReader.Load(folder.FullName).Faults).Message, StringComparison.Ordinal);
            Assert.NotEmpty(RulebookReader.Load(Path.Combine(folder.FullName, "absent.yaml")).Faults);
            File.WriteAllBytes(Path.Combine(folder.FullName, "a.yaml"), [0xff, 0xfe, 0x00]);
            File.WriteAllText(Path.Combine(folder.FullName, "b.yaml"), "rules: 5");
            var faults = RulebookReader.Load(folder.FullName).Faults;
            Assert.Contains(faults, f => f.File == "a.yaml" && f.Message == "The file is not UTF-8.");
            Assert.Contains(faults, f => f.File == "b.yaml");
            File.WriteAllText(Path.Combine(folder.FullName, "a.yaml"), new string('#', RulebookReader.MaxFileBytes + 1));
            Assert.Contains(RulebookReader.Load(folder.FullName).Faults, f => f.File == "a.yaml" && f.Message.Contains("1 MB", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void No_damage_to_a_file_crashes_the_reader()
    {
        // A fixed multiplier makes the same damage each time.
        var state = 88_172_645_463_325_252UL;
        int Next(int below)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return (int)(state % (ulong)below);
        }
        const string Signs = "{}[]:,-|>&*!'\"#%@`?\n\t \\0~x";
        for (var round = 0; round < 500; round++)
        {
            var text = SampleRulebook.Text.ToCharArray().ToList();
            for (var edits = 1 + Next(4); edits > 0; edits--)
            {
                var at = Next(text.Count);
                if (Next(3) == 0) text.RemoveRange(at, Math.Min(Next(40), text.Count - at));
                else text.Insert(at, Signs[Next(Signs.Length)]);
            }
            var reading = SampleRulebook.Reading(string.Concat(text));
            Assert.True(reading.Source is null != reading.Faults.IsEmpty, $"round {round}");
        }
    }
}
