using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Restrictions;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Appeals;

/// <summary>The guards of an appeal: pure, in ladders, first failing rung answers.</summary>
internal static class AppealRules
{
    public const int NameLength = 200;
    public const int TextLength = 4_000;

    /// <summary>Why an appeal against an order cannot be taken down; null where it can.</summary>
    /// <param name="order">The order.</param>
    /// <param name="open">Whether another appeal against it waits.</param>
    /// <param name="from">Who appeals.</param>
    /// <param name="text">What is said.</param>
    public static Refusal? Fault(Order order, bool open, string from, string text)
    {
        if (!Restricts(order.Kind)) return AppealRefusal.NoRestriction;
        if (!order.Running) return AppealRefusal.NotRunning;
        if (open) return AppealRefusal.Open;
        return from.Trim().Length is 0 or > NameLength || text.Trim().Length is 0 or > TextLength ? AppealRefusal.NoText : null;
    }

    /// <summary>Why an appeal against a restriction on a person cannot be taken down; null where it can.</summary>
    /// <param name="against">The restriction.</param>
    /// <param name="open">Whether another appeal against it waits.</param>
    /// <param name="from">Who appeals.</param>
    /// <param name="text">What is said.</param>
    /// <param name="now">When.</param>
    public static Refusal? Fault(Restriction against, bool open, string from, string text, Instant now)
    {
        if (against.StateAt(now) != RestrictionState.InForce) return AppealRefusal.NotRunning;
        if (open) return AppealRefusal.Open;
        return from.Trim().Length is 0 or > NameLength || text.Trim().Length is 0 or > TextLength ? AppealRefusal.NoText : null;
    }

    /// <summary>Judges a decision.</summary>
    /// <param name="appeal">The appeal.</param>
    /// <param name="order">The order against which it is.</param>
    /// <param name="command">The decision.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="now">When.</param>
    public static Decision<AppealEvent> Decide(Appeal appeal, Order order, DecideAppeal command, Actor actor, Instant now) =>
        Decide(appeal, actor.Id == order.Issuer || actor.Id == order.Approver, command, actor, now);

    /// <summary>Judges a decision about a restriction on a person.</summary>
    /// <param name="appeal">The appeal.</param>
    /// <param name="against">The restriction against which it is.</param>
    /// <param name="command">The decision.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="now">When.</param>
    public static Decision<AppealEvent> Decide(Appeal appeal, Restriction against, DecideAppeal command, Actor actor, Instant now) =>
        Decide(appeal, against.HadPart(actor.Id), command, actor, now);

    private static Decision<AppealEvent> Decide(Appeal appeal, bool hadPart, DecideAppeal command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.AppealDecider) && !actor.Is(Roles.PoliceOfficer)) return AppealRefusal.NotDecider;
        if (appeal.State != AppealState.Received) return AppealRefusal.Decided;
        if (hadPart) return AppealRefusal.OwnOrder;
        if (command.Reason.Trim().Length is 0 or > OrderLimits.ReasonLength) return AppealRefusal.NoReason;
        return new AppealDecided(now, command.Upheld, command.Reason, actor.Id);
    }

    /// <summary>Kinds of order by which a person is restricted.</summary>
    public static bool Restricts(OrderKind kind) => kind is OrderKind.StopPayment or OrderKind.Freeze or OrderKind.SuspendNumber or OrderKind.BlockNumber;
}

/// <summary>Every way a command about appeals and notices can be refused.</summary>
internal static class AppealRefusal
{
    public static readonly Refusal NotFound = new("appeal/not-found", RefusalKind.NotFound,
        "There is no such appeal, or it is not yours to see.", "List the appeals.");

    public static readonly Refusal NoNotice = new("notice/not-found", RefusalKind.NotFound,
        "There is no such notice, or it is not yours to see.", "List the notices of the order.");

    public static readonly Refusal NoFont = new("notice/no-font", RefusalKind.Conflict,
        "No font that shows Chinese is installed where Cordon runs, so there is no PDF.", "Take the text, and have fonts-noto-cjk installed.");

    public static readonly Refusal NotTaken = new("appeal/not-yours", RefusalKind.Forbidden,
        "An appeal is taken down by the member that carries the order out, by police or by the centre's duty officer.", "Ask one of them.");

    public static readonly Refusal NoRestriction = new("appeal/no-restriction", RefusalKind.Invalid,
        "An appeal is against a stop, a freeze, the suspension or block of a number, or a restriction on a person: one of them.", "Name one such order or restriction.");

    public static readonly Refusal NotRunning = new("appeal/not-running", RefusalKind.Conflict,
        "The order or restriction does not run: there is nothing to lift.", "Tell the person that nothing is held under it.");

    public static readonly Refusal Open = new("appeal/open", RefusalKind.Conflict,
        "An appeal against it waits already.", "Add to the waiting one by telling who decides it.");

    public static readonly Refusal NoText = new("appeal/no-text", RefusalKind.Invalid,
        "An appeal says who appeals, in 1 to 200 characters, and why, in 1 to 4,000.", "Send from and text.");

    public static readonly Refusal NotDecider = new("appeal/not-decider", RefusalKind.Forbidden,
        "An appeal is decided by one who decides appeals, or by police.", "Leave it to one of them.");

    public static readonly Refusal OwnOrder = new("appeal/own-order", RefusalKind.Forbidden,
        "Who issued or approved an order or a restriction does not decide the appeal against it.", "Leave it to somebody who had no part in it.");

    public static readonly Refusal Decided = new("appeal/decided", RefusalKind.Conflict,
        "The appeal was decided already.", "Take down a new one where there is something new.");

    public static readonly Refusal NoReason = new("appeal/no-reason", RefusalKind.Invalid,
        "A decision says why in 1 to 500 characters.", "Send reason.");
}
