using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>A transfer into a pool about which an enquiry asks.</summary>
/// <param name="Teller">The member that told the transfer.</param>
/// <param name="Transfer">Its id.</param>
/// <param name="Reference">Its order reference; null where it has none. With one, what is asked is under which transfers the order left.</param>
/// <param name="HiddenMinor">How much stolen money in it has not been seen to leave, minor units.</param>
public sealed record AskedTransfer(MemberCode Teller, SignalId Transfer, string? Reference, long HiddenMinor);

/// <summary>An order reference that a member gives in its answer.</summary>
/// <param name="Teller">The member that told the transfer.</param>
/// <param name="Transfer">Its id.</param>
/// <param name="OrderReference">The reference, 1 to 64 visible ASCII characters.</param>
public sealed record ReferenceGiven(MemberCode Teller, SignalId Transfer, string OrderReference);
