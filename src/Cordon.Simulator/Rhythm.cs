using Cordon.Engine.Signals;

namespace Cordon.Simulator;

/// <summary>
/// When in a day things are done, by weights of the local hours. Local time is UTC+8 the year round
/// (China keeps one zone and no summer time), so no time-zone data is needed.
/// </summary>
internal sealed class Rhythm(Instant start)
{
    private static readonly int[] WakingHours = [1, 0, 0, 0, 0, 1, 4, 10, 14, 15, 15, 16, 18, 13, 13, 14, 15, 17, 20, 20, 18, 14, 8, 3];
    private static readonly int[] OfficeHours = [0, 0, 0, 0, 0, 0, 0, 0, 4, 18, 20, 16, 6, 8, 18, 20, 18, 8, 1, 0, 0, 0, 0, 0];
    private static readonly int[] FraudHours = [0, 0, 0, 0, 0, 0, 0, 0, 4, 14, 18, 12, 8, 12, 18, 18, 14, 8, 8, 12, 12, 6, 2, 0];
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8L);

    private readonly int firstHour = (start + Zone).ToDateTimeOffset().Hour;

    public Instant Start => start;

    public Instant Waking(int day, Dice dice) => At(day, WakingHours, dice);

    public Instant Office(int day, Dice dice) => At(day, OfficeHours, dice);

    public Instant Fraud(int day, Dice dice) => At(day, FraudHours, dice);

    public static DateTimeOffset Local(Instant at) => at.ToDateTimeOffset().ToOffset(Zone);

    private Instant At(int day, int[] weights, Dice dice)
    {
        var hour = dice.Weighted(weights);
        var seconds = (((hour - firstHour + 24) % 24) * 3600L) + dice.Below(3600);
        return start + TimeSpan.FromSeconds((day * 86_400L) + seconds);
    }
}
