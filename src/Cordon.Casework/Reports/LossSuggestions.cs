using System.Collections.Immutable;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>Why a transfer may be the one that was told of.</summary>
public enum SuggestionReason
{
    /// <summary>Its amount is one that was told.</summary>
    Amount,

    /// <summary>Its amount is within a tenth of one that was told as about so much.</summary>
    AmountNearly,

    /// <summary>It was booked within a time that was told, with the tolerance of its precision.</summary>
    Time,

    /// <summary>It was booked within half a day of a time that was told.</summary>
    TimeNearly,

    /// <summary>It went to an account that was told.</summary>
    Payee,

    /// <summary>It left an account that was told.</summary>
    Payer,

    /// <summary>It went to an account whose number ends as was told.</summary>
    PayeeTail,

    /// <summary>It went to a wallet whose number is a telephone number that was told.</summary>
    PayeePhone,
}

/// <summary>A transfer that may be the one told of: "you wrote 48,000 at ten: this one?"</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Score">How much speaks for it; comparable within one answer only.</param>
/// <param name="Reasons">What speaks for it, the strongest first.</param>
/// <param name="Amount">The sum in the text that fits; null where none does.</param>
/// <param name="Time">The time in the text that fits best; null where none does.</param>
public sealed record LossSuggestion(TransferFacts Transfer, int Score, ImmutableArray<SuggestionReason> Reasons, AmountFact? Amount, TimeFact? Time);

/// <summary>Compares what a victim wrote with transfers that are known, and proposes. A clerk confirms: nothing follows from it alone.</summary>
public static class LossSuggestions
{
    /// <summary>The most transfers that are proposed.</summary>
    public const int Most = 20;

    /// <summary>How far a victim's memory of the time may be off. Ours, as for the matching of losses.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(12);

    /// <summary>
    /// The candidates that something speaks for, the likeliest first; of equal ones the nearer in time, then the earlier, then
    /// by member and id. A transfer is proposed where its amount or the account that it went to was told.
    /// </summary>
    /// <param name="facts">What was read from the text.</param>
    /// <param name="candidates">Transfers to look at; those reversed are left out.</param>
    public static ImmutableArray<LossSuggestion> Rank(ReportFacts facts, IEnumerable<TransferFacts> candidates)
    {
        var exact = new Dictionary<Amount, AmountFact>();
        foreach (var amount in facts.Amounts) exact.TryAdd(amount.Amount, amount);
        ImmutableArray<AmountFact> nearly = [.. facts.Amounts.Where(a => a.Approximate)];
        var found = new List<(LossSuggestion Suggestion, TimeSpan Off)>();
        foreach (var transfer in candidates)
            if (!transfer.IsReversed && Judge(facts, exact, nearly, transfer) is { } judged) found.Add(judged);
        return [.. found.OrderByDescending(f => f.Suggestion.Score).ThenBy(f => f.Off).ThenBy(f => f.Suggestion.Transfer.At)
            .ThenBy(f => f.Suggestion.Transfer.Member.ToString(), StringComparer.Ordinal).ThenBy(f => f.Suggestion.Transfer.Id.Text, StringComparer.Ordinal)
            .Take(Most).Select(f => f.Suggestion)];
    }

    /// <summary>The transfers of accounts within a window, each once: what <see cref="Rank"/> is to look at.</summary>
    /// <param name="graph">The money graph.</param>
    /// <param name="accounts">The victim's accounts and those that were named.</param>
    /// <param name="currency">The currency of the loss.</param>
    /// <param name="from">The first instant of the window.</param>
    /// <param name="to">The first instant behind it.</param>
    public static ImmutableArray<TransferFacts> Candidates(MoneyGraph graph, IEnumerable<AccountNumber> accounts, Currency currency, Instant from, Instant to)
    {
        var found = ImmutableArray.CreateBuilder<TransferFacts>();
        var seen = new HashSet<(MemberCode, SignalId)>();
        foreach (var account in accounts)
        {
            // The latest page: an account that is busy enough to have more is no victim's.
            var total = graph.TransfersOf(account, currency, 0, 0).Total;
            foreach (var transfer in graph.TransfersOf(account, currency, Math.Max(0, total - TransferPage.MaxTake), TransferPage.MaxTake))
                if (transfer.At >= from && transfer.At < to && seen.Add((transfer.Member, transfer.Id))) found.Add(transfer);
        }
        return found.ToImmutable();
    }

    private static (LossSuggestion Suggestion, TimeSpan Off)? Judge(
        ReportFacts facts, Dictionary<Amount, AmountFact> exact, ImmutableArray<AmountFact> nearly, TransferFacts transfer)
    {
        var reasons = new List<SuggestionReason>();
        if (exact.TryGetValue(transfer.Amount, out var amount)) reasons.Add(SuggestionReason.Amount);
        else if ((amount = nearly.FirstOrDefault(a => IsNearly(a.Amount, transfer.Amount))) is not null) reasons.Add(SuggestionReason.AmountNearly);
        if (Destination(facts, transfer) is { } destination) reasons.Add(destination);
        if (reasons.Count == 0) return null;
        if (transfer.Payer is { } payer && facts.Accounts.Any(a => !a.IsTail && a.Digits == payer.Number)) reasons.Add(SuggestionReason.Payer);
        var time = facts.Times.MinBy(t => t.Off(transfer.At));
        var off = time?.Off(transfer.At) ?? Memory;
        if (time is not null && off <= Tolerance(time)) reasons.Add(SuggestionReason.Time);
        else if (time is not null && off <= Memory) reasons.Add(SuggestionReason.TimeNearly);
        else time = null;
        ImmutableArray<SuggestionReason> sorted = [.. reasons.OrderByDescending(Weight)];
        return (new LossSuggestion(transfer, sorted.Sum(Weight), sorted, amount, time), off);
    }

    private static SuggestionReason? Destination(ReportFacts facts, TransferFacts transfer)
    {
        if (transfer.Payee is not { } payee) return null;
        if (facts.Accounts.Any(a => !a.IsTail && a.Digits == payee.Number)) return SuggestionReason.Payee;
        if (facts.Phones.Any(p => p.Sort == PhoneSort.Mobile && p.Number.ToString().AsSpan(3).SequenceEqual(payee.Number))) return SuggestionReason.PayeePhone;
        return facts.Accounts.Any(a => a.IsTail && payee.Number.EndsWith(a.Digits, StringComparison.Ordinal)) ? SuggestionReason.PayeeTail : null;
    }

    private static bool IsNearly(Amount told, Amount booked)
    {
        if (told.Currency != booked.Currency) return false;
        var off = told.Minor > booked.Minor ? told.Minor - booked.Minor : booked.Minor - told.Minor;
        return off <= told.Minor / 10;
    }

    // Clocks differ by minutes and a bank books when it books; an hour told is often the next or the last one.
    private static TimeSpan Tolerance(TimeFact time) => TimeSpan.FromMinutes((time.Precision, time.Approximate) switch
    {
        (TimePrecision.Minute, false) => 10,
        (TimePrecision.Minute, true) or (TimePrecision.Hour, false) => 30,
        (TimePrecision.Hour, true) => 60,
        _ => 0,
    });

    // The sums keep one order: amount, time and payee together (125) above all that lacks one of them (120 at most).
    private static int Weight(SuggestionReason reason) => reason switch
    {
        SuggestionReason.Amount => 50,
        SuggestionReason.Payee => 45,
        SuggestionReason.PayeePhone => 30,
        SuggestionReason.Time => 30,
        SuggestionReason.PayeeTail => 25,
        SuggestionReason.AmountNearly => 20,
        _ => 10,
    };
}
