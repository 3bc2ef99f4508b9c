using System.Globalization;

namespace Cordon.Tests.Duties;

/// <summary>A small right pack, to be made wrong one line at a time.</summary>
internal static class Sample
{
    public static string Pack(params string[] duties) =>
        """
        pack: sample
        title: { zh-CN: 样本, en: sample }
        currency: CNY
        utcOffset: "+00:00"
        instruments:
          - { id: law, title: { zh-CN: 法, en: law }, where: here }
        sanctions:
          - id: fine
            source: { instrument: law, article: "39", tier: law, mark: S }
            text: { zh-CN: 罚款, en: a fine }
            fine: { from: 5, to: 50 }
        duties:

        """ + string.Concat(duties.Length == 0 ? [Duty("a")] : duties);

    public static string Duty(string id, string effective = "{ from: 2020-01-01 }", int lines = 5) =>
        $$"""
          - id: {{id}}
            title: { zh-CN: 题, en: title }
            text: { zh-CN: 文, en: text }
            source: { instrument: law, article: "10", tier: law, mark: S }
            effective: {{effective}}
            owes: { sectors: [telecomOperator], agents: true }
            link: line
            control: linesPerPerson
            threshold:
              lines: {{lines.ToString(CultureInfo.InvariantCulture)}}
              source: { tier: ours, note: chosen }
            follows:
              - { sanction: fine, item: "2" }

        """;
}
