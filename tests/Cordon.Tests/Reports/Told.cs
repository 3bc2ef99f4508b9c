using Cordon.Casework.Answers;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;

namespace Cordon.Tests.Reports;

/// <summary>Reads texts as if they were told on Monday, 9 March 2026, at half past three in the afternoon by China's clock.</summary>
internal static class Told
{
    public static readonly TimeSpan China = TimeSpan.FromHours(8);
    public static readonly Instant Now = At("2026-03-09 15:30");

    public static ReadingTerms Terms { get; } = new(Now, China, Currency.Cny, new TextMask(Masking.Mask));

    public static ReportFacts Read(string text) => ReportText.Read(text, Terms);

    /// <summary>An instant by China's clock: 2026-03-09 15:30.</summary>
    public static Instant At(string local) => Instant.TryParse(local.Replace(' ', 'T') + ":00+08:00", out var at) ? at : throw new FormatException(local);

    /// <summary>An instant as China's clock shows it.</summary>
    public static string Clock(Instant at) =>
        at.ToDateTimeOffset().ToOffset(China).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
