using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Findings;

/// <summary>What is measured at orders: stops, returns, and who approved them.</summary>
internal static class StopControls
{
    /// <summary>An answer counts as an acknowledgement too: who says what is held, or that nothing can be, has the order.</summary>
    public static Judgement? Acknowledged(Duty duty, OrderLink order, ChainView view)
    {
        if (order.OrderKind != OrderKind.StopPayment) return null;
        var due = order.At + TimeSpan.FromMinutes(duty.Threshold![ControlCatalogue.Minutes]);
        var window = StopWindow.Response(order, view.Now);
        var ended = StopWindow.Ended(order, view.Now);
        // Lifted before the time was over: nothing was owed any more.
        if (window is null && ended is { } early && early <= due) return null;
        var standing = window is { } at
            ? at <= due ? Standing.Kept : Standing.Breached
            : view.Now > due ? Standing.Breached : Standing.Unknown;
        var until = window ?? ended ?? view.Now;
        var left = Outflows(order, view).Where(t => t.At > due && t.At <= until).ToList();
        return new Judgement(
            standing,
            [
                .. Naming(order),
                new Reason("acknowledgedAt", window?.ToString() ?? "never", due.ToString()),
                new Reason("delayMinutes", Minutes((window ?? view.Now) - order.At), Whole(duty, ControlCatalogue.Minutes)),
            ],
            view.Money(left.Sum(t => t.SurelyStolen.Minor)))
        {
            Further = standing == Standing.Breached ? left.SelectMany(t => t.Evidence) : [],
        };
    }

    /// <summary>A return was paid by when its order says, which counts the working days.</summary>
    public static Judgement? ReturnedInTime(OrderLink order, ChainView view)
    {
        if (order.OrderKind != OrderKind.Return || order.AnswerDue is not { } due) return null;
        var paid = order.AnsweredAt is { } at && at <= view.Now ? order.AnsweredAt : null;
        // Declined or lifted: nothing is owed under it any more, and if money is still due the next return says so.
        if (paid is null && StopWindow.Ended(order, view.Now) is not null) return null;
        var standing = paid is { } done ? done <= due ? Standing.Kept : Standing.Breached : view.Now > due ? Standing.Breached : Standing.Unknown;
        return new Judgement(standing, [.. Naming(order), new Reason("paidAt", paid?.ToString() ?? "never", due.ToString())], order.Ordered ?? view.Money(0));
    }

    /// <summary>An enquiry was answered by when it says.</summary>
    public static Judgement? EnquiryAnswered(OrderLink order, ChainView view)
    {
        if (order.OrderKind != OrderKind.Enquiry || order.AnswerDue is not { } due) return null;
        var answered = order.AnsweredAt is { } at && at <= view.Now ? order.AnsweredAt : null;
        // Withdrawn before it was due: nothing was owed any more.
        if (answered is null && StopWindow.Ended(order, view.Now) is { } ended && ended <= due) return null;
        var standing = answered is { } done ? done <= due ? Standing.Kept : Standing.Breached : view.Now > due ? Standing.Breached : Standing.Unknown;
        return new Judgement(standing, [.. Naming(order), new Reason("answeredAt", answered?.ToString() ?? "never", due.ToString())], view.Money(0));
    }

    /// <summary>An order that no other control times: acknowledged, and carried out where it says by when, each by its own clock.</summary>
    public static Judgement? InTime(OrderLink order, ChainView view)
    {
        if (order.OrderKind is OrderKind.StopPayment or OrderKind.Enquiry or OrderKind.Return) return null;
        var received = StopWindow.Response(order, view.Now);
        var done = order.AnsweredAt is { } at && at <= view.Now ? order.AnsweredAt : null;
        var ended = StopWindow.Ended(order, view.Now);
        (Instant? Due, Instant? Met)[] clocks = [(order.AcknowledgeDue, received), (order.AnswerDue, done)];
        // What was not owed any more when its time was over was not missed.
        var owed = clocks.Where(c => c.Due is { } due && !(c.Met is null && ended <= due)).ToList();
        if (owed.Count == 0) return null;
        var standing = owed.Exists(c => c.Met is { } met ? met > c.Due : view.Now > c.Due) ? Standing.Breached
            : owed.TrueForAll(c => c.Met is not null) ? Standing.Kept : Standing.Unknown;
        return new Judgement(
            standing,
            [
                .. Naming(order),
                new Reason("receivedAt", received?.ToString() ?? "never", order.AcknowledgeDue?.ToString() ?? "no time"),
                new Reason("doneAt", done?.ToString() ?? "never", order.AnswerDue?.ToString() ?? "no time"),
            ],
            view.Money(0));
    }

    /// <summary>
    /// Stolen money that left while the stop stood. A member that holds the full sum ordered may let the rest go, and
    /// the trace cannot tell whose money the rest is: then the answer is Unknown.
    /// </summary>
    public static Judgement? OutflowAfter(Duty duty, OrderLink order, ChainView view)
    {
        if (order.OrderKind != OrderKind.StopPayment || StopWindow.Declined(order, view.Now)) return null;
        var due = order.At + TimeSpan.FromMinutes(duty.Threshold![ControlCatalogue.Minutes]);
        var response = StopWindow.Response(order, view.Now);
        var start = response is { } at && at < due ? at : due;
        var ended = StopWindow.Ended(order, view.Now);
        if (ended is { } early && early <= start) return null;
        var end = ended ?? (start + TimeSpan.FromHours(duty.Threshold[ControlCatalogue.Hours]));
        var left = Outflows(order, view).Where(t => t.At > start && t.At < end && t.At <= view.Now).ToList();
        var surely = left.Sum(t => t.SurelyStolen.Minor);
        var heldInFull = order is { Held: { } held, Ordered: { } ordered } && held >= ordered;
        var standing = left.Count == 0
            ? response is null && view.Now <= due ? Standing.Unknown : Standing.Kept
            : surely == 0 || heldInFull ? Standing.Unknown : Standing.Breached;
        return new Judgement(
            standing,
            [
                .. Naming(order),
                new Reason("stoppedFrom", start.ToString()),
                new Reason("stoppedUntil", end.ToString()),
                new Reason("leftAfter", view.Money(surely).ToString(), "0"),
                new Reason("held", order.Held?.ToString() ?? "unknown"),
            ],
            view.Money(surely))
        {
            Further = left.SelectMany(t => t.Evidence),
        };
    }

