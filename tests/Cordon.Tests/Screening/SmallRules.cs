using Cordon.Casework.Rulebooks;
using Cordon.Engine.Rules;

namespace Cordon.Tests.Screening;

/// <summary>Three rules, one of each strictness, for tests of what is done with verdicts.</summary>
internal static class SmallRules
{
    public const string Text =
        """
        rulebook: small
        title: { en: Rules of the tests, zh-CN: 测试规则 }
        currency: CNY
        windows:
          - { id: callees_24h, of: call, by: call.caller, measure: distinct, value: call.callee, over: 24h }
        rules:
          - id: call.cold
            of: call
            when: callees_24h(call.caller) > 2
            action: block
            reason:
              code: call.cold
              en: "{caller} called {callees_24h(call.caller)} people within a day"
              zh-CN: "{caller} 一日内呼叫 {callees_24h(call.caller)} 人"
            duty: cn.atf.13.true-caller-id
            source: { text: chosen, trust: ours }
            author: Cordon
            tests:
              - { name: one call, given: [{ call: { caller: "+8613900000001", callee: "+8613800000001" } }], expect: none }
              - name: three people
                given:
                  - call: { caller: "+8613900000001", callee: "+8613800000001" }
                  - call: { caller: "+8613900000001", callee: "+8613800000002" }
                  - call: { caller: "+8613900000001", callee: "+8613800000003" }
                expect: block
          - id: transfer.large
            of: transfer
            when: transfer.amount > money("50000", "CNY")
            action: hold
            hold: 24h
            reason: { code: transfer.large, en: "{amount} is a large sum", zh-CN: "{amount} 为大额" }
            duty: cn.atf.18.suspicious-transactions
            source: { text: chosen, trust: ours }
            author: Cordon
            tests:
              - { name: small, given: [{ transfer: { payer: "bank-a:1", amount: 12 } }], expect: none }
              - { name: large, given: [{ transfer: { payer: "bank-a:1", amount: 60000 } }], expect: hold }
          - id: visit.fraud
            of: web_visit
            when: web_visit.domain.is_under("scam.example")
            action: warn
            reason: { code: visit.fraud, en: "{domain} is a scam", zh-CN: "{domain} 为涉诈网站" }
            duty: cn.atf.13.true-caller-id
            source: { text: chosen, trust: ours }
            author: Cordon
            tests:
              - { name: elsewhere, given: [{ web_visit: { line: "+8613800000001", domain: example.org } }], expect: none }
              - { name: there, given: [{ web_visit: { line: "+8613800000001", domain: www.scam.example } }], expect: warn }

        """;

    public static Rulebook Compiled { get; } = Compile();

    /// <summary>The rules as a file of their own.</summary>
    public static string File { get; } = Write();

    private static string Write()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cordon-rules-").FullName, "small.yaml");
        System.IO.File.WriteAllText(file, Text);
        return file;
    }

    private static Rulebook Compile()
    {
        var check = RulebookLibrary.Check([new RulebookFile("small.yaml", Text)]);
        return check.Rulebook?.Compiled ?? throw new InvalidOperationException(string.Join('\n', check.Faults));
    }
}
