using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>What can be asked of an order that exists.</summary>
public abstract record OrderCommand
{
    /// <summary>Whether it is an answer of the member, which its systems sign.</summary>
    internal bool IsAnswer => this is AcknowledgeOrder or ReportHeld or DeclineOrder or AnswerEnquiry or ReportCarriedOut or ReportLetGo or ReportPaid;
}

/// <summary>Decide it, as the first of two officers, or alone where minutes count.</summary>
/// <param name="LegalBasis">The bases named in it, 1 to 200 characters: names of the competence table, set apart by ';'.</param>
/// <param name="StopsSoFar">How many stops the account has had, by the guard's own count in the same transaction.</param>
/// <param name="Emergency">Why it cannot wait for a second officer, 1 to 500 characters; null where it waits.</param>
public sealed record IssueOrder(string LegalBasis, int StopsSoFar, string? Emergency = null) : OrderCommand;

/// <summary>Approve, as the second officer, what another issued or sent in an emergency.</summary>
/// <param name="StopsSoFar">How many stops the account has had, by the guard's own count in the same transaction.</param>
public sealed record ApproveOrder(int StopsSoFar) : OrderCommand;

/// <summary>Send back, as the second officer, what waits for approval.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record SendBackOrder(string Reason) : OrderCommand;

/// <summary>The member has carried out a measure or an unfreeze.</summary>
/// <param name="Note">What else there is to say, 1 to 500 characters; null where nothing is.</param>
public sealed record ReportCarriedOut(string? Note) : OrderCommand;

/// <summary>The member has let go of what was lifted, expired or lapsed.</summary>
public sealed record ReportLetGo : OrderCommand;

/// <summary>The member has received it.</summary>
public sealed record AcknowledgeOrder : OrderCommand;

/// <summary>The member tells what it really holds.</summary>
/// <param name="Held">How much, 0 to the amount ordered, in its currency.</param>
public sealed record ReportHeld(Amount Held) : OrderCommand;

/// <summary>The member cannot carry it out.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record DeclineOrder(string Reason) : OrderCommand;

/// <summary>Lift it before its time.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record ReleaseOrder(string Reason) : OrderCommand;

/// <summary>Drop it before it is issued.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record WithdrawOrder(string Reason) : OrderCommand;

/// <summary>The member answers an enquiry.</summary>
/// <param name="References">Order references of transfers that were asked about, each transfer once at most.</param>
/// <param name="Note">What else there is to say, as that the money lies there still; 1 to 500 characters, needed where no reference is given.</param>
public sealed record AnswerEnquiry(ImmutableArray<ReferenceGiven> References, string? Note) : OrderCommand;

/// <summary>The trace sees where the money went that an enquiry asks about: signals answered it.</summary>
public sealed record NoteAnswered : OrderCommand;

/// <summary>Renew a freeze before its end.</summary>
/// <param name="LegalBasis">The basis named, 1 to 200 characters.</param>
public sealed record RenewFreeze(string LegalBasis) : OrderCommand;

/// <summary>The member has paid a return.</summary>
/// <param name="Amount">How much; no more and no less than what was ordered.</param>
/// <param name="Payment">Its own reference of the payment, 1 to 64 visible ASCII characters.</param>
public sealed record ReportPaid(Amount Amount, string Payment) : OrderCommand;

/// <summary>The clock looks at it.</summary>
public sealed record CheckClocks : OrderCommand;
