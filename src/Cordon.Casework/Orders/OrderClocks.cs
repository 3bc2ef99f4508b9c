using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>The times that bind an order. They move to the rule files by jurisdiction with the further order kinds.</summary>
internal static class OrderClocks
{
    /// <summary>
    /// A stop-payment lasts 48 hours from the moment of stopping, which the member's acknowledgement tells
    /// (notice 86 of 2016; trust mark S). An order that nobody acknowledges lapses after as long; that is ours.
    /// </summary>
    public static readonly TimeSpan StopLasts = TimeSpan.FromHours(48);

    /// <summary>An account may be stopped at most twice (notice 86 of 2016; trust mark S).</summary>
    public const int StopsPerAccount = 2;

    /// <summary>A member acknowledges within 30 minutes (practice: service levels published by Hanyin county; trust mark S).</summary>
    public static readonly TimeSpan AcknowledgeWithin = TimeSpan.FromMinutes(30);

    /// <summary>A payment institution answers an enquiry within 24 hours of its issue. Ours: no text read so far sets a time.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromHours(24);

    /// <summary>A freeze lasts six months and may be renewed (notice 86 of 2016; trust mark S).</summary>
    public const int FreezeMonths = 6;

    /// <summary>A return is paid within three working days of its issue (rules 41 of 2016; trust mark S).</summary>
    public const int ReturnWorkingDays = 3;

    // Months are counted by the calendar, and so by the clock of the jurisdiction: here China's.
    private static readonly TimeSpan MonthsCountedAt = TimeSpan.FromHours(8);

    public static Instant FreezeUntil(Instant begun) => Instant.From(begun.ToDateTimeOffset().ToOffset(MonthsCountedAt).AddMonths(FreezeMonths));

    public static Instant AnswerBy(Instant issued) => issued + AnswerWithin;

    public static Instant AcknowledgeBy(Instant issued) => issued + AcknowledgeWithin;

    /// <summary>When a stop or freeze ends that began so. An order that nobody acknowledges lapses after 48 hours, whichever it is.</summary>
    public static Instant ExpiresAt(OrderKind kind, Instant begun) => kind == OrderKind.Freeze ? FreezeUntil(begun) : begun + StopLasts;

    public static Instant LapsesAt(Instant issued) => issued + StopLasts;
}
