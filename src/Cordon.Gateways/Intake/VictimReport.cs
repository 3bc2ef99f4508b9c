using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

/// <summary>What a victim, or a member on a victim's behalf, tells: as it came through the door, checked and masked.</summary>
/// <param name="Id">The sender's id: a report that comes again changes nothing.</param>
/// <param name="ReporterName">Who reports; null where not told.</param>
/// <param name="ReporterPhone">Where to call back; null where not told.</param>
/// <param name="Channel">How it came in, a code of a-z, 0-9 and '-' such as <c>hotline</c>.</param>
/// <param name="Text">What is told, identity numbers masked.</param>
/// <param name="FraudType">A code of a-z, 0-9 and '-' such as <c>impersonation-of-police</c>; null where not known yet.</param>
/// <param name="Suspects">The identifiers on the other side.</param>
/// <param name="Losses">The money that went, in the order told.</param>
/// <param name="ReportedAt">When it was reported.</param>
public sealed record VictimReport(
    SignalId Id, string? ReporterName, PhoneNumber? ReporterPhone, string Channel, string Text, string? FraudType,
    ReportedSuspects Suspects, ImmutableArray<ReportedLoss> Losses, Instant ReportedAt);

/// <summary>Identifiers that a report accuses. Each list has 50 entries at most.</summary>
/// <param name="Phones">Numbers that called or wrote.</param>
/// <param name="Accounts">Accounts the money was sent to.</param>
/// <param name="Domains">Sites; of a web address only the host is kept.</param>
public sealed record ReportedSuspects(ImmutableArray<PhoneNumber> Phones, ImmutableArray<AccountNumber> Accounts, ImmutableArray<Domain> Domains);

/// <summary>One payment that was lost. It names the transfer, or the account paid from, or the account paid to.</summary>
/// <param name="Member">The member that told of the transfer; given where <paramref name="TransferId"/> is.</param>
/// <param name="TransferId">The transfer's id with that member.</param>
/// <param name="Payer">The victim's account.</param>
/// <param name="Payee">The account paid to.</param>
/// <param name="Amount">How much, above zero.</param>
/// <param name="At">When it was paid.</param>
public sealed record ReportedLoss(MemberCode? Member, SignalId? TransferId, AccountNumber? Payer, AccountNumber? Payee, Amount Amount, Instant At);
