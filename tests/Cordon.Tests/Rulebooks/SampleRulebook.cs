using Cordon.Casework.Rulebooks;
using Cordon.Engine.Rules;

namespace Cordon.Tests.Rulebooks;

/// <summary>A small right rulebook, to be made wrong one line at a time.</summary>
internal static class SampleRulebook
{
    public const string Text =
        """
        rulebook: sample
        title: { en: Sample, zh-CN: 样本 }
        currency: CNY
        parameters:
          - id: most
            type: int
            value: 80
            regions: { cn-33: 60 }
            source: { text: chosen, trust: ours }
        lists:
          - id: desks
            of: phone
            role: allow
            owner: joint office
            expires: 2027-12-31
            entries: ["+8696110", "+86400*"]
        windows:
          - id: callees_24h
            of: call
            by: call.caller
            measure: distinct
            value: call.callee
            where: call.answered
            over: 24h
            lateness: 10m
        rules:
          - id: call.many
            of: call
            when: |
              callees_24h(call.caller) >= params.most
              && !(call.caller in lists.desks)
            action: hold
            hold: 2h
            priority: 5
            reason: { code: call.many, en: "{caller} calls many", zh-CN: "{caller} 大量外呼" }
            duty: cn.atf.11.reverify-lines
            source: { text: chosen, trust: ours }
            author: Cordon
            tests:
              - name: many are many
                given:
                  - call: { at: -2h, caller: "+8613900000001", callee: "+86138{n}0000", durationSeconds: 5 }
                    times: 81
                    every: 1m
                  - call: { at: "2026-03-01T10:00:00+08:00", caller: "+8613900000001", callee: "+8613800000001", origin: domestic }
                expect: hold
              - name: one is not
                lists: { fraud_numbers: ["+8613900000002"] }
                given:
                  - call: { caller: "+8613900000001", callee: "+8613800000001" }
                expect: none

        """;

    public static RulebookReading Reading(params string[] files) =>
        RulebookReader.Read([.. files.Select((text, i) => new RulebookFile($"file{i + 1}.yaml", text))]);

    public static RulebookSource Read(params string[] files)
    {
        var reading = Reading(files);
        Assert.Empty(reading.Faults);
        return reading.Source!;
    }

    public static string With(string was, string becomes)
    {
        Assert.Contains(was, Text, StringComparison.Ordinal);
        return Text.Replace(was, becomes, StringComparison.Ordinal);
    }
}
