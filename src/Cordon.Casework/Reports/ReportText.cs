using System.Collections.Immutable;

namespace Cordon.Casework.Reports;

/// <summary>
/// Reads what a victim wrote, in Chinese or English, for what can be followed: numbers, accounts, amounts, times, links and
/// names of apps. It proposes and a clerk confirms; so it leaves out what is doubtful. Pure; time is linear in the text.
/// </summary>
public static class ReportText
{
    /// <summary>The most characters that are read; what follows is passed over and <see cref="ReportFacts.Cut"/> says so.</summary>
    public const int MostText = 20_000;

    /// <summary>The most facts of a kind that are kept, those of the beginning.</summary>
    public const int MostFacts = 200;

    /// <summary>Finds the facts of a text.</summary>
    /// <param name="text">The text as told; identity numbers in it are found and kept out of all facts.</param>
    /// <param name="terms">The instant, clock and currency that it is read against.</param>
    /// <exception cref="ArgumentException">The offset is beyond 14 hours, or the mask changes the length of the text.</exception>
    public static ReportFacts Read(string text, ReadingTerms terms)
    {
        if (terms.Offset.Duration() > TimeSpan.FromHours(14)) throw new ArgumentException("No clock is more than 14 hours from UTC.", nameof(terms));
        var read = new FoldedText(text.Length > MostText ? text[..MostText] : text, terms.Mask);
        // The order decides who gets a character that two could read: what is surest by its own form comes first,
        // and a bare number last, after all that could explain it.
        var identities = IdentityMarks.Take(read);
        var links = LinkWords.Take(read);
        var apps = AppNames.Take(read);
        var named = AmountWords.TakeNamed(read, terms.Money);
        var times = TimeWords.Take(read, terms);
        var tails = AccountDigits.TakeTails(read);
        var runs = NumberRuns.Of(read);
        var cards = AccountDigits.TakeGrouped(read, runs);
        var phones = PhoneDigits.Take(read, runs);
        var accounts = AccountDigits.Take(read, runs);
        var bare = AmountWords.TakeBare(read, terms.Money);

        var cut = text.Length > MostText;
        return new ReportFacts(
            Kept(phones, f => f.Span, ref cut), Kept(cards.Concat(accounts).Concat(tails), f => f.Span, ref cut), Kept(named.Concat(bare), f => f.Span, ref cut),
            Kept(times, f => f.Span, ref cut), Kept(links, f => f.Span, ref cut), Kept(apps, f => f.Span, ref cut), Kept(identities, s => s, ref cut), cut);
    }

    private static ImmutableArray<T> Kept<T>(IEnumerable<T> facts, Func<T, TextSpan> span, ref bool cut)
    {
        ImmutableArray<T> ordered = [.. facts.OrderBy(f => span(f).Start)];
        if (ordered.Length <= MostFacts) return ordered;
        cut = true;
        return ordered[..MostFacts];
    }
}
