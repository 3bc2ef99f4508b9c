using Cordon.Casework.Cases;

namespace Cordon.Casework.Findings;

/// <summary>What is measured at leads.</summary>
internal static class LeadControls
{
    /// <summary>Whoever sent a lead heard by its date what came of it (Anti-Telecom-Fraud Law, art. 26); the days are ours.</summary>
    public static Judgement FedBack(LeadLink lead, ChainView view)
    {
        var told = lead.FedBackAt is { } at && at <= view.Now ? lead.FedBackAt : null;
        var standing = told is { } done ? done <= lead.FeedbackDue ? Standing.Kept : Standing.Breached : view.Now > lead.FeedbackDue ? Standing.Breached : Standing.Unknown;
        return new Judgement(
            standing,
            [
                new Reason("lead", lead.Number),
                new Reason("sentAt", lead.At.ToString()),
                new Reason("fedBackAt", told?.ToString() ?? "never", lead.FeedbackDue.ToString()),
            ],
            view.Money(0));
    }
}
