using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Simulator;

/// <summary>What a victim suspects.</summary>
/// <param name="Phones">Numbers that called.</param>
/// <param name="Accounts">Accounts paid to.</param>
/// <param name="Domains">Pages shown.</param>
public sealed record ReportedSuspects(ImmutableArray<PhoneNumber> Phones, ImmutableArray<AccountNumber> Accounts, ImmutableArray<Domain> Domains);

/// <summary>One payment as the victim knows it.</summary>
/// <param name="TransferId">From the bank's receipt; null where the victim has none.</param>
/// <param name="Member">The victim's bank.</param>
/// <param name="Payer">The victim's account.</param>
/// <param name="Payee">The account paid to; null where the victim does not know it.</param>
/// <param name="Amount">How much.</param>
/// <param name="At">When; without a receipt, to the nearest five minutes before.</param>
public sealed record ReportedLoss(SignalId? TransferId, MemberCode Member, AccountNumber Payer, AccountNumber? Payee, Amount Amount, Instant At);

/// <summary>A victim's report.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Reporter">Who tells.</param>
/// <param name="Phone">The reporter's line.</param>
/// <param name="Channel"><c>hotline</c>, <c>police-station</c> or <c>bank</c>.</param>
/// <param name="Text">In Chinese, English or both.</param>
/// <param name="FraudType">The code of the script.</param>
/// <param name="Suspects">Numbers, accounts, pages.</param>
/// <param name="Losses">Payments.</param>
/// <param name="ReportedAt">When it came in.</param>
public sealed record ProvinceReport(
    string Id, PersonToken Reporter, PhoneNumber Phone, string Channel, string Text, string FraudType, ReportedSuspects Suspects,
    ImmutableArray<ReportedLoss> Losses, Instant ReportedAt);
