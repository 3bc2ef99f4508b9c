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

    public static Instant AnswerBy(Instant issued) => issued + AnswerWithin;

    public static Instant AcknowledgeBy(Instant issued) => issued + AcknowledgeWithin;

    public static Instant ExpiresAt(Instant begun) => begun + StopLasts;
}
