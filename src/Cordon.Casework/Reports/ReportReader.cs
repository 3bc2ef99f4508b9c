using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Casework.Reports;

/// <summary>A victim's words, read.</summary>
/// <param name="Facts">What stands in the text, each with its place.</param>
/// <param name="Types">The types of fraud that it may tell of, the likeliest first.</param>
/// <param name="Transfers">The transfers that may be meant, the likeliest first.</param>
public sealed record ReadWords(ReportFacts Facts, ImmutableArray<FraudGuess> Types, ImmutableArray<LossSuggestion> Transfers);

/// <summary>Reads a victim's words and finds the transfers meant. It stores nothing: a clerk confirms.</summary>
/// <param name="engine">The engine, which knows the transfers.</param>
/// <param name="types">The tree of types of fraud.</param>
/// <param name="mask">Overwrites identity numbers.</param>
public sealed class ReportReader(JournaledEngine engine, FraudTypes types, TextMask mask)
{
    /// <summary>How far back a victim may speak of; ours.</summary>
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(60);

    /// <summary>Reads.</summary>
    /// <param name="text">What the victim wrote or said; at most <see cref="ReportText.MostText"/> characters are read.</param>
    /// <param name="toldAt">When, with the offset of the victim's clock.</param>
    /// <param name="accounts">The victim's accounts and those named: among their transfers those meant are looked for.</param>
    /// <param name="currency">What money without a currency is.</param>
    /// <param name="members">Members whose accounts the numbers in the text may be; whose, the text does not tell.</param>
    public ReadWords Read(string text, DateTimeOffset toldAt, IEnumerable<AccountNumber> accounts, Currency currency, IEnumerable<MemberCode>? members = null)
    {
        var told = Instant.From(toldAt);
        var facts = ReportText.Read(text, new ReadingTerms(told, toldAt.Offset, currency, mask));
        var numbers = facts.Accounts.Where(a => !a.IsTail).Select(a => a.Digits).Distinct().ToList();
        var named = (members ?? []).SelectMany(m => numbers.Where(n => AccountNumber.IsNumber(n)).Select(n => new AccountNumber(m, n)));
        var candidates = engine.Read(e => LossSuggestions.Candidates(e.Known.Money, accounts.Concat(named).Distinct(), currency, told - LooksBack, told + TimeSpan.FromDays(1)));
        return new ReadWords(facts, types.Guess(mask.Apply(text)), LossSuggestions.Rank(facts, candidates));
    }

    /// <summary>The text with identity numbers overwritten; places in it stay what they are.</summary>
    public string Masked(string text) => mask.Apply(text);
}