    /// <summary>The 48 hours run from the moment of stopping, not from the order (notice 86 of 2016, S).</summary>
    public static Judgement? Released(Duty duty, OrderLink order, ChainView view)
    {
        if (order.OrderKind != OrderKind.StopPayment || StopWindow.Declined(order, view.Now)) return null;
        if (StopWindow.Response(order, view.Now) is not { } start) return null;
        var limit = start + TimeSpan.FromHours(duty.Threshold![ControlCatalogue.Hours]);
        var ended = StopWindow.Ended(order, view.Now);
        var standing = ended is { } end
            ? end <= limit ? Standing.Kept : Standing.Breached
            : view.Now > limit ? Standing.Breached : Standing.Unknown;
        return new Judgement(
            standing,
            [
                .. Naming(order),
                new Reason("stoppedFrom", start.ToString()),
                new Reason("endedAt", ended?.ToString() ?? "not yet", limit.ToString()),
                new Reason("hours", Whole(duty, ControlCatalogue.Hours)),
            ],
            view.Money(0));
    }

    public static Judgement? PerAccount(Duty duty, OrderLink order, ChainView view)
    {
        if (order.OrderKind != OrderKind.StopPayment || order.Account is not { } account) return null;
        var earlier = view.StopsOf(account).TakeWhile(o => o.Id != order.Id).ToList();
        var ordinal = Math.Max(order.Ordinal ?? 0, earlier.Count + 1);
        return new Judgement(
            ordinal > duty.Threshold![ControlCatalogue.Stops] ? Standing.Breached : Standing.Kept,
            [
                .. Naming(order),
                new Reason("ordinal", ordinal.ToString(CultureInfo.InvariantCulture), Whole(duty, ControlCatalogue.Stops)),
            ],
            view.Money(0))
        {
            Further = earlier.SelectMany(o => o.Evidence),
        };
    }

    /// <summary>What one person sent alone, a second approved in time. Where it ended before, nothing was left to approve.</summary>
    public static Judgement? EmergencyConfirmed(Duty duty, OrderLink order, ChainView view)
    {
        if (!order.Emergency) return null;
        var due = order.At + TimeSpan.FromMinutes(duty.Threshold![ControlCatalogue.Minutes]);
        var approved = order.ApprovedAt is { } at && at <= view.Now ? order.ApprovedAt : null;
        if (approved is null && StopWindow.Ended(order, view.Now) is { } ended && ended <= due) return null;
        var standing = approved is { } done ? done <= due ? Standing.Kept : Standing.Breached : view.Now > due ? Standing.Breached : Standing.Unknown;
        return new Judgement(standing, [.. Naming(order), new Reason("approvedAt", approved?.ToString() ?? "never", due.ToString())], view.Money(0));
    }

    private static IEnumerable<TransferLink> Outflows(OrderLink order, ChainView view) =>
        order.Account is { } account ? view.OutOf(account) : [];

    private static ImmutableArray<Reason> Naming(OrderLink order) =>
    [
        new Reason("order", order.Number ?? order.Order),
        new Reason("account", order.Account?.ToString() ?? order.Line?.ToString() ?? "unknown"),
        new Reason("issuedAt", order.At.ToString()),
    ];

    private static string Whole(Duty duty, string name) => duty.Threshold![name].ToString(CultureInfo.InvariantCulture);

    private static string Minutes(TimeSpan span) => ((long)Math.Floor(span.TotalMinutes)).ToString(CultureInfo.InvariantCulture);
}

/// <summary>The time in which a stop order really stops an account, as far as it is known at an instant.</summary>
/// <param name="From">When the member had it.</param>
/// <param name="To">When the member let go; null while it has not.</param>
internal readonly record struct StopWindow(Instant From, Instant? To)
{
    /// <summary>The window of an order; null where it stops nothing.</summary>
    public static StopWindow? Of(OrderLink order, Instant now) =>
        !Declined(order, now) && Response(order, now) is { } from ? new StopWindow(from, Ended(order, now)) : null;

    /// <summary>The first that was heard of the member.</summary>
    public static Instant? Response(OrderLink order, Instant now)
    {
        var (acknowledged, answered) = (Known(order.AcknowledgedAt, now), Known(order.AnsweredAt, now));
        return acknowledged is { } a && answered is { } b ? (a <= b ? a : b) : acknowledged ?? answered;
    }

    /// <summary>When it ended.</summary>
    public static Instant? Ended(OrderLink order, Instant now) => Known(order.EndedAt, now);

    /// <summary>An answer without a held sum is a refusal to carry the order out.</summary>
    public static bool Declined(OrderLink order, Instant now) => Known(order.AnsweredAt, now) is not null && order.Held is null;

    /// <summary>Whether an instant lies inside.</summary>
    public bool Covers(Instant at) => at >= From && (To is not { } to || at < to);

    private static Instant? Known(Instant? at, Instant now) => at <= now ? at : null;
}
