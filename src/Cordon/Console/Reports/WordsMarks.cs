using Cordon.Casework.Reports;

namespace Cordon.WebConsole.Reports;

/// <summary>A stretch of a victim's words: plain, or a fact that was read.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Kind">What sort of fact: <c>phone</c>, <c>account</c>, <c>amount</c>, <c>time</c>, <c>link</c>, <c>app</c>, <c>identity</c>; empty of plain words.</param>
/// <param name="Read">What was read; empty of plain words.</param>
public sealed record WordsMark(string Text, string Kind, string Read);

/// <summary>Cuts a victim's words where facts stand, so that each is shown in its place.</summary>
public static class WordsMarks
{
    /// <summary>The stretches, in order; together they are the words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="facts">What was read in them.</param>
    /// <param name="offset">The centre's clock.</param>
    public static IReadOnlyList<WordsMark> Of(string words, ReportFacts facts, TimeSpan offset)
    {
        var found = facts.Phones.Select(f => (f.Span, Kind: "phone", Read: f.Number.ToString()))
            .Concat(facts.Accounts.Select(f => (f.Span, "account", f.IsTail ? "ends in " + f.Digits : Marks.Words.Grouped(f.Digits))))
            .Concat(facts.Amounts.Select(f => (f.Span, "amount", (f.Approximate ? "about " : "") + f.Amount)))
            .Concat(facts.Times.Select(f => (f.Span, "time", TimeOf(f, offset))))
            .Concat(facts.Links.Select(f => (f.Span, "link", f.Host)))
            .Concat(facts.Apps.Select(f => (f.Span, "app", f.Name)))
            .Concat(facts.Identities.Select(s => (s, "identity", "identity number, not kept")))
            .OrderBy(f => f.Item1.Start);
        var marks = new List<WordsMark>();
        var at = 0;
        foreach (var (span, kind, read) in found)
        {
            if (span.Start > at) marks.Add(new WordsMark(words[at..span.Start], "", ""));
            marks.Add(new WordsMark(words.Substring(span.Start, span.Length), kind, read));
            at = span.End;
        }
        if (at < words.Length) marks.Add(new WordsMark(words[at..], "", ""));
        return marks;
    }

    /// <summary>A time as it was read: the centre's clock, and how exactly.</summary>
    public static string TimeOf(TimeFact fact, TimeSpan offset)
    {
        var from = fact.From.ToDateTimeOffset().ToOffset(offset);
        var day = from.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return fact.Precision switch
        {
            TimePrecision.Day => day,
            TimePrecision.HalfDay => $"{day} {Hour(from)} to {Hour(fact.To.ToDateTimeOffset().ToOffset(offset))}",
            _ => $"{(fact.Approximate || fact.Precision == TimePrecision.Hour ? "about " : "")}{day} {Hour(from)}{(fact.EitherHalf ? ", or twelve hours later" : "")}",
        };
    }

    /// <summary>Why a transfer may be the one told of, as a question.</summary>
    public static string Question(string words, LossSuggestion suggestion)
    {
        var amount = suggestion.Amount is { } a ? $"“{words.Substring(a.Span.Start, a.Span.Length)}”" : null;
        var time = suggestion.Time is { } t ? $"“{words.Substring(t.Span.Start, t.Span.Length)}”" : null;
        return (amount, time) switch
        {
            (not null, not null) => $"You wrote {amount}, {time}: this transfer?",
            (not null, null) => $"You wrote {amount}: this transfer?",
            (null, not null) => $"You wrote {time}: this transfer?",
            _ => "It went where you told: this transfer?",
        };
    }

    /// <summary>A reason in words.</summary>
    public static string Of(SuggestionReason reason) => reason switch
    {
        SuggestionReason.Amount => "the amount",
        SuggestionReason.AmountNearly => "nearly the amount",
        SuggestionReason.Time => "the time",
        SuggestionReason.TimeNearly => "the half of a day",
        SuggestionReason.Payee => "the account paid to",
        SuggestionReason.Payer => "the account paid from",
        SuggestionReason.PayeeTail => "the last digits of the account paid to",
        _ => "the phone number of the wallet",
    };

    /// <summary>Why two losses are held for one, in words.</summary>
    public static string Of(DuplicateReason reason) => reason switch
    {
        DuplicateReason.SameTransfer => "the same transfer",
        DuplicateReason.SamePhone => "the same victim's number, the amount and the time",
        _ => "the same account paid from, the amount and the time",
    };

    private static string Hour(DateTimeOffset at) => at.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
