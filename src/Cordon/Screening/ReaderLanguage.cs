using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Cordon.Screening;

/// <summary>In which of the two languages reasons are told.</summary>
internal static class ReaderLanguage
{
    /// <summary>Whether <c>Accept-Language</c> (RFC 9110, 12.5.4) puts Chinese before English; without the header it is English.</summary>
    public static bool IsChinese(StringValues accepted)
    {
        if (accepted.Count == 0 || !StringWithQualityHeaderValue.TryParseList(accepted, out var languages)) return false;
        double chinese = 0, english = 0;
        foreach (var language in languages)
        {
            var quality = language.Quality ?? 1;
            if (IsOf(language.Value, "zh")) chinese = Math.Max(chinese, quality);
            else if (IsOf(language.Value, "en")) english = Math.Max(english, quality);
        }
        return chinese > english;
    }

    private static bool IsOf(StringSegment range, string language) =>
        range.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (range.Length == language.Length || range[language.Length] == '-');
}
