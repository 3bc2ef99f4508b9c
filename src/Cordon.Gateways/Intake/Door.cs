namespace Cordon.Gateways.Intake;

/// <summary>What the door knows when it reads. Immutable; one serves a whole server.</summary>
/// <param name="Keys">Replaces identity numbers by tokens; null where only tokens are taken.</param>
/// <param name="LinePhones">What the number of a line that was opened, called or written to must prove.</param>
public sealed record Door(TokenKeys? Keys, PhoneCheck LinePhones = PhoneCheck.Possible)
{
    /// <summary>Bytes of one line of NDJSON at most.</summary>
    public const int MaxLineBytes = 16 * 1024;

    /// <summary>Levels of JSON at most.</summary>
    public const int MaxDepth = 8;

    /// <summary>
    /// How far the time of a signal may lie after the door's clock. Ours: clocks of members differ by seconds, and one signal of a
    /// far year would make all windows forget what is true now.
    /// </summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(10);

    /// <summary>The clock by which a time lies in the future.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>What came of one line.</summary>
/// <param name="Value">The thing read; null where there are faults.</param>
/// <param name="Faults">What is wrong, at least one entry where there is no value.</param>
/// <typeparam name="T">A signal or a report.</typeparam>
public readonly record struct Reading<T>(T? Value, IReadOnlyList<IntakeFault> Faults) where T : class
{
    internal Reading(string field, string reason, string message) : this(null, [new IntakeFault(field, reason, message)])
    {
    }
}
