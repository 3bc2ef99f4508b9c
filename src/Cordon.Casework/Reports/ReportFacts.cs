using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>What a text is read against: the text itself tells neither the day it was written nor whose clock it means.</summary>
/// <param name="Now">When it was told; "yesterday" is the day before.</param>
/// <param name="Offset">How far the teller's clock is ahead of UTC, -14 to 14 hours.</param>
/// <param name="Money">The currency of amounts that name none.</param>
/// <param name="Mask">Overwrites identity numbers in place; the text keeps its length.</param>
public sealed record ReadingTerms(Instant Now, TimeSpan Offset, Currency Money, TextMask Mask);

/// <summary>Where in the text a fact stands.</summary>
/// <param name="Start">The first character, from 0, in UTF-16 units.</param>
/// <param name="Length">How many characters, 1 or more.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The character behind the last.</summary>
    public int End => Start + Length;
}

/// <summary>What sort of number a telephone number is.</summary>
public enum PhoneSort
{
    /// <summary>A mobile number of mainland China.</summary>
    Mobile,

    /// <summary>A fixed line of mainland China, with its area code.</summary>
    Landline,

    /// <summary>A number of a service: 400 and 800, 95 and 96, the operators' own.</summary>
    Hotline,

    /// <summary>A number of another country.</summary>
    Foreign,
}

/// <summary>A telephone number in the text.</summary>
/// <param name="Span">Where.</param>
/// <param name="Number">The number.</param>
/// <param name="Sort">What sort.</param>
public sealed record PhoneFact(TextSpan Span, PhoneNumber Number, PhoneSort Sort);

/// <summary>An account's or card's number in the text, or the last digits of one ("尾号1234", "ending 1234").</summary>
/// <param name="Span">Where; of the digits alone.</param>
/// <param name="Digits">The digits: 12 to 19 of a whole number, 3 to 6 of a tail.</param>
/// <param name="IsTail">Whether only the last digits were told.</param>
/// <param name="LuhnHolds">Whether the check digit of payment cards fits (ISO/IEC 7812-1, annex B). Account numbers need not have one; false for a tail.</param>
public sealed record AccountFact(TextSpan Span, string Digits, bool IsTail, bool LuhnHolds);

/// <summary>A sum of money in the text.</summary>
/// <param name="Span">Where, with the words that name the currency.</param>
/// <param name="Amount">The sum.</param>
/// <param name="Approximate">Whether the teller said about, more than, nearly.</param>
public sealed record AmountFact(TextSpan Span, Amount Amount, bool Approximate);

/// <summary>How exactly a time was told.</summary>
public enum TimePrecision
{
    /// <summary>To the minute: 10:15, half past three.</summary>
    Minute,

    /// <summary>To the hour: at ten.</summary>
    Hour,

    /// <summary>A morning, an afternoon, a night.</summary>
    HalfDay,

    /// <summary>A day.</summary>
    Day,
}

/// <summary>A time in the text.</summary>
/// <param name="Span">Where.</param>
/// <param name="From">The instant told, or the first of the part of the day that was told.</param>
/// <param name="To">The first instant that is no longer meant.</param>
/// <param name="Precision">How exactly it was told.</param>
/// <param name="Approximate">Whether the teller said about.</param>
/// <param name="EitherHalf">Whether an hour of 1 to 11 was told without its half of the day: it was read as before noon and may be twelve hours later.</param>
public sealed record TimeFact(TextSpan Span, Instant From, Instant To, TimePrecision Precision, bool Approximate, bool EitherHalf)
{
    /// <summary>How far an instant lies outside what was told; zero within. The other half of the day counts where it may be meant.</summary>
    public TimeSpan Off(Instant at)
    {
        var off = Off(at, From, To);
        if (!EitherHalf) return off;
        var later = Off(at, From + TimeSpan.FromHours(12), To + TimeSpan.FromHours(12));
        return later < off ? later : off;
    }

    private static TimeSpan Off(Instant at, Instant from, Instant to) => at < from ? from - at : at >= to ? at - to : TimeSpan.Zero;
}

/// <summary>A web address or domain in the text. Of an address the host alone is kept: a path may name people.</summary>
/// <param name="Span">Where, the whole address.</param>
/// <param name="Host">The host in ASCII, small letters: a domain, or an IPv4 address.</param>
/// <param name="IsDomain">Whether the host is a domain name.</param>
/// <param name="Obfuscated">Whether it was written so that nobody opens it by accident: hxxp, [.].</param>
public sealed record LinkFact(TextSpan Span, string Host, bool IsDomain, bool Obfuscated);

/// <summary>The name of an app, platform or mini-program in the text.</summary>
/// <param name="Span">Where; of the name alone, without its quotes.</param>
/// <param name="Name">The name as written.</param>
public sealed record AppFact(TextSpan Span, string Name);

/// <summary>
/// What was found in a text. Within a kind the facts stand in the order of the text, and no two facts of any kinds share a
/// character. At most <see cref="ReportText.MostFacts"/> of a kind.
/// </summary>
/// <param name="Phones">Telephone numbers.</param>
/// <param name="Accounts">Accounts, cards and their tails.</param>
/// <param name="Amounts">Sums of money.</param>
/// <param name="Times">Times.</param>
/// <param name="Links">Web addresses and domains.</param>
/// <param name="Apps">Names of apps.</param>
/// <param name="Identities">Where identity numbers stand; what they are is not kept.</param>
/// <param name="Cut">Whether the text or a list of facts was longer than the limits, so that more may stand there.</param>
public sealed record ReportFacts(
    ImmutableArray<PhoneFact> Phones, ImmutableArray<AccountFact> Accounts, ImmutableArray<AmountFact> Amounts, ImmutableArray<TimeFact> Times,
    ImmutableArray<LinkFact> Links, ImmutableArray<AppFact> Apps, ImmutableArray<TextSpan> Identities, bool Cut)
{
    /// <summary>Where all facts stand, in the order of the text.</summary>
    public IEnumerable<TextSpan> Spans =>
        Phones.Select(f => f.Span).Concat(Accounts.Select(f => f.Span)).Concat(Amounts.Select(f => f.Span)).Concat(Times.Select(f => f.Span))
            .Concat(Links.Select(f => f.Span)).Concat(Apps.Select(f => f.Span)).Concat(Identities).OrderBy(s => s.Start);
}
