using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>What a stranger's report carries besides: the place it came from, and the proof with which its state can be looked at.</summary>
/// <param name="Origin">A keyed digest of the address.</param>
/// <param name="SecretHash">SHA-256 of the secret, in hex.</param>
public sealed record StrangersMark(string Origin, string SecretHash);

/// <summary>A report as it comes in: checked for shape at the door, identity numbers in its text masked.</summary>
/// <param name="SourceId">The sender's own id, 1 to 64 visible ASCII characters; a repeat of it changes nothing.</param>
/// <param name="Reporter">The victim's name, at most 200 characters.</param>
/// <param name="Phone">The victim's number.</param>
/// <param name="Text">What was told, at most 20,000 characters.</param>
/// <param name="FraudType">The type of fraud, by its code; <see cref="TypeNotKnown"/> where it is to be guessed from the text.</param>
/// <param name="Suspects">Who and where to.</param>
/// <param name="Losses">The payments, 1 to 200, all in one currency; a stranger may tell none.</param>
/// <param name="ReportedAt">When the victim reported.</param>
public sealed record ReportIntake(
    string SourceId, string? Reporter, PhoneNumber? Phone, string? Text, string FraudType, Suspects Suspects,
    ImmutableArray<ReportedLoss> Losses, Instant ReportedAt)
{
    /// <summary>The type of fraud of a report that names none.</summary>
    public const string TypeNotKnown = "unknown";

    /// <summary>What one report can claim at most, in minor units: ten thousand billion in currencies of two digits. Ours: sums over cases must not overflow.</summary>
    public const long MostLostMinor = 1_000_000_000_000_000;

    private const int MostLosses = 200;
    private const int MostSuspects = 200;
    private const int MostText = 20_000;
    private const int MostName = 200;

    /// <summary>How it came in.</summary>
    public ReportChannel Channel { get; init; } = ReportChannel.Api;

    /// <summary>What only a stranger's report has; null of every other.</summary>
    public StrangersMark? Stranger { get; init; }

    /// <summary>The currency of its case: that of its payments, and the yuan where it tells of none.</summary>
    internal Currency Money => Losses.IsEmpty ? Currency.Cny : Losses[0].Amount.Currency;

    internal Refusal? Fault()
    {
        var noneYet = Channel == ReportChannel.Public && !Losses.IsDefault && Losses.IsEmpty;
        if (!noneYet && FaultOf(Losses) is { } fault) return fault;
        if (Text?.Length > MostText || Reporter?.Length > MostName || FraudType.Length > MostName) return ReportRefusal.TooLong;
        if (Suspects.Phones.Length > MostSuspects || Suspects.Accounts.Length > MostSuspects || Suspects.Domains.Length > MostSuspects) return ReportRefusal.TooLong;
        return null;
    }

    /// <summary>What is wrong with payments; null where nothing is.</summary>
    internal static Refusal? FaultOf(ImmutableArray<ReportedLoss> losses)
    {
        if (losses.IsDefaultOrEmpty || losses.Length > MostLosses) return ReportRefusal.NoLoss;
        if (losses.Any(l => l.Amount.Minor <= 0 || l.Amount.Currency != losses[0].Amount.Currency)) return ReportRefusal.BadLoss;
        return losses.Aggregate((UInt128)0, (sum, l) => sum + (UInt128)l.Amount.Minor) > (UInt128)MostLostMinor ? ReportRefusal.TooMuch : null;
    }

    // What a clerk confirmed or chose afterwards is no other report.
    internal bool Same(Report r) => (r.Reporter, r.Phone, r.Text, r.TypeTold) == (Reporter, Phone, Text, FraudType)
        // A form that is sent twice is sent at two moments.
        && (r.ReportedAt == ReportedAt || Channel == ReportChannel.Public) && r.Told.SequenceEqual(Losses) && r.Suspects.Phones.SequenceEqual(Suspects.Phones) && r.Suspects.Accounts.SequenceEqual(Suspects.Accounts)
        && r.Suspects.Domains.SequenceEqual(Suspects.Domains);
}
