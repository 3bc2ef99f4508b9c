using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>A report as it comes in: checked for shape at the door, identity numbers in its text masked.</summary>
/// <param name="SourceId">The sender's own id, 1 to 64 visible ASCII characters; a repeat of it changes nothing.</param>
/// <param name="Reporter">The victim's name, at most 200 characters.</param>
/// <param name="Phone">The victim's number.</param>
/// <param name="Text">What was told, at most 20,000 characters.</param>
/// <param name="FraudType">The type of fraud, by its code.</param>
/// <param name="Suspects">Who and where to.</param>
/// <param name="Losses">The payments, 1 to 200, all in one currency.</param>
/// <param name="ReportedAt">When the victim reported.</param>
public sealed record ReportIntake(
    string SourceId, string? Reporter, PhoneNumber? Phone, string? Text, string FraudType, Suspects Suspects,
    ImmutableArray<ReportedLoss> Losses, Instant ReportedAt)
{
    /// <summary>What one report can claim at most, in minor units: ten thousand billion in currencies of two digits. Ours: sums over cases must not overflow.</summary>
    public const long MostLostMinor = 1_000_000_000_000_000;

    private const int MostLosses = 200;
    private const int MostSuspects = 200;
    private const int MostText = 20_000;
    private const int MostName = 200;

    internal Refusal? Fault()
    {
        if (Losses.IsDefaultOrEmpty || Losses.Length > MostLosses) return ReportRefusal.NoLoss;
        if (Losses.Any(l => l.Amount.Minor <= 0 || l.Amount.Currency != Losses[0].Amount.Currency)) return ReportRefusal.BadLoss;
        if (Losses.Aggregate((UInt128)0, (sum, l) => sum + (UInt128)l.Amount.Minor) > (UInt128)MostLostMinor) return ReportRefusal.TooMuch;
        if (Text?.Length > MostText || Reporter?.Length > MostName || FraudType.Length > MostName) return ReportRefusal.TooLong;
        if (Suspects.Phones.Length > MostSuspects || Suspects.Accounts.Length > MostSuspects || Suspects.Domains.Length > MostSuspects) return ReportRefusal.TooLong;
        return null;
    }

    internal bool Same(Report r) => (r.Reporter, r.Phone, r.Text, r.FraudType, r.ReportedAt) == (Reporter, Phone, Text, FraudType, ReportedAt)
        && r.Losses.SequenceEqual(Losses) && r.Suspects.Phones.SequenceEqual(Suspects.Phones) && r.Suspects.Accounts.SequenceEqual(Suspects.Accounts)
        && r.Suspects.Domains.SequenceEqual(Suspects.Domains);
}
