using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Rulebooks;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Rulebooks;

/// <summary>A rulebook of one rule: a line that calls more than so many others within a day is stopped.</summary>
internal static class SmallRulebook
{
    public static readonly Actor Anna = new("person:anna", null, new HashSet<string> { Roles.RuleAuthor });
    public static readonly Actor Bo = new("person:bo", null, new HashSet<string> { Roles.RuleAuthor });
    public static readonly Actor Chief = new("person:chief", null, new HashSet<string> { Roles.Supervisor });
    public static readonly Actor Clerk = new("person:clerk", null, new HashSet<string> { Roles.MemberClerk });
    public static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8)));

    /// <summary>A number from its written form.</summary>
    public static PhoneNumber Phone(string text) => PhoneNumber.TryParse(text, out var number) ? number : throw new FormatException(text);

    /// <summary>The rulebook's file.</summary>
    /// <param name="most">How many callees pass.</param>
    /// <param name="action">What the rule asks for; <c>block</c> or <c>warn</c>.</param>
    /// <param name="expect">What its example expects of the fifth callee.</param>
    public static RulebookFile File(int most = 3, string action = "block", string? expect = null) => new("rules.yaml", $$"""
        rulebook: small
        title: { en: "Small", zh-CN: "小" }
        currency: CNY
        windows:
          - { id: callees_24h, of: call, by: call.caller, measure: distinct, value: call.callee, over: 24h }
        rules:
          - id: call.many-callees
            of: call
            when: callees_24h(call.caller) > {{most}}
            action: {{action}}
            reason: { code: call.many-callees, en: "Many callees in a day", zh-CN: "一日内主叫过多" }
            duty: cn.atf.13.true-caller-id
            source: { text: "ours", trust: ours }
            author: Anna
            tests:
              - name: a first call
                given:
                  - call: { caller: "+8613800000001", callee: "+8613900000001" }
                expect: none
              - name: nine callees
                given:
                  - call: { caller: "+8613800000001", callee: "+861390000{n}", at: -1h }
                    times: 8
                  - call: { caller: "+8613800000001", callee: "+8613900009999" }
                expect: {{expect ?? action}}
        """);

    /// <summary>Calls of one line to different others, a minute apart.</summary>
    public static IEnumerable<EngineRecord> Calls(string caller, int count, int from = 1) => Enumerable.Range(from, count).Select(n => new SignalAccepted(new Call(
        new SignalId($"{caller}-{n}"), MemberCode.Parse("telecom-a"), Noon + TimeSpan.FromMinutes(n), Phone(caller),
        Phone($"+861390000{n:D4}"), CallOrigin.Domestic, false, null, null, 30)));
}
