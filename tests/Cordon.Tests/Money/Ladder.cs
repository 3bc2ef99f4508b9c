using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

/// <summary>
/// Writes small graphs by hand. Accounts are written <c>v:1</c>, "" is outside, amounts are minor units, times are days.
/// A transfer is told by the payer's member, or the payee's where the payer is outside.
/// </summary>
internal sealed class Ladder
{
    public static readonly Instant Start = Day(0);

    public MoneyGraph Graph { get; } = new();

    public static Instant Day(double day) => new((long)(day * 86_400_000_000) + 1_767_225_600_000_000);

    public Ladder Pay(
        string id, string from, string to, long minor, double day, TransferMeans means = TransferMeans.Account, string currency = "CNY")
    {
        Assert.True(Graph.Add(Transfer(id, from, to, minor, day, means, currency)));
        return this;
    }

    public static Transfer Transfer(
        string id, string from, string to, long minor, double day, TransferMeans means = TransferMeans.Account, string currency = "CNY",
        bool outsider = false)
    {
        var (payer, payee) = (Account(from), Account(to));
        return new Transfer(
            new SignalId(id), outsider ? MemberCode.Parse("any") : payer?.Member ?? payee!.Value.Member, Day(day), payer, payee,
            new Amount(minor, Currency.Parse(currency)), means, null);
    }

    /// <summary>Opens accounts empty, so that their traces are exact; their members are in sight.</summary>
    public Ladder Empty(params string[] accounts)
    {
        foreach (var account in accounts) Open(account, 0);
        return this;
    }

    public Ladder Open(string account, long? minor, AccountKind kind = AccountKind.Personal)
    {
        Graph.Open(Opening("open-" + account, account, minor, 0, kind));
        return this;
    }

    public static AccountOpening Opening(string id, string account, long? minor, double day, AccountKind kind = AccountKind.Personal)
    {
        var number = AccountNumber.Parse(account);
        return new AccountOpening(
            new SignalId(id), number.Member, Day(day), number, kind, IdentityCheck.Unknown, null,
            minor is { } m ? new Amount(m, Currency.Cny) : null, null, null);
    }

    public static TraceSeed Seed(string member, string id) => new TransferSeed(MemberCode.Parse(member), new SignalId(id));

    public Trace Trace(params TraceSeed[] seeds) => Trace(TraceBounds.Default, seeds);

    public Trace Trace(TraceBounds bounds, params TraceSeed[] seeds)
    {
        Assert.Null(Graph.Trace(new TraceRequest([.. seeds], Day(1000), bounds), out var trace));
        Assert.NotNull(trace);
        AssertConserves(trace);
        return trace;
    }

    public static void AssertConserves(Trace trace)
    {
        foreach (var end in new[] { trace.Least, trace.Most })
        {
            Assert.Equal(trace.Seeded.Minor, end.Totals.Values.Sum());
            Assert.Equal(trace.Seeded.Minor, end.Accounts.Sum(a => a.Remains) + end.Exits.Sum(e => e.Flow.Stolen));
            Assert.DoesNotContain(0, end.Totals.Values);
            Assert.All(end.Flows, f => Assert.InRange(f.Stolen, 1, f.Amount.Minor));
        }
    }

    /// <summary>An answer in one text: flows <c>id=stolen/layer</c>, then accounts <c>account=remains outcome/layer</c>, then exits.</summary>
    public static string Tell(TraceAnswer answer)
    {
        var text = new StringBuilder();
        text.AppendJoin(", ", answer.Flows.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Transfer}={f.Stolen}/{f.Layer}")));
        text.Append(" | ");
        text.AppendJoin(", ", answer.Accounts.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Account}={a.Remains} {a.Outcome}/{a.Layer}")));
        text.Append(" | ");
        text.AppendJoin(", ", answer.Exits.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Flow.Transfer}={e.Flow.Stolen} {e.Outcome}")));
        return text.ToString();
    }

    /// <summary>All of a trace in one text, to compare two.</summary>
    public static string TellAll(Trace trace)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{trace.Seeded} exact {trace.Exact}\n");
        foreach (var end in new[] { trace.Least, trace.Most })
        {
            text.AppendJoin('\n', end.Flows).Append('\n').AppendJoin('\n', end.Accounts).Append('\n').AppendJoin('\n', end.Exits).Append('\n');
            text.AppendJoin('\n', end.Hidden).Append('\n').AppendJoin(' ', end.Totals).Append(CultureInfo.InvariantCulture, $" cut {end.Cut}\n");
        }
        return text.ToString();
    }

    public static ImmutableSortedDictionary<TraceOutcome, long> Totals(params (TraceOutcome Outcome, long Minor)[] totals) =>
        totals.ToImmutableSortedDictionary(t => t.Outcome, t => t.Minor);

    private static AccountNumber? Account(string text) => text.Length == 0 ? null : AccountNumber.Parse(text);
}
