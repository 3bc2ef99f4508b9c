using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Questions;

/// <summary>What members can be asked, and what counts as an answer.</summary>
public static class QuestionCatalogue
{
    /// <summary>How far the holder of a line or account was checked.</summary>
    public const string Identity = "identity";

    /// <summary>How many lines the holder had at the operator when the line was opened, that one counted.</summary>
    public const string LinesHeld = "linesHeld";

    /// <summary>What kind of line it is.</summary>
    public const string LineKind = "lineKind";

    /// <summary>Where a call came into the network.</summary>
    public const string Origin = "origin";

    /// <summary>The answer that a call came from abroad and that its subscriber is proven to roam.</summary>
    public const string Roaming = "internationalTrunkRoaming";

    /// <summary>The answer that a duty was kept.</summary>
    public const string Kept = "kept";

    /// <summary>The answer that a duty was not kept.</summary>
    public const string Breached = "breached";

    private const string FactPrefix = "facts:";
    private const int MostLines = 1_000_000;
    private static readonly ImmutableArray<string> Standings = [Kept, Breached];
    private static readonly ImmutableArray<string> YesNo = ["yes", "no"];

    /// <summary>The facts of a chain that its members can be asked for.</summary>
    public static ImmutableArray<string> Facts { get; } = [Identity, LinesHeld, LineKind, Origin];

    /// <summary>The values that answer a question; empty where it is answered by a number or an instant.</summary>
    /// <param name="about">What the question is about.</param>
    public static ImmutableArray<string> ValuesOf(string about) => about switch
    {
        Identity => ["verified", "notVerified"],
        LineKind => ["mobile", "fixed", "broadband", "iot"],
        Origin => ["domestic", "internationalTrunk", Roaming],
        LinesHeld => [],
        _ when IsMoment(about) => [],
        _ when about.StartsWith(FactPrefix, StringComparison.Ordinal) => YesNo,
        _ => Standings,
    };

    /// <summary>Whether a text answers a question.</summary>
    /// <param name="about">What the question is about.</param>
    /// <param name="value">The answer.</param>
    public static bool Takes(string about, string value) =>
        about == LinesHeld ? int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) && lines is >= 0 and <= MostLines
        : IsMoment(about) ? Instant.TryParse(value, out _)
        : ValuesOf(about).Contains(value);

    /// <summary>What an answer must be, for a refusal.</summary>
    internal static string Expected(string about) =>
        about == LinesHeld ? "a whole number of lines" : IsMoment(about) ? "an instant in RFC 3339" : "one of " + string.Join(", ", ValuesOf(about));

    /// <summary>The question of a fact of the chain.</summary>
    /// <param name="about">The fact.</param>
    /// <param name="link">The link, <c>kind:subject</c>.</param>
    internal static Wording TextOf(string about, string link)
    {
        var subject = link[(link.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return about switch
        {
            Identity => new Wording($"{subject}开通时是否核验了持有人的真实身份？", $"Was the holder of {subject} checked when it was opened?"),
            LinesHeld => new Wording($"开通{subject}时，其持有人在贵单位共有几个号码（含本号码）？", $"How many lines did the holder of {subject} have with you when it was opened, that one counted?"),
            LineKind => new Wording($"{subject}是哪一类号码？", $"What kind of line is {subject}?"),
            _ => new Wording($"呼叫{subject}从何处进入网络？若来自境外，是否证明用户在漫游？", $"Where did call {subject} come into the network, and if from abroad, was its subscriber proven to roam?"),
        };
    }

    private static bool IsMoment(string about) => about is "facts:reported" or "facts:papers";
}
