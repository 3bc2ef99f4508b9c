using Cordon.Casework.Reports;

namespace Cordon.Gateways.Intake;

/// <summary>Hands a report from the door on to casework.</summary>
public static class ReportHandOn
{
    /// <summary>The report in the words of casework.</summary>
    public static ReportIntake ToIntake(this VictimReport report) => new(
        report.Id.Text, report.ReporterName, report.ReporterPhone, report.Text, report.FraudType ?? ReportIntake.TypeNotKnown,
        new Suspects(report.Suspects.Phones, report.Suspects.Accounts, [.. report.Suspects.Domains.Select(d => d.Name)]),
        [.. report.Losses.Select(l => new Casework.Reports.ReportedLoss(l.TransferId, l.Member, l.Payer, l.Payee, l.Amount, l.At))],
        report.ReportedAt);
}
