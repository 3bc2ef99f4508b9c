using Cordon.Engine.Patterns;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Patterns;

/// <summary>Makes transfers by day and keeps what the watch tells of them.</summary>
internal sealed class Flow
{
    private long number;

    public Flow(PatternOptions? options = null, int accounts = 10_000)
    {
        Watch = new PatternWatch(options ?? new PatternOptions(), Told);
        Watch.Know(accounts - 1);
    }

    public PatternWatch Watch { get; }

    public List<PatternAlert> Raised { get; } = [];

    public List<PatternAlert> Closed { get; } = [];

    public Flow Pay(int day, int payer, int payee, long minor, bool cash = false)
    {
        Watch.Add(Transfer(number++, day, payer, payee, minor, cash));
        return this;
    }

    public PatternAlert[] Close(PatternKind kind)
    {
        Watch.CloseAll();
        return [.. Closed.Where(alert => alert.Kind == kind)];
    }

    public static PatternTransfer Transfer(long number, int day, int payer, int payee, long minor, bool cash = false) =>
        new(number, payer, payee, minor, new Instant(day * 86_400_000_000L), cash);

    /// <summary>An alert without its number: kind, accounts with roles, transfers.</summary>
    public static string Tell(PatternAlert alert) =>
        $"{alert.Kind} {string.Join(' ', alert.Parties.Select(p => $"{p.Account}{p.Role.ToString()[0]}"))} | {string.Join(' ', alert.Transfers.Select(t => t.Number))} | {alert.Bits:F3}";

    private void Told(PatternAlert alert) => (alert.Closed ? Closed : Raised).Add(alert);
}
