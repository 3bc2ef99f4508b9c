using System.Linq.Expressions;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Rules.Cel.Library;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Rules.Cel;

/// <summary>A condition asked of every signal leaves nothing for the collector.</summary>
public sealed class CelAllocationTests
{
    private const int Rounds = 5;

    private readonly record struct Facts(PhoneNumber Caller, PhoneNumber Known, Amount Amount, long Lines, string Agent, CelTimestamp At, CelDuration Age, double Share);

    private delegate bool Condition(in Facts facts, out CelError? error);

    private static readonly CelType Phone = CelType.Opaque("phone", typeof(PhoneNumber));

    private static readonly CelEnvironment Environment = CelEnvironment.Standard.With(b => b
        .Variable("caller", Phone).Variable("known", Phone).Variable("amount", CelMoney.Of("CNY")).Variable("lines", CelType.Int)
        .Variable("agent", CelType.String).Variable("at", CelType.Timestamp).Variable("age", CelType.Duration).Variable("share", CelType.Double));

    [Theory]
    [InlineData("caller == known && lines > 5")]
    [InlineData("amount > money('50000', 'CNY') && amount != money('70000', 'CNY') || lines in [1, 2, 3]")]
    [InlineData("lines in [11, 12, 13, 14, 15, 16, 17, 18, 19, 20] || agent in ['a', 'b', 'c']")]
    [InlineData("agent.startsWith('shop-') && agent.size() > 3 && agent != 'shop-9'")]
    [InlineData("age < duration('24h') && at > timestamp('2026-01-01T00:00:00Z') && share >= 0.8")]
    [InlineData("lines + 1 > 5 && (amount + amount).share_of(amount) > 1.0")]
    [InlineData("['shop-1', 'shop-2'].exists(p, agent.startsWith(p)) || lines / 0 == 1 && false")]
    [InlineData("at.getHours() < 6 ? lines > 1 : lines > 3")]
    public void A_million_evaluations_allocate_nothing(string source)
    {
        var reading = Environment.Check(source);
        Assert.True(reading.Checked is not null, string.Join("\n", reading.Faults));
        var facts = Expression.Parameter(typeof(Facts).MakeByRefType());
        var error = Expression.Parameter(typeof(CelError).MakeByRefType());
        var names = typeof(Facts).GetProperties().ToDictionary(p => p.Name.ToLowerInvariant(), p => (Expression)Expression.Property(facts, p));
        var condition = CelCompiler.Compile<Condition>(reading.Checked, [facts, error], names.GetValueOrDefault);
        var sample = new Facts(new PhoneNumber(8612), new PhoneNumber(8612), new Amount(6_000_000, Currency.Cny), 7, "shop-1", CelTimestamp.FromMicros(1_772_000_000_000_000), CelDuration.FromMicros(3_600_000_000), 0.9);
        Assert.True(Run(condition, sample, 1000) is 0 or 1000);
        // A collection that another test brings about counts what was left of this thread's piece of the heap as allocated: then once more.
        var allocated = long.MaxValue;
        for (var round = 0; round < Rounds && allocated > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var held = Run(condition, sample, 1_000_000);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(held is 0 or 1_000_000);
        }
        Assert.Equal(0, allocated);
    }

    private static int Run(Condition condition, in Facts facts, int times)
    {
        var held = 0;
        for (var i = 0; i < times; i++)
            if (condition(facts, out _)) held++;
        return held;
    }
}
