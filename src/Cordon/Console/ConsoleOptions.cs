namespace Cordon.WebConsole;

/// <summary>What a centre sets of its console.</summary>
public sealed record ConsoleOptions
{
    /// <summary>The centre's clock against UTC, within 14 hours. Records are kept in UTC; only what people read is shifted.</summary>
    public TimeSpan UtcOffset { get; init; } = TimeSpan.FromHours(8);

    internal void Check()
    {
        if (UtcOffset.Duration() > TimeSpan.FromHours(14) || UtcOffset.Seconds != 0)
            throw new InvalidOperationException("ConsoleOptions.UtcOffset is a whole number of minutes within 14 hours.");
    }
}
