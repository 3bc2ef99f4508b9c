using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>What a clerk's decision rests on besides the report: how its payments compare with what is known.</summary>
/// <param name="IsType">Whether a code is a type of fraud without kinds of its own.</param>
/// <param name="Case">The currency of the case that the report belongs to.</param>
/// <param name="Closed">Whether that case is closed: nothing would follow.</param>
/// <param name="Matched">How many of the confirmed payments were found among the signals.</param>
/// <param name="Duplicates">Those that are counted with other reports.</param>
internal sealed record ReportGround(Func<string, bool> IsType, Currency Case, bool Closed, int Matched, ImmutableArray<ToldTwice> Duplicates);

/// <summary>The guards of a report: pure, in ladders, first failing rung answers.</summary>
internal static class ReportRules
{
    private const int MostReason = 500;

    public static Decision<ReportEvent> Decide(Report report, ReportCommand command, Actor actor, Instant now, ReportGround ground)
    {
        if (report.Version == 0) return ReportRefusal.NotFound;
        if (!(actor.Is(Roles.DutyOfficer) || actor.Is(Roles.PoliceOfficer))) return ReportRefusal.NotYours;
        return command switch
        {
            VerifyReport c => Verify(report, c, actor, now, ground),
            ChooseFraudType c => Choose(report, c, actor, now, ground),
            FindUnfounded c => Reject(report, c, actor, now),
            RefuteDuplicate c => Refute(report, c, actor, now),
            _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
        };
    }

    private static Decision<ReportEvent> Verify(Report report, VerifyReport command, Actor actor, Instant now, ReportGround ground)
    {
        if (report.IsVerified && report.Unfounded is null) return ReportRefusal.VerifiedAlready;
        if (ground.Closed) return ReportRefusal.CaseClosed;
        if (command.How.Length is 0 or > MostReason) return ReportRefusal.NoHow;
        if (!ground.IsType(command.FraudType)) return ReportRefusal.UnknownType(command.FraudType);
        if (ReportIntake.FaultOf(command.Losses) is { } fault) return fault;
        if (command.Losses[0].Amount.Currency != ground.Case) return ReportRefusal.OtherCurrency(ground.Case);
        return new ReportVerified(now, actor.Id, command.How, command.FraudType, command.Losses, ground.Matched, ground.Duplicates);
    }

    private static Decision<ReportEvent> Choose(Report report, ChooseFraudType command, Actor actor, Instant now, ReportGround ground)
    {
        if (!ground.IsType(command.FraudType)) return ReportRefusal.UnknownType(command.FraudType);
        return report.FraudType == command.FraudType && report.TypeBy is not null ? Decision<ReportEvent>.Nothing : new ReportTypeChosen(now, actor.Id, command.FraudType);
    }

    private static Decision<ReportEvent> Reject(Report report, FindUnfounded command, Actor actor, Instant now)
    {
        if (report.Unfounded is not null) return Decision<ReportEvent>.Nothing;
        if (command.Reason.Length is 0 or > MostReason) return ReportRefusal.NoReason;
        return new ReportFoundUnfounded(now, actor.Id, command.Reason);
    }

    private static Decision<ReportEvent> Refute(Report report, RefuteDuplicate command, Actor actor, Instant now)
    {
        var held = report.Duplicates.FirstOrDefault(d => d.Loss == command.Loss && d.Stands);
        if (held is null) return report.Duplicates.Any(d => d.Loss == command.Loss) ? Decision<ReportEvent>.Nothing : ReportRefusal.NoDuplicate;
        // One transfer is one payment, whoever names its receipt: only likeness can be refuted, and what was found by memory.
        if (held.Reasons.Contains(DuplicateReason.SameTransfer) && report.Losses[command.Loss].Transfer is not null) return ReportRefusal.SameTransfer;
        if (command.Reason.Length is 0 or > MostReason) return ReportRefusal.NoReason;
        return new DuplicateRefuted(now, actor.Id, command.Loss, command.Reason);
    }
}
