using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cordon.Api;

/// <summary>A victim's words, read for the clerk who takes the report down. Nothing is stored: the clerk confirms, and sends the report.</summary>
internal static class ReadingEndpoints
{
    private const int MostTypes = 5;
    private const int MostAccounts = 20;

    private static readonly TimeSpan FurthestOffset = TimeSpan.FromHours(14);

    private static readonly Refusal BadText = new("report/bad-text", RefusalKind.Invalid,
        $"A text has 1 to {ReportText.MostText} characters, and at most {MostAccounts} accounts are looked into.", "Send text; put longer evidence into the case.");

    public static void Map(RouteGroupBuilder api) => api.MapPost("/reports/read", ReadAsync).WithName("reports.read").WithTags("Reports")
        .WithSummary("Reads numbers, accounts, amounts, times, links and apps out of a victim's words, guesses the type of fraud, and finds the transfers meant in the accounts named. Stores nothing.")
        .WithMetadata(new RepeatMark(RepeatRule.ByItem));

    private static Results<Ok<ReadReport>, Refused> ReadAsync(ReadForm form, ReportReader reader)
    {
        var accounts = form.Accounts ?? [];
        if (string.IsNullOrWhiteSpace(form.Text) || form.Text.Length > ReportText.MostText || accounts.Count > MostAccounts
            || form.ToldAt.Offset.Duration() > FurthestOffset) return new Refused(BadText);
        var read = reader.Read(form.Text, form.ToldAt, accounts, form.Currency ?? Currency.Cny);
        return TypedResults.Ok(new ReadReport(
            read.Facts,
            [.. read.Types.Take(MostTypes).Select(g => new GuessedType(g.Type.Code, g.Type.Title.Zh, g.Type.Title.En, g.Score, [.. g.Found.Select(f => f.Word).Distinct()]))],
            [.. read.Transfers.Select(SuggestedTransfer.Of)]));
    }

    /// <param name="Text">What the victim wrote or said, 1 to 20,000 characters.</param>
    /// <param name="ToldAt">When, with the offset of the victim's clock: yesterday and at ten are read by it.</param>
    /// <param name="Accounts">The victim's accounts and those named, at most 20: among their transfers those meant are looked for.</param>
    /// <param name="Currency">What money without a currency is; the yuan where absent.</param>
    internal sealed record ReadForm(string Text, DateTimeOffset ToldAt, IReadOnlyList<AccountNumber>? Accounts = null, Currency? Currency = null);
}

/// <summary>What was read.</summary>
/// <param name="Facts">What stands in the text, each with its place.</param>
/// <param name="Types">The types of fraud that it may tell of, the likeliest first.</param>
/// <param name="Transfers">The transfers that may be meant, the likeliest first.</param>
internal sealed record ReadReport(ReportFacts Facts, ImmutableArray<GuessedType> Types, ImmutableArray<SuggestedTransfer> Transfers);

/// <summary>A type of fraud that a text may tell of.</summary>
/// <param name="Code">Its code in the tree of types.</param>
/// <param name="Zh">Its name in Chinese.</param>
/// <param name="En">Its name in English.</param>
/// <param name="Score">The weights of the words found, added up.</param>
/// <param name="Words">These words.</param>
internal sealed record GuessedType(string Code, string Zh, string En, int Score, ImmutableArray<string> Words);

/// <summary>A transfer that may be meant.</summary>
/// <param name="Member">The member that told of it.</param>
/// <param name="Transfer">Its id.</param>
/// <param name="At">When it was booked.</param>
/// <param name="From">The account debited.</param>
/// <param name="To">The account credited.</param>
/// <param name="Amount">How much.</param>
/// <param name="Score">How well it fits.</param>
/// <param name="Reasons">What fits.</param>
internal sealed record SuggestedTransfer(
    MemberCode Member, SignalId Transfer, Instant At, AccountNumber? From, AccountNumber? To, Amount Amount, int Score, ImmutableArray<SuggestionReason> Reasons)
{
    public static SuggestedTransfer Of(LossSuggestion s) => new(
        s.Transfer.Member, s.Transfer.Id, s.Transfer.At, s.Transfer.Payer, s.Transfer.Payee, s.Transfer.Amount, s.Score, s.Reasons);
}
