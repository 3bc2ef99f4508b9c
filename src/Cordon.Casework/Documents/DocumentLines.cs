using System.Globalization;
using System.Text;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Documents;

/// <summary>Lines of a document in both languages, as they are written.</summary>
/// <param name="offset">The offset by which days and hours are told.</param>
internal sealed class DocumentLines(TimeSpan offset)
{
    private readonly StringBuilder zh = new();
    private readonly StringBuilder en = new();

    /// <summary>Adds a line in each language.</summary>
    public DocumentLines Add(string chinese, string english)
    {
        zh.Append(chinese).Append('\n');
        en.Append(english).Append('\n');
        return this;
    }

    /// <summary>Adds an empty line.</summary>
    public DocumentLines Break() => Add("", "");

    /// <summary>An instant as people there read their clocks.</summary>
    public string Time(Instant at) => (at + offset).ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The day of an instant.</summary>
    public string Day(Instant at) => (at + offset).ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last day before an instant.</summary>
    public string LastDay(Instant until) => Day(until + TimeSpan.FromTicks(-1));

    /// <summary>How binding a source is, and how it was read.</summary>
    public static Wording Tier(SourceTier tier, SourceMark? mark)
    {
        var (zh, en) = tier switch
        {
            SourceTier.Law => ("法律", "law"),
            SourceTier.Rule => ("规章", "rule"),
            SourceTier.Notice => ("通知", "notice"),
            SourceTier.Practice => ("实践", "practice"),
            _ => ("本系统自定", "ours"),
        };
        return mark switch
        {
            SourceMark.Primary => new Wording($"{zh}，据原文", $"{en}, read in its own text"),
            SourceMark.Secondary => new Wording($"{zh}，据转载", $"{en}, read in a copy or report"),
            _ => new Wording(zh, en),
        };
    }

    /// <summary>The document.</summary>
    public DocumentText Document(string name, Instant at) => new(name, at, zh.ToString(), en.ToString());
}
