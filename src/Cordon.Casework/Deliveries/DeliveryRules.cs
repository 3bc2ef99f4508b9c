using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Deliveries;

/// <summary>Who may do what with endpoints and deliveries, and what becomes of a delivery. Pure.</summary>
internal static class DeliveryRules
{
    private const int MostReason = 200;

    /// <summary>Whether an actor sets up the endpoint and keys of a member: an administrator those of all, clerks and systems their own.</summary>
    public static bool SetsUp(Actor actor, MemberCode member) =>
        actor.Is(Roles.Administrator) || (actor.Member == member && (actor.Is(Roles.MemberClerk) || actor.IsSystemOfMember));

    /// <summary>The same of receipt keys, without systems: one whose API key was stolen must not bring a receipt key with it.</summary>
    public static bool SetsUpKeys(Actor actor, MemberCode member) => SetsUp(actor, member) && !actor.IsSystemOfMember;

    /// <summary>Whether an actor sees the endpoint, keys and deliveries of a member.</summary>
    public static bool Sees(Actor actor, MemberCode member) => SetsUp(actor, member) || actor.SeesAll;

    /// <summary>Whether an actor sends again what a member was not given.</summary>
    public static bool Resends(Actor actor, MemberCode member) => SetsUp(actor, member) || Roles.Centre.Any(actor.Is);

    public static bool IsReason(string text) => text.Length is >= 1 and <= MostReason;

    /// <summary>
    /// What an attempt means. One that ended after another had its effect changes nothing: the message is the same, and was received or given up. One that
    /// failed at a URL that the member has changed meanwhile says nothing of the new one, which is tried at once.
    /// </summary>
    public static Decision<DeliveryEvent> Attempted(Delivery delivery, DeliveryFault? fault, int? status, Instant? next, bool moved, Instant now)
    {
        if (delivery.State != DeliveryState.Pending) return Decision<DeliveryEvent>.Nothing;
        if (fault is not { } why) return new DeliveryMade(now, status!.Value);
        return new DeliveryAttemptFailed(now, why, status, moved ? now : why == DeliveryFault.Gone ? null : next);
    }

    public static Decision<DeliveryEvent> SendAgain(Delivery delivery, WebhookEndpoint? endpoint, Actor actor, Instant now)
    {
        if (delivery.State != DeliveryState.Dead) return DeliveryRefusal.NotDead;
        if (endpoint is not { State: EndpointState.Active }) return DeliveryRefusal.NotInUse;
        return new DeliverySentAgain(now, actor.Id);
    }
}
